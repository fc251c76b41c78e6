/** Owns what one may do to a case as a whole: withdraw, comment, check the record, start what the process offers on it. */
import type { Answer } from '@ganwei/core/contract';
import type { Audience } from '@ganwei/core/history';
import type { Operation } from '@ganwei/core/operations';
import { saysNothing } from '@ganwei/core/text';
import { Button, Input } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useAct } from '../api/act.ts';
import { api } from '../api/client.ts';
import { Dialog } from '../kit/dialog.tsx';
import { useSpeech } from '../kit/language.tsx';
import { tell } from '../kit/notice.tsx';
import { Link } from '../kit/router.tsx';
import { Refused } from '../kit/states.tsx';
import { AudienceChoice } from './audience.tsx';

type CaseView = Answer<'case'>;
type Open = 'withdraw' | 'comment' | 'urge' | null;

export function CaseActs({ view, reload }: { view: CaseView; reload(): void }) {
  const { say } = useSpeech();
  const [open, setOpen] = useState<Open>(null);
  const { id } = view.case;
  const may = (key: Operation) => view.operations.some((operation) => operation.key === key && operation.allowed);
  const done = (text: string) => {
    setOpen(null);
    tell(text);
    reload();
  };
  const [audience, setAudience] = useState<Audience>('organ');
  const verify = useAct(
    () => api.verifyHistory({ params: { id } }),
    (problem) => tell(problem.message, 'error'),
  );
  const check = async () => {
    const answer = await verify.run(null);
    if (answer)
      tell(
        say(answer.intact ? 'case.intact' : 'case.broken', { n: answer.entries, signed: answer.signatures }),
        answer.intact ? 'success' : 'error',
      );
  };
  const startable = view.actions.filter(({ start }) => start !== '');
  return (
    <div className="row-tools page-acts">
      {startable.map((action) => (
        <Link
          key={action.key}
          className="button-link"
          to={`/start/${action.process}/${action.start}?${new URLSearchParams({ case: id, action: action.key })}`}
        >
          {action.label}
        </Link>
      ))}
      {may('comment') && <Button onClick={() => setOpen('comment')}>{say('case.comment')}</Button>}
      {may('urge') && <Button onClick={() => setOpen('urge')}>{say('case.urge')}</Button>}
      {may('withdraw') && (
        <Button danger onClick={() => setOpen('withdraw')}>
          {say('case.withdraw')}
        </Button>
      )}
      <Button loading={verify.busy} onClick={() => void check()}>
        {say('case.verify')}
      </Button>
      {open === 'comment' && (
        <Words
          title={say('case.comment')}
          hint={say('case.commentHint')}
          needed
          send={(text, options) => api.comment({ params: { id }, body: { text, audience } }, options)}
          onDone={() => done(say('case.commented'))}
          onClose={() => setOpen(null)}
        >
          <AudienceChoice caseId={id} value={audience} onChange={setAudience} />
        </Words>
      )}
      {open === 'urge' && (
        <Words
          title={say('case.urge')}
          hint={say('case.urgeHint')}
          send={(comment, options) => api.urge({ params: { id }, body: { comment } }, options)}
          onDone={() => done(say('case.urged'))}
          onClose={() => setOpen(null)}
        />
      )}
      {open === 'withdraw' && (
        <Words
          title={say('case.withdraw')}
          hint={say('case.withdrawHint')}
          danger
          send={(comment, options) => api.withdraw({ params: { id }, body: { comment } }, options)}
          onDone={() => done(say('case.withdrawn'))}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}

interface WordsProps {
  title: string;
  hint: string;
  needed?: boolean;
  danger?: boolean;
  children?: ReactNode;
  send(text: string, options: { key: string }): Promise<unknown>;
  onDone(): void;
  onClose(): void;
}

/** A dialog with one box of words. */
function Words({ title, hint, needed = false, danger = false, children, send, onDone, onClose }: WordsProps) {
  const id = useId();
  const [text, setText] = useState('');
  const act = useAct(send);
  const confirm = async () => {
    if ((await act.run(text.trim())) !== undefined) onDone();
  };
  return (
    <Dialog
      title={title}
      confirm={title}
      danger={danger}
      busy={act.busy}
      disabled={needed && saysNothing(text)}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <div className="field">
        <label htmlFor={id}>{hint}</label>
        <Input.TextArea
          id={id}
          maxLength={2000}
          autoSize={{ minRows: 3, maxRows: 8 }}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      {children}
      <Refused problem={act.problem} />
    </Dialog>
  );
}

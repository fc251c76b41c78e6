/** Owns what may be done with a change: submit, review, publish, withdraw - each with what it will do said before. */
import { saysNothing } from '@ganwei/core/text';
import { Button, Input, Radio } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useAct } from '../../api/act.ts';
import { api } from '../../api/client.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { useSpeech } from '../../kit/language.tsx';
import { tell } from '../../kit/notice.tsx';
import { Refused } from '../../kit/states.tsx';
import type { Change } from './change.ts';
import { type Finding, FindingRows } from './findings.tsx';

interface ActProps {
  change: Change;
  onDone(): void;
  onClose(): void;
}

const DIALOGS = { submit: Submit, review: Review, publish: Publish, withdraw: Withdraw } as const;
type ActName = keyof typeof DIALOGS;

const LABELS = {
  submit: 'act.submitChange',
  review: 'act.review',
  publish: 'act.publish',
  withdraw: 'act.withdrawChange',
} as const;

/** In the order in which a change is brought to its end; what is not possible now is not offered, its reason is. */
export function ChangeActs({ change, onDone }: { change: Change; onDone(): void }) {
  const { say } = useSpeech();
  const [open, setOpen] = useState<ActName | null>(null);
  const acts = (Object.keys(DIALOGS) as ActName[]).flatMap((act) => change.may.filter((one) => one.act === act));
  const allowed = acts.filter((one) => one.allowed);
  const Open = open && DIALOGS[open];
  const first = allowed.find(({ act }) => act !== 'withdraw');
  // why nothing leads on; while something does, that is what there is to do
  const ended = change.state === 'published' || change.state === 'withdrawn';
  const reasons = [...new Set(acts.flatMap(({ act, reason }) => (act === 'withdraw' || !reason ? [] : [reason])))];
  return (
    <>
      {[...allowed].reverse().map(({ act }) => (
        <Button
          key={act}
          type={act === first?.act ? 'primary' : 'default'}
          danger={act === 'withdraw'}
          onClick={() => setOpen(act as ActName)}
        >
          {say(act === 'withdraw' && change.state === 'scheduled' ? 'act.unschedule' : LABELS[act as ActName])}
        </Button>
      ))}
      {!first && !ended && reasons.length > 0 && <small className="dim act-reason">{reasons.join('；')}</small>}
      {Open && (
        <Open
          change={change}
          onClose={() => setOpen(null)}
          onDone={() => {
            setOpen(null);
            onDone();
          }}
        />
      )}
    </>
  );
}

function Submit({ change, onDone, onClose }: ActProps) {
  const { say } = useSpeech();
  const [comment, setComment] = useState('');
  const act = useAct((body: { comment: string }, options) =>
    api.submitChange({ params: { id: change.id }, body }, options),
  );
  const send = async () => {
    if (!(await act.run({ comment: comment.trim() }))) return;
    tell(say('submit.done'));
    onDone();
  };
  return (
    <Dialog
      title={say('submit.title', { title: change.title })}
      confirm={say('act.submitChange')}
      busy={act.busy}
      onConfirm={() => void send()}
      onClose={onClose}
    >
      <p>{say('submit.text')}</p>
      <Words label={say('submit.words')} value={comment} onChange={setComment} />
      <Refused problem={act.problem} />
    </Dialog>
  );
}

function Review({ change, onDone, onClose }: ActProps) {
  const { say } = useSpeech();
  const [agree, setAgree] = useState<boolean | null>(null);
  const [comment, setComment] = useState('');
  // what was looked at: when something is saved meanwhile, it was something else that was agreed to
  const drafts = change.drafts.map(({ kind, app, key, revision }) => ({ kind, app, key, revision }));
  const act = useAct((body: { agree: boolean; comment: string }, options) =>
    api.reviewChange({ params: { id: change.id }, body: { ...body, drafts } }, options),
  );
  const send = async () => {
    if (agree === null || !(await act.run({ agree, comment: comment.trim() }))) return;
    tell(say(agree ? 'review.agreed' : 'review.returned'));
    onDone();
  };
  return (
    <Dialog
      title={say('review.title', { title: change.title })}
      confirm={say(agree === false ? 'review.return' : agree ? 'review.agree' : 'act.review')}
      danger={agree === false}
      busy={act.busy}
      disabled={agree === null || saysNothing(comment)}
      onConfirm={() => void send()}
      onClose={onClose}
    >
      <p className="dim">{say('review.seen')}</p>
      <Radio.Group
        aria-label={say('act.review')}
        value={agree}
        onChange={({ target }) => setAgree(target.value as boolean)}
        options={[
          { value: true, label: say('review.agree') },
          { value: false, label: say('review.return') },
        ]}
      />
      <Words label={say('review.words')} placeholder={say('review.wordsHint')} value={comment} onChange={setComment} />
      <Refused problem={act.problem} />
    </Dialog>
  );
}

function Publish({ change, onDone, onClose }: ActProps) {
  const { say } = useSpeech();
  const id = useId();
  const [effectiveOn, setEffectiveOn] = useState<string | null>(null);
  const [findings, setFindings] = useState<readonly Finding[]>([]);
  const act = useAct((body: { effectiveOn: string | null }, options) =>
    api.publishChange({ params: { id: change.id }, body }, options),
  );
  const send = async () => {
    const answer = await act.run({ effectiveOn });
    if (!answer) return;
    const errors = answer.findings.filter(({ severity }) => severity === 'error');
    setFindings(errors);
    if (errors.length > 0) return;
    tell(
      answer.release === null
        ? say('publish.scheduled', { day: effectiveOn ?? '' })
        : say('publish.done', { n: answer.release }),
    );
    onDone();
  };
  return (
    <Dialog
      title={say('publish.title', { title: change.title })}
      confirm={say('act.publish')}
      busy={act.busy}
      disabled={effectiveOn === ''}
      wide={findings.length > 0}
      onConfirm={() => void send()}
      onClose={onClose}
    >
      <p>{say('publish.text', { n: change.drafts.length })}</p>
      <Radio.Group
        aria-label={say('publish.when')}
        value={effectiveOn !== null}
        onChange={({ target }) => setEffectiveOn(target.value ? '' : null)}
        options={[
          { value: false, label: say('publish.now') },
          { value: true, label: say('publish.onDay') },
        ]}
      />
      {effectiveOn !== null && (
        <div className="field short">
          <label htmlFor={id}>{say('publish.day')}</label>
          <Input id={id} type="date" value={effectiveOn} onChange={({ target }) => setEffectiveOn(target.value)} />
        </div>
      )}
      <Refused problem={act.problem} />
      {findings.length > 0 && (
        <div role="alert">
          <p className="complaint">{say('publish.refused', { n: findings.length })}</p>
          <FindingRows change={change} findings={findings} />
        </div>
      )}
    </Dialog>
  );
}

/** Gives the change up; one that waits for its day goes back to being agreed. */
function Withdraw({ change, onDone, onClose }: ActProps) {
  const { say } = useSpeech();
  const [comment, setComment] = useState('');
  const act = useAct((body: { comment: string }, options) =>
    api.withdrawChange({ params: { id: change.id }, body }, options),
  );
  const scheduled = change.state === 'scheduled';
  const send = async () => {
    if (!(await act.run({ comment: comment.trim() }))) return;
    tell(say(scheduled ? 'unschedule.done' : 'withdraw.done'));
    onDone();
  };
  return (
    <Dialog
      title={say(scheduled ? 'unschedule.title' : 'withdraw.title', { title: change.title })}
      confirm={say(scheduled ? 'act.unschedule' : 'act.withdrawChange')}
      danger
      busy={act.busy}
      onConfirm={() => void send()}
      onClose={onClose}
    >
      <p>{say(scheduled ? 'unschedule.text' : 'withdraw.text')}</p>
      <Words label={say('withdraw.words')} value={comment} onChange={setComment} />
      <Refused problem={act.problem} />
    </Dialog>
  );
}

interface WordsProps {
  label: string;
  placeholder?: string;
  value: string;
  onChange(value: string): void;
}

export function Words({ label, placeholder, value, onChange }: WordsProps): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Input.TextArea
        id={id}
        rows={3}
        maxLength={2000}
        placeholder={placeholder ?? ''}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  );
}

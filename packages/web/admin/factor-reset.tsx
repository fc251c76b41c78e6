/** Owns asking that the second factor of somebody be taken away, and the security administrator's consent to it. */
import type { Answer } from '@ganwei/core/contract';
import { saysNothing } from '@ganwei/core/text';
import { Input } from 'antd';
import { useId, useState } from 'react';
import { useAct } from '../api/act.ts';
import { api } from '../api/client.ts';
import { useLoad } from '../api/load.ts';
import { Dialog } from '../kit/dialog.tsx';
import { useSpeech } from '../kit/language.tsx';
import { tell } from '../kit/notice.tsx';
import { Loading, Refused } from '../kit/states.tsx';
import { Consent } from './consent.tsx';
import './learned.ts';

/** The system administrator asks. */
export function AskFactorReset({ id, name, onClose }: { id: string; name: string; onClose(): void }) {
  const { say } = useSpeech();
  const field = useId();
  const [comment, setComment] = useState('');
  const act = useAct((body: { comment: string }) => api.askFactorReset({ params: { id }, body }));
  const ask = async () => {
    if (!(await act.run({ comment: comment.trim() }))) return;
    tell(say('directory.factorAsked'));
    onClose();
  };
  return (
    <Dialog
      title={say('directory.factor')}
      confirm={say('directory.factor')}
      busy={act.busy}
      disabled={saysNothing(comment)}
      onConfirm={() => void ask()}
      onClose={onClose}
    >
      <p>{say('directory.factorAsk', { name })}</p>
      <div className="field">
        <label htmlFor={field}>{say('directory.factorReason')}</label>
        <Input id={field} maxLength={500} value={comment} onChange={(event) => setComment(event.target.value)} />
      </div>
      <Refused problem={act.problem} />
    </Dialog>
  );
}

/** The security administrator consents, or does not; nothing is shown while nothing waits. */
export function FactorResets() {
  const { say } = useSpeech();
  const list = useLoad('factorResets', {});
  return (
    <Loading of={list}>
      {(rows) =>
        rows.length > 0 && (
          <section className="card stack" aria-labelledby="grants-factors">
            <h2 id="grants-factors">{say('grants.factors')}</h2>
            <ul className="stack plain-list">
              {rows.map((row) => (
                <Item key={row.person} row={row} onDecided={list.reload} />
              ))}
            </ul>
          </section>
        )
      }
    </Loading>
  );
}

function Item({ row, onDecided }: { row: Answer<'factorResets'>[number]; onDecided(): void }) {
  const { say } = useSpeech();
  const act = useAct((agree: boolean) => api.decideFactorReset({ params: { id: row.person }, body: { agree } }));
  const decide = async (agree: boolean) => {
    if (await act.run(agree)) onDecided();
  };
  const { name, reason, askedBy, askedAt } = row;
  const text = say('grants.factor', { name, reason });
  const { busy, problem } = act;
  return <Consent {...{ text, askedBy, askedAt, busy, problem }} decide={(agree) => void decide(agree)} />;
}

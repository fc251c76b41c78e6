/** Owns the steps that nobody may do by their own rule, and the security administrator's consent to whom they go. Nothing of the case is shown. */
import type { Answer } from '@ganwei/core/contract';
import { useAct } from '../api/act.ts';
import { api } from '../api/client.ts';
import { useLoad } from '../api/load.ts';
import { useSpeech } from '../kit/language.tsx';
import { tell } from '../kit/notice.tsx';
import { Empty, Loading } from '../kit/states.tsx';
import { Consent } from './consent.tsx';
import './learned.ts';

type Exception = Answer<'exceptions'>[number];

export function Exceptions() {
  const { say } = useSpeech();
  const list = useLoad('exceptions', {});
  return (
    <section className="card stack" aria-labelledby="grants-exceptions">
      <h2 id="grants-exceptions">{say('grants.exceptions')}</h2>
      <Loading of={list}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={say('grants.noExceptions')}>{say('grants.exceptionsHint')}</Empty>
          ) : (
            <ul className="stack plain-list">
              {rows.map((row) => (
                <Item key={row.id} row={row} onDecided={list.reload} />
              ))}
            </ul>
          )
        }
      </Loading>
    </section>
  );
}

function Item({ row, onDecided }: { row: Exception; onDecided(): void }) {
  const { say } = useSpeech();
  const act = useAct((agree: boolean, options) =>
    api.decideException({ params: { id: row.id }, body: { agree } }, options),
  );
  const decide = async (agree: boolean) => {
    if (!(await act.run(agree))) return;
    tell(say(agree ? 'grants.exceptionAgreed' : 'grants.exceptionRefused'));
    onDecided();
  };
  const { process, number, node, reason, askedBy, askedAt } = row;
  const people = row.people.map(({ name, unit }) => (unit ? `${name}（${unit}）` : name)).join('、');
  const text = say('grants.exception', { process, number, node, people, reason });
  const { busy, problem } = act;
  return <Consent {...{ text, askedBy, askedAt, busy, problem }} decide={(agree) => void decide(agree)} />;
}

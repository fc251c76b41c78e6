/** Owns how a person says whether and how he is mailed; what his organ does not allow is shown with the reason and cannot be chosen. Rules: [MSG8] [MSG9]. */
import type { Body } from '@ganwei/core/contract';
import { useAct } from '../api/act.ts';
import { api } from '../api/client.ts';
import { useLoad } from '../api/load.ts';
import { useSpeech } from '../kit/language.tsx';
import { tell } from '../kit/notice.tsx';
import { Loading } from '../kit/states.tsx';
import './notice-words.ts';
import './mailing.css';

type Choice = Body<'chooseMailing'>['choice'];

export default function Mailing() {
  const { say } = useSpeech();
  const mailing = useLoad('mailing', {});
  const act = useAct(
    (choice: Choice) => api.chooseMailing({ body: { choice } }),
    (problem) => tell(problem.message, 'error'),
  );
  const choose = async (choice: Choice) => {
    if (await act.run(choice)) tell(say('mailing.kept'));
    mailing.reload();
  };
  return (
    <section className="card">
      <Loading of={mailing} rows={3}>
        {({ choice, choices, address }) => (
          <fieldset className="mailing" disabled={act.busy}>
            <legend>{say('mailing.title')}</legend>
            <p className="dim">{say('mailing.note')}</p>
            {choices.map(({ key, barred }) => (
              <label key={key} className={barred ? 'mailing-barred' : undefined}>
                <input
                  type="radio"
                  name="mailing"
                  checked={choice === key}
                  disabled={barred !== ''}
                  onChange={() => void choose(key)}
                />
                <span>
                  {say(`mailing.${key}`)}
                  <small>
                    {barred
                      ? say(choice === key ? 'mailing.lost' : 'mailing.barred', { reason: barred })
                      : say(`mailing.${key}Note`)}
                  </small>
                </span>
              </label>
            ))}
            {address && choice !== 'never' && <p className="dim">{say('mailing.to', { address })}</p>}
          </fieldset>
        )}
      </Loading>
    </section>
  );
}

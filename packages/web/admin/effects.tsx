/** Owns the list of what has to leave the house and has not yet: waiting, failing, given up; and another try for the latter. */
import type { Answer } from '@ganwei/core/contract';
import { Button } from 'antd';
import { useAct } from '../api/act.ts';
import { api } from '../api/client.ts';
import { useLoad } from '../api/load.ts';
import { shortMoment } from '../kit/format.ts';
import { useSpeech } from '../kit/language.tsx';
import { Mark } from '../kit/marks.tsx';
import { tell } from '../kit/notice.tsx';
import { Link } from '../kit/router.tsx';
import { Empty, Loading, PageHead } from '../kit/states.tsx';
import { useSession } from '../session/session.tsx';

type Effect = Answer<'effects'>[number];

export default function Effects() {
  const { say } = useSpeech();
  const list = useLoad('effects', {});
  const act = useAct(
    (id: string, options) => api.redeliver({ params: { id } }, options),
    (problem) => tell(problem.message, 'error'),
  );
  const redeliver = async (id: string) => {
    if (!(await act.run(id))) return;
    tell(say('effects.again'));
    list.reload();
  };
  return (
    <div className="page">
      <PageHead
        title={say('effects.title')}
        note={say('effects.note')}
        tools={
          <Button loading={list.busy} onClick={list.reload}>
            {say('state.refresh')}
          </Button>
        }
      />
      <Loading of={list}>
        {(effects) =>
          effects.length === 0 ? (
            <Empty title={say('effects.empty')}>{say('effects.emptyHint')}</Empty>
          ) : (
            <ul className="stack plain-list">
              {effects.map((effect) => (
                <Item key={effect.id} effect={effect} busy={act.busy} redeliver={() => void redeliver(effect.id)} />
              ))}
            </ul>
          )
        }
      </Loading>
    </div>
  );
}

const TYPES = ['webhook', 'mail'] as const;

function Item({ effect, busy, redeliver }: { effect: Effect; busy: boolean; redeliver(): void }) {
  const { say } = useSpeech();
  const { now } = useSession();
  const { dead, attempts, nextAt, error } = effect;
  const state = dead ? 'dead' : attempts > 0 ? 'failing' : 'waiting';
  return (
    <li className="card">
      <div className="line-head">
        <h2>{say(`effect.${TYPES.find((one) => one === effect.type) ?? 'other'}`)}</h2>
        <Mark tone={dead ? 'danger' : attempts > 0 ? 'warning' : 'running'}>{say(`effects.${state}`)}</Mark>
        <span className="dim">{shortMoment(effect.createdAt, now())}</span>
      </div>
      <p>
        {say('effects.target', { target: effect.target })} · {say('effects.attempts', { n: attempts })}
        {nextAt !== null && ` · ${say('effects.next', { at: shortMoment(nextAt, now()) })}`}
        {effect.caseId && (
          <>
            {' · '}
            <Link to={`/cases/${effect.caseId}`}>{say('case.open')}</Link>
          </>
        )}
      </p>
      {error && <p className="complaint">{error}</p>}
      {dead && (
        <div className="row-tools">
          <Button disabled={busy} onClick={redeliver}>
            {say('effects.redeliver')}
          </Button>
        </div>
      )}
    </li>
  );
}

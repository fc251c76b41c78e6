/**
 * Owns the security administrator's page: roles that wait for consent, who holds which of them today, and resetting the passwords of those
 * who administer.
 */
import type { Answer } from '@ganwei/core/contract';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { api } from '../api/client.ts';
import { useLoad } from '../api/load.ts';
import { shortMoment } from '../kit/format.ts';
import { useSpeech } from '../kit/language.tsx';
import { tell } from '../kit/notice.tsx';
import { Empty, Loading, PageHead, Refused } from '../kit/states.tsx';
import { useSession } from '../session/session.tsx';
import { Exceptions } from './exceptions.tsx';
import { FactorResets } from './factor-reset.tsx';
import { Reset } from './reset.tsx';
import '../ledger/ledger.css';
import './admin.css';

type Grants = Answer<'grants'>;

export default function GrantsPage() {
  const { say } = useSpeech();
  const grants = useLoad('grants', {});
  return (
    <div className="page">
      <PageHead title={say('grants.title')} note={say('grants.note')} />
      <Loading of={grants}>
        {(view) => (
          <>
            <Open rows={view.open} onDecided={grants.reload} />
            <Exceptions />
            <FactorResets />
            <Held rows={view.held} />
            <Administrators rows={view.administrators} />
          </>
        )}
      </Loading>
    </div>
  );
}

function Open({ rows, onDecided }: { rows: Grants['open']; onDecided(): void }) {
  const { say } = useSpeech();
  const { now } = useSession();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const act = useAct((body: { ids: string[]; agree: boolean }, options) => api.decideGrants({ body }, options));
  const ids = rows.map(({ id }) => id).filter((id) => chosen.includes(id));
  const decide = async (agree: boolean) => {
    if (!(await act.run({ ids, agree }))) return;
    tell(say(agree ? 'grants.agreed' : 'grants.refused', { n: ids.length }));
    setChosen([]);
    onDecided();
  };
  return (
    <section className="card stack" aria-labelledby="grants-open">
      <h2 id="grants-open">{say('grants.open')}</h2>
      {rows.length === 0 ? (
        <Empty title={say('grants.none')}>{say('grants.noneHint')}</Empty>
      ) : (
        <>
          <Checkbox
            checked={ids.length === rows.length}
            indeterminate={ids.length > 0 && ids.length < rows.length}
            onChange={({ target }) => setChosen(target.checked ? rows.map(({ id }) => id) : [])}
          >
            {say('grants.all')}
          </Checkbox>
          <ul className="files">
            {rows.map(({ id, person, unit, role, acting, askedBy, askedAt }) => (
              <li key={id}>
                <Checkbox
                  className="file-name"
                  checked={ids.includes(id)}
                  onChange={({ target }) => setChosen(target.checked ? [...ids, id] : ids.filter((one) => one !== id))}
                >
                  {say(acting ? 'grants.rowActing' : 'grants.row', { person, unit, role })}
                </Checkbox>
                <span className="dim">{say('grants.asked', { by: askedBy, at: shortMoment(askedAt, now()) })}</span>
              </li>
            ))}
          </ul>
          <Refused problem={act.problem} />
          <div className="row-tools">
            <Button type="primary" disabled={ids.length === 0} loading={act.busy} onClick={() => void decide(true)}>
              {say('grants.agree')}
            </Button>
            <Button danger disabled={ids.length === 0} loading={act.busy} onClick={() => void decide(false)}>
              {say('grants.refuse')}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

/** By role, because that is what is looked over: who can sign, who sits in the council. */
function Held({ rows }: { rows: Grants['held'] }) {
  const { say } = useSpeech();
  const byRole = new Map<string, string[]>();
  for (const { role, acting, person, unit } of rows) {
    const text = say(acting ? 'grants.holderActing' : 'grants.holder', { person, unit });
    byRole.set(role, [...(byRole.get(role) ?? []), text]);
  }
  return (
    <section className="card stack" aria-labelledby="grants-held">
      <h2 id="grants-held">{say('grants.held')}</h2>
      {byRole.size === 0 && <p className="dim">{say('grants.nobody')}</p>}
      <table className="plain">
        <tbody>
          {[...byRole].map(([role, people]) => (
            <tr key={role}>
              <th scope="row">{role}</th>
              <td>{people.join('；')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Administrators({ rows }: { rows: Grants['administrators'] }) {
  const { say } = useSpeech();
  const { session } = useSession();
  const [resetting, setResetting] = useState<Grants['administrators'][number] | null>(null);
  return (
    <section className="card stack" aria-labelledby="grants-admins">
      <h2 id="grants-admins">{say('grants.administrators')}</h2>
      <ul className="files">
        {rows.map((person) => (
          <li key={person.id}>
            <span className="file-name">
              {person.name} <span className="dim">{person.username}</span>
            </span>
            {person.id !== session?.person.id && (
              <Button
                size="small"
                aria-label={say('directory.resetOf', { name: person.name })}
                onClick={() => setResetting(person)}
              >
                {say('directory.reset')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {resetting && (
        <Reset
          name={resetting.name}
          reset={() => api.resetAdministrator({ params: { id: resetting.id } })}
          onClose={() => setResetting(null)}
        />
      )}
    </section>
  );
}

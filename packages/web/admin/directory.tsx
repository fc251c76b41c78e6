/** Owns the organisation's page: units on the left, people on the right, resetting a password, importing a list. */
import type { Answer } from '@ganwei/core/contract';
import { Button, Input } from 'antd';
import { useMemo, useState } from 'react';
import { useAct } from '../api/act.ts';
import { api } from '../api/client.ts';
import { useLoad } from '../api/load.ts';
import { Dialog } from '../kit/dialog.tsx';
import { useSpeech } from '../kit/language.tsx';
import { Mark } from '../kit/marks.tsx';
import { Empty, Loading, PageHead, Refused } from '../kit/states.tsx';
import { DirectoryImport } from './directory-import.tsx';
import './admin.css';

type Unit = Answer<'unitTree'>[number];
type Person = Answer<'directoryPeople'>[number];

export default function Directory() {
  const { say } = useSpeech();
  const [unit, setUnit] = useState('');
  const [q, setQ] = useState('');
  const [importing, setImporting] = useState(false);
  const units = useLoad('unitTree', {});
  const people = useLoad('directoryPeople', { query: { q, ...(unit && { unit }) } });
  return (
    <div className="page">
      <PageHead
        title={say('directory.title')}
        note={say('directory.note')}
        tools={<Button onClick={() => setImporting(!importing)}>{say('directory.import')}</Button>}
      />
      {importing && (
        <DirectoryImport
          onApplied={() => {
            units.reload();
            people.reload();
          }}
        />
      )}
      <div className="directory">
        <nav className="card" aria-label={say('directory.units')}>
          <h2>{say('directory.units')}</h2>
          <Loading of={units}>{(all) => <Tree units={all} chosen={unit} onChoose={setUnit} />}</Loading>
        </nav>
        <section className="card" aria-label={say('directory.people')}>
          <div className="line-head">
            <h2>{say('directory.people')}</h2>
            <Input
              allowClear
              className="short"
              aria-label={say('directory.search')}
              placeholder={say('directory.search')}
              value={q}
              onChange={(event) => setQ(event.target.value)}
            />
          </div>
          <Loading of={people}>
            {(found) => (found.length === 0 ? <Empty title={say('directory.nobody')} /> : <People people={found} />)}
          </Loading>
        </section>
      </div>
    </div>
  );
}

/** Units below their parents; a click shows the people of a unit, another one everybody. */
function Tree({ units, chosen, onChoose }: { units: readonly Unit[]; chosen: string; onChoose(id: string): void }) {
  const { say } = useSpeech();
  const children = useMemo(() => {
    const known = new Set(units.map(({ id }) => id));
    const map = new Map<string, Unit[]>();
    for (const unit of units) {
      const parent = unit.parent && known.has(unit.parent) ? unit.parent : '';
      map.set(parent, [...(map.get(parent) ?? []), unit]);
    }
    return map;
  }, [units]);
  if (units.length === 0) return <p className="dim">{say('directory.noUnits')}</p>;
  const branch = (parent: string) => (
    <ul className="tree">
      {children.get(parent)?.map((unit) => (
        <li key={unit.id}>
          <button
            type="button"
            aria-pressed={unit.id === chosen}
            onClick={() => onChoose(unit.id === chosen ? '' : unit.id)}
          >
            {unit.name} <span className="dim">{unit.people}</span>
          </button>
          {children.has(unit.id) && branch(unit.id)}
        </li>
      ))}
    </ul>
  );
  return branch('');
}

function People({ people }: { people: readonly Person[] }) {
  const { say } = useSpeech();
  const [resetting, setResetting] = useState<Person | null>(null);
  return (
    <>
      <ul className="files">
        {people.map((person) => (
          <li key={person.id}>
            <span className="file-name">
              {person.name} <span className="dim">{person.username}</span>
            </span>
            <span className="dim">{person.posts.map(({ unit, title }) => `${unit} ${title}`).join(';')}</span>
            {!person.active && <Mark tone="stopped">{say('directory.inactive')}</Mark>}
            {person.locked && <Mark tone="warning">{say('directory.locked')}</Mark>}
            <Button
              size="small"
              aria-label={say('directory.resetOf', { name: person.name })}
              onClick={() => setResetting(person)}
            >
              {say('directory.reset')}
            </Button>
          </li>
        ))}
      </ul>
      {resetting && <Reset person={resetting} onClose={() => setResetting(null)} />}
    </>
  );
}

/** The new password is shown once; the person has to change it at the next sign-in. */
function Reset({ person, onClose }: { person: Person; onClose(): void }) {
  const { say } = useSpeech();
  const [password, setPassword] = useState('');
  const act = useAct((id: string) => api.resetPassword({ params: { id } }));
  const reset = async () => {
    const answer = await act.run(person.id);
    if (answer) setPassword(answer.password);
  };
  return (
    <Dialog
      title={say('directory.reset')}
      confirm={say(password ? 'act.close' : 'directory.reset')}
      danger={!password}
      busy={act.busy}
      onConfirm={() => (password ? onClose() : void reset())}
      onClose={onClose}
    >
      <p role="status">{say(password ? 'directory.resetDone' : 'directory.resetAsk', { name: person.name })}</p>
      {password && <p className="secret">{password}</p>}
      <Refused problem={act.problem} />
    </Dialog>
  );
}

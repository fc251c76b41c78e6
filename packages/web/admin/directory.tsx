/**
 * Owns the organisation's page: units on the left, people on the right; adding and changing both, resetting a password, importing and
 * exporting a list.
 */
import type { Answer } from '@ganwei/core/contract';
import { Button, Input } from 'antd';
import { useMemo, useState } from 'react';
import { api } from '../api/client.ts';
import { useLoad } from '../api/load.ts';
import { useSpeech } from '../kit/language.tsx';
import { Mark } from '../kit/marks.tsx';
import { ExportDialog } from '../ledger/export-dialog.tsx';
import '../ledger/learned.ts';
import '../ledger/ledger.css';
import { Empty, Loading, PageHead } from '../kit/states.tsx';
import { DirectoryImport } from './directory-import.tsx';
import { AskFactorReset } from './factor-reset.tsx';
import { PersonDialog } from './person-dialog.tsx';
import { Readiness } from './readiness.tsx';
import { Reset } from './reset.tsx';
import { UnitDialog } from './unit-dialog.tsx';
import './admin.css';

type Unit = Answer<'unitTree'>[number];
type Person = Answer<'directoryPeople'>[number];

/** What a dialog is open for: a unit or a person, with an empty id a new one. */
type Editing = { of: 'unit' | 'person'; id: string } | null;

export default function Directory() {
  const { say } = useSpeech();
  const [unit, setUnit] = useState('');
  const [q, setQ] = useState('');
  const [importing, setImporting] = useState(false);
  const [editing, setEditing] = useState<Editing>(null);
  const words = useLoad('directoryWords', {});
  const units = useLoad('unitTree', {});
  const people = useLoad('directoryPeople', { query: { q, ...(unit && { unit }) } });
  const reload = () => {
    setEditing(null);
    units.reload();
    people.reload();
  };
  const Edit = editing?.of === 'unit' ? UnitDialog : PersonDialog;
  return (
    <div className="page">
      <PageHead
        title={say('directory.title')}
        note={say('directory.note')}
        tools={
          <>
            <Export />
            <Button onClick={() => setImporting(!importing)}>{say('directory.import')}</Button>
          </>
        }
      />
      <Readiness />
      {importing && <DirectoryImport words={words.data} onApplied={reload} />}
      <div className="directory">
        <nav className="card" aria-label={say('directory.units')}>
          <div className="line-head">
            <h2>{say('directory.units')}</h2>
            <span className="row-tools">
              {unit && (
                <Button size="small" onClick={() => setEditing({ of: 'unit', id: unit })}>
                  {say('directory.editUnit')}
                </Button>
              )}
              <Button size="small" onClick={() => setEditing({ of: 'unit', id: '' })}>
                {say('directory.addUnit')}
              </Button>
            </span>
          </div>
          <Loading of={units}>{(all) => <Tree units={all} chosen={unit} onChoose={setUnit} />}</Loading>
        </nav>
        <section className="card" aria-label={say('directory.people')}>
          <div className="line-head">
            <h2>{say('directory.people')}</h2>
            <span className="row-tools">
              <Input
                allowClear
                className="short"
                aria-label={say('directory.search')}
                placeholder={say('directory.search')}
                value={q}
                onChange={(event) => setQ(event.target.value)}
              />
              <Button onClick={() => setEditing({ of: 'person', id: '' })}>{say('directory.addPerson')}</Button>
            </span>
          </div>
          <Loading of={people}>
            {(found) =>
              found.length === 0 ? (
                <Empty title={say('directory.nobody')} />
              ) : (
                <People people={found} onEdit={(id) => setEditing({ of: 'person', id })} />
              )
            }
          </Loading>
        </section>
      </div>
      {editing && words.data && units.data && (
        <Edit
          key={`${editing.of}/${editing.id}`}
          id={editing.id}
          parent={unit}
          unit={unit}
          words={words.data}
          units={units.data}
          onKept={reload}
          onClose={() => setEditing(null)}
        />
      )}
    </div>
  );
}

/** The whole organisation as a file that can be changed in Excel and imported again; what for stands on the log. */
function Export() {
  const { say } = useSpeech();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button onClick={() => setAsking(true)}>{say('directory.export')}</Button>
      {asking && (
        <ExportDialog
          name={say('directory.title')}
          fetchFile={(reason) => api.exportDirectory({ body: { reason } })}
          onClose={() => setAsking(false)}
        />
      )}
    </>
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
            <span className={unit.active ? undefined : 'dim'}>{unit.name}</span>{' '}
            <span className="dim">{unit.active ? unit.people : say('directory.ended')}</span>
          </button>
          {children.has(unit.id) && branch(unit.id)}
        </li>
      ))}
    </ul>
  );
  return branch('');
}

function People({ people, onEdit }: { people: readonly Person[]; onEdit(id: string): void }) {
  const { say } = useSpeech();
  const [resetting, setResetting] = useState<Person | null>(null);
  const [lost, setLost] = useState<Person | null>(null);
  return (
    <>
      <ul className="files">
        {people.map((person) => (
          <li key={person.id}>
            <span className="file-name">
              {person.name} <span className="dim">{person.username}</span>
            </span>
            <span className="dim">{person.posts.map(({ unit, title }) => `${unit} ${title}`).join('；')}</span>
            {!person.active && <Mark tone="stopped">{say('directory.inactive')}</Mark>}
            <span className="file-acts">
              <Button
                size="small"
                aria-label={say('directory.editOf', { name: person.name })}
                onClick={() => onEdit(person.id)}
              >
                {say('directory.edit')}
              </Button>
              {!person.administers && (
                <Button
                  size="small"
                  aria-label={say('directory.resetOf', { name: person.name })}
                  onClick={() => setResetting(person)}
                >
                  {say('directory.reset')}
                </Button>
              )}
              {person.factor && (
                <Button size="small" onClick={() => setLost(person)}>
                  {say('directory.factor')}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {lost && <AskFactorReset id={lost.id} name={lost.name} onClose={() => setLost(null)} />}
      {resetting && (
        <Reset
          name={resetting.name}
          reset={() => api.resetPassword({ params: { id: resetting.id } })}
          onClose={() => setResetting(null)}
        />
      )}
    </>
  );
}

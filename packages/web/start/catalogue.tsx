/** Owns the page of what a person may start: grouped by category, each with what it is for. */
import './words.ts';
import type { Answer } from '@ganwei/core/contract';
import { Input } from 'antd';
import { useState } from 'react';
import { useLoad } from '../api/load.ts';
import { shortMoment } from '../kit/format.ts';
import { useSpeech } from '../kit/language.tsx';
import { Link } from '../kit/router.tsx';
import { Empty, Loading, PageHead } from '../kit/states.tsx';
import { useSession } from '../session/session.tsx';

type Startable = Answer<'startables'>[number];

export default function Catalogue() {
  const { say } = useSpeech();
  const [q, setQ] = useState('');
  const list = useLoad('startables', {});
  return (
    <div className="page">
      <PageHead title={say('start.title')} note={say('start.note')} />
      <Loading of={list}>
        {(all) => {
          const found = all.filter((one) => textOf(one).includes(q.trim().toLowerCase()));
          if (all.length === 0) return <Empty title={say('start.empty')}>{say('start.emptyHint')}</Empty>;
          return (
            <>
              {all.length > 8 && (
                <search className="list-tools">
                  <Input
                    allowClear
                    aria-label={say('start.search')}
                    placeholder={say('start.search')}
                    value={q}
                    onChange={(event) => setQ(event.target.value)}
                  />
                </search>
              )}
              {found.length === 0 && <Empty title={say('inbox.notFound', { q })} />}
              {groups(found).map(([category, processes]) => (
                <Category key={category} name={category || say('start.other')} processes={processes} />
              ))}
            </>
          );
        }}
      </Loading>
    </div>
  );
}

function Category({ name, processes }: { name: string; processes: Startable[][] }) {
  return (
    <section className="category">
      <h2>{name}</h2>
      <ul className="startables">
        {processes.map((starts) => (
          <li key={starts[0]?.process} className="card">
            <h3>{starts[0]?.processName}</h3>
            {starts[0]?.description && <p className="dim">{starts[0].description}</p>}
            <div className="row-tools">
              {starts.map(({ process, start, label }) => (
                <Link
                  key={start}
                  className="button-link"
                  to={`/start/${encodeURIComponent(process)}/${encodeURIComponent(start)}`}
                >
                  {label}
                </Link>
              ))}
            </div>
            <Drafts starts={starts} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the person has begun already, to be gone on with. */
function Drafts({ starts }: { starts: readonly Startable[] }) {
  const { say } = useSpeech();
  const { now } = useSession();
  const drafts = starts.flatMap(({ process, start, drafts: own }) =>
    own.map((draft) => ({ ...draft, process, start })),
  );
  if (drafts.length === 0) return null;
  return (
    <div className="going-on">
      <p className="dim">{say('start.drafts', { n: drafts.length })}</p>
      <ul>
        {drafts
          .sort((a, b) => b.savedAt - a.savedAt)
          .slice(0, SHOWN)
          .map(({ id, title, savedAt, process, start }) => (
            <li key={id}>
              <Link to={`/start/${encodeURIComponent(process)}/${encodeURIComponent(start)}?draft=${id}`}>{title}</Link>
              <span className="dim"> {say('inbox.draftsAt', { at: shortMoment(savedAt, now()) })}</span>
            </li>
          ))}
      </ul>
      {drafts.length > SHOWN && <Link to="/?tab=drafts">{say('start.allDrafts')}</Link>}
    </div>
  );
}

/** Drafts of a process on this page; the others are on the workbench. */
const SHOWN = 3;

const textOf = ({ processName, label, category, description }: Startable): string =>
  `${processName} ${label} ${category} ${description}`.toLowerCase();

/** Category -> processes -> their ways to start, in the order the server gives. */
function groups(startables: readonly Startable[]): [string, Startable[][]][] {
  const found = new Map<string, Map<string, Startable[]>>();
  for (const one of startables) {
    const processes = found.get(one.category) ?? new Map<string, Startable[]>();
    processes.set(one.process, [...(processes.get(one.process) ?? []), one]);
    found.set(one.category, processes);
  }
  return [...found].map(([category, processes]) => [category, [...processes.values()]]);
}

/** Owns the workbench: counters as sentences, the five lists, searching. Everything counted leads to what was counted. */
import { type Answer, INBOX_TABS, TODO_KINDS } from '@ganwei/core/contract';
import { Button, Input, type InputRef } from 'antd';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { api } from '../api/client.ts';
import { useLoad } from '../api/load.ts';
import { useMore } from '../api/more.ts';
import { useSpeech } from '../kit/language.tsx';
import type { PageProps } from '../kit/page-props.ts';
import { Link, navigate } from '../kit/router.tsx';
import { Empty, Loading, More, PageHead } from '../kit/states.tsx';
import { keptNames } from '../session/kept.ts';
import { usePerson } from '../session/session.tsx';
import { InboxRow } from './row.tsx';
import './inbox.css';

// The message centre shows the same lines; they come with this page, so that there is no file more for everybody.
export { InboxRow };

const Unsent = lazy(() => import('./unsent.tsx'));

type Tab = (typeof INBOX_TABS)[number];

export default function Workbench({ query }: PageProps) {
  const { say } = useSpeech();
  const person = usePerson();
  const asked = query.get('tab');
  const tab = INBOX_TABS.find((one) => one === asked) ?? 'todo';
  const only = tab === 'todo' ? TODO_KINDS.find((one) => one === query.get('only')) : undefined;
  const counts = useLoad('counts', {});
  return (
    <div className="page">
      <PageHead title={say('inbox.title')} note={say('inbox.greeting', { name: person.name })} />
      {keptNames().length > 0 && (
        <Suspense>
          <Unsent />
        </Suspense>
      )}
      <Counters counts={counts.data} only={only} tab={tab} />
      <section className="card flush" aria-label={say('inbox.lists')}>
        <Tabs tab={tab} counts={counts.data} />
        <List key={`${tab}:${only}`} tab={tab} only={only} onChange={counts.reload} />
      </section>
    </div>
  );
}

type Only = (typeof TODO_KINDS)[number] | undefined;

/** 待办 12 件,其中今日到期 2 件 … Each leads to what it has counted. */
function Counters({ counts, only, tab }: { counts: Answer<'counts'> | undefined; only: Only; tab: Tab }) {
  const { say } = useSpeech();
  const shown = [
    ['todo', 'inbox.countTodo', ''],
    ['dueToday', 'inbox.countToday', 'soon'],
    ['overdue', 'inbox.countOverdue', 'overdue'],
    ['returned', 'inbox.countReturned', 'returned'],
  ] as const;
  return (
    <ul className="counters" aria-label={say('inbox.counters')}>
      {shown.map(([key, label, tone]) => (
        <li key={key} className={counts && counts[key] > 0 && tone ? `counter-${tone}` : undefined}>
          <Link
            to={key === 'todo' ? '/' : `/?only=${key}`}
            aria-current={tab === 'todo' && (only ?? 'todo') === key ? 'true' : undefined}
          >
            <span>{say(label)}</span>
            <strong>{counts ? counts[key] : '–'}</strong>
            <small>{counts ? say(counts[key] > 0 ? `${label}Some` : `${label}None`) : ''}</small>
          </Link>
        </li>
      ))}
    </ul>
  );
}

const ONLY = { dueToday: 'inbox.countToday', overdue: 'inbox.countOverdue', returned: 'inbox.countReturned' } as const;

function Tabs({ tab, counts }: { tab: Tab; counts: Answer<'counts'> | undefined }) {
  const { say } = useSpeech();
  const number: Partial<Record<Tab, number>> = counts
    ? { todo: counts.todo, copied: counts.copied, drafts: counts.drafts }
    : {};
  return (
    <nav className="tabs" aria-label={say('inbox.lists')}>
      {INBOX_TABS.map((key) => (
        <Link key={key} to={key === 'todo' ? '/' : `/?tab=${key}`} aria-current={key === tab ? 'page' : undefined}>
          {say(`inbox.${key}`)}
          {number[key] ? <span className="count">{number[key]}</span> : null}
        </Link>
      ))}
    </nav>
  );
}

/** Milliseconds of silence before a search is asked. */
const PAUSE = 300;

function List({ tab, only, onChange }: { tab: Tab; only: Only; onChange(): void }) {
  const { say } = useSpeech();
  const [typed, setTyped] = useState('');
  const [q, setQ] = useState('');
  const search = useRef<InputRef>(null);
  const list = useLoad('inbox', { params: { tab }, query: { q, only } });
  const more = useMore(list, (cursor) => api.inbox({ params: { tab }, query: { q, only, cursor } }));
  useEffect(() => {
    const timer = setTimeout(() => setQ(typed.trim()), PAUSE);
    return () => clearTimeout(timer);
  }, [typed]);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const inField =
        event.target instanceof Element && event.target.closest('input, textarea, [contenteditable], dialog');
      if (event.key !== '/' || inField || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      search.current?.focus();
    };
    document.addEventListener('keydown', focus);
    return () => document.removeEventListener('keydown', focus);
  }, []);
  const changed = () => {
    list.reload();
    onChange();
  };
  const searchable = tab === 'todo' || tab === 'done' || tab === 'started';
  return (
    <div>
      {searchable && (
        <search className="list-tools">
          <Input
            ref={search}
            allowClear
            aria-label={say('inbox.search')}
            aria-keyshortcuts="/"
            placeholder={say('inbox.searchHint')}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => event.key === 'Escape' && setTyped('')}
          />
        </search>
      )}
      {only && (
        <p className="list-only">
          <span>{say('inbox.only', { kind: say(ONLY[only]) })}</span>
          <Link to="/">{say('inbox.all')}</Link>
        </p>
      )}
      <Loading of={list} rows={5}>
        {({ rows, next }) => (
          <>
            {rows.length === 0 && <Nothing tab={tab} q={q} only={only} />}
            <ul className="rows" aria-live="polite" aria-busy={list.busy}>
              {rows.map((row) => (
                <InboxRow key={row.id} row={row} tab={tab} onChange={changed} />
              ))}
            </ul>
            {next && <More busy={more.busy} load={() => more.load(next)} />}
          </>
        )}
      </Loading>
    </div>
  );
}

function Nothing({ tab, q, only }: { tab: Tab; q: string; only: Only }) {
  const { say } = useSpeech();
  if (q) return <Empty title={say('inbox.notFound', { q })}>{say('inbox.notFoundHint')}</Empty>;
  if (only) return <Empty title={say(`${ONLY[only]}None`)} />;
  const startable = tab === 'started' || tab === 'drafts';
  return (
    <Empty title={say(`inbox.${tab}Empty`)}>
      {startable ? (
        <Button type="primary" onClick={() => navigate('/start')}>
          {say('menu.start')}
        </Button>
      ) : (
        say(`inbox.${tab}EmptyHint`)
      )}
    </Empty>
  );
}

/**
 * Owns the message centre: a person's messages, newest first, those about one case as one line that opens in place; all or the unread ones. To open
 * the newest of a case reads those before it. Rules: [MSG5] [MSG6].
 */
import type { Answer } from '@ganwei/core/contract';
import { Button } from 'antd';
import { useId, useState } from 'react';
import { useAct } from '../api/act.ts';
import { api } from '../api/client.ts';
import { useLoad } from '../api/load.ts';
import { useMore } from '../api/more.ts';
import { useSpeech } from '../kit/language.tsx';
import { tell } from '../kit/notice.tsx';
import type { PageProps } from '../kit/page-props.ts';
import { Link } from '../kit/router.tsx';
import { Empty, Loading, More, PageHead } from '../kit/states.tsx';
import '../session/notice-words.ts';
import './messages.css';
import { InboxRow } from './workbench.tsx';

type Group = Answer<'messages'>['rows'][number];
type Only = 'unread' | undefined;

export default function MessagesPage({ query }: PageProps) {
  const { say } = useSpeech();
  const only: Only = query.get('only') === 'unread' ? 'unread' : undefined;
  const counts = useLoad('counts', {});
  return (
    <div className="page">
      <PageHead title={say('notice.title')} note={say('notice.note')} />
      <Pressing counts={counts.data} />
      <section className="card flush" aria-label={say('notice.lists')}>
        <nav className="tabs" aria-label={say('notice.lists')}>
          <Link to="/messages" aria-current={only ? undefined : 'page'}>
            {say('notice.all')}
          </Link>
          <Link to="/messages?only=unread" aria-current={only ? 'page' : undefined}>
            {say('notice.unread')}
            {counts.data?.copied ? <span className="count">{counts.data.copied}</span> : null}
          </Link>
        </nav>
        <List key={only ?? 'all'} only={only} unread={counts.data?.copied ?? 0} onChange={counts.reload} />
      </section>
    </div>
  );
}

/** What is due is no message for each task: it is counted, and leads to the tasks. */
function Pressing({ counts }: { counts: Answer<'counts'> | undefined }) {
  const { say } = useSpeech();
  const kinds = [
    ['dueToday', 'notice.today'],
    ['overdue', 'notice.overdue'],
  ] as const;
  const pressing = kinds.filter(([kind]) => counts && counts[kind] > 0);
  if (!counts || pressing.length === 0) return null;
  return (
    <p className="message-due">
      {pressing.map(([kind, label]) => (
        <Link key={kind} to={`/?only=${kind}`}>
          {say(label, { n: counts[kind] })}
        </Link>
      ))}
    </p>
  );
}

function List({ only, unread, onChange }: { only: Only; unread: number; onChange(): void }) {
  const { say } = useSpeech();
  const list = useLoad('messages', { query: { only } });
  const more = useMore(list, (cursor) => api.messages({ query: { only, cursor } }));
  const changed = () => {
    list.reload();
    onChange();
  };
  return (
    <Loading of={list} rows={5}>
      {({ rows, next }) => (
        <>
          {rows[0] && unread > 0 && <ReadAll until={rows[0].rows[0]!.at} onDone={changed} />}
          {rows.length === 0 && (
            <Empty title={say(only ? 'notice.emptyUnread' : 'notice.empty')}>
              {say(only ? 'notice.emptyUnreadHint' : 'notice.emptyHint')}
            </Empty>
          )}
          <ul className="message-groups" aria-live="polite" aria-busy={list.busy}>
            {rows.map((group) => (
              <MessageGroup key={group.rows[0]!.caseId ?? group.id} group={group} onChange={changed} />
            ))}
          </ul>
          {next && <More busy={more.busy} load={() => more.load(next)} />}
        </>
      )}
    </Loading>
  );
}

/** [MSG6] Up to the newest that is listed: what has come since was not seen. */
function ReadAll({ until, onDone }: { until: number; onDone(): void }) {
  const { say } = useSpeech();
  const act = useAct(
    (body: { until: number }) => api.readNotices({ body }),
    (problem) => tell(problem.message, 'error'),
  );
  const read = async () => {
    if (!(await act.run({ until }))) return;
    tell(say('notice.readDone'));
    onDone();
  };
  return (
    <div className="message-tools">
      <Button size="small" loading={act.busy} onClick={() => void read()}>
        {say('notice.readAll')}
      </Button>
    </div>
  );
}

/** The newest message about a case, and those before it in the same place when they are asked for. */
function MessageGroup({ group, onChange }: { group: Group; onChange(): void }) {
  const { say } = useSpeech();
  const [open, setOpen] = useState(false);
  const id = useId();
  const [newest, ...before] = group.rows;
  if (!newest) return null;
  const unread = group.unread - (newest.unread ? 1 : 0);
  const readAlong = () => {
    const { caseId, at } = newest;
    if (unread === 0 || !caseId) onChange();
    else void api.readNotices({ body: { until: at, case: caseId } }).then(onChange, onChange);
  };
  return (
    <li>
      <ul className="rows">
        <InboxRow row={newest} tab="copied" onChange={readAlong} />
      </ul>
      {before.length > 0 && (
        <button
          type="button"
          className="message-more"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          {open
            ? say('notice.fold')
            : say(unread > 0 ? 'notice.moreUnread' : 'notice.more', { n: before.length, unread })}
        </button>
      )}
      {open && (
        <ul className="rows message-before" id={id}>
          {before.map((row) => (
            <InboxRow key={row.id} row={row} tab="copied" onChange={onChange} />
          ))}
        </ul>
      )}
    </li>
  );
}

/** Owns one line of a workbench list: where it leads, what it says, how urgent it is. On a phone it is a card. */
import type { Answer } from '@ganwei/core/contract';
import { Button } from 'antd';
import { useAct } from '../api/act.ts';
import { api } from '../api/client.ts';
import { shortMoment } from '../kit/format.ts';
import { useSpeech } from '../kit/language.tsx';
import { DueMark, Mark, StatusMark } from '../kit/marks.tsx';
import { tell } from '../kit/notice.tsx';
import { Link } from '../kit/router.tsx';
import { useSession } from '../session/session.tsx';

export type Row = Answer<'inbox'>['rows'][number];
type Tab = 'todo' | 'done' | 'started' | 'copied' | 'drafts';

export function InboxRow({ row, tab, onChange }: { row: Row; tab: Tab; onChange(): void }) {
  const { say } = useSpeech();
  const { now } = useSession();
  const read = () => {
    if (row.kind === 'notice' && row.unread) void api.readNotice({ params: { id: row.id } }).then(onChange);
  };
  return (
    <li className={`row${row.unread ? ' row-unread' : ''}`}>
      <div className="row-main">
        <Link className="row-title" to={addressOfRow(row)} onClick={read}>
          {row.unread && <span className="unseen">{say('inbox.unread')}</span>}
          {row.title || say('inbox.untitled')}
        </Link>
        <div className="row-marks">
          {row.priority && <Mark tone="danger">{say('inbox.priority')}</Mark>}
          {tab === 'todo' && row.outcome === 'returned' && <Mark tone="warning">{say('inbox.returned')}</Mark>}
          {tab === 'todo' && row.outcome === 'transferred' && <Mark tone="plain">{say('inbox.transferred')}</Mark>}
          {row.pooled && <Mark tone="plain">{say('inbox.pooled')}</Mark>}
          {tab === 'done' && row.outcome && <Mark tone="plain">{row.outcome}</Mark>}
          {row.status && <StatusMark status={row.status} />}
        </div>
        <p className="row-note">
          {row.number && <span>{row.number}</span>}
          {row.process && <span>{row.process}</span>}
          {row.node && row.node !== row.process && <span>{row.node}</span>}
          {row.from && <span>{say('inbox.from', { name: row.from })}</span>}
        </p>
      </div>
      <div className="row-side">
        <DueMark due={row.due} />
        <span className="dim">{say(`inbox.${tab}At`, { at: shortMoment(row.at, now()) })}</span>
        {row.kind === 'draft' && <DropDraft id={row.id} onDone={onChange} />}
      </div>
    </li>
  );
}

function addressOfRow(row: Row): string {
  if (row.start) {
    const { process, start } = row.start;
    return `/start/${encodeURIComponent(process)}/${encodeURIComponent(start)}?draft=${encodeURIComponent(row.id)}`;
  }
  if (row.taskId) return `/tasks/${row.taskId}`;
  if (row.letterId) return `/letters/${row.letterId}`;
  return row.caseId ? `/cases/${row.caseId}` : '/messages';
}

function DropDraft({ id, onDone }: { id: string; onDone(): void }) {
  const { say } = useSpeech();
  const act = useAct(
    (draft: string) => api.dropDraft({ params: { id: draft } }),
    (problem) => tell(problem.message, 'error'),
  );
  const drop = async () => {
    if (!(await act.run(id))) return;
    tell(say('inbox.draftDropped'));
    onDone();
  };
  return (
    <Button size="small" loading={act.busy} onClick={() => void drop()}>
      {say('inbox.dropDraft')}
    </Button>
  );
}

/** Owns the record of a case as people read it: who did what, when, with which words, how long it took; and who is likely next. */
import type { Answer } from '@ganwei/core/contract';
import { useSession } from '../session/session.tsx';
import { shortMoment, tookText } from '../shell/format.ts';
import { type Say, useSpeech } from '../shell/language.tsx';
import { Mark } from '../shell/marks.tsx';
import { Link } from '../shell/router.tsx';

type CaseView = Answer<'case'>;

/** What the record of a case is drawn from. */
export interface TraceProps {
  timeline: CaseView['timeline'];
  next: CaseView['next'];
  tasks: readonly Pick<CaseView['tasks'][number], 'id' | 'name' | 'holders'>[];
  caseId: string;
}

type Entry = TraceProps['timeline'][number];

export function Timeline({ entries, next, tasks }: { entries: readonly Entry[] } & Pick<TraceProps, 'next' | 'tasks'>) {
  const { say } = useSpeech();
  return (
    <ol className="timeline">
      {entries.map((entry, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the record only grows at its end
        <Line key={index} entry={entry} />
      ))}
      {tasks.map(({ id, name, holders }) => (
        <li key={id} className="now">
          <strong>{name}</strong>
          <span>{holders.length > 0 ? holders.map((one) => one.name).join('、') : say('trace.someone')}</span>
          <Mark tone="running">{say('trace.now')}</Mark>
        </li>
      ))}
      {next.length > 0 && (
        <li className="future">
          <span className="dim">{say('trace.next')}</span>
          <ul>
            {next.map(({ node, name, who }) => (
              <li key={node}>
                {name} {who && <span className="dim">{who}</span>}
              </li>
            ))}
          </ul>
        </li>
      )}
    </ol>
  );
}

function Line({ entry }: { entry: Entry }) {
  const { say } = useSpeech();
  const { now } = useSession();
  const { at, who, node, outcome, comment, took } = entry;
  const machine = MACHINE.has(entry.kind);
  const letter = typeof entry.detail.letter === 'string' ? entry.detail.letter : undefined;
  return (
    <li className={machine ? 'machine' : undefined}>
      <div className="line-head">
        <strong>{node || say(nameOf(entry.kind))}</strong>
        {!machine && <span>{who ? `${who.name}${who.unit ? ` ${who.unit}` : ''}` : say('trace.someone')}</span>}
        {outcome && <Mark tone="plain">{outcome}</Mark>}
      </div>
      <p className="line-text">
        {sentenceOf(entry, say)}
        {letter && (
          <>
            {' '}
            <Link to={`/letters/${letter}`}>{say('trace.openLetter')}</Link>
          </>
        )}
      </p>
      {comment && <blockquote>{comment}</blockquote>}
      <p className="dim">
        <time dateTime={new Date(at).toISOString()}>{shortMoment(at, now())}</time>
        {took !== null && ` · ${say('trace.took', { took: tookText(took, say) })}`}
      </p>
    </li>
  );
}

/** What the server did by itself. */
const MACHINE = new Set([
  'timer',
  'reminded',
  'service',
  'letter',
  'copied',
  'decided',
  'messaged',
  'message',
  'recorded',
  'notified',
  'effect',
  'ended',
  'called-off',
  'child-ended',
  'action-started',
  'action-ended',
  'ended-early',
  'rescheduled',
  'recalculated',
  'handed-over',
  'suspended',
  'resumed',
  'signer-added',
  'urged',
  'incident',
  'opened',
]);

const NAMED = [
  'started',
  'submitted',
  'returned',
  'transferred',
  'claimed',
  'withdrawn',
  'commented',
  'attached',
  'timer',
  'reminded',
  'letter',
  'copied',
  'receipt',
  'decided',
  'messaged',
  'message',
  'recorded',
  'notified',
  'effect',
  'ended',
  'called-off',
  'child-ended',
  'incident',
  'incident-solved',
] as const;

const nameOf = (kind: string) => `kind.${NAMED.find((one) => one === kind) ?? 'other'}` as const;

/** A sentence about the act; empty where head and comment say it all. */
function sentenceOf({ kind, node, detail }: Entry, say: Say): string {
  const text = (key: string): string => {
    const value = detail[key];
    if (Array.isArray(value)) return value.map(String).join('、');
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  switch (kind) {
    case 'returned':
      return say(detail.resume === 'straight' ? 'did.returnedStraight' : 'did.returned', { to: text('to') });
    case 'transferred':
      return say('did.transferred', { to: text('toName') });
    case 'attached':
      return say('did.attached', { files: text('files') });
    case 'letter':
      return say('did.letter', { title: text('title'), number: text('number') });
    case 'copied':
      return say('did.copied', { number: text('number'), n: text('to') });
    case 'decided':
      return say('did.decided', { name: text('name') });
    case 'reminded':
      return say('did.reminded', { text: text('text') });
    case 'notified':
      return say('did.notified', { text: text('text') });
    case 'child-ended':
      return say('did.childEnded', { number: text('number') });
    case 'action-started':
      return say('did.actionStarted', { action: text('action'), number: text('number') });
    case 'action-ended':
      return say('did.actionEnded', { action: text('action'), number: text('number'), result: text('result') });
    case 'ended-early':
      return say('did.endedEarly', { by: text('by') });
    case 'rescheduled':
    case 'recalculated':
      return say('did.rescheduled', { from: text('from'), due: text('due') });
    case 'handed-over':
      return say('did.handedOver', { to: text('toName') });
    case 'suspended':
      return say('did.suspended', { reason: text('reason') });
    case 'resumed':
      return say('did.resumed', { n: text('days') });
    case 'signer-added':
      return say('did.signersAdded', { names: text('names') });
    case 'incident':
      return say('did.incident', { detail: text('detail') });
    case 'incident-solved':
      return say('did.solved', { comment: text('comment') });
    default:
      return node ? say(nameOf(kind)) : '';
  }
}

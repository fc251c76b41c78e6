/**
 * Owns the record of a case as people read it: how far it is, who did what, when, with which words, how long it took; and who is likely next.
 */
import type { Answer } from '@ganwei/core/contract';
import { shortMoment, tookText } from '../kit/format.ts';
import { useSpeech } from '../kit/language.tsx';
import { Mark } from '../kit/marks.tsx';
import { Link } from '../kit/router.tsx';
import { useSession } from '../session/session.tsx';
import { phasesOf } from './phases.ts';
import { sentenceOf } from './sentences.ts';

type CaseView = Answer<'case'>;

/** What the record of a case is drawn from. */
export interface TraceProps {
  timeline: CaseView['timeline'];
  milestones: CaseView['milestones'];
  next: CaseView['next'];
  tasks: readonly Pick<CaseView['tasks'][number], 'id' | 'name' | 'holders'>[];
  caseId: string;
}

/** How far the case is, for whoever does not see its steps. */
export function Milestones({ milestones }: Pick<TraceProps, 'milestones'>) {
  const { say } = useSpeech();
  const { now } = useSession();
  if (milestones.length === 0) return null;
  return (
    <ol className="timeline milestones" aria-label={say('trace.milestones')}>
      {milestones.map(({ name, state, at }) => (
        <li key={name} className={state === 'current' ? 'now' : state === 'ahead' ? 'future' : undefined}>
          <div className="line-head">
            <strong>{name}</strong>
            <Mark tone={state === 'current' ? 'running' : 'plain'}>{say(`trace.${state}`)}</Mark>
          </div>
          {at !== null && (
            <p className="dim">
              <time dateTime={new Date(at).toISOString()}>{shortMoment(at, now())}</time>
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}

type Entry = TraceProps['timeline'][number];

export function Timeline({ entries, next, tasks }: { entries: readonly Entry[] } & Pick<TraceProps, 'next' | 'tasks'>) {
  const { say } = useSpeech();
  const phases = phasesOf(entries);
  return (
    <ol className="timeline">
      {phases.map(({ name, entries: own }, index) =>
        name === '' ? (
          own.map((entry) => <Line key={entry.id} entry={entry} />)
        ) : (
          <Phase key={own[0]?.id} name={name} entries={own} open={index === phases.length - 1} />
        ),
      )}
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

/** [PAGE51] What happened within a phase, folded away when the case has gone on. */
function Phase({ name, entries, open }: { name: string; entries: readonly Entry[]; open: boolean }) {
  const { say } = useSpeech();
  const { now } = useSession();
  const last = entries.at(-1)!;
  return (
    <li className="phase">
      <details open={open}>
        <summary>
          <strong>{name}</strong>{' '}
          <span className="dim">{say('trace.phase', { n: entries.length, at: shortMoment(last.at, now()) })}</span>
        </summary>
        <ol className="timeline">
          {entries.map((entry) => (
            <Line key={entry.id} entry={entry} />
          ))}
        </ol>
      </details>
    </li>
  );
}

function Line({ entry }: { entry: Entry }) {
  const { say, language } = useSpeech();
  const { now } = useSession();
  const { at, by, who, kind, node, outcome, comment, took } = entry;
  const letter = entry.detail?.letter;
  return (
    <li className={by === 'house' ? 'machine' : undefined}>
      <div className="line-head">
        <strong>{node || say(`kind.${kind}`)}</strong>
        {by === 'person' && <span>{who ? `${who.name}${who.unit ? ` ${who.unit}` : ''}` : say('trace.someone')}</span>}
        {outcome && <Mark tone="plain">{outcome}</Mark>}
      </div>
      <p className="line-text">
        {sentenceOf(entry, say, language)}
        {typeof letter === 'string' && (
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

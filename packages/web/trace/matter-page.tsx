/** Owns the page of an affair seen whole: its cases on their lanes, each on the common line of time, with the letters it has brought. */
import type { Answer } from '@ganwei/core/contract';
import { useLoad } from '../api/load.ts';
import { dayText } from '../kit/format.ts';
import { useSpeech } from '../kit/language.tsx';
import { StatusMark } from '../kit/marks.tsx';
import type { PageProps } from '../kit/page-props.ts';
import { Link } from '../kit/router.tsx';
import { Empty, Loading, PageHead } from '../kit/states.tsx';
import { useSession } from '../session/session.tsx';
import './matter.css';
import './case-words.ts';
import { type Scale, scaleOf } from './scale.ts';

type Matter = Answer<'matter'>;
type Entry = Matter['cases'][number];

export default function MatterPage({ params }: PageProps) {
  const id = params.id ?? '';
  const view = useLoad('matter', { params: { id } });
  return (
    <Loading of={view} rows={8}>
      {(matter) => <Whole matter={matter} />}
    </Loading>
  );
}

function Whole({ matter: { title, lanes, cases, more } }: { matter: Matter }) {
  const { say } = useSpeech();
  const { now } = useSession();
  const running = cases.filter((one) => one.case.endedAt === null).length;
  const scale = scaleOf(
    cases.map((one) => ({ from: one.case.startedAt, to: one.case.endedAt })),
    now(),
  );
  const known = new Set(lanes.map(({ key }) => key));
  const others = cases.filter(({ lane }) => !known.has(lane));
  return (
    <div className="page">
      <PageHead
        title={say('matter.title', { title })}
        note={cases.length > 1 ? say('matter.note', { n: cases.length, running }) : undefined}
      />
      {cases.length === 1 && (
        <div className="card">
          <Empty title={say('matter.alone')}>{say('matter.aloneHint')}</Empty>
        </div>
      )}
      <section className="card matter">
        <Months scale={scale} />
        {lanes.map(({ key, title: name }) => (
          <Lane key={key} name={name} entries={cases.filter(({ lane }) => lane === key)} scale={scale} />
        ))}
        {others.length > 0 && <Lane name={say('matter.other')} entries={others} scale={scale} />}
      </section>
      {more && <p className="dim">{say('matter.more')}</p>}
    </div>
  );
}

/** The months above the bars; for the eye alone: every case says its days in words. */
function Months({ scale }: { scale: Scale }) {
  return (
    <div className="matter-row matter-months" aria-hidden="true">
      <span />
      <div className="matter-track">
        {scale.marks.map(({ month, at }) => (
          <span key={month} className="matter-month" style={{ insetInlineStart: `${at}%` }}>
            {month}
          </span>
        ))}
      </div>
    </div>
  );
}

function Lane({ name, entries, scale }: { name: string; entries: readonly Entry[]; scale: Scale }) {
  const { say } = useSpeech();
  return (
    <section className="matter-lane">
      <h2>
        {name}{' '}
        <span className="dim">
          {entries.length > 0 ? say('matter.count', { n: entries.length }) : say('matter.none')}
        </span>
      </h2>
      <ul>
        {entries.map((entry) => (
          <Row key={entry.case.id} entry={entry} scale={scale} />
        ))}
      </ul>
    </section>
  );
}

function Row({ entry: { case: own, letters }, scale }: { entry: Entry; scale: Scale }) {
  const { say, language } = useSpeech();
  const { now } = useSession();
  const day = (at: number): string => dayText(at, language);
  const from = scale.at(own.startedAt);
  const to = scale.at(own.endedAt ?? now());
  return (
    <li className="matter-row">
      <div className="matter-case">
        <Link to={`/cases/${own.id}`}>{own.title}</Link>
        <span className="facts-line dim">
          {own.number && <span>{own.number}</span>}
          <span>{own.processName}</span>
          <span>
            {own.endedAt === null
              ? say('matter.since', { from: day(own.startedAt) })
              : say('matter.period', { from: day(own.startedAt), to: day(own.endedAt) })}
          </span>
          <StatusMark status={own.status} />
        </span>
        {letters.length > 0 && (
          <ul className="matter-letters" aria-label={say('matter.letters')}>
            {letters.map(({ id, number, title, issuedAt }) => (
              <li key={id}>
                <Link to={`/letters/${id}`} title={title}>
                  {number || title}
                </Link>{' '}
                <span className="dim">{day(issuedAt)}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
      <div className="matter-track" aria-hidden="true">
        <span
          className={`matter-bar tone-${own.status.tone}`}
          style={{ insetInlineStart: `${from}%`, inlineSize: `max(6px, ${to - from}%)` }}
        />
        {letters.map(({ id, issuedAt }) => (
          <span key={id} className="matter-letter" style={{ insetInlineStart: `${scale.at(issuedAt)}%` }} />
        ))}
      </div>
    </li>
  );
}

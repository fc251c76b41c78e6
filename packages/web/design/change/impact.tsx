/**
 * Owns what a change would have made different for finished cases: begun here, shown while it goes on, by flow and by what differs, with counts
 * and the way to those cases that this person may open; and what moving running cases would come to. Rules: [IMP4] [IMP5] [IMP6].
 */
import type { Answer } from '@ganwei/core/contract';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useAct } from '../../api/act.ts';
import { api } from '../../api/client.ts';
import { useLoad } from '../../api/load.ts';
import { useSpeech } from '../../kit/language.tsx';
import { Mark } from '../../kit/marks.tsx';
import { Link } from '../../kit/router.tsx';
import { Empty, Loading, Refused } from '../../kit/states.tsx';
import type { Change } from './change.ts';
import './impact.css';

type Found = Answer<'impact'>;
type Flow = Found['flows'][number];
type Line = Flow['lines'][number];

/** Milliseconds between two looks while it goes on. */
const AGAIN = 1000;

export function Impact({ change }: { change: Change }) {
  const { say } = useSpeech();
  const params = { id: change.id };
  const found = useLoad('impact', { params });
  const { data, reload } = found;
  const running = data?.state === 'running';
  const begin = useAct((id: string) => api.beginImpact({ params: { id } }));
  const stop = useAct((id: string) => api.cancelImpact({ params: { id } }));
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(reload, AGAIN);
    return () => clearInterval(timer);
  }, [running, reload]);
  const act = async (one: typeof begin | typeof stop) => {
    await one.run(change.id);
    reload();
  };
  if (change.drafts.length === 0) return <Empty title={say('change.empty')} />;
  if (change.state === 'published' || change.state === 'withdrawn') return <Empty title={say('impact.over')} />;
  return (
    <div className="card-body stack">
      <p className="impact-note">{say('impact.note')}</p>
      <Loading of={found} rows={2}>
        {(view) => (
          <>
            <div className="row-tools">
              {running ? (
                <Button loading={stop.busy} onClick={() => void act(stop)}>
                  {say('impact.stop')}
                </Button>
              ) : (
                <Button type="primary" loading={begin.busy} onClick={() => void act(begin)}>
                  {say(view.state === 'none' ? 'impact.begin' : 'impact.again')}
                </Button>
              )}
              {view.state !== 'none' && <StateOf found={view} />}
            </div>
            <Refused problem={begin.problem ?? stop.problem} />
            <Findings change={change.id} found={view} />
          </>
        )}
      </Loading>
    </div>
  );
}

const TONES = { running: 'running', done: 'done', stopped: 'stopped', cut: 'warning', failed: 'danger' } as const;

function StateOf({ found: { state } }: { found: Found }) {
  const { say } = useSpeech();
  if (state === 'none') return null;
  return <Mark tone={TONES[state]}>{say(`impact.state.${state}`)}</Mark>;
}

function Findings({ change, found: { state, outdated, flows } }: { change: string; found: Found }) {
  const { say } = useSpeech();
  if (state === 'none') return <Empty title={say('impact.none')}>{say('impact.noneHint')}</Empty>;
  if (state === 'running' && flows.length === 0) return <p role="status">{say('impact.waiting')}</p>;
  const few = flows.some(({ lines }) => lines.some(({ count }) => count === null));
  return (
    <>
      {state !== 'running' && state !== 'done' && <p className="dim">{say(`impact.stateNote.${state}`)}</p>}
      {outdated && <p className="complaint">{say('impact.outdated')}</p>}
      {state === 'done' && flows.length === 0 && <Empty title={say('impact.noFlow')} />}
      {flows.map((flow) => (
        <FlowImpact key={flow.process} change={change} flow={flow} over={state !== 'running'} />
      ))}
      {few && <p className="dim">{say('impact.fewNote')}</p>}
    </>
  );
}

function FlowImpact({ change, flow, over }: { change: string; flow: Flow; over: boolean }) {
  const { say } = useSpeech();
  const { process, title, total, seen, followed, different, incomparable, more, lines, moving } = flow;
  const id = `impact-${process}`;
  return (
    <section className="impact-flow" aria-labelledby={id}>
      <h2 id={id}>{say('impact.flow', { name: title })}</h2>
      {incomparable && <p className="dim">{say('impact.incomparable')}</p>}
      {!incomparable && total === 0 && <p className="dim">{say('impact.noCases')}</p>}
      {total > 0 && (
        <>
          {seen < total && !over && (
            <progress value={seen} max={total} aria-label={say('impact.progress', { name: title })} />
          )}
          <p className="facts-line" role="status">
            <span>{say('impact.seen', { seen, total })}</span>
            {different !== 0 && (
              <strong>
                {different === null ? say('impact.differentFew') : say('impact.different', { n: different })}
              </strong>
            )}
          </p>
          {different === 0 && seen > 0 && <p className="dim">{say(over ? 'impact.same' : 'impact.noneYet')}</p>}
          <ul className="findings">
            {lines.map((line) => (
              <LineRow key={line.id} change={change} process={process} line={line} />
            ))}
          </ul>
          {more > 0 && <p className="dim">{say('impact.more', { n: more })}</p>}
          {seen > followed && <p className="dim">{say('impact.unfollowed', { n: seen - followed })}</p>}
        </>
      )}
      {moving && <Moving moving={moving} />}
    </section>
  );
}

const KIND_TONES = {
  way: 'warning',
  person: 'running',
  field: 'warning',
  deadline: 'running',
  result: 'running',
  break: 'danger',
} as const;

function LineRow({ change, process, line }: { change: string; process: string; line: Line }) {
  const { say } = useSpeech();
  const [open, setOpen] = useState(false);
  const { kind, count } = line;
  return (
    <li>
      <Mark tone={KIND_TONES[kind]}>{say(`impact.kind.${kind}`)}</Mark>
      <div className="impact-line">
        <p>{useSentence(line)}</p>
        <p className="facts-line">
          <strong>{count === null ? say('impact.few') : say('impact.count', { n: count })}</strong>
          {!open && (
            <Button size="small" type="link" onClick={() => setOpen(true)}>
              {say('impact.examples')}
            </Button>
          )}
        </p>
        {open && <Examples change={change} process={process} line={line.id} />}
      </div>
    </li>
  );
}

/** What differs, in words. */
function useSentence({ kind, name, before, after, field, detail }: Line): string {
  const { say } = useSpeech();
  const named = (names: readonly string[]) =>
    names.map((one) => say('impact.flow', { name: one })).join(say('impact.join'));
  switch (kind) {
    case 'way': {
      const key = before.length === 0 ? 'impact.wayMore' : after.length === 0 ? 'impact.wayLess' : 'impact.way';
      return say(key, { name, before: named(before), after: named(after) });
    }
    case 'person':
      return say(detail === 'nobody' ? 'impact.person.nobody' : 'impact.person', { name });
    case 'field':
      if (field === '') return say('impact.field.comment', { name });
      return say(detail === 'missing' ? 'impact.field.missing' : 'impact.field.refused', { name, field });
    case 'deadline':
      return say(`impact.deadline.${detail as 'earlier' | 'later' | 'new' | 'gone'}`, { name });
    case 'result':
      return say('impact.result', { name });
    case 'break':
      return say(`impact.break.${detail as 'start' | 'step' | 'outcome' | 'standstill'}`, { name });
  }
}

function Examples({ change, process, line }: { change: string; process: string; line: string }) {
  const { say } = useSpeech();
  const cases = useLoad('impactCases', { params: { id: change }, query: { process, line } });
  return (
    <Loading of={cases} rows={1}>
      {({ rows }) =>
        rows.length === 0 ? (
          <p className="dim">{say('impact.noExamples')}</p>
        ) : (
          <p className="facts-line">
            <span className="dim">{say('impact.newest')}</span>
            {rows.map(({ id, number }) => (
              <Link key={id} to={`/cases/${id}`}>
                {number}
              </Link>
            ))}
          </p>
        )
      }
    </Loading>
  );
}

function Moving({ moving: { movable, barred } }: { moving: NonNullable<Flow['moving']> }) {
  const { say } = useSpeech();
  if (movable === 0 && barred.length === 0) return <p className="dim">{say('impact.movingNone')}</p>;
  return (
    <>
      <p>{say('impact.moving', { n: movable })}</p>
      {barred.map(({ reason, count }) => (
        <p key={reason} className="dim">
          {say('impact.barred', { n: count, reason })}
        </p>
      ))}
    </>
  );
}

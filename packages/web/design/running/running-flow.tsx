/**
 * Owns the page of one flow: where its running cases stand, what steps take and which branches are taken, drawn and in numbers, and letting cases of
 * older versions go on by the one in force. Rules: [RUN1] [RUN5].
 */
import type { Answer } from '@ganwei/core/contract';
import { Button } from 'antd';
import { lazy, Suspense, useCallback, useState } from 'react';
import { useLoad } from '../../api/load.ts';
import { momentText } from '../../kit/format.ts';
import { useSpeech } from '../../kit/language.tsx';
import type { PageProps } from '../../kit/page-props.ts';
import { Link } from '../../kit/router.tsx';
import { Bones, Loading, PageHead } from '../../kit/states.tsx';
import type { Drawn } from '../drawing.tsx';
import { type Figures, FlowFigures, sharesOf } from './figures.tsx';
import { MoveCases } from './move-cases.tsx';
import '../change/change.css';

const Drawing = lazy(() => import('../drawing.tsx'));

export type Flow = Answer<'runningFlow'>;

export default function RunningFlow({ params }: PageProps) {
  const flow = useLoad('runningFlow', { params: { process: decodeURIComponent(params.process ?? '') } });
  return (
    <div className="page">
      <Loading of={flow}>{(view) => <Shown flow={view} reload={flow.reload} />}</Loading>
    </div>
  );
}

function Shown({ flow, reload }: { flow: Flow; reload(): void }) {
  const { say } = useSpeech();
  const [moving, setMoving] = useState(false);
  const { title, current, versions, steps, xml } = flow;
  const figures = useLoad('flowFigures', { params: { process: flow.process } });
  const behind = versions.filter(({ version }) => version !== current);
  return (
    <>
      <PageHead
        title={title}
        note={say(current === null ? 'running.isRetired' : 'running.current', { version: current ?? 0 })}
        tools={
          current !== null &&
          behind.length > 0 &&
          !moving && (
            <Button type="primary" onClick={() => setMoving(true)}>
              {say('running.move')}
            </Button>
          )
        }
      />
      {moving && (
        <MoveCases
          flow={flow}
          onClose={() => {
            setMoving(false);
            reload();
          }}
        />
      )}
      {xml !== '' && <DrawnFlow title={title} xml={xml} steps={steps} figures={figures.data} />}
      <section className="card card-body" aria-labelledby="running-steps">
        <h2 id="running-steps">{say('running.steps')}</h2>
        {steps.length === 0 ? (
          <p className="dim">{say('running.noSteps')}</p>
        ) : (
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">{say('running.step')}</th>
                <th scope="col">{say('running.version')}</th>
                <th scope="col">{say('running.count')}</th>
                <th scope="col">{say('running.overdue')}</th>
                <th scope="col">{say('running.vacant')}</th>
              </tr>
            </thead>
            <tbody>
              {[...steps]
                .sort((a, b) => b.count - a.count)
                .map(({ node, name, version, count, overdue, vacant }) => (
                  <tr key={`${node} ${version}`}>
                    <th scope="row">{name}</th>
                    <td>{say('design.version', { n: version })}</td>
                    <td>{count}</td>
                    <td>{overdue || ''}</td>
                    <td>{vacant > 0 && <Link to="/incidents">{vacant}</Link>}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        )}
      </section>
      <Timers timers={flow.timers} />
      <Loading of={figures} rows={3}>
        {(view) => <FlowFigures figures={view} />}
      </Loading>
    </>
  );
}

/** What happens by itself, and when first. */
function Timers({ timers }: { timers: Flow['timers'] }) {
  const { say, language } = useSpeech();
  if (timers.length === 0) return null;
  return (
    <section className="card card-body" aria-labelledby="running-timers">
      <h2 id="running-timers">{say('running.timers')}</h2>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{say('running.timer')}</th>
            <th scope="col">{say('running.version')}</th>
            <th scope="col">{say('running.count')}</th>
            <th scope="col">{say('running.next')}</th>
          </tr>
        </thead>
        <tbody>
          {timers.map(({ node, name, version, count, next }) => (
            <tr key={`${node} ${version}`}>
              <th scope="row">{name || node}</th>
              <td>{say('design.version', { n: version })}</td>
              <td>{count}</td>
              <td>{momentText(next, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const MARKS = ['running', 'durations', 'ways'] as const;

interface DrawnFlow {
  title: string;
  xml: string;
  steps: Flow['steps'];
  figures: Figures | undefined;
}

/** The flow with one kind of numbers on it. */
function DrawnFlow({ title, xml, steps, figures }: DrawnFlow) {
  const { say } = useSpeech();
  const [shown, setShown] = useState<(typeof MARKS)[number]>('running');
  const mark = useCallback(
    (drawn: Drawn) => {
      if (shown === 'running') markCounts(drawn, steps);
      else if (shown === 'durations')
        for (const { node, ...took } of figures?.steps ?? [])
          if (drawn.has(node)) drawn.badge(node, say('figures.badge', took));
      if (shown === 'ways')
        for (const [flow, share] of sharesOf(figures?.branches ?? []))
          if (drawn.has(flow)) drawn.badge(flow, `${share}%`);
    },
    [shown, steps, figures, say],
  );
  return (
    <section className="card card-body drawn-difference">
      <div className="row-tools">
        <fieldset className="switch" aria-label={say('figures.shown')}>
          {MARKS.map((one) => (
            <button key={one} type="button" aria-pressed={shown === one} onClick={() => setShown(one)}>
              {say(`figures.${one}`)}
            </button>
          ))}
        </fieldset>
        {shown === 'durations' && <span className="dim">{say('figures.badgeHint')}</span>}
      </div>
      <Suspense fallback={<Bones rows={6} />}>
        <Drawing source={xml} label={title} mark={mark} />
      </Suspense>
    </section>
  );
}

/** How many wait at each step, and in the phase around it. */
function markCounts(drawn: Drawn, steps: Flow['steps']): void {
  const counts = new Map<string, number>();
  for (const { node, count } of steps) {
    if (!drawn.has(node)) continue;
    for (const id of [node, ...drawn.around(node)]) counts.set(id, (counts.get(id) ?? 0) + count);
  }
  for (const [id, count] of counts) {
    drawn.badge(id, String(count));
    drawn.canvas.addMarker(id, 'diff-changed');
  }
}

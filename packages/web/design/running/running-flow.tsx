/** Owns the page of one flow's running cases: where they stand, drawn and in numbers, and letting those of older versions go on by the one in force. */
import type { Answer } from '@ganwei/core/contract';
import { Button } from 'antd';
import { lazy, Suspense, useCallback, useState } from 'react';
import { useLoad } from '../../api/load.ts';
import { useSpeech } from '../../kit/language.tsx';
import type { PageProps } from '../../kit/page-props.ts';
import { Bones, Loading, PageHead } from '../../kit/states.tsx';
import type { Drawn } from '../drawing.tsx';
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
  const mark = useCallback((drawn: Drawn) => markCounts(drawn, steps), [steps]);
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
      {xml !== '' && (
        <section className="card card-body drawn-difference">
          <Suspense fallback={<Bones rows={6} />}>
            <Drawing source={xml} label={title} mark={mark} />
          </Suspense>
        </section>
      )}
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
              </tr>
            </thead>
            <tbody>
              {[...steps]
                .sort((a, b) => b.count - a.count)
                .map(({ node, name, version, count }) => (
                  <tr key={`${node} ${version}`}>
                    <th scope="row">{name}</th>
                    <td>{say('design.version', { n: version })}</td>
                    <td>{count}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        )}
      </section>
    </>
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

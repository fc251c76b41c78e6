/**
 * Owns the right side of a task or case: 流转记录 and, for whoever may see it, 流程图, loaded when it is asked for; all others see the milestones.
 */
import { type KeyboardEvent, lazy, Suspense, useRef, useState } from 'react';
import { useSpeech } from '../kit/language.tsx';
import { Bones } from '../kit/states.tsx';
import { Milestones, Timeline, type TraceProps } from './timeline.tsx';
import './trace.css';

const Diagram = lazy(() => import('./diagram.tsx'));

const TABS = ['timeline', 'diagram'] as const;
type Tab = (typeof TABS)[number];

export function Trace({ timeline, milestones, drawing, next, tasks, caseId }: TraceProps & { drawing: boolean }) {
  const { say } = useSpeech();
  const [tab, setTab] = useState<Tab>('timeline');
  const tabs: readonly Tab[] = drawing ? TABS : ['timeline'];
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
    if (!drawing) return;
    const other = tab === 'timeline' ? 'diagram' : 'timeline';
    setTab(other);
    list.current?.querySelector<HTMLElement>(`[data-tab="${other}"]`)?.focus();
  };
  return (
    <aside className="card flush trace" aria-label={say('trace.title')}>
      <div ref={list} className="tabs" role="tablist" aria-label={say('trace.title')}>
        {tabs.map((key) => (
          <button
            key={key}
            type="button"
            role="tab"
            data-tab={key}
            id={`trace-${key}`}
            aria-selected={key === tab}
            aria-controls="trace-panel"
            tabIndex={key === tab ? 0 : -1}
            onClick={() => setTab(key)}
            onKeyDown={move}
          >
            {say(`trace.${key}`)}
          </button>
        ))}
      </div>
      <div id="trace-panel" role="tabpanel" aria-labelledby={`trace-${tab}`} className="trace-body">
        {tab === 'timeline' ? (
          <>
            {!drawing && <Milestones milestones={milestones} />}
            <Timeline entries={timeline} next={next} tasks={tasks} />
          </>
        ) : (
          <Suspense fallback={<Bones rows={5} />}>
            <Diagram caseId={caseId} />
          </Suspense>
        )}
      </div>
    </aside>
  );
}

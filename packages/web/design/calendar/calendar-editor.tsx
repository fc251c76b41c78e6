/**
 * Owns the editor of a year's calendar: twelve months on which days are switched by pointer and keys, and the notice that is read into them. It is given
 * a text and gives one with every act. Rules: [DCL1] [DCL2].
 */
import '../texts/words.ts';
import '../flow/flow.css';
import './calendar.css';
import { addDays } from '@ganwei/calendar/dates';
import { readYearTable } from '@ganwei/calendar/table';
import { type Marks, switched } from '@ganwei/calendar/year';
import { DefinitionError, type Problem } from '@ganwei/core/definition';
import { withValue } from '@ganwei/release/json-text';
import { Button } from 'antd';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import { useLoad } from '../../api/load.ts';
import { useSpeech } from '../../kit/language.tsx';
import { useSteps } from '../texts/history.ts';
import { StepButtons, stepKeys } from '../texts/steps.tsx';
import { Month } from './month.tsx';

const NoticeDialog = lazy(() => import('./notice.tsx'));

export interface CalendarEditorProps {
  change: string;
  /** the text as the change has it */
  source: string;
  /** as it is in force; null: it is new */
  current: string | null;
  readOnly?: boolean;
  onChange(source: string): void;
}

export default function CalendarEditor({ change, source, current, readOnly = false, onChange }: CalendarEditorProps) {
  const { say } = useSpeech();
  const steps = useSteps(source, onChange);
  const [reading, setReading] = useState(false);
  const read = useMemo(() => calendarIn(steps.text), [steps.text]);
  const [chosen, setChosen] = useState('');
  const grid = useRef<HTMLDivElement>(null);
  if (!read) return <p className="note note-error">{say('calendar.unreadable')}</p>;
  const { year, marks, problems } = read;
  const day = chosen.startsWith(`${year}-`) ? chosen : `${year}-01-01`;
  const go = (to: string) => {
    if (!to.startsWith(`${year}-`)) return;
    setChosen(to);
    requestAnimationFrame(() => grid.current?.querySelector<HTMLElement>(`[data-day="${to}"]`)?.focus());
  };
  const put = (label: string, { off, work }: Marks) =>
    steps.act(label, withValue(withValue(steps.text, ['off'], off), ['work'], work));
  const turn = (to: string) => {
    setChosen(to);
    if (!readOnly) put(say('calendar.did.switch', { day: to }), switched(marks, to));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: steps back and forth are the editor's as a whole
    <div className="cal-editor" onKeyDown={(event) => !readOnly && stepKeys(steps, event)}>
      <div className="flow-toolbar" role="toolbar" aria-label={say('calendar.tools')}>
        {!readOnly && (
          <>
            <StepButtons steps={steps} />
            <Button size="small" onClick={() => setReading(true)}>
              {say('calendar.readNotice')}
            </Button>
          </>
        )}
        <span role="status">{say('calendar.sum', { year, off: marks.off.length, work: marks.work.length })}</span>
        <span className="cal-legend">
          {(['holiday', 'swapped', 'weekend'] as const).map((mark) => (
            <span key={mark} className={`cal-${mark}`}>
              {say(`calendar.mark.${mark}`)}
            </span>
          ))}
        </span>
      </div>
      <Waiting change={change} year={year} />
      {problems.map(({ element, message }) => (
        <p key={`${element} ${message}`} className="finding finding-error">
          {message}
        </p>
      ))}
      <div ref={grid} className="cal-year">
        {Array.from({ length: 12 }, (_, month) => (
          <Month
            // biome-ignore lint/suspicious/noArrayIndexKey: months stand in their order
            key={month}
            year={year}
            month={month + 1}
            marks={marks}
            chosen={day}
            readOnly={readOnly}
            turn={turn}
            step={(from, by) => go(addDays(from, by))}
          />
        ))}
      </div>
      {reading && (
        <Suspense>
          <NoticeDialog
            year={year}
            fixed={current !== null}
            marks={marks}
            take={(notice, source) => {
              const dated = withValue(steps.text, ['year'], notice.year);
              const days = withValue(withValue(dated, ['off'], notice.off), ['work'], notice.work);
              steps.act(say('calendar.did.notice'), source === '' ? days : withValue(days, ['source'], source));
            }}
            close={() => setReading(false)}
          />
        </Suspense>
      )}
    </div>
  );
}

/** Deadlines that were reckoned without this year. */
function Waiting({ change, year }: { change: string; year: number }) {
  const { say } = useSpeech();
  const found = useLoad('provisionalDeadlines', { params: { id: change }, query: { year: String(year) } });
  const waiting = found.data?.waiting ?? 0;
  return waiting > 0 ? <p className="note">{say('calendar.waiting', { n: waiting })}</p> : null;
}

interface Read {
  readonly year: number;
  readonly marks: Marks;
  readonly problems: readonly Problem[];
}

/** undefined: the text has no year and no lists of days. What is wrong with the days is told and shown. */
function calendarIn(source: string): Read | undefined {
  try {
    const json = JSON.parse(source) as Partial<Record<string, unknown>>;
    const { year, off, work } = json;
    if (typeof year !== 'number' || !isTexts(off) || !isTexts(work)) return undefined;
    return { year, marks: { off, work }, problems: problemsOf(json) };
  } catch {
    return undefined;
  }
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

function problemsOf(json: unknown): readonly Problem[] {
  try {
    readYearTable(json);
    return [];
  } catch (error) {
    if (error instanceof DefinitionError) return error.problems;
    throw error;
  }
}

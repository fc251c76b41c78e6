/** Owns one month: arrows go from day to day and week to week, Enter and the pointer switch a day. Rule: [DCL2]. */
import { weekday } from '@ganwei/calendar/dates';
import { daysOf, type Marks, markOf } from '@ganwei/calendar/year';
import type { KeyboardEvent } from 'react';
import { useSpeech } from '../../kit/language.tsx';

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

interface MonthProps {
  year: number;
  month: number;
  marks: Marks;
  /** the day that has the focus in this year */
  chosen: string;
  readOnly: boolean;
  turn(day: string): void;
  step(from: string, by: number): void;
}

export function Month({ year, month, marks, chosen, readOnly, turn, step }: MonthProps) {
  const { say } = useSpeech();
  const days = daysOf(year, month);
  const before = weekday(days[0] as string) - 1;
  const onKeyDown = (event: KeyboardEvent, day: string) => {
    const by = STEPS[event.key];
    if (by === undefined) return;
    event.preventDefault();
    step(day, by);
  };
  return (
    <section className="cal-month" aria-label={say('calendar.month', { year, month })}>
      <h3>{say('calendar.monthName', { month })}</h3>
      <div className="cal-days">
        {[1, 2, 3, 4, 5, 6, 7].map((name) => (
          <span key={name} className="dim" aria-hidden>
            {say(`calendar.weekday.${name as 1}`)}
          </span>
        ))}
        {days.map((day, index) => {
          const mark = markOf(marks, day);
          return (
            <button
              key={day}
              type="button"
              data-day={day}
              tabIndex={day === chosen ? 0 : -1}
              className={`cal-day cal-${mark}`}
              {...(index === 0 && { style: { gridColumnStart: before + 1 } })}
              aria-disabled={readOnly}
              aria-label={say('calendar.day', {
                day,
                weekday: say(`calendar.weekday.${weekday(day) as 1}`),
                mark: say(`calendar.mark.${mark}`),
              })}
              onClick={() => turn(day)}
              onKeyDown={(event) => onKeyDown(event, day)}
            >
              {Number(day.slice(8))}
              {mark === 'holiday' && <small aria-hidden>{say('calendar.short.holiday')}</small>}
              {mark === 'swapped' && <small aria-hidden>{say('calendar.short.swapped')}</small>}
            </button>
          );
        })}
      </div>
    </section>
  );
}

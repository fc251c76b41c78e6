/** The calendar's words inside the expression language. */
import { makeCalendar } from '@ganwei/calendar/calendar';
import { CALENDAR_FUNCTIONS } from '@ganwei/calendar/feel';
import { compileExpression, type Value } from '@ganwei/feel/compile';
import { describe, expect, it } from 'vitest';

const calendar = makeCalendar([{ year: 2026, off: ['2026-10-01', '2026-10-02', '2026-10-05'], work: ['2026-10-10'] }]);
const run = (source: string, scope: Record<string, unknown> = {}, mode: 'strict' | 'tolerant' = 'strict'): Value =>
  compileExpression(source, { mode, functions: CALENDAR_FUNCTIONS }).evaluate(scope, { calendar });

describe('calendar functions', () => {
  it('[CAL9] expressions reckon with the calendar they are given, and the result is a date', () => {
    expect(run('add working days("2026-09-30", 1)')).toBe('2026-10-06');
    expect(run('add working days(held, 1) > date("2026-10-05")', { held: '2026-09-30' })).toBe(true);
    expect(run('add working days(date("2026-09-30") + duration("P1D"), 1)')).toBe('2026-10-06');
    expect(run('working days between("2026-09-30", "2026-10-10")')).toBe(5);
    expect(run('roll forward("2026-10-03T09:30")')).toBe('2026-10-06');
    expect(run('add days rolled("2026-09-01", 30)')).toBe('2026-10-06');
    expect(run('is working day("2026-10-10")')).toBe(true);
  });

  it('[CAL9] an empty date is an error where cases are decided and empty in a half-filled form', () => {
    expect(() => run('add working days(held, 1)', { held: null })).toThrow(/第 1 个参数应为日期，实际没有值/);
    expect(run('add working days(held, 1)', { held: null }, 'tolerant')).toBe(null);
    expect(() => run('add working days("2026-09-30", 1.5)')).toThrow(/第 2 个参数应为整数/);
  });

  it('[CAL9] a host that forgot the calendar is a bug, not an answer', () => {
    const compiled = compileExpression('is working day("2026-10-10")', {
      mode: 'tolerant',
      functions: CALENDAR_FUNCTIONS,
    });
    expect(() => compiled.evaluate({}, {})).toThrow('world.calendar');
  });
});

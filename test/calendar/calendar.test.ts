/** The calendar against the notices of 2023-2026 and the periods of the Civil Code (articles 201-203). */
import { readFileSync } from 'node:fs';
import {
  type Calendar,
  makeCalendar,
  remaining,
  remainingSentence,
  watchProvisional,
  type YearTable,
} from '@ganwei/calendar/calendar';
import { addDays, addMonthsCorresponding } from '@ganwei/calendar/dates';
import { momentIn, momentOf, postponed } from '@ganwei/calendar/due';
import { readYearTable } from '@ganwei/calendar/table';
import { endOfDay, instantOf, localDate, localDateTime } from '@ganwei/calendar/zone';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const table = (year: number): YearTable =>
  readYearTable(
    JSON.parse(readFileSync(new URL(`../../processes/calendars/cn-${year}.json`, import.meta.url), 'utf8')),
  );
const tables = [2023, 2024, 2025, 2026].map(table);
const cn = makeCalendar(tables);

describe('working days', () => {
  it.each([
    ['2026-09-30', 5, '2026-10-13'],
    ['2026-09-24', 5, '2026-10-09'],
    ['2026-10-03', 5, '2026-10-13'],
    ['2026-03-04', 15, '2026-03-25'],
    ['2026-03-25', 10, '2026-04-09'],
    ['2026-03-02', 45, '2026-05-08'],
    ['2026-03-02', 3, '2026-03-05'],
    ['2026-09-22', 5, '2026-09-30'],
    ['2026-09-30', 5, '2026-10-13'],
    ['2026-06-17', 5, '2026-06-25'],
    ['2026-06-17', 3, '2026-06-23'],
    ['2026-06-17', 20, '2026-07-16'],
    ['2026-04-29', 5, '2026-05-09'],
    ['2026-02-13', 1, '2026-02-14'],
    ['2026-02-14', 1, '2026-02-24'],
    ['2026-02-27', 1, '2026-02-28'],
    ['2023-01-20', 3, '2023-01-30'],
    ['2024-10-11', 1, '2024-10-12'],
    ['2025-09-30', 1, '2025-10-09'],
  ])('[CAL1] counting begins the day after: %s + %i working days = %s', (from, n, due) => {
    expect(cn.addWorkingDays(from, n)).toEqual({ date: due, provisional: false });
    expect(cn.workingDaysBetween(from, due)).toBe(n);
  });

  it('[CAL2] a weekend day on the notice is a working day, a weekday on the notice is not', () => {
    expect(cn.isWorkingDay('2026-10-10')).toBe(true);
    expect(cn.isWorkingDay('2026-05-09')).toBe(true);
    expect(cn.isWorkingDay('2026-10-07')).toBe(false);
    expect(cn.isWorkingDay('2026-10-11')).toBe(false);
    expect(cn.isWorkingDay('2026-10-12')).toBe(true);
  });

  it('[CAL3] without the table of a year the answer is provisional, and never earlier once the table is loaded', () => {
    expect(cn.addWorkingDays('2026-12-30', 5)).toEqual({ date: '2027-01-06', provisional: true });
    const loaded = makeCalendar([...tables, { year: 2027, off: ['2027-01-01', '2027-01-02', '2027-01-03'], work: [] }]);
    expect(loaded.addWorkingDays('2026-12-30', 5)).toEqual({ date: '2027-01-07', provisional: false });
    expect(cn.knows(2027)).toBe(false);
    expect(cn.addWorkingDays('2026-12-30', 1).provisional).toBe(false);
  });

  it('[CAL3] a watched calendar tells whether any of its answers was provisional', () => {
    const watched = watchProvisional(cn);
    watched.calendar.addWorkingDays('2026-12-01', 5);
    expect(watched.wasProvisional()).toBe(false);
    watched.calendar.rollForward('2027-01-02');
    expect(watched.wasProvisional()).toBe(true);
  });
});

describe('natural periods', () => {
  it('[CAL4] a period of days that ends on a day off ends on the next working day', () => {
    expect(addDays('2026-09-07', 30)).toBe('2026-10-07');
    expect(cn.addDaysRolled('2026-09-07', 30).date).toBe('2026-10-08');
    expect(addDays('2026-10-08', 30)).toBe('2026-11-07');
    expect(cn.addDaysRolled('2026-10-08', 30).date).toBe('2026-11-09');
    expect(cn.rollForward('2026-10-10').date).toBe('2026-10-10');
    expect(cn.rollForward('2026-11-07').date).toBe('2026-11-09');
  });

  const withinAYear = (earlier: string, later: string) => later <= addMonthsCorresponding(earlier, 12);
  it.each([
    ['2025-03-11', '2026-03-11', true],
    ['2025-03-11', '2026-03-12', false],
    ['2024-02-29', '2025-02-28', true],
    ['2024-02-29', '2025-03-01', false],
    ['2023-02-28', '2024-02-29', false],
  ])('[CAL5] one year from %s includes %s: %s (corresponding day, else the end of the month)', (a, b, inside) => {
    expect(withinAYear(a, b)).toBe(inside);
  });

  it('[CAL5] a month from the 31st ends on the last day, and a restriction period does not roll', () => {
    expect(addMonthsCorresponding('2026-01-31', 1)).toBe('2026-02-28');
    expect(cn.addMonthsCorresponding('2026-04-01', 6)).toBe('2026-10-01');
    expect(addMonthsCorresponding('2026-03-31', -1)).toBe('2026-02-28');
    expect(addMonthsCorresponding('2026-01-15', -13)).toBe('2024-12-15');
  });
});

describe('due instants', () => {
  const at = (text: string) => instantOf(text);

  it('[CAL6] a period lasts until 24:00 of its last day, or until closing time where that counts', () => {
    expect(localDateTime(endOfDay('2026-10-13'))).toBe('2026-10-14T00:00:00');
    expect(new Date(endOfDay('2026-10-13')).toISOString()).toBe('2026-10-13T16:00:00.000Z');
    expect(localDateTime(endOfDay('2026-10-13', '17:30'))).toBe('2026-10-13T17:30:00');
    expect(localDate(endOfDay('2026-10-13') - 1)).toBe('2026-10-13');
  });

  it('[CAL7] 23:59 of the last day is in time, 0:00 of the next day is one working day late', () => {
    const due = endOfDay('2026-10-13');
    expect(remaining(at('2026-10-13T23:59'), due, cn)).toEqual({ state: 'soon', workingDays: 0 });
    expect(remaining(at('2026-10-14T00:00'), due, cn)).toEqual({ state: 'overdue', workingDays: 1 });
    expect(remainingSentence(remaining(at('2026-10-14T00:00'), due, cn))).toBe('逾期 1 个工作日');
    expect(remaining(at('2026-10-16T09:00'), due, cn)).toEqual({ state: 'overdue', workingDays: 3 });
  });

  it('[CAL7] what is due within one working day is due soon', () => {
    const due = endOfDay('2026-10-13');
    expect(remaining(at('2026-10-12T09:00'), due, cn)).toEqual({ state: 'soon', workingDays: 1 });
    expect(remaining(at('2026-10-10T09:00'), due, cn)).toEqual({ state: 'normal', workingDays: 2 });
    expect(remainingSentence(remaining(at('2026-10-10T09:00'), due, cn))).toBe('剩 2 个工作日');
    expect(remainingSentence(remaining(at('2026-10-13T09:00'), due, cn))).toBe('今天到期');
    expect(remaining(at('2026-10-04T09:00'), endOfDay('2026-10-03'), cn)).toEqual({ state: 'overdue', workingDays: 1 });
  });
});

describe('laws', () => {
  const first = Date.UTC(2023, 0, 2) / 86_400_000;
  const day = fc
    .integer({ min: 0, max: 1200 })
    .map((n) => new Date((first + n) * 86_400_000).toISOString().slice(0, 10));
  const slow = (calendar: Calendar, from: string, n: number): string =>
    n === 0 ? from : slow(calendar, addDays(from, 1), calendar.isWorkingDay(addDays(from, 1)) ? n - 1 : n);

  it('[CAL1] adding and counting are inverse, for any day and any number', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 60 }), (from, n) => {
        const { date } = cn.addWorkingDays(from, n);
        expect(date).toBe(slow(cn, from, n));
        expect(cn.isWorkingDay(date)).toBe(true);
        expect(cn.workingDaysBetween(from, date)).toBe(n);
        expect(cn.workingDaysBetween(date, from)).toBe(-n);
      }),
      { numRuns: 200 },
    );
  });

  it('[CAL1] n working days in two portions are n working days', () => {
    fc.assert(
      fc.property(day, fc.nat(20), fc.nat(20), (from, a, b) => {
        const once = cn.addWorkingDays(from, a + b).date;
        expect(cn.addWorkingDays(cn.addWorkingDays(from, a).date, b).date).toBe(once);
      }),
      { numRuns: 200 },
    );
  });

  it('[CAL4] rolling moves to a working day, never back, and only over days off', () => {
    fc.assert(
      fc.property(day, (from) => {
        const { date } = cn.rollForward(from);
        expect(cn.isWorkingDay(date)).toBe(true);
        expect(date >= from).toBe(true);
        expect(cn.workingDaysBetween(from, date)).toBe(date === from ? 0 : 1);
      }),
    );
  });
});

describe('due times', () => {
  const now = instantOf('2026-09-01T10:00');

  it.each([
    ['2026-09-30', 'end', '2026-10-01T00:00'],
    ['2026-09-30', 'morning', '2026-09-30T09:00'],
    ['2026-09-30T14:30', 'end', '2026-09-30T14:30'],
    ['2026-09-30T14:30:00Z', 'end', '2026-09-30T22:30'],
    ['2026-09-30T14:30:00+08:00', 'morning', '2026-09-30T14:30'],
    ['P1DT2H30M', 'end', '2026-09-02T12:30'],
    ['PT90S', 'end', '2026-09-01T10:01:30'],
  ] as const)('[CAL6] %s as %s is %s', (text, dates, expected) => {
    expect(momentOf(text, now, dates)).toBe(instantOf(expected));
  });

  it('[CAL8] what is neither date nor span is declined, not guessed', () => {
    for (const text of ['明天', '2026-13-01', '2026-09-31T10:00', 'P1Y2M', '']) {
      expect(() => momentOf(text, now, 'end'), text).toThrow();
    }
  });

  it('[C14] a deadline moves by working days and keeps its time of day', () => {
    expect(postponed(endOfDay('2026-09-30'), 1, cn)).toBe(endOfDay('2026-10-08'));
    expect(postponed(instantOf('2026-09-30T17:30'), 0, cn)).toBe(instantOf('2026-09-30T17:30'));
  });
});

describe('calendar files', () => {
  it('[CAL8] a file with wrong days is refused with everything that is wrong', () => {
    const wrong = { year: 2026, off: ['2026-02-30', '2026-10-01'], work: ['2026-10-01', '2026-10-08'] };
    expect(() => readYearTable(wrong)).toThrow(/2026-02-30[\s\S]*2026-10-01 既列为[\s\S]*2026-10-08 本来就是工作日/);
    expect(() => readYearTable('x')).toThrow(/year/);
    expect(() => readYearTable({ year: 2026, off: ['2024-10-01'], work: [] })).toThrow(/不属于 2026 年/);
  });

  it('[CAL8] a text that is no date is declined, not guessed', () => {
    expect(() => cn.addWorkingDays('2026-02-30', 1)).toThrow(/不是有效的日期/);
    expect(() => cn.addWorkingDays('2026-02-03', 1.5)).toThrow(/不是合理的天数/);
    expect(() => cn.isWorkingDay('not a day')).toThrow(/不是有效的日期/);
  });
});

describe('moments', () => {
  it('[CAL20] a moment without a zone is one of UTC+8, wherever the server stands; what is no moment is none', () => {
    const ten = Date.UTC(2026, 8, 1, 2);
    expect(
      ['2026-09-01T10:00', '2026-09-01T10:00:00', '2026-09-01T02:00:00Z', '2026-09-01T11:00+09:00'].map(momentIn),
    ).toEqual([ten, ten, ten, ten]);
    expect(['2026-09-01', '2026-13-01T10:00', '2026-02-30T10:00', 'P1D', '2026-09-01T25:00', ''].map(momentIn)).toEqual(
      [null, null, null, null, null, null],
    );
  });
});

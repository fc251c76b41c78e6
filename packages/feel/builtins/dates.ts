/**
 * Owns the built-in functions on dates, times and durations. There is no today() or now() here: the clock is given from
 * outside, as a variable or a registered function. Working days belong to the calendar.
 */
import { round } from '../arithmetic.ts';
import { ArgumentError } from '../error.ts';
import {
  addDays,
  addMonths,
  at,
  FeelDate,
  FeelDateTime,
  FeelDuration,
  FeelTime,
  monthsBetween,
  readDate,
  readDateTime,
  readDuration,
  readTime,
  weekday,
} from '../temporal.ts';
import type { Value } from '../values.ts';
import { type Args, day, type Functions, given, integer, moment, number, text, wrong } from './arguments.ts';

const DAY = 86_400_000;

/** of the day of a date or a date and time */
const ofDay = (name: string, result: string, of: (d: FeelDate) => Value) => ({
  signatures: [`${name}(date: date) -> ${result}`],
  call: (args: Args): Value => of(day(args, 0)),
});

export const DATES: Functions = {
  date: {
    signatures: [
      'date(from: string) -> date',
      'date(from: date and time) -> date',
      'date(from: date) -> date',
      'date(year: number, month: number, day: number) -> date',
    ],
    call: makeDate,
  },
  time: {
    signatures: [
      'time(from: string) -> time',
      'time(from: date and time) -> time',
      'time(from: time) -> time',
      'time(hour: number, minute: number, second: number, offset?: days and time duration) -> time',
    ],
    call: makeTime,
  },
  'date and time': {
    signatures: [
      'date and time(from: string) -> date and time',
      'date and time(from: date) -> date and time',
      'date and time(from: date and time) -> date and time',
      'date and time(date: date, time: time) -> date and time',
    ],
    call: makeDateTime,
  },
  duration: {
    signatures: [
      'duration(from: string) -> Any',
      'duration(from: days and time duration) -> days and time duration',
      'duration(from: years and months duration) -> years and months duration',
    ],
    call: makeDuration,
  },
  'years and months duration': {
    signatures: ['years and months duration(from: date, to: date) -> years and months duration'],
    call: (args) => monthsBetween(day(args, 0), day(args, 1)),
  },
  'days between': {
    signatures: ['days between(from: date, to: date) -> number'],
    call: (args) => (day(args, 1).midnight - day(args, 0).midnight) / DAY,
  },
  'add months': {
    signatures: ['add months(date: date, months: number) -> date'],
    call: (args) => addMonths(day(args, 0), integer(args, 1)),
  },
  'add days': {
    signatures: ['add days(date: date, days: number) -> date'],
    call: (args) => addDays(day(args, 0), integer(args, 1)),
  },
  'day of week': ofDay('day of week', 'string', (d) => WEEKDAYS[(weekday(d) ?? 1) - 1] ?? null),
  'day of year': ofDay('day of year', 'number', dayOfYear),
  'week of year': ofDay('week of year', 'number', weekOfYear),
  'month of year': ofDay('month of year', 'string', (d) => MONTHS[d.month - 1] ?? null),
  'last day of month': ofDay('last day of month', 'date', lastDayOfMonth),
  'format date': {
    signatures: ['format date(date: date) -> string', 'format date(date: date and time) -> string'],
    call: (args) => formatDate(moment(args, 0)),
  },
};

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** of ISO text, of a date and time, or of year, month and day */
function makeDate(args: Args): Value {
  if (args.length === 2) throw new ArgumentError('请写 date("2026-01-04") 或 date(2026, 1, 4)');
  return args.length === 3 ? new FeelDate(integer(args, 0), integer(args, 1), integer(args, 2)) : day(args, 0);
}

/** of ISO text, of a date and time, of a date (its 0:00 in UTC), or of hour, minute, second and offset */
function makeTime(args: Args): Value {
  if (args.length === 1) return timeOf(args, 0);
  const [hour, minute, second] = [integer(args, 0), integer(args, 1), number(args, 2)];
  const valid = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
  if (!valid || !Number.isInteger(round(second * 1000, 6, 'half up'))) throw new ArgumentError('不是有效的时间');
  return new FeelTime((hour * 60 + minute) * MINUTE + Math.round(second * 1000), offsetOf(given(args, 3)), null);
}

function timeOf(args: Args, index: number): FeelTime {
  const value = given(args, index);
  if (value instanceof FeelTime) return value;
  if (value instanceof FeelDateTime) return value.time;
  if (value instanceof FeelDate) return new FeelTime(0, 0);
  return readTime(text(args, index)) ?? readDateTime(text(args, index))?.time ?? wrong(index, '时间', value);
}

/** a duration of days and time as minutes east of UTC */
function offsetOf(value: Value): number | null {
  if (value === null) return null;
  const minutes = value instanceof FeelDuration && value.unit === 'milliseconds' ? value.amount / MINUTE : Number.NaN;
  return Number.isInteger(minutes) && Math.abs(minutes) <= 18 * 60 ? minutes : wrong(3, '18 小时以内的时长', value);
}

const MINUTE = 60_000;

/** of ISO text, or of a date and a time */
function makeDateTime(args: Args): Value {
  if (args.length > 1) return at(day(args, 0), timeOf(args, 1));
  const first = given(args, 0);
  if (first instanceof FeelDateTime) return first;
  if (first instanceof FeelDate) return new FeelDateTime(first.midnight);
  const read = text(args, 0);
  const date = readDate(read);
  return date ? new FeelDateTime(date.midnight) : (readDateTime(read) ?? wrong(0, '日期时间', first));
}

function makeDuration(args: Args): Value {
  const first = given(args, 0);
  return first instanceof FeelDuration ? first : (readDuration(text(args, 0)) ?? wrong(0, '时长', first));
}

function dayOfYear(d: FeelDate): number {
  return (d.midnight - new FeelDate(d.year, 1, 1).midnight) / DAY + 1;
}

/** ISO 8601: the week with the first Thursday is week 1 */
function weekOfYear(d: FeelDate): number {
  const thursday = addDays(d, 4 - (weekday(d) ?? 1));
  return Math.ceil(dayOfYear(thursday) / 7);
}

function lastDayOfMonth(d: FeelDate): FeelDate {
  return addDays(addMonths(new FeelDate(d.year, d.month, 1), 1), -1);
}

/** 2026年1月4日, as it is written in official documents; with the time if there is one */
function formatDate(d: FeelDate | FeelDateTime): string {
  const date = d instanceof FeelDate ? d : d.date;
  const written = `${date.year}年${date.month}月${date.day}日`;
  return d instanceof FeelDate ? written : `${written}${d.time.toString().slice(0, 5)}`;
}

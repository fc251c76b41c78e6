/**
 * Owns the built-in functions on dates, times and durations. There is no today() or now() here: the clock is given from
 * outside, as a variable or a registered function. Working days belong to the calendar.
 */
import { ArgumentError } from '../error.ts';
import {
  addDays,
  addMonths,
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

export const DATES: Functions = {
  date: { params: [1, 3], call: makeDate },
  time: { params: [1, 3], call: makeTime },
  'date and time': { params: [1, 2], call: makeDateTime },
  duration: { params: [1, 1], call: makeDuration },
  'years and months duration': { params: [2, 2], call: (args) => monthsBetween(day(args, 0), day(args, 1)) },
  'days between': { params: [2, 2], call: (args) => (day(args, 1).midnight - day(args, 0).midnight) / DAY },
  'add months': { params: [2, 2], call: (args) => addMonths(day(args, 0), integer(args, 1)) },
  'add days': { params: [2, 2], call: (args) => addDays(day(args, 0), integer(args, 1)) },
  'day of week': { params: [1, 1], call: (args) => WEEKDAYS[(weekday(day(args, 0)) ?? 1) - 1] ?? null },
  'day of year': { params: [1, 1], call: (args) => dayOfYear(day(args, 0)) },
  'week of year': { params: [1, 1], call: (args) => weekOfYear(day(args, 0)) },
  'month of year': { params: [1, 1], call: (args) => MONTHS[day(args, 0).month - 1] ?? null },
  'last day of month': { params: [1, 1], call: (args) => lastDayOfMonth(day(args, 0)) },
  'format date': { params: [1, 1], call: (args) => formatDate(moment(args, 0)) },
};

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** of ISO text, of a date and time, or of year, month and day */
function makeDate(args: Args): Value {
  if (args.length === 2) throw new ArgumentError('请写 date("2026-01-04") 或 date(2026, 1, 4)');
  return args.length === 3 ? new FeelDate(integer(args, 0), integer(args, 1), integer(args, 2)) : day(args, 0);
}

/** of ISO text, of a date and time, or of hour, minute and second */
function makeTime(args: Args): Value {
  const first = given(args, 0);
  if (first instanceof FeelTime) return first;
  if (first instanceof FeelDateTime) return first.time;
  if (args.length === 1) return readTime(text(args, 0)) ?? readDateTime(text(args, 0))?.time ?? wrong(0, '时间', first);
  const [hour, minute, second] = [integer(args, 0), integer(args, 1), number(args, 2, 0)];
  const valid = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
  if (!valid) throw new ArgumentError('不是有效的时间');
  return new FeelTime((hour * 60 + minute) * MINUTE + Math.floor(second * 1000));
}

const MINUTE = 60_000;

/** of ISO text, or of a date and a time */
function makeDateTime(args: Args): Value {
  const first = given(args, 0);
  if (args.length === 1) {
    if (first instanceof FeelDateTime) return first;
    if (first instanceof FeelDate) return new FeelDateTime(first.midnight);
    const read = text(args, 0);
    const date = readDate(read);
    return date ? new FeelDateTime(date.midnight) : (readDateTime(read) ?? wrong(0, '日期时间', first));
  }
  const time = makeTime([given(args, 1)]);
  return new FeelDateTime(day(args, 0).midnight + (time instanceof FeelTime ? time.sinceMidnight : 0));
}

function makeDuration(args: Args): Value {
  const first = given(args, 0);
  return first instanceof FeelDuration ? first : (readDuration(text(args, 0)) ?? wrong(0, '时长', first));
}

const dayOfYear = (d: FeelDate): number => (d.midnight - new FeelDate(d.year, 1, 1).midnight) / DAY + 1;

/** ISO 8601: the week with the first Thursday is week 1 */
function weekOfYear(d: FeelDate): number {
  const thursday = addDays(d, 4 - (weekday(d) ?? 1));
  return Math.ceil(dayOfYear(thursday) / 7);
}

const lastDayOfMonth = (d: FeelDate): FeelDate => addDays(addMonths(new FeelDate(d.year, d.month, 1), 1), -1);

/** 2026年1月4日, as it is written in official documents; with the time if there is one */
function formatDate(d: FeelDate | FeelDateTime): string {
  const date = d instanceof FeelDate ? d : d.date;
  const written = `${date.year}年${date.month}月${date.day}日`;
  return d instanceof FeelDate ? written : `${written}${d.time.toString().slice(0, 5)}`;
}

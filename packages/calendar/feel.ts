/**
 * Owns the calendar's words in the expression language. The shape is that of a FunctionSpec, declared here because siblings
 * do not import each other; `world.calendar` is the calendar. Dates come as ISO text or as objects that print themselves as
 * ISO text, and leave as ISO text.
 */
import type { Calendar } from './calendar.ts';
import { ArgumentError, type Day, isDay } from './dates.ts';

interface CalendarFunction {
  readonly params: readonly [min: number, max: number];
  readonly signatures: readonly string[];
  call(args: readonly unknown[], world: unknown): string | number | boolean;
}

/** Register these with an expression language whose `world` holds a `calendar`. */
export const CALENDAR_FUNCTIONS: Readonly<Record<string, CalendarFunction>> = {
  'add working days': {
    params: [2, 2],
    signatures: ['add working days(from: date, count: number) -> date'],
    call: (args, world) => calendarOf(world).addWorkingDays(day(args, 0), count(args, 1)).date,
  },
  'working days between': {
    params: [2, 2],
    signatures: ['working days between(from: date, to: date) -> number'],
    call: (args, world) => calendarOf(world).workingDaysBetween(day(args, 0), day(args, 1)),
  },
  'roll forward': {
    params: [1, 1],
    signatures: ['roll forward(date: date) -> date'],
    call: (args, world) => calendarOf(world).rollForward(day(args, 0)).date,
  },
  'add days rolled': {
    params: [2, 2],
    signatures: ['add days rolled(from: date, count: number) -> date'],
    call: (args, world) => calendarOf(world).addDaysRolled(day(args, 0), count(args, 1)).date,
  },
  'is working day': {
    params: [1, 1],
    signatures: ['is working day(date: date) -> boolean'],
    call: (args, world) => calendarOf(world).isWorkingDay(day(args, 0)),
  },
};

/** A world without a calendar is a mistake of the host, not of the expression. */
function calendarOf(world: unknown): Calendar {
  const calendar = (world as { calendar?: Calendar } | null)?.calendar;
  if (!calendar) throw new Error('evaluate() was given no world.calendar');
  return calendar;
}

/** The day of a date or of a date and time. */
function day(args: readonly unknown[], index: number): Day {
  const raw = args[index];
  const printed = (raw as { toJSON?: () => unknown } | null)?.toJSON;
  const value = typeof raw === 'object' && typeof printed === 'function' ? printed.call(raw) : raw;
  const found = typeof value === 'string' && /^.{10}(T|$)/.test(value) ? value.slice(0, 10) : '';
  if (isDay(found)) return found;
  throw new ArgumentError(`第 ${index + 1} 个参数应为日期，实际${raw === null ? '没有值' : '不是'}`);
}

function count(args: readonly unknown[], index: number): number {
  const value = args[index];
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  throw new ArgumentError(`第 ${index + 1} 个参数应为整数，实际${value === null ? '没有值' : '不是'}`);
}

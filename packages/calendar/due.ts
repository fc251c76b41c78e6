/**
 * Owns which instant an expression's value means: a day, a date and time, or a span of time, as the expression language writes them
 * (ISO 8601), and how a deadline moves by working days. Never reads a clock. Rules: [CAL20] · [T10] a deadline is over at 24:00 · [C14].
 */
import type { Calendar } from './calendar.ts';
import { ArgumentError, DAY, dayNumber } from './dates.ts';
import { dayOfDeadline, endOfDay, type Instant, instantOf, startOfDay } from './zone.ts';

/** Local office time at which a reminder for a day is given. */
const MORNING = 9 * 3_600_000;

const WITH_OFFSET = /T.*(?:Z|[+-]\d\d:?\d\d)$/;
const SPAN = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/**
 * The instant that a text means: a date is its end (24:00) or the morning of it, a date and time itself, a duration from `now`.
 * Throws ArgumentError for anything else.
 */
export function momentOf(text: string, now: Instant, dates: 'morning' | 'end'): Instant {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return dates === 'end' ? endOfDay(text) : startOfDay(text) + MORNING;
  if (/^\d{4}-\d\d-\d\dT/.test(text)) {
    const at = WITH_OFFSET.test(text) ? Date.parse(text) : instantOf(text);
    if (!Number.isNaN(at)) return at;
  }
  const span = SPAN.exec(text);
  if (!span) throw new ArgumentError(`「${text}」不是日期、时刻或时长`);
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = span;
  return now + Number(days) * DAY + Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000;
}

const MOMENT = /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$/;

/** [CAL20] The instant of a date and time, on the wall clock of the house where no zone is written; null for any other text. */
export function momentIn(text: string): Instant | null {
  if (!MOMENT.test(text)) return null;
  try {
    return momentOf(text, 0, 'end');
  } catch (error) {
    if (error instanceof ArgumentError) return null;
    throw error;
  }
}

/** The deadline that many working days later, at the same time of day; the last moment of a day belongs to that day. */
export function postponed(due: Instant, workingDays: number, calendar: Pick<Calendar, 'addWorkingDays'>): Instant {
  const day = dayOfDeadline(due);
  const { date } = calendar.addWorkingDays(day, workingDays);
  return due + (dayNumber(date) - dayNumber(day)) * DAY;
}

/**
 * Owns days as texts (YYYY-MM-DD, local) and their arithmetic, and the border between days and instants (epoch
 * milliseconds). The zone is fixed, UTC+8 unless said otherwise; there is no daylight saving. Never reads a clock.
 */

/** YYYY-MM-DD */
export type Day = string;
/** epoch milliseconds */
export type Instant = number;

export const DAY = 86_400_000;
const MINUTE = 60_000;
/** minutes east of UTC */
export const HOUSE_ZONE = 480;

/** Declines a wrong date or number; the expression language recognises it by its name. */
export class ArgumentError extends Error {
  override readonly name = 'ArgumentError';
}

export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && dayAt(Date.parse(`${text}T00:00:00Z`) / DAY) === text;

/** Days since 1970-01-01. */
export function dayNumber(day: Day): number {
  if (!isDay(day)) throw new ArgumentError(`“${day}”不是有效的日期`);
  return Date.parse(`${day}T00:00:00Z`) / DAY;
}

/** The inverse of dayNumber; an empty text when there is no such day. */
export function dayAt(number: number): Day {
  const date = new Date(number * DAY);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);
}

export const yearOf = (day: Day): number => Number(day.slice(0, 4));

/** Monday = 1 … Sunday = 7 */
export const weekday = (day: Day): number => ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1;

export const addDays = (day: Day, days: number): Day => dayAt(dayNumber(day) + whole(days));

/** The corresponding day `months` later, or the last day of that month when it has none (Civil Code art. 202). */
export function addMonthsCorresponding(day: Day, months: number): Day {
  dayNumber(day);
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + whole(months), 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return dayAt((first.getTime() + (Math.min(date, last) - 1) * DAY) / DAY);
}

/** When a day is over: 24:00 (the start of the next day) or an earlier closing time such as `17:30`. */
export function endOfDay(day: Day, closing = '24:00', zone: number = HOUSE_ZONE): Instant {
  const [hours = 24, minutes = 0] = closing.split(':').map(Number);
  return dayNumber(day) * DAY + (hours * 60 + minutes - zone) * MINUTE;
}

/** The first instant of a day. */
export const startOfDay = (day: Day, zone: number = HOUSE_ZONE): Instant => dayNumber(day) * DAY - zone * MINUTE;

export const localDate = (instant: Instant, zone: number = HOUSE_ZONE): Day =>
  localDateTime(instant, zone).slice(0, 10);

/** YYYY-MM-DDTHH:mm:ss on the wall clock */
export const localDateTime = (instant: Instant, zone: number = HOUSE_ZONE): string =>
  new Date(instant + zone * MINUTE).toISOString().slice(0, 19);

/** The instant of a local text `YYYY-MM-DDTHH:mm` (seconds optional). */
export function instantOf(dateTime: string, zone: number = HOUSE_ZONE): Instant {
  const parsed = Date.parse(`${dateTime.length === 16 ? `${dateTime}:00` : dateTime}Z`);
  if (Number.isNaN(parsed) || !isDay(dateTime.slice(0, 10))) throw new ArgumentError(`“${dateTime}”不是有效的日期时间`);
  return parsed - zone * MINUTE;
}

/** A whole number of days or months within reason (270 years). */
export function whole(n: number): number {
  if (!Number.isInteger(n) || Math.abs(n) > 100_000) throw new ArgumentError(`“${n}”不是合理的天数或月数`);
  return n;
}

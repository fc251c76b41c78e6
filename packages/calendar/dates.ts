/**
 * Owns days as texts (YYYY-MM-DD) and their arithmetic. A day knows no zone; zone.ts holds the border between days and instants.
 */

/** YYYY-MM-DD */
export type Day = string;

/** milliseconds */
export const DAY = 86_400_000;

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

/** A whole number of days or months within reason (270 years). */
export function whole(n: number): number {
  if (!Number.isInteger(n) || Math.abs(n) > 100_000) throw new ArgumentError(`“${n}”不是合理的天数或月数`);
  return n;
}

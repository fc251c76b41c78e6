/**
 * Owns the border between instants (epoch milliseconds) and the wall clock: the zone of the house is fixed, UTC+8, without daylight
 * saving, wherever server and browser stand. Nobody else adds hours to an instant. Never reads a clock.
 */
import { ArgumentError, DAY, type Day, dayNumber, isDay } from './dates.ts';

/** epoch milliseconds */
export type Instant = number;

const MINUTE = 60_000;
/** minutes east of UTC */
export const HOUSE_ZONE = 480;
/** the same as ISO 8601 writes it */
export const HOUSE_OFFSET = '+08:00';

/** YYYY-MM-DDTHH:mm:ss on the wall clock */
export const localDateTime = (instant: Instant, zone: number = HOUSE_ZONE): string =>
  new Date(instant + zone * MINUTE).toISOString().slice(0, 19);

/** The day an instant lies in. */
export const localDate = (instant: Instant, zone: number = HOUSE_ZONE): Day =>
  localDateTime(instant, zone).slice(0, 10);

/** HH:mm on the wall clock */
export const localTime = (instant: Instant): string => localDateTime(instant).slice(11, 16);

/** When a day is over: 24:00 (the start of the next day) or an earlier closing time such as `17:30`. */
export function endOfDay(day: Day, closing = '24:00', zone: number = HOUSE_ZONE): Instant {
  const [hours = 24, minutes = 0] = closing.split(':').map(Number);
  return dayNumber(day) * DAY + (hours * 60 + minutes - zone) * MINUTE;
}

/** The first instant of a day. */
export const startOfDay = (day: Day, zone: number = HOUSE_ZONE): Instant => dayNumber(day) * DAY - zone * MINUTE;

/** The day whose end (24:00) an instant is, or in which it lies: the day a deadline is written with. */
export const dayOfDeadline = (due: Instant): Day => localDate(due - 1);

/** The instant of a local text `YYYY-MM-DDTHH:mm` (seconds optional); throws ArgumentError. */
export function instantOf(dateTime: string, zone: number = HOUSE_ZONE): Instant {
  const parsed = Date.parse(`${dateTime.length === 16 ? `${dateTime}:00` : dateTime}Z`);
  if (Number.isNaN(parsed) || !isDay(dateTime.slice(0, 10))) throw new ArgumentError(`“${dateTime}”不是有效的日期时间`);
  return parsed - zone * MINUTE;
}

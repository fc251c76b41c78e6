/**
 * Owns dates, times and durations as FEEL values: reading ISO text, arithmetic, order, properties, printing.
 * Months are clamped at the end of the month (31 January + 1 month = 28 February). A time without an offset or zone is
 * local time of the house, UTC+8. Exact to the millisecond. Immutable; prints itself as ISO text through toJSON. Never reads a clock.
 */
import { ArgumentError } from './error.ts';
import { isZone, wallOffset, zoneOffset } from './zone.ts';

export type Temporal = FeelDate | FeelDateTime | FeelTime | FeelDuration;

const DAY = 86_400_000;
const MINUTE = 60_000;
/** offset of local time, in minutes */
const HOUSE_OFFSET = 480;
/** of ISO 8601, in minutes */
const MAX_OFFSET = 18 * 60;

const pad = (n: number, width = 2): string => String(n).padStart(width, '0');

export class FeelDate {
  readonly kind = 'date';
  readonly year: number;
  readonly month: number;
  readonly day: number;

  constructor(year: number, month: number, day: number) {
    if (!isCalendarDay(year, month, day)) throw new ArgumentError(`${year}年${month}月${day}日不是有效的日期`);
    this.year = year;
    this.month = month;
    this.day = day;
  }

  /** milliseconds of its 0:00, read as if the zone were UTC */
  get midnight(): number {
    return Date.UTC(this.year, this.month - 1, this.day);
  }

  toJSON(): string {
    return `${pad(this.year, 4)}-${pad(this.month)}-${pad(this.day)}`;
  }

  toString(): string {
    return this.toJSON();
  }
}

export class FeelDateTime {
  readonly kind = 'date and time';
  /** milliseconds of the wall clock, read as if the zone were UTC */
  readonly local: number;
  /** minutes east of UTC when the text gave an offset or a zone, else null = house time */
  readonly offset: number | null;
  /** `Europe/Paris` when the text named one */
  readonly zone: string | null;

  constructor(local: number, offset: number | null = null, zone: string | null = null) {
    if (!(local >= Date.UTC(100, 0, 1) && local < Date.UTC(10_000, 0, 1))) {
      throw new ArgumentError('日期时间超出可表示的范围');
    }
    this.local = local;
    this.offset = zone === null ? offset : wallOffset(zone, local);
    this.zone = zone;
  }

  /** epoch milliseconds */
  get instant(): number {
    return this.local - (this.offset ?? HOUSE_OFFSET) * MINUTE;
  }

  get date(): FeelDate {
    return dateFromMidnight(Math.floor(this.local / DAY) * DAY);
  }

  get time(): FeelTime {
    return new FeelTime(this.local - Math.floor(this.local / DAY) * DAY, this.offset, this.zone);
  }

  toJSON(): string {
    return `${this.date}T${this.time}`;
  }

  toString(): string {
    return this.toJSON();
  }
}

export class FeelTime {
  readonly kind = 'time';
  /** milliseconds since 0:00, below one day */
  readonly sinceMidnight: number;
  /** as of a date and time; of a zone without a date it is that of 1970 */
  readonly offset: number | null;
  readonly zone: string | null;

  constructor(sinceMidnight: number, offset: number | null = null, zone: string | null = null) {
    this.sinceMidnight = sinceMidnight;
    this.offset = zone === null || offset !== null ? offset : wallOffset(zone, sinceMidnight);
    this.zone = zone;
  }

  toJSON(): string {
    const seconds = Math.floor(this.sinceMidnight / 1000);
    const fraction = this.sinceMidnight % 1000;
    const text = `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
    return `${text}${fraction === 0 ? '' : `.${pad(fraction, 3)}`}${printZone(this)}`;
  }

  toString(): string {
    return this.toJSON();
  }
}

export class FeelDuration {
  readonly kind = 'duration';
  /** months are calendar months; everything from days down is counted in milliseconds */
  readonly unit: 'months' | 'milliseconds';
  readonly amount: number;

  constructor(unit: 'months' | 'milliseconds', amount: number) {
    if (!Number.isSafeInteger(amount)) throw new ArgumentError('时长超出可表示的范围');
    this.unit = unit;
    this.amount = amount === 0 ? 0 : amount;
  }

  toJSON(): string {
    const sign = this.amount < 0 ? '-' : '';
    const n = Math.abs(this.amount);
    if (this.unit === 'months') {
      const [years, months] = [Math.floor(n / 12), n % 12];
      return n === 0 ? 'P0M' : `${sign}P${years ? `${years}Y` : ''}${months ? `${months}M` : ''}`;
    }
    const { days, hours, minutes, seconds } = clockParts(n);
    const time = `${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${seconds ? `${seconds}S` : ''}`;
    return n === 0 ? 'PT0S' : `${sign}P${days ? `${days}D` : ''}${time ? `T${time}` : ''}`;
  }

  toString(): string {
    return this.toJSON();
  }
}

export const isTemporal = (value: unknown): value is Temporal =>
  value instanceof FeelDate ||
  value instanceof FeelDateTime ||
  value instanceof FeelTime ||
  value instanceof FeelDuration;

// ---- reading ---------------------------------------------------------------------------------------------------------

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})0{0,6})?)?(?:(Z)|([+-])(\d{2}):?(\d{2})|@(.{1,40}))?$/;
const MONTHS_DURATION = /^(-?)P(?:(\d{1,6})Y)?(?:(\d{1,7})M)?$/;
const CLOCK_DURATION =
  /^(-?)P(?:(\d{1,6})W)?(?:(\d{1,7})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,12}(?:\.\d{1,3})?)S)?)?$/;

/** `2026-01-04`, or null when the text is no date of the calendar. */
export function readDate(text: string): FeelDate | null {
  const m = DATE.exec(text);
  if (!m) return null;
  const [year, month, day] = [Number(m[1]), Number(m[2]), Number(m[3])];
  return isCalendarDay(year, month, day) ? new FeelDate(year, month, day) : null;
}

/** `10:30`, `10:30:00`, `10:30:00.5`, with offset (`Z`, `+08:00`) or zone (`@Europe/Paris`) if given; null beyond milliseconds */
export function readTime(text: string): FeelTime | null {
  const m = TIME.exec(text);
  if (!m) return null;
  const [hour, minute, second] = [Number(m[1]), Number(m[2]), Number(m[3] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return null;
  const offset = m[5] ? 0 : m[6] ? (Number(m[7]) * 60 + Number(m[8])) * (m[6] === '-' ? -1 : 1) : null;
  if (Math.abs(offset ?? 0) > MAX_OFFSET || Number(m[8] ?? 0) > 59 || (m[9] !== undefined && !isZone(m[9])))
    return null;
  const milliseconds = Number((m[4] ?? '').padEnd(3, '0'));
  return new FeelTime(((hour * 60 + minute) * 60 + second) * 1000 + milliseconds, offset, m[9] ?? null);
}

/** a date, `T`, and a time as above */
export function readDateTime(text: string): FeelDateTime | null {
  if (text.length < 16 || text.length > 80 || text[10] !== 'T') return null;
  const [date, time] = [readDate(text.slice(0, 10)), readTime(text.slice(11))];
  return date && time ? at(date, time) : null;
}

/** This time of this day. */
export const at = (date: FeelDate, time: FeelTime): FeelDateTime =>
  new FeelDateTime(date.midnight + time.sinceMidnight, time.offset, time.zone);

/** JSON knows no dates: a text in exactly these two shapes stands for one. */
export const readMoment = (text: string): FeelDate | FeelDateTime | null =>
  text.length === 10 ? readDate(text) : readDateTime(text);

/** `P1Y2M` (months) or `P3DT4H`, `P2W` (time); years and days cannot be mixed, because a month has no fixed length. */
export function readDuration(text: string): FeelDuration | null {
  if (text.length > 60 || !/\d[A-Z]$/.test(text)) return null;
  const m = MONTHS_DURATION.exec(text);
  if (m) return new FeelDuration('months', (m[1] ? -1 : 1) * (Number(m[2] ?? 0) * 12 + Number(m[3] ?? 0)));
  const c = CLOCK_DURATION.exec(text);
  if (!c) return null;
  const days = Number(c[2] ?? 0) * 7 + Number(c[3] ?? 0);
  const seconds = (Number(c[4] ?? 0) * 60 + Number(c[5] ?? 0)) * 60 + Number(c[6] ?? 0);
  return new FeelDuration('milliseconds', (c[1] ? -1 : 1) * (days * DAY + Math.round(seconds * 1000)));
}

// ---- arithmetic and order --------------------------------------------------------------------------------------------

/** The same day `months` later, or the last day of that month when it has no such day. */
export function addMonths(date: FeelDate, months: number): FeelDate {
  const index = date.year * 12 + (date.month - 1) + months;
  const [year, month] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1];
  return new FeelDate(year, month, Math.min(date.day, daysInMonth(year, month)));
}

export const addDays = (date: FeelDate, days: number): FeelDate => dateFromMidnight(date.midnight + days * DAY);

/** moment + duration; `sign` -1 subtracts. Undefined when the two do not go together. */
export function shift(value: Temporal, duration: FeelDuration, sign: 1 | -1): Temporal | undefined {
  const amount = sign * duration.amount;
  if (value instanceof FeelDuration) {
    return value.unit === duration.unit ? new FeelDuration(value.unit, value.amount + amount) : undefined;
  }
  if (value instanceof FeelTime) {
    if (duration.unit === 'months') return undefined;
    return new FeelTime((((value.sinceMidnight + amount) % DAY) + DAY) % DAY, value.offset, value.zone);
  }
  if (value instanceof FeelDate) {
    return duration.unit === 'months' ? addMonths(value, amount) : addDays(value, Math.floor(amount / DAY));
  }
  if (duration.unit === 'months') return at(addMonths(value.date, amount), value.time);
  if (value.zone === null) return new FeelDateTime(value.local + amount, value.offset);
  const instant = value.instant + amount;
  return new FeelDateTime(instant + zoneOffset(value.zone, instant) * MINUTE, null, value.zone);
}

const isZoned = (v: Temporal): boolean => (v instanceof FeelDateTime || v instanceof FeelTime) && v.offset !== null;

/** a - b of two moments, as a duration of days and time. Undefined when the two do not go together. */
export function difference(a: Temporal, b: Temporal): FeelDuration | undefined {
  if (a instanceof FeelDate && b instanceof FeelDate) return new FeelDuration('milliseconds', a.midnight - b.midnight);
  if (isZoned(a) !== isZoned(b)) throw new ArgumentError('一个写明了时区，一个没有，不能相减');
  const [x, y] = [position(a), position(b)];
  return x && y && x.axis === y.axis && x.axis !== 'months' ? new FeelDuration('milliseconds', x.at - y.at) : undefined;
}

/** Negative, zero, positive; undefined when the two have no order (a date and a duration). A date stands for its 0:00. */
export function compareTemporal(a: Temporal, b: Temporal): number | undefined {
  const [x, y] = [position(a), position(b)];
  return x.axis === y.axis ? x.at - y.at : undefined;
}

/** Whole months from a to b, as a duration of months; negative when b lies before a. */
export function monthsBetween(a: FeelDate, b: FeelDate): FeelDuration {
  const forward = a.midnight <= b.midnight;
  const [early, late] = forward ? [a, b] : [b, a];
  const months = (late.year - early.year) * 12 + late.month - early.month - (late.day < early.day ? 1 : 0);
  return new FeelDuration('months', forward ? months : -months);
}

// ---- properties ------------------------------------------------------------------------------------------------------

type Property = null | number | string | FeelDate | FeelTime | FeelDuration;

const PROPERTIES: Readonly<Record<string, (value: Temporal) => Property | undefined>> = {
  year: (v) => dayOf(v)?.year,
  month: (v) => dayOf(v)?.month,
  day: (v) => dayOf(v)?.day,
  weekday: (v) => weekday(dayOf(v)),
  hour: (v) => clockOf(v)?.hours,
  minute: (v) => clockOf(v)?.minutes,
  second: (v) => clockOf(v)?.seconds,
  date: (v) => dayOf(v),
  time: (v) => (v instanceof FeelDateTime ? v.time : undefined),
  'time offset': (v) => {
    if (!(v instanceof FeelDateTime || v instanceof FeelTime)) return undefined;
    return v.offset === null ? null : new FeelDuration('milliseconds', v.offset * MINUTE);
  },
  timezone: (v) => (v instanceof FeelDateTime || v instanceof FeelTime ? v.zone : undefined),
  years: (v) => (v instanceof FeelDuration && v.unit === 'months' ? Math.trunc(v.amount / 12) : undefined),
  months: (v) => (v instanceof FeelDuration && v.unit === 'months' ? v.amount % 12 : undefined),
  days: (v) => spanOf(v)?.days,
  hours: (v) => spanOf(v)?.hours,
  minutes: (v) => spanOf(v)?.minutes,
  seconds: (v) => spanOf(v)?.seconds,
};

export const hasTemporalProperty = (name: string): boolean => Object.hasOwn(PROPERTIES, name);

/** `.year`, `.days` …; undefined when this kind of value has no such property. Weekday: Monday = 1 … Sunday = 7. */
export function temporalProperty(value: Temporal, name: string): Property | undefined {
  return hasTemporalProperty(name) ? PROPERTIES[name]?.(value) : undefined;
}

/** Monday = 1 … Sunday = 7 */
export function weekday(date: FeelDate | undefined): number | undefined {
  return date ? ((((date.midnight / DAY + 3) % 7) + 7) % 7) + 1 : undefined;
}

// ---- helpers ---------------------------------------------------------------------------------------------------------

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Years 100…9999: below, JavaScript's own calendar arithmetic would read 26 as 1926. */
function isCalendarDay(year: number, month: number, day: number): boolean {
  if (![year, month, day].every(Number.isInteger) || year < 100 || year > 9999) return false;
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

function dateFromMidnight(midnight: number): FeelDate {
  const d = new Date(midnight);
  return new FeelDate(d.getUTCFullYear(), d.getUTCMonth() + 1, d.getUTCDate());
}

function clockParts(milliseconds: number): { days: number; hours: number; minutes: number; seconds: number } {
  const seconds = Math.trunc(milliseconds / 1000);
  return {
    days: Math.trunc(milliseconds / DAY) + 0,
    hours: (Math.trunc(seconds / 3600) % 24) + 0,
    minutes: (Math.trunc(seconds / 60) % 60) + 0,
    seconds: (milliseconds % MINUTE) / 1000 + 0,
  };
}

function printZone({ offset, zone }: FeelTime): string {
  if (zone !== null) return `@${zone}`;
  if (offset === null) return '';
  const n = Math.abs(offset);
  return offset === 0 ? 'Z' : `${offset < 0 ? '-' : '+'}${pad(Math.floor(n / 60))}:${pad(n % 60)}`;
}

const dayOf = (v: Temporal): FeelDate | undefined =>
  v instanceof FeelDate ? v : v instanceof FeelDateTime ? v.date : undefined;

const spanOf = (v: Temporal): ReturnType<typeof clockParts> | undefined =>
  v instanceof FeelDuration && v.unit === 'milliseconds' ? clockParts(v.amount) : undefined;

function clockOf(v: Temporal): ReturnType<typeof clockParts> | undefined {
  const time = v instanceof FeelDateTime ? v.time : v;
  return time instanceof FeelTime ? clockParts(time.sinceMidnight) : undefined;
}

/** where a value lies on the axis of its kind */
function position(v: Temporal): { axis: 'moment' | 'time' | 'months' | 'milliseconds'; at: number } {
  if (v instanceof FeelDate) return { axis: 'moment', at: v.midnight - HOUSE_OFFSET * MINUTE };
  if (v instanceof FeelDateTime) return { axis: 'moment', at: v.instant };
  if (v instanceof FeelTime) return { axis: 'time', at: v.sinceMidnight - (v.offset ?? HOUSE_OFFSET) * MINUTE };
  return { axis: v.unit, at: v.amount };
}

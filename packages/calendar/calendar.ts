/**
 * Owns working days and legal periods. A working day is a day from Monday to Friday that no notice declares off, or a
 * weekend day that a notice declares a working day (调休). The day a period begins on does not count (Civil Code art. 201);
 * a period of days that ends on a non-working day ends on the next working day (203); restriction periods do not roll.
 * Without the table of a year only weekends are known there, and the answer says so: it is provisional.
 */
import { addDays, addMonthsCorresponding, type Day, dayAt, dayNumber, weekday, whole, yearOf } from './dates.ts';
import { dayOfDeadline, type Instant, localDate } from './zone.ts';

/** What the yearly notice of holidays says. Days of a neighbouring year may occur. */
export interface YearTable {
  year: number;
  /** days off, weekends inside a holiday included */
  off: readonly Day[];
  /** weekend days that are working days */
  work: readonly Day[];
}

export interface Reckoned {
  date: Day;
  /** a year on the way has no table yet: the date may move once it is known */
  provisional: boolean;
}

export interface Calendar {
  knows(year: number): boolean;
  isWorkingDay(day: Day): boolean;
  /** The n-th working day after `day` (before it when n is negative); n = 0 is `day` itself. */
  addWorkingDays(day: Day, n: number): Reckoned;
  /** Working days after `from` up to and including `to`; negative when `to` lies before `from`. */
  workingDaysBetween(from: Day, to: Day): number;
  /** `day`, or the next working day. */
  rollForward(day: Day): Reckoned;
  /** n natural days later, rolled forward. */
  addDaysRolled(day: Day, n: number): Reckoned;
  /** The corresponding day n months later, not rolled. */
  addMonthsCorresponding(day: Day, n: number): Day;
}

export function makeCalendar(tables: readonly YearTable[]): Calendar {
  const years = new Set(tables.map((table) => table.year));
  const off = new Set(tables.flatMap((table) => table.off));
  const work = new Set(tables.flatMap((table) => table.work));

  const isWorkingDay = (day: Day): boolean => work.has(day) || (weekday(day) <= 5 && !off.has(day));
  const reckoned = (from: Day, to: Day): Reckoned => ({ date: to, provisional: !spans(years, from, to) });

  const rollForward = (day: Day): Reckoned => {
    let date = day;
    while (!isWorkingDay(date)) date = addDays(date, 1);
    return reckoned(day, date);
  };

  return {
    knows: (year) => years.has(year),
    isWorkingDay,
    rollForward,
    addMonthsCorresponding,
    addDaysRolled: (day, n) => rollForward(addDays(day, n)),
    addWorkingDays: (day, n) => {
      const step = whole(n) < 0 ? -1 : 1;
      let date = addDays(day, 0);
      for (let left = Math.abs(n); left > 0; ) {
        date = addDays(date, step);
        if (isWorkingDay(date)) left--;
      }
      return n === 0 ? { date, provisional: false } : reckoned(addDays(day, step), date);
    },
    workingDaysBetween: (from, to) => {
      const [first, last] = [dayNumber(from), dayNumber(to)];
      let count = 0;
      for (let n = Math.min(first, last) + 1; n <= Math.max(first, last); n++) if (isWorkingDay(dayAt(n))) count++;
      return last < first ? 0 - count : count;
    },
  };
}

/** The same calendar, which remembers whether it gave a provisional answer. */
export function watchProvisional(calendar: Calendar): { calendar: Calendar; wasProvisional(): boolean } {
  let seen = false;
  const watch = (answer: Reckoned): Reckoned => {
    seen ||= answer.provisional;
    return answer;
  };
  return {
    wasProvisional: () => seen,
    calendar: {
      ...calendar,
      addWorkingDays: (day, n) => watch(calendar.addWorkingDays(day, n)),
      rollForward: (day) => watch(calendar.rollForward(day)),
      addDaysRolled: (day, n) => watch(calendar.addDaysRolled(day, n)),
    },
  };
}

export interface Remaining {
  /** soon: within one working day */
  state: 'normal' | 'soon' | 'overdue';
  /** working days left, or (overdue) begun since; an overdue period is overdue by at least 1 */
  workingDays: number;
}

/** How a due instant stands. A period is kept until the very instant; 24:00 belongs to the day that ends. */
export function remaining(now: Instant, due: Instant, calendar: Calendar): Remaining {
  const [today, dueDay] = [localDate(now), dayOfDeadline(due)];
  if (now >= due) return { state: 'overdue', workingDays: Math.max(1, calendar.workingDaysBetween(dueDay, today)) };
  const workingDays = Math.max(0, calendar.workingDaysBetween(today, dueDay));
  return { state: workingDays <= 1 ? 'soon' : 'normal', workingDays };
}

/** 剩 2 个工作日 / 今天到期 / 逾期 1 个工作日 */
export function remainingSentence({ state, workingDays }: Remaining): string {
  if (state === 'overdue') return `逾期 ${workingDays} 个工作日`;
  return workingDays === 0 ? '今天到期' : `剩 ${workingDays} 个工作日`;
}

/** are the tables of all years from one day to another there? */
function spans(years: ReadonlySet<number>, a: Day, b: Day): boolean {
  const [from, to] = a < b ? [yearOf(a), yearOf(b)] : [yearOf(b), yearOf(a)];
  for (let year = from; year <= to; year++) if (!years.has(year)) return false;
  return true;
}

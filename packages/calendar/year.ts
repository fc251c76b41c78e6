/** Owns the days of a year as a person sees and switches them: off, at work on a weekend, or as every week has it. Rules: [DCL2]. */
import { addDays, type Day, weekday } from './dates.ts';

/** What a notice says of days. */
export interface Marks {
  readonly off: readonly Day[];
  readonly work: readonly Day[];
}

export type Mark = 'work' | 'weekend' | 'holiday' | 'swapped';

/** holiday: a notice declares it off, a weekend too · swapped: a weekend day at work */
export function markOf({ off, work }: Marks, day: Day): Mark {
  if (work.includes(day)) return 'swapped';
  if (off.includes(day)) return 'holiday';
  return weekday(day) > 5 ? 'weekend' : 'work';
}

/** A weekday goes off and back; a weekend day goes to work and back, and no day is both. */
export function switched({ off, work }: Marks, day: Day): Marks {
  if (weekday(day) <= 5)
    return { off: off.includes(day) ? without(off, day) : withDay(off, day), work: without(work, day) };
  return work.includes(day) ? { off, work: without(work, day) } : { off: without(off, day), work: withDay(work, day) };
}

const without = (days: readonly Day[], day: Day): Day[] => days.filter((one) => one !== day);
const withDay = (days: readonly Day[], day: Day): Day[] => [...days, day].sort();

/** Every day of a month, 1 to 12. */
export function daysOf(year: number, month: number): Day[] {
  const first = `${year}-${String(month).padStart(2, '0')}-01`;
  const days: Day[] = [];
  for (let day = first; day.slice(0, 7) === first.slice(0, 7); day = addDays(day, 1)) days.push(day);
  return days;
}

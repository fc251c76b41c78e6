/** Days are switched as a person means it. Rule: [DCL2]. */
import { makeCalendar } from '@ganwei/calendar/calendar';
import { weekday } from '@ganwei/calendar/dates';
import { daysOf, markOf, switched } from '@ganwei/calendar/year';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const YEAR = Array.from({ length: 12 }, (_, month) => daysOf(2027, month + 1)).flat();

test('[DCL2] whatever days are switched, a click turns a working day into one off and back, and no day is both', () => {
  expect(YEAR).toHaveLength(365);
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...YEAR), { maxLength: 40 }), fc.constantFrom(...YEAR), (days, day) => {
      const marks = days.reduce(switched, { off: [], work: [] });
      const isWork = ({ off, work }: typeof marks, one: string) =>
        makeCalendar([{ year: 2027, off, work }]).isWorkingDay(one);
      const next = switched(marks, day);
      expect(isWork(next, day)).toBe(!isWork(marks, day));
      expect(isWork(switched(next, day), day)).toBe(isWork(marks, day));
      expect(next.off.filter((one) => next.work.includes(one))).toEqual([]);
      expect(next.work.every((one) => weekday(one) > 5)).toBe(true);
      expect(['work', 'swapped'].includes(markOf(next, day))).toBe(isWork(next, day));
    }),
  );
});

/** Owns what makes the days of a year's file a calendar: each a day, of that year or beside it, and none both off and at work. Rule: [CAL8]. */
import { DefinitionError, type Problem } from '@ganwei/core/definition';
import type { YearTable } from './calendar.ts';
import { type Day, isDay, weekday, yearOf } from './dates.ts';

/** Checks a calendar file `{calendar, year, off, work, source}`. Throws DefinitionError with everything that is wrong. */
export function readYearTable(json: unknown): YearTable {
  const file = (typeof json === 'object' && json !== null ? json : {}) as Partial<Record<string, unknown>>;
  const problems: Problem[] = [];
  const complain = (element: string, message: string): void => {
    problems.push({ severity: 'error', rule: 'calendar-table', element, message });
  };
  const days = (key: 'off' | 'work'): Day[] => {
    const list: unknown[] = Array.isArray(file[key]) ? file[key] : [];
    if (!Array.isArray(file[key])) complain(key, '应为日期列表');
    return list.filter((day): day is Day => {
      const valid = typeof day === 'string' && isDay(day);
      if (!valid) complain(key, `“${String(day)}”不是有效的日期`);
      return valid;
    });
  };
  const [off, work] = [days('off'), days('work')];
  const year = typeof file.year === 'number' && Number.isInteger(file.year) ? file.year : 0;
  if (year < 1990 || year > 2200) complain('year', '年份应为 1990 到 2200 之间的整数');
  for (const day of work) {
    if (off.includes(day)) complain('work', `${day} 既列为休息日又列为工作日`);
    if (weekday(day) <= 5) complain('work', `${day} 本来就是工作日，调休上班日应为周六或周日`);
  }
  for (const day of [...off, ...work]) {
    if (Math.abs(yearOf(day) - year) > 1) complain('year', `${day} 不属于 ${year} 年的放假安排`);
  }
  if (problems.length) throw new DefinitionError(problems);
  return { year, off, work };
}

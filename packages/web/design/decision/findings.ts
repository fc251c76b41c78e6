/** Owns which findings are about which cell: those of its rule that name its column. Rule: [DTB12]. */
import { columnName, type Sheet } from '@ganwei/decision/sheet/sheet';
import type { Found } from '../check/told.ts';
import type { Spot } from './deciding.ts';

/** What is said of a rule as a whole stands at its first cell. */
export function findingsAt(findings: readonly Found[], sheet: Sheet, { row, column }: Spot): Found[] {
  const rule = sheet.rules[row];
  if (!rule) return [];
  const own = findings.filter(({ element }) => element === rule.id);
  const names = sheet.columns.map(columnName);
  const placeOf = ({ message }: Found): number => {
    const at = names.findIndex((name) => [`“${name}”`, `「${name}」`].some((quoted) => message.includes(quoted)));
    return Math.max(0, at);
  };
  return own.filter((one) => placeOf(one) === column);
}

/** Where a finding leads. */
export function spotOf(finding: Found, sheet: Sheet): Spot | undefined {
  const row = sheet.rules.findIndex(({ id }) => id === finding.element);
  if (row < 0) return undefined;
  const column = sheet.columns.findIndex((_, at) => findingsAt([finding], sheet, { row, column: at }).length > 0);
  return { row, column: Math.max(0, column) };
}

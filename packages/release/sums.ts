/**
 * Owns by what a ledger is summed: each summary counts the rows by a few columns, and by those that the ledger's rules about rows compare, so
 * that of a figure everybody is told the part that he may see. Instants and dates are summed by months. Rules: [SUM1] [OVW3].
 */
import type { Ledger, LedgerColumn } from './tables.ts';

export interface Summary {
  /** its place among the summaries of the ledger */
  readonly index: number;
  readonly by: readonly LedgerColumn[];
  /** numbers that are added up */
  readonly of: readonly LedgerColumn[];
}

export function summariesOf({ sums, rows, columns }: Ledger): Summary[] {
  const column = (key: string): LedgerColumn => columns.find((one) => one.key === key)!;
  const compared = rows.flatMap(({ where }) => where.map((condition) => condition.column));
  return sums.map(({ by, of }, index) => ({
    index,
    by: [...new Set([...by, ...compared])].map(column),
    of: of.map(column),
  }));
}

/** The summary with the fewest columns that tells figures by these columns and sums of these numbers. */
export function summaryFor(ledger: Ledger, by: readonly string[], of: readonly string[]): Summary | undefined {
  const has = (columns: readonly LedgerColumn[], keys: readonly string[]): boolean =>
    keys.every((key) => columns.some((column) => column.key === key));
  return summariesOf(ledger)
    .filter((summary) => has(summary.by, by) && has(summary.of, of))
    .sort((one, other) => one.by.length - other.by.length)[0];
}

/** Is the column summed by months? */
export const byMonth = ({ slot }: LedgerColumn): boolean => slot?.startsWith('d') === true;

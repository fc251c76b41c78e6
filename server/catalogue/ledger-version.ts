/** Owns which state of a ledger its rows are written for: only what decides about the content of a row and its sums; a title or a width does not. Rules: [R34] [SUM4]. */
import { createHash } from 'node:crypto';
import { summariesOf } from '@ganwei/release/sums';
import type { Ledger } from '@ganwei/release/tables';
import type { Filling } from '../store/filling.ts';

const known = new WeakMap<Ledger, string>();

export function versionOf(ledger: Ledger): string {
  const before = known.get(ledger);
  if (before) return before;
  const { source, columns } = ledger;
  const keys = (list: readonly { key: string }[]) => list.map(({ key }) => key);
  const summaries = summariesOf(ledger).map(({ by, of }) => [keys(by), keys(of)]);
  const rows = columns.map(({ key, value, slot }) => [key, value, slot]);
  const version = createHash('sha256')
    .update(JSON.stringify([source, rows, ...(summaries.length > 0 ? [summaries] : [])]))
    .digest('hex')
    .slice(0, 16);
  known.set(ledger, version);
  return version;
}

/** [SUM4] Are all rows written for the ledger as it is? Figures are told from then on. */
export const isFilled = (ledger: Ledger, filling: Filling | undefined): boolean =>
  filling?.columns === versionOf(ledger) && filling.after === null;

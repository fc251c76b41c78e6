/** Owns how far the rows of a ledger have been written again since its columns changed, kept as a setting of its own. Rule: [R34]. */
import { setting } from './definitions.ts';
import type { Tx } from './open.ts';
import { putRows, updateRows } from './statements.ts';

export interface Filling {
  /** of the columns the rows are written for */
  columns: string;
  /** the last one written: when it began, and its id; null: all are */
  after: { at: number; id: string } | null;
  done: number;
  all: number;
}

const nameOf = (ledger: string): string => `ledger-filled/${ledger}`;

export async function loadFilling(tx: Tx, ledger: string): Promise<Filling | undefined> {
  const kept = await setting(tx, nameOf(ledger));
  return kept ? JSON.parse(kept) : undefined;
}

/** From what was read to what comes next; false: another server was first. */
export async function moveFilling(tx: Tx, ledger: string, from: Filling | undefined, to: Filling): Promise<boolean> {
  const name = nameOf(ledger);
  if (!from) await putRows(tx, 'settings', [{ name, value: '' }], { key: ['name'], overwrite: [] });
  const value = from ? JSON.stringify(from) : '';
  return (await updateRows(tx, 'settings', { name, value }, { value: JSON.stringify(to) })) > 0;
}

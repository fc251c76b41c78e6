/** Owns the rows of saved views: a person's own arrangements of ledgers. Nobody else's are ever asked for. Rule: [R33]. */
import type { Tx } from './open.ts';
import { read } from './shapes.ts';
import { deleteRows, putRows } from './statements.ts';

/** A view as it is asked for: columns in their order, conditions, order of rows. */
export interface StoredView {
  columns: string[];
  filters: { column: string; op: string; value: string | number | string[] }[];
  sort: { column: string; descending: boolean } | null;
}

export interface LedgerViewRow {
  id: string;
  person_id: string;
  ledger: string;
  name: string;
  view: StoredView;
  saved_at: number;
}

/** By name. */
export async function viewsOf(tx: Tx, person: string, ledger: string): Promise<LedgerViewRow[]> {
  return read('ledger_views', await tx('ledger_views').where({ person_id: person, ledger }).orderBy('name'));
}

export async function putView(tx: Tx, row: LedgerViewRow): Promise<void> {
  await putRows(tx, 'ledger_views', [row], { key: ['id'], overwrite: ['view', 'saved_at'] });
}

export async function dropView(tx: Tx, id: string, person: string): Promise<boolean> {
  return (await deleteRows(tx, 'ledger_views', { id, person_id: person })) === 1;
}

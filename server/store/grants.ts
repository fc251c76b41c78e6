/** Owns the rows of roles that wait for consent, and of those that were decided. Rules: [DIR14]. */
import type { Tx } from './open.ts';
import { insertRows, rowsOf, updateRows } from './statements.ts';

export interface GrantRow {
  id: string;
  person_id: string;
  unit_id: string;
  role: string;
  asked_by: string;
  asked_at: number;
  state: 'open' | 'agreed' | 'refused';
  decided_by: string;
  decided_at: number;
}

export const openGrants = (tx: Tx): Promise<GrantRow[]> =>
  rowsOf<GrantRow>(tx, 'grants', { state: 'open' }, 'order by asked_at, id');

export const addGrants = (tx: Tx, rows: readonly GrantRow[]): Promise<void> => insertRows(tx, 'grants', rows);

/** False: somebody has decided meanwhile. */
export async function closeGrant(
  tx: Tx,
  id: string,
  change: Pick<GrantRow, 'state' | 'decided_by' | 'decided_at'>,
): Promise<boolean> {
  return (await updateRows(tx, 'grants', { id, state: 'open' }, change)) > 0;
}

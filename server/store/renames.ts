/**
 * Owns the rows of what was renamed in changes: names, number of places, and of every definition it wrote the draft of before. A row is there as
 * long as it may be undone. Rule: [REN12].
 */
import type { DEFINITION_KINDS } from '@ganwei/core/definition';
import type { Tx } from './open.ts';
import { deleteRows, insertRows, rowOf, rowsOf } from './statements.ts';

/** A draft that a rename wrote. */
export interface RenamedDraft {
  kind: (typeof DEFINITION_KINDS)[number];
  app: string;
  key: string;
  /** of the text it wrote */
  hash: string;
  /** the draft of before; null: there was none */
  before: { source: string; baseHash: string } | null;
}

export interface RenameRow {
  id: string;
  change_id: string;
  at: number;
  person_id: string;
  old_name: string;
  new_name: string;
  places: number;
  drafts: RenamedDraft[];
}

export const addRename = (tx: Tx, row: RenameRow): Promise<void> => insertRows(tx, 'change_renames', [row]);

/** Of this change, the oldest first. */
export const renamesOf = (tx: Tx, change: string): Promise<RenameRow[]> =>
  rowsOf(tx, 'change_renames', { change_id: change }, 'order by at, id');

export const loadRename = (tx: Tx, change: string, id: string): Promise<RenameRow | undefined> =>
  rowOf(tx, 'change_renames', { change_id: change, id });

export async function dropRename(tx: Tx, change: string, id: string): Promise<void> {
  await deleteRows(tx, 'change_renames', { change_id: change, id });
}

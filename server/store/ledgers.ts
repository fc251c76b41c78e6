/**
 * Owns ledger rows and records. A ledger's definition assigns its filterable and sortable columns to typed, indexed slots
 * (t1… n1… d1…), so a new column needs no change of schema. Rules: [R1] [R2] [A1].
 */
import type { Tx, Writer } from './open.ts';
import type { Document, RecordRow, SlotValue } from './rows.ts';
import { read } from './shapes.ts';
import { insertRows, putRows } from './statements.ts';
import { noteTally, type Tally } from './sums.ts';

export interface LedgerRowRow {
  ledger: string;
  id: string;
  case_id: string | null;
  cells: Document;
  created_at: number;
  /** what it counts as, where its ledger is summed */
  tally?: Tally;
  /** f: what a search compares of the text slot of the same number */
  [slot: `${'t' | 'n' | 'd' | 'f'}${number}`]: SlotValue;
}

/** What a row is filtered and sorted by in this slot of its ledger. */
export const slotOf = (row: LedgerRowRow, slot: string): SlotValue => row[slot as `t${number}`] ?? null;

/** [SUM1] The row, and in the same go what it counts as from now on. */
export async function putLedgerRow(tx: Writer, { tally, ...row }: LedgerRowRow): Promise<void> {
  const { ledger, id, case_id: _, created_at: __, ...change } = row;
  await Promise.all([
    putRows(tx, 'ledger_rows', [row], { key: ['ledger', 'id'], overwrite: Object.keys(change) }),
    tally && noteTally(tx, { ledger, id }, tally),
  ]);
}

/** What the column holds of a key, on both databases alike. */
const recordKeyOf = (key: string): string => key.slice(0, 190);

export async function addRecord(tx: Tx, row: RecordRow): Promise<void> {
  await insertRows(tx, 'records', [{ ...row, record_key: recordKeyOf(row.record_key) }]);
}

/** Records of a ledger that are in force, of these keys or of all, oldest first. */
export async function recordsOf(
  tx: Tx,
  ledger: string,
  keys: readonly string[] | null,
  limit: number,
): Promise<RecordRow[]> {
  const query = tx('records').where({ ledger }).whereNull('voided_by');
  if (keys) query.whereIn('record_key', keys.map(recordKeyOf));
  return read('records', await query.orderBy(['at', 'id']).limit(limit));
}

/** Marks a record as no longer in force; the record itself stays. */
export async function voidRecord(tx: Tx, id: string, by: string): Promise<void> {
  await tx('records').where({ id }).whereNull('voided_by').update({ voided_by: by });
}

/** Which rows of a ledger over cases a service looks at. */
export interface LedgerSearch {
  /** only of these cases; null: of any */
  cases: readonly string[] | null;
  /** only cases about one of these people; null: about anybody */
  about: readonly string[] | null;
  /** slot columns and the values they may have */
  match: readonly { slot: string; values: readonly unknown[] }[];
  limit: number;
}

/** Rows of a ledger that meet indexed conditions, newest first, for services that look back. */
export async function ledgerCells(
  tx: Tx,
  ledger: string,
  { cases, about, match, limit }: LedgerSearch,
): Promise<Pick<LedgerRowRow, 'id' | 'case_id' | 'cells'>[]> {
  const query = tx('ledger_rows').where({ ledger }).select('id', 'case_id', 'cells');
  if (cases) query.whereIn('id', [...cases]);
  if (about) {
    const concerned = tx('case_people')
      .select('case_id')
      .where({ part: 'subject' })
      .whereIn('person_id', [...about]);
    query.whereIn('case_id', concerned);
  }
  for (const { slot, values } of match) query.whereIn(slot, values as string[]);
  return read('ledger_rows', await query.orderBy('created_at', 'desc').limit(limit));
}

/** How many rows a ledger has. */
export async function countRows(tx: Tx, ledger: string): Promise<number> {
  return Number((await tx('ledger_rows').where({ ledger }).count({ n: '*' }).first())?.n ?? 0);
}

/** What rows of a ledger are made from: the cases of a process, or all letters. */
export type RowSource = { table: 'cases'; process: string } | { table: 'letters' };

export interface SourceRow {
  id: string;
  at: number;
  caseId: string | null;
  isLetter: boolean;
}

const ofSource = (tx: Tx, source: RowSource) =>
  source.table === 'cases' ? tx('cases').where({ process: source.process }) : tx('letters');

export async function countSources(tx: Tx, source: RowSource): Promise<number> {
  return Number((await ofSource(tx, source).count({ n: '*' }).first())?.n ?? 0);
}

/** The next ones after this one: cases in the order in which they began, letters by their ids, each along an index. */
export async function sourcesAfter(
  tx: Tx,
  source: RowSource,
  after: { at: number; id: string },
  limit: number,
): Promise<SourceRow[]> {
  const query = ofSource(tx, source).limit(limit);
  if (source.table === 'letters') {
    const letters = await query.where('id', '>', after.id).orderBy('id').select('id', 'case_id');
    return letters.map(({ id, case_id }) => ({ id, at: 0, caseId: case_id ?? null, isLetter: true }));
  }
  const cases = await query
    .where('started_at', '>=', after.at)
    .where((one) => one.where('started_at', '>', after.at).orWhere('id', '>', after.id))
    .orderBy(['started_at', 'id'])
    .select('id', 'started_at');
  return cases.map(({ id, started_at }) => ({ id, at: Number(started_at), caseId: id, isLetter: false }));
}

/**
 * Owns ledger rows and records. A ledger's definition assigns its filterable and sortable columns to typed, indexed slots
 * (t1… n1… d1…), so a new column needs no change of schema. Rules: [R1] [R2] [A1].
 */
import type { Knex } from 'knex';
import { containing } from './cases.ts';
import type { Tx } from './open.ts';
import type { RecordRow } from './rows.ts';
import { insertRows, putRows } from './statements.ts';

export type SlotValue = string | number | null;

export interface LedgerRowRow {
  ledger: string;
  id: string;
  case_id: string | null;
  cells: string;
  created_at: number;
  [slot: string]: SlotValue;
}

/** One condition on a slot; `slot` comes from a definition, never from a request. */
export interface SlotFilter {
  slot: string;
  op: 'contains' | 'equals' | 'from' | 'to' | 'in';
  value: string | number | readonly string[];
}

/** [A1] Which rows a person may see: all, or those that meet one of the alternatives, or those of cases he takes part in. */
export interface Visibility {
  all: boolean;
  alternatives: readonly (readonly SlotFilter[])[];
  participant: string | null;
}

export interface RowPage {
  visible: Visibility;
  filters: readonly SlotFilter[];
  sort: { slot: string; descending: boolean };
  after: { value: SlotValue; id: string } | null;
  limit: number;
}

export async function putLedgerRow(tx: Tx, row: LedgerRowRow): Promise<void> {
  const { ledger: _, id: __, case_id: ___, created_at: ____, ...change } = row;
  await putRows(tx, 'ledger_rows', [row], { key: ['ledger', 'id'], overwrite: Object.keys(change) });
}

export async function ledgerRows(tx: Tx, ledger: string, page: RowPage): Promise<LedgerRowRow[]> {
  const query = visibleRows(tx, ledger, page.visible, page.filters);
  const { slot, descending } = page.sort;
  if (page.after) beyond(query, slot, descending, page.after);
  const order = descending ? 'desc' : 'asc';
  return query
    .orderBy([
      { column: slot, order },
      { column: 'id', order },
    ])
    .limit(page.limit);
}

/** Counts and sums at most `cap` rows: the cost does not grow with the ledger beyond it. */
export async function tallyRows(
  tx: Tx,
  ledger: string,
  visible: Visibility,
  filters: readonly SlotFilter[],
  tally: { cap: number; sums: readonly string[] },
): Promise<{ count: number; sums: Record<string, number> }> {
  const capped = visibleRows(tx, ledger, visible, filters)
    .select('id', ...tally.sums)
    .limit(tally.cap)
    .as('capped');
  const query = tx('').count({ n: '*' }).from(capped);
  for (const slot of tally.sums) query.sum({ [slot]: slot });
  const row = (await query.first()) as Record<string, unknown> | undefined;
  return {
    count: Number(row?.n ?? 0),
    sums: Object.fromEntries(tally.sums.map((slot) => [slot, Number(row?.[slot] ?? 0)])),
  };
}

function visibleRows(tx: Tx, ledger: string, visible: Visibility, filters: readonly SlotFilter[]): Knex.QueryBuilder {
  const query = tx('ledger_rows').where({ ledger });
  if (!visible.all) {
    query.where((any) => {
      any.whereRaw('1 = 0');
      for (const alternative of visible.alternatives) {
        any.orWhere((every) => {
          every.whereRaw('1 = 1');
          for (const filter of alternative) apply(every, filter);
        });
      }
      if (visible.participant) {
        any.orWhereIn('case_id', tx('case_people').select('case_id').where({ person_id: visible.participant }));
      }
    });
  }
  for (const filter of filters) apply(query, filter);
  return query;
}

function apply(query: Knex.QueryBuilder, { slot, op, value }: SlotFilter): void {
  if (op === 'contains') containing(query, [slot], String(value));
  else if (op === 'in') query.whereIn(slot, [...(value as readonly string[])]);
  else if (op === 'from') query.where(slot, '>=', value as string | number);
  else if (op === 'to') query.where(slot, '<=', value as string | number);
  else query.where(slot, value as string | number);
}

/** Keyset paging in either direction; both databases sort null before every value. */
function beyond(
  query: Knex.QueryBuilder,
  slot: string,
  descending: boolean,
  { value, id }: { value: SlotValue; id: string },
): void {
  const further = descending ? '<' : '>';
  query.where((w) => {
    if (value === null) {
      w.where((same) => same.whereNull(slot).where('id', further, id));
      if (!descending) w.orWhereNotNull(slot);
      return;
    }
    w.where(slot, further, value).orWhere((same) => same.where(slot, value).where('id', further, id));
    if (descending) w.orWhereNull(slot);
  });
}

/** What the column holds of a key, on both databases alike. */
const recordKeyOf = (key: string): string => key.slice(0, 190);

export async function addRecord(tx: Tx, row: RecordRow): Promise<void> {
  await insertRows(tx, 'records', [{ ...row, record_key: recordKeyOf(row.record_key) }]);
}

/** Records of a ledger that are in force, oldest first. */
export async function recordsOf(tx: Tx, ledger: string, recordKey: string | null, limit: number): Promise<RecordRow[]> {
  const query = tx('records').where({ ledger }).whereNull('voided_by');
  if (recordKey !== null) query.where({ record_key: recordKeyOf(recordKey) });
  return query.orderBy(['at', 'id']).limit(limit);
}

/** Marks a record as no longer in force; the record itself stays. */
export async function voidRecord(tx: Tx, id: string, by: string): Promise<void> {
  await tx('records').where({ id }).whereNull('voided_by').update({ voided_by: by });
}

/** Which rows of a ledger over cases a service looks at. */
export interface LedgerSearch {
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
  { about, match, limit }: LedgerSearch,
): Promise<{ id: string; case_id: string | null; cells: string }[]> {
  const query = tx('ledger_rows').where({ ledger }).select('id', 'case_id', 'cells');
  if (about) {
    const concerned = tx('case_people')
      .select('case_id')
      .where({ part: 'subject' })
      .whereIn('person_id', [...about]);
    query.whereIn('case_id', concerned);
  }
  for (const { slot, values } of match) query.whereIn(slot, values as string[]);
  return query.orderBy('created_at', 'desc').limit(limit);
}

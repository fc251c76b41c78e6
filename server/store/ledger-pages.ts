/**
 * Owns the reading of ledgers, page by page. A page costs about the same in a ledger of a million rows as in one of ten thousand: when
 * few rows are in question they are found first, by the index of what makes them few, and chosen from; when many are, the index of the
 * sorting column is walked and soon has a page. Rules: [A1] [Q3] [Q5].
 */
import type { Knex } from 'knex';
import { containing } from './cases.ts';
import type { LedgerRowRow } from './ledgers.ts';
import type { Tx } from './open.ts';
import type { SlotValue } from './rows.ts';
import { read } from './shapes.ts';

/** One condition on a slot; `slot` comes from a definition, never from a request. */
export interface SlotFilter {
  slot: string;
  op: 'contains' | 'equals' | 'from' | 'to' | 'in' | 'empty';
  value: string | number | readonly (string | number)[];
}

/** [A1] Which rows a person may see: all, or those that meet one of the alternatives, or those of cases he takes part in. */
export interface Visibility {
  all: boolean;
  alternatives: readonly (readonly SlotFilter[])[];
  participant: string | null;
}

/** Which rows are in question. */
export interface Asked {
  visible: Visibility;
  filters: readonly SlotFilter[];
}

export interface RowPage extends Asked {
  sort: { slot: string; descending: boolean };
  after: { value: SlotValue; id: string } | null;
  limit: number;
}

type Query = Knex.QueryBuilder;

/** So many rows are few: they are listed by id. With more, one row in a page's worth of walking is visible even in a large ledger. */
const FEW = 2000;

/** Ids among which all rows in question are, or null when they are many. */
export type Few = readonly string[] | null;

export async function ledgerRows(tx: Tx, ledger: string, page: RowPage, known?: Few): Promise<LedgerRowRow[]> {
  const few = known === undefined ? await fewIds(tx, ledger, page) : known;
  if (few?.length === 0) return [];
  const query = few ? among(tx, ledger, few, page) : walked(tx, ledger, page);
  const { slot, descending } = page.sort;
  if (page.after) beyond(query, slot, descending, page.after);
  const order = descending ? 'desc' : 'asc';
  query.select('*').orderBy([
    { column: slot, order },
    { column: 'id', order },
  ]);
  return read('ledger_rows', await query.limit(page.limit));
}

/**
 * Counts at most `cap` rows, and sums their slots when there are fewer: the cost does not grow with the ledger beyond it. Counting alone
 * is done within an index; a sum looks at every row.
 */
export async function tallyRows(
  tx: Tx,
  ledger: string,
  asked: Asked,
  tally: { cap: number; sums: readonly string[] },
  known?: Few,
): Promise<{ count: number; sums: Record<string, number> }> {
  const few = known === undefined ? await fewIds(tx, ledger, asked) : known;
  const total = async (sums: readonly string[]): Promise<Record<string, unknown>> => {
    const columns = ['id', ...sums].map((column) => `ledger_rows.${column}`);
    const capped = (part: Query): Query => part.select(columns).limit(tally.cap);
    const found = few
      ? among(tx, ledger, few, asked).select(columns)
      : united(tx, branches(tx, ledger, asked).map(capped));
    const query = tx('').count({ n: '*' }).from(found.limit(tally.cap).as('capped'));
    for (const slot of sums) query.sum({ [slot]: slot });
    return (await query.first()) ?? {};
  };
  const first = await total(few ? tally.sums : []);
  const count = Number(first.n ?? 0);
  if (count >= tally.cap) return { count, sums: {} };
  const summed = few || tally.sums.length === 0 ? first : await total(tally.sums);
  return { count, sums: Object.fromEntries(tally.sums.map((slot) => [slot, Number(summed[slot] ?? 0)])) };
}

/** For a page with its count: what makes the rows few is found once for both. */
export async function fewIds(tx: Tx, ledger: string, { visible, filters }: Asked): Promise<Few> {
  const exact = filters.filter(({ op }) => op === 'equals' || op === 'in');
  for (const filter of exact) {
    const ids = await idsWhere(tx, ledger, [filter]);
    if (ids.length <= FEW) return ids;
  }
  return visible.all ? null : visibleIds(tx, ledger, visible);
}

async function visibleIds(tx: Tx, ledger: string, { alternatives, participant }: Visibility): Promise<string[] | null> {
  const ids = new Set<string>();
  for (const alternative of alternatives) for (const id of await idsWhere(tx, ledger, alternative)) ids.add(id);
  if (participant && ids.size <= FEW) {
    const parts = tx('case_people')
      .where({ person_id: participant })
      .distinct('case_id')
      .limit(FEW + 1);
    const cases = ((await parts) as { case_id: string }[]).map((row) => row.case_id);
    if (cases.length > FEW) return null;
    // Not asked by ledger: its index would be taken for the better one.
    const rows: { ledger: string; id: string }[] = await tx('ledger_rows')
      .whereIn('case_id', cases)
      .select('ledger', 'id');
    for (const row of rows) if (row.ledger === ledger) ids.add(row.id);
  }
  return ids.size <= FEW ? [...ids] : null;
}

/** One more than few tells that they are many. */
async function idsWhere(tx: Tx, ledger: string, filters: readonly SlotFilter[]): Promise<string[]> {
  const query = tx('ledger_rows')
    .where({ ledger })
    .select('id')
    .limit(FEW + 1);
  for (const filter of filters) apply(query, filter);
  return ((await query) as { id: string }[]).map((row) => row.id);
}

/** The limit keeps the listed rows apart: without it the database would go by the index of the sorting column after all. */
function among(tx: Tx, ledger: string, ids: readonly string[], { visible, filters }: Asked): Query {
  const listed = tx('ledger_rows')
    .where({ ledger })
    .whereIn('id', ids)
    .limit(FEW + 1);
  const query: Query = tx('').from(listed.as('ledger_rows'));
  see(tx, query, visible);
  for (const filter of filters) apply(query, filter);
  return query;
}

function walked(tx: Tx, ledger: string, { visible, filters }: Asked): Query {
  const query = tx('ledger_rows').where({ ledger });
  see(tx, query, visible);
  for (const filter of filters) apply(query, filter);
  return query;
}

/** [A1] Only rows that meet one of the alternatives, or of cases the person takes part in. */
function see(tx: Tx, query: Query, visible: Visibility): void {
  if (visible.all) return;
  query.where((any) => {
    any.whereRaw('1 = 0');
    for (const alternative of visible.alternatives) {
      any.orWhere((every) => {
        every.whereRaw('1 = 1');
        for (const filter of alternative) apply(every, filter);
      });
    }
    const part = tx('case_people').whereRaw('case_people.case_id = ledger_rows.case_id');
    if (visible.participant) any.orWhereExists(part.where({ person_id: visible.participant }).select(tx.raw('1')));
  });
}

/** What is visible as separate queries, each with an index of its own. */
function branches(tx: Tx, ledger: string, { visible, filters }: Asked): Query[] {
  const found: Query[] = visible.all ? [tx('ledger_rows').where({ ledger })] : [];
  for (const alternative of visible.all ? [] : visible.alternatives) {
    const query = tx('ledger_rows').where({ ledger });
    for (const filter of alternative) apply(query, filter);
    found.push(query);
  }
  if (!visible.all && visible.participant) {
    const parts = tx('case_people').crossJoin('ledger_rows' as never);
    found.push(
      parts.whereRaw('ledger_rows.case_id = case_people.case_id').where({ person_id: visible.participant, ledger }),
    );
  }
  for (const query of found) for (const filter of filters) apply(query, filter);
  return found;
}

/** Every row once, though several branches may have it. A limit within a union must stand in a query of its own. */
function united(tx: Tx, parts: readonly Query[]): Query {
  const [first, ...others] = parts.map((part, index) =>
    tx('')
      .select('*')
      .from(part.as(`branch${index}`)),
  );
  if (!first) return tx('ledger_rows').whereRaw('1 = 0');
  return others.length > 0 ? first.union(others) : first;
}

function apply(query: Knex.QueryBuilder, { slot, op, value }: SlotFilter): void {
  if (op === 'contains') containing(query, slot.replace('t', 'f'), String(value));
  else if (op === 'in') query.whereIn(slot, [...(value as readonly (string | number)[])]);
  else if (op === 'empty') emptyIn(query, slot);
  else if (op === 'from') query.where(slot, '>=', value as string | number);
  else if (op === 'to') query.where(slot, '<=', value as string | number);
  else query.where(slot, value as string | number);
}

/** Nothing stands there: of texts also the empty one. */
function emptyIn(query: Query, slot: string): void {
  query.where((either) => {
    either.whereNull(slot);
    if (slot.startsWith('t')) either.orWhere(slot, '');
  });
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

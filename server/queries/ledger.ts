/**
 * Owns ledger pages and exports: rows and columns are cut by the ledger's own rules before anything is filtered, counted or sent.
 * Rules: [A1] [R1] [R3] an export has a reason, a watermark and leaves a trace.
 */
import { localDate, localDateTime } from '@ganwei/calendar/zone';
import type { Actor } from '@ganwei/core/actor';
import type { Answer, ParsedBody } from '@ganwei/core/contract';
import { because } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import { excelText } from '@ganwei/core/text';
import type { Ledger, LedgerColumn } from '@ganwei/release/tables';
import writeExcel from 'write-excel-file/node';
import { admittedLedger, sightFor } from '../catalogue/admitted-ledger.ts';
import type { Host } from '../catalogue/host.ts';
import { purposeOf } from '../catalogue/purpose.ts';
import { visibleRows } from '../catalogue/visible-rows.ts';
import { fewIds, ledgerRows, type SlotFilter, tallyRows } from '../store/ledger-pages.ts';
import { type LedgerRowRow, slotOf } from '../store/ledgers.ts';
import { paged, readCursor } from './inbox.ts';

type Query = ParsedBody<'ledgerRows'>;

/** Beyond this many rows a page says 一万以上 instead of the exact number. */
const COUNT_CAP = 10_000;
/** Rows, and cells, of one export. */
const MOST_ROWS = 20_000;
const MOST_CELLS = 200_000;

export function ledgerList(host: Host, actor: Actor): Answer<'ledgers'> {
  const sight = sightFor(host, actor);
  return host
    .catalogue()
    .ledgers()
    .filter((ledger) => sight.holds(ledger.who))
    .map(({ ledger, title, description }) => ({ key: ledger, title, description }));
}

export function ledgerView(host: Host, actor: Actor, key: string): Answer<'ledger'> {
  const { ledger, sight, columns } = admittedLedger(host, actor, key);
  return {
    key,
    title: ledger.title,
    description: ledger.description,
    exports: sight.holds(ledger.exports),
    columns: columns.map((column) => ({
      key: column.key,
      label: column.label,
      type: column.type,
      filter: column.filter,
      sortable: column.slot !== undefined,
      shown: column.shown,
      width: column.width,
      total: column.total,
      choices: column.dictionary
        ? (host.catalogue().dictionary(column.dictionary)?.items ?? []).map((i) => ({ value: i.code, label: i.label }))
        : (column.choices ?? []),
    })),
  };
}

export async function ledgerPage(host: Host, actor: Actor, key: string, query: Query): Promise<Answer<'ledgerRows'>> {
  const { ledger, sight, columns } = admittedLedger(host, actor, key);
  const tx = host.store.reader;
  const visible = visibleRows(ledger, sight, query.counted ? null : actor);
  const filters = query.filters.map((filter) => slotFilter(columns, filter));
  const sort = sorting(ledger, columns, query);
  const after = query.cursor ? readCursor(query.cursor, { value: 'scalar', id: 'string' }) : null;
  const few = await fewIds(tx, key, { visible, filters });
  const rows = await ledgerRows(tx, key, { visible, filters, sort, after, limit: query.limit + 1 }, few);
  const summed = columns.filter((column) => column.total && column.slot?.startsWith('n'));
  const tally = { cap: COUNT_CAP + 1, sums: summed.map((column) => column.slot!) };
  const { count, sums } = await tallyRows(tx, key, { visible, filters }, tally, few);
  const counted = count <= COUNT_CAP;
  return {
    ...paged(
      rows,
      query.limit,
      (row) => rowView(row, columns),
      (row) => ({ value: slotOf(row, sort.slot), id: row.id }),
    ),
    count: Math.min(count, COUNT_CAP),
    counted,
    // A sum over a part of the rows would be a wrong number: there is none beyond the cap.
    totals: counted ? Object.fromEntries(summed.map((column) => [column.key, sums[column.slot!] ?? 0])) : {},
  };
}

function rowView(row: LedgerRowRow, columns: readonly LedgerColumn[]): Answer<'ledgerRows'>['rows'][number] {
  const { cells } = row;
  return {
    id: row.id,
    caseId: row.case_id,
    cells: Object.fromEntries(columns.map((column) => [column.key, (cells[column.key] ?? null) as never])),
  };
}

function slotFilter(columns: readonly LedgerColumn[], filter: Query['filters'][number]): SlotFilter {
  const column = columns.find((c) => c.key === filter.column);
  if (!column?.slot || column.filter === 'none')
    throw new Refusal('input.malformed', { detail: because('ledger.no-filter') });
  const { op, value } = filter;
  if (op === 'in' ? !Array.isArray(value) : Array.isArray(value))
    throw new Refusal('input.malformed', { detail: because('ledger.filter') });
  return { slot: column.slot, op, value };
}

function sorting(
  ledger: Ledger,
  columns: readonly LedgerColumn[],
  { sort }: Query,
): { slot: string; descending: boolean } {
  const wanted = sort ?? ledger.sort;
  const column =
    columns.find((c) => c.key === wanted.column) ?? ledger.columns.find((c) => c.key === ledger.sort.column);
  if (!column?.slot) throw new Refusal('input.malformed', { detail: because('ledger.no-sort') });
  return { slot: column.slot, descending: wanted.descending };
}

export interface LedgerExport {
  name: string;
  bytes: Buffer;
  rows: number;
}

/** [R3] An Excel file with a line that says who took it, when and what for. */
export async function exportLedger(
  host: Host,
  actor: Actor,
  key: string,
  query: Query & { columns: string[]; reason: string },
): Promise<LedgerExport> {
  const { ledger, sight, columns } = admittedLedger(host, actor, key);
  if (!sight.holds(ledger.exports)) throw new Refusal('not.allowed');
  const purpose = purposeOf(query.reason);
  const chosen = [...new Set(query.columns)]
    .map((name) => columns.find((c) => c.key === name))
    .filter((c) => c !== undefined);
  const most = Math.min(MOST_ROWS, Math.floor(MOST_CELLS / Math.max(1, chosen.length)));
  const rows = await ledgerRows(host.store.reader, key, {
    visible: visibleRows(ledger, sight, query.counted ? null : actor),
    filters: query.filters.map((filter) => slotFilter(columns, filter)),
    sort: sorting(ledger, columns, query),
    after: null,
    limit: most + 1,
  });
  // [LIM21] A part of the rows under the name of the whole would mislead.
  if (rows.length > most) throw tooManyRows(most, chosen.length);
  const stamp = `${ledger.title}  导出人：${actor.name}（${actor.unitName}）  时间：${localDate(host.now())}  用途：${purpose}  内部资料，请勿外传`;
  const sheet = [
    [{ value: stamp, columnSpan: Math.max(1, chosen.length), color: '#8c8c8c' }, ...chosen.slice(1).map(() => null)],
    chosen.map((column) => ({ value: column.label, fontWeight: 'bold' as const, backgroundColor: '#f0f0f0' })),
    ...rows.map((row) => {
      const { cells } = row;
      return chosen.map((column) => excelCell(host, column, cells[column.key]));
    }),
  ];
  const bytes = await writeExcel(sheet as never, {
    columns: chosen.map((c) => ({ width: Math.round(c.width / 7) })),
  }).toBuffer();
  return { name: `${ledger.title}${localDate(host.now())}.xlsx`, bytes, rows: rows.length };
}

const tooManyRows = (most: number, columns: number): Refusal =>
  new Refusal('export.large', {
    what:
      most < MOST_ROWS
        ? because('export.cells', { cells: MOST_CELLS, columns, rows: most })
        : because('export.rows', { most }),
  });

function excelCell(host: Host, column: LedgerColumn, value: unknown) {
  if (value === null || value === undefined || value === '') return null;
  if ((column.type === 'number' || column.type === 'money') && typeof value === 'number') {
    return { value, type: Number, ...(column.type === 'money' && { format: '#,##0.00' }) };
  }
  return { value: excelText(cellText(host, column, value)), type: String };
}

/** A cell as office text. */
function cellText(host: Host, column: LedgerColumn, value: unknown): string {
  const labels = column.dictionary ? host.catalogue().dictionary(column.dictionary)?.items : undefined;
  const one = (entry: unknown): string => {
    if (labels) return labels.find((i) => i.code === entry)?.label ?? String(entry);
    if ((column.type === 'date' || column.type === 'datetime') && typeof entry === 'number') {
      return localDateTime(entry)
        .slice(0, column.type === 'date' ? 10 : 16)
        .replace('T', ' ');
    }
    return String(entry);
  };
  return Array.isArray(value) ? value.map(one).join('、') : one(value);
}

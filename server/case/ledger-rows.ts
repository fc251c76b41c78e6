/**
 * Owns the ledgers' rows: after every step the row of the case is computed anew from the ledger's columns, and put into the slots
 * by which it is filtered and sorted and summed. Rules: [SUM1] [R1] a ledger shows what the case says, from the moment of the step.
 */
import { isDay } from '@ganwei/calendar/dates';
import { momentIn } from '@ganwei/calendar/due';
import { localDate, startOfDay } from '@ganwei/calendar/zone';
import { folded } from '@ganwei/core/text';
import { jsonOf } from '@ganwei/feel/json';
import { byMonth, summariesOf } from '@ganwei/release/sums';
import type { Ledger, LedgerColumn } from '@ganwei/release/tables';
import type { Directory } from '../catalogue/directory.ts';
import type { Host } from '../catalogue/host.ts';
import { versionOf } from '../catalogue/ledger-version.ts';
import { type Names, Sight } from '../catalogue/sight.ts';
import { type LedgerRowRow, putLedgerRow } from '../store/ledgers.ts';
import { lettersOfCase, loadLetter, receiptsOf } from '../store/letters.ts';
import type { Tx } from '../store/open.ts';
import type { LetterRow, ReceiptRow, SlotValue } from '../store/rows.ts';
import type { Tally } from '../store/sums.ts';
import type { CaseFile } from './case-file.ts';

/** What of a desk a ledger's row is made from. */
interface Writing {
  tx: Tx;
  host: Host;
  /** letters issued just now */
  letters: readonly { id: string }[];
}

/** Rows of all ledgers that list cases of this process, and of the letters issued on this desk. */
export async function ledgerRows(desk: Writing, file: CaseFile): Promise<LedgerRowRow[]> {
  const { tx, host } = desk;
  const sight = ledgerSight(file);
  const row = { id: file.id, caseId: file.id, at: file.row.started_at };
  const ledgers = host.catalogue().ledgers();
  const own = ledgers.filter(({ source }) => source.kind === 'case' && source.process === file.row.process);
  const rows = own.map((ledger) => rowIn(ledger, row, sight));
  if (desk.letters.length === 0) return rows;
  const letters = await lettersOfCase(tx, file.id);
  return [...rows, ...(await Promise.all(letters.map((letter) => letterRows(host, tx, letter, sight)))).flat()];
}

/** The rows of a case in every ledger of cases, although nothing of it has changed. */
export async function rewriteCaseRows(desk: Omit<Writing, 'letters'>, file: CaseFile): Promise<void> {
  const rows = await ledgerRows({ tx: desk.tx, host: desk.host, letters: [] }, file);
  await Promise.all(rows.map((row) => putLedgerRow(desk.tx, row)));
}

/** The row of one letter in every ledger of letters, e.g. after a receipt was signed. */
export async function rewriteLetterRow(
  desk: Omit<Writing, 'letters'>,
  letterId: string,
  file: CaseFile,
): Promise<void> {
  const letter = await loadLetter(desk.tx, letterId);
  if (!letter) return;
  const rows = await letterRows(desk.host, desk.tx, letter, ledgerSight(file));
  await Promise.all(rows.map((row) => putLedgerRow(desk.tx, row)));
}

/** The case as a ledger's columns see it: with more of the case itself. */
function ledgerSight(file: CaseFile): Sight {
  const { language, scope, world } = file.sight();
  return new Sight(language, { ...scope, case: caseContext(file) }, world);
}

async function letterRows(host: Host, tx: Tx, letter: LetterRow, sight: Sight): Promise<LedgerRowRow[]> {
  const ledgers = host.catalogue().ledgers();
  const ofLetters = ledgers.filter(({ source }) => source.kind === 'letter');
  if (ofLetters.length === 0) return [];
  const more = { letter: letterContext(letter, await receiptsOf(tx, [letter.id]), host.directory()) };
  const row = { id: letter.id, caseId: letter.case_id, at: letter.issued_at };
  return ofLetters.map((ledger) => rowIn(ledger, row, sight, more));
}

function letterContext(letter: LetterRow, receipts: readonly ReceiptRow[], directory: Directory) {
  const names = (kind: string) =>
    receipts
      .filter((r) => r.kind === kind)
      .map((r) => directory.nameOf(kind === 'to' ? r.person_id : r.unit_id))
      .join('、');
  return {
    id: letter.id,
    number: letter.number,
    title: letter.title,
    organ: letter.organ,
    template: letter.template,
    issuedAt: letter.issued_at,
    issuedBy: directory.nameOf(letter.issued_by),
    pages: letter.pages,
    state: letter.state === 'void' ? '作废' : '有效',
    voidedAt: letter.voided_at,
    voidReason: letter.void_reason,
    voidGround: letter.void_ground,
    to: names('to'),
    copies: names('copy'),
    receipts: receipts.length,
    signed: receipts.filter((r) => r.signed_at !== null).length,
  };
}

function caseContext({ row, process, reached }: CaseFile): Record<string, unknown> {
  const status = process.model.case.statuses.find((s) => s.key === row.status);
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    status: row.status,
    statusLabel: status?.label ?? row.status,
    state: row.state,
    starter: row.starter_id,
    starterUnit: row.starter_unit,
    start: row.start,
    startLabel: process.model.nodes.get(row.start)?.start?.label ?? '',
    startedAt: row.started_at,
    endedAt: row.ended_at,
    parent: row.parent_id,
    reached: Object.fromEntries(Object.entries(reached).map(([node, r]) => [node, r.at])),
  };
}

function rowIn(
  ledger: Ledger,
  row: { id: string; caseId: string | null; at: number },
  sight: Sight,
  more?: Names,
): LedgerRowRow {
  const cells: Record<string, unknown> = {};
  const slots: Record<`${'t' | 'f'}${number}`, SlotValue> = {};
  for (const column of ledger.columns) {
    const value = jsonOf(sight.askTolerantly(column.value, more));
    cells[column.key] = value;
    if (!column.slot) continue;
    const kept = slotValue(column, value);
    slots[column.slot as `t${number}`] = kept;
    if (!column.slot.startsWith('t')) continue;
    slots[column.slot.replace('t', 'f') as `f${number}`] =
      kept === null ? null : folded(String(kept)).slice(0, LONGEST);
  }
  const { id, caseId, at } = row;
  const tally = tallyOf(ledger, slots);
  return { ledger: ledger.ledger, id, case_id: caseId, cells, created_at: at, ...slots, ...(tally && { tally }) };
}

/** [SUM1] What the row counts as in the summaries of its ledger: of instants their month. */
function tallyOf(ledger: Ledger, slots: Readonly<Record<string, SlotValue>>): Tally | undefined {
  if (ledger.sums.length === 0) return undefined;
  const columns = new Set(summariesOf(ledger).flatMap(({ by, of }) => [...by, ...of]));
  const cells: Record<string, SlotValue> = {};
  for (const column of columns) {
    const kept = slots[column.slot!] ?? null;
    const value = kept === '' ? null : kept;
    cells[column.key] = value !== null && byMonth(column) ? localDate(Number(value)).slice(0, 7) : value;
  }
  return { version: versionOf(ledger), cells };
}

/** Characters that a text slot holds. */
const LONGEST = 190;

/** What is stored to filter and sort by: so many characters of text, a number, or an instant (dates as local midnight). */
function slotValue(column: LedgerColumn, value: unknown): SlotValue {
  if (value === null || value === undefined) return null;
  if (column.slot?.startsWith('t')) return String(Array.isArray(value) ? value.join('、') : value).slice(0, LONGEST);
  if (typeof value === 'number') return value;
  if (column.slot?.startsWith('n')) return Number.isFinite(Number(value)) ? Number(value) : null;
  const text = String(value);
  if (isDay(text)) return startOfDay(text);
  return momentIn(text);
}

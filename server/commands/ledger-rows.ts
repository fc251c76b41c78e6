/**
 * Owns the ledgers' rows: after every step the row of the case is computed anew from the ledger's columns, and put into the slots
 * by which it is filtered and sorted. Rules: [R1] a ledger shows what the case says, from the moment of the step.
 */
import type { Actor } from '@ganwei/core/actor';
import type { Ledger, LedgerColumn } from '@ganwei/release/tables';
import type { Host } from '../catalogue/host.ts';
import { tolerantFeel, type World } from '../catalogue/language.ts';
import { putLedgerRow, type SlotValue } from '../store/ledgers.ts';
import { lettersOfCase, loadLetter, receiptsOf } from '../store/letters.ts';
import type { Tx } from '../store/open.ts';
import type { LetterRow, ReceiptRow } from '../store/rows.ts';
import type { CaseFile } from './case-file.ts';

/** What of a desk a ledger's row is made from. */
interface Writing {
  tx: Tx;
  host: Host;
  actor: Actor;
  now: number;
  /** letters issued just now */
  letters: readonly { id: string }[];
}

/** Rows of all ledgers that list cases of this process, and of the letters issued on this desk. */
export async function writeCaseRows(desk: Writing, file: CaseFile): Promise<void> {
  const { tx, host, now } = desk;
  const world = file.world(host, now);
  const scope = { ...file.scope(desk.actor, now), case: caseContext(file) };
  const row = { id: file.id, caseId: file.id, at: file.row.started_at };
  const ledgers = host.catalogue().ledgers();
  const own = ledgers.filter(({ source }) => source.kind === 'case' && source.process === file.row.process);
  await Promise.all(own.map((ledger) => putRow(tx, ledger, row, scope, world)));
  if (desk.letters.length > 0) {
    for (const letter of await lettersOfCase(tx, file.id)) await writeLetterRow(host, tx, letter, scope, world);
  }
}

/** The row of one letter in every ledger of letters, e.g. after a receipt was signed. */
export async function rewriteLetterRow(
  desk: Omit<Writing, 'letters'>,
  letterId: string,
  file: CaseFile,
): Promise<void> {
  const letter = await loadLetter(desk.tx, letterId);
  if (!letter) return;
  const scope = { ...file.scope(desk.actor, desk.now), case: caseContext(file) };
  await writeLetterRow(desk.host, desk.tx, letter, scope, file.world(desk.host, desk.now));
}

async function writeLetterRow(
  host: Host,
  tx: Tx,
  letter: LetterRow,
  scope: Record<string, unknown>,
  world: World,
): Promise<void> {
  const receipts = await receiptsOf(tx, [letter.id]);
  for (const ledger of host.catalogue().ledgers()) {
    if (ledger.source.kind !== 'letter') continue;
    const context = { ...scope, letter: letterContext(letter, receipts, world) };
    await putRow(tx, ledger, { id: letter.id, caseId: letter.case_id, at: letter.issued_at }, context, world);
  }
}

function letterContext(letter: LetterRow, receipts: readonly ReceiptRow[], { directory }: World) {
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

async function putRow(
  tx: Tx,
  ledger: Ledger,
  row: { id: string; caseId: string | null; at: number },
  scope: Record<string, unknown>,
  world: World,
): Promise<void> {
  const cells: Record<string, unknown> = {};
  const slots: Record<string, SlotValue> = {};
  for (const column of ledger.columns) {
    const value = JSON.parse(JSON.stringify(tolerantFeel(column.value).evaluate(scope, world) ?? null));
    cells[column.key] = value;
    if (column.slot) slots[column.slot] = slotValue(column, value);
  }
  await putLedgerRow(tx, {
    ledger: ledger.ledger,
    id: row.id,
    case_id: row.caseId,
    cells: JSON.stringify(cells),
    created_at: row.at,
    ...slots,
  });
}

/** What is stored to filter and sort by: at most 190 characters of text, a number, or an instant (dates as local midnight). */
function slotValue(column: LedgerColumn, value: unknown): SlotValue {
  if (value === null || value === undefined) return null;
  if (column.slot?.startsWith('t')) return String(Array.isArray(value) ? value.join('、') : value).slice(0, 190);
  if (typeof value === 'number') return value;
  if (column.slot?.startsWith('n')) return Number.isFinite(Number(value)) ? Number(value) : null;
  const text = String(value);
  const at = Date.parse(text.length === 10 ? `${text}T00:00:00+08:00` : text);
  return Number.isNaN(at) ? null : at;
}

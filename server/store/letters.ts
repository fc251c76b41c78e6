/**
 * Owns counters, issued letters and their receipts. A number is taken in the transaction that issues the letter, so a rolled back
 * transaction consumes none; a void letter keeps its number for ever. Rules: [L1] [L2].
 */
import { Conflict } from '@ganwei/core/refusal';
import { isDuplicate, type Tx } from './open.ts';
import type { LetterRow, ReceiptRow } from './rows.ts';
import { read } from './shapes.ts';
import { insertRows, rowOf } from './statements.ts';

/** [L1] The next number of a counter, gap-free: 1, 2, 3 … The counter's row stays locked until the transaction ends. */
export async function nextNumber(tx: Tx, counter: string): Promise<number> {
  // Asked in one go: in one message the second sees what the first has done.
  const [moved, row] = await Promise.all([
    tx.run('update counters set last = last + 1 where name = ?', [counter]),
    rowOf<{ last: number }>(tx, 'counters', { name: counter }),
  ]);
  if (moved === 0) {
    try {
      await insertRows(tx, 'counters', [{ name: counter, last: 1 }]);
      return 1;
    } catch (error) {
      if (isDuplicate(error)) throw new Conflict(`counter ${counter}`, { cause: error });
      throw error;
    }
  }
  return Number(row?.last);
}

export async function insertLetter(tx: Tx, row: LetterRow, receipts: readonly ReceiptRow[]): Promise<void> {
  await insertRows(tx, 'letters', [{ ...row, title: row.title.slice(0, 300) }]);
  await insertRows(tx, 'receipts', receipts);
}

export async function loadLetter(tx: Tx, id: string): Promise<LetterRow | undefined> {
  return rowOf(tx, 'letters', { id });
}

export async function letterNumbered(tx: Tx, number: string): Promise<LetterRow | undefined> {
  return rowOf(tx, 'letters', { number });
}

export async function lettersOfCase(tx: Tx, caseId: string): Promise<LetterRow[]> {
  return read('letters', await tx('letters').where({ case_id: caseId }).orderBy('issued_at'));
}

/** Letters of a case that were sent to this person. */
export async function lettersTo(tx: Tx, caseId: string, person: string): Promise<string[]> {
  return idsOfLetters(tx, caseId, { person_id: person });
}

/** Letters of a case that were sent to one of these units. */
export async function lettersOfUnits(tx: Tx, caseId: string, units: readonly string[]): Promise<string[]> {
  const found = await Promise.all(units.map((unit) => idsOfLetters(tx, caseId, { unit_id: unit })));
  return found.flat();
}

async function idsOfLetters(tx: Tx, caseId: string, receipt: Partial<ReceiptRow>): Promise<string[]> {
  const query = tx('receipts').join('letters', 'letters.id', 'receipts.letter_id').where({ case_id: caseId });
  const rows: { letter_id: string }[] = await query.where(receipt).select('letter_id');
  return rows.map((row) => row.letter_id);
}

export async function receiptsOf(tx: Tx, letterIds: readonly string[]): Promise<ReceiptRow[]> {
  return tx('receipts').whereIn('letter_id', letterIds).orderBy(['letter_id', 'position']);
}

/** [L71] Voids an issued letter, for good; false when it is void already. */
export async function voidLetter(
  tx: Tx,
  id: string,
  change: Pick<LetterRow, 'void_reason' | 'void_ground'> & { voided_at: number },
): Promise<boolean> {
  return (
    (await tx('letters')
      .where({ id, state: 'issued' })
      .update({ ...change, state: 'void' })) === 1
  );
}

export async function addReceipts(tx: Tx, rows: readonly ReceiptRow[]): Promise<void> {
  await insertRows(tx, 'receipts', rows);
}

/** Signs the receipts of this letter that are addressed to the person, once. Returns how many were signed now. */
export async function signReceipts(tx: Tx, letterId: string, person: string, now: number): Promise<number> {
  return tx('receipts')
    .where({ letter_id: letterId, person_id: person })
    .whereNull('signed_at')
    .update({ signed_at: now, signed_by: person });
}

/** [L70] Receipts of the letters of a case that nobody was there to receive. */
export async function undeliveredOf(tx: Tx, caseId: string): Promise<ReceiptRow[]> {
  const query = tx('receipts').join('letters', 'letters.id', 'receipts.letter_id');
  return query.where({ case_id: caseId, person_id: '', state: 'issued' }).orderBy('receipts.id').select('receipts.*');
}

/** Hands it over; false when somebody else has done so. */
export async function handOver(tx: Tx, receipt: string, person: string, now: number): Promise<boolean> {
  const change = { person_id: person, waits_for: '', sent_at: now };
  return (await tx('receipts').where({ id: receipt, person_id: '' }).update(change)) === 1;
}

export async function letterByFile(tx: Tx, fileId: string): Promise<LetterRow | undefined> {
  return rowOf(tx, 'letters', { file_id: fileId });
}

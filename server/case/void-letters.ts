/**
 * Owns voiding a letter that was issued: it stays what it was, and its page, the register of letters, the record of its case and everybody who has
 * received it say from now on that it is void, why, and under which letter. Rules: [L71] [L2].
 */
import { noticeText } from '@ganwei/core/written';
import type { Order } from '../catalogue/service.ts';
import { delivered } from '../services/recipients.ts';
import { loadLetter, receiptsOf, voidLetter } from '../store/letters.ts';
import type { CaseFile } from './case-file.ts';
import type { Desk } from './desk.ts';
import { rewriteLetterRow } from './ledger-rows.ts';

/** `file`: the case the letter belongs to, running or ended. */
export async function voidIssued(desk: Desk, file: CaseFile, order: Order & { kind: 'void' }): Promise<void> {
  const { tx, host, now } = desk;
  const { letter: id, reason, ground } = order;
  const letter = await loadLetter(tx, id);
  if (!letter || !(await voidLetter(tx, id, { void_reason: reason, void_ground: ground, voided_at: now }))) return;
  file.note({ kind: 'letter-void', node: '', detail: { letter: id, number: letter.number, reason, ground } });
  await rewriteLetterRow(desk, id, file);
  const { people } = delivered(await receiptsOf(tx, [id]));
  const title = noticeText('letter-void-title', { title: letter.title });
  const said = ground === '' ? reason : noticeText('letter-void-ground', { reason, ground });
  const text = noticeText('letter-void-text', { number: letter.number, reason: said });
  for (const person of people) {
    const notice = { id: host.newId(), person_id: person, kind: 'letter', case_id: file.id, title, text };
    desk.notices.push({ ...notice, from_name: letter.organ, at: now, read_at: null, letter_id: id });
  }
}

/**
 * Owns the letters of a case that nobody was there to receive: once somebody is, the letter is handed to him, stands in his list, and he
 * signs for it beside the others where a step asks for that. Rule: [L70].
 */
import { because, type Reason } from '@ganwei/core/reason';
import { reseat } from '@ganwei/process/round';
import { lastSigners, roundOf } from '../catalogue/signing.ts';
import { letterNotices, receiverOf } from '../services/recipients.ts';
import { handOver, loadLetter, undeliveredOf } from '../store/letters.ts';
import { itemsOfTask, tasksOfCase } from '../store/work.ts';
import type { CaseFile } from './case-file.ts';
import type { Desk } from './desk.ts';
import { keepRound } from './tasks.ts';

/** Hands over what can be; answers with the reason why something still waits, or null. */
export async function handOverLetters(desk: Desk, file: CaseFile): Promise<Reason | null> {
  const { tx, host, now } = desk;
  const directory = host.directory();
  let waits: Reason | null = null;
  for (const receipt of await undeliveredOf(tx, file.id)) {
    const person = receiverOf(directory, receipt.unit_id, receipt.waits_for.split(','));
    const letter = await loadLetter(tx, receipt.letter_id);
    if (!person || !letter) {
      waits = because('letter.no-receiver', { unit: directory.nameOf(receipt.unit_id) });
      continue;
    }
    if (!(await handOver(tx, receipt.id, person, now))) continue;
    const { id, title, number, organ } = letter;
    desk.notices.push(...letterNotices([person], { id, title, number, organ, caseId: file.id }, now, host.newId));
    file.note({ kind: 'copied', node: '', detail: { letter: id, number, to: 1 } });
    await askToSign(desk, file, id, person);
  }
  return waits;
}

/** The open step in which the others sign for this letter gets one more signer. */
async function askToSign(desk: Desk, file: CaseFile, letter: string, person: string): Promise<void> {
  const sight = file.sight();
  for (const task of await tasksOfCase(desk.tx, file.id)) {
    const settings = file.node(task.node).task;
    if (!settings?.receipt || file.ask(settings.receipt) !== letter) continue;
    const round = roundOf(task, settings, sight);
    const people = [...round.seats.map((seat) => seat.person), person];
    const more = reseat(round, [...new Set(people)], lastSigners(settings, sight));
    keepRound(desk, file, task, { round: more, items: await itemsOfTask(desk.tx, task.id), moved: true });
  }
}

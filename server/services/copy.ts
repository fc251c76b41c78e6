/**
 * copy: hands an issued letter to further recipients, with receipts. Inputs: letter (id), to (list of unit or person ids),
 * receivers (roles that receive for a unit, the first that somebody holds; default `liaison`). Result: list of the people who received it.
 */
import { because } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import type { Service } from '../catalogue/service.ts';
import { addReceipts, loadLetter } from '../store/letters.ts';
import { listInput, textInput } from './inputs.ts';
import { delivered, letterNotices, receivingRoles, recipients } from './recipients.ts';

export const copy: Service = {
  label: '抄送文书',
  inputs: {
    letter: { type: 'letter', required: true, label: '文书' },
    to: { type: 'list<Any>', required: true, label: '抄送的单位或人员' },
    receivers: { type: 'list<role>', label: '收文角色，依次' },
  },
  result: 'list<person>',
  async run({ tx, host, sight, now, case: own }, inputs) {
    const letter = await loadLetter(tx, textInput(inputs, 'letter'));
    if (!letter) throw new Refusal('letter.blocked', { reason: because('letter.gone') });
    const rows = recipients(sight.world, listInput(inputs, 'to'), 'copy', receivingRoles(inputs)).map(
      (recipient, index) => ({
        ...recipient,
        id: host.newId(),
        letter_id: letter.id,
        position: 100 + index,
        sent_at: now,
      }),
    );
    await addReceipts(tx, rows);
    const { people, undelivered } = delivered(rows);
    const { id, title, number, organ } = letter;
    return {
      result: people,
      undelivered,
      notices: letterNotices(people, { id, title, number, organ, caseId: own.id }, now, host.newId),
      notes: [{ kind: 'copied', detail: { letter: letter.id, number, to: rows.length } }],
    };
  },
};

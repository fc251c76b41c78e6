/**
 * copy: hands an issued letter to further recipients, with receipts. Inputs: letter (id), to (list of unit or person ids),
 * receivers (role that receives for a unit, default `liaison`). Result: list of the people who received it.
 */
import { Refusal } from '@ganwei/core/refusal';
import { addReceipts, loadLetter } from '../store/letters.ts';
import { listInput, type Service, textInput } from './service.ts';

export const copy: Service = {
  inputs: { letter: 'required', to: 'required', receivers: 'optional' },
  async run({ tx, host, world, now, case: own }, inputs) {
    const letter = await loadLetter(tx, textInput(inputs, 'letter'));
    if (!letter) throw new Refusal('letter.blocked', { reason: '要抄送的文书不存在' });
    const role = typeof inputs.receivers === 'string' ? inputs.receivers : 'liaison';
    const rows = listInput(inputs, 'to').map((id, index) => {
      const person = world.directory.people.has(id) ? id : world.directory.holders(id, role)[0];
      if (!person) throw new Refusal('letter.blocked', { reason: `${world.directory.nameOf(id)}没有指定收文联络人` });
      const unit = world.directory.people.has(id) ? (world.directory.people.get(id)?.posts[0]?.unit ?? '') : id;
      return {
        id: host.newId(),
        letter_id: letter.id,
        kind: 'copy' as const,
        unit_id: unit,
        person_id: person,
        position: 100 + index,
        sent_at: now,
        signed_at: null,
        signed_by: '',
      };
    });
    await addReceipts(tx, rows);
    return {
      result: rows.map((row) => row.person_id),
      notices: rows.map((row) => ({
        id: host.newId(),
        person_id: row.person_id,
        kind: 'letter',
        case_id: own.id,
        title: letter.title,
        text: letter.number,
        from_name: letter.organ,
        at: now,
        read_at: null,
      })),
      notes: [{ kind: 'copied', detail: { letter: letter.id, number: letter.number, to: rows.length } }],
    };
  },
};

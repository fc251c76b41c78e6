/**
 * void-letter: an issued letter is void from now on, whichever case it belongs to: its page, the register and its recipients say so, and why [L71].
 * Its number stays used [L2]. One that is void already is left as it is. Inputs: letter (ids; several are possible), reason, ground (number of the
 * letter by which it is voided).
 */
import { because } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import type { Order, Service } from '../catalogue/service.ts';
import { loadLetter } from '../store/letters.ts';
import { listInput, textInput } from './inputs.ts';

export const voidLetter: Service = {
  label: '作废文书',
  inputs: {
    letter: { type: 'list<letter>', required: true, label: '文书' },
    reason: { type: 'string', required: true, label: '作废的理由' },
    ground: { type: 'string', label: '据以作废的文书的文号' },
  },
  result: 'Null',
  async run({ tx }, inputs) {
    const reason = textInput(inputs, 'reason');
    const ground = typeof inputs.ground === 'string' ? inputs.ground : '';
    const orders: Order[] = [];
    for (const id of listInput(inputs, 'letter')) {
      const letter = await loadLetter(tx, id);
      if (!letter?.case_id) throw new Refusal('letter.blocked', { reason: because('letter.gone') });
      orders.push({ kind: 'void', case: letter.case_id, letter: id, reason, ground });
    }
    return { result: null, orders };
  },
};

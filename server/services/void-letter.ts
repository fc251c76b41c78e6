/**
 * void-letter: an issued letter is void from now on, whichever case it belongs to: its page, the register and its recipients say so, and why [L71].
 * Its number stays used [L2]. One that is void already is left as it is. Inputs: number (of the letters; several are possible), reason, ground (number
 * of the letter by which they are voided).
 */
import { because } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import type { Order, Service } from '../catalogue/service.ts';
import { letterNumbered } from '../store/letters.ts';
import { listInput, textInput } from './inputs.ts';

export const voidLetter: Service = {
  label: '作废文书',
  inputs: {
    number: { type: 'list<string>', required: true, label: '文号' },
    reason: { type: 'string', required: true, label: '作废的理由' },
    ground: { type: 'string', label: '据以作废的文书的文号' },
  },
  result: 'Null',
  async run({ tx }, inputs) {
    const reason = textInput(inputs, 'reason');
    const ground = typeof inputs.ground === 'string' ? inputs.ground : '';
    const orders: Order[] = [];
    for (const number of listInput(inputs, 'number')) {
      const letter = await letterNumbered(tx, number);
      if (!letter?.case_id) throw new Refusal('letter.blocked', { reason: because('letter.no-number', { number }) });
      orders.push({ kind: 'void', case: letter.case_id, letter: letter.id, reason, ground });
    }
    return { result: null, orders };
  },
};

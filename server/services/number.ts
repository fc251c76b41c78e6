/**
 * number: takes the next number of a counter, gap-free, in the step's transaction [L1].
 * Inputs: counter (text), year (default this year; part of the counter). Result: { sequence, year }.
 */
import { localDate } from '@ganwei/calendar/zone';
import type { Service } from '../catalogue/service.ts';
import { nextNumber } from '../store/letters.ts';
import { textInput } from './inputs.ts';

export const number: Service = {
  label: '取编号',
  inputs: {
    counter: { type: 'string', required: true, label: '计数器' },
    year: { type: 'number', label: '年度' },
  },
  result: 'context<sequence: number, year: number>',
  async run({ tx, now }, inputs) {
    const year = typeof inputs.year === 'number' ? inputs.year : Number(localDate(now).slice(0, 4));
    return { result: { sequence: await nextNumber(tx, `${textInput(inputs, 'counter')}/${year}`), year } };
  },
};

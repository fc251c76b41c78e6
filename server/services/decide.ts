/**
 * decide: evaluates a decision table in force on a date and keeps version, inputs and matched rules with the result [V3].
 * Inputs: table (key), date (default today); every other input is a name the table may use besides the case's own data.
 */
import { localDate } from '@ganwei/calendar/zone';
import { decideBy } from '@ganwei/decision/decide';
import type { Service } from '../catalogue/service.ts';
import { textInput } from './inputs.ts';

export const decide: Service = {
  label: '查决策表',
  inputs: {
    table: { type: 'decision key', required: true, label: '决策表' },
    date: { type: 'date', label: '按哪一天的表' },
    '*': { type: 'Any', label: '表中用到的值' },
  },
  result: 'decision result',
  async run({ host, now, app, sight }, inputs) {
    const { table, date, ...given } = inputs;
    const key = textInput({ table }, 'table');
    const day = typeof date === 'string' ? date.slice(0, 10) : localDate(now);
    const { version, value: decision } = await host.catalogue().decision(app, key, day);
    const names = { ...sight.scope, ...given };
    const { kept, ...found } = decideBy(decision, { table: key, version }, names, sight.world);
    return {
      result: kept,
      notes: [{ kind: 'decided', detail: { table: key, name: decision.name, version, ...found } }],
    };
  },
};

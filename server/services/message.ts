/**
 * message: sends a message to the cases that wait for it with the same correlation, or to a start event that takes it.
 * A message that nobody waits for is kept in the history of the sender and goes nowhere. Inputs: name, correlation (one key, or a list:
 * the message goes out once for each), payload, each (list of contexts: what the message of each key carries besides, in the order of the keys).
 */
import type { Service } from '../catalogue/service.ts';
import { contextInput, eachInput, listInput, textInput } from './inputs.ts';

export const message: Service = {
  label: '发送消息',
  inputs: {
    name: { type: 'message name', required: true, label: '消息名称' },
    correlation: { type: 'list<Any>', required: true, label: '关联键' },
    payload: { type: 'context', label: '消息内容' },
    each: { type: 'list<context>', label: '各关联键另有的内容，依次' },
  },
  result: 'Null',
  async run(_context, inputs) {
    const name = textInput(inputs, 'name');
    const payload = contextInput(inputs, 'payload');
    const keys = listInput(inputs, 'correlation');
    const each = eachInput(inputs, keys.length);
    const messages = keys.map((correlation, i) => ({ name, correlation, payload: { ...payload, ...each[i] } }));
    return { result: null, messages, notes: [{ kind: 'messaged', detail: { name, to: messages.length } }] };
  },
};

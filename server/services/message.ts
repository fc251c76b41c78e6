/**
 * message: sends a message to the cases that wait for it with the same correlation, or to a start event that takes it.
 * A message that nobody waits for is kept in the history of the sender and goes nowhere. Inputs: name, correlation (one key, or a list:
 * the message goes out once for each), payload.
 */
import type { Service } from '../catalogue/service.ts';
import { contextInput, listInput, textInput } from './inputs.ts';

export const message: Service = {
  label: '发送消息',
  inputs: {
    name: { type: 'message name', required: true, label: '消息名称' },
    correlation: { type: 'list<Any>', required: true, label: '关联键' },
    payload: { type: 'context', label: '消息内容' },
  },
  result: 'Null',
  async run(_context, inputs) {
    const name = textInput(inputs, 'name');
    const payload = contextInput(inputs, 'payload');
    const messages = listInput(inputs, 'correlation').map((correlation) => ({ name, correlation, payload }));
    return { result: null, messages, notes: [{ kind: 'messaged', detail: { name, to: messages.length } }] };
  },
};

/**
 * webhook: calls a registered address, through the outbox, at least once; the case waits for its answer when `wait` is true.
 * Inputs: target (name of a registered address), event (text), payload (context), wait (default false). Result: the answer.
 */
import type { Service } from '../catalogue/service.ts';
import { contextInput, textInput } from './inputs.ts';

export const webhook: Service = {
  label: '推送外部系统',
  inputs: {
    target: { type: 'string', required: true, label: '登记的地址' },
    event: { type: 'string', required: true, label: '事件名称' },
    payload: { type: 'context', label: '内容' },
    wait: { type: 'boolean', label: '等待回应' },
  },
  result: 'Any',
  async run({ host, now, case: own }, inputs) {
    const id = host.newId();
    const event = textInput(inputs, 'event');
    const payload = { event, case: { id: own.id, number: own.number }, data: contextInput(inputs, 'payload') };
    return {
      result: { id },
      effects: [
        {
          id,
          case_id: own.id,
          type: 'webhook',
          target: textInput(inputs, 'target'),
          payload: JSON.stringify(payload),
          attempts: 0,
          next_at: now,
          created_at: now,
          error: '',
        },
      ],
      ...(inputs.wait === true && { awaits: id }),
      notes: [{ kind: 'effect', detail: { type: 'webhook', event } }],
    };
  },
};

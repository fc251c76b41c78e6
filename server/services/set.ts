/** set: yields its input `value`; the outputs of the task say where it is kept. Also sets the case's status. */
import type { Service } from '../catalogue/service.ts';

export const set: Service = {
  label: '赋值',
  inputs: {
    value: { type: 'Any', label: '值' },
    status: { type: 'status', label: '件的状态' },
  },
  result: 'value of input',
  async run(_context, inputs) {
    return {
      result: inputs.value ?? null,
      ...(typeof inputs.status === 'string' && { status: inputs.status }),
    };
  },
};

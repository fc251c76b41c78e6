/** start: starts a case of another process and goes on at once. Inputs: process, start (start event), values (of its start form). */
import type { Service } from '../catalogue/service.ts';
import { contextInput, textInput } from './inputs.ts';

export const start: Service = {
  inputs: { process: 'required', start: 'optional', values: 'optional' },
  async run(_context, inputs) {
    return {
      result: null,
      starts: [
        {
          process: textInput(inputs, 'process'),
          ...(typeof inputs.start === 'string' && { start: inputs.start }),
          values: contextInput(inputs, 'values'),
        },
      ],
    };
  },
};

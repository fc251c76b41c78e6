/**
 * fail: the process itself says that it cannot go on, e.g. because the directory lacks somebody. Nothing of the step happens; the person is
 * told, and the administrator gets an incident [C7]. Inputs: message (for people), code (for an error boundary event, default `failed`).
 */
import { type Service, ServiceFault } from '../catalogue/service.ts';
import { textInput } from './inputs.ts';

export const fail: Service = {
  inputs: { message: 'required', code: 'optional' },
  async run(_context, inputs) {
    throw new ServiceFault(typeof inputs.code === 'string' ? inputs.code : 'failed', textInput(inputs, 'message'));
  },
};

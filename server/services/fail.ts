/**
 * fail: the process itself says that it cannot go on, e.g. because the directory lacks somebody. Nothing of the step happens; the person is
 * told, and the administrator gets an incident [C7]. Inputs: message (for people), code (for an error boundary event, default `failed`).
 */
import { type Service, ServiceFault } from '../catalogue/service.ts';
import { textInput } from './inputs.ts';

export const fail: Service = {
  label: '中止并报告',
  inputs: {
    message: { type: 'string', required: true, label: '告诉办理人的话' },
    code: { type: 'string', label: '错误代码' },
  },
  result: 'Null',
  async run(_context, inputs) {
    throw new ServiceFault(typeof inputs.code === 'string' ? inputs.code : 'failed', textInput(inputs, 'message'));
  },
};

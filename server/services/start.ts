/**
 * start: starts a case of another process and goes on at once. Inputs: process, start (start event), values (of its start form), starter
 * (who stands as its starter; whoever acts unless named).
 */
import type { Service } from '../catalogue/service.ts';
import { contextInput, textInput } from './inputs.ts';

export const start: Service = {
  label: '启动另一事项',
  inputs: {
    process: { type: 'process key', required: true, label: '流程' },
    start: { type: 'string', label: '从哪个开始事件' },
    values: { type: 'context', label: '开始表单的初始值' },
    starter: { type: 'person', label: '发起人' },
  },
  result: 'Null',
  async run({ host, app }, inputs) {
    return {
      result: null,
      starts: [
        {
          process: host.catalogue().resolve('process', app, textInput(inputs, 'process')),
          ...(typeof inputs.start === 'string' && { start: inputs.start }),
          values: contextInput(inputs, 'values'),
          ...(typeof inputs.starter === 'string' && { starter: inputs.starter }),
        },
      ],
    };
  },
};

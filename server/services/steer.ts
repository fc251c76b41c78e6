/**
 * The service types by which one case acts on another that it names, e.g. an attached process on the case it was started from:
 * reschedule, end-case, hand-over, suspend, resume, use-action. They only ask; case/steering.ts does it in the same transaction. A case that has
 * ended meanwhile is left as it is.
 */
import { because } from '@ganwei/core/reason';
import { type Order, type Service, type ServiceAnswer, ServiceFault } from '../catalogue/service.ts';
import { contextInput, listInput, textInput } from './inputs.ts';

const asked = (order: Order): ServiceAnswer => ({ result: null, orders: [order] });

/** The open tasks of a step get another due date. Inputs: case, node, due (date). */
export const reschedule: Service = {
  label: '改变期限',
  inputs: {
    case: { type: 'case', required: true, label: '件' },
    node: { type: 'string', required: true, label: '步骤' },
    due: { type: 'date', required: true, label: '新的期限' },
  },
  result: 'Null',
  async run(_context, inputs) {
    const due = textInput(inputs, 'due');
    if (!/^\d{4}-\d\d-\d\d$/.test(due))
      throw new ServiceFault('input', because('service.date', { name: 'due', value: due }));
    return asked({ kind: 'reschedule', case: textInput(inputs, 'case'), node: textInput(inputs, 'node'), due });
  },
};

/** A running case ends from outside, with everything it waits for. Inputs: case, status (a status key of its process). */
export const endCase: Service = {
  label: '结束另一件',
  inputs: {
    case: { type: 'case', required: true, label: '件' },
    status: { type: 'string', required: true, label: '状态' },
  },
  result: 'Null',
  async run(_context, inputs) {
    return asked({ kind: 'end', case: textInput(inputs, 'case'), status: textInput(inputs, 'status') });
  },
};

/** Another person becomes the starter of a running case, with the unit he stands for. Inputs: case, to (person). */
export const handOver: Service = {
  label: '移交另一件',
  inputs: {
    case: { type: 'case', required: true, label: '件' },
    to: { type: 'person', required: true, label: '接手的人' },
  },
  result: 'Null',
  async run(_context, inputs) {
    return asked({ kind: 'hand-over', case: textInput(inputs, 'case'), to: textInput(inputs, 'to') });
  },
};

/** A running case rests: nobody may act on it, and its timers wait. Inputs: case, reason. */
export const suspend: Service = {
  label: '中止另一件',
  inputs: {
    case: { type: 'case', required: true, label: '件' },
    reason: { type: 'string', required: true, label: '原因' },
  },
  result: 'Null',
  async run(_context, inputs) {
    return asked({ kind: 'suspend', case: textInput(inputs, 'case'), reason: textInput(inputs, 'reason') });
  },
};

/** A resting case goes on; its deadlines move by the time it rested. Inputs: case. */
export const resume: Service = {
  label: '恢复另一件',
  inputs: {
    case: { type: 'case', required: true, label: '件' },
  },
  result: 'Null',
  async run(_context, inputs) {
    return asked({ kind: 'resume', case: textInput(inputs, 'case') });
  },
};

/**
 * The machine uses an action of other cases, like a person who presses the button: the attached process begins with what the action gives and with
 * `values`. Where the action is not to be had, under way already or not at this time, nothing begins, and the record of the case that asked says so.
 * Inputs: case (several are possible), action (its key), values, starter (who stands as its starter; whoever acts unless named).
 */
export const useAction: Service = {
  label: '在另一件上办理操作',
  inputs: {
    case: { type: 'list<case>', required: true, label: '件' },
    action: { type: 'string', required: true, label: '操作的标识' },
    values: { type: 'context', label: '开始表单的初始值' },
    starter: { type: 'person', label: '发起人' },
  },
  result: 'Null',
  async run(_context, inputs) {
    const order = {
      kind: 'use' as const,
      action: textInput(inputs, 'action'),
      values: contextInput(inputs, 'values'),
      ...(typeof inputs.starter === 'string' && { starter: inputs.starter }),
    };
    return { result: null, orders: listInput(inputs, 'case').map((id) => ({ ...order, case: String(id) })) };
  },
};

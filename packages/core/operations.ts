/**
 * Owns the operations a person may be offered besides the outcomes of a step: one row each, with its name in refusals and what it is done to.
 * The contract, the verdicts of rules.ts and the menus of the pages follow from the table. Rule: [T7].
 */

/** task: by the holder, where the step allows it · case: on the case as a whole */
const OPERATIONS = {
  transfer: { label: '转办', on: 'task' },
  return: { label: '退回', on: 'task' },
  addSigner: { label: '加签', on: 'task' },
  comment: { label: '添加意见', on: 'case' },
  attach: { label: '添加附件', on: 'case' },
  urge: { label: '催办', on: 'case' },
  withdraw: { label: '撤回', on: 'case' },
} as const satisfies Record<string, { label: string; on: 'task' | 'case' }>;

export type Operation = keyof typeof OPERATIONS;
export type TaskOperation = { [O in Operation]: (typeof OPERATIONS)[O]['on'] extends 'task' ? O : never }[Operation];

export const OPERATION_KEYS = Object.keys(OPERATIONS) as readonly Operation[];

/** What it is called in a refusal. */
export const operationLabel = (operation: Operation): string => OPERATIONS[operation].label;

export const isTaskOperation = (operation: Operation): operation is TaskOperation =>
  OPERATIONS[operation].on === 'task';

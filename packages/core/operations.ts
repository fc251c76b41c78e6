/**
 * Owns the operations a person may be offered besides the outcomes of a step: one row each, with what it is done to; their names in
 * refusals stand in reason.ts.
 * The contract, the verdicts of rules.ts and the menus of the pages follow from the table. Rule: [T7].
 */
import { because, type Reason } from './reason.ts';

/** task: by the holder, where the step allows it · case: on the case as a whole */
const OPERATIONS = {
  transfer: 'task',
  return: 'task',
  addSigner: 'task',
  comment: 'case',
  attach: 'case',
  urge: 'case',
  withdraw: 'case',
} as const satisfies Record<string, 'task' | 'case'>;

export type Operation = keyof typeof OPERATIONS;
export type TaskOperation = { [O in Operation]: (typeof OPERATIONS)[O] extends 'task' ? O : never }[Operation];

export const OPERATION_KEYS = Object.keys(OPERATIONS) as readonly Operation[];

/** What it is called in a refusal. */
export const operationLabel = (operation: Operation): Reason => because(`operation.${operation}`);

export const isTaskOperation = (operation: Operation): operation is TaskOperation => OPERATIONS[operation] === 'task';

/**
 * Owns the verdicts: may this actor do that to this object, now? The browser enables buttons and the server refuses
 * requests with the same functions, so they cannot differ. A verdict is null ("yes") or the Refusal to be thrown.
 * Must never read a clock, a database or the environment. Rules: [T1] [T2] [T3] [T4] [C1] [I7].
 */
import type { Actor } from './actor.ts';
import { type Operation, operationLabel } from './operations.ts';
import { because, type Reason } from './reason.ts';
import { complaint, Refusal } from './refusal.ts';
import { trimmed } from './text.ts';

/** What a verdict needs to know of an open task. */
export interface TaskFacts {
  /** null: the task has been closed (by whom, if known) */
  open: boolean;
  closedBy?: string;
  revision: number;
  caseState: CaseState;
  /** reason why this actor must not act (separation of duty), computed by the server */
  excluded?: string;
  /** operations the step allows */
  operations: readonly Operation[];
  outcomes: readonly { key: string; comment: 'required' | 'optional' | 'none'; commentMin: number }[];
}

/** What a verdict needs to know of the actor's own work item on that task. */
export interface ItemFacts {
  state: ItemState;
}

export type CaseState = 'running' | 'ended' | 'withdrawn' | 'suspended';
/** open: may submit · pooled: one of several candidates, nobody has claimed yet · waiting: not his turn yet */
export type ItemState = 'open' | 'pooled' | 'waiting';

/** [T1] [T2] [T4] May the actor act on the task at all? */
export function mayAct(task: TaskFacts, item: ItemFacts | null): Refusal | null {
  if (task.caseState === 'suspended') return new Refusal('case.suspended');
  if (task.caseState !== 'running') return new Refusal('case.ended');
  if (!task.open) return new Refusal('task.done', { who: task.closedBy ?? because('who.other') });
  if (!item || item.state === 'waiting') return new Refusal('task.not-yours');
  if (task.excluded) return new Refusal('task.excluded', { reason: task.excluded });
  return null;
}

/** [T1] [T2] [T5] May the actor submit this outcome on the revision he saw? */
export function maySubmit(
  task: TaskFacts,
  item: ItemFacts | null,
  submission: { outcome: string; comment: string; revision: number },
): Refusal | null {
  const refused = mayAct(task, item);
  if (refused) return refused;
  if (submission.revision !== task.revision) return new Refusal('task.stale');
  const outcome = task.outcomes.find((o) => o.key === submission.outcome);
  if (!outcome) return new Refusal('task.outcome-unknown', { outcome: submission.outcome });
  return mayComment(outcome, submission.comment);
}

/** Characters of the longest comment. */
const LONGEST_COMMENT = 2000;

/** [T6] What is wrong with the comment on an outcome: returns and rejections carry a reason of at least `commentMin` characters. */
export function commentFault(outcome: CommentWanted, comment: string): Reason<'comment.short' | 'comment.long'> | null {
  const length = [...trimmed(comment)].length;
  if (outcome.comment === 'required' && length < outcome.commentMin)
    return because('comment.short', { least: outcome.commentMin });
  return length > LONGEST_COMMENT ? because('comment.long', { most: LONGEST_COMMENT }) : null;
}

/** [T6] The same as a verdict. */
export function mayComment(outcome: CommentWanted, comment: string): Refusal | null {
  const fault = commentFault(outcome, comment);
  if (!fault) return null;
  const code = fault.code === 'comment.short' ? 'too-short' : 'too-long';
  return new Refusal('input.invalid', { count: 1 }, [complaint('comment', code, fault)]);
}

/** `commentMin`: least number of characters where a comment is required. */
interface CommentWanted {
  comment: 'required' | 'optional' | 'none';
  commentMin: number;
}

/** [T7] May the actor use this operation (transfer, return …) on the task? */
export function mayOperate(task: TaskFacts, item: ItemFacts | null, operation: Operation): Refusal | null {
  const refused = mayAct(task, item);
  if (refused) return refused;
  if (task.operations.includes(operation)) return null;
  return new Refusal('task.operation-forbidden', { operation: operationLabel(operation) });
}

/** [C1] Only the starter withdraws, and only while the process says so. */
export function mayWithdraw(
  facts: { state: CaseState; starter: string; withdrawable: boolean },
  actor: Actor,
): Refusal | null {
  if (facts.state === 'suspended') return new Refusal('case.suspended');
  if (facts.state !== 'running') return new Refusal('case.ended');
  if (facts.starter !== actor.id) return new Refusal('not.allowed');
  if (!facts.withdrawable) {
    return new Refusal('task.operation-barred', {
      operation: operationLabel('withdraw'),
      reason: because('withdraw.late'),
    });
  }
  return null;
}

/** [I7] The password rule: at least ten characters with a letter and a digit. */
export const isStrongPassword = (password: string): boolean =>
  password.length >= 10 && password.length <= 200 && /[A-Za-z]/.test(password) && /\d/.test(password);

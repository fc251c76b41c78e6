/** Owns the failure of a process, as opposed to a refusal of a person or a bug of the house. Rule: [C7]. */

import { isFaultOfContent } from '@ganwei/core/definition';
import { type Reason, said } from '@ganwei/core/reason';

/** A process that cannot go on: an expression failed, no branch was open, a service broke. The transaction is rolled back whole. */
export class Standstill extends Error {
  override readonly name = 'Standstill';
  readonly node: string;
  /** a reason of the house, or what an expression or the process itself says */
  readonly reason: Reason | string;
  constructor(node: string, reason: Reason | string, cause?: unknown) {
    super(said(reason), { cause });
    this.node = node;
    this.reason = reason;
  }
}

/**
 * An expression or a decision that failed, gave what is no date or time, or named a definition that is not there, is a failure of the
 * process at this node; anything else stays what it is.
 */
export const standstillOf = (error: unknown, node: string): unknown =>
  isFaultOfContent(error) ? new Standstill(node, error.message, error) : error;

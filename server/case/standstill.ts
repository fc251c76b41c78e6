/** Owns the failure of a process, as opposed to a refusal of a person or a bug of the house. Rule: [C7]. */

import { ArgumentError } from '@ganwei/calendar/dates';
import { FeelError } from '@ganwei/feel/compile';

/** A process that cannot go on: an expression failed, no branch was open, a service broke. The transaction is rolled back whole. */
export class Standstill extends Error {
  override readonly name = 'Standstill';
  readonly node: string;
  constructor(node: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.node = node;
  }
}

/** An expression that failed, or gave what is no date or time, is a failure of the process at this node; anything else stays what it is. */
export const standstillOf = (error: unknown, node: string): unknown =>
  error instanceof FeelError || error instanceof ArgumentError ? new Standstill(node, error.message, error) : error;

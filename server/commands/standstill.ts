/** Owns the failure of a process, as opposed to a refusal of a person or a bug of the house. Rule: [C7]. */

/** A process that cannot go on: an expression failed, no branch was open, a service broke. The transaction is rolled back whole. */
export class Standstill extends Error {
  override readonly name = 'Standstill';
  readonly node: string;
  constructor(node: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.node = node;
  }
}

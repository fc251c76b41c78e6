/**
 * Owns the two ways an expression fails.
 * FeelError is for whoever wrote the expression: a Chinese sentence and the place in the source text.
 * ArgumentError is how an operator or function declines its operands without knowing where it stands; the compiler turns
 * it into a FeelError (strict) or null (tolerant). Nothing else is caught: any other error is a bug and passes through.
 */

export class FeelError extends Error {
  override readonly name = 'FeelError';
  readonly source: string;
  /** offsets into `source`: the part that is wrong */
  readonly from: number;
  readonly to: number;

  constructor(message: string, source: string, from = 0, to: number = source.length) {
    super(message);
    this.source = source;
    this.from = from;
    this.to = to;
  }
}

export class ArgumentError extends Error {
  override readonly name = 'ArgumentError';
}

/** Recognised by name, so that rooms which may not import this one (the calendar) can decline arguments as well. */
export const isArgumentError = (error: unknown): error is Error =>
  error instanceof Error && error.name === 'ArgumentError';

/** The overrun of the operation budget: an error in both modes, because a half-computed answer is never an answer. */
export class BudgetError extends Error {
  override readonly name = 'BudgetError';
}

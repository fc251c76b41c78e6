/**
 * Owns what a proof understands of conditions: the comparison of one outcome or name with one literal. All else may be true or
 * false at any time. Two conditions asked in one step that compare the same thing cannot contradict each other; what
 * was compared at an earlier step is not remembered, so a way that no case can go may be shown.
 */
import type { ProcessFlow } from '../model.ts';

export interface Comparison {
  /** what is compared: `outcome`, `outcome of("review")`, a dotted name */
  what: string;
  /** the step whose outcome it is, where the text says so */
  step?: string;
  /** FEEL literal, e.g. `"agree"` */
  literal: string;
  equal: boolean;
}

const COMPARISON =
  /^(outcome of\(\s*"([^"]+)"\s*\)|[\p{L}_][\p{L}\p{N}_.]*)\s*(=|!=)\s*("[^"]*"|-?\d+(?:\.\d+)?|true|false)$/u;

export function comparisonOf({ condition }: ProcessFlow): Comparison | undefined {
  const [, what, step, sign, literal] = COMPARISON.exec(condition?.trim() ?? '') ?? [];
  if (what === undefined || literal === undefined) return undefined;
  return {
    what: step === undefined ? what : `outcome of("${step}")`,
    literal,
    equal: sign === '=',
    ...(step !== undefined && { step }),
  };
}

/** What the answers of one step have settled. */
export class Facts {
  readonly #is = new Map<string, string>();
  readonly #not = new Map<string, Set<string>>();

  /** The only answer that agrees with what is settled; undefined where both do. */
  forced(flow: ProcessFlow): boolean | undefined {
    const compared = comparisonOf(flow);
    if (!compared) return undefined;
    const { what, literal, equal } = compared;
    const is = this.#is.get(what);
    if (is !== undefined) return (is === literal) === equal;
    return this.#not.get(what)?.has(literal) ? !equal : undefined;
  }

  settle(flow: ProcessFlow, answer: boolean): void {
    const compared = comparisonOf(flow);
    if (!compared) return;
    const { what, literal, equal } = compared;
    if (answer === equal) this.#is.set(what, literal);
    else this.#not.set(what, (this.#not.get(what) ?? new Set()).add(literal));
  }
}

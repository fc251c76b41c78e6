/**
 * Owns what the browser can say about a step's outcomes before the server is asked: order, conditions (`when`, FEEL over the scope
 * and `form`), the sentence of an irreversible act. What it cannot evaluate it leaves to the server: such an outcome stays possible.
 */
import type { Answer } from '@ganwei/core/contract';
import { type Compiled, compileExpression, compileTemplate, FeelError } from '@ganwei/feel/compile';

export type Outcome = Answer<'task'>['outcomes'][number];
type Scope = Readonly<Record<string, unknown>>;

const RANK = { primary: 0, default: 1, danger: 2 } as const;

/** Primary first, dangerous last; otherwise as the process says. */
export const inOrder = (outcomes: readonly Outcome[]): Outcome[] =>
  [...outcomes].sort((a, b) => RANK[a.style] - RANK[b.style]);

/** Does the outcome's condition hold for what is filled in now? */
export function isOffered(outcome: Outcome, scope: Scope, form: Scope): boolean {
  if (!outcome.when) return true;
  const rule = conditionOf(outcome.when);
  const names = { ...scope, form };
  if (!rule?.names.every((name) => Object.hasOwn(names, name))) return true;
  return rule.evaluate(names) === true;
}

/** The sentence before an irreversible act, with its placeholders filled as far as they are known here. */
export function confirmation(outcome: Outcome, scope: Scope, form: Scope): string | null {
  if (!outcome.confirm) return null;
  try {
    return compileTemplate(outcome.confirm, { mode: 'tolerant' }).render({ ...scope, form });
  } catch (error) {
    if (error instanceof FeelError) return outcome.confirm;
    throw error;
  }
}

const conditions = new Map<string, Compiled | undefined>();

/** undefined: it uses a function that only the server has. */
function conditionOf(source: string): Compiled | undefined {
  if (!conditions.has(source)) {
    try {
      conditions.set(source, compileExpression(source, { mode: 'tolerant' }));
    } catch (error) {
      if (!(error instanceof FeelError)) throw error;
      conditions.set(source, undefined);
    }
  }
  return conditions.get(source);
}

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

/**
 * What stands in the way of an outcome now: paths of the fields that its unmet conditions read, none where they read no field.
 * null: nothing stands in the way.
 */
export function hurdleOf(outcome: Outcome, scope: Scope, form: Scope): readonly string[] | null {
  if (!outcome.when) return null;
  const names = { ...scope, form };
  const unmet = partsOf(outcome.when).flatMap((part) => {
    const rule = conditionOf(part);
    if (!rule?.names.every((name) => name === ROW || Object.hasOwn(names, name))) return [];
    return rule.evaluate(names) === true ? [] : [rule];
  });
  if (unmet.length === 0) return null;
  const read = unmet.flatMap(({ paths }) => paths).filter((path) => path.startsWith(FORM));
  return [...new Set(read.map((path) => path.slice(FORM.length)))];
}

const FORM = 'form.';
/** What a filter calls the row it looks at. */
const ROW = 'item';

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

/** Words after which `and` does not simply join two conditions. */
const BINDING = /\b(or|between|satisfies|if|for|function)\b/;

/** The conditions joined by `and`: each that can be evaluated here counts, the others are the server's. */
function partsOf(source: string): string[] {
  if (BINDING.test(source)) return [source];
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (const { 0: found, index } of source.matchAll(/"(?:[^"\\]|\\.)*"|[([{]|[)\]}]|\band\b/g)) {
    if (found.startsWith('"')) continue;
    if (found !== 'and') depth += '([{'.includes(found) ? 1 : -1;
    else if (depth === 0) {
      parts.push(source.slice(from, index));
      from = index + 'and'.length;
    }
  }
  return [...parts, source.slice(from)];
}

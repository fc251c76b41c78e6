/**
 * Owns how names find their values: the frames of a running expression, the scopes the compiler keeps beside them, and
 * the ledger of what an expression depends on. A name is looked for in loop variables and context entries, in the row of a
 * filter, and last among the variables given to evaluate(). It never owns syntax.
 */
import { BudgetError, FeelError, isArgumentError } from './error.ts';
import type { Node } from './syntax.ts';
import type { Type } from './type.ts';
import { isContext, ownProperty, type Spend, type Value } from './values.ts';

/** One evaluation. */
export interface Run {
  readonly scope: object;
  readonly world: unknown;
  /** operations left */
  left: number;
  readonly spend: Spend;
}

/** Where an expression stands while it runs: variables, or the row of a filter. */
export interface Frame {
  readonly run: Run;
  readonly outer: Frame | null;
  readonly variables: Readonly<Record<string, Value>> | null;
  readonly row: Value;
}

export type Closure = (frame: Frame) => Value;

/** What the compiler knows of the frames around a node: names of a variable frame, or `row` = anything may be a field. */
export interface Scope {
  readonly outer: Scope | null;
  readonly names: ReadonlySet<string> | 'row';
}

/**
 * A registered or built-in function. `signatures` in the notation of type.ts (several: overloads) say its parameters; `params`
 * the least and most arguments of one that has none. `call` may decline its arguments with an error named ArgumentError.
 * An argument that was not given is undefined, and beyond the last one given the list ends.
 */
export interface Callable {
  readonly signatures?: readonly string[];
  readonly body?: string;
  readonly params?: readonly [min: number, max: number];
  call(args: readonly Value[], world: unknown, spend: Spend): Value;
  /** in a half-filled form, what is not filled in is left out of a list instead of making the answer null */
  readonly skipsEmpty?: boolean;
}

/** One compilation: the source, the mode, and what has been found to be used. */
export interface Compilation {
  readonly source: string;
  readonly strict: boolean;
  readonly functions: ReadonlyMap<string, Callable>;
  /** names and functions that contain spaces */
  readonly spacedNames: ReadonlySet<string>;
  /** given variables that may hold functions; in no other does data become one */
  readonly holdFunctions: ReadonlySet<string>;
  /** types that the author declared, by name */
  readonly types: ReadonlyMap<string, Type>;
  readonly used: Usage;
  /** how deep in the tree */
  readonly depth: number;
  /** compiles a child; passed along so that the files of this room need not import each other in a circle */
  readonly compile: (c: Compilation, node: Node, scope: Scope | null) => Closure;
}

export interface Usage {
  readonly names: Set<string>;
  readonly paths: Set<string>;
  /** used inside a filter: a field of the row or else a variable, only the data can tell */
  readonly rowPaths: Set<string>;
  readonly functions: Set<string>;
}

export const newUsage = (): Usage => ({
  names: new Set(),
  paths: new Set(),
  rowPaths: new Set(),
  functions: new Set(),
});

export const DEFAULT_BUDGET = 200_000;

export function newRun(scope: object, world: unknown, budget: number | Spend): Run {
  if (typeof budget !== 'number') return { scope, world, left: 0, spend: budget };
  const run: Run = {
    scope,
    world,
    left: budget,
    spend: (operations) => {
      run.left -= operations;
      if (run.left < 0) throw new BudgetError('表达式计算量过大，已停止；请减少循环或数据量');
    },
  };
  return run;
}

/** In strict mode an error at this node, in tolerant mode null. */
export function decline(c: Compilation, node: Node, message: string): null {
  if (c.strict) throw new FeelError(message, c.source, node.from, node.to);
  return null;
}

/** Lets an operator or function decline its operands (ArgumentError) at this node. */
export function declining(c: Compilation, node: Node, closure: Closure): Closure {
  return (frame) => {
    try {
      return closure(frame);
    } catch (error) {
      if (isArgumentError(error)) return decline(c, node, `${quote(node)}：${error.message}`);
      throw error;
    }
  };
}

/** The piece of source a message speaks of, shortened. */
export function quote(node: Node): string {
  const text = node.text.replace(/\s+/g, ' ');
  return `“${text.length > 40 ? `${text.slice(0, 39)}…` : text}”`;
}

/** A closure that reads a name, and the entry of that name (or of the dotted path it begins) in the ledger. */
export function variable(c: Compilation, node: Node, name: string, scope: Scope | null): Closure {
  const place = placeOf(name, scope);
  note(c, place, name);
  if (!scope) {
    return (frame) => {
      const value = ownProperty(frame.run.scope, name);
      return value === undefined ? unknownName(c, node, name, frame) : value;
    };
  }
  return (frame) => lookUp(c, node, name, frame);
}

/** Where a name is bound: a loop variable or entry, the row of a filter or beyond, or the given variables. */
export type Place = 'local' | 'row' | 'free';

export function placeOf(name: string, scope: Scope | null): Place {
  let insideRow = false;
  for (let s = scope; s; s = s.outer) {
    if (s.names === 'row') insideRow = true;
    else if (s.names.has(name)) return 'local';
  }
  if (insideRow && name === 'item') return 'local';
  return insideRow ? 'row' : 'free';
}

/** Enters a (dotted) path in the ledger under the place of its first name. */
export function note(c: Compilation, place: Place, path: string): void {
  if (place === 'row') c.used.rowPaths.add(path);
  if (place !== 'free') return;
  c.used.paths.add(path);
  c.used.names.add(path.split('.', 1)[0] ?? path);
}

function lookUp(c: Compilation, node: Node, name: string, frame: Frame): Value {
  let missingInRow = false;
  for (let f: Frame | null = frame; f; f = f.outer) {
    if (f.variables) {
      if (Object.hasOwn(f.variables, name)) return f.variables[name] ?? null;
      continue;
    }
    if (name === 'item') return f.row;
    if (f.row === null) missingInRow = true;
    if (!isContext(f.row)) continue;
    const value = ownProperty(f.row, name);
    if (value !== undefined) return value;
    missingInRow = true;
  }
  const value = ownProperty(frame.run.scope, name);
  if (value !== undefined) return value;
  return missingInRow ? null : unknownName(c, node, name, frame);
}

/** A given variable that holds undefined exists and is empty; one that was not given is unknown. */
function unknownName(c: Compilation, node: Node, name: string, frame: Frame): null {
  return Object.hasOwn(frame.run.scope, name) ? null : decline(c, node, `不认识名称“${name}”`);
}

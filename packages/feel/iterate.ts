/**
 * Owns what goes over lists: for, some/every, filters. A list that is null counts as empty (an empty table is not stored),
 * a single value as a list of one. Lists and ranges are bounded, every turn costs budget.
 */
import { FeelError } from './error.ts';
import { type Closure, type Compilation, decline, declining, type Frame, quote, type Scope } from './scope.ts';
import { type Node, nameOf } from './syntax.ts';
import { addDays, FeelDate } from './temporal.ts';
import { asList, compare, FeelRange, kindOf, MAX_LIST, toValue, type Value } from './values.ts';

type Source = (frame: Frame) => readonly Value[];

/** `for i in 1..3, r in rows return …`; `partial` is the list of the results so far */
export function compileFor(c: Compilation, node: Node, scope: Scope | null): Closure {
  const [iterators, body] = node.parts as [Node, Node];
  const { each, inner } = compileIterators(c, iterators, scope, ['partial']);
  const value = c.compile(c, body, inner);
  return declining(c, node, (frame) => {
    const results: Value[] = [];
    each(frame, { partial: results }, (turn) => {
      if (results.length >= MAX_LIST) throw new FeelError('循环结果过多', c.source, node.from, node.to);
      results.push(value(turn));
      return true;
    });
    return results;
  });
}

/** `some r in rows satisfies …` (false for no rows), `every …` (true for no rows); three-valued: null leaves it open */
export function compileQuantified(c: Compilation, node: Node, scope: Scope | null): Closure {
  const [iterators, body] = node.parts as [Node, Node];
  const { each, inner } = compileIterators(c, iterators, scope, []);
  const test = c.compile(c, body, inner);
  const some = node.tokens[0]?.name === 'some';
  return declining(c, node, (frame) => {
    let answer: boolean | null = !some;
    let wrong: Value = null;
    each(frame, {}, (turn) => {
      const one = test(turn);
      if (one === some) answer = some;
      else if (one !== !some) {
        answer = null;
        wrong ??= one;
      }
      return one !== some;
    });
    if (answer === null && wrong !== null) {
      return decline(c, body, `${quote(body)}应得出“是否”，实际为${kindOf(wrong)}`);
    }
    return answer;
  });
}

/** `rows[price > 3]`: those for which it holds; `rows[1]`, `rows[-1]`: one of them, null when there is none. */
export function compileFilter(c: Compilation, node: Node, scope: Scope | null): Closure {
  const [source, condition] = node.parts as [Node, Node];
  const list = c.compile(c, source, scope);
  const test = c.compile(c, condition, { outer: scope, names: 'row' });
  const byPosition = condition.name === 'NumericLiteral' || condition.name === 'ArithmeticExpression';
  return declining(c, node, (frame) => {
    const rows = asList(list(frame));
    if (rows.length === 0 && byPosition) return null;
    const found: Value[] = [];
    for (const raw of rows) {
      const row = toValue(raw);
      const answer = test({ run: frame.run, outer: frame, variables: null, row });
      if (typeof answer === 'number') return at(rows, answer);
      if (answer === true) found.push(row);
      else if (answer !== false) decline(c, condition, `${quote(condition)}应得出“是否”，实际为${kindOf(answer)}`);
    }
    return found;
  });
}

const at = (rows: readonly Value[], position: number): Value =>
  toValue(rows.at(position > 0 ? position - 1 : position === 0 ? rows.length : position));

// ---- iterators -------------------------------------------------------------------------------------------------------

interface Iterators {
  /** calls `turn` for every combination until it returns false; `fixed` are variables of every turn */
  each(frame: Frame, fixed: Readonly<Record<string, Value>>, turn: (frame: Frame) => boolean): void;
  inner: Scope;
}

function compileIterators(c: Compilation, node: Node, scope: Scope | null, fixed: readonly string[]): Iterators {
  const names = new Set<string>(fixed);
  let inner: Scope = { outer: scope, names: new Set(names) };
  const iterators = node.parts.map((iterator): [string, Source] => {
    const [variable, over] = iterator.parts as [Node, Node];
    const source = compileSource(c, over, inner);
    const name = nameOf(variable, c.source, c.spacedNames);
    names.add(name);
    inner = { outer: scope, names: new Set(names) };
    return [name, source];
  });
  const turnFrom = (index: number, frame: Frame, turn: (frame: Frame) => boolean): boolean => {
    const iterator = iterators[index];
    if (!iterator) return turn(frame);
    const [name, source] = iterator;
    for (const item of source(frame)) {
      frame.run.spend(1);
      const variables = { ...frame.variables, [name]: toValue(item) };
      if (!turnFrom(index + 1, { run: frame.run, outer: frame.outer, variables, row: null }, turn)) return false;
    }
    return true;
  };
  return {
    inner,
    each: (frame, variables, turn) => {
      turnFrom(0, { run: frame.run, outer: frame, variables, row: null }, turn);
    },
  };
}

/** a list, `1..3` (also downwards), or a range `[1..3]` (never downwards) after `in` */
function compileSource(c: Compilation, node: Node, scope: Scope): Source {
  const [first, last] = node.parts.map((part) => ({ part, closure: c.compile(c, part, scope) }));
  if (!first) throw new Error('iteration over nothing');
  if (last) return (frame) => stretch(c, node, first.closure(frame), last.closure(frame));
  return (frame) => {
    const value = first.closure(frame);
    if (!(value instanceof FeelRange)) return asList(value);
    if (value.low === null || value.high === null || (compare(value.low, value.high) ?? 1) > 0) {
      return decline(c, first.part, `${quote(first.part)}不能逐个列举`) ?? [];
    }
    const all = stretch(c, node, value.low, value.high);
    return all.slice(value.lowIncluded ? 0 : 1, value.highIncluded ? all.length : -1);
  };
}

/** Whole numbers or days from one to the other. */
function stretch(c: Compilation, node: Node, from: Value, to: Value): readonly Value[] {
  if (from instanceof FeelDate && to instanceof FeelDate) {
    return steps(c, node, 0, (to.midnight - from.midnight) / DAY).map((days) => addDays(from, days));
  }
  if (Number.isInteger(from) && Number.isInteger(to)) return steps(c, node, from as number, to as number);
  return decline(c, node, `${quote(node)}的两端应为整数或日期`) ?? [];
}

const DAY = 86_400_000;

function steps(c: Compilation, node: Node, from: number, to: number): readonly number[] {
  const length = Math.abs(to - from) + 1;
  if (length > MAX_LIST) throw new FeelError(`循环范围超过 ${MAX_LIST} 项`, c.source, node.from, node.to);
  const step = to >= from ? 1 : -1;
  return Array.from({ length }, (_, i) => from + i * step);
}

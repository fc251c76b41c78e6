/**
 * Owns what goes over lists: for, some/every, filters. A list that is null counts as empty (an empty table is not stored),
 * a single value as a list of one. Lists and ranges are bounded, every turn costs budget.
 */
import { FeelError } from './error.ts';
import { type Closure, type Compilation, decline, declining, type Frame, quote, type Scope } from './scope.ts';
import { type Node, nameOf } from './syntax.ts';
import { asList, kindOf, MAX_LIST, toValue, type Value } from './values.ts';

type Source = (frame: Frame) => readonly Value[];

/** `for i in 1..3, r in rows return …` */
export function compileFor(c: Compilation, node: Node, scope: Scope | null): Closure {
  const [iterators, body] = node.parts as [Node, Node];
  const { each, inner } = compileIterators(c, iterators, scope);
  const value = c.compile(c, body, inner);
  return declining(c, node, (frame) => {
    const results: Value[] = [];
    each(frame, (turn) => {
      if (results.length >= MAX_LIST) throw new FeelError('循环结果过多', c.source, node.from, node.to);
      results.push(value(turn));
      return true;
    });
    return results;
  });
}

/** `some r in rows satisfies …` (false for no rows), `every …` (true for no rows) */
export function compileQuantified(c: Compilation, node: Node, scope: Scope | null): Closure {
  const [iterators, body] = node.parts as [Node, Node];
  const { each, inner } = compileIterators(c, iterators, scope);
  const test = c.compile(c, body, inner);
  const some = node.tokens[0]?.name === 'some';
  return declining(c, node, (frame) => {
    let answer: boolean | null = !some;
    each(frame, (turn) => {
      const one = test(turn);
      if (one === some) answer = some;
      else if (typeof one !== 'boolean') {
        answer = decline(c, body, `${quote(body)}应得出“是否”，实际为${kindOf(one)}`);
      }
      return one !== some;
    });
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
  /** calls `turn` for every combination until it returns false */
  each(frame: Frame, turn: (frame: Frame) => boolean): void;
  inner: Scope;
}

function compileIterators(c: Compilation, node: Node, scope: Scope | null): Iterators {
  const names = new Set<string>();
  let inner: Scope = { outer: scope, names: new Set() };
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
    each: (frame, turn) => {
      turnFrom(0, { run: frame.run, outer: frame, variables: {}, row: null }, turn);
    },
  };
}

/** `list`, `1..3` or `[1..3]` after `in` */
function compileSource(c: Compilation, node: Node, scope: Scope): Source {
  const parts = rangeEnds(node) ?? node.parts;
  const [first, last] = parts.map((part) => ({ part, closure: c.compile(c, part, scope) }));
  if (!first) throw new Error('iteration over nothing');
  if (!last) return (frame) => asList(first.closure(frame));
  return (frame) => {
    const [from, to] = [first.closure(frame), last.closure(frame)];
    if (!Number.isInteger(from)) return decline(c, first.part, `${quote(first.part)}应为整数`) ?? [];
    if (!Number.isInteger(to)) return decline(c, last.part, `${quote(last.part)}应为整数`) ?? [];
    return range(c, node, from as number, to as number);
  };
}

function rangeEnds(context: Node): readonly Node[] | null {
  const only = context.parts[0];
  const interval = only?.name === 'SimplePositiveUnaryTest' ? only.parts[0] : only;
  return interval?.name === 'Interval' && context.parts.length === 1 ? interval.parts : null;
}

function range(c: Compilation, node: Node, from: number, to: number): readonly number[] {
  const length = Math.abs(to - from) + 1;
  if (length > MAX_LIST) throw new FeelError(`循环范围超过 ${MAX_LIST} 项`, c.source, node.from, node.to);
  const step = to >= from ? 1 : -1;
  return Array.from({ length }, (_, i) => from + i * step);
}

/**
 * Owns every question with a yes or no about one value: comparisons, `between`, `in`, and the unary tests of DMN cells.
 * Equality: null equals only null; different kinds are an error when strict. Order: null and different kinds have none.
 * A text is never read as a number; ISO text is read as a date when it meets one.
 */
import { FeelError } from './error.ts';
import { type Closure, type Compilation, decline, type Frame, quote, type Scope } from './scope.ts';
import { contains, type Node } from './syntax.ts';
import { compare, equals, FeelRange, inRange, isList, kindOf, type Spend, toValue, type Value } from './values.ts';

/** A test of one value; null: no answer (tolerant mode only). */
export type Test = (input: Value, frame: Frame) => boolean | null;

/** `a < b`, `a = b` … */
export function compileComparison(c: Compilation, node: Node, scope: Scope | null): Closure {
  const [left, sign, right] = node.parts as [Node, Node, Node];
  const [a, b] = [c.compile(c, left, scope), c.compile(c, right, scope)];
  const relate = relation(c, sign.text, left, right);
  return (frame) => relate(a(frame), b(frame), frame.run.spend);
}

/** `x between a and b`: both ends belong to it. */
export function compileBetween(c: Compilation, node: Node, scope: Scope | null): Closure {
  const [subject, low, high] = node.parts as [Node, Node, Node];
  const [value, from, to] = [c.compile(c, subject, scope), c.compile(c, low, scope), c.compile(c, high, scope)];
  const [atLeast, atMost] = [relation(c, '>=', subject, low), relation(c, '<=', subject, high)];
  return (frame) => {
    const x = value(frame);
    const { spend } = frame.run;
    return both(atLeast(x, from(frame), spend), atMost(x, to(frame), spend));
  };
}

/** `x in [1..5]`, `x in (1, > 5)`, `x in list` */
export function compileMembership(c: Compilation, node: Node, scope: Scope | null): Closure {
  const [subject, ...tests] = node.parts as [Node, ...Node[]];
  const value = c.compile(c, subject, scope);
  const test = compileTests(c, tests, scope, subject);
  return (frame) => test(value(frame), frame);
}

/** Does any of these tests hold? `subject` is what a message calls the value under test. */
export function compileTests(c: Compilation, nodes: readonly Node[], scope: Scope | null, subject: Node | null): Test {
  const tests = nodes.map((node) => compileTest(c, node, scope, subject));
  const [only] = tests;
  if (only && tests.length === 1) return only;
  return (input, frame) => {
    let answer: boolean | null = false;
    for (const test of tests) {
      const one = test(input, frame);
      if (one === true) return true;
      if (one === null) answer = null;
    }
    return answer;
  };
}

function compileTest(c: Compilation, node: Node, scope: Scope | null, subject: Node | null): Test {
  if (node.name === 'PositiveUnaryTests' || node.name === 'PositiveUnaryTest') {
    return compileTests(c, node.parts, scope, subject);
  }
  const [inner] = node.parts;
  if (node.name === 'ParenthesizedExpression' && inner?.name === 'SimplePositiveUnaryTest') {
    return compileTest(c, inner, scope, subject);
  }
  if (node.name === 'Interval') return compileInterval(c, node, scope, subject);
  if (node.name !== 'SimplePositiveUnaryTest') return compileMatch(c, node, scope, subject);
  const [first, operand] = node.parts as [Node, Node | undefined];
  if (!operand) return compileTest(c, first, scope, subject);
  const value = c.compile(c, operand, scope);
  const relate = relation(c, first.text, subject, operand);
  return (input, frame) => relate(input, value(frame), frame.run.spend);
}

function compileInterval(c: Compilation, node: Node, scope: Scope | null, subject: Node | null): Test {
  const [low, high] = node.parts as [Node, Node];
  const [from, to] = [c.compile(c, low, scope), c.compile(c, high, scope)];
  const [lowIncluded, highIncluded] = includedEnds(node);
  const above = relation(c, lowIncluded ? '>=' : '>', subject, low);
  const below = relation(c, highIncluded ? '<=' : '<', subject, high);
  return (input, frame) => {
    const { spend } = frame.run;
    return both(above(input, from(frame), spend), below(input, to(frame), spend));
  };
}

/** Which ends belong to an interval: `[` at the front and `]` at the end; `(`, `)` and the brackets turned outward exclude. */
export const includedEnds = (interval: Node): readonly [low: boolean, high: boolean] => [
  interval.text.startsWith('['),
  interval.text.endsWith(']'),
];

/** An expression as a test: it speaks of `?` and answers itself, or it gives the value (or list of values) to match. */
function compileMatch(c: Compilation, node: Node, scope: Scope | null, subject: Node | null): Test {
  const value = c.compile(c, node, scope);
  const equal = relation(c, '=', subject, node);
  const called = subject ? quote(subject) : '待判断的值';
  const answersItself = contains(node, '?');
  const computed = node.name !== 'BooleanLiteral';
  return (input, frame) => {
    const found = value(frame);
    const { spend } = frame.run;
    if (answersItself) {
      if (typeof found === 'boolean') return found;
      return decline(c, node, `${quote(node)}应得出“是否”，实际为${kindOf(found)}`);
    }
    if (computed && typeof found === 'boolean' && typeof input !== 'boolean') return found;
    if (found instanceof FeelRange && !(input instanceof FeelRange)) {
      return inRange(input, found) ?? decline(c, node, `${called}不能与${quote(node)}的端点比较大小`);
    }
    if (isList(found)) {
      const meets = found.some((item) => matches(input, toValue(item), spend));
      if (meets || !isList(input)) return meets;
    }
    return equal(input, found, spend);
  };
}

/** One item of a list as a test: the value itself, or a range that it lies in. */
function matches(input: Value, item: Value, spend: Spend): boolean {
  if (item instanceof FeelRange && inRange(input, item) === true) return true;
  return equals(input, item, spend) === true;
}

// ---- relations -------------------------------------------------------------------------------------------------------

type Relation = (left: Value, right: Value, spend: Spend) => boolean | null;

const ORDERS: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function relation(c: Compilation, sign: string, left: Node | null, right: Node): Relation {
  const subject = left ? quote(left) : '待判断的值';
  const holds = ORDERS[sign];
  if (holds) {
    return (a, b) => {
      const order = compare(a, b);
      if (order !== undefined) return holds(order);
      if (a === null || b === null) {
        return decline(
          c,
          (a === null ? left : null) ?? right,
          `${a === null ? subject : quote(right)}没有值，不能比较大小`,
        );
      }
      return decline(c, right, `${subject}是${kindOf(a)}，${quote(right)}是${kindOf(b)}，不能比较大小`);
    };
  }
  if (sign !== '=' && sign !== '!=') throw new FeelError(`不认识运算符“${sign}”`, c.source, right.from, right.to);
  return (a, b, spend) => {
    const same = equals(a, b, spend);
    if (same !== undefined) return same === (sign === '=');
    return decline(c, right, `${subject}是${kindOf(a)}，${quote(right)}是${kindOf(b)}，不能比较是否相等`);
  };
}

const both = (a: boolean | null, b: boolean | null): boolean | null =>
  a === false || b === false ? false : a === null || b === null ? null : true;

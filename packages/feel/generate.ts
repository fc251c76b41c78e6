/**
 * Owns the meaning of each kind of expression: a checked tree becomes closures, once; evaluating is calling them.
 * Strict mode: null takes no part in arithmetic, order or conditions, and kinds are not mixed - these are errors that quote the
 * part that is empty. Tolerant mode (half-filled forms): such a part is null. `and`/`or` are three-valued in both.
 * No text ever becomes JavaScript. Loops and filters live in iterate.ts, tests in tests.ts, calls in call.ts,
 * functions in function.ts.
 */
import { calculate, negate, readNumber, readOperator } from './arithmetic.ts';
import { compileCall, compileDateLiteral } from './call.ts';
import { conforms, readType } from './conform.ts';
import { FeelError } from './error.ts';
import { compileFunction } from './function.ts';
import { compileFilter, compileFor, compileQuantified } from './iterate.ts';
import {
  type Closure,
  type Compilation,
  decline,
  declining,
  type Frame,
  note,
  placeOf,
  quote,
  type Scope,
  variable,
} from './scope.ts';
import { misplacedTest, type Node, nameOf, stringOf } from './syntax.ts';
import { hasTemporalProperty, isTemporal, readMoment, temporalProperty } from './temporal.ts';
import { compileBetween, compileComparison, compileMembership, includedEnds } from './tests.ts';
import { FeelRange, isContext, isForbiddenName, isList, kindOf, ownProperty, toValue, type Value } from './values.ts';

type Form = (c: Compilation, node: Node, scope: Scope | null) => Closure;

const MAX_DEPTH = 200;

/** Compiles any expression node. Every evaluated node costs one operation of the budget. */
export function compileNode(c: Compilation, node: Node, scope: Scope | null): Closure {
  if (c.depth > MAX_DEPTH) throw new FeelError('表达式嵌套太深', c.source, node.from, node.to);
  const form = Object.hasOwn(FORMS, node.name) ? FORMS[node.name] : undefined;
  if (!form) throw new FeelError(`不支持这种写法：${quote(node)}`, c.source, node.from, node.to);
  const closure = form({ ...c, depth: c.depth + 1 }, node, scope);
  return (frame) => {
    frame.run.spend(1);
    return closure(frame);
  };
}

/** The child at this place; the grammar guarantees it. */
function part(node: Node, index: number): Node {
  const child = node.parts[index];
  if (!child) throw new Error(`${node.name} without part ${index}`);
  return child;
}

const FORMS: Readonly<Record<string, Form>> = {
  NumericLiteral: (c, node) => constant(numberOf(c, node)),
  StringLiteral: (c, node) => constant(stringOf(node, c.source)),
  BooleanLiteral: (_, node) => constant(node.text === 'true'),
  null: () => constant(null),
  DateTimeLiteral: compileDateLiteral,
  ParenthesizedExpression: compileParentheses,
  SimplePositiveUnaryTest: compileLooseTest,
  Interval: compileInterval,
  VariableName: (c, node, scope) => variable(c, node, nameOf(node, c.source, c.spacedNames), scope),
  '?': compileInput,
  PathExpression: compilePath,
  ArithmeticExpression: compileArithmetic,
  Comparison: compileAnyComparison,
  Conjunction: (c, node, scope) => compileLogic(c, node, scope, false),
  Disjunction: (c, node, scope) => compileLogic(c, node, scope, true),
  IfExpression: compileIf,
  List: compileList,
  Context: compileContext,
  FilterExpression: compileFilter,
  ForExpression: compileFor,
  QuantifiedExpression: compileQuantified,
  FunctionInvocation: compileCall,
  FunctionDefinition: compileFunction,
  InstanceOfExpression: compileInstanceOf,
};

const constant =
  (value: Value): Closure =>
  () =>
    value;

function numberOf(c: Compilation, node: Node): number {
  const n = readNumber(node.text.replace(/\s/g, ''));
  if (n === null) throw new FeelError(`数字${quote(node)}超出可精确表示的范围`, c.source, node.from, node.to);
  return n;
}

function compileInput(c: Compilation, node: Node, scope: Scope | null): Closure {
  if (placeOf('?', scope) !== 'local') throw new FeelError('“？”只能用在条件格里', c.source, node.from, node.to);
  return variable(c, node, '?', scope);
}

// ---- ranges ----------------------------------------------------------------------------------------------------------

/** `(< 5)` is a range, anything else in parentheses is itself. */
function compileParentheses(c: Compilation, node: Node, scope: Scope | null): Closure {
  const inner = part(node, 0);
  const [sign, end] = inner.parts as [Node, Node | undefined];
  if (inner.name !== 'SimplePositiveUnaryTest' || !end) return c.compile(c, inner, scope);
  const make = HALF_RANGES[sign.text];
  if (!make) throw misplacedTest(c.source, inner);
  const bound = c.compile(c, end, scope);
  return (frame) => {
    const value = bound(frame);
    return value === null ? decline(c, end, `${quote(end)}没有值，不能作区间的端点`) : make(value);
  };
}

const HALF_RANGES: Readonly<Record<string, (end: Value) => FeelRange>> = {
  '<': (end) => new FeelRange(null, end, false, false),
  '<=': (end) => new FeelRange(null, end, false, true),
  '>': (end) => new FeelRange(end, null, false, false),
  '>=': (end) => new FeelRange(end, null, true, false),
};

function compileLooseTest(c: Compilation, node: Node, scope: Scope | null): Closure {
  const [interval, operand] = node.parts as [Node, Node | undefined];
  if (!operand) return c.compile(c, interval, scope);
  const message = '单边比较只能用在 in 之后、括号内或条件格里';
  throw new FeelError(message, c.source, node.from, node.to);
}

/** `[1..5]`, `(1..5]`, `]1..5[`; an empty end is an error, never "no bound" */
function compileInterval(c: Compilation, node: Node, scope: Scope | null): Closure {
  const [lowNode, highNode] = [part(node, 0), part(node, 1)];
  const [low, high] = [c.compile(c, lowNode, scope), c.compile(c, highNode, scope)];
  const [lowIncluded, highIncluded] = includedEnds(node);
  return (frame) => {
    const [from, to] = [low(frame), high(frame)];
    if (from === null || to === null) {
      return decline(c, node, `${quote(from === null ? lowNode : highNode)}没有值，不能作区间的端点`);
    }
    return new FeelRange(from, to, lowIncluded, highIncluded);
  };
}

// ---- paths -----------------------------------------------------------------------------------------------------------

function compilePath(c: Compilation, node: Node, scope: Scope | null): Closure {
  const [base, member] = [part(node, 0), part(node, 1)];
  const name = nameOf(member, c.source, c.spacedNames);
  const path = dottedPath(c, node);
  if (path) note(c, placeOf(path.split('.', 1)[0] ?? path, scope), path);
  const plain = base.name === 'VariableName' || base.name === 'PathExpression';
  // the ledger keeps the longest path only: what `a.b` reads is not `a`
  const inner = plain ? { ...c, used: { ...c.used, paths: new Set<string>(), rowPaths: new Set<string>() } } : c;
  const holder = c.compile(inner, base, scope);
  return (frame) => memberOf(c, node, holder(frame), name, frame);
}

/** `a.b.c`, also through filters (`a.items[x > 1].b` reads `a.items.b`); null when it begins with something computed. */
function dottedPath(c: Compilation, node: Node): string | null {
  if (node.name === 'VariableName') return nameOf(node, c.source, c.spacedNames);
  if (node.name === 'FilterExpression') return dottedPath(c, part(node, 0));
  if (node.name !== 'PathExpression') return null;
  const base = dottedPath(c, part(node, 0));
  return base === null ? null : `${base}.${nameOf(part(node, 1), c.source, c.spacedNames)}`;
}

function memberOf(c: Compilation, node: Node, holder: Value, name: string, frame: Frame): Value {
  if (holder === null) return null;
  if (isContext(holder)) return ownProperty(holder, name) ?? null;
  if (isList(holder)) {
    frame.run.spend(holder.length);
    return holder.map((item) => memberOf(c, node, toValue(item), name, frame));
  }
  const moment = typeof holder === 'string' && hasTemporalProperty(name) ? readMoment(holder) : holder;
  if (isTemporal(moment)) {
    const property = temporalProperty(moment, name);
    if (property !== undefined) return property;
    return decline(c, node, `${quote(node)}：${kindOf(moment)}没有“${name}”这一项`);
  }
  if (holder instanceof FeelRange) {
    const property = rangeProperty(holder, name);
    return property !== undefined ? property : decline(c, node, `${quote(node)}：区间没有“${name}”这一项`);
  }
  return decline(c, node, `${quote(part(node, 0))}是${kindOf(holder)}，没有“${name}”这一项`);
}

/** undefined: no such property; a range without a bound starts or ends with null */
function rangeProperty(range: FeelRange, name: string): Value | undefined {
  if (name === 'start included') return range.lowIncluded;
  if (name === 'end included') return range.highIncluded;
  return name === 'start' ? range.low : name === 'end' ? range.high : undefined;
}

// ---- operators -------------------------------------------------------------------------------------------------------

function compileArithmetic(c: Compilation, node: Node, scope: Scope | null): Closure {
  if (node.parts.length === 2) {
    const sign = part(node, 0);
    if (sign.text !== '-') throw new FeelError(`“${sign.text}”前面缺少值`, c.source, sign.from, sign.to);
    const operand = c.compile(c, part(node, 1), scope);
    return declining(c, node, (frame) => {
      const value = operand(frame);
      return value === null ? emptyOperand(c, part(node, 1), '-') : negate(value);
    });
  }
  const [left, right] = [part(node, 0), part(node, 2)];
  const sign = part(node, 1);
  const operator = readOperator(sign.text);
  if (!operator) throw new FeelError(`不认识运算符“${sign.text}”`, c.source, sign.from, sign.to);
  const [a, b] = [c.compile(c, left, scope), c.compile(c, right, scope)];
  return declining(c, node, (frame) => {
    const x = a(frame);
    const y = b(frame);
    if (x === null) return emptyOperand(c, left, operator);
    return y === null ? emptyOperand(c, right, operator) : calculate(operator, x, y);
  });
}

const emptyOperand = (c: Compilation, node: Node, operator: string): null =>
  decline(c, node, `${quote(node)}没有值，不能参与“${operator}”运算`);

function compileAnyComparison(c: Compilation, node: Node, scope: Scope | null): Closure {
  const words = node.tokens.map((token) => token.name);
  if (words.includes('between')) return compileBetween(c, node, scope);
  if (words.includes('in')) return compileMembership(c, node, scope);
  const right = part(node, 2);
  if (right.name === 'SimplePositiveUnaryTest' && right.parts.length > 1) throw misplacedTest(c.source, right);
  return compileComparison(c, node, scope);
}

/**
 * `and` (decisive false) and `or` (decisive true), three-valued: the decisive value on one side decides, whatever the other side is;
 * else null on a side leaves it open. The right side is not looked at once the left side has decided.
 */
function compileLogic(c: Compilation, node: Node, scope: Scope | null, decisive: boolean): Closure {
  const word = decisive ? 'or' : 'and';
  const [left, right] = [part(node, 0), part(node, 1)];
  const [a, b] = [c.compile(c, left, scope), c.compile(c, right, scope)];
  return (frame) => {
    const x = a(frame);
    if (x === decisive) return decisive;
    const y = b(frame);
    if (y === decisive) return decisive;
    for (const [side, value] of [
      [left, x],
      [right, y],
    ] as const) {
      if (value !== null && typeof value !== 'boolean') truth(c, side, value, word);
    }
    return x === !decisive && y === !decisive ? !decisive : null;
  };
}

/** true, false, or (tolerant only) null for everything else */
function truth(c: Compilation, node: Node, value: Value, use: string): boolean | null {
  if (typeof value === 'boolean') return value;
  const state = value === null ? '没有值' : `是${kindOf(value)}，不是“是否”`;
  return decline(c, node, `${quote(node)}${state}，不能用在“${use}”里`);
}

function compileIf(c: Compilation, node: Node, scope: Scope | null): Closure {
  const condition = part(node, 0);
  const [test, yes, no] = [
    c.compile(c, condition, scope),
    c.compile(c, part(node, 1), scope),
    c.compile(c, part(node, 2), scope),
  ];
  return (frame) => (truth(c, condition, test(frame), 'if') === true ? yes(frame) : no(frame));
}

/** null is an instance of nothing. */
function compileInstanceOf(c: Compilation, node: Node, scope: Scope | null): Closure {
  const written = part(node, 1);
  const type = readType(written.text, c.types);
  if (!type) throw new FeelError(`不认识类型${quote(written)}`, c.source, written.from, written.to);
  const operand = c.compile(c, part(node, 0), scope);
  return (frame) => {
    const value = operand(frame);
    return value !== null && conforms(value, type);
  };
}

// ---- lists and contexts ----------------------------------------------------------------------------------------------

function compileList(c: Compilation, node: Node, scope: Scope | null): Closure {
  const items = node.parts.map((item) => c.compile(c, item, scope));
  return (frame) => items.map((item) => item(frame));
}

/** Entries are evaluated in order; each sees those before it. */
function compileContext(c: Compilation, node: Node, scope: Scope | null): Closure {
  const seen = new Set<string>();
  const inner: Scope = { outer: scope, names: seen };
  const entries = node.parts.map((entry): [string, Closure] => {
    const key = keyOf(c, part(entry, 0));
    const value = c.compile(c, part(entry, 1), inner);
    if (seen.has(key)) throw new FeelError(`“${key}”写了两次`, c.source, entry.from, entry.to);
    seen.add(key);
    return [key, value];
  });
  return (frame) => {
    const variables: Record<string, Value> = {};
    const own: Frame = { run: frame.run, outer: frame, variables, row: null };
    for (const [key, value] of entries) variables[key] = value(own);
    return variables;
  };
}

function keyOf(c: Compilation, key: Node): string {
  const name = part(key, 0);
  if (name.name !== 'StringLiteral') return nameOf(name, c.source, c.spacedNames);
  const text = stringOf(name, c.source);
  if (isForbiddenName(text)) throw new FeelError(`不允许使用名称“${text}”`, c.source, name.from, name.to);
  return text;
}

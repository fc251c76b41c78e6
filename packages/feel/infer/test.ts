/** Owns the types of questions with a yes or no about one value: comparisons, `between`, `in`, cells of decision tables. Rule: [TYP4]. */
import { join, neverEqual } from '../fit.ts';
import type { Node } from '../syntax.ts';
import { ANY, BOOLEAN, printType, type Type } from '../type.ts';
import { type Inferring, itemOf, quoted, reportMisfit, type Scope } from './walk.ts';

export function inferComparison(i: Inferring, node: Node, scope: Scope | null): Type {
  const [left, ...rest] = node.parts as [Node, ...Node[]];
  const subject = i.infer(left, scope);
  const words = node.tokens.map((token) => token.name);
  if (words.includes('between')) for (const end of rest) checkOrder(i, end, subject, i.infer(end, scope));
  else if (words.includes('in')) for (const test of rest) inferTest(i, test, scope, subject);
  else checkRelation(i, rest[1] as Node, left, rest[0]?.text ?? '=', subject, i.infer(rest[1] as Node, scope));
  return BOOLEAN;
}

/** `= != < <= > >=` between the two */
function checkRelation(i: Inferring, node: Node, left: Node, sign: string, a: Type, b: Type): void {
  if (sign === '=' || sign === '!=') checkEqual(i, node, left, a, b);
  else checkOrder(i, node, a, b);
}

function checkEqual(i: Inferring, node: Node, left: Node, a: Type, b: Type): void {
  const wrong = neverEqual(a, b);
  if (!wrong) return;
  if (wrong.kind === 'type') {
    const message = `${quoted(left)}是${printType(a)}，${quoted(node)}是${printType(b)}，永远不会相等`;
    i.report(node, 'wrong-type', message);
  } else reportMisfit(i, node, wrong, b, a);
}

const ORDERED = new Set(['number', 'string', 'date', 'time', 'date and time']);

function checkOrder(i: Inferring, node: Node, a: Type, b: Type): void {
  const unknown = [a, b].find(({ kind }) => kind === 'any' || kind === 'null' || kind === 'named');
  const unordered = [a, b].find(({ kind }) => kind === 'boolean' || kind === 'list' || kind === 'context');
  if (unordered) i.report(node, 'wrong-type', `${printType(unordered)}不能比较大小`);
  else if (!unknown && neverEqual(a, b)?.kind === 'type' && (ORDERED.has(a.kind) || a.kind !== b.kind)) {
    i.report(node, 'wrong-type', `${printType(a)}与${printType(b)}不能比较大小`);
  }
}

/** A test of a value of type `input`: one after `in`, or a cell. */
export function inferTest(i: Inferring, node: Node, scope: Scope | null, input: Type): void {
  if (['PositiveUnaryTests', 'PositiveUnaryTest', 'not'].includes(node.name)) {
    for (const part of node.parts) inferTest(i, part, scope, input);
  } else if (node.name === 'Interval') {
    for (const end of node.parts) checkOrder(i, end, input, i.infer(end, scope));
  } else if (node.name === 'SimplePositiveUnaryTest') {
    const [sign, operand] = node.parts as [Node, Node | undefined];
    if (!operand) inferTest(i, sign, scope, input);
    else checkRelation(i, operand, node, sign.text, input, i.infer(operand, scope));
  } else checkMatch(i, node, scope, input);
}

/** An expression as a test: a value or a list of values to match, or a question that answers itself. */
function checkMatch(i: Inferring, node: Node, scope: Scope | null, input: Type): void {
  const type = i.infer(node, scope);
  if (type.kind === 'boolean' && node.name !== 'BooleanLiteral') return;
  const wanted = type.kind === 'range' || (type.kind === 'list' && input.kind !== 'list') ? itemOf(type) : type;
  const wrong = neverEqual(itemOf(input), itemOf(wanted));
  if (wrong) reportMisfit(i, node, wrong, wanted, input);
}

/** `[a..b]` as a value */
export function inferInterval(i: Inferring, node: Node, scope: Scope | null): Type {
  const [low = ANY, high = ANY] = node.parts.map((end) => i.infer(end, scope));
  return { kind: 'range', of: join(low, high) };
}

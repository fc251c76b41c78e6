/**
 * Owns the static check of an expression: the type of every part, from the types of the names it may use. What it finds is wrong for
 * every value the names can have; what it cannot know is of any type and is left alone. The same tree is compiled by generate.ts;
 * nothing is evaluated here. Calls are in call.ts, comparisons and tests in test.ts. Rules: [TYP3] to [TYP6].
 */
import { type Language, parserOf } from '../compile.ts';
import { join, memberOf, membersOf, misfit } from '../fit.ts';
import { missing } from '../nearest.ts';
import { type Node, nameOf, stringOf } from '../syntax.ts';
import { ANY, BOOLEAN, contextOf, listOf, NULL, NUMBER, oneOf, printType, STRING, type Type } from '../type.ts';
import { inferCall, inferDateLiteral } from './call.ts';
import { inferComparison, inferInterval, inferTest } from './test.ts';
import {
  type Environment,
  type Finding,
  type Inference,
  type Inferring,
  itemOf,
  quoted,
  reportMisfit,
  type Scope,
} from './walk.ts';

export type { Environment, Finding, Inference, Refinement } from './walk.ts';

/** The type of an expression, and what is wrong with it. `wanted`: what its place takes. Throws FeelError when it cannot be parsed. */
export function inferExpression(source: string, language: Language, environment: Environment, wanted = ANY): Inference {
  const inferring = begin(source, language, environment);
  const [top] = parserOf(language)(source, 'Expression').parts as [Node];
  const type = inferring.infer(top, null);
  inferring.expect(top, type, wanted);
  return { type, findings: inferring.findings };
}

/** The same for one cell of a decision table, whose input is of this type. */
export function inferUnaryTests(
  source: string,
  language: Language,
  environment: Environment,
  input: Type,
): readonly Finding[] {
  if (source.trim() === '' || source.trim() === '-') return [];
  const inferring = begin(source, language, environment);
  const frame: Scope = { outer: null, names: new Map([['?', input]]) };
  for (const part of parserOf(language)(source, 'UnaryTests').parts) inferTest(inferring, part, frame, input);
  return inferring.findings;
}

// ---- the walk --------------------------------------------------------------------------------------------------------

function begin(source: string, language: Language, environment: Environment): Inferring {
  const findings: Finding[] = [];
  const inferring: Inferring = {
    source,
    language,
    environment,
    findings,
    infer: (node, scope) => (Object.hasOwn(FORMS, node.name) ? FORMS[node.name]?.(inferring, node, scope) : ANY) ?? ANY,
    elsewhere: (text, names) => inferExpression(text, language, { ...environment, names }).type,
    expect: (node, given, wanted) => {
      const wrong = misfit(given, wanted);
      if (wrong) reportMisfit(inferring, node, wrong, given, wanted);
    },
    report: (node, rule, message, name) => {
      const severity = rule === 'inactive-value' || rule === 'perhaps-null' ? 'warning' : 'error';
      findings.push({ rule, severity, message, from: node.from, to: node.to, ...(name !== undefined && { name }) });
    },
  };
  return inferring;
}

type Form = (i: Inferring, node: Node, scope: Scope | null) => Type;

const FORMS: Readonly<Record<string, Form>> = {
  NumericLiteral: () => NUMBER,
  StringLiteral: (i, node) => oneOf([stringOf(node, i.source)]),
  BooleanLiteral: () => BOOLEAN,
  null: () => NULL,
  DateTimeLiteral: inferDateLiteral,
  ParenthesizedExpression: (i, node, scope) => i.infer(part(node, 0), scope),
  VariableName: (i, node, scope) => lookUp(i, node, spelt(i, node), scope),
  '?': (i, node, scope) => lookUp(i, node, '?', scope),
  PathExpression: inferPath,
  ArithmeticExpression: inferArithmetic,
  Comparison: inferComparison,
  Conjunction: inferLogic,
  Disjunction: inferLogic,
  IfExpression: inferIf,
  List: (i, node, scope) => listOf(node.parts.map((item) => i.infer(item, scope)).reduce(join, NULL)),
  Context: inferContext,
  FilterExpression: inferFilter,
  ForExpression: inferFor,
  QuantifiedExpression: inferQuantified,
  FunctionInvocation: inferCall,
  FunctionDefinition: () => ({ kind: 'function', parameters: [], result: ANY }),
  InstanceOfExpression: (i, node, scope) => {
    i.infer(part(node, 0), scope);
    return BOOLEAN;
  },
  SimplePositiveUnaryTest: (i, node, scope) => i.infer(node.parts.at(-1) ?? node, scope),
  Interval: inferInterval,
};

function part(node: Node, index: number): Node {
  const child = node.parts[index];
  if (!child) throw new Error(`${node.name} without part ${index}`);
  return child;
}

/** The name as compile.ts has already accepted it. */
const spelt = (i: Inferring, node: Node): string => nameOf(node, i.source, ANY_NAME);
const ANY_NAME = { has: () => true };

function lookUp(i: Inferring, node: Node, name: string, scope: Scope | null): Type {
  let known: string[] = [];
  for (let frame = scope; frame; frame = frame.outer) {
    if (frame.names?.has(name)) return frame.names.get(name) ?? ANY;
    known = known.concat([...(frame.names?.keys() ?? [])]);
    const { row } = frame;
    if (!row) continue;
    if (name === 'item') return row;
    if (row.kind === 'any') return i.environment.names.get(name) ?? ANY;
    if (row.kind !== 'context') continue;
    const member = row.members.get(name);
    if (member) return member;
    if (row.open) return i.environment.names.get(name) ?? ANY;
    known = known.concat([...row.members.keys()]);
  }
  const type = i.environment.names.get(name);
  if (type && i.environment.unsure?.has(name) && !asksFor(name, i.source))
    i.report(node, 'perhaps-null', `「${name}」在有些走法下还没有，这里要先问它有没有（= null、get or、reached）`);
  if (type) return type;
  const why = i.environment.absent?.get(name);
  if (why !== undefined) i.report(node, 'unknown-name', `此处还没有「${name}」：${why}`, name);
  else i.report(node, 'unknown-name', missing(name, [...known, ...i.environment.names.keys()]), name);
  return ANY;
}

/** Does the expression ask whether there is something, before or while it uses it? */
function asksFor(name: string, source: string): boolean {
  if (/\b(reached|times|outcome of|finished at|done by|is defined)\s*\(/.test(source)) return true;
  const spelt = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(
    `get or\\(\\s*[^,]*\\b${spelt}\\b|\\b${spelt}\\b[^=<>]*!?=\\s*null|null\\s*!?=\\s*${spelt}\\b`,
  ).test(source);
}

function inferPath(i: Inferring, node: Node, scope: Scope | null): Type {
  const holder = i.infer(part(node, 0), scope);
  const name = spelt(i, part(node, 1));
  const member = memberOf(holder, name);
  if (member) return member;
  const text = quoted(part(node, 0));
  if (holder.kind === 'string' && holder.enumeration === undefined && holder.id === undefined) return ANY; // ISO text has parts
  const message = `${text}（${printType(holder)}）下${missing(name, membersOf(holder))}`;
  i.report(part(node, 1), 'unknown-member', message, name);
  return ANY;
}

function inferArithmetic(i: Inferring, node: Node, scope: Scope | null): Type {
  if (node.parts.length === 2) {
    const operand = i.infer(part(node, 1), scope);
    if (isDuration(operand)) return operand;
    i.expect(part(node, 1), operand, NUMBER);
    return NUMBER;
  }
  const [left, sign, right] = [part(node, 0), part(node, 1), part(node, 2)];
  const [a, b] = [i.infer(left, scope), i.infer(right, scope)];
  if (unknown(a) && unknown(b)) return ANY;
  const result = arithmetic(sign.text, a, b);
  if (result) return result;
  const operator = sign.text;
  const message = `${quoted(left)}是${printType(a)}，${quoted(right)}是${printType(b)}，不能用“${operator}”计算`;
  i.report(node, 'wrong-type', message);
  return ANY;
}

const unknown = (type: Type): boolean => type.kind === 'any' || type.kind === 'null' || type.kind === 'named';
const isDuration = ({ kind }: Type): boolean =>
  kind === 'days and time duration' || kind === 'years and months duration';
const isMoment = ({ kind }: Type): boolean => kind === 'date' || kind === 'date and time' || kind === 'time';

/** The type of `a sign b`; undefined: there is no such operation. One side may be unknown. */
function arithmetic(sign: string, a: Type, b: Type): Type | undefined {
  if (unknown(a) || unknown(b)) {
    const known = unknown(a) ? b : a;
    if (sign === '+' && known.kind === 'string') return STRING;
    if (known.kind === 'number' && (sign === '+' || sign === '-' || a.kind === 'null' || b.kind === 'null'))
      return NUMBER;
    return known.kind === 'list' || known.kind === 'context' || known.kind === 'boolean' ? undefined : ANY;
  }
  if (a.kind === 'number' && b.kind === 'number') return NUMBER;
  if (sign === '+') {
    const textual = (type: Type) => type.kind === 'string' || isMoment(type);
    if ((a.kind === 'string' || b.kind === 'string') && textual(a) && textual(b)) return STRING;
    if (isMoment(a) && isDuration(b)) return a;
    if (isDuration(a) && isMoment(b)) return b;
  }
  if (sign === '-' && isMoment(a)) {
    if (isDuration(b)) return a;
    return isMoment(b) || isIso(b) ? { kind: 'days and time duration' } : undefined;
  }
  if (sign === '-' && isIso(a) && isMoment(b)) return { kind: 'days and time duration' };
  if (isDuration(a) && a.kind === b.kind) return sign === '/' ? NUMBER : sign === '+' || sign === '-' ? a : undefined;
  if (isDuration(a) && b.kind === 'number') return sign === '*' || sign === '/' ? a : undefined;
  return a.kind === 'number' && isDuration(b) && sign === '*' ? b : undefined;
}

const isIso = (type: Type): boolean => type.kind === 'string' && misfit(type, { kind: 'date' }) === undefined;

function inferLogic(i: Inferring, node: Node, scope: Scope | null): Type {
  for (const operand of node.parts) i.expect(operand, i.infer(operand, scope), BOOLEAN);
  return BOOLEAN;
}

function inferIf(i: Inferring, node: Node, scope: Scope | null): Type {
  const condition = part(node, 0);
  i.expect(condition, i.infer(condition, scope), BOOLEAN);
  return join(i.infer(part(node, 1), scope), i.infer(part(node, 2), scope));
}

function inferContext(i: Inferring, node: Node, scope: Scope | null): Type {
  const members = new Map<string, Type>();
  for (const entry of node.parts) {
    const key = part(part(entry, 0), 0);
    const name = key.name === 'StringLiteral' ? stringOf(key, i.source) : spelt(i, key);
    members.set(name, i.infer(part(entry, 1), { outer: scope, names: new Map(members) }));
  }
  return contextOf(members);
}

function inferFilter(i: Inferring, node: Node, scope: Scope | null): Type {
  const [source, condition] = [part(node, 0), part(node, 1)];
  const item = itemOf(i.infer(source, scope));
  const answer = i.infer(condition, { outer: scope, row: item.kind === 'null' ? ANY : item });
  if (answer.kind === 'number') return item;
  if (answer.kind === 'any') return ANY; // a position or a condition, only the data can tell
  i.expect(condition, answer, BOOLEAN);
  return listOf(item);
}

function inferFor(i: Inferring, node: Node, scope: Scope | null): Type {
  const inner = inferIterators(i, part(node, 0), scope);
  const names = new Map(inner.names).set('partial', listOf(ANY));
  return listOf(i.infer(part(node, 1), { outer: scope, names }));
}

function inferQuantified(i: Inferring, node: Node, scope: Scope | null): Type {
  const body = part(node, 1);
  i.expect(body, i.infer(body, inferIterators(i, part(node, 0), scope)), BOOLEAN);
  return BOOLEAN;
}

function inferIterators(i: Inferring, node: Node, scope: Scope | null): Scope {
  const names = new Map<string, Type>();
  for (const iterator of node.parts) {
    const inner: Scope = { outer: scope, names: new Map(names) };
    const over = part(iterator, 1);
    const [first, last] = over.parts.map((end) => i.infer(end, inner));
    names.set(spelt(i, part(iterator, 0)), last ? (first ?? ANY) : itemOf(first ?? ANY));
  }
  return { outer: scope, names };
}

/**
 * Owns calling functions: which exist, their arguments by place or by name, how they decline them. An unknown function, a wrong
 * number of arguments or an unknown argument name is an error at compile time in both modes; a function that is a value is known only
 * when it is called. Dates written as literals are checked at compile time.
 */
import { ArgumentError, FeelError } from './error.ts';
import {
  type Callable,
  type Closure,
  type Compilation,
  decline,
  declining,
  newUsage,
  placeOf,
  quote,
  type Scope,
  variable,
} from './scope.ts';
import { type Node, nameOf, stringOf } from './syntax.ts';
import { readDuration, readMoment, readTime } from './temporal.ts';
import { arityOf, parseSignature } from './type.ts';
import { FeelFunction, isContext, isList, MAX_LIST, MAX_TEXT, ownProperty, type Value } from './values.ts';

export function compileCall(c: Compilation, node: Node, scope: Scope | null): Closure {
  const [callee, list] = node.parts as [Node, Node | undefined];
  const root = rootOf(callee);
  const known = callee.name === 'VariableName' && c.functions.has(nameOf(callee, c.source, c.spacedNames));
  const place = root && placeOf(nameOf(root, c.source, c.spacedNames), scope);
  const mayHold = root !== null && !known && c.holdFunctions.has(nameOf(root, c.source, c.spacedNames));
  const held = place === null || (place === 'local' && !known) || mayHold;
  if (held && callee.name !== 'SpecialFunctionName') return callValue(c, node, callee, list, scope);
  if (callee.name === 'VariableName' || callee.name === 'SpecialFunctionName') {
    return callNamed(c, node, callee, list, scope);
  }
  throw new FeelError(`${quote(callee)}不是函数`, c.source, callee.from, callee.to);
}

/** The variable a path begins with; null when it begins with something computed. */
function rootOf(node: Node): Node | null {
  if (node.name === 'VariableName') return node;
  const [first] = node.parts;
  return first && /^(Path|Filter)Expression$/.test(node.name) ? rootOf(first) : null;
}

/** `date("2026-01-04")`, `duration("P1Y")`, `@"2026-01-04"` */
export function compileDateLiteral(c: Compilation, node: Node, scope: Scope | null): Closure {
  const literal = node.parts[0];
  if (!literal) throw new Error('empty date literal');
  if (literal.name === 'AtLiteral') {
    const text = stringOf(literal.parts[0] ?? literal, c.source);
    const value = readMoment(text) ?? readTime(text) ?? readDuration(text);
    if (!value) throw new FeelError(`“${text}”不是日期、时间或时长`, c.source, node.from, node.to);
    return () => value;
  }
  const list = node.parts[1];
  const closure = callNamed(c, node, literal, list, scope);
  const constant = list?.parts.every((argument) => /^(String|Numeric)Literal$/.test(argument.name));
  return constant ? folded(c, node, closure) : closure;
}

function callNamed(c: Compilation, node: Node, callee: Node, list: Node | undefined, scope: Scope | null): Closure {
  const name = nameOf(callee, c.source, c.spacedNames);
  if (name === 'is defined') return compileIsDefined(c, node, list?.parts ?? [], scope);
  const found = c.functions.get(name);
  if (!found) throw new FeelError(`没有函数“${name}”`, c.source, callee.from, callee.to);
  c.used.functions.add(name);
  const nodes = list?.name === 'NamedParameters' ? byName(c, node, name, found, list) : (list?.parts ?? []);
  checkCount(c, node, name, arity(found), nodes.length);
  const args = nodes.map((argument) => (argument ? c.compile(c, argument, scope) : undefined));
  return declining(c, node, (frame) => {
    const { world, spend } = frame.run;
    const given = args.map((argument) => argument?.(frame)) as Value[];
    const values = found.skipsEmpty && !c.strict ? given.map(filledOnly) : given;
    for (const value of values) spend(cost(value ?? null));
    const result: Value | undefined = found.call(values, world, spend);
    spend(cost(result ?? null));
    return result ?? null;
  });
}

/** [F73] A list without what has not been filled in. */
const filledOnly = (value: Value): Value =>
  isList(value) ? value.filter((item) => item !== null && item !== undefined) : value;

/** A function held by a value: `f(1)` of a context entry or parameter, `lib.f(1)`, `(function(x) x)(1)`. */
function callValue(c: Compilation, node: Node, callee: Node, list: Node | undefined, scope: Scope | null): Closure {
  if (/Literal$|^null$|^List$/.test(callee.name)) {
    throw new FeelError(`${quote(callee)}不是函数`, c.source, callee.from, callee.to);
  }
  const holder = c.compile(c, callee, scope);
  const named = list?.name === 'NamedParameters';
  const names = named ? list.parts.map((parameter) => parameterName(parameter)) : null;
  const args = (list?.parts ?? []).map((one) => c.compile(c, named ? (one.parts[1] as Node) : one, scope));
  return declining(c, node, (frame) => {
    const held = holder(frame);
    if (!(held instanceof FeelFunction)) return decline(c, callee, `${quote(callee)}不是函数`);
    const values = args.map((argument) => argument(frame));
    return held.call(
      names ? held.parameters.map((name) => values[names.indexOf(name)] ?? null) : values,
      frame.run.world,
      frame.run.spend,
    );
  });
}

const parameterName = (parameter: Node): string => (parameter.parts[0] as Node).text.replace(/\s+/g, ' ');

/** `f(b: 2, a: 1)`: the arguments in the order of the first signature that has all these names and needs no others. */
function byName(c: Compilation, node: Node, name: string, of: Callable, list: Node): (Node | undefined)[] {
  const given = new Map(list.parts.map((parameter) => [parameterName(parameter), parameter.parts[1] as Node]));
  if (given.size < list.parts.length) throw new FeelError('参数名写了两次', c.source, list.from, list.to);
  const signatures = (of.signatures ?? []).map(parseSignature);
  const fitting = signatures.find(({ parameters }) => {
    const known = new Set(parameters.map((parameter) => parameter.name));
    return (
      [...given.keys()].every((key) => known.has(key)) &&
      parameters.every((parameter) => parameter.optional || given.has(parameter.name))
    );
  });
  if (!fitting) {
    const names = signatures.map(({ parameters }) => parameters.map((parameter) => parameter.name).join('、'));
    const hint = names.length ? `参数名是：${names.join('；或')}` : '它的参数没有名称，请按顺序写';
    throw new FeelError(`函数“${name}”没有这样的参数名，${hint}`, c.source, node.from, node.to);
  }
  const ordered = fitting.parameters.map((parameter) => given.get(parameter.name));
  while (ordered.length > 0 && ordered.at(-1) === undefined) ordered.pop();
  return ordered;
}

/** Least and most arguments, over all signatures. */
function arity(of: Callable): readonly [min: number, max: number] {
  if (of.params) return of.params;
  const known = arities.get(of);
  if (known) return known;
  const each = (of.signatures ?? []).map((signature) => arityOf(parseSignature(signature)));
  const found = [Math.min(...each.map(([min]) => min)), Math.max(...each.map(([, max]) => max))] as const;
  arities.set(of, found);
  return found;
}

const arities = new WeakMap<Callable, readonly [min: number, max: number]>();

/** `is defined(a.b)`: does the last name exist, whatever it holds? Never an error. */
function compileIsDefined(c: Compilation, node: Node, nodes: readonly Node[], scope: Scope | null): Closure {
  checkCount(c, node, 'is defined', [1, 1], nodes.length);
  c.used.functions.add('is defined');
  const [target] = nodes as [Node];
  const tolerant = { ...c, strict: false };
  if (target.name === 'PathExpression') {
    const [base, member] = target.parts as [Node, Node];
    const holder = c.compile({ ...tolerant, used: newUsage() }, base, scope);
    c.compile(c, target, scope); // enters the whole path in the ledger
    const name = nameOf(member, c.source, c.spacedNames);
    return (frame) => {
      const value = holder(frame);
      return isContext(value) && ownProperty(value, name) !== undefined;
    };
  }
  if (target.name !== 'VariableName') {
    throw new FeelError('is defined(…) 里只能写名称或路径', c.source, target.from, target.to);
  }
  const name = nameOf(target, c.source, c.spacedNames);
  const read = variable(tolerant, target, name, scope);
  return (frame) => read(frame) !== null || ownProperty(frame.run.scope, name) !== undefined;
}

function checkCount(c: Compilation, node: Node, name: string, params: readonly [number, number], count: number): void {
  const [min, max] = params;
  if (count >= min && count <= max) return;
  const wanted = min === max ? `${min}` : max === Number.POSITIVE_INFINITY ? `至少 ${min}` : `${min} 到 ${max}`;
  throw new FeelError(`函数“${name}”需要 ${wanted} 个参数，写了 ${count} 个`, c.source, node.from, node.to);
}

/** What handling a value costs besides the call itself; also the ceiling on sizes. */
function cost(value: Value): number {
  if (typeof value === 'string') {
    if (value.length > MAX_TEXT) throw new ArgumentError('文字过长');
    return value.length >> 6;
  }
  if (!isList(value)) return 0;
  if (value.length > MAX_LIST) throw new ArgumentError(`列表超过 ${MAX_LIST} 项`);
  return value.length >> 2;
}

/** A constant: computed when compiled, so that an impossible date is found before it takes effect. */
function folded(c: Compilation, node: Node, closure: Closure): Closure {
  const strict = { scope: {}, world: null, left: 100, spend: () => {} };
  const value = closure({ run: strict, outer: null, variables: null, row: null });
  if (value === null) throw new FeelError(`${quote(node)}不是有效的日期或时长`, c.source, node.from, node.to);
  return () => value;
}

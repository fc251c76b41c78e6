/**
 * Owns calling functions: which exist, how many arguments they take, how they decline them. An unknown function or a wrong
 * number of arguments is an error at compile time in both modes. Dates written as literals are checked at compile time.
 */
import { ArgumentError, FeelError } from './error.ts';
import { type Closure, type Compilation, declining, newUsage, quote, type Scope, variable } from './scope.ts';
import { type Node, nameOf, stringOf } from './syntax.ts';
import { readDuration, readMoment, readTime } from './temporal.ts';
import { isContext, isList, MAX_LIST, MAX_TEXT, ownProperty, type Value } from './values.ts';

export function compileCall(c: Compilation, node: Node, scope: Scope | null): Closure {
  const [callee, list] = node.parts as [Node, Node | undefined];
  if (callee.name !== 'VariableName' && callee.name !== 'SpecialFunctionName') {
    throw new FeelError(`${quote(callee)}不是函数`, c.source, callee.from, callee.to);
  }
  return callNamed(c, node, callee, list, scope);
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
  if (list?.name === 'NamedParameters') {
    throw new FeelError('请按顺序写参数，不支持按名称传参', c.source, list.from, list.to);
  }
  const nodes = list?.parts ?? [];
  if (name === 'is defined') return compileIsDefined(c, node, nodes, scope);
  const found = c.functions.get(name);
  if (!found) throw new FeelError(`没有函数“${name}”`, c.source, callee.from, callee.to);
  checkCount(c, node, name, found.params, nodes.length);
  c.used.functions.add(name);
  const args = nodes.map((argument) => c.compile(c, argument, scope));
  return declining(c, node, (frame) => {
    const { world, spend } = frame.run;
    const values = args.map((argument) => argument(frame));
    for (const value of values) spend(cost(value));
    const result: Value | undefined = found.call(values, world, spend);
    spend(cost(result ?? null));
    return result ?? null;
  });
}

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

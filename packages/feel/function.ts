/**
 * Owns functions written in expressions: `function(a, b: number) a + b`. Such a function sees the names around it; its arguments are
 * checked against the types it declares. Calls in calls are bounded. Functions of other languages (`external`) do not exist.
 */
import { coerce, readType } from './conform.ts';
import { ArgumentError, FeelError } from './error.ts';
import type { Closure, Compilation, Frame, Scope } from './scope.ts';
import { type Node, nameOf } from './syntax.ts';
import { printType, type Type } from './type.ts';
import { FeelFunction, type Value } from './values.ts';

const MAX_CALLS = 60;

/** calls within calls that are running now; evaluation is synchronous */
let running = 0;

interface Formal {
  readonly name: string;
  readonly type: Type | null;
}

export function compileFunction(c: Compilation, node: Node, scope: Scope | null): Closure {
  if (node.tokens.some((token) => token.name === 'external')) {
    throw new FeelError('不支持其他语言写的函数（external）', c.source, node.from, node.to);
  }
  const child = (name: string): readonly Node[] => node.tokens.find((token) => token.name === name)?.parts ?? [];
  const formals = child('FormalParameters').map((parameter) => formalOf(c, parameter));
  const names = formals.map((formal) => formal.name);
  if (new Set(names).size < names.length) throw new FeelError('参数名写了两次', c.source, node.from, node.to);
  const [bodyNode] = child('FunctionBody');
  if (!bodyNode) throw new Error('function without body');
  const body = c.compile(c, bodyNode, { outer: scope, names: new Set(names) });
  return (frame) =>
    new FeelFunction(names, (args, _, spend) => {
      const variables: Record<string, Value> = {};
      formals.forEach((formal, i) => {
        variables[formal.name] = accept(formal, args[i] ?? null);
      });
      return enter({ run: { ...frame.run, spend }, outer: frame, variables, row: null }, body);
    });
}

function formalOf(c: Compilation, parameter: Node): Formal {
  const [label, typeNode] = parameter.parts as [Node, Node | undefined];
  const name = nameOf(label, c.source, c.spacedNames);
  if (!typeNode) return { name, type: null };
  const type = readType(typeNode.text, c.types);
  if (!type) throw new FeelError(`不认识类型“${typeNode.text}”`, c.source, typeNode.from, typeNode.to);
  return { name, type };
}

/** An argument as its declared type wants it; declines what is of another type. */
function accept({ name, type }: Formal, value: Value): Value {
  if (!type) return value;
  const accepted = coerce(value, type);
  if (accepted === undefined) throw new ArgumentError(`参数“${name}”应为${printType(type)}`);
  return accepted;
}

function enter(frame: Frame, body: Closure): Value {
  if (running >= MAX_CALLS) throw new ArgumentError(`函数调用嵌套超过 ${MAX_CALLS} 层`);
  running++;
  try {
    frame.run.spend(1);
    return body(frame);
  } finally {
    running--;
  }
}

/**
 * Owns the types of calls: which signature is meant, what its type variables stand for, what its literal arguments say. A function
 * without signatures takes and gives anything. Rule: [TYP5].
 */
import { functionOf } from '../compile.ts';
import { join, type Misfit, misfit, neverEqual } from '../fit.ts';
import { type Node, stringOf } from '../syntax.ts';
import {
  ANY,
  arityOf,
  BOOLEAN,
  listOf,
  type NamedTypes,
  oneOf,
  parseSignature,
  resolve,
  type Signature,
  type Type,
} from '../type.ts';
import { DERIVED_RESULTS } from './derived.ts';
import { type Inferring, reportMisfit, type Scope } from './walk.ts';

interface Argument {
  node: Node;
  /** named argument */
  name?: string;
  type: Type;
  literal: string | undefined;
}

export function inferCall(i: Inferring, node: Node, scope: Scope | null): Type {
  const [callee, list] = node.parts as [Node, Node | undefined];
  if (callee.name !== 'VariableName' && callee.name !== 'SpecialFunctionName') return ANY;
  return inferNamed(i, callee.text, list, scope);
}

/** `date("2026-01-04")`, `@"P1D"` */
export function inferDateLiteral(i: Inferring, node: Node, scope: Scope | null): Type {
  const [literal, list] = node.parts as [Node, Node | undefined];
  if (literal.name !== 'AtLiteral') return inferNamed(i, literal.text, list, scope);
  const text = stringOf(literal.parts[0] ?? literal, i.source);
  if (text.startsWith('P') || text.startsWith('-P')) return durationOf(text);
  return { kind: !text.includes('-') ? 'time' : text.includes('T') ? 'date and time' : 'date' };
}

const durationOf = (text: string): Type =>
  /[YM]/.test(text.split('T', 1)[0] ?? '') ? { kind: 'years and months duration' } : { kind: 'days and time duration' };

function inferNamed(i: Inferring, written: string, list: Node | undefined, scope: Scope | null): Type {
  const name = written.replace(/\s+/g, ' ').trim();
  if (name === 'is defined') return BOOLEAN; // asks about names that may be missing
  const args = (list?.parts ?? []).map((one) => argumentOf(i, one, scope));
  const literal = args[0]?.literal;
  if (name === 'duration' && literal !== undefined) return durationOf(literal);
  const fitting = signaturesOf(i, name).filter((signature) => {
    const [min, max] = arityOf(signature);
    return args.length >= min && args.length <= max;
  });
  const tries = fitting.map((signature) => tryCall(i, signature, args));
  const best = tries.find(({ wrong }) => wrong.length === 0) ?? tries.at(-1);
  for (const { argument, misfit: found, wanted } of best?.wrong ?? [])
    reportMisfit(i, argument.node, found, argument.type, wanted);
  if (i.environment.heard && fitting[0] && functionOf(i.language, name)?.body !== undefined)
    i.environment.heard(name, givenTo(fitting[0], args));
  return best?.result ?? ANY;
}

function argumentOf(i: Inferring, node: Node, scope: Scope | null): Argument {
  const named = node.name === 'NamedParameter';
  const value = named ? (node.parts[1] ?? node) : node;
  const type = i.infer(value, scope);
  const literal = value.name === 'StringLiteral' ? stringOf(value, i.source) : undefined;
  return { node: value, type, literal, ...(named && { name: (node.parts[0]?.text ?? '').trim() }) };
}

const parsed = new Map<string, Signature>();

function signaturesOf(i: Inferring, name: string): Signature[] {
  const refined = i.environment.named;
  return (functionOf(i.language, name)?.signatures ?? []).map((text) => {
    let signature = parsed.get(text);
    if (!signature) {
      signature = parseSignature(text);
      parsed.set(text, signature);
    }
    const known = (type: Type): Type => resolveKeeping(type, refined);
    return {
      ...signature,
      parameters: signature.parameters.map((parameter) => ({ ...parameter, type: known(parameter.type) })),
      result: known(signature.result),
    };
  });
}

const isVariable = (name: string): boolean => /^[A-Z]$/.test(name);

/** Named types resolved, type variables kept. */
function resolveKeeping(type: Type, named: NamedTypes): Type {
  if (type.kind === 'named') return isVariable(type.name) ? type : (named.get(type.name) ?? ANY);
  if (type.kind === 'list') return listOf(resolveKeeping(type.item, named));
  return type.kind === 'range' ? { kind: 'range', of: resolveKeeping(type.of, named) } : type;
}

interface Wrong {
  argument: Argument;
  misfit: Misfit;
  wanted: Type;
}

function tryCall(i: Inferring, signature: Signature, args: readonly Argument[]): { result: Type; wrong: Wrong[] } {
  const refined = i.environment.refine.get(signature.name)?.(args.map(({ literal }) => literal)) ?? {};
  const bound = new Map<string, Type>();
  const grows = mentionsVariable(signature.result);
  const wrong: Wrong[] = [];
  for (const [index, argument] of args.entries()) {
    const at = argument.name
      ? signature.parameters.findIndex(({ name }) => name === argument.name)
      : Math.min(index, signature.parameters.length - 1);
    const wanted = refined.parameters?.[at] ?? signature.parameters[at]?.type ?? ANY;
    const found = bind(argument.type, wanted, bound, grows);
    if (found) wrong.push({ argument, misfit: found, wanted: resolve(wanted, bound) });
  }
  if (!grows && wrong.length === 0) wrong.push(...vainItems(i, args));
  const declared = resolve(signature.result, bound);
  const result =
    refined.result ??
    DERIVED_RESULTS[signature.name]?.(args) ??
    (declared.kind === 'any' ? bodyType(i, signature, args) : declared);
  return { result, wrong };
}

/** Texts written out in a list which the value that the list is compared with can never be: `list contains(["a", "b"], x)`. */
function vainItems(i: Inferring, args: readonly Argument[]): Wrong[] {
  const [list, value] = args;
  if (list?.node.name !== 'List' || !value) return [];
  return list.node.parts.flatMap((node) => {
    if (node.name !== 'StringLiteral') return [];
    const literal = stringOf(node, i.source);
    const found = misfit(oneOf([literal]), value.type);
    return found?.kind === 'value'
      ? [{ argument: { node, type: list.type, literal }, misfit: found, wanted: value.type }]
      : [];
  });
}

/** What a function that is an expression gives for these arguments. */
function bodyType(i: Inferring, signature: Signature, args: readonly Argument[]): Type {
  const body = functionOf(i.language, signature.name)?.body;
  if (body === undefined) return ANY;
  return i.elsewhere(body, givenTo(signature, args));
}

/** The types of the arguments by the names of the parameters. */
const givenTo = ({ parameters }: Signature, args: readonly Argument[]): Map<string, Type> =>
  new Map(
    parameters.map((parameter, index) => {
      const argument = args.find((one) => one.name === parameter.name) ?? args[index];
      return [parameter.name, argument?.type ?? ANY] as const;
    }),
  );

const mentionsVariable = (type: Type): boolean =>
  (type.kind === 'named' && isVariable(type.name)) ||
  (type.kind === 'list' && mentionsVariable(type.item)) ||
  (type.kind === 'range' && mentionsVariable(type.of));

/** Binds the variables of `wanted` and says what does not fit. `grows`: the result holds them, so values add up; else they are compared. */
function bind(given: Type, wanted: Type, bound: Map<string, Type>, grows: boolean): Misfit | undefined {
  if (wanted.kind === 'named' && isVariable(wanted.name)) {
    const before = bound.get(wanted.name);
    bound.set(wanted.name, before && grows ? join(before, given) : (before ?? given));
    return before && !grows ? neverEqual(before, given) : undefined;
  }
  if (wanted.kind === 'list' && mentionsVariable(wanted)) {
    return bind(given.kind === 'list' ? given.item : given, wanted.item, bound, grows);
  }
  if (wanted.kind === 'range' && mentionsVariable(wanted)) {
    return bind(given.kind === 'range' ? given.of : ANY, wanted.of, bound, grows);
  }
  return misfit(given, wanted);
}

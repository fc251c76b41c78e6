/**
 * Owns the types of the built-in functions whose result follows from what their arguments hold: members of a context that are put in, merged,
 * listed or taken out by name, lists within lists. A signature alone would say "some context", and a wrong member behind it would never be
 * found. Rule: [TYP5].
 */
import { join } from '../fit.ts';
import { ANY, contextOf, listOf, NULL, oneOf, STRING, type Type } from '../type.ts';

type Arguments = readonly { readonly type: Type; readonly literal: string | undefined }[];

/** The result, or undefined where nothing more can be said than the signature says. */
export const DERIVED_RESULTS: Readonly<Record<string, (args: Arguments) => Type | undefined>> = {
  'context put': ([context, key, value]) =>
    context && key && value ? put(context.type, key.type, value.type) : undefined,
  'context merge': (args) =>
    merged(args.length === 1 && args[0]?.type.kind === 'list' ? [args[0].type.item] : args.map(({ type }) => type)),
  flatten: ([list]) => list && listOf(innermost(list.type)),
  'get entries': ([context]) => context && entries(context.type),
  'get value': ([context, key]) => context && key && taken(context.type, key.type),
};

const innermost = (type: Type): Type => (type.kind === 'list' ? innermost(type.item) : type);

/** Texts that a type is known to be one of. */
const textsOf = (type: Type): readonly string[] | undefined =>
  type.kind === 'string' && type.enumeration ? [...type.enumeration.values.keys()] : undefined;

function put(context: Type, key: Type, value: Type): Type | undefined {
  if (context.kind === 'null') return contextOf((textsOf(key) ?? []).map((name) => [name, value] as const));
  if (context.kind !== 'context') return undefined;
  const names = textsOf(key);
  if (!names) return contextOf(context.members, true);
  const members = new Map(context.members);
  // One name is put for certain; of several each may have been.
  for (const name of names) members.set(name, names.length === 1 ? value : join(members.get(name) ?? NULL, value));
  return contextOf(members, context.open);
}

function merged(parts: readonly Type[]): Type | undefined {
  const members = new Map<string, Type>();
  let open = false;
  for (const part of parts) {
    if (part.kind === 'null') continue;
    if (part.kind !== 'context') return undefined;
    open ||= part.open;
    for (const [name, type] of part.members) {
      const before = members.get(name);
      members.set(name, before ? join(before, type) : type);
    }
  }
  return contextOf(members, open);
}

function entries(context: Type): Type | undefined {
  if (context.kind !== 'context') return undefined;
  const key = context.open ? STRING : oneOf(context.members.keys());
  const value = context.open ? ANY : [...context.members.values()].reduce(join, NULL);
  return listOf(
    contextOf([
      ['key', key],
      ['value', value],
    ]),
  );
}

function taken(context: Type, key: Type): Type | undefined {
  const names = textsOf(key);
  if (context.kind !== 'context' || context.open) return undefined;
  if (!names) return [...context.members.values()].reduce(join, NULL);
  return names.map((name) => context.members.get(name) ?? NULL).reduce(join, NULL);
}

/** Owns which names an expression may use at its place, flattened to paths, with their types in words: what completion and builders offer. */
import { printType, type Type } from '@ganwei/feel/type';
import type { Release } from '@ganwei/release/release';
import { scopeOf } from '@ganwei/release/scope/known';
import type { Choice, Name, Standing } from './told.ts';

/** Members of members of members are too many to choose from. */
const DEEPEST = 3;

/** Empty where the process cannot be read. The process itself as the node, or '': names of a running case. */
export function namesAt(view: Release, { process, node, left }: Standing): Name[] {
  const scope = scopeOf(view, process);
  if (!scope) return [];
  const known = view.process(process)?.model.nodes.has(node) ?? false;
  const { names } = known ? (left ? scope.after(node) : scope.at(node)) : scope.running;
  return [...names].flatMap(([name, type]) => flattened(name, type, 1));
}

/** `more`: what else is said of each name. */
export function flattened<T extends object = object>(
  path: string,
  type: Type,
  depth: number,
  more?: (path: string, type: Type) => T,
): (Name & T)[] {
  const own = {
    path,
    kind: kindOf(type),
    type: printType(type),
    values: valuesOf(type),
    ...more?.(path, type),
  } as Name & T;
  if (type.kind !== 'context' || depth >= DEEPEST) return [own];
  return [own, ...[...type.members].flatMap(([name, member]) => flattened(`${path}.${name}`, member, depth + 1, more))];
}

/** `person` and `unit` are kinds of their own; so is a list of one. */
export const kindOf = (type: Type): string =>
  type.kind === 'list' ? `list<${kindOf(type.item)}>` : type.kind === 'string' ? (type.id ?? 'string') : type.kind;

/** [DES42] Also of a list: what its elements may be. */
export function valuesOf(type: Type): Choice[] {
  if (type.kind === 'list') return valuesOf(type.item);
  if (type.kind !== 'string' || !type.enumeration) return [];
  const { values, labels } = type.enumeration;
  return [...values.keys()].map((value) => ({ value, label: labels?.get(value) ?? value }));
}

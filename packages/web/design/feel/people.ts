/**
 * Owns who acts as a builder shows it: a few ways to name people, tried one after the other until one finds somebody. Each is written as an expression
 * and read back without loss; an expression that is anything else is left as it is. Rule: [DES41].
 */
import type { Node } from '@ganwei/feel/syntax';
import { callIn, pathIn, quoted, textIn, treeOf } from './reading.ts';

/** How people are named. `unit`, `people`: names of values of the case; `step`: id of a step. */
export type Way =
  | { readonly by: 'starter' }
  | { readonly by: 'field'; readonly people: string; readonly single: boolean }
  | { readonly by: 'step'; readonly step: string }
  | { readonly by: 'head'; readonly unit: string }
  | { readonly by: 'superior'; readonly people: string }
  | { readonly by: 'role'; readonly where: Where; readonly unit: string; readonly role: string };

/** In the unit itself, in it and what is below it, or in the nearest above. */
export const WHERES = { in: 'holders', below: 'holders below', above: 'holders above' } as const;
export type Where = keyof typeof WHERES;

const STARTER = 'case.starter';

/** The expression; '' where there is no way. */
export function peopleText(ways: readonly Way[]): string {
  const texts = ways.map(wayText);
  return texts.length > 1 ? `first of(${texts.join(', ')})` : (texts[0] ?? '');
}

function wayText(way: Way): string {
  switch (way.by) {
    case 'starter':
      return `[${STARTER}]`;
    case 'field':
      return way.single ? `[${way.people}]` : way.people;
    case 'step':
      return `done by(${quoted(way.step)})`;
    case 'head':
      return `head of(${way.unit})`;
    case 'superior':
      return `superior of(${way.people})`;
    case 'role':
      return `${WHERES[way.where]}(${way.unit}, ${quoted(way.role)})`;
  }
}

/** undefined: the expression says more than a builder can show. */
export function peopleIn(source: string, functions: readonly string[]): readonly Way[] | undefined {
  if (source.trim() === '') return [];
  const tree = treeOf(source, functions);
  if (!tree) return undefined;
  const call = callIn(tree);
  const nodes = call?.name === 'first of' ? call.args : [tree];
  const ways = nodes.map((node) => wayIn(node, source));
  return ways.some((way) => way === undefined) ? undefined : (ways as Way[]);
}

function wayIn(node: Node, source: string): Way | undefined {
  const path = pathIn(node);
  if (path !== undefined) return { by: 'field', people: path, single: false };
  if (node.name === 'List') return listIn(node);
  const call = callIn(node);
  const [first, second] = call?.args ?? [];
  if (!call || !first) return undefined;
  const name = pathIn(first);
  const step = textIn(first, source);
  if (call.args.length === 1) {
    if (call.name === 'done by' && step !== undefined) return { by: 'step', step };
    if (call.name === 'head of' && name !== undefined) return { by: 'head', unit: name };
    if (call.name === 'superior of' && name !== undefined) return { by: 'superior', people: name };
    return undefined;
  }
  const where = (Object.keys(WHERES) as Where[]).find((one) => WHERES[one] === call.name);
  const role = textIn(second, source);
  if (!where || name === undefined || role === undefined || call.args.length !== 2) return undefined;
  return { by: 'role', where, unit: name, role };
}

function listIn({ parts }: Node): Way | undefined {
  const [only] = parts;
  const path = only && parts.length === 1 ? pathIn(only) : undefined;
  if (path === undefined) return undefined;
  return path === STARTER ? { by: 'starter' } : { by: 'field', people: path, single: true };
}

/**
 * Owns what something may be called from now on: a name of the shape its kind has, that none beside it has or has had, and that is not the
 * system's. Rule: [REN7].
 */
import { because, type Reason } from '@ganwei/core/reason';
import { isFieldName } from '@ganwei/form/node';
import { SYSTEM_NAMES } from '@ganwei/form/rules';
import type { Definition } from '../definition.ts';
import type { Declared } from './declared.ts';
import { isDeclared, type NameHere, namesOf } from './names.ts';

const KEY = /^[A-Za-z][\w-]{0,60}$/;
const ID = /^[A-Za-z][\w-]{0,63}$/;

/** What an expression has from the platform, beside what the case keeps. */
const OF_THE_CASE: readonly string[] = [...SYSTEM_NAMES, 'parent', 'outcome', 'result', 'form', 'messages'];

/** Why it cannot be called `to`; null: it can, as far as its own definition goes. */
export function refusalOfName(name: Declared, to: string, definition: Definition): Reason | null {
  if (to === name.key) return because('rename.same');
  if (!isNamed(name, to)) return because(SHAPES[name.kind]);
  const system = name.kind === 'data' ? OF_THE_CASE : SYSTEM_NAMES;
  if ((name.kind === 'field' || name.kind === 'data') && (system as readonly string[]).includes(to))
    return because('rename.system', { name: to });
  const here = namesOf(definition);
  const taken = here.find((one) => isDeclared(one.thing) && one.thing.key === to && isBeside(name, one));
  if (taken) return because('rename.taken', { name: to, label: taken.label || to });
  return name.kind === 'step' && idsIn(definition).has(to) ? because('rename.taken', { name: to, label: to }) : null;
}

const SHAPES = {
  field: 'rename.shape-field',
  data: 'rename.shape-field',
  step: 'rename.shape-id',
  outcome: 'rename.shape-id',
  status: 'rename.shape-id',
  column: 'rename.shape-key',
} as const;

function isNamed({ kind }: Declared, to: string): boolean {
  if (kind === 'field' || kind === 'data') return isFieldName(to);
  return (kind === 'column' ? KEY : ID).test(to);
}

/** In the same container, of the same step, or at the same place of the flow. */
function isBeside(name: Declared, { thing }: NameHere): boolean {
  if (thing.kind !== name.kind) return false;
  if (name.kind === 'field') return thing.kind === 'field' && homeOf(thing.path) === homeOf(name.path);
  return name.kind !== 'outcome' || (thing.kind === 'outcome' && thing.step === name.step);
}

/** The path of what holds the field: '' the form. */
export const homeOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('.')));

/** Every id of a flow is one of its kind, whatever it is of. */
const idsIn = ({ source }: Definition): Set<string> =>
  new Set([...source.matchAll(/\sid\s*=\s*["']([^"']+)["']/g)].map(([, id = '']) => id));

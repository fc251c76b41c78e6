/**
 * Owns where names are declared: the places that make the name be there, which the check cannot point to, since without them nothing can be
 * read. Where they are only used is found out by the check (rename.ts).
 */
import { descriptorOf } from '@ganwei/process/lint/descriptors';
import type { Definition, Kind } from '../definition.ts';
import { inSetting } from './says.ts';
import type { Slot } from './slots.ts';

/** A name of a release. `in`: the definition that declares it; `key`: as it is said. */
export type Declared = { readonly in: string; readonly key: string } & (
  | { readonly kind: 'field'; readonly path: string }
  | { readonly kind: 'step' | 'status' | 'data' | 'column' }
  | { readonly kind: 'outcome'; readonly step: string }
);

/** Which kind of definition declares it. */
export const declaredBy: Readonly<Record<Declared['kind'], Kind>> = {
  field: 'form',
  step: 'process',
  status: 'process',
  data: 'process',
  outcome: 'process',
  column: 'ledger',
};

/** What is said otherwise in the definition that declares the name, from then on. */
export function declaredAs(
  name: Declared,
  to: string,
  { source }: Definition,
  slots: readonly Slot[],
): Map<Slot, string> {
  const isDeclaration = declarationOf(name, source);
  const said = new Map<Slot, string>();
  for (const slot of slots) {
    const value = slot.value === name.key && isDeclaration(slot) ? to : inItsSettings(name, to, slot);
    if (value !== undefined && value !== slot.value) said.set(slot, value);
  }
  return said;
}

/** Is the name declared in this slot, which says it? */
function declarationOf(name: Declared, source: string): (slot: Slot) => boolean {
  switch (name.kind) {
    case 'field':
      return fieldDeclaration(name.path, source);
    case 'step':
      return ({ tag }) => !tag.startsWith('ganwei:');
    case 'outcome':
      return ({ tag, name: called, owners }) =>
        tag === 'ganwei:outcome' && called === 'key' && owners.includes(name.step);
    case 'status':
      return ({ tag, name: called }) => tag === 'ganwei:status' && called === 'key';
    case 'data':
      return ({ name: called }) => called === 'as';
    case 'column':
      return ({ name: called, owners }) => called === 'key' && owners[0] === 'columns';
  }
}

/** The property itself; and for a column of a table, where the table says which of its columns it adds up, and which tells its rows apart. */
function fieldDeclaration(path: string, source: string): (slot: Slot) => boolean {
  const places = placesOfFields(source);
  const own = places.get(path)?.join('\n');
  const table = path.slice(0, path.lastIndexOf('[].'));
  const [key = ''] = table.split('.').slice(-1);
  const props = [...(places.get(table) ?? []), key, 'x-component-props'].join('\n');
  return ({ isKey, owners }) => {
    const at = owners.join('\n');
    return isKey ? at === own : path.includes('[].') && at.startsWith(`${props}\n`);
  };
}

/** What settings of a flow may name that stands in the flow itself. */
const OF = { step: 'task', status: 'status', data: 'value' } as const;

/** Settings that name steps, statuses and values of their own flow; what a service puts into the case. */
function inItsSettings({ kind, key }: Declared, to: string, { value, name, tag }: Slot): string | undefined {
  if (kind === 'column') return ['column', 'by', 'of'].includes(name) && value === key ? to : undefined;
  if (kind !== 'step' && kind !== 'status' && kind !== 'data') return undefined;
  if (kind === 'data' && tag === 'ganwei:output' && name === 'name')
    return value === key || value.startsWith(`${key}.`) ? to + value.slice(key.length) : undefined;
  const [prefix, local = ''] = tag.split(':');
  if (prefix !== 'ganwei') return undefined;
  const { of } = descriptorOf(`ganwei:${local[0]?.toUpperCase()}${local.slice(1)}`)?.attributes[name] ?? {};
  return of === OF[kind] ? inSetting(value, { old: key, to }) : undefined;
}

/** Path of a field, as forms say it -> where it stands in the JSON: the path of the properties that hold it. */
export function placesOfFields(source: string): Map<string, readonly string[]> {
  const places = new Map<string, readonly string[]>();
  const walk = (properties: unknown, prefix: string, owners: readonly string[]): void => {
    for (const [key, node] of Object.entries((properties ?? {}) as Record<string, Properties>)) {
      const own = [...owners, key];
      if (node.type !== 'void') places.set(prefix + key, owners);
      if (node.items) walk(node.items.properties, `${prefix}${key}[].`, [...own, 'items', 'properties']);
      if (node.properties)
        walk(node.properties, node.type === 'void' ? prefix : `${prefix}${key}.`, [...own, 'properties']);
    }
  };
  const { schema } = JSON.parse(source) as { schema?: Properties };
  walk(schema?.properties, '', ['schema', 'properties']);
  return places;
}

interface Properties {
  type?: string;
  properties?: unknown;
  items?: Properties;
}

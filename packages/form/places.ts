/**
 * Owns where things stand in a form that is being edited: each field and layout by its address, and what may stand where. It reads any JSON that has
 * the shape of a form; parts it does not know have a place like all others. Rule: [FDS1].
 */
import { type ComponentName, describe } from './components.ts';
import { componentOf, isRaw, type Raw } from './node.ts';

/** The keys from the root to a node, layout among them, as JSON Pointer writes them: `base/items/price`. '' is the form itself. */
export type Address = string;

export interface Place {
  readonly at: Address;
  readonly parent: Address;
  readonly key: string;
  /** as rules and findings name it: `items[].price`; layout by its own key */
  readonly path: string;
  readonly node: Raw;
  /** undefined: no component of ours */
  readonly component: ComponentName | undefined;
  /** 0 for what stands in the form itself */
  readonly depth: number;
}

export const keysOf = (at: Address): string[] =>
  at === '' ? [] : at.split('/').map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));

export const addressOf = (keys: readonly string[]): Address =>
  keys.map((key) => key.replaceAll('~', '~0').replaceAll('/', '~1')).join('/');

export const parentOf = (at: Address): Address => at.slice(0, Math.max(0, at.lastIndexOf('/')));
export const keyOf = (at: Address): string => keysOf(at).at(-1) ?? '';
export const isWithin = (at: Address, container: Address): boolean =>
  container === '' || at.startsWith(`${container}/`);

/** Children of a node or, given a form, of the form; the columns of a table are its children. */
export function childrenOf(node: Raw): readonly (readonly [key: string, node: Raw])[] {
  const held = isRaw(node.schema)
    ? node.schema.properties
    : isRaw(node.items)
      ? node.items.properties
      : node.properties;
  return isRaw(held)
    ? Object.entries(held).flatMap(([key, child]) => (isRaw(child) ? [[key, child] as const] : []))
    : [];
}

/** Every node of a form in reading order. */
export function placesOf(form: Raw): readonly Place[] {
  const places: Place[] = [];
  const visit = (holder: Raw, parent: Address, prefix: string, depth: number): void => {
    for (const [key, node] of childrenOf(holder)) {
      const at = parent === '' ? addressOf([key]) : `${parent}/${addressOf([key])}`;
      const path = prefix + key;
      places.push({ at, parent, key, path, node, component: componentOf(node), depth });
      visit(node, at, node.type === 'void' ? prefix : isRaw(node.items) ? `${path}[].` : `${path}.`, depth + 1);
    }
  };
  visit(form, '', '', 0);
  return places;
}

/** The node at an address, the form itself at ''; undefined where there is none. */
export function nodeAt(form: Raw, at: Address): Raw | undefined {
  let node: Raw | undefined = form;
  for (const key of keysOf(at)) {
    node = node && childrenOf(node).find(([name]) => name === key)?.[1];
    if (!node) return undefined;
  }
  return node;
}

/** Can it hold others? */
export function isContainer(node: Raw): boolean {
  if (isRaw(node.schema)) return true;
  const component = componentOf(node);
  return (
    component !== undefined && component !== 'Note' && ['layout', 'table', 'group'].includes(describe(component).kind)
  );
}

const PANED: readonly unknown[] = ['Tabs', 'Collapse'];

/** May a component stand directly in this container? Panes stand in tabs and folds, and nothing else does; tables hold columns. */
export function mayStand(form: Raw, component: ComponentName | undefined, into: Address): boolean {
  const holder = nodeAt(form, into);
  if (!holder || !isContainer(holder)) return false;
  if ((component === 'Pane') !== PANED.includes(into === '' ? undefined : componentOf(holder))) return false;
  const inTable = keysOf(into).some((_, index, keys) =>
    isRaw(nodeAt(form, addressOf(keys.slice(0, index + 1)))?.items),
  );
  return !inTable || (component !== undefined && describe(component).column);
}

/** Names of fields that may not be given again where a node stands: those of the nearest group, table or form, through all layout. */
export function namesAround(form: Raw, into: Address): ReadonlySet<string> {
  let home = into;
  while (home !== '' && nodeAt(form, home)?.type === 'void') home = parentOf(home);
  const names = new Set<string>();
  const collect = (node: Raw): void => {
    for (const [key, child] of childrenOf(node)) {
      if (child.type === 'void') collect(child);
      else names.add(key);
    }
  };
  collect(nodeAt(form, home) ?? {});
  return names;
}

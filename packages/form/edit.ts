/**
 * Owns the acts of whoever designs a form, each from a form to a form: insert, move, remove, duplicate, wrap, set. What an act is not about stays the
 * same object in the same order, so that one changed property is one changed line. An act that may not be done gives undefined. Rules: [FDS1] [FDS2].
 */
import { type ComponentName, describe } from './components.ts';
import { componentOf, isFieldName, isRaw, type Raw } from './node.ts';
import {
  type Address,
  addressOf,
  childrenOf,
  isWithin,
  keyOf,
  keysOf,
  mayStand,
  namesAround,
  nodeAt,
  parentOf,
  placesOf,
} from './places.ts';
import { SYSTEM_NAMES } from './rules.ts';

/** Before which of a container's children; their number: behind all of them. */
export interface Spot {
  readonly into: Address;
  readonly index: number;
}

/** A node with the key it would like to have. */
export interface Named {
  readonly key: string;
  readonly node: Raw;
}

/** The form afterwards, and where what the act was about now stands. */
export interface Edited {
  readonly form: Raw;
  readonly at: readonly Address[];
}

/** Puts nodes in, one behind the other; keys that are taken are changed. */
export function insert(form: Raw, nodes: readonly Named[], spot: Spot): Edited | undefined {
  if (nodes.length === 0 || !nodes.every(({ node }) => mayStand(form, componentOf(node), spot.into))) return undefined;
  const fields = new Set(namesAround(form, spot.into));
  const siblings = new Set(childrenOf(nodeAt(form, spot.into) ?? {}).map(([key]) => key));
  const entries = nodes.map(({ key, node }) => {
    const own = freeName(key, node.type === 'void' ? siblings : new Set([...siblings, ...fields]));
    siblings.add(own);
    return [own, named(own, node, fields)] as const;
  });
  return {
    form: withChildren(form, spot.into, (children) => children.toSpliced(spot.index, 0, ...entries)),
    at: entries.map(([key]) => below(spot.into, key)),
  };
}

/** Takes nodes away with all that is in them. */
export function remove(form: Raw, ats: readonly Address[]): Edited {
  const gone = outermost(ats);
  const without = gone.reduce(
    (now, at) => withChildren(now, parentOf(at), (children) => children.filter(([key]) => key !== keyOf(at))),
    form,
  );
  return { form: without, at: [] };
}

/** Takes nodes to another spot; undefined where they may not stand, or where their name is taken: a name is what rules, flows and kept cases know. */
export function move(form: Raw, ats: readonly Address[], spot: Spot): Edited | undefined {
  const moved = inOrder(form, outermost(ats));
  if (moved.length === 0 || moved.some((at) => at === spot.into || isWithin(spot.into, at))) return undefined;
  const nodes = moved.flatMap((at) => {
    const node = nodeAt(form, at);
    return node ? [{ key: keyOf(at), node }] : [];
  });
  const before = childrenOf(nodeAt(form, spot.into) ?? {}).slice(0, spot.index);
  const gone = before.filter(([key]) => moved.includes(below(spot.into, key))).length;
  const done = insert(remove(form, moved).form, nodes, { into: spot.into, index: spot.index - gone });
  const kept = done?.at.every(
    (at, index) => keyOf(at) === nodes[index]?.key && nodeAt(done.form, at) === nodes[index]?.node,
  );
  return kept ? done : undefined;
}

/** One place further up or down; at the end of its container it goes out of it, and into an open container it comes to. */
export function step(form: Raw, at: Address, by: -1 | 1): Edited | undefined {
  const parent = parentOf(at);
  const siblings = childrenOf(nodeAt(form, parent) ?? {}).map(([key]) => key);
  const index = siblings.indexOf(keyOf(at));
  const next = siblings[index + by];
  if (next !== undefined) return move(form, [at], { into: parent, index: by < 0 ? index - 1 : index + 2 });
  return parent === '' ? undefined : out(form, at, by);
}

/** Into the container that stands before it, at its end. */
export function indent(form: Raw, at: Address): Edited | undefined {
  const siblings = childrenOf(nodeAt(form, parentOf(at)) ?? {}).map(([key]) => key);
  const before = siblings[siblings.indexOf(keyOf(at)) - 1];
  if (before === undefined) return undefined;
  const into = below(parentOf(at), before);
  return move(form, [at], { into, index: childrenOf(nodeAt(form, into) ?? {}).length });
}

/** Out of its container, before (-1) or behind (1) it. */
export function out(form: Raw, at: Address, by: -1 | 1 = 1): Edited | undefined {
  const parent = parentOf(at);
  if (parent === '') return undefined;
  const index = childrenOf(nodeAt(form, parentOf(parent)) ?? {}).findIndex(([key]) => key === keyOf(parent));
  return move(form, [at], { into: parentOf(parent), index: by < 0 ? index : index + 1 });
}

/** A copy behind each. */
export function duplicate(form: Raw, ats: readonly Address[]): Edited | undefined {
  let now: Edited = { form, at: [] };
  for (const at of inOrder(form, outermost(ats))) {
    const node = nodeAt(now.form, at);
    const done = node && insert(now.form, [{ key: keyOf(at), node }], behind(now.form, at));
    if (!done) return undefined;
    now = { form: done.form, at: [...now.at, ...done.at] };
  }
  return now.at.length > 0 ? now : undefined;
}

/** Puts siblings into a new container in the place of the first. */
export function wrap(form: Raw, ats: readonly Address[], container: Named): Edited | undefined {
  const inside = inOrder(form, outermost(ats));
  const [first] = inside;
  if (first === undefined || inside.some((at) => parentOf(at) !== parentOf(first))) return undefined;
  const { into, index } = behind(form, first);
  const made = insert(form, [container], { into, index: index - 1 });
  const [holder] = made?.at ?? [];
  if (!made || holder === undefined) return undefined;
  const done = move(made.form, inside, { into: holder, index: 0 });
  return done && { form: done.form, at: [holder] };
}

/** Another key; undefined when it is no name, or taken. */
export function rename(form: Raw, at: Address, key: string): Edited | undefined {
  const siblings = childrenOf(nodeAt(form, parentOf(at)) ?? {}).map(([own]) => own);
  const taken = nodeAt(form, at)?.type === 'void' ? siblings : [...siblings, ...namesAround(form, parentOf(at))];
  if (key === keyOf(at) || !isFree(key) || taken.includes(key)) return undefined;
  const put = withChildren(form, parentOf(at), (all) =>
    all.map(([own, node]) => [own === keyOf(at) ? key : own, node]),
  );
  return { form: put, at: [below(parentOf(at), key)] };
}

/**
 * Sets what is written at a path inside a node (`['x-component-props', 'rows']`), or of the form itself at ''; undefined takes it away, and the object it
 * was in when nothing else is left there.
 */
export function set(form: Raw, at: Address, path: readonly string[], value: unknown): Raw {
  return withNode(form, at, (node) => written(node, path, value));
}

/** Reads what `set` writes. */
export function get(node: Raw | undefined, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (held, name) => (isRaw(held) && Object.hasOwn(held, name) ? held[name] : undefined),
    node,
  );
}

/** Right behind a node, in its container. */
export function behind(form: Raw, at: Address): Spot {
  const into = parentOf(at);
  return { into, index: childrenOf(nodeAt(form, into) ?? {}).findIndex(([key]) => key === keyOf(at)) + 1 };
}

/** Only the outermost of nodes that lie in one another, each once. */
export const outermost = (ats: readonly Address[]): Address[] =>
  [...new Set(ats)].filter(
    (at) => at !== '' && !ats.some((other) => other !== at && other !== '' && isWithin(at, other)),
  );

/** A name that is not taken: `amount`, `amount2`, `amount3` … */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  const base = isFree(wanted) ? wanted : 'field';
  if (!taken.has(base)) return base;
  const stem = base.replace(/\d+$/, '').slice(0, 58) || 'field';
  for (let n = 2; ; n += 1) if (!taken.has(`${stem}${n}`)) return `${stem}${n}`;
}

/** A new node, sound as far as a node can be: `dictionary` is the first that the release has. */
export function fresh(component: ComponentName, dictionary = ''): Named {
  const { types, label, kind, props, limits } = describe(component);
  const required = Object.entries(props).filter(([, { required }]) => required);
  const first = (type: string) => (type === 'dictionary' ? dictionary : label['zh-CN']);
  const given = required.flatMap(([name, { type }]) => (first(type) === '' ? [] : [[name, first(type)] as const]));
  const node = {
    type: types[0],
    title: label['zh-CN'],
    'x-component': component,
    ...(given.length > 0 && { 'x-component-props': Object.fromEntries(given) }),
    ...(limits.includes('enum') && { enum: ['选项一', '选项二'].map((one) => ({ label: one, value: one })) }),
    ...(component === 'Table' && { items: { type: 'object', properties: { name: fresh('Text').node } } }),
    ...((component === 'Tabs' || component === 'Collapse') && { properties: { pane: fresh('Pane').node } }),
    ...(kind === 'layout' && !['Note', 'Tabs', 'Collapse'].includes(component) && { properties: {} }),
  };
  const { title: _, ...untitled } = node;
  const silent = component === 'Grid' || component === 'Note' || component === 'Tabs' || component === 'Collapse';
  return { key: component.charAt(0).toLowerCase() + component.slice(1), node: silent ? untitled : node };
}

// ---------------------------------------------------------------------------------------------------------------------

const below = (into: Address, key: string): Address => (into === '' ? addressOf([key]) : `${into}/${addressOf([key])}`);

/** The node with the fields in its layout under names that are free; the same node where they are. */
function named(key: string, node: Raw, fields: Set<string>): Raw {
  if (node.type !== 'void') {
    fields.add(key);
    return node;
  }
  const siblings = new Set<string>();
  const children = childrenOf(node).map(([name, child]) => {
    const own = freeName(name, child.type === 'void' ? siblings : new Set([...siblings, ...fields]));
    siblings.add(own);
    return { name, child, own, put: named(own, child, fields) };
  });
  const same = children.every(({ name, child, own, put }) => name === own && child === put);
  return same ? node : held(node, () => Object.fromEntries(children.map(({ own, put }) => [own, put])));
}

const isFree = (key: string): boolean => isFieldName(key) && !(SYSTEM_NAMES as readonly string[]).includes(key);

function inOrder(form: Raw, ats: readonly Address[]): Address[] {
  return placesOf(form).flatMap(({ at }) => (ats.includes(at) ? [at] : []));
}

function withNode(form: Raw, at: Address, change: (node: Raw) => Raw): Raw {
  const within = (node: Raw, keys: readonly string[]): Raw => {
    const [key, ...rest] = keys;
    if (key === undefined) return change(node);
    return held(node, (all) =>
      Object.fromEntries(
        Object.entries(all).map(([own, child]) => [own, own === key && isRaw(child) ? within(child, rest) : child]),
      ),
    );
  };
  return within(form, keysOf(at));
}

type Entries = readonly (readonly [key: string, node: unknown])[];

function withChildren(form: Raw, into: Address, change: (children: Entries) => Entries): Raw {
  return withNode(form, into, (node) => held(node, (all) => Object.fromEntries(change(Object.entries(all)))));
}

/** The node with another object of children, wherever its kind keeps them. */
function held(node: Raw, change: (properties: Raw) => Raw): Raw {
  const own = (holder: Raw) => ({ ...holder, properties: change(isRaw(holder.properties) ? holder.properties : {}) });
  if (isRaw(node.schema)) return { ...node, schema: own(node.schema) };
  if (node['x-component'] === 'Table' || isRaw(node.items)) {
    return { ...node, items: own(isRaw(node.items) ? node.items : { type: 'object' }) };
  }
  return own(node);
}

function written(holder: Raw, path: readonly string[], value: unknown): Raw {
  const [name, ...rest] = path;
  if (name === undefined) return isRaw(value) ? value : holder;
  const before = isRaw(holder[name]) ? holder[name] : {};
  const next = rest.length === 0 ? value : written(before, rest, value);
  const gone = next === undefined || (rest.length > 0 && value === undefined && Object.keys(next as Raw).length === 0);
  if (!gone) return { ...holder, [name]: next };
  return Object.fromEntries(Object.entries(holder).filter(([own]) => own !== name));
}

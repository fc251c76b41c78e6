/**
 * Owns reading and changing `ganwei:` settings on elements of BPMN: where a setting stands (a place), what it holds, and which changes give it
 * another value. A change says what to write and writes nothing itself: canvas.ts makes one undo step of it. Rules: [DES22] [DES23].
 */
import type { SettingsName } from '@ganwei/process/lint/descriptors';
import { descriptorOf } from '@ganwei/process/lint/descriptors';
import { type Element, elementOf, listOf, settingsOf } from '@ganwei/process/lint/tree';

/** An element of the model that is being edited. */
export interface Moddle extends Element {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
}

/** Makes elements of the model, with an id where BPMN wants one. */
export type Create = (type: string, values?: Readonly<Record<string, unknown>>) => Moddle;

/** These members of this element become these values; undefined takes a member away. */
export interface Change {
  readonly of: Moddle;
  readonly values: Readonly<Record<string, unknown>>;
}

/** A settings element of a node, or one inside it: `['actions', 0, 'outputs', 1]`. */
export interface Place {
  readonly settings: SettingsName;
  readonly path: readonly (string | number)[];
}

export const placeOf = (settings: SettingsName): Place => ({ settings, path: [] });
export const inside = (place: Place, list: string, index: number): Place => ({
  ...place,
  path: [...place.path, list, index],
});

/** The element at a place; undefined where nothing has been set there yet. */
export function at(node: Moddle, { settings, path }: Place): Moddle | undefined {
  let found = settingsOf(node, settings) as Moddle | undefined;
  for (let step = 0; found && step < path.length; step += 2)
    found = listOf(found, String(path[step]))[Number(path[step + 1])] as Moddle | undefined;
  return found;
}

/** As it is written, untrimmed; '' where it is not. */
export function written(node: Moddle, place: Place, attribute: string): string {
  const value = at(node, place)?.get(attribute);
  return value === undefined || value === null ? '' : String(value);
}

export const itemsAt = (node: Moddle, place: Place, list: string): readonly Moddle[] =>
  listOf(at(node, place), list) as readonly Moddle[];

/** Gives an attribute this text; '' takes it away, and with the last one the whole settings element, unless something stands in it. */
export function attributeChanges(
  node: Moddle,
  place: Place,
  attribute: string,
  text: string,
  create: Create,
): Change[] {
  const value = text === '' ? undefined : text;
  const there = at(node, place);
  if (there && value === undefined && place.path.length === 0 && isEmptyWithout(there, attribute))
    return removal(node, there);
  if (there) return [{ of: there, values: { [attribute]: value } }];
  if (value === undefined) return [];
  return addition(node, create(`ganwei:${place.settings}`, { [attribute]: value }), create);
}

/** Gives a list these items, which become its own. */
export function listChanges(
  node: Moddle,
  place: Place,
  list: string,
  items: readonly Moddle[],
  create: Create,
): Change[] {
  const there = at(node, place);
  const holder = there ?? create(`ganwei:${place.settings}`);
  for (const item of items) adopt(item, holder);
  if (there) return [{ of: there, values: { [list]: [...items] } }];
  holder.set(list, [...items]);
  return addition(node, holder, create);
}

/** A copy that may stand beside the original. */
export function copied(item: Moddle, create: Create): Moddle {
  const descriptor = descriptorOf(item.$type);
  const values = Object.keys(descriptor?.attributes ?? {}).map((name) => [name, item.get(name)] as const);
  const copy = create(item.$type, Object.fromEntries(values.filter(([, value]) => value !== undefined)));
  for (const list of Object.keys(descriptor?.lists ?? {})) {
    const items = (listOf(item, list) as readonly Moddle[]).map((one) => copied(one, create));
    for (const one of items) adopt(one, copy);
    if (items.length > 0) copy.set(list, items);
  }
  return copy;
}

function adopt(child: Moddle, parent: Moddle): void {
  Object.assign(child, { $parent: parent });
}

function isEmptyWithout(settings: Moddle, attribute: string): boolean {
  const { attributes = {}, lists = {} } = descriptorOf(settings.$type) ?? {};
  const others = Object.keys(attributes).filter((name) => name !== attribute);
  return (
    others.every((name) => settings.get(name) === undefined) &&
    Object.keys(lists).every((name) => listOf(settings, name).length === 0)
  );
}

function removal(node: Moddle, settings: Moddle): Change[] {
  const extension = elementOf(node, 'extensionElements') as Moddle;
  const rest = listOf(extension, 'values').filter((one) => one !== settings);
  if (rest.length === 0) return [{ of: node, values: { extensionElements: undefined } }];
  return [{ of: extension, values: { values: rest } }];
}

function addition(node: Moddle, settings: Moddle, create: Create): Change[] {
  const extension = elementOf(node, 'extensionElements') as Moddle | undefined;
  if (extension) {
    adopt(settings, extension);
    return [{ of: extension, values: { values: [...listOf(extension, 'values'), settings] } }];
  }
  const made = create('bpmn:ExtensionElements', { values: [settings] });
  adopt(settings, made);
  adopt(made, node);
  return [{ of: node, values: { extensionElements: made } }];
}

/** Writes changes and answers with those that take them back. */
export function apply(changes: readonly Change[]): Change[] {
  const back: Change[] = [];
  for (const { of, values } of changes) {
    const before = Object.fromEntries(Object.keys(values).map((name) => [name, of.get(name)]));
    for (const [name, value] of Object.entries(values)) of.set(name, value);
    back.unshift({ of, values: before });
  }
  return back;
}

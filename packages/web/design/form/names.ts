/** Owns which names a rule may use at its place in a form, with what people call them: of its own row or group first, then of those around it. Rule: [FDS20]. */
import { describe, type ValueKind } from '@ganwei/form/components';
import { labelText } from '@ganwei/form/messages';
import type { Label, Language, Option } from '@ganwei/form/model';
import { isRaw, type Raw } from '@ganwei/form/node';
import { type Address, isWithin, nodeAt, type Place, parentOf, placesOf } from '@ganwei/form/places';
import type { Choice } from '../check/told.ts';
import type { Subject } from '../feel/phrasing.ts';

/** What the rules of every form may name besides its fields. */
export type System = 'actor' | 'today' | 'now' | 'case' | 'rowNumber';

/** A name for rules; its label is what people call it. */
export function namesAt(form: Raw, at: Address, language: Language, called: (name: System) => string): Subject[] {
  const places = placesOf(form);
  const homes = homesOf(form, at);
  const seen = new Set<string>();
  const named = homes.flatMap((home) =>
    places
      .filter((place) => place.at !== at && isWithin(place.at, home) && homeOf(form, place.at) === home)
      .flatMap((place) => (place.node.type === 'void' ? [] : subjectsOf(form, places, place, language)))
      .filter(({ value }) => !seen.has(value) && seen.add(value)),
  );
  const inRow = homes.some((home) => isRaw(nodeAt(form, home)?.items));
  const system: readonly (readonly [System, string])[] = [
    ['actor', 'person'],
    ['today', 'date'],
    ['now', 'date and time'],
    ...(inRow ? [['rowNumber', 'number'] as const] : []),
  ];
  return [...named, ...system.map(([value, kind]) => ({ value, label: called(value), kind, choices: [] }))];
}

/** The group, table or form that a place's name belongs to. */
function homeOf(form: Raw, at: Address): Address {
  let home = parentOf(at);
  while (home !== '' && nodeAt(form, home)?.type === 'void') home = parentOf(home);
  return home;
}

/** From the nearest to the form itself. */
function homesOf(form: Raw, at: Address): Address[] {
  const homes: Address[] = [];
  for (let place = at; place !== ''; ) {
    place = homeOf(form, place);
    homes.push(place);
  }
  return homes;
}

/** A field, and what is in it if it is a group or a table. */
function subjectsOf(
  form: Raw,
  places: readonly Place[],
  { at, key, node, component }: Place,
  language: Language,
): Subject[] {
  const label = titleOf(node, key, language);
  if (component === undefined) return [];
  const { kind } = describe(component);
  if (kind !== 'table' && kind !== 'layout') {
    const item = KINDS[kind] ?? 'string';
    return [
      { value: key, label, kind: node.type === 'array' ? `list<${item}>` : item, choices: optionsOf(node, language) },
    ];
  }
  const inner = places
    .filter((place) => homeOf(form, place.at) === at && place.node.type !== 'void')
    .flatMap((place) => subjectsOf(form, places, place, language));
  const list = kind === 'table';
  const within = inner.map((one) => ({
    ...one,
    value: `${key}.${one.value}`,
    label: `${label} · ${one.label}`,
    kind: list ? `list<${one.kind}>` : one.kind,
  }));
  return list ? [{ value: key, label, kind: 'list<context>', choices: [] }, ...within] : within;
}

const KINDS: Partial<Record<ValueKind, string>> = {
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'date and time',
  person: 'person',
  unit: 'unit',
  any: 'any',
};

const optionsOf = (node: Raw, language: Language): Choice[] =>
  (Array.isArray(node.enum) ? (node.enum as readonly unknown[]) : []).flatMap((option) =>
    isRaw(option) && option.value !== undefined
      ? [{ value: String(option.value), label: labelText((option as unknown as Option).label, language) }]
      : [],
  );

/** What people call a node; its key where it has no name. */
export function titleOf(node: Raw, key: string, language: Language): string {
  const { title } = node;
  const sound = typeof title === 'string' || (isRaw(title) && typeof title['zh-CN'] === 'string');
  return (sound && labelText(title as Label, language)) || key;
}

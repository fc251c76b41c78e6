/**
 * Owns what an organisation must be: what a list imports and what a page changes is held against the same rules, and against the words that
 * the content knows (forms/directory.json). Pure: the verdict is a list of complaints. Rules: [DIR5] [DIR8] [DIR9].
 */
import { because, type Reason, type ReasonCode } from '@ganwei/core/reason';
import { saysNothing, turnsRound } from '@ganwei/core/text';
import { nearest } from '@ganwei/feel/nearest';
import type { DirectoryAttribute, DirectoryWords } from '@ganwei/release/directory';
import { ACTING } from '../catalogue/directory.ts';
import { type Change, changed, type Organisation, type Person, type Post, type Unit } from './organisation.ts';

/** One complaint: about which unit or person, at which field (`parent`, `attributes.docCode`, `posts.0.roles`). */
export interface Complaint {
  of: 'unit' | 'person';
  id: string;
  field: string;
  reason: Reason;
}

/** Duties that are kept apart from the work of the office (三员分立). */
const APART = ['system-admin', 'security-admin', 'audit-admin'];

/**
 * Everything that is wrong with the changed units and people as they would be; `words` are absent while no content is in force. `by`: who
 * changes them; nobody changes his own rights.
 */
export function judge(
  before: Organisation,
  change: Change,
  words: DirectoryWords | undefined,
  by?: string,
): Complaint[] {
  const after = changed(before, change);
  const own = by === undefined ? undefined : change.people.get(by);
  return [
    ...(own && rolesOf(own) !== rolesOf(before.people.get(own.id))
      ? [{ of: 'person', id: own.id, field: 'posts', reason: because('directory.own-rights') } as const]
      : []),
    ...[...change.units.values()].flatMap((unit) =>
      unitFaults(unit, before, after, words).map(
        ([field, reason]) => ({ of: 'unit', id: unit.id, field, reason }) as const,
      ),
    ),
    ...[...change.people.values()].flatMap((person) =>
      personFaults(person, before, after, words).map(
        ([field, reason]) => ({ of: 'person', id: person.id, field, reason }) as const,
      ),
    ),
  ];
}

const rolesOf = (person: Person | undefined): string =>
  JSON.stringify(
    (person?.posts ?? [])
      .filter(({ roles }) => roles.length > 0)
      .map(({ unit, roles, from, to }) => [unit, roles, from, to]),
  );

type Fault = readonly [field: string, reason: Reason];

function unitFaults(unit: Unit, before: Organisation, after: Organisation, words: DirectoryWords | undefined): Fault[] {
  const known = before.units.get(unit.id);
  const faults: Fault[] = [];
  const say = (field: string, reason: Reason | null) => void (reason && faults.push([field, reason]));
  if (!/^[A-Za-z][\w-]{0,38}$/.test(unit.id)) say('id', because('directory.code'));
  say('name', textFault(because('directory.what.name'), unit.name, 200, true));
  say('shortName', textFault(because('directory.what.short-name'), unit.shortName, 100, true));
  say('parent', parentFault(unit, after));
  if (words) {
    if (unit.kind !== known?.kind) say('kind', wordFault('directory.what.kind', unit.kind, words.unitKinds));
    if (unit.level !== known?.level) say('level', wordFault('directory.what.level', unit.level, words.levels));
    faults.push(...attributeFaults(unit.attributes, known?.attributes, words.unitAttributes, after));
    for (const relation of Object.keys(unit.relations)) {
      if (known && relation in known.relations) continue;
      say(`relations.${relation}`, wordFault('directory.what.relation', relation, words.relations));
    }
  }
  for (const [relation, other] of Object.entries(unit.relations)) {
    const unitOf = after.units.get(other);
    if (other && !unitOf) say(`relations.${relation}`, because('directory.no-unit', { unit: other }));
    else if (unitOf && !unitOf.active)
      say(`relations.${relation}`, because('directory.unit-ended', { unit: unitOf.name }));
  }
  if (!unit.active) say('active', stillUsed(unit.id, after));
  return faults;
}

function parentFault(unit: Unit, after: Organisation): Reason | null {
  if (unit.parent === null) return null;
  if (unit.parent === unit.id) return because('directory.own-parent');
  const parent = after.units.get(unit.parent);
  if (!parent) return because('directory.no-parent', { unit: unit.parent });
  if (!parent.active && unit.active) return because('directory.parent-ended', { unit: parent.name });
  const seen = new Set<string>();
  for (let at: string | null = unit.parent; at && !seen.has(at); at = after.units.get(at)?.parent ?? null) {
    if (at === unit.id) return because('directory.circle');
    seen.add(at);
  }
  return null;
}

/** A unit ends when nothing depends on it any more. */
function stillUsed(id: string, after: Organisation): Reason | null {
  const below = [...after.units.values()].find((unit) => unit.active && unit.parent === id);
  if (below) return because('directory.used-below', { unit: below.name });
  const related = [...after.units.values()].find((unit) => unit.active && Object.values(unit.relations).includes(id));
  if (related) return because('directory.used-relation', { unit: related.name });
  const holder = [...after.people.values()].find(
    (person) => person.active && person.posts.some((post) => post.unit === id && post.to === ''),
  );
  return holder ? because('directory.used-post', { person: holder.name }) : null;
}

function personFaults(
  person: Person,
  before: Organisation,
  after: Organisation,
  words: DirectoryWords | undefined,
): Fault[] {
  const known = before.people.get(person.id);
  const faults: Fault[] = [];
  const say = (field: string, reason: Reason | null) => void (reason && faults.push([field, reason]));
  if (!/^[a-z][a-z0-9._-]{1,38}$/.test(person.username)) say('username', because('directory.username'));
  const twin = [...after.people.values()].find((one) => one.username === person.username && one.id !== person.id);
  if (twin) say('username', because('directory.username-taken', { person: twin.name }));
  say('name', textFault(because('directory.what.person'), person.name, 100, true));
  if (words) faults.push(...attributeFaults(person.attributes, known?.attributes, words.personAttributes, after));
  if (person.posts.filter((post) => post.main).length > 1) say('posts', because('directory.two-main'));
  for (const [index, post] of person.posts.entries()) {
    const was = known?.posts.find((one) => one.unit === post.unit);
    for (const [field, reason] of postFaults(post, was, after, words)) say(`posts.${index}.${field}`, reason);
    if (person.posts.findIndex((one) => one.unit === post.unit) < index)
      say(`posts.${index}.unit`, because('directory.two-posts'));
  }
  const apart = after.duties.get(person.id)?.some((duty) => APART.includes(duty));
  if (apart && person.posts.some((post) => post.roles.length > 0)) say('posts', because('directory.apart'));
  return faults;
}

function postFaults(
  post: Post,
  was: Post | undefined,
  after: Organisation,
  words: DirectoryWords | undefined,
): Fault[] {
  const faults: Fault[] = [];
  const say = (field: string, reason: Reason | null) => void (reason && faults.push([field, reason]));
  const unit = after.units.get(post.unit);
  if (!unit) say('unit', because('directory.no-unit', { unit: post.unit }));
  else if (!unit.active && post.to === '') say('unit', because('directory.unit-ended-post', { unit: unit.name }));
  say('title', textFault(because('directory.what.title'), post.title, 200, false));
  for (const [field, day] of [
    ['from', post.from],
    ['to', post.to],
  ] as const) {
    if (day && !isDay(day)) say(field, because('directory.day'));
  }
  if (post.from && post.to && post.to < post.from) say('to', because('directory.days'));
  if (!words) return faults;
  for (const role of post.roles) {
    if (was?.roles.includes(role)) continue;
    say(
      'roles',
      wordFault('directory.what.role', role.startsWith(ACTING) ? role.slice(ACTING.length) : role, words.roles),
    );
  }
  const attributes = attributeFaults(post.attributes, was?.attributes, words.postAttributes, after);
  return [...faults, ...attributes];
}

/** Attributes of known names and types; what stood there before the words changed may stay. */
function attributeFaults(
  values: Readonly<Record<string, unknown>>,
  before: Readonly<Record<string, unknown>> | undefined,
  attributes: readonly DirectoryAttribute[],
  after: Organisation,
): Fault[] {
  return Object.entries(values).flatMap(([key, value]): Fault[] => {
    const attribute = attributes.find((one) => one.key === key);
    if (!attribute && before && JSON.stringify(before[key]) === JSON.stringify(value)) return [];
    const reason = attribute
      ? valueFault(attribute, value, after)
      : wordFault('directory.what.attribute', key, attributes);
    return reason ? [[`attributes.${key}`, reason]] : [];
  });
}

/** What is wrong with the value of an attribute, or null. */
function valueFault(attribute: DirectoryAttribute, value: unknown, after: Organisation): Reason | null {
  const { title: what, type, values } = attribute;
  const single = type.replace(/^list<(.*)>$/, '$1');
  if (single !== type) {
    if (!Array.isArray(value)) return because('directory.several', { what });
    return value.map((one) => valueFault({ ...attribute, type: single }, one, after)).find(Boolean) ?? null;
  }
  if (values && !values.includes(String(value))) return because('directory.one-of', { what, values });
  switch (single) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? null : because('directory.number', { what });
    case 'boolean':
      return typeof value === 'boolean' ? null : because('directory.yes-no', { what });
    case 'date':
      return isDay(value) ? null : because('directory.attribute-day', { what });
    case 'person':
      return after.people.has(String(value))
        ? null
        : because('directory.attribute-person', { what, name: String(value) });
    case 'unit':
      return after.units.has(String(value)) ? null : because('directory.attribute-unit', { what, name: String(value) });
    default:
      return typeof value === 'string' ? textFault(what, value, 200, false) : because('directory.text', { what });
  }
}

function textFault(what: Reason | string, text: string, most: number, required: boolean): Reason | null {
  if (required && saysNothing(text)) return because('directory.field', { what });
  if ([...text].length > most) return because('directory.long', { what, most });
  return /\p{Cc}/u.test(text) || turnsRound(text) ? because('directory.control', { what }) : null;
}

/** A word that is not among those known, and the one it is nearest to. */
export function wordFault(
  kind: ReasonCode,
  name: string,
  words: readonly { key: string; title: string }[],
): Reason | null {
  if (words.some((word) => word.key === name)) return null;
  const what = because(kind);
  if (name === '') return because('directory.field', { what });
  const near = nearest(
    name,
    words.flatMap((word) => [word.title, word.key]),
  );
  return near ? because('directory.unknown-near', { what, name, near }) : because('directory.unknown', { what, name });
}

function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

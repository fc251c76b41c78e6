/**
 * Owns the directory in memory: who exists, who sits where, who holds which role. Pure look-ups over rows read by store/directory.ts;
 * a new object is built when the directory has changed. Must never write. Rules: [DIR1] [DIR2] [DIR3].
 */
import type { Actor, Duty } from '@ganwei/core/actor';
import type { DirectoryRows } from '../store/directory.ts';

export interface Unit {
  id: string;
  name: string;
  shortName: string;
  parent: string | null;
  kind: string;
  level: string;
  active: boolean;
  attributes: Readonly<Record<string, unknown>>;
  /** named relations to other units: { audit: 'shenji' } */
  relations: Readonly<Record<string, string>>;
}

export interface Post {
  id: string;
  person: string;
  unit: string;
  title: string;
  roles: readonly string[];
  main: boolean;
  from: string;
  to: string;
  attributes: Readonly<Record<string, unknown>>;
}

export interface Person {
  id: string;
  name: string;
  active: boolean;
  username: string;
  duties: readonly Duty[];
  attributes: Readonly<Record<string, unknown>>;
  /** main post first */
  posts: readonly Post[];
  /** all posts he ever held or is going to, main posts first, later ones before earlier ones */
  career: readonly Post[];
}

export interface Directory {
  readonly version: number;
  /** the day whose posts these are (YYYY-MM-DD) */
  readonly today: string;
  readonly units: ReadonlyMap<string, Unit>;
  readonly people: ReadonlyMap<string, Person>;
  /** The actor as verdicts and expressions see him; undefined for unknown or inactive people. */
  actor(person: string): Actor | undefined;
  /** [DIR1] Active people who hold the role in the unit, in directory order. Vacant: the unit's `acting` role holders. */
  holders(unit: string, role: string): string[];
  /** Holders in the unit or in the nearest unit above that has one. */
  holdersAbove(unit: string, role: string): string[];
  /** Holders in the unit and everywhere below it. */
  holdersBelow(unit: string, role: string): string[];
  /** Everybody with a post in the unit. */
  members(unit: string): string[];
  /** The unit and everything below it. */
  subtree(unit: string): string[];
  ancestors(unit: string): string[];
  /** [DIR2] The unit that stands in this relation to the given one or, failing that, to the nearest unit above. */
  related(unit: string, relation: string): string | null;
  /** Name of a person or unit; the id where it is unknown. */
  nameOf(id: string): string;
  pathOf(unit: string): string;
}

/** What stands before the role of somebody who stands in while its post is vacant, e.g. `acting:signer`. */
export const ACTING = 'acting:';

/** Builds the look-ups. `today` decides which posts are held (YYYY-MM-DD, inclusive on both ends). */
export function makeDirectory(rows: DirectoryRows, today: string): Directory {
  const units = new Map<string, Unit>(
    rows.units.map((row) => [
      row.id,
      {
        id: row.id,
        name: row.name,
        shortName: row.short_name || row.name,
        parent: row.parent_id,
        kind: row.kind,
        level: row.level,
        active: row.active,
        attributes: row.attributes,
        relations: row.relations,
      },
    ]),
  );
  const people = makePeople(rows, today);
  const holding = indexRoles(people.values());
  const below = groupBy(
    [...units.values()].filter((u) => u.parent),
    (u) => u.parent as string,
  );

  const holders = (unit: string, role: string): string[] => {
    const found = holding.get(`${unit}\n${role}`) ?? [];
    return found.length > 0 ? [...found] : [...(holding.get(`${unit}\n${ACTING}${role}`) ?? [])];
  };
  const ancestors = (unit: string): string[] => {
    const path: string[] = [];
    for (let at = units.get(unit)?.parent; at && !path.includes(at); at = units.get(at)?.parent) path.push(at);
    return path;
  };
  const subtree = (unit: string): string[] => {
    const found = [unit];
    for (const at of found)
      for (const child of below.get(at) ?? []) if (!found.includes(child.id)) found.push(child.id);
    return found;
  };
  const upwards = (unit: string): string[] => [unit, ...ancestors(unit)];

  return {
    version: rows.version,
    today,
    units,
    people,
    actor: (id) => {
      const person = people.get(id);
      return person?.active ? toActor(person, units) : undefined;
    },
    holders,
    holdersAbove: (unit, role) => {
      for (const at of upwards(unit)) {
        const found = holders(at, role);
        if (found.length > 0) return found;
      }
      return [];
    },
    holdersBelow: (unit, role) => [...new Set(subtree(unit).flatMap((at) => holders(at, role)))],
    members: (unit) => [...new Set(holding.get(`${unit}\n`) ?? [])],
    subtree,
    ancestors,
    related: (unit, relation) => {
      for (const at of upwards(unit)) {
        const relations = units.get(at)?.relations ?? {};
        // An empty entry says that there is none from here on, whatever stands above.
        if (Object.hasOwn(relations, relation)) return relations[relation] || null;
      }
      return null;
    },
    nameOf: (id) => people.get(id)?.name ?? units.get(id)?.name ?? id,
    pathOf: (unit) =>
      upwards(unit)
        .reverse()
        .map((at) => units.get(at)?.shortName ?? at)
        .join(' / '),
  };
}

/** Is a post held on that day (YYYY-MM-DD)? Both its first and its last day count. */
export const isHeldOn =
  (day: string) =>
  ({ from, to }: Post): boolean =>
    from <= day && (to === '' || day <= to);

function makePeople(rows: DirectoryRows, today: string): Map<string, Person> {
  const accounts = new Map(rows.accounts.map((row) => [row.person_id, row]));
  const posts = groupBy(rows.posts, (row) => row.person_id);
  return new Map(
    rows.people.map((row): [string, Person] => {
      const account = accounts.get(row.id);
      const career = (posts.get(row.id) ?? []).map((post) => ({
        id: post.id,
        person: post.person_id,
        unit: post.unit_id,
        title: post.title,
        roles: post.roles,
        main: post.main,
        from: post.from_date,
        to: post.to_date,
        attributes: post.attributes,
      }));
      return [
        row.id,
        {
          id: row.id,
          name: row.name,
          active: row.active,
          username: account?.username ?? '',
          duties: account?.duties ?? [],
          attributes: row.attributes,
          posts: career.filter(isHeldOn(today)).sort((a, b) => Number(b.main) - Number(a.main)),
          career: career.sort((a, b) => Number(b.main) - Number(a.main) || b.from.localeCompare(a.from)),
        },
      ];
    }),
  );
}

/** `unit\nrole` -> people; `unit\n` -> everybody in the unit. */
function indexRoles(people: Iterable<Person>): Map<string, string[]> {
  const holding = new Map<string, string[]>();
  for (const person of people) {
    if (!person.active) continue;
    for (const post of person.posts) {
      for (const role of ['', ...post.roles]) {
        const key = `${post.unit}\n${role}`;
        const list = holding.get(key) ?? [];
        if (!list.includes(person.id)) list.push(person.id);
        holding.set(key, list);
      }
    }
  }
  return holding;
}

function toActor(person: Person, units: ReadonlyMap<string, Unit>): Actor {
  const main = person.posts[0];
  return {
    id: person.id,
    name: person.name,
    unit: main?.unit ?? '',
    unitName: units.get(main?.unit ?? '')?.shortName ?? '',
    post: main?.title ?? '',
    units: [...new Set(person.posts.map((post) => post.unit))],
    roles: person.posts.flatMap((post) => post.roles.map((role) => ({ unit: post.unit, role }))),
    duties: person.duties,
  };
}

function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

/**
 * Owns what an organisation is while it is being changed: units and people with their posts, those included that have ended or are yet to
 * come. A change replaces whole units and whole people; everything else stays. Must never write. Look-ups of the present day are in
 * catalogue/directory.ts.
 */
import type { Unit as KnownUnit } from '../catalogue/directory.ts';
import type { DirectoryRows, PostEntry } from '../store/directory.ts';

/** As the catalogue knows it, with its place. A relation to '' says that there is none from here on, whatever stands above. */
export interface Unit extends KnownUnit {
  /** place in the lists; absent: behind all others */
  sort?: number | undefined;
}

/** A person holds at most one post in a unit. A post ends with its last day and is never taken away. */
export interface Post {
  unit: string;
  title: string;
  roles: readonly string[];
  main: boolean;
  /** first and last day, YYYY-MM-DD; '' for no bound */
  from: string;
  to: string;
  attributes: Readonly<Record<string, unknown>>;
  /** place among those who hold the same role; absent: behind all others */
  sort?: number | undefined;
}

export interface Person {
  id: string;
  username: string;
  name: string;
  active: boolean;
  attributes: Readonly<Record<string, unknown>>;
  posts: readonly Post[];
}

export interface Organisation {
  readonly units: ReadonlyMap<string, Unit>;
  readonly people: ReadonlyMap<string, Person>;
  /** platform duties by person; they are given elsewhere */
  readonly duties: ReadonlyMap<string, readonly string[]>;
}

/** Whole units and people as they are to be. */
export interface Change {
  readonly units: ReadonlyMap<string, Unit>;
  readonly people: ReadonlyMap<string, Person>;
}

/** First day of posts that were always held; the table asks for one. */
export const ALWAYS = '1900-01-01';

/** The organisation that the rows of the directory describe. */
export function organisationOf(rows: DirectoryRows): Organisation {
  const accounts = new Map(rows.accounts.map((row) => [row.person_id, row]));
  const posts = new Map<string, PostEntry[]>();
  for (const row of rows.posts) posts.set(row.person_id, [...(posts.get(row.person_id) ?? []), row]);
  return {
    units: new Map(
      rows.units.map((row) => [
        row.id,
        {
          id: row.id,
          name: row.name,
          shortName: row.short_name,
          parent: row.parent_id,
          kind: row.kind,
          level: row.level,
          active: row.active,
          attributes: row.attributes,
          relations: row.relations,
          sort: row.sort,
        },
      ]),
    ),
    people: new Map(
      rows.people.map((row) => [
        row.id,
        {
          id: row.id,
          username: accounts.get(row.id)?.username ?? '',
          name: row.name,
          active: row.active,
          attributes: row.attributes,
          posts: (posts.get(row.id) ?? []).map((post) => ({
            unit: post.unit_id,
            title: post.title,
            roles: post.roles,
            main: post.main,
            from: post.from_date === ALWAYS ? '' : post.from_date,
            to: post.to_date,
            attributes: post.attributes,
            sort: post.sort,
          })),
        },
      ]),
    ),
    duties: new Map(rows.accounts.map((row) => [row.person_id, row.duties])),
  };
}

/** The organisation as it would be. */
export const changed = (before: Organisation, change: Change): Organisation => ({
  units: new Map([...before.units, ...change.units]),
  people: new Map([...before.people, ...change.people]),
  duties: before.duties,
});

/**
 * Owns the people of a sandbox and of the stories that are kept of it. From the directory come names, units, posts and roles; what is put down about
 * a person besides - whose cadre he is, who his kin are - is read by those who administer people, and never comes along. Rules: [PLAY4] [STORY7].
 */
import type { Cast } from '@ganwei/release/story';
import type { Directory } from '../catalogue/directory.ts';

/** [PLAY4] The organisation of today, without the attributes of people. */
export function castFrom({ units, people }: Directory): Cast {
  return {
    units: [...units.values()]
      .filter(({ active }) => active)
      .map(({ id, name, shortName, parent, kind, level, attributes, relations }) => ({
        id,
        name,
        shortName,
        parent: parent ?? undefined,
        kind,
        level,
        attributes: { ...attributes } as Cast['units'][number]['attributes'],
        relations: { ...relations },
      })),
    people: [...people.values()]
      .filter(({ active }) => active)
      .map(({ id, name, posts }) => ({
        id,
        name,
        attributes: {},
        posts: posts.map(({ unit, title, roles, attributes }) => ({
          unit,
          title,
          roles: [...roles],
          attributes: { ...attributes } as Cast['people'][number]['attributes'],
        })),
      })),
  };
}

/** [PLAY4] [DES72] The same directory for whoever tries content: nobody in it has attributes. */
export function withoutAttributes(directory: Directory): Directory {
  const people = new Map([...directory.people].map(([id, person]) => [id, { ...person, attributes: {} }] as const));
  return { ...directory, people };
}

/** [STORY7] Of a cast, those who are named in what has happened, with their units, what these are related to and what stands above. */
export function castNamed({ units, people }: Cast, happened: string): Cast {
  const isNamed = ({ id }: { id: string }): boolean => happened.includes(JSON.stringify(id));
  const seen = people.filter(isNamed);
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const wanted = new Set<string>();
  const want = (id: string | undefined): void => {
    const unit = id === undefined ? undefined : byId.get(id);
    if (!unit || wanted.has(unit.id)) return;
    wanted.add(unit.id);
    want(unit.parent);
    for (const related of Object.values(unit.relations)) want(related);
  };
  for (const { id } of units.filter(isNamed)) want(id);
  for (const { posts } of seen) for (const { unit } of posts) want(unit);
  return { units: units.filter(({ id }) => wanted.has(id)), people: seen };
}

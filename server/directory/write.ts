/** Owns writing a change of the organisation as rows; what has no place in the lists yet comes behind all others. */
import { postId, putPeople, putPosts, putUnits } from '../store/directory.ts';
import type { Tx } from '../store/open.ts';
import { ALWAYS, type Change, type Organisation } from './organisation.ts';

export async function writeChange(tx: Tx, before: Organisation, { units, people }: Change): Promise<void> {
  const behind = (sorts: Iterable<number | undefined>) =>
    [...sorts].reduce<number>((most, sort) => Math.max(most, sort ?? 0), 0) + 1;
  const lastUnit = behind([...before.units.values()].map(({ sort }) => sort));
  const lastPost = behind([...before.people.values()].flatMap(({ posts }) => posts.map(({ sort }) => sort)));
  await putUnits(
    tx,
    [...units.values()].map((unit, index) => ({
      id: unit.id,
      parent_id: unit.parent,
      name: unit.name,
      short_name: unit.shortName,
      kind: unit.kind,
      level: unit.level,
      sort: unit.sort ?? lastUnit + index,
      active: unit.active,
      attributes: JSON.stringify(unit.attributes),
      relations: JSON.stringify(unit.relations),
    })),
  );
  await putPeople(
    tx,
    [...people.values()].map(({ id, name, active, attributes }) => ({
      id,
      name,
      active,
      attributes: JSON.stringify(attributes),
    })),
  );
  await putPosts(
    tx,
    [...people.values()]
      .flatMap(({ id, posts }) => posts.map((post) => ({ id, post })))
      .map(({ id, post }, index) => ({
        id: postId(id, post.unit),
        person_id: id,
        unit_id: post.unit,
        title: post.title,
        roles: JSON.stringify(post.roles),
        main: post.main,
        sort: post.sort ?? lastPost + index,
        from_date: post.from || ALWAYS,
        to_date: post.to,
        attributes: JSON.stringify(post.attributes),
      })),
  );
}

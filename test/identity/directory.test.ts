/** The directory in memory: who holds a role, who stands in, which unit is meant, on which day. */
import { expect, test } from 'vitest';
import { makeDirectory } from '../../server/catalogue/directory.ts';
import { type DirectoryRows, type PostRow, postId, readDirectory, type UnitRow } from '../../server/store/directory.ts';

const unit = (id: string, parent: string | null, more: Partial<UnitRow> = {}): UnitRow => ({
  id,
  parent_id: parent,
  name: `${id}单位`,
  short_name: id,
  kind: 'office',
  level: 'county',
  sort: 0,
  active: true,
  attributes: '{}',
  relations: '{}',
  ...more,
});

const post = (person: string, at: string, roles: string[], more: Partial<PostRow> = {}): PostRow => ({
  id: postId(person, at),
  person_id: person,
  unit_id: at,
  title: '干事',
  roles: JSON.stringify(roles),
  main: true,
  sort: 0,
  from_date: '1900-01-01',
  to_date: '',
  attributes: '{}',
  ...more,
});

const rows = (units: UnitRow[], posts: PostRow[], inactive: string[] = []): DirectoryRows =>
  readDirectory(1, {
    units,
    people: [...new Set(posts.map((row) => row.person_id))].map((id) => ({
      id,
      name: id.toUpperCase(),
      active: !inactive.includes(id),
      attributes: '{}',
    })),
    posts,
    accounts: [],
  });

const TREE = [unit('city', null, { relations: '{"audit":"sj"}' }), unit('bureau', 'city'), unit('office', 'bureau')];

test('[DIR1] whoever holds the role is asked; while the post is vacant, whoever acts for it', () => {
  const posts = [post('a', 'office', ['head']), post('b', 'office', ['acting:head'])];
  expect(makeDirectory(rows(TREE, posts), '2026-09-01').holders('office', 'head')).toEqual(['a']);
  expect(makeDirectory(rows(TREE, posts, ['a']), '2026-09-01').holders('office', 'head')).toEqual(['b']);
  const above = makeDirectory(rows(TREE, [post('c', 'city', ['head'])]), '2026-09-01');
  expect(above.holders('office', 'head')).toEqual([]);
  expect(above.holdersAbove('office', 'head')).toEqual(['c']);
  expect(above.holdersBelow('city', 'head')).toEqual(['c']);
});

test('[DIR2] a relation counts for a unit and everything below it, until a unit says otherwise', () => {
  const directory = makeDirectory(rows(TREE, []), '2026-09-01');
  expect(directory.related('office', 'audit')).toBe('sj');
  const own = [...TREE.slice(0, 2), unit('office', 'bureau', { relations: '{"audit":""}' })];
  expect(makeDirectory(rows(own, []), '2026-09-01').related('office', 'audit')).toBeNull();
  expect(directory.related('office', 'constructor')).toBeNull();
});

test('[DIR3] a post is held from its first day to its last, both included', () => {
  const posts = [post('a', 'office', ['head'], { from_date: '2026-03-01', to_date: '2026-08-31' })];
  const heads = (day: string) => makeDirectory(rows(TREE, posts), day).holders('office', 'head');
  expect([heads('2026-02-28'), heads('2026-09-01')]).toEqual([[], []]);
  expect([heads('2026-03-01'), heads('2026-08-31')]).toEqual([['a'], ['a']]);
});

test('[DIR3] posts with long names stay apart', () => {
  const person = 'a'.repeat(38);
  const ids = [postId(person, 'office'), postId(person, 'bureau')];
  expect(new Set(ids).size).toBe(2);
  expect(ids.every((id) => id.length <= 40)).toBe(true);
});

test('[DIR5] units that contain each other do not keep the server busy for ever', () => {
  const circle = makeDirectory(rows([unit('a', 'b'), unit('b', 'a')], []), '2026-09-01');
  expect(circle.subtree('a')).toEqual(['a', 'b']);
  expect(circle.pathOf('a')).toContain('a');
});

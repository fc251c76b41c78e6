/**
 * Owns telling what a change changes, by the columns of the list and in the words people read there: for the report of an import and for the
 * audit log, where a granted role stands beside what was held before. Pure. Rules: [DIR4] [DIR13].
 */
import type { DirectoryWords } from '@ganwei/release/directory';
import { columnsOf, type Field } from './columns.ts';
import { personCell, postCell, unitCell } from './export.ts';
import { type Change, changed, type Organisation, type Person, type Unit } from './organisation.ts';

export interface Difference {
  of: 'unit' | 'person';
  id: string;
  name: string;
  act: 'added' | 'changed';
  /** title of the column, of a post with its unit; what the cell said and says */
  fields: { field: string; before: string; after: string }[];
}

/** Units and people that stay as they are do not appear. */
export function differences(before: Organisation, change: Change, words: DirectoryWords | undefined): Difference[] {
  const columns = columnsOf(words);
  const after = changed(before, change);
  const compare = <T>(of: Field['of'], was: T | undefined, is: T, cell: (one: T, field: Field) => string, where = '') =>
    columns
      .filter(({ field }) => field.of === of)
      .map(({ title, field }) => ({
        field: title + where,
        before: was ? cell(was, field) : '',
        after: cell(is, field),
      }))
      .filter((one) => one.before !== one.after);
  const ofUnit = (unit: Unit) =>
    compare('unit', before.units.get(unit.id), unit, (one, field) => unitCell(one, field, words));
  const ofPerson = (person: Person) => {
    const was = before.people.get(person.id);
    const own = compare('person', was, person, (one, field) => personCell(one, undefined, field, words));
    const posts = person.posts.flatMap((post) => {
      const where = `（${after.units.get(post.unit)?.name ?? post.unit}）`;
      const known = was?.posts.find((one) => one.unit === post.unit);
      return compare('post', known, post, (one, field) => postCell(one, field, words), where);
    });
    return [...own, ...posts];
  };
  const found: Difference[] = [
    ...[...change.units.values()].map((unit) => ({
      of: 'unit' as const,
      id: unit.id,
      name: unit.name,
      act: actOf(before.units.has(unit.id)),
      fields: ofUnit(unit),
    })),
    ...[...change.people.values()].map((person) => ({
      of: 'person' as const,
      id: person.id,
      name: person.name,
      act: actOf(before.people.has(person.id)),
      fields: ofPerson(person),
    })),
  ];
  return found.filter(({ act, fields }) => act === 'added' || fields.length > 0);
}

const actOf = (known: boolean): Difference['act'] => (known ? 'changed' : 'added');

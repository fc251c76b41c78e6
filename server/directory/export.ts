/** Owns writing the organisation as a list: what is exported can be changed in Excel and imported again. Rule: [DIR12]. */
import type { DirectoryWords } from '@ganwei/release/directory';
import {
  actingRoles,
  attributeText,
  type Column,
  columnsOf,
  type Field,
  heldRoles,
  NOTHING,
  titleOf,
} from './columns.ts';
import type { Organisation, Person, Post, Unit } from './organisation.ts';

/** Rows of texts, the titles first: one sheet of units, one of people with a line for each post. */
export function sheetsOf({ units, people }: Organisation, words: DirectoryWords | undefined) {
  const columns = columnsOf(words);
  const ofUnit = columns.filter(({ field }) => field.of === 'unit');
  const ofPerson = columns.filter(({ field }) => field.of !== 'unit' || field.is === 'id');
  return [
    {
      sheet: '单位',
      rows: [
        titles(ofUnit),
        ...[...units.values()].map((unit) => ofUnit.map(({ field }) => unitCell(unit, field, words))),
      ],
    },
    {
      sheet: '人员',
      rows: [
        titles(ofPerson),
        ...[...people.values()].flatMap((person) =>
          (person.posts.length > 0 ? person.posts : [undefined]).map((post) =>
            ofPerson.map(({ field }) => personCell(person, post, field, words)),
          ),
        ),
      ],
    },
  ];
}

const titles = (columns: readonly Column[]): string[] => columns.map(({ title }) => title);

/** What the list says of a unit in the column of this field. */
export function unitCell(unit: Unit, field: Field, words: DirectoryWords | undefined): string {
  if (field.is === 'attribute') return attributeText(unit.attributes[field.key]);
  if (field.is === 'relation') return unit.relations[field.key] === '' ? NOTHING : (unit.relations[field.key] ?? '');
  switch (field.is) {
    case 'id':
      return unit.id;
    case 'name':
      return unit.name;
    case 'shortName':
      return unit.shortName;
    case 'parent':
      return unit.parent ?? '';
    case 'kind':
      return titleOf(unit.kind, words?.unitKinds);
    case 'level':
      return titleOf(unit.level, words?.levels);
    case 'active':
      return unit.active ? '在用' : '撤销';
    default:
      return '';
  }
}

/** The same of a person and one of his posts. */
export function personCell(
  person: Person,
  post: Post | undefined,
  field: Field,
  words: DirectoryWords | undefined,
): string {
  if (field.of === 'unit') return post?.unit ?? '';
  if (field.of === 'post') return post ? postCell(post, field, words) : '';
  if (field.is === 'attribute') return attributeText(person.attributes[field.key]);
  if (field.is === 'active') return person.active ? '在职' : '离职';
  return field.is === 'username' ? person.username : person.name;
}

export function postCell(
  post: Post,
  field: Extract<Field, { of: 'post' | 'unit' | 'person' }>,
  words: DirectoryWords | undefined,
): string {
  const roles = (keys: readonly string[]) => keys.map((key) => titleOf(key, words?.roles)).join('；');
  if (field.is === 'attribute') return attributeText(post.attributes[field.key]);
  switch (field.is) {
    case 'title':
      return post.title;
    case 'roles':
      return roles(heldRoles(post.roles));
    case 'acting':
      return roles(actingRoles(post.roles));
    case 'main':
      return post.main ? '是' : '否';
    case 'from':
      return post.from;
    case 'to':
      return post.to;
    default:
      return '';
  }
}

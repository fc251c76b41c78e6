/**
 * Owns the words of the directory: which roles, kinds of units, relations and attributes there are, and of what type an attribute is.
 * They are content like everything else: expressions are checked against them, and the directory's pages and import follow them.
 *
 */
import { DefinitionError } from '@ganwei/core/definition';
import { parseType } from '@ganwei/feel/type';
import { z } from 'zod';
import { readSource } from './tables.ts';

const Word = z.strictObject({
  key: z.string().regex(/^[A-Za-z][\w-]{0,60}$/),
  title: z.string().min(1),
  note: z.string().default(''),
});

/** `approval`: it takes effect only with the consent of the security administrator. */
const Role = Word.extend({ approval: z.boolean().default(false) });

/** Types an attribute may have; a list of them is written `list<string>`. */
const ATTRIBUTE_TYPES = ['string', 'number', 'boolean', 'date', 'person', 'unit'];
const Attribute = Word.extend({
  type: z.string().refine((type) => ATTRIBUTE_TYPES.includes(type.replace(/^list<(.*)>$/, '$1')), {
    message: `类型应为 ${ATTRIBUTE_TYPES.join('、')} 之一，或 list<…>`,
  }),
  /** the only values it may have */
  values: z.array(z.string().min(1)).optional(),
  /** applications work where nobody has it */
  optional: z.boolean().default(false),
});

const Source = z.strictObject({
  directory: z.string(),
  title: z.string().min(1),
  roles: z.array(Role),
  unitKinds: z.array(Word),
  levels: z.array(Word),
  /** in this order an affair is seen whole, e.g. before, while and after it is done */
  lanes: z.array(Word).default([]),
  relations: z.array(Word),
  unitAttributes: z.array(Attribute),
  personAttributes: z.array(Attribute),
  postAttributes: z.array(Attribute),
  /** by which attribute of units an organ rules mail to its people, and what it says when the daily summary alone, or any mail, is allowed */
  mail: z.strictObject({ attribute: z.string(), daily: z.string(), any: z.string() }).optional(),
});

export type DirectoryWords = z.output<typeof Source>;
export type DirectoryAttribute = DirectoryWords['unitAttributes'][number];

const LISTS = [
  'roles',
  'unitKinds',
  'levels',
  'lanes',
  'relations',
  'unitAttributes',
  'personAttributes',
  'postAttributes',
] as const;

/** Throws DefinitionError naming the place in the file. */
export function readDirectoryWords(source: string): DirectoryWords {
  const words = readSource(Source, source);
  for (const list of LISTS) {
    const seen = new Set<string>();
    for (const { key } of words[list]) {
      if (seen.has(key)) throw twice(list, key);
      seen.add(key);
    }
  }
  for (const { type } of words.unitAttributes) parseType(type);
  if (words.mail) checkMail(words, words.mail);
  return words;
}

/** [MSG9] What rules mail is an attribute of units that can say what is read from it. */
function checkMail(
  { unitAttributes }: DirectoryWords,
  { attribute, daily, any }: NonNullable<DirectoryWords['mail']>,
): void {
  const found = unitAttributes.find(({ key }) => key === attribute);
  const missing = found ? [daily, any].filter((value) => !found.values?.includes(value)) : [attribute];
  if (missing.length === 0) return;
  const message = found ? `单位属性「${attribute}」没有取值「${missing.join('、')}」` : `没有单位属性「${attribute}」`;
  throw new DefinitionError([{ severity: 'error', rule: 'mail', element: 'mail', message }]);
}

const twice = (list: string, key: string): DefinitionError =>
  new DefinitionError([{ severity: 'error', rule: 'twice', element: list, message: `「${key}」写了两次` }]);

/** Owns the types of what is filled in: each field of a form by its component, detail tables as lists of contexts. */

import { inferExpression } from '@ganwei/feel/infer/infer';
import {
  ANY,
  BOOLEAN,
  contextOf,
  DATE,
  idOf,
  listOf,
  NUMBER,
  oneOf,
  parseType,
  STRING,
  sameType,
  type Type,
} from '@ganwei/feel/type';
import { describe } from '@ganwei/form/components';
import { labelText } from '@ganwei/form/messages';
import type { FieldSchema, FormField } from '@ganwei/form/model';
import type { Question } from '../memory.ts';
import type { Release } from '../release.ts';
import { dictionaryType } from './dictionaries.ts';
import { surroundings } from './platform.ts';

const VALUES: Question<Type> = {
  name: 'values',
  about: 'form',
  answer: (release, key) => contextOf(fieldTypes(release, release.form(key)?.fields ?? [])),
  same: sameType,
};

/** The values of a filled form. */
export const formType = (release: Release, form: string): Type => release.ask(VALUES, form);

/**
 * The values of fields that stand side by side. What a field computes is of the type of its rule, as far as the form alone tells:
 * names from outside are of any type here, and are checked where the form is used.
 */
export function fieldTypes(release: Release, fields: readonly FormField[]): Map<string, Type> {
  const types = new Map(fields.map((field) => [field.key, fieldType(release, field)] as const));
  for (const field of fields) {
    const rule = field.schema['x-rules']?.value;
    if (types.get(field.key)?.kind !== 'any' || rule === undefined) continue;
    const around = { ...surroundings(release), names: types };
    types.set(field.key, inferExpression(rule, release.formLanguage, around).type);
  }
  return types;
}

const FILE = parseType('context<id: file, name: string, size: number, type: string, sha256: string>');
const SIGNATURE = parseType('context<name: string, personId: person, at: date and time, image: string>');

/** The value of one field; rows of a table and members of a group by their own fields. */
export function fieldType(release: Release, field: FormField): Type {
  if (field.kind === 'table') return listOf(contextOf(fieldTypes(release, field.fields)));
  if (field.kind === 'group') return contextOf(fieldTypes(release, field.fields));
  const { schema } = field;
  const several = schema.type === 'array' ? listOf : (type: Type) => type;
  switch (describe(field.component).kind) {
    case 'text':
      return STRING;
    case 'number':
      return NUMBER;
    case 'boolean':
      return BOOLEAN;
    case 'date':
      return DATE;
    case 'datetime':
      return { kind: 'date and time' };
    case 'range':
      return listOf(DATE);
    case 'choice':
      return several(choiceType(field));
    case 'dictionary':
      return several(dictionaryType(release, textProp(schema, 'dictionary')));
    case 'person':
    case 'unit':
      return several(idOf(describe(field.component).kind as 'person' | 'unit'));
    case 'reference':
      return several(idOf('case'));
    case 'files':
      return listOf(FILE);
    case 'signature':
      return SIGNATURE;
    case 'any':
      return computedType(release, schema);
    case 'table':
    case 'group':
    case 'layout':
      return ANY;
  }
}

function choiceType({ schema, title, rules }: FormField): Type {
  if (schema.type === 'number' || schema.type === 'boolean') return { kind: schema.type };
  const options = schema.enum ?? [];
  const values = options.map(({ value }) => value);
  if (rules.options || values.length === 0) return schema.type === 'string' ? STRING : ANY;
  if (values.every((value) => typeof value === 'number')) return NUMBER;
  const labels = new Map(options.map(({ value, label }) => [String(value), labelText(label)]));
  return oneOf(labels.keys(), `「${labelText(title)}」的选项`, labels);
}

/** What a computed field shows itself as; the rule that computes it is held against it. */
function computedType(release: Release, schema: FieldSchema): Type {
  const shown = textProp(schema, 'as');
  const one = COMPUTED[shown] ?? ANY;
  const base = shown === 'dictionary' ? dictionaryType(release, textProp(schema, 'dictionary')) : one;
  if (schema.type === 'array') return listOf(base);
  if (schema.type === 'object') return contextOf([], true);
  if (base.kind !== 'any') return base;
  return schema.type === 'number' || schema.type === 'boolean' ? { kind: schema.type } : ANY;
}

const COMPUTED: Readonly<Record<string, Type>> = {
  number: NUMBER,
  money: NUMBER,
  date: DATE,
  datetime: { kind: 'date and time' },
  person: idOf('person'),
  unit: idOf('unit'),
};

function textProp(schema: FieldSchema, name: string): string {
  const value = schema['x-component-props']?.[name];
  return typeof value === 'string' ? value : '';
}

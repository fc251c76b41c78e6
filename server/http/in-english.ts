/**
 * Owns the answer for whoever reads English: the contract marks which texts of an answer are the content's or the house's own, and here,
 * nowhere else, their English is put in their place. Answers without such texts, and Chinese readers, pass untouched. People's own words,
 * names, numbers and letters are never marked. Rules: [LANG1] [LANG3].
 */
import { DrawingText, FormText, Wording, Wordings } from '@ganwei/core/contract';
import type { z } from 'zod';
import type { English } from '../catalogue/english.ts';

type Translate = (value: unknown, english: English) => unknown;

/** How an answer of this shape is told in English; undefined: nothing in it has to be. */
export function inEnglish(schema: z.ZodType): Translate | undefined {
  const own = OWN.get(schema);
  if (own) return own;
  const { def } = schema as unknown as { def: Def };
  switch (def.type) {
    case 'object':
      return members(def.shape);
    case 'array':
      return each(inEnglish(def.element));
    case 'record':
      return entries(inEnglish(def.valueType));
    case 'nullable':
    case 'optional':
    case 'default':
      return present(inEnglish(def.innerType));
    default:
      return undefined;
  }
}

/** The kinds of schema that hold others, as zod describes them. */
type Def =
  | { type: 'object'; shape: Readonly<Record<string, z.ZodType>> }
  | { type: 'array'; element: z.ZodType }
  | { type: 'record'; valueType: z.ZodType }
  | { type: 'nullable' | 'optional' | 'default'; innerType: z.ZodType }
  | { type: 'other' };

const OWN: ReadonlyMap<z.ZodType, Translate> = new Map<z.ZodType, Translate>([
  [Wording, (text, english) => english.text(text as string)],
  [Wordings, (value, english) => everyText(value, english)],
  [FormText, (form, english) => english.form(form as object)],
  [DrawingText, (xml, english) => english.drawing(xml as string)],
]);

function members(shape: Readonly<Record<string, z.ZodType>>): Translate | undefined {
  const told = Object.entries(shape).flatMap(([name, schema]): [string, Translate][] => {
    const translate = inEnglish(schema);
    return translate ? [[name, translate]] : [];
  });
  if (told.length === 0) return undefined;
  return (value, english) => {
    const answer: Record<string, unknown> = { ...(value as object) };
    for (const [name, translate] of told) if (name in answer) answer[name] = translate(answer[name], english);
    return answer;
  };
}

const each = (one: Translate | undefined): Translate | undefined =>
  one && ((list, english) => (list as unknown[]).map((entry) => one(entry, english)));

const entries = (one: Translate | undefined): Translate | undefined =>
  one &&
  ((record, english) =>
    Object.fromEntries(Object.entries(record as object).map(([key, value]) => [key, one(value, english)])));

const present = (one: Translate | undefined): Translate | undefined =>
  one && ((value, english) => (value === null || value === undefined ? value : one(value, english)));

function everyText(value: unknown, english: English): unknown {
  if (typeof value === 'string') return english.text(value);
  if (Array.isArray(value)) return value.map((entry) => everyText(entry, english));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, everyText(entry, english)]));
}

/**
 * Owns canary words: where each was planted, and how one is put into every text of a form that a step may write. What a person filled in gets the
 * word at its end; a text field that was left empty is filled with one. It knows forms, not flows.
 */

import { permissionsOf } from '@ganwei/form/access';
import { COMPONENTS } from '@ganwei/form/components';
import type { CompiledForm, FieldAccess, FormField } from '@ganwei/form/model';

/** One word: what it is the secret of. */
export interface Word {
  /** full key of the flow, and the case; '' until the case is there */
  flow: string;
  caseId: string;
  /** `as.path` of a field, `step/comment`, `comments`, `attachments`, `letter/template`, `case` */
  thing: string;
  /** who wrote it; '' for what the platform wrote */
  by: string;
}

const DIGITS = '零一二三四五六七八九';
const WORD = /〔词([零一二三四五六七八九]+)〕/g;

export class Words {
  readonly #planted: Word[] = [];
  /** numbers of cases and letters, which are words by themselves */
  readonly #named = new Map<string, Word>();

  /** Keeps what the word stands for, and answers with it. */
  plant(word: Word): string {
    this.#planted.push(word);
    const digits = [...String(this.#planted.length - 1)].map((digit) => DIGITS[Number(digit)]).join('');
    return `〔词${digits}〕`;
  }

  name(text: string, word: Word): void {
    this.#named.set(text, word);
  }

  get things(): ReadonlySet<string> {
    return new Set(this.#planted.map(({ flow, thing }) => `${flow} ${thing}`));
  }

  /** What this text tells. */
  in(text: string): Set<Word> {
    const found = new Set<Word>();
    for (const [, digits] of text.matchAll(WORD))
      found.add(this.#planted[Number([...digits!].map((digit) => DIGITS.indexOf(digit)).join(''))]!);
    // The longest first: the number of an attached case begins with that of its parent.
    for (const name of [...this.#named.keys()].sort((a, b) => b.length - a.length))
      if (text.includes(name)) {
        found.add(this.#named.get(name)!);
        text = text.replaceAll(name, '');
      }
    return found;
  }
}

type Values = Record<string, unknown>;
const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export interface Planting {
  form: CompiledForm;
  access: readonly FieldAccess[];
  /** may this place (as complaints name it) of this field take a word? */
  takes(place: string, path: string): boolean;
  /** path of the field -> its word */
  word(path: string): string;
}

/** The same values with a word in every text that this step may write. */
export function planted({ form, access, takes, word }: Planting, values: Values): Values {
  const permissions = permissionsOf(form, access);
  const fill = (fields: readonly FormField[], given: Values, at: string): Values => {
    const out: Values = { ...given };
    for (const field of fields) {
      const place = `${at}${field.key}`;
      const value = given[field.key];
      if (field.kind === 'group') {
        const inner = fill(field.fields, isObject(value) ? value : {}, `${place}.`);
        if (isObject(value) || Object.keys(inner).length > 0) out[field.key] = inner;
      } else if (field.kind === 'table') {
        if (Array.isArray(value))
          out[field.key] = value.map((row, i) => (isObject(row) ? fill(field.fields, row, `${place}.${i}.`) : row));
      } else if (permissions.of(field).writable && takes(place, field.path)) {
        const told = textWith(field, value, () => word(field.path));
        if (told !== undefined) out[field.key] = told;
      }
    }
    return out;
  };
  return fill(form.fields, values, '');
}

/** Undefined where the field is no text of somebody's own. */
function textWith({ component, schema, rules }: FormField, value: unknown, word: () => string): unknown {
  if (COMPONENTS[component].kind === 'files' && Array.isArray(value))
    return value.map((file) => (isObject(file) && 'file' in file ? { file: `${word()}${file.file}` } : file));
  if (COMPONENTS[component].kind !== 'text' || schema.type !== 'string' || schema.format) return undefined;
  if (rules.value || (value !== undefined && typeof value !== 'string')) return undefined;
  const end = word();
  const { minLength = 0, maxLength = 5000 } = schema;
  if (end.length > maxLength) return undefined;
  const text = value || '已经核对';
  return `${text.padEnd(minLength - end.length, '并作说明').slice(0, maxLength - end.length)}${end}`;
}

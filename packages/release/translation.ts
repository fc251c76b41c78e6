/**
 * Owns a translation: the English of what an application says to people, each text under the Chinese one as the content has it. A text may
 * have holes: `{= … }`, as the content writes them, or `{1}`, `{2}` where an expression puts something in. Rules: [LANG1] [LANG2].
 */
import { placeholdersIn } from '@ganwei/feel/placeholders';
import { z } from 'zod';
import { readSource } from './tables.ts';

const Source = z.strictObject({
  /** the name of the folder: an application, or `shared` */
  translation: z.string().regex(/^[a-z][a-z0-9-]{0,60}$/),
  language: z.literal('en-US'),
  /** Chinese -> English */
  texts: z.record(z.string().min(1), z.string().min(1)),
});

export type Translation = z.output<typeof Source>;

/** Throws DefinitionError naming the place in the file. */
export const readTranslation = (source: string): Translation => readSource(Source, source);

/** A text cut at its holes: there is one more of the fixed parts than of the holes. */
export interface Mould {
  readonly fixed: readonly string[];
  readonly holes: readonly string[];
}

export function mouldOf(text: string): Mould {
  const written = placeholdersIn(text);
  const numbered = [...text.matchAll(/\{\w+\}/g)]
    .map(({ index, 0: { length } }) => ({ from: index, to: index + length }))
    .filter(({ from }) => !written.some((one) => one.from <= from && from < one.to));
  const fixed: string[] = [];
  const holes: string[] = [];
  let at = 0;
  for (const { from, to } of [...written, ...numbered].sort((a, b) => a.from - b.from)) {
    fixed.push(text.slice(at, from));
    holes.push(text.slice(from, to));
    at = to;
  }
  return { fixed: [...fixed, text.slice(at)], holes };
}

const HAN = /\p{Script=Han}/u;

/** Does it say something in Chinese, holes left out? */
export const isChinese = (text: string): boolean =>
  HAN.test(text) && mouldOf(text).fixed.some((part) => HAN.test(part));

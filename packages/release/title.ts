/** Owns what a definition calls itself: its title for people, and its key, which must be the name of its file. */
import type { Kind } from './definition.ts';
import type { Compiled } from './workshop.ts';

type Words = { readonly [K in Kind]: (value: Compiled[K]) => string | undefined };

const TITLES: Words = {
  directory: ({ title }) => title,
  dictionary: ({ title }) => title,
  calendar: ({ year }) => `${year} 年工作日历`,
  functions: () => undefined,
  form: ({ title }) => (typeof title === 'string' ? title : title['zh-CN']),
  decision: ({ name }) => name,
  letter: ({ name }) => name,
  process: ({ model }) => model.name,
  ledger: ({ title }) => title,
  overview: ({ title }) => title,
  application: ({ name }) => name['zh-CN'],
  translation: ({ translation, language }) => `${translation}（${language}）`,
  story: ({ title }) => title,
};

const KEYS: Words = {
  directory: () => undefined,
  dictionary: ({ dictionary }) => dictionary,
  calendar: () => undefined,
  functions: () => undefined,
  form: ({ key }) => key,
  decision: ({ id }) => id,
  letter: ({ key }) => key,
  process: ({ model }) => model.id,
  ledger: ({ ledger }) => ledger,
  overview: ({ overview }) => overview,
  application: ({ app }) => app,
  translation: ({ translation }) => translation,
  story: ({ story }) => story,
};

/** What people call it; undefined where it has no name. */
export const titleOf = <K extends Kind>(kind: K, value: Compiled[K]): string | undefined => TITLES[kind](value);

/** The key a definition gives itself; undefined where it gives none. */
export const ownKeyOf = <K extends Kind>(kind: K, value: Compiled[K]): string | undefined => KEYS[kind](value);

/**
 * Owns which texts of each kind of definition people read, and to whose translation they belong. Letters are official texts and stay Chinese;
 * people, units and posts are the directory's. Rules: [LANG1] [LANG2].
 */
import { withTexts } from '@ganwei/form/wordings';
import { textsOfProcess } from '@ganwei/process/wordings';
import { type Definition, type Kind, OWNED } from './definition.ts';
import { fullKey } from './keys.ts';
import type { Question } from './memory.ts';
import type { Overview } from './overviews.ts';
import type { Release } from './release.ts';
import type { Dictionary, Ledger } from './tables.ts';
import { isChinese } from './translation.ts';
import type { Compiled } from './workshop.ts';

/** The folder whose translation says it: the application's, or `shared`. */
export function folderOf({ kind, app, key }: Pick<Definition, 'kind' | 'app' | 'key'>): string {
  if (OWNED.includes(kind)) return app ?? SHARED;
  return kind === 'functions' || kind === 'application' || kind === 'translation' ? key : SHARED;
}

const SHARED = 'shared';

type Texts = { readonly [K in Kind]?: (value: Compiled[K], source: string) => readonly string[] };

const TEXTS: Texts = {
  directory: (words) =>
    [
      words.roles,
      words.unitKinds,
      words.levels,
      words.lanes,
      words.relations,
      words.unitAttributes,
      words.personAttributes,
      words.postAttributes,
    ].flatMap((list) => list.map(({ title }) => title)),
  dictionary: ({ title, items }: Dictionary) => [title, ...items.flatMap(({ label, note }) => [label, note])],
  form({ definition }) {
    const found: string[] = [];
    withTexts(definition, (text) => {
      found.push(text);
      return text;
    });
    return found;
  },
  decision: ({ name }) => [name],
  process: ({ model }, source) => textsOfProcess(model, source),
  ledger: ({ title, description, columns }: Ledger) => [
    title,
    description,
    ...columns.flatMap(({ label, choices = [] }) => [label, ...choices.map((choice) => choice.label)]),
  ],
  overview: ({ title, description, charts }: Overview) => [
    title,
    description,
    ...charts.flatMap((chart) => [chart.title, chart.statement, chart.unit, ...chart.parts.map(({ label }) => label)]),
  ],
};

/** [LANG2] The Chinese texts of a definition that people read, each once; asked by `kind/full key`. */
const TEXTS_OF: Question<readonly string[]> = {
  name: 'texts',
  answer(release, id) {
    const at = id.indexOf('/');
    const kind = id.slice(0, at) as Kind;
    const key = id.slice(at + 1);
    const value = release.compiled(kind, key);
    const texts = TEXTS[kind] as ((value: unknown, source: string) => readonly string[]) | undefined;
    if (value === undefined || !texts) return [];
    const source = release.definition(kind, key)?.source ?? '';
    return [...new Set(texts(value, source))].filter(isChinese);
  },
};

export const textsOf = (release: Release, definition: Definition): readonly string[] =>
  release.whole.ask(TEXTS_OF, `${definition.kind}/${fullKey(definition)}`);

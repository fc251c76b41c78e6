/**
 * Owns data-names: what is written into a case is read somewhere, or at least not mistaken for something else; and what several places
 * write under one name is of one type. A name that is written, never read and nearly another name is a slip of the pen.
 */
import { nearest } from '@ganwei/feel/nearest';
import { printType, type Type } from '@ganwei/feel/type';
import type { ProcessModel } from '@ganwei/process/model';
import type { Kind } from '../definition.ts';
import { fullKey } from '../keys.ts';
import type { Question } from '../memory.ts';
import type { Release } from '../release.ts';
import { type Written, writings } from '../scope/data.ts';
import { known, scopeOf } from '../scope/known.ts';
import { checkOf } from './check.ts';

export const dataNames = checkOf('data-names', 'process', ({ release, definition, value: { model }, report }) => {
  const running = scopeOf(release, definition.key)?.running;
  const written = running ? writings(release, model, running, known(release)) : [];
  for (const { element, name, near } of unread(release, model, written)) {
    report({ element, message: `写入的「${name}」没有任何地方读取，是否指「${near}」？` });
  }
  for (const { element, path, here, there } of clashes(written)) {
    report({ element, message: `「${path}」在这里是${printType(here)}，在别处是${printType(there)}` });
  }
});

type Counts = ReadonlyMap<string, number>;

/** How often each word stands in a definition. */
const WORDS_IN: Question<Counts> = {
  name: 'words in',
  answer(release, id) {
    const at = id.indexOf('/');
    const source = release.definition(id.slice(0, at) as Kind, id.slice(at + 1))?.source ?? '';
    const words = new Map<string, number>();
    for (const word of source.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []) words.set(word, (words.get(word) ?? 0) + 1);
    return words;
  },
};

const ALL_WORDS: Question<Counts> = {
  name: 'all words',
  answer(release) {
    const words = new Map<string, number>();
    for (const one of release.definitions)
      for (const [word, count] of release.ask(WORDS_IN, `${one.kind}/${fullKey(one)}`))
        words.set(word, (words.get(word) ?? 0) + count);
    return words;
  },
};

/** How often a word stands anywhere in the definitions: a name that is read stands more often than it is written. */
const MENTIONS: Question<number> = {
  name: 'mentions',
  answer: (release, word) => release.ask(ALL_WORDS, '').get(word) ?? 0,
};

interface Unread {
  element: string;
  name: string;
  near: string;
}

function unread(release: Release, { nodes }: ProcessModel, written: readonly Written[]): Unread[] {
  const names = new Map<string, number>();
  for (const { path } of written) names.set(path[0] ?? '', (names.get(path[0] ?? '') ?? 0) + 1);
  return written.flatMap(({ element, path: [name = ''], form }) => {
    if (release.ask(MENTIONS, name) > (names.get(name) ?? 0)) return [];
    const near = nearest(
      name,
      [...names.keys()].filter((other) => other !== name),
    );
    // A form is shown by itself; only where another step fills the same form under the other name is this one a slip.
    const alike = near !== undefined && (!form || [...nodes.values()].some((node) => isFilledAs(node, form, near)));
    return near !== undefined && alike ? [{ element, name, near }] : [];
  });
}

const isFilledAs = (
  { start, task }: { start?: { form?: string; as: string }; task?: { form?: string; as: string } },
  form: string,
  as: string,
): boolean =>
  [start, task].some((settings) => settings?.form === form && settings.as === as) || (start ?? task)?.as === as;

interface Clash {
  element: string;
  path: string;
  here: Type;
  there: Type;
}

/** Places that write a value of another kind than the first one to the same path. */
function clashes(written: readonly Written[]): Clash[] {
  const first = new Map<string, Type>();
  return written.flatMap(({ element, path, type }) =>
    leaves(path.join('.'), type).flatMap(([at, here]): Clash[] => {
      const there = first.get(at);
      if (!there) first.set(at, here);
      return there && there.kind !== here.kind ? [{ element, path: at, here, there }] : [];
    }),
  );
}

/** The parts of a value whose kind is known, with their paths. */
function leaves(path: string, type: Type): [path: string, type: Type][] {
  if (type.kind === 'any' || type.kind === 'null' || type.kind === 'named') return [];
  if (type.kind === 'list') return leaves(`${path}[]`, type.item);
  if (type.kind !== 'context') return [[path, type]];
  return [...type.members].flatMap(([name, member]) => leaves(`${path}.${name}`, member));
}

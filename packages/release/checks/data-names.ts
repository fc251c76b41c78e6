/**
 * Owns data-names: what is written into a case is read somewhere, or at least not mistaken for something else; and what several places
 * write under one name is of one type. A name that is written, never read and nearly another name is a slip of the pen.
 */
import { nearest } from '@ganwei/feel/nearest';
import { printType, type Type } from '@ganwei/feel/type';
import type { ProcessModel } from '@ganwei/process/model';
import type { Release } from '../release.ts';
import { type Written, writings } from '../scope/process.ts';
import { type Check, each } from './check.ts';

export const dataNames: Check = {
  name: 'data-names',
  run(release, report) {
    const words = wordsOf(release);
    for (const { definition, value } of each(release, 'process', release.process)) {
      const written = writings(release, value.model);
      for (const { element, name, near } of unread(value.model, written, words)) {
        const message = `写入的「${name}」没有任何地方读取，是否指「${near}」？`;
        report(definition, { element, message });
      }
      for (const { element, path, here, there } of clashes(written)) {
        const message = `「${path}」在这里是${printType(here)}，在别处是${printType(there)}`;
        report(definition, { element, message });
      }
    }
  },
};

/** How often each word stands anywhere in the definitions: a name that is read stands more often than it is written. */
function wordsOf(release: Release): Map<string, number> {
  const words = new Map<string, number>();
  for (const { source } of release.definitions) {
    for (const [word] of source.matchAll(/[\p{L}_$][\p{L}\p{N}_$]*/gu)) words.set(word, (words.get(word) ?? 0) + 1);
  }
  return words;
}

interface Unread {
  element: string;
  name: string;
  near: string;
}

function unread({ nodes }: ProcessModel, written: readonly Written[], words: ReadonlyMap<string, number>): Unread[] {
  const names = new Map<string, number>();
  for (const { path } of written) names.set(path[0] ?? '', (names.get(path[0] ?? '') ?? 0) + 1);
  return written.flatMap(({ element, path: [name = ''], form }) => {
    if ((words.get(name) ?? 0) > (names.get(name) ?? 0)) return [];
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

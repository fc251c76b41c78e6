/**
 * Owns kept-codes: a code that has been in force stays in its dictionary, since cases, records and ledgers keep it for good and are read by
 * it. What is no longer to be chosen is switched off. Held against what is in force, so it is asked where content takes effect. Rule: [REL26].
 */
import { nearest } from '@ganwei/feel/nearest';
import { type Definition, KIND_NAMES } from './definition.ts';
import { idOf } from './paths.ts';
import type { Found } from './release.ts';
import { type Dictionary, readDictionary } from './tables.ts';

/** Codes that `after` no longer has. What cannot be read is told elsewhere. */
export function lostCodes(before: readonly Definition[], after: readonly Definition[]): Found[] {
  const sources = new Map(before.filter(({ kind }) => kind === 'dictionary').map((one) => [idOf(one), one.source]));
  return after.flatMap((definition) => {
    const old = definition.kind === 'dictionary' ? sources.get(idOf(definition)) : undefined;
    if (old === undefined || old === definition.source) return [];
    const [was, is] = [itemsIn(old), itemsIn(definition.source)];
    if (!was || !is) return [];
    const kept = is.map(({ code }) => code);
    return was
      .filter(({ code }) => !kept.includes(code))
      .map(({ code, label }): Found => {
        const near = nearest(
          code,
          kept.filter((one) => !was.some((old) => old.code === one)),
        );
        const advice = near === undefined ? '' : `（是否改成了「${near}」？）`;
        const message = `${KIND_NAMES.dictionary}条目「${label}」的代码「${code}」已经用过，不能去掉或者改写${advice}；不再使用的，请停用（active: false）`;
        return { severity: 'error', rule: 'kept-codes', file: definition.file, element: code, message };
      });
  });
}

/** The earlier text of a dictionary, for going back to it: codes that came into force since stay, switched off. */
export function withLaterCodes(earlier: string, later: string): string {
  const [was, is] = [itemsIn(earlier), itemsIn(later)];
  const added = was && is?.filter(({ code }) => was.every((item) => item.code !== code));
  if (!added || added.length === 0) return earlier;
  const { items, ...rest } = JSON.parse(earlier) as { items: unknown[] };
  const off = added.map(({ code, label }) => ({ code, label, active: false }));
  return `${JSON.stringify({ ...rest, items: [...items, ...off] }, null, 2)}\n`;
}

function itemsIn(source: string): Dictionary['items'] | undefined {
  try {
    return readDictionary(source).items;
  } catch {
    return undefined;
  }
}

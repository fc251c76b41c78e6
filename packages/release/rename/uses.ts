/**
 * Owns where something is used: for a name that can be renamed, every place that a rename would write anew, asked with a name that nobody has; for a key that stays, what
 * the check would miss if the thing were not there. Rule: [REN6].
 */

import { applyEdits, type JSONPath, modify } from 'jsonc-parser';
import { checkRelease } from '../check.ts';
import type { Definition } from '../definition.ts';
import { fullKey } from '../keys.ts';
import { type Found, openRelease, type Workshop } from '../release.ts';
import { type Declared, declaredBy, placesOfFields } from './declared.ts';
import { isDeclared, type Kept, type Thing } from './names.ts';
import { renamed, type Use } from './rename.ts';

/** `places`: what says the name, its declaration first; `missed`: what would be wrong without it. One of them is empty. */
export interface Used {
  readonly places: readonly Use[];
  readonly missed: readonly Found[];
}

export async function usesOf(definitions: readonly Definition[], thing: Thing, workshop: Workshop): Promise<Used> {
  if (!isDeclared(thing))
    return { places: [], missed: await missedWithout(definitions, without(definitions, thing), workshop) };
  const { uses } = await renamed(definitions, thing, nobodys(definitions), workshop, []);
  return { places: uses, missed: [] };
}

/** The definitions without it. */
export const without = (definitions: readonly Definition[], thing: Removable): Definition[] =>
  definitions.flatMap((one) => {
    if (!isIn(thing, one)) return [one];
    const source = textWithout(one.source, thing);
    return source === null ? [] : [{ ...one, source }];
  });

/** What is wrong with `after` and not with `before`: what a deletion breaks. */
export async function missedWithout(
  before: readonly Definition[],
  after: readonly Definition[],
  workshop: Workshop,
): Promise<Found[]> {
  const look = async (content: readonly Definition[]) => checkRelease(await openRelease(content, workshop));
  const known = new Set((await look(before)).map(markOf));
  return (await look(after)).filter((one) => !known.has(markOf(one)));
}

const markOf = ({ file, rule, element, message }: Found): string => [file, rule, element, message].join('\n');

/** A name that is said nowhere. */
function nobodys(definitions: readonly Definition[]): string {
  let name = 'nobodysName';
  while (definitions.some(({ source }) => source.includes(name))) name += 's';
  return name;
}

/** What can be taken out of a text by itself; what stands in a drawing is taken out by the editor of flows. */
export type Removable = Kept | Extract<Declared, { kind: 'field' }> | (Declared & { readonly kind: 'column' });

export const isRemovable = (thing: Thing): thing is Removable =>
  !isDeclared(thing) || thing.kind === 'field' || thing.kind === 'column';

const KIND_OF = { entry: 'dictionary', word: 'directory', function: 'functions', ...declaredBy } as const;

/** Is the thing this definition, or in it? */
export const isIn = (thing: Thing, one: Definition): boolean =>
  one.kind === (thing.kind === 'definition' ? thing.of : KIND_OF[thing.kind]) && fullKey(one) === thing.in;

/** The text of its definition without it, everything else as it is written; null: there would be no definition. */
export function textWithout(source: string, thing: Removable): string | null {
  switch (thing.kind) {
    case 'definition':
      return null;
    case 'function':
      return withoutFunction(source, thing.key);
    case 'field': {
      const around = placesOfFields(source).get(thing.path);
      return around ? withoutAt(source, [...around, thing.key]) : source;
    }
    case 'column':
      return withoutListed(source, 'columns', 'key', thing.key);
    case 'entry':
      return withoutListed(source, 'items', 'code', thing.key);
    case 'word':
      return withoutListed(source, thing.list, 'key', thing.key);
  }
}

function withoutListed(source: string, list: string, by: string, key: string): string {
  const all = (JSON.parse(source) as Record<string, unknown>)[list];
  const at = Array.isArray(all) ? all.findIndex((one) => one?.[by] === key) : -1;
  return at < 0 ? source : withoutAt(source, [list, at]);
}

const withoutAt = (source: string, path: JSONPath): string => applyEdits(source, modify(source, path, undefined, {}));

/** Functions stand beside each other, never within one another. */
function withoutFunction(source: string, name: string): string {
  return source.replace(/<((?:\w+:)?businessKnowledgeModel)\b[^>]*>[\s\S]*?<\/\1>/g, (element) => {
    const [opening = ''] = element.split('>', 1);
    return opening.includes(`name="${name}"`) ? '' : element;
  });
}

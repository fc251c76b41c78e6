/**
 * Owns where something is used: for a name that can be renamed, every place that a rename would write anew, asked with a name that nobody has; for a key that stays, what
 * the check would miss if the thing were not there. Rule: [REN6].
 */
import { checkRelease } from '../check.ts';
import type { Definition } from '../definition.ts';
import { fullKey } from '../keys.ts';
import { type Found, openRelease, type Workshop } from '../release.ts';
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

/** The definitions without it. */
export function without(definitions: readonly Definition[], thing: Kept): Definition[] {
  const isIts = (one: Definition): boolean =>
    one.kind === (thing.kind === 'definition' ? thing.of : KEPT_IN[thing.kind]) && fullKey(one) === thing.in;
  return definitions.flatMap((one) => {
    if (!isIts(one)) return [one];
    return thing.kind === 'definition' ? [] : [{ ...one, source: textWithout(one.source, thing) }];
  });
}

const KEPT_IN = { entry: 'dictionary', word: 'directory', function: 'functions' } as const;

function textWithout(source: string, thing: Exclude<Kept, { kind: 'definition' }>): string {
  if (thing.kind === 'function') return withoutFunction(source, thing.key);
  const json = JSON.parse(source) as Record<string, unknown>;
  const [list, by] = thing.kind === 'word' ? [thing.list, 'key'] : ['items', 'code'];
  const all = json[list];
  const rest = Array.isArray(all) ? all.filter((one) => one?.[by] !== thing.key) : all;
  return JSON.stringify({ ...json, [list]: rest });
}

/** Functions stand beside each other, never within one another. */
function withoutFunction(source: string, name: string): string {
  return source.replace(/<((?:\w+:)?businessKnowledgeModel)\b[^>]*>[\s\S]*?<\/\1>/g, (element) => {
    const [opening = ''] = element.split('>', 1);
    return opening.includes(`name="${name}"`) ? '' : element;
  });
}

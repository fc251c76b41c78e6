/**
 * Owns renaming: a name is written anew where it is declared, and whatever the check then finds to mean nothing is written anew at the very place
 * it points to, until it finds what it found before. So a rename knows every place that the check guards, of whatever kind, and what cannot be
 * proved leaves everything as it was. Where something is used is the same question, asked with a name that nobody has. Rules: [REN1] to [REN5].
 */
import type { Language } from '@ganwei/feel/compile';
import { checkRelease } from '../check.ts';
import type { Definition, Named } from '../definition.ts';
import { fullKey } from '../keys.ts';
import { type Found, openRelease, type Release, type Workshop } from '../release.ts';
import { type Declared, declaredAs, declaredBy, placesOfFields } from './declared.ts';
import { placesIn } from './names.ts';
import { remembering } from './remembered.ts';
import { type Change, functionsIn, inEntries, inExpression, inPaths, inReadings, inSetting } from './says.ts';
import { put, type Slot, slotsOf } from './slots.ts';
import { translatedAs } from './translated.ts';

export type { Declared } from './declared.ts';

/** A place that says the name: the definition, the element of it, and what stands there before and after. */
export interface Use {
  readonly definition: Named;
  readonly element: string;
  /** what people call what is around that element, and itself */
  readonly place: readonly string[];
  readonly before: string;
  readonly after: string;
}

export type Renamed =
  /** every definition that is different, and every place, the declaration first */
  | { readonly changed: readonly Definition[]; readonly uses: readonly Use[] }
  /** why it cannot be done: what would be wrong afterwards, and the places that are known nevertheless */
  | { readonly problems: readonly Found[]; readonly uses: readonly Use[] };

/**
 * The same field of other forms that a case keeps under the same name: whoever reads it there reads either, so that they are renamed together.
 */
function namesakes(release: Release, name: Declared): Declared[] {
  if (name.kind !== 'field') return [];
  const found = new Set<string>();
  for (const key of release.all('process')) {
    const seen = release.asSeenBy('process', key);
    const filled = [...(release.process(key)?.model.nodes.values() ?? [])].flatMap(({ start, task }) => {
      const { form, as } = start ?? task ?? {};
      return form === undefined || as === undefined ? [] : { form: seen.full('form', form), as };
    });
    const names = new Set(filled.filter(({ form }) => form === name.in).map(({ as }) => as));
    for (const { form, as } of filled)
      if (names.has(as) && form !== name.in && release.form(form)?.byPath.has(name.path)) found.add(form);
  }
  return [...found].map((form) => ({ ...name, in: form }));
}

/** Longest chain of what follows from what: a field that computes another that is shown by a third. */
const MOST_ROUNDS = 12;

/**
 * The definitions with `to` in the place of the name. Nothing else is different: the check finds neither more nor less. `inForce`: what cases were
 * filled in by, of which a renamed field remembers its name there; left out: these very definitions.
 */
export async function renamed(
  definitions: readonly Definition[],
  name: Declared,
  to: string,
  workshop: Workshop,
  inForce: readonly Definition[] = definitions,
): Promise<Renamed> {
  const look = async (content: readonly Definition[]): Promise<{ found: Found[]; language: Language }> => {
    const release = await openRelease(content, workshop);
    return { found: checkRelease(release), language: release.language };
  };
  const old = name.key;
  const before = await openRelease(definitions, workshop);
  const known = new Set(checkRelease(before).map((one) => markOf(one)));
  const work = new Work(definitions);
  for (const one of [name, ...namesakes(before, name)]) work.declare(one, to, inForce);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { found, language } = await look(work.content);
    const fresh = found.filter((one) => !known.has(markOf(one)) && !known.has(markOf(one, to, old)));
    if (fresh.length === 0) return { changed: work.changed, uses: work.uses };
    const mended = fresh.filter((one) => speaksOf(one, old) && work.mend(one, { old, to }, language));
    if (mended.length === 0) return { problems: fresh, uses: work.uses };
  }
  return { problems: (await look(work.content)).found.filter((one) => !known.has(markOf(one))), uses: work.uses };
}

/** Does the finding miss the name, by itself or in a path: `items[].price`? */
const speaksOf = ({ wrong }: Found, name: string): boolean => wrong?.name.split(/[.[\]]+/).includes(name) ?? false;

/** A finding, whatever the renamed thing is called in its words. */
const markOf = ({ file, rule, element, message }: Found, to?: string, old?: string): string =>
  [
    file,
    rule,
    ...[element, message].map((text) => (to === undefined || old === undefined ? text : text.replaceAll(to, old))),
  ].join('\n');

/** The content while a name is changed in it. */
class Work {
  readonly #before: ReadonlyMap<string, Definition>;
  readonly #now: Map<string, Definition>;
  /** files in which the name is declared */
  readonly #declared: string[] = [];

  constructor(definitions: readonly Definition[]) {
    this.#before = new Map(definitions.map((one) => [one.file, one]));
    this.#now = new Map(this.#before);
  }

  get content(): Definition[] {
    return [...this.#now.values()];
  }

  get changed(): Definition[] {
    return this.content.filter((one) => this.#before.get(one.file) !== one);
  }

  /** Every place that says something else now, where it is declared first. */
  get uses(): Use[] {
    const [first, others] = [new Set(this.#declared), this.changed];
    const inOrder = [...others].sort((one, other) => Number(first.has(other.file)) - Number(first.has(one.file)));
    return inOrder.flatMap((definition) => {
      const before = this.#before.get(definition.file)!;
      const [old, now] = [sayingsOf(before), sayingsOf(definition)];
      const { source: _, ...named } = definition;
      const place = placesIn(before);
      return old.flatMap(({ owners, name, value, isKey }, index) => {
        const after = now[index]?.value ?? '';
        return after === value || old.length !== now.length
          ? []
          : [
              {
                definition: named,
                element: owners.at(-1) ?? name,
                place: place(isKey ? [...owners, value] : owners),
                before: value,
                after,
              },
            ];
      });
    });
  }

  declare(name: Declared, to: string, inForce: readonly Definition[]): void {
    const isIts = (one: Definition): boolean => one.kind === declaredBy[name.kind] && fullKey(one) === name.in;
    const definition = this.content.find(isIts);
    if (!definition) return;
    this.#declared.push(definition.file);
    this.#put(definition, declaredAs(name, to, definition, sayingsOf(definition)));
    if (name.kind !== 'field') return;
    const declared = this.#now.get(definition.file) ?? definition;
    const old = inForce.find(isIts);
    const wasThere = old !== undefined && placesOfFields(old.source).has(name.path);
    const at = placesOfFields(declared.source).get(name.path.slice(0, -name.key.length) + to) ?? [];
    const source = remembering(declared.source, [...at, to], wasThere ? name.key : undefined);
    this.#now.set(definition.file, { ...definition, source });
  }

  /** Writes the name anew where a finding points to; false: nothing there says it. */
  mend({ file, element, wrong }: Found, change: Change, language: Language): boolean {
    const definition = this.#now.get(file);
    if (!definition) return false;
    const there = sayingsOf(definition).filter((slot) => concerns(slot, { element, at: wrong?.at }, definition));
    const found = wrong?.in;
    const ways: ((slot: Slot) => string | undefined)[] = found
      ? [(slot) => inExpression(slot, found, change, language), (slot) => inReadings(slot, change, language)]
      : [
          (slot) => inSetting(slot.value, change),
          (slot) => inPaths(slot, wrong?.name ?? '', change, language),
          (slot) => inEntries(slot, change, language),
          (slot) => inReadings(slot, change, language),
        ];
    return (
      ways.some((way) => this.#putEach(definition, there, way)) ||
      this.#mendCalled(new Set(there.flatMap(({ value }) => functionsIn(value, language))), change, language)
    );
  }

  /** What a function of an application gives has the name: one of those that are called there. */
  #mendCalled(names: ReadonlySet<string>, change: Change, language: Language): boolean {
    const mended = this.content
      .filter(({ kind }) => kind === 'functions')
      .map((definition) => {
        const own = slotsOf(definition).filter(({ owners }) => owners.some((owner) => names.has(owner)));
        return this.#putEach(definition, own, (slot) =>
          isBoxed(slot) ? inSetting(slot.value, change) : inEntries(slot, change, language),
        );
      });
    return mended.includes(true);
  }

  #putEach(definition: Definition, slots: readonly Slot[], way: (slot: Slot) => string | undefined): boolean {
    const said = new Map<Slot, string>();
    for (const slot of slots) {
      const value = way(slot);
      if (value !== undefined) said.set(slot, value);
    }
    this.#put(definition, said);
    return said.size > 0;
  }

  #put(definition: Definition, said: ReadonlyMap<Slot, string>): void {
    this.#now.set(definition.file, { ...definition, source: put(definition.source, said) });
    for (const [{ value }, after] of said) if (value.includes('{=')) this.#translate(value, after);
  }

  /** A text with placeholders is translated as it is written: its translation goes with it, or stays beside it where others say the old one. */
  #translate(before: string, after: string): void {
    const [beginning = ''] = before.split('{=');
    const isSaid = (): boolean =>
      this.content.some(
        (one) =>
          one.kind !== 'translation' &&
          one.source.includes(beginning) &&
          slotsOf(one).some(({ value }) => value === before),
      );
    for (const definition of this.content) {
      if (definition.kind !== 'translation' || !definition.source.includes(beginning)) continue;
      const source = translatedAs(definition.source, { before, after, isSaid });
      if (source !== definition.source) this.#now.set(definition.file, { ...definition, source });
    }
  }
}

/** What may say the name: all but what something was called before. */
const sayingsOf = (definition: Definition): Slot[] => slotsOf(definition).filter(({ name }) => name !== 'x-formerly');

/** An entry of a context that is drawn as a table has its name as an attribute. */
const isBoxed = ({ tag, name }: Slot): boolean => name === 'name' && /(^|:)variable$/.test(tag);

/** Does the slot stand in the element that a finding names? What people filled in never names anything. */
function concerns(
  { owners, isKey }: Slot,
  { element, at }: { element: string; at: readonly string[] | undefined },
  { kind }: Definition,
): boolean {
  if (at) return owners.join('.') === [element, ...at].join('.');
  if (kind === 'form') return fieldOf(owners) === lastOf(element) || owners[0] === element;
  if (kind === 'story' && owners.includes('values') && !isKey) return false;
  return owners.includes(element) || owners.join('.').startsWith(`${element}.`);
}

/** The field in whose schema something stands. */
const fieldOf = (owners: readonly string[]): string | undefined => owners[owners.lastIndexOf('properties') + 1];
const lastOf = (element: string): string | undefined => element.split('.').at(-1)?.replace('[]', '');

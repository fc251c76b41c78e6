/**
 * Owns the examination of definitions before they take effect, in whatever thread it is called: everything is compiled and checked against
 * one another; and what is asked of names, which is found out by examining. What has been compiled is kept by its text, and the result for the same
 * question as last time is given again. Never throws for content.
 */
import { createHash } from 'node:crypto';
import { FeelError, type FunctionSpec } from '@ganwei/feel/compile';
import { flowsUsing } from '@ganwei/release/affected';
import { checkRelease } from '@ganwei/release/check';
import type { Definition, Kind } from '@ganwei/release/definition';
import { fullKey } from '@ganwei/release/keys';
import { idOf } from '@ganwei/release/paths';
import { openRelease, openWorkshop, type Workshop } from '@ganwei/release/release';
import { type Renamed, renamed } from '@ganwei/release/rename/rename';
import { missedWithout, usesOf } from '@ganwei/release/rename/uses';
import type { ServiceSignature, Services } from '@ganwei/release/service';
import type { AskedOfNames, Examined, ToldOfNames } from '../catalogue/host.ts';
import { type Functions, PLATFORM_FUNCTIONS, PlatformLanguage } from '../catalogue/language.ts';

/** What definitions may use of the house: service types with their inputs, and functions. */
export interface Known {
  readonly services: Services;
  readonly functions: Functions;
}

export type Examine = (files: readonly Definition[], known: Known) => Promise<Examined>;

export type AskNames = (files: readonly Definition[], asked: AskedOfNames, known: Known) => Promise<ToldOfNames>;

interface Bench {
  readonly workshop: Workshop;
  hash: string;
  last: Examined | undefined;
  /** what was asked of names last, by its hash */
  names: { hash: string; told: ToldOfNames } | undefined;
}

/** What has been compiled for platforms that know the same is compiled once, whatever releases are tried. */
const benches = new WeakMap<Functions, WeakMap<Services, Bench>>();

function benchOf({ functions, services }: Known): Bench {
  const among = benches.get(functions) ?? new WeakMap<Services, Bench>();
  benches.set(functions, among);
  const dialect = () => new PlatformLanguage(functions).dialect;
  const bench = among.get(services) ?? {
    workshop: openWorkshop(dialect(), services),
    hash: '',
    last: undefined,
    names: undefined,
  };
  among.set(services, bench);
  return bench;
}

/** Examines in the thread that calls. */
export const examine: Examine = async (files, known) => {
  const bench = benchOf(known);
  const hash = hashOf(files);
  if (bench.last && bench.hash === hash) return bench.last;
  const release = await openRelease(files, bench.workshop);
  const problems = checkRelease(release);
  const ofEach = <T>(find: (kind: Kind, full: string) => T): Map<string, T> =>
    new Map(files.map((file) => [idOf(file), find(file.kind, fullKey(file))]));
  bench.last = {
    problems,
    titles: ofEach((kind, full) => release.title(kind, full)),
    flows: ofEach((kind, full) => flowsUsing(release, kind, full)),
  };
  bench.hash = hash;
  return bench.last;
};

const hashOf = (asked: unknown): string => createHash('sha256').update(JSON.stringify(asked)).digest('hex');

/** Finds out of names in the thread that calls: who has been shown what a rename comes to, mostly does it then. */
export const askNames: AskNames = async (files, asked, known) => {
  const bench = benchOf(known);
  const hash = hashOf([files, asked]);
  if (bench.names?.hash === hash) return bench.names.told;
  const told = await toldOfNames(files, asked, bench.workshop);
  bench.names = { hash, told };
  return told;
};

async function toldOfNames(
  files: readonly Definition[],
  asked: AskedOfNames,
  workshop: Workshop,
): Promise<ToldOfNames> {
  if (asked.what === 'uses') return { ...(await usesOf(files, asked.thing, workshop)), changed: null };
  if (asked.what === 'without')
    return { places: [], missed: await missedWithout(files, asked.after, workshop), changed: null };
  const made: Renamed = await renamed(files, asked.name, asked.to, workshop, asked.inForce);
  return 'changed' in made
    ? { places: made.uses, missed: [], changed: made.changed }
    : { places: made.uses, missed: made.problems, changed: null };
}

// ---- in another thread ----------------------------------------------------------------------------------------------

/** What another thread is told of `Known`: signatures. The functions of the platform it has itself, those of a host program it cannot run. */
export interface Told {
  services: [type: string, signature: ServiceSignature][];
  functions: [name: string, signature: Omit<FunctionSpec, 'call'>][];
}

export function tell({ services, functions }: Known): Told {
  const added = Object.entries(functions).filter(([name]) => !Object.hasOwn(PLATFORM_FUNCTIONS, name));
  return {
    services: [...services].map(([type, { label, inputs, raw, result }]) => [
      type,
      { label, inputs, ...(raw && { raw }), result },
    ]),
    functions: added.map(([name, { params, signatures }]) => [name, { params, ...(signatures && { signatures }) }]),
  };
}

const told = new Map<string, Known>();

/** The same `Known` for the same words, so that what has been compiled stays compiled. */
export function knownOf(words: Told): Known {
  const text = JSON.stringify(words);
  const call = (): never => {
    throw new FeelError('宿主程序的函数在检查时不运行', '');
  };
  const added = words.functions.map(([name, signature]) => [name, { ...signature, call }] as const);
  const known = told.get(text) ?? {
    services: new Map(words.services),
    functions: { ...PLATFORM_FUNCTIONS, ...Object.fromEntries(added) },
  };
  told.set(text, known);
  return known;
}

/** For the worker of examiner.ts: what it was sent, as `tell` put it. */
export const examineTold = (files: readonly Definition[], words: Told): Promise<Examined> =>
  examine(files, knownOf(words));

export const askNamesTold = (files: readonly Definition[], asked: AskedOfNames, words: Told): Promise<ToldOfNames> =>
  askNames(files, asked, knownOf(words));

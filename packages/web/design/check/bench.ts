/**
 * Owns the check of a change while somebody edits: a release that is opened once and again with each edit, so that only what depends on the edit
 * is looked at anew. It runs in a worker (worker.ts); pages ask through use-check.ts and must never open a release themselves. Rules: [DES1] [DES2].
 */
import { CALENDAR_FUNCTIONS } from '@ganwei/calendar/feel';
import { FeelError, type FunctionSpec } from '@ganwei/feel/compile';
import { arityOf, parseSignature } from '@ganwei/feel/type';
import { checkRelease } from '@ganwei/release/check';
import { fullKey } from '@ganwei/release/keys';
import { openRelease, openWorkshop, type Release, type Workshop } from '@ganwei/release/release';
import { letterNames } from './letters.ts';
import { namesAt } from './names.ts';
import { offeredBy } from './offered.ts';
import { stepsOf } from './steps.ts';
import { triedTable } from './table.ts';
import type {
  Checked,
  Definition,
  LetterNames,
  MadeFor,
  Name,
  Standing,
  StepOfForm,
  Told,
  TriedTable,
  Trying,
} from './told.ts';

export class Bench {
  readonly #workshop: Workshop;
  readonly #app: string;
  readonly #now: () => number;
  #definitions: readonly Definition[];
  #release: Release | undefined;
  /** of each process, the last release in which it could be read: names are offered while an edit is half done */
  readonly #readable = new Map<string, Release>();

  /** `app`: whose definitions are edited, and how keys are written for them; `now`: milliseconds, to measure by. */
  constructor(definitions: readonly Definition[], told: Told, app: string, now: () => number) {
    this.#workshop = openWorkshop(
      { mode: 'strict', functions: { ...silent(told.functions), ...CALENDAR } },
      new Map(told.services),
    );
    this.#definitions = definitions;
    this.#app = app;
    this.#now = now;
  }

  /** Another text of a definition, or a new one; the next check sees it. */
  replace(definition: Definition): void {
    const id = idOf(definition);
    const there = this.#definitions.some((one) => idOf(one) === id);
    this.#definitions = there
      ? this.#definitions.map((one) => (idOf(one) === id ? definition : one))
      : [...this.#definitions, definition];
  }

  /** Everything that is wrong with all of it now, and what may be chosen. */
  async check(): Promise<Checked> {
    const begun = this.#now();
    const release = await openRelease(this.#definitions, this.#workshop);
    const findings = checkRelease(release);
    this.#release = release;
    for (const key of release.all('process')) if (release.isCompiled('process', key)) this.#readable.set(key, release);
    const offered = offeredBy(release.within(this.#app));
    const unread = this.#definitions
      .filter((one) => !release.isCompiled(one.kind, fullKey(one)))
      .map(({ file }) => file);
    return { findings, offered, unread, took: Math.round(this.#now() - begun) };
  }

  /** Names of the case's data at a node, when it begins or after it has been left. */
  names(standing: Standing): readonly Name[] {
    const key = fullKey({ kind: 'process', app: standing.app, key: standing.process });
    const release = this.#readable.get(key) ?? this.#release;
    return release ? namesAt(release.within(standing.app), standing) : [];
  }

  /** A table of this application, as it is now, tried with values; undefined where it cannot be read. */
  table(trying: Trying): TriedTable | undefined {
    return this.#release && triedTable(this.#release.within(this.#app), trying);
  }

  /** Steps of all flows, starts among them, at which a form of this application is filled in. */
  steps(form: string): readonly StepOfForm[] {
    return this.#release ? stepsOf(this.#release, fullKey({ kind: 'form', app: this.#app, key: form })) : [];
  }

  /** What a letter of this application may use where flows issue it. */
  letter({ letter, made }: { letter: string; made: MadeFor }): LetterNames {
    return this.#release ? letterNames(this.#release.within(this.#app), letter, made) : { names: [], data: {} };
  }
}

const idOf = (definition: Definition): string => `${definition.kind}/${fullKey(definition)}`;

/** They need no more of the world than calendars, which are content. */
const CALENDAR = CALENDAR_FUNCTIONS as Readonly<Record<string, FunctionSpec>>;

/**
 * Functions by their signatures: the check types their calls and never makes one. How many arguments they take is read from the signatures, because
 * JSON, as which they come, has no number for "any number of them".
 */
const silent = (functions: Told['functions']) =>
  Object.fromEntries(
    functions.map(([name, signature]) => [name, { ...signature, params: arity(signature), call: refuse }]),
  );

function arity({ params: [least, most], signatures = [] }: Told['functions'][number][1]): [number, number] {
  const arities = signatures.map((signature) => arityOf(parseSignature(signature)));
  if (arities.length === 0) return [least, most ?? Number.POSITIVE_INFINITY];
  return [Math.min(...arities.map(([min]) => min)), Math.max(...arities.map(([, max]) => max))];
}

const refuse = (): never => {
  throw new FeelError('检查时不运行函数', '');
};

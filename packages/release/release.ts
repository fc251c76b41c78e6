/**
 * Owns a release: all definitions of one state, compiled, and what one of them may ask of the others. Every look at it is noted by the memory,
 * so that what was found out in an earlier release is found out again only where something is different. Opening it never throws for an
 * author's mistake: what cannot be compiled is missing from it and told as a problem.
 */
import type { Problem } from '@ganwei/core/definition';
import type { ContentFunction } from '@ganwei/decision/functions';
import type { Decision } from '@ganwei/decision/load';
import type { Language } from '@ganwei/feel/compile';
import type { CompiledForm } from '@ganwei/form/dialect';
import { ruleLanguage } from '@ganwei/form/rules';
import type { Letter } from '@ganwei/letter/template';
import type { CompiledProcess } from '@ganwei/process/compile';
import type { Application } from './application.ts';
import type { Definition, Kind, Named } from './definition.ts';
import type { DirectoryWords } from './directory.ts';
import { appOf, fullKey, resolveKey, writtenIn } from './keys.ts';
import type { Question } from './memory.ts';
import type { Services } from './service.ts';
import type { Dictionary, Ledger } from './tables.ts';
import { titleOf } from './title.ts';
import { type Compiled, compiledOnce, forget, type Spoken, spokenIn, type Workshop } from './workshop.ts';

export { openWorkshop, type Workshop } from './workshop.ts';

/** A finding with the file it concerns. */
export interface Found extends Problem {
  file: string;
}

/** What has been read of one state. */
interface Contents {
  readonly definitions: readonly Definition[];
  /** what could not be compiled, and keys that occur twice */
  readonly problems: readonly Found[];
  /** by `kind/full key`, like the values */
  readonly byId: ReadonlyMap<string, Definition>;
  readonly values: ReadonlyMap<string, Compiled[Kind]>;
}

/** Reads all definitions of one state. Never throws for what an author can get wrong. */
export async function openRelease(definitions: readonly Definition[], workshop: Workshop): Promise<Release> {
  const spoken = await spokenIn(workshop, definitions);
  const problems: Found[] = [...spoken.problems];
  const byId = new Map<string, Definition>();
  const values = new Map<string, Compiled[Kind]>();
  for (const definition of definitions) {
    const { kind, key, file } = definition;
    const id = `${kind}/${fullKey(definition)}`;
    const twin = byId.get(id);
    if (twin) problems.push({ severity: 'error', rule: 'twice', element: key, message: `与 ${twin.file} 重名`, file });
    else byId.set(id, definition);
    const { value, problems: found = [] } = await compiledOnce(spoken, definition);
    if (value) values.set(id, value);
    problems.push(...found.map((problem) => ({ ...problem, file })));
  }
  forget(spoken, definitions);
  return new Release(workshop.services, spoken, { definitions, problems, byId, values });
}

/**
 * A release as the definitions of one application see it: a key that is asked for is written down there, and means what keys.ts says. What no
 * application owns sees it as '' does.
 */
export class Release {
  readonly app: string;
  /** the same release as what is shared sees it */
  readonly whole: Release;
  /** of flows, decisions, letters and ledgers, with the functions of its applications */
  readonly language: Language;
  /** of the rules of forms: half-filled, with look-ups of dictionaries and names */
  readonly formLanguage: Language;
  readonly services: Services;
  readonly #contents: Contents;
  readonly #spoken: Spoken;
  readonly #views: Map<string, Release>;

  constructor(services: Services, spoken: Spoken, contents: Contents, app = '', whole?: Release) {
    this.app = app;
    this.whole = whole ?? this;
    this.language = spoken.language;
    this.formLanguage = ruleLanguage(spoken.language.functions);
    this.services = services;
    this.#contents = contents;
    this.#spoken = spoken;
    this.#views = whole ? whole.#views : new Map([['', this]]);
  }

  /** As the definitions of this application see it. */
  within(app: string): Release {
    const known = this.#views.get(app);
    if (known) return known;
    const view = new Release(this.services, this.#spoken, this.#contents, app, this.whole);
    this.#views.set(app, view);
    return view;
  }

  /** As the definition of this key sees it. */
  asSeenBy(kind: Kind, key: string): Release {
    return this.within(appOf(this.full(kind, key)));
  }

  /** The full key of what is meant by a key that is written here. */
  full(kind: Kind, key: string): string {
    return resolveKey((full) => this.#ask(Release.#HAS, `${kind}/${full}`), kind, this.app, key);
  }

  /** The answer, if need be found out now. */
  ask<T>(question: Question<T>, key: string): T {
    const { about } = question;
    if (about === undefined) return this.whole.#ask(question, key);
    if (about === 'view') return this.#ask(question, key);
    const [before, last] = split(key);
    const full = this.full(about, last);
    return this.within(appOf(full)).#ask(question, before === undefined ? full : `${before} ${full}`);
  }

  #ask<T>(question: Question<T>, key: string): T {
    return this.#spoken.memory.ask(this, question, key);
  }

  /** All that is wanted of it has been asked for: what earlier releases needed besides may go. */
  settle(): void {
    this.#spoken.memory.forget(this);
  }

  get definitions(): readonly Definition[] {
    return this.#ask(Release.#ALL, '');
  }

  get problems(): readonly Found[] {
    return this.#contents.problems;
  }

  /** Full keys of all definitions of a kind, also of those that could not be compiled. */
  all(kind: Kind): readonly string[] {
    return this.#ask(Release.#KEYS, kind);
  }

  /** The same as they are written down here. */
  keys(kind: Kind): readonly string[] {
    return this.all(kind).map((full) => writtenIn(this.app, full));
  }

  /** The definition as it was written. */
  definition(kind: Kind, key: string): Definition | undefined {
    return this.#ask(Release.#DEFINITION, this.#id(kind, key));
  }

  /** What is called so. Who asks this alone need not look again when its text changes. */
  named(kind: Kind, key: string): Named | undefined {
    return this.#ask(Release.#NAMED, this.#id(kind, key));
  }

  has(kind: Kind, key: string): boolean {
    return this.#ask(Release.#HAS, this.#id(kind, key));
  }

  /** Is there one, and could it be compiled? Who asks this alone need not look again when the definition changes. */
  isCompiled(kind: Kind, key: string): boolean {
    return this.#ask(Release.#IS_COMPILED, this.#id(kind, key));
  }

  /** What the definition has become; undefined: there is none, or it could not be compiled. */
  compiled<K extends Kind>(kind: K, key: string): Compiled[K] | undefined {
    return this.#ask(Release.#COMPILED, this.#id(kind, key)) as Compiled[K] | undefined;
  }

  /** What a definition calls itself. */
  title(kind: Kind, key: string): string {
    return this.#ask(Release.#TITLE, this.#id(kind, key)) ?? key;
  }

  #id(kind: Kind, key: string): string {
    return `${kind}/${this.full(kind, key)}`;
  }

  form = (key: string): CompiledForm | undefined => this.compiled('form', key);
  process = (key: string): CompiledProcess | undefined => this.compiled('process', key);
  decision = (key: string): Decision | undefined => this.compiled('decision', key);
  letter = (key: string): Letter | undefined => this.compiled('letter', key);
  ledger = (key: string): Ledger | undefined => this.compiled('ledger', key);
  application = (key: string): Application | undefined => this.compiled('application', key);
  dictionary = (key: string): Dictionary | undefined => this.compiled('dictionary', key);
  /** the functions of an application */
  functions = (key: string): readonly ContentFunction[] | undefined => this.compiled('functions', key);
  /** the words of the directory, of which there is one */
  get directory(): DirectoryWords | undefined {
    const [key] = this.all('directory');
    return key === undefined ? undefined : this.compiled('directory', key);
  }

  // Looks at the contents: what all else is found out from.
  static #look<T>(name: string, see: (contents: Contents, key: string) => T, same: Same<T> = Object.is): Question<T> {
    return { name, look: true, same, answer: (release, key) => see(release.#contents, key) };
  }
  static readonly #ALL = Release.#look('all', ({ definitions }) => definitions);
  static readonly #KEYS = Release.#look('keys', keysOf, sameList);
  static readonly #DEFINITION = Release.#look('definition', ({ byId }, id) => byId.get(id), sameDefinition);
  static readonly #NAMED = Release.#look<Named | undefined>('named', ({ byId }, id) => byId.get(id), sameName);
  static readonly #HAS = Release.#look('has', ({ byId }, id) => byId.has(id));
  static readonly #IS_COMPILED = Release.#look('is compiled', ({ values }, id) => values.has(id));
  static readonly #COMPILED = Release.#look('compiled', ({ values }, id) => values.get(id), sameMeaning);
  static readonly #TITLE = Release.#look('title', ({ values }, id) => {
    const value = values.get(id);
    return value && titleOf(id.split('/', 1)[0] as Kind, value as never);
  });
}

type Same<T> = (one: T, other: T) => boolean;

function keysOf({ definitions }: Contents, of: string): readonly string[] {
  return definitions.filter(({ kind }) => kind === of).map(fullKey);
}

/** The key of a question about something of a definition: `node process`. */
export function split(key: string): [before: string | undefined, last: string] {
  const at = key.lastIndexOf(' ');
  return at < 0 ? [undefined, key] : [key.slice(0, at), key.slice(at + 1)];
}

function sameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((entry, index) => entry === other[index]);
}

function sameDefinition(one: Definition | undefined, other: Definition | undefined): boolean {
  return one === other || (one?.source === other?.source && sameName(one, other));
}

function sameName(one: Named | undefined, other: Named | undefined): boolean {
  return one === other || (one?.file === other?.file && one?.app === other?.app && one?.key === other?.key);
}

/** A flow that was only drawn anew means what it meant: nothing is asked of it but its model (workshop.ts). */
function sameMeaning(one: Compiled[Kind] | undefined, other: Compiled[Kind] | undefined): boolean {
  return one === other || (modelOf(one) !== undefined && modelOf(one) === modelOf(other));
}

const modelOf = (value: Compiled[Kind] | undefined): object | undefined => (value as Partial<CompiledProcess>)?.model;

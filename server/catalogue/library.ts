/**
 * Owns compiled definitions: each version once, for as long as the server runs, whatever releases come and go; a definition that is being
 * compiled is waited for, not compiled again. A library belongs to one language, and knows a version by its text too: platforms on several
 * databases may share one. Must never decide which version counts. Rules: [V1] [LIB1].
 */
import { DefinitionError } from '@ganwei/core/definition';
import { type Decision, loadDecision } from '@ganwei/decision/load';
import { type CompiledForm, compileForm } from '@ganwei/form/dialect';
import type { Former } from '@ganwei/form/formerly';
import { type Letter, readLetter } from '@ganwei/letter/template';
import { type CompiledProcess, compileProcess } from '@ganwei/process/compile';
import { drawingOf } from '@ganwei/process/drawing';
import type { ProcessModel } from '@ganwei/process/model';
import { dialectOf } from '@ganwei/release/dialect';
import { dataNames } from '@ganwei/release/scope/filled';
import { readTranslation, type Translation } from '@ganwei/release/translation';
import { loadDefinition } from '../store/definitions.ts';
import type { Tx } from '../store/open.ts';
import type { DefinitionRow } from '../store/rows.ts';
import { type Functions, PlatformLanguage } from './language.ts';

/** A version of a definition, without its text. */
export type Entry = Omit<DefinitionRow, 'source'>;

export interface ProcessEntry {
  /** under which it is stored, and its cases are kept */
  key: string;
  /** the application in which its keys are written; '' for a shared process */
  app: string;
  version: number;
  /** the drawing alone: without settings, expressions and conditions */
  drawing: string;
  compiled: CompiledProcess;
  model: ProcessModel;
  /** names an expression of the process may use for case data: forms and outputs of services */
  names: readonly string[];
  /** by the name under which a case keeps a form: fields that were called otherwise. The catalogue's, since a newer release says so; left out: none */
  former?: ReadonlyMap<string, readonly Former[]>;
}

export interface Versioned<T> {
  version: number;
  value: T;
}

export class Library {
  readonly language: PlatformLanguage;
  readonly #made = new Map<string, Promise<unknown>>();

  constructor(language: PlatformLanguage) {
    this.language = language;
  }

  process(tx: Tx, entry: Entry, app: string): Promise<ProcessEntry> {
    return this.#once(tx, entry, (source) => compileEntry(source, { ...entry, app }, this.language), app);
  }

  /** `resolve`: the stored key of a process that the form names; references to cases are held against it. */
  form(tx: Tx, entry: Entry, resolve: (written: string) => string): Promise<Versioned<CompiledForm>> {
    const { functions } = this.language.dialect;
    const linked = (_key: string, value: unknown): unknown => withProcess(value, resolve);
    return this.#versioned(tx, entry, (source) => compileForm(JSON.parse(source, linked), { functions }));
  }

  decision(tx: Tx, entry: Entry): Promise<Versioned<Decision>> {
    return this.#versioned(tx, entry, (source) => loadDecision(source, this.language.dialect));
  }

  letter(tx: Tx, entry: Entry): Promise<Versioned<Letter>> {
    return this.#versioned(tx, entry, (source) => readLetter(source, this.language.dialect));
  }

  translation(tx: Tx, entry: Entry): Promise<Translation> {
    return this.#once(tx, entry, async (source) => readTranslation(source));
  }

  #versioned<T>(tx: Tx, entry: Entry, compile: (source: string) => Promise<T> | T): Promise<Versioned<T>> {
    return this.#once(tx, entry, async (source) => ({ version: entry.version, value: await compile(source) }));
  }

  #once<T>(tx: Tx, { kind, key, version, hash }: Entry, compile: (source: string) => Promise<T>, app = ''): Promise<T> {
    const id = `${kind}/${app}/${key}/${version}/${hash}`;
    const known = this.#made.get(id) as Promise<T> | undefined;
    if (known) return known;
    const made = loadDefinition(tx, kind, key, version).then((full) => compile(full!.source));
    this.#made.set(id, made);
    made.catch(() => this.#made.delete(id));
    return made;
  }
}

/** A field that refers to cases of a process, with the key under which they are kept; everything else as it is. */
function withProcess(value: unknown, resolve: (written: string) => string): unknown {
  const field = value as { 'x-component'?: unknown; 'x-component-props'?: { process?: unknown } } | null;
  const props = typeof field === 'object' && field?.['x-component'] === 'CaseRef' ? field['x-component-props'] : null;
  if (typeof props?.process !== 'string') return value;
  return { ...field, 'x-component-props': { ...props, process: resolve(props.process) } };
}

/** The library of the functions in force: the same one as long as no release touches a function, a new one after that. Rule: [LIB2]. */
export class Libraries {
  readonly #functions: Functions;
  #text = '';
  #library: Promise<Library> | undefined;

  /** `functions`: of the platform and its host program */
  constructor(functions: Functions) {
    this.#functions = functions;
  }

  /** `entries`: the function files in force. They keep their functions although the platform may have got one of the same name since. */
  speaking(tx: Tx, entries: readonly Entry[]): Promise<Library> {
    const text = entries.map(({ key, hash }) => `${key} ${hash}`).join('\n');
    if (!this.#library || this.#text !== text) {
      this.#text = text;
      this.#library = this.#open(tx, entries);
      this.#library.catch(() => {
        this.#library = undefined;
      });
    }
    return this.#library;
  }

  async #open(tx: Tx, entries: readonly Entry[]): Promise<Library> {
    const files = await Promise.all(
      entries.map(async ({ kind, key, version }) => {
        const row = await loadDefinition(tx, kind, key, version);
        return { key, file: key, source: row!.source };
      }),
    );
    const { language, problems } = await dialectOf(new PlatformLanguage(this.#functions).dialect, files, true);
    if (problems.length > 0) throw new DefinitionError(problems);
    return new Library(new PlatformLanguage(language.functions));
  }
}

/** Compiles one process and collects the names its expressions may use. */
export async function compileEntry(
  xml: string,
  { key, app, version }: Pick<ProcessEntry, 'key' | 'app' | 'version'>,
  { dialect }: PlatformLanguage,
): Promise<ProcessEntry> {
  const compiled = await compileProcess(xml, { functions: dialect.functions });
  return {
    key,
    app,
    version,
    drawing: await drawingOf(xml),
    compiled,
    model: compiled.model,
    names: dataNames(compiled.model),
  };
}

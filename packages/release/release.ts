/**
 * Owns a release: all definitions of one state, each compiled once, and what one of them may ask of the others. Compiled definitions are
 * kept by their text and the functions they were compiled with, so that a new release costs only what has changed. What cannot be compiled is missing from the release and told
 * as a problem; reading never throws for an author's mistake.
 */
import { DefinitionError, type Problem } from '@ganwei/core/definition';
import type { ContentFunction } from '@ganwei/decision/functions';
import { type Decision, loadDecision } from '@ganwei/decision/load';
import type { Language } from '@ganwei/feel/compile';
import { type CompiledForm, compileForm } from '@ganwei/form/dialect';
import { FORM_FUNCTIONS } from '@ganwei/form/rules';
import { type Letter, readLetter } from '@ganwei/letter/template';
import { type CompiledProcess, compileProcess } from '@ganwei/process/compile';
import { type Application, readApplication } from './application.ts';
import { type Definition, KINDS, type Kind } from './definition.ts';
import { type Dialect, dialectOf } from './dialect.ts';
import { type DirectoryWords, readDirectoryWords } from './directory.ts';
import { GIVEN_ANYTHING, type Given, givenIn, takesWhatIsGiven } from './scope/given.ts';
import { type ProcessScope, processScope } from './scope/process.ts';
import type { Services } from './service.ts';
import { type CalendarYear, type Dictionary, type Ledger, readCalendar, readDictionary, readLedger } from './tables.ts';

/** A finding with the file it concerns. */
export interface Found extends Problem {
  file: string;
}

/** What a definition of each kind becomes. */
interface Compiled {
  directory: DirectoryWords;
  dictionary: Dictionary;
  calendar: CalendarYear;
  functions: readonly ContentFunction[];
  form: CompiledForm;
  decision: Decision;
  letter: Letter;
  process: CompiledProcess;
  ledger: Ledger;
  application: Application;
}

export interface Release {
  /** of flows, decisions, letters and ledgers, with the functions of its applications */
  readonly language: Language;
  /** of the rules of forms: half-filled, with look-ups of dictionaries and names */
  readonly formLanguage: Language;
  readonly services: Services;
  readonly definitions: readonly Definition[];
  /** what could not be compiled, and keys that occur twice */
  readonly problems: readonly Found[];
  /** keys of all definitions of a kind, also of those that could not be compiled */
  keys(kind: Kind): readonly string[];
  /** the definition as it was written */
  definition(kind: Kind, key: string): Definition | undefined;
  /** the functions of an application */
  functions(key: string): readonly ContentFunction[] | undefined;
  form(key: string): CompiledForm | undefined;
  process(key: string): CompiledProcess | undefined;
  decision(key: string): Decision | undefined;
  letter(key: string): Letter | undefined;
  ledger(key: string): Ledger | undefined;
  application(key: string): Application | undefined;
  dictionary(key: string): Dictionary | undefined;
  /** by the key that each gives itself */
  readonly dictionaries: ReadonlyMap<string, Dictionary>;
  readonly directory: DirectoryWords | undefined;
  /** what the expressions of a process may use; undefined where there is none, or while it is being found out */
  scope(process: string): ProcessScope | undefined;
  /** what processes give to one another by messages and records */
  readonly given: Given;
  /** what a definition calls itself */
  title(kind: Kind, key: string): string;
}

/** Compiles definitions, each text once; lives longer than a release. */
export interface Workshop {
  /** of the platform, without functions of applications */
  readonly language: Language;
  readonly services: Services;
  /** by the texts of their functions, the newest last */
  readonly dialects: Map<string, Promise<Spoken>>;
}

/** A dialect, and what has been compiled in it, by kind and text. */
type Spoken = Dialect & { readonly compiled: Map<string, Promise<Outcome>> };

type Outcome = { value: Compiled[Kind]; problems?: undefined } | { value?: undefined; problems: readonly Problem[] };

export const openWorkshop = (language: Language, services: Services): Workshop => ({
  language,
  services,
  dialects: new Map(),
});

/** One table per language, so that a parser is built once. */
const tables = new WeakMap<Language, NonNullable<Language['functions']>>();
function formFunctions(language: Language): NonNullable<Language['functions']> {
  const known = tables.get(language);
  const table = known ?? { ...FORM_FUNCTIONS, ...language.functions };
  if (!known) tables.set(language, table);
  return table;
}

/** Reads all definitions of one state. Never throws for what an author can get wrong. */
export async function openRelease(definitions: readonly Definition[], workshop: Workshop): Promise<Release> {
  const dialect = await spokenIn(workshop, definitions);
  const problems: Found[] = [...dialect.problems];
  const byId = new Map<string, Definition>();
  const values = new Map<string, Compiled[Kind]>();
  for (const definition of definitions) {
    const { kind, key, file } = definition;
    const id = `${kind}/${key}`;
    const twin = byId.get(id);
    if (twin) problems.push({ severity: 'error', rule: 'twice', element: key, message: `与 ${twin.file} 重名`, file });
    else byId.set(id, definition);
    const functions = kind === 'functions' && dialect.functions.get(key);
    if (functions) values.set(id, functions);
    if (kind === 'functions') continue;
    const { value, problems: found } = await compiledOnce(dialect, definition);
    if (value) values.set(id, value);
    else problems.push(...found.map((problem) => ({ ...problem, file })));
  }
  forget(dialect, definitions);
  return makeRelease({ ...workshop, language: dialect.language }, { definitions, problems, byId, values });
}

/** An author who edits functions goes back and forth between a few texts. */
const MOST_DIALECTS = 3;

/** [REL18] The functions are read before all else; another text of them is another dialect, in which everything is compiled anew. */
function spokenIn({ language, dialects }: Workshop, definitions: readonly Definition[]): Promise<Spoken> {
  const files = definitions.filter(({ kind }) => kind === 'functions');
  const text = JSON.stringify(files.map(({ key, source }) => [key, source]));
  const spoken =
    dialects.get(text) ?? dialectOf(language, files).then((dialect) => ({ ...dialect, compiled: new Map() }));
  dialects.delete(text);
  dialects.set(text, spoken);
  const [oldest] = dialects.keys();
  if (oldest !== undefined && dialects.size > MOST_DIALECTS) dialects.delete(oldest);
  return spoken;
}

/** Texts that are no longer there are let go, the oldest first, when there are more of them than there are definitions. */
function forget({ compiled }: Spoken, definitions: readonly Definition[]): void {
  const wanted = new Set(definitions.map(textOf));
  for (const text of compiled.keys()) {
    if (compiled.size <= 2 * wanted.size) return;
    if (!wanted.has(text)) compiled.delete(text);
  }
}

const textOf = ({ kind, source }: Definition): string => `${kind}\n${source}`;

function compiledOnce({ language, compiled }: Spoken, definition: Definition): Promise<Outcome> {
  const text = textOf(definition);
  let outcome = compiled.get(text);
  if (!outcome) {
    outcome = compile(language, definition);
    compiled.set(text, outcome);
  }
  return outcome;
}

/** Any exception of a reader is a finding: content may not stop the start. */
async function compile(language: Language, { kind, source }: Definition): Promise<Outcome> {
  if (kind === 'functions') throw new Error('functions belong to the dialect');
  try {
    return { value: await READERS[kind](source, language) };
  } catch (error) {
    if (error instanceof DefinitionError) return { problems: error.problems };
    const message = `无法读取：${(error as Error).message}`;
    return { problems: [{ severity: 'error', rule: 'unreadable', element: '（文件）', message }] };
  }
}

const READERS: {
  [K in Exclude<Kind, 'functions'>]: (source: string, language: Language) => Promise<Compiled[K]> | Compiled[K];
} = {
  directory: readDirectoryWords,
  dictionary: readDictionary,
  calendar: readCalendar,
  form: (source, { functions = {} }) => compileForm(parseJson(source), { functions }),
  decision: loadDecision,
  letter: readLetter,
  process: (source, { functions = {} }) => compileProcess(source, { functions }),
  ledger: readLedger,
  application: readApplication,
};

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    const message = `不是合法的 JSON：${(error as Error).message}`;
    throw new DefinitionError([{ severity: 'error', rule: 'json', element: '（文件）', message }]);
  }
}

interface Read {
  definitions: readonly Definition[];
  problems: readonly Found[];
  byId: ReadonlyMap<string, Definition>;
  values: ReadonlyMap<string, Compiled[Kind]>;
}

function makeRelease({ language, services }: Workshop, { definitions, problems, byId, values }: Read): Release {
  const find = <K extends Kind>(kind: K, key: string) => values.get(`${kind}/${key}`) as Compiled[K] | undefined;
  const keys = new Map(KINDS.map((kind) => [kind, definitions.filter((d) => d.kind === kind).map(({ key }) => key)]));
  const all = <K extends Kind>(kind: K) =>
    (keys.get(kind) ?? []).map((key) => find(kind, key)).filter((value) => value !== undefined);
  const definite = {
    language,
    formLanguage: { mode: 'tolerant' as const, functions: formFunctions(language) },
    services,
    definitions,
    problems,
    keys: (kind: Kind) => keys.get(kind) ?? [],
    definition: (kind: Kind, key: string) => byId.get(`${kind}/${key}`),
    functions: (key: string) => find('functions', key),
    form: (key: string) => find('form', key),
    process: (key: string) => find('process', key),
    decision: (key: string) => find('decision', key),
    letter: (key: string) => find('letter', key),
    ledger: (key: string) => find('ledger', key),
    application: (key: string) => find('application', key),
    dictionary: (key: string) => find('dictionary', key),
    dictionaries: new Map(all('dictionary').map((dictionary) => [dictionary.dictionary, dictionary])),
    directory: all('directory')[0],
    title: (kind: Kind, key: string) => titleOf(kind, values.get(`${kind}/${key}`)) ?? key,
  } satisfies Omit<Release, 'scope' | 'given'>;
  const sketch: Release = { ...definite, given: GIVEN_ANYTHING, scope: scopesOf(() => sketch) };
  const takes = (key: string): boolean => takesWhatIsGiven(sketch, key);
  const own = scopesOf(() => release);
  const scope: Release['scope'] = (key) => (takes(key) ? own(key) : sketch.scope(key));
  const release: Release = { ...definite, given: givenIn(sketch), scope };
  return release;
}

/** Each scope once; undefined while it is being found out. */
function scopesOf(release: () => Release): Release['scope'] {
  const scopes = new Map<string, ProcessScope | undefined>();
  return (key) => {
    if (scopes.has(key)) return scopes.get(key);
    scopes.set(key, undefined);
    const process = release().process(key);
    if (process) scopes.set(key, processScope(release(), process.model));
    return scopes.get(key);
  };
}

function titleOf(kind: Kind, value: Compiled[Kind] | undefined): string | undefined {
  if (!value) return undefined;
  switch (kind) {
    case 'form': {
      const { title } = value as Compiled['form'];
      return typeof title === 'string' ? title : title['zh-CN'];
    }
    case 'process':
      return (value as Compiled['process']).model.name;
    case 'decision':
    case 'letter':
      return (value as Compiled['decision'] | Compiled['letter']).name;
    case 'functions':
      return undefined;
    case 'application':
      return (value as Compiled['application']).name['zh-CN'];
    case 'calendar':
      return `${(value as Compiled['calendar']).year} 年工作日历`;
    case 'ledger':
    case 'dictionary':
    case 'directory':
      return (value as Compiled['ledger'] | Compiled['dictionary'] | Compiled['directory']).title;
  }
}

/** The key a definition gives itself, which must be the name of its file; undefined where it gives none. */
export function ownKey(release: Release, { kind, key }: Definition): string | undefined {
  switch (kind) {
    case 'form':
      return release.form(key)?.key;
    case 'process':
      return release.process(key)?.model.id;
    case 'decision':
      return release.decision(key)?.id;
    case 'letter':
      return release.letter(key)?.key;
    case 'ledger':
      return release.ledger(key)?.ledger;
    case 'dictionary':
      return release.dictionary(key)?.dictionary;
    case 'application':
      return release.application(key)?.app;
    case 'directory':
    case 'calendar':
    case 'functions':
      return undefined;
  }
}

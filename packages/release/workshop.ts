/**
 * Owns compiling the definitions of releases: each text once, in the language of its release; lives longer than any of them. What cannot be
 * compiled is told as problems; reading never throws for what an author can get wrong. Rules: [REL16] [REL17] [REL21].
 */
import { DefinitionError, type Problem } from '@ganwei/core/definition';
import type { ContentFunction } from '@ganwei/decision/functions';
import { type Decision, loadDecision } from '@ganwei/decision/load';
import type { Language } from '@ganwei/feel/compile';
import { type CompiledForm, compileForm } from '@ganwei/form/dialect';
import { type Letter, readLetter } from '@ganwei/letter/template';
import { type CompiledProcess, compileProcess } from '@ganwei/process/compile';
import type { ProcessModel } from '@ganwei/process/model';
import { type Application, readApplication } from './application.ts';
import type { Definition, Kind } from './definition.ts';
import { type Dialect, dialectOf } from './dialect.ts';
import { type DirectoryWords, readDirectoryWords } from './directory.ts';
import { Memory } from './memory.ts';
import { type Overview, readOverview } from './overviews.ts';
import type { Services } from './service.ts';
import { readStory, type Story } from './story.ts';
import { type CalendarYear, type Dictionary, type Ledger, readCalendar, readDictionary, readLedger } from './tables.ts';
import { readTranslation, type Translation } from './translation.ts';

/** What a definition of each kind becomes. */
export interface Compiled {
  directory: DirectoryWords;
  dictionary: Dictionary;
  calendar: CalendarYear;
  functions: readonly ContentFunction[];
  form: CompiledForm;
  decision: Decision;
  letter: Letter;
  process: CompiledProcess;
  ledger: Ledger;
  overview: Overview;
  application: Application;
  translation: Translation;
  story: Story;
}

export interface Workshop {
  /** of the platform, without functions of applications */
  readonly language: Language;
  readonly services: Services;
  /** by the texts of their functions, the newest last */
  readonly dialects: Map<string, Promise<Spoken>>;
}

/** A dialect, what has been compiled in it, by kind and text, and what has been found out about the releases that speak it. */
export type Spoken = Dialect & {
  readonly compiled: Map<string, Promise<Outcome>>;
  /** what flows mean, the last of each id, in words */
  readonly meanings: Map<string, { readonly words: string; readonly model: ProcessModel }>;
  readonly memory: Memory;
};

type Outcome = { value: Compiled[Kind]; problems?: undefined } | { value?: undefined; problems: readonly Problem[] };

export const openWorkshop = (language: Language, services: Services): Workshop => ({
  language,
  services,
  dialects: new Map(),
});

/** An author who edits functions goes back and forth between a few texts. */
const MOST_DIALECTS = 3;

/** [REL21] The functions are read before all else; another text of them is another dialect, in which everything is compiled anew. */
export function spokenIn({ language, dialects }: Workshop, definitions: readonly Definition[]): Promise<Spoken> {
  const files = definitions.filter(({ kind }) => kind === 'functions');
  const text = JSON.stringify(files.map(({ key, source }) => [key, source]));
  const spoken =
    dialects.get(text) ??
    dialectOf(language, files).then((dialect) => ({
      ...dialect,
      compiled: new Map(),
      meanings: new Map(),
      memory: new Memory(),
    }));
  dialects.delete(text);
  dialects.set(text, spoken);
  const [oldest] = dialects.keys();
  if (oldest !== undefined && dialects.size > MOST_DIALECTS) dialects.delete(oldest);
  return spoken;
}

/** What a definition is in this dialect; the same object as long as its text is the same. */
export function compiledOnce(spoken: Spoken, definition: Definition): Promise<Outcome> {
  const { language, functions, compiled } = spoken;
  if (definition.kind === 'functions') {
    const value = functions.get(definition.key);
    return Promise.resolve(value ? { value } : { problems: [] }); // told by the dialect
  }
  const text = textOf(definition);
  let outcome = compiled.get(text);
  if (!outcome) {
    outcome = compile(language, definition.kind, definition.source);
    if (definition.kind === 'process') outcome = outcome.then((made) => meant(spoken, made));
    compiled.set(text, outcome);
  }
  return outcome;
}

/** A flow of which nothing was changed but the drawing has the model it had: whatever was found out of that holds. */
function meant({ meanings }: Spoken, outcome: Outcome): Outcome {
  const value = outcome.value as CompiledProcess | undefined;
  if (!value) return outcome;
  const { model } = value;
  const words = JSON.stringify(model, (_, one: unknown) => (one instanceof Map ? [...one] : one));
  const before = meanings.get(model.id);
  if (before?.words === words) return { value: { ...value, model: before.model } };
  meanings.set(model.id, { words, model });
  return outcome;
}

/** Texts that are no longer there are let go, the oldest first, when there are more of them than there are definitions. */
export function forget({ compiled }: Spoken, definitions: readonly Definition[]): void {
  const wanted = new Set(definitions.map(textOf));
  for (const text of compiled.keys()) {
    if (compiled.size <= 2 * wanted.size) return;
    if (!wanted.has(text)) compiled.delete(text);
  }
}

const textOf = ({ kind, source }: Definition): string => `${kind}\n${source}`;

/** Any exception of a reader is a finding: content may not stop the start. */
async function compile(language: Language, kind: Exclude<Kind, 'functions'>, source: string): Promise<Outcome> {
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
  overview: readOverview,
  application: readApplication,
  translation: readTranslation,
  story: readStory,
};

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    const message = `不是合法的 JSON：${(error as Error).message}`;
    throw new DefinitionError([{ severity: 'error', rule: 'json', element: '（文件）', message }]);
  }
}

/**
 * Owns the definitions of a release in memory: which version counts for whom. Compiled they are by the library. A case keeps the versions of
 * its release; decisions, letters, dictionaries and calendars are taken by effective date, functions from the newest release (house §4.7).
 * What is retired is offered to nobody and still serves the cases that use it. Must never change a definition. Rules: [V1] [V2] [V3] [V6].
 */
import { type Calendar, makeCalendar, type YearTable } from '@ganwei/calendar/calendar';
import { DefinitionError } from '@ganwei/core/definition';
import type { Decision } from '@ganwei/decision/load';
import type { CompiledForm } from '@ganwei/form/model';
import type { Letter } from '@ganwei/letter/template';
import { type Application, readApplication } from '@ganwei/release/application';
import { KIND_NAMES, type Kind } from '@ganwei/release/definition';
import { type DirectoryWords, readDirectoryWords } from '@ganwei/release/directory';
import {
  type Dictionary,
  dictionaryOn,
  type Ledger,
  readCalendar,
  readDictionary,
  readLedger,
} from '@ganwei/release/tables';
import { lastRelease, listDefinitions, loadDefinition, RETIRED } from '../store/definitions.ts';
import type { Tx } from '../store/open.ts';
import type { PlatformLanguage } from './language.ts';
import type { Entry, Libraries, ProcessEntry, Versioned } from './library.ts';

export interface Catalogue {
  readonly release: number;
  /** what expressions are compiled in */
  readonly language: PlatformLanguage;
  /** keys of a kind, newest version's title */
  list(kind: Kind): { key: string; title: string; version: number }[];
  process(key: string, version?: number): Promise<ProcessEntry>;
  /** the form as it was in that release; the newest when none is given */
  form(key: string, release?: number): Promise<Versioned<CompiledForm>>;
  decision(key: string, date: string): Promise<Versioned<Decision>>;
  letter(key: string, date: string): Promise<Versioned<Letter>>;
  dictionary(key: string): Dictionary | undefined;
  /** what the applications in force say of themselves */
  readonly applications: readonly Application[];
  /** the words of the directory; absent while no content is in force */
  readonly directoryWords: DirectoryWords | undefined;
  ledgers(): readonly Ledger[];
  readonly calendar: Calendar;
  /** the tables that the calendar reckons with */
  readonly years: readonly YearTable[];
}

type Index = Map<string, Entry[]>;

/**
 * Reads the index of all definitions and what every request needs (functions, dictionaries, calendars, ledgers); the rest on demand.
 * `day`: YYYY-MM-DD, local; a version that takes effect later does not count yet.
 */
export async function openCatalogue(tx: Tx, libraries: Libraries, day: string): Promise<Catalogue> {
  const release = await lastRelease(tx);
  const index: Index = new Map();
  for (const row of await listDefinitions(tx)) {
    const id = `${row.kind}/${row.key}`;
    const versions = index.get(id);
    if (versions) versions.push(row);
    else index.set(id, [row]);
  }
  const newest = (kind: Kind) =>
    [...index.values()]
      .filter((rows) => rows[0]?.kind === kind)
      .flatMap((rows) => rows.findLast((row) => row.effective_from <= day) ?? [])
      .filter(({ hash }) => hash !== RETIRED);
  const sources = async (kind: Kind) =>
    Promise.all(newest(kind).map(async (row) => (await loadDefinition(tx, kind, row.key, row.version))!.source));

  // Sorted, so that the same functions are the same language whatever order the database gives.
  const functions = newest('functions').sort((a, b) => (a.key < b.key ? -1 : 1));
  const library = await libraries.speaking(tx, functions);
  const dictionaries = new Map(
    (await sources('dictionary'))
      .map((source) => dictionaryOn(readDictionary(source), day))
      .map((d) => [d.dictionary, d]),
  );
  const ledgers = (await sources('ledger'))
    .map((source) => readLedger(source, library.language.dialect))
    .sort((a, b) => a.order - b.order);
  const years = (await sources('calendar')).map(readCalendar);
  const [words] = await sources('directory');
  const applications = (await sources('application')).map(readApplication);

  return {
    release,
    language: library.language,
    list: (kind) => newest(kind).map(({ key, title, version }) => ({ key, title, version })),
    process: (key, version) => library.process(tx, pick(index, 'process', key, version)),
    form: (key, at) =>
      library.form(
        tx,
        asOf(index, 'form', key, (row) => at === undefined || row.release <= at),
      ),
    decision: (key, date) =>
      library.decision(
        tx,
        asOf(index, 'decision', key, (row) => row.effective_from <= date),
      ),
    letter: (key, date) =>
      library.letter(
        tx,
        asOf(index, 'letter', key, (row) => row.effective_from <= date),
      ),
    dictionary: (key) => dictionaries.get(key),
    applications,
    directoryWords: words === undefined ? undefined : readDirectoryWords(words),
    ledgers: () => ledgers,
    calendar: makeCalendar(years),
    years,
  };
}

function pick(index: Index, kind: Kind, key: string, version: number | undefined): Entry {
  const rows = index.get(`${kind}/${key}`);
  const row = version === undefined ? rows?.at(-1) : rows?.find((r) => r.version === version);
  if (!row || row.hash === RETIRED) throw missing(kind, key);
  return row;
}

function asOf(index: Index, kind: Kind, key: string, counts: (row: Entry) => boolean): Entry {
  const row = index.get(`${kind}/${key}`)?.findLast((one) => one.hash !== RETIRED && counts(one));
  if (!row) throw missing(kind, key);
  return row;
}

function missing(kind: Kind, key: string): DefinitionError {
  const message = `没有找到${KIND_NAMES[kind]}「${key}」`;
  return new DefinitionError([{ severity: 'error', rule: 'missing', element: key, message }]);
}

/**
 * Owns the definitions of a release in memory: which version counts for whom. Compiled they are by the library. A case keeps the versions of
 * its release; decisions, letters, dictionaries and calendars are taken by effective date, functions from the newest release (house §4.7).
 * What is retired is offered to nobody and still serves the cases that use it. Must never change a definition. Rules: [V1] [V2] [V3] [V6] [KEY1].
 */
import { type Calendar, makeCalendar, type YearTable } from '@ganwei/calendar/calendar';
import { DefinitionError } from '@ganwei/core/definition';
import { WRITTEN } from '@ganwei/core/written';
import type { Decision } from '@ganwei/decision/load';
import { WRITTEN_ERRORS } from '@ganwei/form/messages';
import type { CompiledForm } from '@ganwei/form/model';
import type { Letter } from '@ganwei/letter/template';
import { type Application, readApplication } from '@ganwei/release/application';
import { KIND_NAMES, type Kind } from '@ganwei/release/definition';
import { type DirectoryWords, readDirectoryWords } from '@ganwei/release/directory';
import { type Overview, readOverview } from '@ganwei/release/overviews';
import {
  type Dictionary,
  dictionaryOn,
  type Ledger,
  readCalendar,
  readDictionary,
  readLedger,
} from '@ganwei/release/tables';
import { Translator } from '@ganwei/release/translator';
import { lastRelease, listDefinitions, listOwners, loadDefinition, RETIRED } from '../store/definitions.ts';
import type { Tx } from '../store/open.ts';
import { English } from './english.ts';
import { Entries } from './entries.ts';
import type { PlatformLanguage } from './language.ts';
import type { Entry, Libraries, Library, ProcessEntry, Versioned } from './library.ts';
import { Recalling } from './recalling.ts';

export interface Catalogue {
  readonly release: number;
  /** what expressions are compiled in */
  readonly language: PlatformLanguage;
  /** stored keys of a kind, newest version's title */
  list(kind: Kind): { key: string; title: string; version: number }[];
  /** the same, with those that are retired: cases may still run on them */
  ever(kind: Kind): { key: string; title: string }[];
  /** [KEY1] the stored key of what is meant by a key that is written in this application; the key itself where nothing is */
  resolve(kind: Kind, app: string, written: string): string;
  /** by the key under which it is stored, as cases keep it */
  process(key: string, version?: number): Promise<ProcessEntry>;
  /** a form that is named in an application, as it was in that release; the newest when none is given */
  form(app: string, key: string, release?: number): Promise<Versioned<CompiledForm>>;
  decision(app: string, key: string, date: string): Promise<Versioned<Decision>>;
  letter(app: string, key: string, date: string): Promise<Versioned<Letter>>;
  dictionary(key: string): Dictionary | undefined;
  /** what the applications in force say of themselves */
  readonly applications: readonly Application[];
  /** the words of the directory; absent while no content is in force */
  readonly directoryWords: DirectoryWords | undefined;
  ledgers(): readonly Ledger[];
  overviews(): readonly Overview[];
  readonly calendar: Calendar;
  /** the tables that the calendar reckons with */
  readonly years: readonly YearTable[];
  /** English for what the content and the house say in Chinese */
  readonly english: English;
}

/**
 * Reads the index of all definitions and what every request needs (functions, dictionaries, calendars, ledgers); the rest on demand.
 * `day`: YYYY-MM-DD, local; a version that takes effect later does not count yet.
 */
export async function openCatalogue(tx: Tx, libraries: Libraries, day: string): Promise<Catalogue> {
  const release = await lastRelease(tx);
  const entries = new Entries(await listDefinitions(tx), await listOwners(tx));
  const newest = (kind: Kind) =>
    entries
      .all(kind)
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
  const resolve: Catalogue['resolve'] = (kind, app, written) =>
    entries.meant(kind, app, written).find((key) => entries.versions(kind, key).length > 0) ?? written;
  const ledgers = (await sources('ledger'))
    .map((source) => linked(readLedger(source, library.language.dialect), resolve))
    .sort((a, b) => a.order - b.order);
  const overviews = (await sources('overview'))
    .map((source) => readOverview(source, library.language.dialect))
    .sort((a, b) => a.order - b.order);
  const years = (await sources('calendar')).map(readCalendar);
  const [words] = await sources('directory');
  const applications = (await sources('application')).map(readApplication);

  const form: Catalogue['form'] = async (app, key, at) => {
    const entry = asOf(entries, 'form', app, key, (row) => at === undefined || row.release <= at);
    const own = entries.appOf('form', entry.key);
    return library.form(tx, entry, (written) => resolve('process', own, written));
  };
  const recalling = new Recalling(form);

  return {
    release,
    language: library.language,
    list: (kind) => newest(kind).map(({ key, title, version }) => ({ key, title, version })),
    ever: (kind) => entries.all(kind).flatMap((rows) => rows.slice(-1).map(({ key, title }) => ({ key, title }))),
    resolve,
    async process(key, version) {
      const entry = pick(entries.versions('process', key), key, version, day);
      return recalling.entry(await library.process(tx, entry, entries.appOf('process', key)));
    },
    form,
    decision: (app, key, date) =>
      library.decision(
        tx,
        asOf(entries, 'decision', app, key, (row) => row.effective_from <= date),
      ),
    letter: (app, key, date) =>
      library.letter(
        tx,
        asOf(entries, 'letter', app, key, (row) => row.effective_from <= date),
      ),
    dictionary: (key) => dictionaries.get(key),
    applications,
    directoryWords: words === undefined ? undefined : readDirectoryWords(words),
    ledgers: () => ledgers,
    overviews: () => overviews,
    calendar: makeCalendar(years),
    years,
    english: new English(
      new Translator([...WRITTEN, ...WRITTEN_ERRORS, ...(await translations(tx, library, entries, day))]),
    ),
  };
}

/** [LANG4] Of all versions, the newest last: a case that began before a text was changed goes on saying it in English. */
async function translations(tx: Tx, library: Library, entries: Entries, day: string): Promise<[string, string][]> {
  const versions = entries
    .all('translation')
    .flat()
    .filter(({ hash, effective_from }) => hash !== RETIRED && effective_from <= day)
    .sort((a, b) => a.release - b.release);
  const read = await Promise.all(versions.map((entry) => library.translation(tx, entry)));
  return read.flatMap(({ texts }) => Object.entries(texts));
}

/** That version, or the one that counts on the day. */
function pick(rows: readonly Entry[], key: string, version: number | undefined, day: string): Entry {
  const counts = (row: Entry): boolean => (version === undefined ? row.effective_from <= day : row.version === version);
  const row = rows.findLast(counts);
  if (!row || row.hash === RETIRED) throw missing('process', key);
  return row;
}

/** The newest version that counts of the first thing that the key may mean and that has one. */
function asOf(entries: Entries, kind: Kind, app: string, key: string, counts: (row: Entry) => boolean): Entry {
  for (const stored of entries.meant(kind, app, key)) {
    const row = entries.versions(kind, stored).findLast((one) => one.hash !== RETIRED && counts(one));
    if (row) return row;
  }
  throw missing(kind, key);
}

/** A ledger names processes by the keys under which their cases are kept. */
function linked(ledger: Ledger, resolve: Catalogue['resolve']): Ledger {
  const { source } = ledger;
  return source.kind === 'case'
    ? { ...ledger, source: { ...source, process: resolve('process', '', source.process) } }
    : ledger;
}

function missing(kind: Kind, key: string): DefinitionError {
  const message = `没有找到${KIND_NAMES[kind]}「${key}」`;
  return new DefinitionError([{ severity: 'error', rule: 'missing', element: key, message }]);
}

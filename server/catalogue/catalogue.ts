/**
 * Owns the definitions in memory: which version counts for whom, each compiled once. A case keeps the versions of its release;
 * decisions, dictionaries, letters and calendars are taken by effective date (house §4.7). Must never change a definition.
 * Rules: [V1] [V2] [V3].
 */
import { type Calendar, makeCalendar } from '@ganwei/calendar/calendar';
import { DefinitionError } from '@ganwei/core/definition';
import { type Decision, loadDecision } from '@ganwei/decision/load';
import { type CompiledForm, compileForm } from '@ganwei/form/dialect';
import { type Letter, readLetter } from '@ganwei/letter/template';
import { type CompiledProcess, compileProcess } from '@ganwei/process/compile';
import { drawingOf } from '@ganwei/process/drawing';
import type { ProcessModel } from '@ganwei/process/model';
import { makeStepper, type Stepper } from '@ganwei/process/step';
import { lastRelease, listDefinitions, loadDefinition } from '../store/definitions.ts';
import type { Tx } from '../store/open.ts';
import type { DefinitionRow } from '../store/rows.ts';
import { LANGUAGE } from './language.ts';
import { type Dictionary, type Ledger, readCalendar, readDictionary, readLedger } from './tables.ts';

export type Kind = 'form' | 'process' | 'decision' | 'letter' | 'ledger' | 'dictionary' | 'calendar';
export const KINDS: readonly Kind[] = ['dictionary', 'calendar', 'form', 'decision', 'letter', 'process', 'ledger'];

export interface ProcessEntry {
  key: string;
  version: number;
  /** the drawing alone: without settings, expressions and conditions */
  drawing: string;
  compiled: CompiledProcess;
  model: ProcessModel;
  stepper: Stepper;
  /** names an expression of the process may use for case data: forms and outputs of services */
  names: readonly string[];
}

export interface Versioned<T> {
  version: number;
  value: T;
}

export interface Catalogue {
  readonly release: number;
  /** keys of a kind, newest version's title */
  list(kind: Kind): { key: string; title: string; version: number }[];
  process(key: string, version?: number): Promise<ProcessEntry>;
  /** the form as it was in that release; the newest when none is given */
  form(key: string, release?: number): Promise<Versioned<CompiledForm>>;
  decision(key: string, date: string): Promise<Versioned<Decision>>;
  letter(key: string, date: string): Promise<Versioned<Letter>>;
  dictionary(key: string): Dictionary | undefined;
  ledgers(): readonly Ledger[];
  readonly calendar: Calendar;
}

type Index = Map<string, Omit<DefinitionRow, 'source'>[]>;

/** Reads the index of all definitions and what every request needs (dictionaries, calendars, ledgers); the rest on demand. */
export async function openCatalogue(tx: Tx): Promise<Catalogue> {
  const release = await lastRelease(tx);
  const index: Index = new Map();
  for (const row of await listDefinitions(tx)) {
    const id = `${row.kind}/${row.key}`;
    const versions = index.get(id);
    if (versions) versions.push(row);
    else index.set(id, [row]);
  }
  const newest = (kind: Kind) =>
    [...index.values()].filter((rows) => rows[0]?.kind === kind).map((rows) => rows.at(-1)!);
  const sources = async (kind: Kind) =>
    Promise.all(newest(kind).map(async (row) => (await loadDefinition(tx, kind, row.key, row.version))!.source));

  const dictionaries = new Map((await sources('dictionary')).map(readDictionary).map((d) => [d.dictionary, d]));
  const ledgers = (await sources('ledger')).map(readLedger).sort((a, b) => a.order - b.order);
  const calendar = makeCalendar((await sources('calendar')).map(readCalendar));
  const load = cachedLoader(tx, index);

  return {
    release,
    list: (kind) => newest(kind).map(({ key, title, version }) => ({ key, title, version })),
    process: (key, version) => load.process(pick(index, 'process', key, version)),
    form: (key, at) => load.form(asOf(index, 'form', key, (row) => at === undefined || row.release <= at)),
    decision: (key, date) => load.decision(asOf(index, 'decision', key, (row) => row.effective_from <= date)),
    letter: (key, date) => load.letter(asOf(index, 'letter', key, (row) => row.effective_from <= date)),
    dictionary: (key) => dictionaries.get(key),
    ledgers: () => ledgers,
    calendar,
  };
}

type Row = Omit<DefinitionRow, 'source'>;

function pick(index: Index, kind: Kind, key: string, version: number | undefined): Row {
  const rows = index.get(`${kind}/${key}`);
  const row = version === undefined ? rows?.at(-1) : rows?.find((r) => r.version === version);
  if (!row) throw missing(kind, key);
  return row;
}

function asOf(index: Index, kind: Kind, key: string, counts: (row: Row) => boolean): Row {
  const row = index.get(`${kind}/${key}`)?.findLast(counts);
  if (!row) throw missing(kind, key);
  return row;
}

const KIND_NAMES: Record<Kind, string> = {
  form: '表单',
  process: '流程',
  decision: '决策表',
  letter: '文书模板',
  ledger: '台账',
  dictionary: '字典',
  calendar: '日历',
};

function missing(kind: Kind, key: string): DefinitionError {
  const message = `没有找到${KIND_NAMES[kind]}「${key}」`;
  return new DefinitionError([{ severity: 'error', rule: 'missing', element: key, message }]);
}

/** Each version is compiled once; a definition that is being compiled is waited for, not compiled again. */
function cachedLoader(tx: Tx, index: Index) {
  const cache = new Map<string, Promise<unknown>>();
  const load =
    <T>(compile: (source: string, row: Row) => Promise<T> | T) =>
    (row: Row): Promise<T> => {
      const id = `${row.kind}/${row.key}/${row.version}`;
      let entry = cache.get(id) as Promise<T> | undefined;
      if (!entry) {
        entry = loadDefinition(tx, row.kind, row.key, row.version).then((full) => compile(full!.source, row));
        entry.catch(() => cache.delete(id));
        cache.set(id, entry);
      }
      return entry;
    };
  const versioned =
    <T>(compile: (source: string) => Promise<T> | T) =>
    async (source: string, row: Row): Promise<Versioned<T>> => ({ version: row.version, value: await compile(source) });
  return {
    process: load((source, row) => compileEntry(source, row.key, row.version)),
    form: load(versioned((source) => compileForm(JSON.parse(source), formOptions(index)))),
    decision: load(versioned((source) => loadDecision(source, LANGUAGE))),
    letter: load(versioned((source) => readLetter(source, LANGUAGE))),
  };
}

/** Form rules may use the platform's functions; which names a case offers is checked with the whole release (check.ts). */
export const formOptions = (_index?: Index) => ({ functions: LANGUAGE.functions ?? {} });

/** Compiles one process and collects the names its expressions may use. */
export async function compileEntry(xml: string, key: string, version: number): Promise<ProcessEntry> {
  const compiled = await compileProcess(xml, { functions: LANGUAGE.functions ?? {} });
  return {
    key,
    version,
    drawing: await drawingOf(xml),
    compiled,
    model: compiled.model,
    stepper: makeStepper(compiled),
    names: dataNames(compiled.model),
  };
}

/** Forms filled in the process and first parts of the outputs of its services, calls and actions. */
export function dataNames(model: ProcessModel): string[] {
  const names = new Set<string>(['messages']);
  const outputs = model.case.actions.flatMap((action) => action.outputs);
  for (const node of model.nodes.values()) {
    if (node.start?.form) names.add(node.start.as);
    if (node.task?.form) names.add(node.task.as);
    outputs.push(...(node.service?.outputs ?? []), ...(node.call?.outputs ?? []));
  }
  for (const { name } of outputs) names.add(name.split('.')[0]!);
  return [...names];
}

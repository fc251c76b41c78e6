/**
 * Owns what forms ask of the world, answered by the server: dictionaries (once per visit and language) and the calendar (once per visit), people, units, cases, files,
 * signatures.
 */
import { type Calendar, makeCalendar } from '@ganwei/calendar/calendar';
import { localDateTime } from '@ganwei/calendar/zone';
import type { Answer } from '@ganwei/core/contract';
import type { DictionaryEntry } from '@ganwei/form/model';
import type { Choice, FormSources, NameKind } from '../binding/sources.ts';
import { api, fileAddress, languageAsked, upload } from './client.ts';

const dictionaries = new Map<string, Promise<readonly DictionaryEntry[]>>();

/** A dictionary that could not be fetched is asked for again next time. */
function dictionary(key: string): Promise<readonly DictionaryEntry[]> {
  const id = `${languageAsked()} ${key}`;
  let known = dictionaries.get(id);
  if (!known) {
    known = api.dictionary({ params: { key } }).then(({ items }) => items);
    known.catch(() => dictionaries.delete(id));
    dictionaries.set(id, known);
  }
  return known;
}

let years: Promise<Calendar> | undefined;

/** Reckons with the year tables of the server; asked for again next time when they could not be fetched. */
function calendar(): Promise<Calendar> {
  years ??= api.calendar().then((tables) => makeCalendar(tables));
  years.catch(() => {
    years = undefined;
  });
  return years;
}

/** `filter` of a person field is the unit to choose from; `within`: the task and the field whose rule says whom it offers. */
export async function searchPersons(
  query: string,
  filter?: string,
  within?: { task: string; field: string },
): Promise<readonly Choice[]> {
  const people = await api.people({ query: { q: query, ...(filter && { unit: filter }), ...within } });
  return people.map(({ id, name, unit, post }) => ({ id, name, detail: [unit, post].filter(Boolean).join(' ') }));
}

/** Whom a step may be given to, as the server judges it; `barred` says why not. */
export const stepPeople = ({ people }: Answer<'taskPeople'>): readonly (Choice & { barred: string })[] =>
  people.map(({ id, name, unit, post, reason }) => ({
    id,
    name,
    detail: [unit, post].filter(Boolean).join(' '),
    barred: reason,
  }));

async function searchUnits(query: string): Promise<readonly Choice[]> {
  const units = await api.units({ query: { q: query } });
  return units.map(({ id, name, path }) => ({ id, name, detail: path === name ? '' : path }));
}

async function searchCases(process: string, query: string, statuses = ''): Promise<readonly Choice[]> {
  const cases = await api.caseRefs({ query: { process, q: query, statuses } });
  return cases.map(({ id, number, title, status }) => ({
    id,
    name: [number, title].filter(Boolean).join(' '),
    detail: status,
  }));
}

async function names(kind: NameKind, ids: readonly string[]): Promise<Record<string, string>> {
  const query = { ids: ids.join(',') };
  if (kind === 'person') return byId(await api.people({ query }), ({ name }) => name);
  if (kind === 'unit') return byId(await api.units({ query }), ({ name }) => name);
  return byId(await api.caseRefs({ query }), ({ number, title }) => [number, title].filter(Boolean).join(' '));
}

const byId = <T extends { id: string }>(rows: readonly T[], text: (row: T) => string): Record<string, string> =>
  Object.fromEntries(rows.map((row) => [row.id, text(row)]));

/** The signature says who and when; both come from the server, not from the page. */
async function signNow() {
  const { person, now } = await api.session();
  return { name: person.name, personId: person.id, at: localDateTime(now) };
}

/** What the form of a task asks. */
export const sourcesOf = (task: string): FormSources => ({
  ...SOURCES,
  searchPersons: (query, filter, field) => searchPersons(query, filter, field ? { task, field } : undefined),
});

export const SOURCES: FormSources = {
  dictionary,
  calendar,
  searchPersons: (query, filter) => searchPersons(query, filter),
  unitsBelow: (parent) => api.units({ query: { parent } }),
  searchUnits,
  searchCases,
  names,
  uploadFile: upload,
  fileUrl: (id) => fileAddress(id, true),
  signNow,
};

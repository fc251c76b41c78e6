/**
 * Owns case rows, their values (one JSON document per form) and the people a case knows.
 * A case row moves only by compare-and-set on `revision`; a lost race is a Conflict. Rules: [P1] [P5].
 */
import { Conflict } from '@ganwei/core/refusal';
import type { Knex } from 'knex';
import type { Tx } from './open.ts';
import type { CaseRow } from './rows.ts';
import { insertRows, putRows, rowOf, rowsOf, updateRows } from './statements.ts';

export async function loadCase(tx: Tx, id: string): Promise<CaseRow | undefined> {
  return rowOf(tx, 'cases', { id });
}

/**
 * Loads a case to change it: others who want to change it wait here until this transaction ends, so that what is read afterwards (tasks,
 * work items) belongs together. SQLite has one writer anyway. On a Galera cluster the lock is local to a node; updateCase decides.
 */
export async function holdCase(tx: Tx, id: string): Promise<CaseRow | undefined> {
  const [row] = await rowsOf<CaseRow>(tx, 'cases', { id }, tx.locking);
  return row;
}

/** Heads of the cases among these ids. */
export async function casesNamed(tx: Tx, ids: readonly string[]): Promise<CaseRow[]> {
  return ids.length === 0 ? [] : tx('cases').whereIn('id', ids);
}

export async function insertCase(tx: Tx, row: CaseRow): Promise<void> {
  await insertRows(tx, 'cases', [row]);
}

/** Writes the changed columns if nobody else has moved the case since it was read; grows `revision` by one. */
export async function updateCase(tx: Tx, row: CaseRow, change: Partial<CaseRow>): Promise<void> {
  const { id, revision } = row;
  const moved = await updateRows(tx, 'cases', { id, revision }, { ...change, revision: revision + 1 });
  if (moved !== 1) throw new Conflict(`case ${row.id}`);
}

/** name -> parsed document */
export async function loadValues(tx: Tx, caseId: string): Promise<Map<string, unknown>> {
  const rows = await rowsOf<{ name: string; value: string }>(tx, 'case_values', { case_id: caseId });
  return new Map(rows.map((row) => [row.name, JSON.parse(row.value)]));
}

export async function putValue(tx: Tx, caseId: string, name: string, value: unknown): Promise<void> {
  const row = { case_id: caseId, name, value: JSON.stringify(value ?? null) };
  await putRows(tx, 'case_values', [row], { key: ['case_id', 'name'], overwrite: ['value'] });
}

/** The part a person plays in a case: starter, subject, worker (had or has a task), reader (was sent it). */
export type Part = 'starter' | 'subject' | 'worker' | 'reader';
const PARTS = 4;

export async function addPeople(
  tx: Tx,
  caseId: string,
  people: readonly { person: string; part: Part }[],
): Promise<void> {
  const rows = people.map(({ person, part }) => ({ case_id: caseId, person_id: person, part }));
  await putRows(tx, 'case_people', rows, { key: ['case_id', 'person_id', 'part'], overwrite: [] });
}

export async function partsOf(tx: Tx, caseId: string, person: string): Promise<Set<Part>> {
  const rows = await rowsOf<{ part: Part }>(tx, 'case_people', { case_id: caseId, person_id: person });
  return new Set(rows.map((row) => row.part));
}

export async function childCases(tx: Tx, parent: string): Promise<CaseRow[]> {
  return tx('cases').where({ parent_id: parent }).orderBy(['started_at', 'parent_index']);
}

/** Cases a person started, newest first. */
export async function startedCases(
  tx: Tx,
  person: string,
  page: { q: string; before?: { at: number; id: string }; limit: number },
): Promise<CaseRow[]> {
  const query = tx('cases').where({ starter_id: person });
  if (page.q) containing(query, ['title', 'number'], page.q);
  if (page.before) olderThan(query, 'started_at', page.before);
  return query
    .orderBy([
      { column: 'started_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(page.limit);
}

/** Cases a person takes part in, newest first. */
export async function casesOfPerson(
  tx: Tx,
  person: string,
  find: { process: string; q: string; ids: readonly string[]; limit: number },
): Promise<CaseRow[]> {
  // Ids grow with time: the person's own index gives his newest cases first, each once for every part he plays in it.
  const query = tx('case_people')
    .crossJoin('cases' as never)
    .whereRaw('cases.id = case_people.case_id');
  query.where({ person_id: person }).select('cases.*');
  if (find.process) query.where({ process: find.process });
  if (find.ids.length > 0) query.whereIn('cases.id', [...find.ids]);
  if (find.q) containing(query, ['title', 'number'], find.q);
  const rows: CaseRow[] = await query.orderBy('case_people.case_id', 'desc').limit(find.limit * PARTS);
  return [...new Map(rows.map((row) => [row.id, row])).values()].slice(0, find.limit);
}

/** Rows one of whose columns contains the text itself: wildcards in it are taken literally, Latin letters in either case. */
export function containing(query: Query, columns: readonly string[], text: string): void {
  const pattern = `%${text.toLowerCase().replace(/[!%_]/g, (c) => `!${c}`)}%`;
  query.where((any) => {
    for (const column of columns) any.orWhereRaw("lower(??) like ? escape '!'", [column, pattern]);
  });
}

type Query = Knex.QueryBuilder;

/** Keyset paging, newest first: rows before the one the last page ended with. */
export function olderThan(query: Query, column: string, before: { at: number; id: string }): void {
  query.where((w) =>
    w.where(column, '<', before.at).orWhere((same) => same.where(column, before.at).where('id', '<', before.id)),
  );
}

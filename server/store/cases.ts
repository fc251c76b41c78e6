/**
 * Owns case rows, their values (one JSON document per form) and the people a case knows.
 * A case row moves only by compare-and-set on `revision`; a lost race is a Conflict. Rules: [P1] [P5].
 */
import { Conflict } from '@ganwei/core/refusal';
import { folded } from '@ganwei/core/text';
import type { Knex } from 'knex';
import type { Tx, Writer } from './open.ts';
import type { CaseRow } from './rows.ts';
import { read, written } from './shapes.ts';
import { insertRows, putRows, rowOf, rowsOf } from './statements.ts';
import type { Value } from './tx.ts';

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

/** The same for the case of a task that is open, without asking for the task first. */
export async function holdCaseOfTask(tx: Tx, taskId: string): Promise<CaseRow | undefined> {
  const rows = await tx.all<object>(`select * from \`cases\` where \`id\` = ${OF_TASK}${tx.locking}`, [taskId]);
  return read<CaseRow>('cases', rows)[0];
}

const OF_TASK = '(select `case_id` from `tasks` where `id` = ?)';

/** Heads of the cases among these ids. */
export async function casesNamed(tx: Tx, ids: readonly string[]): Promise<CaseRow[]> {
  return ids.length === 0 ? [] : read('cases', await tx('cases').whereIn('id', ids));
}

export async function insertCase(tx: Writer, row: CaseRow): Promise<void> {
  await insertRows(tx, 'cases', [row]);
}

/**
 * Writes the changed columns if nobody else has moved the case since it was read; grows `revision` by one. Where somebody has, the new
 * revision is no number, which no database takes: the statement fails, and with it whatever travels with it.
 */
export async function updateCase(tx: Writer, row: CaseRow, change: Partial<CaseRow>): Promise<void> {
  const { id, revision } = row;
  const texts = written('cases', change);
  const set = Object.keys(texts).map((column) => `\`${column}\` = ?, `);
  const sql = `update \`cases\` set ${set.join('')}\`revision\` = case when \`revision\` = ? then ? end where \`id\` = ?`;
  try {
    const moved = await tx.run(sql, [...(Object.values(texts) as Value[]), revision, revision + 1, id]);
    if (moved !== 1) throw new Conflict(`case ${id}`);
  } catch (error) {
    throw isRefusedValue(error) ? new Conflict(`case ${id}`, { cause: error }) : error;
  }
}

/** The revision has moved: there is no value for it. */
function isRefusedValue(error: unknown): boolean {
  const { errno, code } = error as { errno?: number; code?: unknown };
  return errno === 1048 || code === 'SQLITE_CONSTRAINT_NOTNULL';
}

/** name -> parsed document */
export async function loadValues(tx: Tx, caseId: string): Promise<Map<string, unknown>> {
  return documents(await rowsOf<ValueRow>(tx, 'case_values', { case_id: caseId }));
}

/** The same for the case of a task. */
export async function loadValuesOfTask(tx: Tx, taskId: string): Promise<Map<string, unknown>> {
  return documents(
    read('case_values', await tx.all<object>(`select * from \`case_values\` where \`case_id\` = ${OF_TASK}`, [taskId])),
  );
}

interface ValueRow {
  name: string;
  value: unknown;
}

const documents = (rows: readonly ValueRow[]): Map<string, unknown> =>
  new Map(rows.map((row) => [row.name, row.value]));

/** Writes these documents of the case, whether they were there before or not, in one statement. */
export async function putValues(
  tx: Writer,
  caseId: string,
  documents: readonly (readonly [string, unknown])[],
): Promise<void> {
  const rows = documents.map(([name, value]) => ({ case_id: caseId, name, value }));
  await putRows(tx, 'case_values', rows, { key: ['case_id', 'name'], overwrite: ['value'] });
}

/** The part a person plays in a case: starter, subject, worker (had or has a task), reader (was sent it). */
export type Part = 'starter' | 'subject' | 'worker' | 'reader';
const PARTS = 4;

export async function addPeople(
  tx: Writer,
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

/** Those of these cases that are, or were, about this person. */
export async function casesAbout(tx: Tx, person: string, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx('case_people').where({ person_id: person, part: 'subject' }).whereIn('case_id', ids);
  return new Set(rows.map((row) => String(row.case_id)));
}

/** Everybody who has or had a part in the case, each once. */
export async function peopleOf(tx: Tx, caseId: string): Promise<string[]> {
  const rows = await rowsOf<{ person_id: string }>(tx, 'case_people', { case_id: caseId });
  return [...new Set(rows.map((row) => row.person_id))];
}

export async function childCases(tx: Tx, parent: string): Promise<CaseRow[]> {
  return read('cases', await tx('cases').where({ parent_id: parent }).orderBy(['started_at', 'parent_index']));
}

/** Cases a person started, newest first. */
export async function startedCases(
  tx: Tx,
  person: string,
  page: { q: string; before?: { at: number; id: string }; limit: number },
): Promise<CaseRow[]> {
  const query = tx('cases').where({ starter_id: person });
  if (page.q) containing(query, 'find_text', page.q);
  if (page.before) olderThan(query, 'started_at', page.before);
  query.orderBy([
    { column: 'started_at', order: 'desc' },
    { column: 'id', order: 'desc' },
  ]);
  return read('cases', await query.limit(page.limit));
}

/** How many cases a person has started that still run. */
export async function countStarted(tx: Tx, person: string): Promise<number> {
  const row = await tx('cases').where({ starter_id: person }).whereNull('ended_at').count({ n: '*' }).first();
  return Number(row?.n ?? 0);
}

/** Which cases are looked for; '' and empty lists: whichever. */
export interface References {
  process: string;
  q: string;
  ids: readonly string[];
  statuses?: readonly string[];
  limit: number;
}

/** [READ16] The newest cases that people of these units have started. */
export async function casesOfUnits(tx: Tx, units: readonly string[], find: References): Promise<CaseRow[]> {
  const query = tx('cases')
    .whereIn('starter_unit', [...units])
    .where({ process: find.process });
  if (find.ids.length > 0) query.whereIn('id', [...find.ids]);
  if (find.statuses?.length) query.whereIn('status', [...find.statuses]);
  if (find.q) containing(query, 'find_text', find.q);
  return read('cases', await query.orderBy('id', 'desc').limit(find.limit));
}

/** Cases a person takes part in, newest first. */
export async function casesOfPerson(tx: Tx, person: string, find: References): Promise<CaseRow[]> {
  // Ids grow with time: the person's own index gives his newest cases first, each once for every part he plays in it.
  const query = tx('case_people')
    .crossJoin('cases' as never)
    .whereRaw('cases.id = case_people.case_id');
  query.where({ person_id: person }).select('cases.*');
  if (find.process) query.where({ process: find.process });
  if (find.ids.length > 0) query.whereIn('cases.id', [...find.ids]);
  if (find.statuses?.length) query.whereIn('cases.status', [...find.statuses]);
  if (find.q) containing(query, 'find_text', find.q);
  const rows: CaseRow[] = await query.orderBy('case_people.case_id', 'desc').limit(find.limit * PARTS);
  const each = new Map(rows.map((row) => [row.id, row]));
  return read('cases', [...each.values()].slice(0, find.limit));
}

/** [Q4] [Q20] Rows whose folded column contains the text, folded like it; wildcards in it are taken literally. */
export function containing(query: Query, column: string, text: string): void {
  const pattern = `%${folded(text).replace(/[!%_]/g, (c) => `!${c}`)}%`;
  query.whereRaw("?? like ? escape '!'", [column, pattern]);
}

type Query = Knex.QueryBuilder;

/** Keyset paging, newest first: rows before the one the last page ended with. */
export function olderThan(query: Query, column: string, before: { at: number; id: string }): void {
  query.where((w) =>
    w.where(column, '<', before.at).orWhere((same) => same.where(column, before.at).where('id', '<', before.id)),
  );
}

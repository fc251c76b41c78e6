/**
 * Owns what has happened: history with its hash chain, submissions, finished tasks and work. Append only: no function here
 * updates or deletes. Rules: [H1] [H2].
 */
import { createHash } from 'node:crypto';
import type { HistoryKind } from '@ganwei/core/history';
import { Conflict } from '@ganwei/core/refusal';
import { containing, olderThan } from './cases.ts';
import { isDuplicate, type Tx, type Writer } from './open.ts';
import type { AuditRow, HistoryRow, SubmissionRow, TaskDoneRow, WorkDoneRow } from './rows.ts';
import { read } from './shapes.ts';
import { insertRows, rowOf, rowsOf } from './statements.ts';

export interface HistoryEntry {
  at: number;
  kind: string;
  person: string;
  node: string;
  detail: Record<string, unknown>;
}

/** The first link of every case's chain. */
export const CHAIN_START = '0'.repeat(64);

/** [H1] Each entry's hash covers the entry and the hash before it. */
export function chainHash(before: string, caseId: string, seq: number, entry: HistoryEntry): string {
  const text = JSON.stringify([before, caseId, seq, entry.at, entry.kind, entry.person, entry.node, entry.detail]);
  return createHash('sha256').update(text).digest('hex');
}

/** Where a chain ends: number and hash of its last entry. */
export interface ChainEnd {
  seq: number;
  hash: string;
}

/** The rows of new entries behind `end`, and the end of the chain with them. */
export function linkHistory(
  caseId: string,
  end: ChainEnd,
  entries: readonly HistoryEntry[],
): { rows: HistoryRow[]; end: ChainEnd } {
  let { seq, hash } = end;
  const rows: HistoryRow[] = [];
  for (const entry of entries) {
    seq += 1;
    hash = chainHash(hash, caseId, seq, entry);
    rows.push({
      case_id: caseId,
      seq,
      at: entry.at,
      kind: entry.kind,
      person_id: entry.person,
      node: entry.node,
      detail: entry.detail,
      hash,
    });
  }
  return { rows, end: { seq, hash } };
}

/** Appends linked rows. Whoever appended there meanwhile has won [P5]. */
export async function appendHistory(tx: Writer, rows: readonly HistoryRow[]): Promise<void> {
  try {
    await insertRows(tx, 'history', rows);
  } catch (error) {
    if (isDuplicate(error)) throw new Conflict(`history of ${rows[0]?.case_id}`, { cause: error });
    throw error;
  }
}

export async function historyOf(tx: Tx, caseId: string): Promise<HistoryRow[]> {
  return rowsOf(tx, 'history', { case_id: caseId }, 'order by seq');
}

/** Nodes of the steps that this person has submitted or given back. */
export async function nodesActedOn(tx: Tx, caseId: string, person: string): Promise<string[]> {
  const acts: HistoryKind[] = ['submitted', 'returned'];
  const query = tx('history').where({ case_id: caseId, person_id: person }).whereIn('kind', acts);
  const rows: { node: string }[] = await query.distinct('node');
  return rows.map((row) => row.node);
}

/** Walks the chain: is every link as it was written, and is none missing up to `end`? */
export function verifyChain(caseId: string, rows: readonly HistoryRow[], end: ChainEnd): boolean {
  let hash = CHAIN_START;
  for (const [index, row] of rows.entries()) {
    const entry = {
      at: row.at,
      kind: row.kind,
      person: row.person_id,
      node: row.node,
      detail: row.detail,
    };
    if (row.seq !== index + 1) return false;
    hash = chainHash(hash, caseId, row.seq, entry);
    if (hash !== row.hash) return false;
  }
  return rows.length === end.seq && hash === end.hash;
}

type Appended = { submissions: SubmissionRow; tasks_done: TaskDoneRow; work_done: WorkDoneRow };

export async function append<T extends keyof Appended>(
  tx: Writer,
  table: T,
  rows: readonly Appended[T][],
): Promise<void> {
  await insertRows(tx, table, rows);
}

export async function submissionsOfTask(tx: Tx, taskId: string): Promise<SubmissionRow[]> {
  return rowsOf(tx, 'submissions', { task_id: taskId }, 'order by at, id');
}

export async function submissionsOfCase(tx: Tx, caseId: string): Promise<SubmissionRow[]> {
  return rowsOf(tx, 'submissions', { case_id: caseId }, 'order by at, id');
}

export async function tasksDoneOf(tx: Tx, caseId: string): Promise<TaskDoneRow[]> {
  return rowsOf(tx, 'tasks_done', { case_id: caseId }, 'order by closed_at, id');
}

export async function taskDone(tx: Tx, id: string): Promise<TaskDoneRow | undefined> {
  return rowOf(tx, 'tasks_done', { id });
}

/** What a person has done, newest first. */
export async function doneBy(
  tx: Tx,
  person: string,
  page: { q: string; before?: { at: number; id: string }; limit: number },
): Promise<WorkDoneRow[]> {
  const query = tx('work_done').where({ person_id: person });
  if (page.q) containing(query, 'find_text', page.q);
  if (page.before) olderThan(query, 'done_at', page.before);
  return query
    .orderBy([
      { column: 'done_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(page.limit);
}

export async function recordAudit(
  tx: Tx,
  row: { id: string; at: number; person: string; act: string; object: string; detail: Record<string, unknown> },
): Promise<void> {
  const { person, detail, ...rest } = row;
  await insertRows(tx, 'audit', [{ ...rest, person_id: person, detail }]);
}

/** When the last entry was written, epoch milliseconds; 0 when there is none. */
export async function lastAudit(tx: Tx): Promise<number> {
  const row = await tx('audit').max({ at: 'at' }).first();
  return Number(row?.at ?? 0);
}

/** Which entries are asked for; what is left out is not asked. */
export interface AuditQuestion {
  act?: string;
  /** by one of these people */
  people?: readonly string[];
  /** instants: from, inclusive, until, exclusive */
  from?: number;
  until?: number;
}

/** The entries asked for, newest first. */
export async function auditPage(
  tx: Tx,
  page: AuditQuestion & { before?: { at: number; id: string }; limit: number },
): Promise<AuditRow[]> {
  const query = tx('audit');
  if (page.act) query.where({ act: page.act });
  if (page.people) query.whereIn('person_id', page.people);
  if (page.from !== undefined) query.where('at', '>=', page.from);
  if (page.until !== undefined) query.where('at', '<', page.until);
  if (page.before) olderThan(query, 'at', page.before);
  query.orderBy([
    { column: 'at', order: 'desc' },
    { column: 'id', order: 'desc' },
  ]);
  return read('audit', await query.limit(page.limit));
}

/**
 * Owns what is asked about finished cases as a whole: the newest of a flow, some at a time, with all that the record has of them. Costs what
 * is asked for, never what there is. Read only.
 */
import type { Tx } from './open.ts';
import type { CaseRow, HistoryRow, SubmissionRow, TaskDoneRow } from './rows.ts';
import { read } from './shapes.ts';

/** Cases in these states do not go on. */
const FINISHED = ['ended', 'withdrawn'];

/** Finished cases of a flow, those that began last first. */
export async function finishedCases(
  tx: Tx,
  { process, before, limit }: { process: string; before?: Pick<CaseRow, 'started_at' | 'id'>; limit: number },
): Promise<CaseRow[]> {
  const query = tx('cases').where({ process }).whereIn('state', FINISHED);
  if (before)
    query.where((w) =>
      w
        .where('started_at', '<', before.started_at)
        .orWhere((same) => same.where('started_at', before.started_at).where('id', '<', before.id)),
    );
  query.orderBy([
    { column: 'started_at', order: 'desc' },
    { column: 'id', order: 'desc' },
  ]);
  return read('cases', await query.limit(limit));
}

/** How many there are, at most `limit`. */
export async function countFinished(tx: Tx, process: string, limit: number): Promise<number> {
  const some = tx('cases').where({ process }).whereIn('state', FINISHED).select('id').limit(limit).as('some');
  const row = await tx('').from(some).count({ n: '*' }).first();
  return Number(row?.n ?? 0);
}

/** What the record has of a case. */
export interface CaseRecord {
  history: HistoryRow[];
  submissions: SubmissionRow[];
  done: TaskDoneRow[];
  values: Map<string, unknown>;
  /** cases that it started */
  children: Pick<CaseRow, 'process' | 'parent_wait' | 'ended_at'>[];
}

/** By the id of the case. */
export async function recordsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, CaseRecord>> {
  const found = new Map<string, CaseRecord>(
    ids.map((id) => [id, { history: [], submissions: [], done: [], values: new Map(), children: [] }]),
  );
  if (ids.length === 0) return found;
  const of = <T>(table: string, order: string[]): Promise<T[]> =>
    tx(table)
      .whereIn('case_id', [...ids])
      .orderBy(order)
      .then((rows) => read<T>(table, rows));
  for (const row of await of<HistoryRow>('history', ['case_id', 'seq'])) found.get(row.case_id)!.history.push(row);
  for (const row of await of<SubmissionRow>('submissions', ['case_id', 'at', 'id']))
    found.get(row.case_id)!.submissions.push(row);
  for (const row of await of<TaskDoneRow>('tasks_done', ['case_id', 'closed_at', 'id']))
    found.get(row.case_id)!.done.push(row);
  for (const row of await of<{ case_id: string; name: string; value: unknown }>('case_values', ['case_id', 'name']))
    found.get(row.case_id)!.values.set(row.name, row.value);
  const children: (CaseRecord['children'][number] & { parent_id: string })[] = await tx('cases')
    .whereIn('parent_id', [...ids])
    .select('parent_id', 'process', 'parent_wait', 'ended_at');
  for (const { parent_id: parent, ...child } of children) found.get(parent)!.children.push(child);
  return found;
}

/** Steps of these cases that were done by people, with how long they were open. */
export async function stepsDone(
  tx: Tx,
  ids: readonly string[],
): Promise<Pick<TaskDoneRow, 'node' | 'opened_at' | 'closed_at'>[]> {
  if (ids.length === 0) return [];
  return tx('tasks_done')
    .whereIn('case_id', [...ids])
    .whereNot('outcome', '')
    .select('node', 'opened_at', 'closed_at');
}

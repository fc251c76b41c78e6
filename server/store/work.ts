/**
 * Owns what is open: tasks, work items, waits and timers (incidents.ts has the incidents). These tables hold open work only; finishing a row means
 * deleting it here and appending its successor in record.ts, in the same transaction (house §4.8). Rules: [T1] [P1] [P4].
 */
import type { Knex } from 'knex';
import { containing } from './cases.ts';
import type { Tx, Writer } from './open.ts';
import type { TaskRow, TimerRow, WaitRow, WorkItemRow } from './rows.ts';
import { read } from './shapes.ts';
import { deleteAmong, insertRows, replaceRows, rowOf, rowsOf, updateRows } from './statements.ts';

export async function loadTask(tx: Tx, id: string): Promise<TaskRow | undefined> {
  return rowOf(tx, 'tasks', { id });
}

export async function tasksOfCase(tx: Tx, caseId: string): Promise<TaskRow[]> {
  return rowsOf(tx, 'tasks', { case_id: caseId }, 'order by opened_at, id');
}

export async function itemsOfTask(tx: Tx, taskId: string): Promise<WorkItemRow[]> {
  return rowsOf(tx, 'work_items', { task_id: taskId }, 'order by position, id');
}

export async function itemsOfCase(tx: Tx, caseId: string): Promise<WorkItemRow[]> {
  return rowsOf(tx, 'work_items', { case_id: caseId }, 'order by position, id');
}

export async function timersOfCase(tx: Tx, caseId: string): Promise<TimerRow[]> {
  return rowsOf(tx, 'timers', { case_id: caseId }, 'order by due_at');
}

export async function waitsOfCase(tx: Tx, caseId: string): Promise<WaitRow[]> {
  return rowsOf(tx, 'waits', { case_id: caseId });
}

export async function loadWait(tx: Tx, id: string): Promise<WaitRow | undefined> {
  return rowOf(tx, 'waits', { id });
}

/** Waits for messages of this name, those with this correlation key or those with any. */
export async function waitsForMessage(tx: Tx, name: string, correlation: string): Promise<WaitRow[]> {
  return rowsOf(tx, 'waits', { kind: 'message', name, correlation }, 'order by opened_at');
}

/** The wait for the delivery of an effect. */
export async function waitForEffect(tx: Tx, effect: string): Promise<WaitRow | undefined> {
  return rowOf(tx, 'waits', { kind: 'service', correlation: effect });
}

export async function loadTimer(tx: Tx, id: string): Promise<TimerRow | undefined> {
  return rowOf(tx, 'timers', { id });
}

/** Cases with open deadlines in a year whose calendar was not known when they were set. */
export async function provisionalCases(tx: Tx): Promise<string[]> {
  const rows = await tx('tasks').where({ due_provisional: true }).distinct('case_id');
  return rows.map((row: { case_id: string }) => row.case_id);
}

/** How many open deadlines after one instant and up to another are such. */
export async function countProvisional(tx: Tx, after: number, until: number): Promise<number> {
  const waiting = tx('tasks').where({ due_provisional: true }).where('due_at', '>', after).where('due_at', '<=', until);
  const row = await waiting.count({ n: '*' }).first();
  return Number(row?.n ?? 0);
}

/** The next due timers, earliest first. */
export async function dueTimers(tx: Tx, now: number, limit: number): Promise<TimerRow[]> {
  return read('timers', await tx('timers').where('due_at', '<=', now).orderBy(['due_at', 'id']).limit(limit));
}

export async function insertAll(
  tx: Writer,
  table: 'tasks' | 'work_items' | 'waits' | 'timers' | 'incidents',
  rows: readonly object[],
): Promise<void> {
  await insertRows(tx, table, rows);
}

/** What a task may leave behind when it closes: drafts of its people, incidents about it. */
export interface Leftovers {
  drafts: boolean;
  incidents: boolean;
}

/** The work items of a task, and what else there is that ends with it. */
export async function itemsAndLeftovers(tx: Tx, taskId: string): Promise<{ items: WorkItemRow[]; left: Leftovers }> {
  const rows = await tx.all<WorkItemRow & { drafts: number; incidents: number }>(
    `select w.*, (select count(*) from \`drafts\` d where d.\`task_id\` = w.\`task_id\`) as drafts,
     (select count(*) from \`incidents\` i where i.\`task_id\` = w.\`task_id\`) as incidents
     from \`work_items\` w where w.\`task_id\` = ? order by w.\`position\`, w.\`id\``,
    [taskId],
  );
  return {
    items: read(
      'work_items',
      rows.map(({ drafts: _, incidents: __, ...item }) => item),
    ),
    left: { drafts: Number(rows[0]?.drafts ?? 0) > 0, incidents: Number(rows[0]?.incidents ?? 0) > 0 },
  };
}

/** Deletes by id and tells how many were still there. */
export async function removeAll(
  tx: Writer,
  table: 'tasks' | 'work_items' | 'waits' | 'timers' | 'drafts',
  ids: readonly string[],
  column = 'id',
): Promise<number> {
  return deleteAmong(tx, table, column, ids);
}

/** Opens rows in the place of those that are closed. */
export async function replaceAll(
  tx: Writer,
  table: 'tasks' | 'work_items',
  closed: readonly string[],
  opened: readonly { id: string }[],
): Promise<void> {
  await replaceRows(tx, table, closed, opened);
}

export async function updateTask(tx: Writer, id: string, change: Partial<TaskRow>): Promise<void> {
  await updateRows(tx, 'tasks', { id }, change);
}

export async function updateItems(
  tx: Writer,
  where: Partial<WorkItemRow>,
  change: Partial<WorkItemRow>,
): Promise<void> {
  await updateRows(tx, 'work_items', where, change);
}

export async function updateWait(tx: Tx, id: string, change: Partial<WaitRow>): Promise<void> {
  await updateRows(tx, 'waits', { id }, change);
}

export async function updateTimer(tx: Tx, id: string, change: Partial<TimerRow>): Promise<void> {
  await updateRows(tx, 'timers', { id }, change);
}

/** [CON81] Open tasks held by people who have left, or one of whose posts has ended before that day. */
export async function heldByThoseWhoLeft(tx: Tx, today: string): Promise<string[]> {
  const ended = tx('posts').select('person_id').where('to_date', '<>', '').where('to_date', '<', today);
  const gone = tx('people').select('id').where({ active: false });
  const rows: { task_id: string }[] = await tx('work_items')
    .where((left) => left.whereIn('person_id', ended).orWhereIn('person_id', gone))
    .distinct('task_id')
    .orderBy('task_id');
  return rows.map((row) => row.task_id);
}

/** Where a page of the to-do list ended. */
export interface ItemMark {
  rank: number;
  due: number;
  id: string;
}

/** A person's to-do list: priority first, then by deadline. Waiting items (rank 9) are not listed. */
export async function todo(
  tx: Tx,
  person: string,
  page: { q: string; only?: Counted & { kind: TodoKind }; after?: ItemMark; limit: number },
): Promise<WorkItemRow[]> {
  const query = tx('work_items').where({ person_id: person }).where('rank', '<', 9);
  if (page.only) {
    const [sql, values] = COUNTED[page.only.kind](page.only);
    query.whereRaw(sql, values);
  }
  if (page.q) containing(query, 'find_text', page.q);
  if (page.after) after(query, page.after);
  return read('work_items', await query.orderBy(['rank', 'due_at', 'id']).limit(page.limit));
}

function after(query: Knex.QueryBuilder, { rank, due, id }: ItemMark): void {
  query.where((w) =>
    w
      .where('rank', '>', rank)
      .orWhere((r) => r.where({ rank }).where('due_at', '>', due))
      .orWhere((r) => r.where({ rank, due_at: due }).where('id', '>', id)),
  );
}

/** What a person holds, by process and step. */
export async function itemsByStep(tx: Tx, person: string): Promise<{ process: string; step: string; count: number }[]> {
  const rows = await tx('work_items')
    .where({ person_id: person })
    .groupBy('process', 'task_name')
    .orderBy(['process', 'task_name'])
    .select('process', { step: 'task_name' }, tx.raw('count(*) as n'));
  return rows.map(({ process, step, n }: { process: string; step: string; n: number }) => ({
    process,
    step,
    count: Number(n),
  }));
}

/** Everything that waits with people, by deadline; what several may claim waits with nobody yet. */
export async function heldItems(
  tx: Tx,
  { person, after: mark, limit }: { person?: string; after?: { due: number; id: string }; limit: number },
): Promise<WorkItemRow[]> {
  const query = tx('work_items').whereNot({ state: 'pooled' });
  if (person) query.where({ person_id: person });
  if (mark) {
    const { due, id } = mark;
    query.where((w) => w.where('due_at', '>', due).orWhere((r) => r.where({ due_at: due }).where('id', '>', id)));
  }
  return read('work_items', await query.orderBy(['due_at', 'id']).limit(limit));
}

export type TodoKind = 'dueToday' | 'overdue' | 'returned';
export type TodoCounts = Record<TodoKind | 'todo', number>;

/** Instants between which something is due today. */
interface Counted {
  now: number;
  endOfToday: number;
}

/** What is counted by itself is what is listed when the count is followed: one condition for both. */
const COUNTED: Record<TodoKind, (at: Counted) => [sql: string, values: (string | number)[]]> = {
  dueToday: ({ now, endOfToday }) => ['due_at <= ? and due_at > ?', [endOfToday, now]],
  overdue: ({ now }) => ['due_at <= ?', [now]],
  returned: () => ['reason = ?', ['returned']],
};

export async function countTodo(tx: Tx, person: string, at: Counted): Promise<TodoCounts> {
  const sum = (kind: TodoKind, as: string) => {
    const [sql, values] = COUNTED[kind](at);
    return tx.raw(`sum(case when ${sql} then 1 else 0 end) as ${as}`, values);
  };
  const row = await tx('work_items')
    .where({ person_id: person })
    .where('rank', '<', 9)
    .select(
      tx.raw('count(*) as todo'),
      sum('dueToday', 'due_today'),
      sum('overdue', 'overdue'),
      sum('returned', 'returned'),
    )
    .first();
  return {
    todo: Number(row?.todo ?? 0),
    dueToday: Number(row?.due_today ?? 0),
    overdue: Number(row?.overdue ?? 0),
    returned: Number(row?.returned ?? 0),
  };
}

/**
 * Owns incidents: those that stand open, and those that are solved. What failed once and fails again is one incident with the newer
 * reason, never two. Rules: [T9] [C7] [O62].
 */
import type { Tx, Writer } from './open.ts';
import type { IncidentRow } from './rows.ts';
import { deleteRows, insertRows, rowOf, rowsOf, updateRows } from './statements.ts';

/** What failed when nobody was there. */
export interface Cause {
  kind: 'timer' | 'effect';
  /** of its row */
  id: string;
}

export const causeText = (cause: Cause | undefined): string => (cause ? `${cause.kind}:${cause.id}` : '');

/** Undefined: a person's act, or what an older version has written. */
export function causeOf({ cause }: IncidentRow): Cause | undefined {
  const [kind, id] = cause.split(':');
  return id && (kind === 'timer' || kind === 'effect') ? { kind, id } : undefined;
}

export async function openIncidents(tx: Tx): Promise<IncidentRow[]> {
  return tx('incidents').orderBy('opened_at', 'desc').limit(500);
}

export async function loadIncident(tx: Tx, id: string): Promise<IncidentRow | undefined> {
  return rowOf(tx, 'incidents', { id });
}

/** The incident about this task, if there is one. */
export async function openIncidentOf(tx: Tx, caseId: string, taskId: string): Promise<IncidentRow | undefined> {
  return rowOf(tx, 'incidents', { case_id: caseId, task_id: taskId });
}

export async function countIncidents(tx: Tx): Promise<number> {
  const row = await tx('incidents').count({ n: '*' }).first();
  return Number(row?.n ?? 0);
}

/** [O62] Puts the incident on record; where the same thing failed in this case before, that incident gets the newer place and reason. */
export async function putIncident(tx: Tx, incident: IncidentRow): Promise<void> {
  const { case_id, kind, cause, task_id, node, detail } = incident;
  const before = (await rowsOf<IncidentRow>(tx, 'incidents', { case_id, kind, cause })).find(
    (row) => row.task_id === task_id && (cause !== '' || task_id !== null || row.node === node),
  );
  if (before) await updateRows(tx, 'incidents', { id: before.id }, { node, detail });
  else await insertRows(tx, 'incidents', [incident]);
}

/** When and by whom ('' for the process itself), and what he said to it. */
export interface Solution {
  at: number;
  by: string;
  words: string;
}

/** Moves an incident to those that are solved; false when it was not there any more. */
export async function closeIncident(tx: Tx, incident: IncidentRow, solution: Solution): Promise<boolean> {
  if ((await deleteRows(tx, 'incidents', { id: incident.id })) === 0) return false;
  const { task_id: _task, cause: _cause, ...kept } = incident;
  await insertRows(tx, 'incidents_done', [
    { ...kept, solved_at: solution.at, solved_by: solution.by, solution: solution.words },
  ]);
  return true;
}

/** What failed has gone through by itself. */
export async function closeIncidentsOf(tx: Tx, cause: Cause, at: number): Promise<void> {
  for (const row of await rowsOf<IncidentRow>(tx, 'incidents', { cause: causeText(cause) })) {
    await closeIncident(tx, row, { at, by: '', words: '' });
  }
}

/** The tasks these incidents were about are done, by this person. */
export async function closeIncidentsOfTasks(
  write: Writer,
  tasks: readonly string[],
  solution: Solution,
): Promise<void> {
  const { at, by, words } = solution;
  await Promise.all(
    tasks.flatMap((task) => [
      write.run(
        `insert into \`incidents_done\` (\`id\`, \`case_id\`, \`node\`, \`kind\`, \`detail\`, \`opened_at\`, \`solved_at\`, \`solved_by\`,
         \`solution\`) select \`id\`, \`case_id\`, \`node\`, \`kind\`, \`detail\`, \`opened_at\`, ?, ?, ? from \`incidents\` where \`task_id\` = ?`,
        [at, by, words, task],
      ),
      deleteRows(write, 'incidents', { task_id: task }),
    ]),
  );
}

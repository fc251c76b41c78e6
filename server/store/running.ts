/** Owns what is asked about running cases as a whole: how many, by version and step, and which. Costs what runs, never what has ended. */
import type { Tx } from './open.ts';
import type { CaseRow } from './rows.ts';
import { read } from './shapes.ts';

/** Cases in these states go on, or will. */
const RUNNING = ['running', 'suspended'];

export interface RunningCount {
  process: string;
  version: number;
  count: number;
}

/** Of these flows, by version. */
export async function countRunning(tx: Tx, processes: readonly string[]): Promise<RunningCount[]> {
  const rows: { process: string; version: number; n: number }[] = await tx('cases')
    .whereIn('process', [...processes])
    .whereIn('state', RUNNING)
    .groupBy('process', 'version')
    .select('process', 'version')
    .count({ n: '*' });
  return rows.map(({ process, version, n }) => ({ process, version, count: Number(n) }));
}

/** Open steps of the running cases of a flow, by version. */
export async function countOpenSteps(
  tx: Tx,
  process: string,
): Promise<{ node: string; version: number; count: number }[]> {
  const rows: { node: string; version: number; n: number }[] = await tx('cases')
    .join('tasks', 'tasks.case_id', 'cases.id')
    .where('cases.process', process)
    .whereIn('cases.state', RUNNING)
    .groupBy('tasks.node', 'cases.version')
    .select('tasks.node', 'cases.version')
    .count({ n: '*' });
  return rows.map(({ node, version, n }) => ({ node, version, count: Number(n) }));
}

/** Running cases of a flow, the oldest first. */
export async function runningCases(
  tx: Tx,
  { process, version, after, limit }: { process: string; version?: number; after?: string; limit: number },
): Promise<CaseRow[]> {
  const query = tx('cases').where({ process }).whereIn('state', RUNNING);
  if (version !== undefined) query.where({ version });
  if (after !== undefined) query.where('id', '>', after);
  return read('cases', await query.orderBy('id').limit(limit));
}

/** Where the running cases of a flow stand, by version. */
export async function runningMarkings(
  tx: Tx,
  process: string,
): Promise<{ version: number; marking: string; count: number }[]> {
  const rows: { version: number; marking: string; n: number }[] = await tx('cases')
    .where({ process })
    .whereIn('state', RUNNING)
    .groupBy('version', 'marking')
    .select('version', 'marking')
    .count({ n: '*' });
  return rows.map(({ version, marking, n }) => ({ version, marking, count: Number(n) }));
}

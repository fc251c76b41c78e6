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

export interface OpenSteps {
  node: string;
  version: number;
  count: number;
  /** their time was over before `now` */
  overdue: number;
  /** nobody has them: neither held nor offered to anybody */
  vacant: number;
}

/** Open steps of the running cases of a flow, by version. */
export async function countOpenSteps(tx: Tx, process: string, now: number): Promise<OpenSteps[]> {
  const open = () =>
    tx('cases')
      .join('tasks', 'tasks.case_id', 'cases.id')
      .where('cases.process', process)
      .whereIn('cases.state', RUNNING)
      .groupBy('tasks.node', 'cases.version')
      .select('tasks.node', 'cases.version')
      .count({ n: '*' });
  type Row = { node: string; version: number; n: number };
  const all: Row[] = await open();
  const overdue: Row[] = await open().where('tasks.due_at', '<', now);
  const held = tx('work_items').whereRaw('work_items.task_id = tasks.id').select('work_items.id');
  const vacant: Row[] = await open().whereNotExists(held);
  const among = (rows: readonly Row[], one: Row): number =>
    Number(rows.find(({ node, version }) => node === one.node && version === one.version)?.n ?? 0);
  return all.map((one) => ({
    node: one.node,
    version: one.version,
    count: Number(one.n),
    overdue: among(overdue, one),
    vacant: among(vacant, one),
  }));
}

/** What is to happen by itself in the running cases of a flow: at which node, for how many, and when first. Reminders are not counted. */
export async function pendingTimers(
  tx: Tx,
  process: string,
): Promise<{ node: string; version: number; count: number; next: number }[]> {
  const rows: { node: string; version: number; n: number; next: number }[] = await tx('cases')
    .join('timers', 'timers.case_id', 'cases.id')
    .where('cases.process', process)
    .where('timers.kind', 'flow')
    .whereIn('cases.state', RUNNING)
    .groupBy('timers.node', 'cases.version')
    .select('timers.node', 'cases.version')
    .min({ next: 'timers.due_at' })
    .count({ n: '*' });
  return rows.map(({ node, version, n, next }) => ({ node, version, count: Number(n), next: Number(next) }));
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

/**
 * Owns what the business administrator sees of running cases as a whole: how many stand where, by version, and what moving them to the version
 * in force would come to, case by case. Title, people and data stay out (三员分立). Read only. Rules: [RUN1] [RUN2].
 */
import { SYSTEM } from '@ganwei/core/actor';
import type { Answer } from '@ganwei/core/contract';
import { type Language, said } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import type { Instead } from '@ganwei/process/migrate';
import { caseScope, waitingIn } from '../catalogue/case-scope.ts';
import { type Host, sightOf } from '../catalogue/host.ts';
import type { ProcessEntry } from '../catalogue/library.ts';
import { inForce, type Judgement, judgeMove } from '../catalogue/moving.ts';
import { loadValues } from '../store/cases.ts';
import type { CaseRow } from '../store/rows.ts';
import { countOpenSteps, countRunning, pendingTimers, type RunningCount, runningCases } from '../store/running.ts';
import { tasksOfCase } from '../store/work.ts';
import { paged, readCursor } from './inbox.ts';

type Flow = Answer<'running'>[number];

/** [RUN1] Flows of which cases run, also retired ones; then the others in force, whose figures are of interest as well. */
export async function running(host: Host): Promise<Flow[]> {
  const titles = new Map(
    host
      .catalogue()
      .ever('process')
      .map(({ key, title }) => [key, title]),
  );
  const counts = await countRunning(host.store.reader, [...titles.keys()]);
  const flows = await Promise.all([...titles].map(([key, title]) => flowOf(host, key, title, counts)));
  const isRunning = ({ versions }: Flow): boolean => versions.length > 0;
  return [...flows.filter(isRunning), ...flows.filter((flow) => !isRunning(flow) && flow.current !== null)];
}

async function flowOf(host: Host, process: string, title: string, counts: readonly RunningCount[]): Promise<Flow> {
  const own = counts.filter((count) => count.process === process);
  return {
    process,
    title,
    current: (await inForce(host.catalogue(), process))?.version ?? null,
    versions: own.map(({ version, count }) => ({ version, count })).sort((a, b) => b.version - a.version),
  };
}

/** [RUN1] Where the cases of one flow stand. */
export async function runningFlow(host: Host, process: string): Promise<Answer<'runningFlow'>> {
  const catalogue = host.catalogue();
  const found = catalogue.ever('process').find(({ key }) => key === process);
  if (!found) throw new Refusal('not.found');
  const tx = host.store.reader;
  const next = await inForce(catalogue, process);
  const named = <T extends { node: string; version: number }>(rows: readonly T[]) =>
    Promise.all(rows.map(async (row) => ({ ...row, name: await nameAt(host, process, row) })));
  const steps = await named(await countOpenSteps(tx, process, host.now()));
  const timers = await named(await pendingTimers(tx, process));
  const gone = steps.filter(({ node, version }) => version !== next?.version && !next?.model.nodes.get(node)?.task);
  return {
    ...(await flowOf(host, process, found.title, await countRunning(tx, [process]))),
    release: catalogue.release,
    xml: next ? next.drawing : '',
    steps,
    timers: timers.sort((a, b) => a.next - b.next),
    gone: next ? [...byNode(gone).values()] : [],
    places: next
      ? [...next.model.nodes.values()].filter(({ task }) => task).map(({ id, name }) => ({ node: id, name }))
      : [],
  };
}

/** An event at the rim of a step may have no name of its own: then it is the step's. */
async function nameAt(host: Host, process: string, { node, version }: { node: string; version: number }) {
  const { nodes } = (await host.catalogue().process(process, version)).model;
  const at = nodes.get(node);
  return at?.name || nodes.get(at?.attachedTo ?? '')?.name || '';
}

/** One line for each step, whatever the version. */
function byNode(steps: readonly { node: string; name: string; count: number }[]) {
  const lines = new Map<string, { node: string; name: string; count: number }>();
  for (const { node, name, count } of steps) {
    const line = lines.get(node);
    lines.set(node, { node, name, count: count + (line?.count ?? 0) });
  }
  return lines;
}

interface Preview {
  version?: number | undefined;
  instead: readonly { from: string; to: string }[];
  cursor?: string | undefined;
  limit: number;
}

/** [RUN2] Judged as the act will be. */
export async function previewRunning(
  host: Host,
  process: string,
  { version, instead, cursor, limit }: Preview,
  language: Language,
): Promise<Answer<'previewRunning'>> {
  if (
    !host
      .catalogue()
      .ever('process')
      .some(({ key }) => key === process)
  )
    throw new Refusal('not.found');
  const after = cursor ? readCursor(cursor, { id: 'string' }) : undefined;
  const found = await runningCases(host.store.reader, {
    process,
    limit: limit + 1,
    ...(version !== undefined && { version }),
    ...(after && { after: after.id }),
  });
  const mapping: Instead = new Map(instead.map(({ from, to }) => [from, to]));
  const judged = await Promise.all(found.map((row) => previewOf(host, row, mapping, language)));
  return paged(
    judged,
    limit,
    (row) => row,
    ({ id }) => ({ id }),
  );
}

type Row = Answer<'previewRunning'>['rows'][number];

async function previewOf(host: Host, row: CaseRow, instead: Instead, language: Language): Promise<Row> {
  const tx = host.store.reader;
  const process = await host.catalogue().process(row.process, row.version);
  const [values, tasks] = [await loadValues(tx, row.id), await tasksOfCase(tx, row.id)];
  const now = host.now();
  const scope = caseScope({ row, process, values, actor: SYSTEM, now, outcome: null });
  const slots = Object.values(row.slots);
  const sight = sightOf(host, now, scope, { reached: row.reached, waiting: waitingIn(slots) });
  const judged = await judgeMove(tx, host.catalogue(), { row, process, tasks, sight }, instead);
  const { id, number, version, started_at } = row;
  return {
    id,
    number,
    version,
    startedAt: started_at,
    places: slots.filter(({ host }) => !host).map(({ node }) => nameOf(process, node)),
    ...prospectOf(judged, process, language),
  };
}

/** [RUN7] What comes of it: why not, or what begins besides. */
function prospectOf(
  judged: Judgement,
  now: ProcessEntry,
  language: Language,
): Pick<Row, 'reasons' | 'begins' | 'aside'> {
  if ('target' in judged) {
    const { process, begins } = judged.target;
    return { reasons: [], begins: begins.map((node) => nameOf(process, node)), aside: [] };
  }
  const { reasons, aside = [] } = judged;
  const turns = aside.map(([from, to]) => ({ from, to, name: nameOf(now, from), after: nameOf(now, to) }));
  return { reasons: reasons.map((reason) => said(reason, language)), begins: [], aside: turns };
}

const nameOf = ({ model }: ProcessEntry, node: string): string => model.nodes.get(node)?.name ?? '';

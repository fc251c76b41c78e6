/**
 * Owns how a flow has gone: how long its steps take and which branches are taken, over the newest finished cases. Numbers by step, for the
 * business administrator; costs the same however many cases have finished. Read only. Rule: [RUN5].
 */
import { localDate } from '@ganwei/calendar/zone';
import type { Answer } from '@ganwei/core/contract';
import { Refusal } from '@ganwei/core/refusal';
import type { ProcessModel } from '@ganwei/process/model';
import type { Host } from '../catalogue/host.ts';
import { inForce } from '../catalogue/moving.ts';
import { finishedCases, stepsDone } from '../store/finished.ts';
import type { CaseRow, TaskDoneRow } from '../store/rows.ts';

/** Finished cases that are looked at. */
const MOST = 500;

type Figures = Answer<'flowFigures'>;

/** Steps and branches are those of the version in force; what older versions have besides is left out. */
export async function flowFigures(host: Host, process: string): Promise<Figures> {
  const catalogue = host.catalogue();
  if (!catalogue.ever('process').some(({ key }) => key === process)) throw new Refusal('not.found');
  const tx = host.store.reader;
  const cases = await finishedCases(tx, { process, limit: MOST });
  const current = await inForce(catalogue, process);
  const done = await stepsDone(
    tx,
    cases.map(({ id }) => id),
  );
  return {
    cases: cases.length,
    most: MOST,
    since: cases.at(-1)?.started_at ?? null,
    steps: current ? stepsOf(host, current.model, done) : [],
    branches: current ? branchesOf(current.model, cases) : [],
  };
}

function stepsOf(host: Host, model: ProcessModel, done: readonly Done[]): Figures['steps'] {
  const { calendar } = host.catalogue();
  const days = new Map<string, number[]>();
  for (const { node, opened_at, closed_at } of done) {
    const took = calendar.workingDaysBetween(localDate(opened_at), localDate(closed_at));
    days.set(node, [...(days.get(node) ?? []), took]);
  }
  return [...model.nodes.values()].flatMap(({ id, name }) => {
    const own = days.get(id)?.sort((a, b) => a - b);
    return own ? [{ node: id, name, count: own.length, median: share(own, 0.5), p90: share(own, 0.9) }] : [];
  });
}

type Done = Pick<TaskDoneRow, 'node' | 'opened_at' | 'closed_at'>;

/** The least of these, in order, that this share of them does not exceed. */
const share = (ordered: readonly number[], part: number): number =>
  ordered[Math.max(0, Math.ceil(ordered.length * part) - 1)] ?? 0;

function branchesOf({ nodes, flows }: ProcessModel, cases: readonly Pick<CaseRow, 'reached'>[]): Figures['branches'] {
  const taken = new Map<string, number>();
  for (const { reached } of cases)
    for (const id of flows.keys()) taken.set(id, (taken.get(id) ?? 0) + (reached[id]?.count ?? 0));
  return [...nodes.values()].flatMap((node) => {
    const out = [...flows.values()].filter(({ source }) => source === node.id);
    const of = out.reduce((sum, { id }) => sum + (taken.get(id) ?? 0), 0);
    if (out.length < 2 || of === 0 || !DECIDING.has(node.type)) return [];
    return out.map(({ id, name, target }) => ({
      flow: id,
      node: node.id,
      from: node.name === node.id ? '' : node.name,
      label: name === id ? '' : name,
      to: nameOf(nodes.get(target)),
      count: taken.get(id) ?? 0,
      of,
    }));
  });
}

/** Behind these some ways are taken and others are not. */
const DECIDING: ReadonlySet<string> = new Set([
  'bpmn:ExclusiveGateway',
  'bpmn:InclusiveGateway',
  'bpmn:EventBasedGateway',
]);

const nameOf = (node: { id: string; name: string } | undefined): string =>
  node && node.name !== node.id ? node.name : '';

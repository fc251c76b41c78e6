/**
 * Owns what every query begins with: the case, the person's part in it, and what of it he may read; and how deadlines and people are
 * shown. The pieces of a case's page stand in case/. Read only. Rules: [A1] [A2] [A3].
 */
import { remaining } from '@ganwei/calendar/calendar';
import { dayOfDeadline } from '@ganwei/calendar/zone';
import type { Actor } from '@ganwei/core/actor';
import type { Answer } from '@ganwei/core/contract';
import { Refusal } from '@ganwei/core/refusal';
import { caseScope, waitingIn } from '../catalogue/case-scope.ts';
import { type Host, sightOf } from '../catalogue/host.ts';
import type { ProcessEntry } from '../catalogue/library.ts';
import { mayReadCase, type Reading, readingOf } from '../catalogue/reading.ts';
import type { Sight } from '../catalogue/sight.ts';
import { loadCase, loadValues, type Part, partsOf } from '../store/cases.ts';
import type { Tx } from '../store/open.ts';
import { submissionsOfCase, tasksDoneOf } from '../store/record.ts';
import { type CaseRow, NEVER, type TaskDoneRow, type TaskRow, type WorkItemRow } from '../store/rows.ts';
import { itemsOfCase, tasksOfCase } from '../store/work.ts';

type Due = NonNullable<Answer<'task'>['task']['due']>;

/** A case as one person may look at it. */
export interface Look {
  tx: Tx;
  host: Host;
  actor: Actor;
  now: number;
  row: CaseRow;
  process: ProcessEntry;
  values: Map<string, unknown>;
  sight: Sight;
  parts: ReadonlySet<Part>;
  /** nodes where he has or had work */
  nodes: ReadonlySet<string>;
  reading: Reading;
  tasks: TaskRow[];
  items: WorkItemRow[];
  done: TaskDoneRow[];
}

/** [A1] The case for this person; a case that is not his to read is not found. */
export async function lookAt(host: Host, actor: Actor, caseId: string): Promise<Look> {
  const tx = host.store.reader;
  const now = host.now();
  const row = await loadCase(tx, caseId);
  if (!row) throw new Refusal('not.found');
  const process = await host.catalogue().process(row.process, row.version);
  const values = await loadValues(tx, caseId);
  const scope = caseScope({ row, process, values, actor, now, outcome: null });
  const sight = sightOf(host, now, scope, {
    reached: row.reached,
    waiting: waitingIn(Object.values(row.slots)),
  });
  const parts = await partsOf(tx, caseId, actor.id);
  if (!mayReadCase(process.model, parts, sight)) throw new Refusal('not.found');
  const tasks = await tasksOfCase(tx, caseId);
  const items = await itemsOfCase(tx, caseId);
  const nodes = await nodesOf(tx, row, actor.id, tasks, items);
  const reading = readingOf(process.model, { parts, nodes }, sight);
  return {
    tx,
    host,
    actor,
    now,
    row,
    process,
    values,
    sight,
    parts,
    nodes,
    reading,
    tasks,
    items,
    done: await tasksDoneOf(tx, caseId),
  };
}

async function nodesOf(
  tx: Tx,
  row: CaseRow,
  person: string,
  tasks: readonly TaskRow[],
  items: readonly WorkItemRow[],
): Promise<Set<string>> {
  const nodes = new Set<string>();
  if (row.starter_id === person) nodes.add(row.start);
  for (const item of items) {
    if (item.person_id !== person || item.state === 'waiting') continue;
    const task = tasks.find((t) => t.id === item.task_id);
    if (task) nodes.add(task.node);
  }
  for (const submission of await submissionsOfCase(tx, row.id)) {
    if (submission.person_id === person) nodes.add(submission.node);
  }
  return nodes;
}

/** A deadline in working days; null where there is none. */
export function dueView(host: Host, now: number, dueAt: number | null, provisional: boolean): Due | null {
  if (dueAt === null || dueAt >= NEVER) return null;
  const { state, workingDays } = remaining(now, dueAt, host.catalogue().calendar);
  return { at: dueAt, date: dayOfDeadline(dueAt), state, workingDays, provisional };
}

export function personRef(host: Host, id: string): { id: string; name: string; unit: string } {
  const person = host.directory().people.get(id);
  const unit = person?.posts[0]?.unit;
  return { id, name: person?.name ?? '', unit: unit ? (host.directory().units.get(unit)?.shortName ?? '') : '' };
}

/** A person whom the case concerns (starter, subject), also when some of its steps are his: others' words and names are not. */
export const isConcerned = ({ parts }: Look): boolean => parts.has('starter') || parts.has('subject');

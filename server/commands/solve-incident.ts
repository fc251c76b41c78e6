/**
 * Verb: an administrator solves an incident, by naming people for the task or by having it tried again; the answer says what came of it.
 * Rules: [T9] [T4] [O60] [O61] [O62].
 */
import { incidentKind, type Result, type Way, waysOf } from '@ganwei/core/incident';
import { because, type Reason, said } from '@ganwei/core/reason';
import { complaint, Refusal } from '@ganwei/core/refusal';
import { reseat } from '@ganwei/process/round';
import type { Desk } from '../case/desk.ts';
import { retry } from '../case/retry.ts';
import { exclusions, keepRound } from '../case/tasks.ts';
import type { Host } from '../catalogue/host.ts';
import { lastSigners, roundOf } from '../catalogue/signing.ts';
import { closeIncident, loadIncident } from '../store/incidents.ts';
import type { IncidentRow } from '../store/rows.ts';
import { itemsOfTask, loadTask, tasksOfCase } from '../store/work.ts';
import { fire } from './fire-timer.ts';
import { type Call, perform } from './run.ts';

export interface Solution {
  way: Exclude<Way, 'move'>;
  people: readonly string[];
  comment: string;
}

/** What came of it; `reason`: why it stands still again. */
export interface Solved {
  result: Result;
  reason: Reason | string;
}

/**
 * [O60] Gives the task to named people, or tries again what failed. An incident that stands again stays the same one, with the newer
 * reason [O62]; one that is solved is kept on record.
 */
export async function solveIncident(host: Host, call: Call, id: string, solution: Solution): Promise<Solved> {
  try {
    return await perform(host, { ...call, request: ['solve', id, solution] }, async (desk) => {
      const incident = await loadIncident(desk.tx, id);
      if (!incident) throw new Refusal('not.found');
      if (!waysOf(incidentKind(incident.kind)).includes(solution.way)) throw invalid('way', because('incident.way'));
      if (solution.way === 'retry') return tryAgain(desk, incident, solution.comment);
      await reassign(desk, incident, solution.people);
      return solved(desk, incident, solution);
    });
  } catch (error) {
    return stillStanding(error);
  }
}

/** What failed when it was tried again is the answer to the administrator, not a refusal of him. */
export function stillStanding(error: unknown): Solved {
  if (!(error instanceof Refusal) || error.code !== 'case.incident') throw error;
  const { detail } = error.params;
  return { result: 'standing', reason: typeof detail === 'object' && 'code' in detail ? detail : said(detail) };
}

/** Tries again what failed; throws what stands in its way. Only what went through, or what nothing can be tried of, is closed. */
export async function tryAgain(desk: Desk, incident: IncidentRow, comment: string): Promise<Solved> {
  const tried = await retry(desk, incident, { comment, fire });
  if (tried.result !== 'solved' && tried.result !== 'closed') return tried;
  return solved(desk, incident, { way: 'retry', comment }, tried.result);
}

async function solved(
  desk: Desk,
  incident: IncidentRow,
  { way, comment }: Omit<Solution, 'people'>,
  result: Result = 'solved',
): Promise<Solved> {
  // What has been tried may have closed it already.
  await closeIncident(desk.tx, incident, { at: desk.now, by: desk.actor.id, words: comment });
  const file = await desk.open(incident.case_id);
  file.note({
    kind: 'incident-solved',
    node: incident.node,
    detail: { kind: incidentKind(incident.kind), way, comment },
  });
  return { result, reason: '' };
}

/** [T4] holds for the administrator's choice, too. */
async function reassign(desk: Desk, incident: IncidentRow, people: readonly string[]): Promise<void> {
  const file = await desk.open(incident.case_id);
  const task = incident.task_id
    ? await loadTask(desk.tx, incident.task_id)
    : (await tasksOfCase(desk.tx, incident.case_id)).find((row) => row.node === incident.node);
  if (!task) throw new Refusal('not.found');
  const settings = file.node(task.node).task!;
  const barred = exclusions(file, settings);
  const chosen = people.filter((person) => desk.host.directory().actor(person));
  if (chosen.length === 0) throw invalid('people', because('person.none'));
  const excluded = chosen.find((person) => barred.has(person));
  if (excluded) {
    const name = desk.host.directory().nameOf(excluded);
    throw invalid('people', because('person.excluded', { name, reason: barred.get(excluded) ?? '' }));
  }
  const sight = file.sight();
  const before = roundOf(task, settings, sight);
  if (chosen.every((person) => before.signed.some((signature) => signature.person === person))) {
    throw invalid('people', because('person.signed'));
  }
  const round = reseat(before, chosen, lastSigners(settings, sight));
  keepRound(desk, file, task, { round, items: await itemsOfTask(desk.tx, task.id), moved: true });
}

const invalid = (place: string, reason: Reason): Refusal =>
  new Refusal('input.invalid', { count: 1 }, [complaint(place, place, reason)]);

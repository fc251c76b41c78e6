/** Verb: an administrator solves an incident, by naming people for the task or by having it tried again. Rules: [T9] [T4]. */
import { incidentKind, type Way } from '@ganwei/core/incident';
import { because, type Reason } from '@ganwei/core/reason';
import { complaint, Refusal } from '@ganwei/core/refusal';
import { reseat } from '@ganwei/process/round';
import type { Desk } from '../case/desk.ts';
import { exclusions, keepRound } from '../case/tasks.ts';
import type { Host } from '../catalogue/host.ts';
import { lastSigners, roundOf } from '../catalogue/signing.ts';
import { recordSolved } from '../store/record.ts';
import type { IncidentRow } from '../store/rows.ts';
import { itemsOfTask, loadIncident, loadTask, removeAll, tasksOfCase, updateTimer } from '../store/work.ts';
import { type Call, perform } from './run.ts';

export interface Solution {
  way: Way;
  people: readonly string[];
  comment: string;
}

/** Solves an incident: give the task to named people, or try again what failed. The solution is kept on record. */
export function solveIncident(host: Host, call: Call, id: string, solution: Solution): Promise<{ ok: true }> {
  return perform(host, { ...call, request: ['solve', id, solution] }, async (desk) => {
    const incident = await loadIncident(desk.tx, id);
    if (!incident) throw new Refusal('not.found');
    if (solution.way === 'reassign') await reassign(desk, incident, solution.people);
    else await retry(desk, incident);
    if ((await removeAll(desk.tx, 'incidents', [id])) === 0) throw new Refusal('not.found');
    await recordSolved(desk.tx, {
      id,
      case_id: incident.case_id,
      node: incident.node,
      kind: incident.kind,
      detail: incident.detail,
      opened_at: incident.opened_at,
      solved_at: desk.now,
      solved_by: call.actor.id,
      solution: solution.comment,
    });
    const file = await desk.open(incident.case_id);
    const detail = { kind: incidentKind(incident.kind), way: solution.way, comment: solution.comment };
    file.note({ kind: 'incident-solved', node: incident.node, detail });
    return { ok: true as const };
  });
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
  if (chosen.length === 0) throw invalidPeople(because('person.none'));
  const excluded = chosen.find((person) => barred.has(person));
  if (excluded) {
    const name = desk.host.directory().nameOf(excluded);
    throw invalidPeople(because('person.excluded', { name, reason: barred.get(excluded) ?? '' }));
  }
  const sight = file.sight();
  const before = roundOf(task, settings, sight);
  if (chosen.every((person) => before.signed.some((signature) => signature.person === person))) {
    throw invalidPeople(because('person.signed'));
  }
  const round = reseat(before, chosen, lastSigners(settings, sight));
  keepRound(desk, file, task, { round, items: await itemsOfTask(desk.tx, task.id), moved: true });
}

const invalidPeople = (reason: Reason): Refusal =>
  new Refusal('input.invalid', { count: 1 }, [complaint('people', 'people', reason)]);

/** What stood still is tried again by whoever caused it; a timer that failed becomes due at once. */
async function retry(desk: Desk, incident: IncidentRow): Promise<void> {
  const file = await desk.open(incident.case_id);
  for (const slot of file.slots.values()) {
    if (slot.kind === 'timer' && slot.node === incident.node) await updateTimer(desk.tx, slot.id, { due_at: desk.now });
  }
}

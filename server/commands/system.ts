/**
 * Verbs of the server itself: fire a timer, take over the delivery of an effect, and the administrator's solutions to incidents.
 * Rules: [P4] a timer fires exactly once · [O2] · [T9].
 */
import { SYSTEM } from '@ganwei/core/actor';
import { Refusal } from '@ganwei/core/refusal';
import type { Host } from '../catalogue/host.ts';
import { feel, peopleIn } from '../catalogue/language.ts';
import { recordSolved } from '../store/record.ts';
import type { IncidentRow, TimerRow } from '../store/rows.ts';
import {
  itemsOfTask,
  loadIncident,
  loadTask,
  loadTimer,
  removeAll,
  tasksOfCase,
  updateTask,
  updateTimer,
  waitForEffect,
} from '../store/work.ts';
import { advance } from './advance.ts';
import type { Desk } from './desk.ts';
import { type Call, perform } from './run.ts';
import { restTimer } from './steering.ts';
import { exclusions, newItem } from './tasks.ts';

/** [P4] Fires one due timer; false when it was not there any more or not due. */
export function fireTimer(host: Host, id: string): Promise<boolean> {
  return perform(host, { actor: SYSTEM }, async (desk) => {
    const timer = await loadTimer(desk.tx, id);
    if (!timer || timer.due_at > desk.now) return false;
    await (timer.kind === 'reminder' ? remind(desk, timer) : flow(desk, timer));
    return true;
  });
}

async function flow(desk: Desk, timer: TimerRow): Promise<void> {
  const file = await desk.open(timer.case_id);
  // [C14] A timer that came to be while the case rests waits like the others.
  if (file.row.state === 'suspended') return restTimer(desk.tx, timer);
  const slot = file.slots.get(timer.slot);
  file.changes.closedTimers.add(timer.id);
  if (slot?.id !== timer.id || file.row.state !== 'running') return;
  file.note({ kind: 'timer', node: timer.node, detail: { due: timer.due_at } }, SYSTEM, desk.now);
  await advance(desk, file, { kind: 'fire', slot: timer.slot });
}

/** A reminder is a notice to those who have not acted yet, or to whom the step names. */
async function remind(desk: Desk, timer: TimerRow): Promise<void> {
  // [P4] Another server may have sent it since we read it: whoever removes the row sends the notice.
  if ((await removeAll(desk.tx, 'timers', [timer.id])) === 0) return;
  const task = timer.task_id ? await loadTask(desk.tx, timer.task_id) : undefined;
  if (!task) return;
  const file = await desk.open(task.case_id);
  const { index } = JSON.parse(timer.detail ?? '{}') as { index: number };
  const reminder = file.node(task.node).task?.reminders[index];
  if (!reminder) return;
  const scope = file.scope(SYSTEM, desk.now);
  const world = file.world(desk.host, desk.now);
  const to = reminder.to
    ? peopleIn(feel(reminder.to).evaluate(scope, world), world.directory)
    : (await itemsOfTask(desk.tx, task.id)).map((item) => item.person_id);
  for (const person of to) {
    desk.notices.push({
      id: desk.host.newId(),
      person_id: person,
      kind: 'reminder',
      case_id: file.id,
      title: file.row.title,
      text: `${task.name}：${reminder.text}`,
      from_name: SYSTEM.name,
      at: desk.now,
      read_at: null,
    });
  }
  file.note({ kind: 'reminded', node: task.node, detail: { to, text: reminder.text } }, SYSTEM, desk.now);
}

/** Puts a timer that could not fire off to a later time, so that it does not block the others; its incident is on record. */
export async function postponeTimer(host: Host, id: string, until: number): Promise<void> {
  await host.store.transaction((tx) => updateTimer(tx, id, { due_at: until }));
}

/** The worker has delivered an effect: a case that waits for it goes on with the answer. */
export function effectDelivered(host: Host, effect: string, answer: unknown): Promise<boolean> {
  return perform(host, { actor: SYSTEM }, async (desk) => {
    const wait = await waitForEffect(desk.tx, effect);
    if (!wait) return false;
    const file = await desk.open(wait.case_id);
    if (file.slots.get(wait.slot)?.id !== wait.id) return false;
    const node = file.node(wait.node);
    const scope = { ...file.scope(SYSTEM, desk.now), result: answer ?? null };
    for (const { name, value } of node.service?.outputs ?? []) {
      file.put(name, feel(value).evaluate(scope, file.world(host, desk.now)));
    }
    await advance(desk, file, { kind: 'complete', slot: wait.slot });
    return true;
  });
}

export interface Solution {
  way: 'reassign' | 'retry';
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
    const detail = { kind: incident.kind, way: solution.way, comment: solution.comment };
    file.note({ kind: 'incident-solved', node: incident.node, detail }, call.actor, desk.now);
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
  const barred = exclusions(desk, file, settings);
  const chosen = people.filter((person) => desk.host.directory().actor(person));
  if (chosen.length === 0) throw invalidPeople('请选择办理人');
  const excluded = chosen.find((person) => barred.has(person));
  if (excluded) throw invalidPeople(`${desk.host.directory().nameOf(excluded)}须回避（${barred.get(excluded)}）`);
  await removeAll(
    desk.tx,
    'work_items',
    (await itemsOfTask(desk.tx, task.id)).map((item) => item.id),
  );
  await updateTask(desk.tx, task.id, { members: JSON.stringify(chosen), revision: task.revision + 1 });
  const pooled = settings.mode === 'single' && chosen.length > 1;
  chosen.forEach((person, position) => {
    file.changes.items.push(
      newItem(desk, file, task, person, { state: pooled ? 'pooled' : 'open', position, reason: 'new' }),
    );
  });
}

const invalidPeople = (message: string): Refusal =>
  new Refusal('input.invalid', { count: 1 }, [{ path: 'people', code: 'people', message }]);

/** What stood still is tried again by whoever caused it; a timer that failed becomes due at once. */
async function retry(desk: Desk, incident: IncidentRow): Promise<void> {
  const file = await desk.open(incident.case_id);
  for (const slot of file.slots.values()) {
    if (slot.kind === 'timer' && slot.node === incident.node) await updateTimer(desk.tx, slot.id, { due_at: desk.now });
  }
}

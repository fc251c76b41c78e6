/** Verbs of the server: a due timer fires, or is put off when it cannot. Rules: [P4] a timer fires exactly once · [C14]. */
import { SYSTEM } from '@ganwei/core/actor';
import { advance } from '../case/advance.ts';
import type { Desk } from '../case/desk.ts';
import { restTimer } from '../case/steering.ts';
import type { Host } from '../catalogue/host.ts';
import { closeIncidentsOf } from '../store/incidents.ts';
import type { TimerRow } from '../store/rows.ts';
import { itemsOfTask, loadTask, loadTimer, removeAll, updateTimer } from '../store/work.ts';
import { perform } from './run.ts';

/** [P4] Fires one due timer; false when it was not there any more or not due. */
export function fireTimer(host: Host, id: string): Promise<boolean> {
  return perform(host, { actor: SYSTEM }, async (desk) => {
    const timer = await loadTimer(desk.tx, id);
    if (!timer || timer.due_at > desk.now) return false;
    await fire(desk, timer);
    return true;
  });
}

/** The timer does what it is for; what stood still because of it before does no longer [O62]. */
export async function fire(desk: Desk, timer: TimerRow): Promise<void> {
  const cause = { kind: 'timer' as const, id: timer.id };
  desk.trying = { cause };
  await (timer.kind === 'reminder' ? remind(desk, timer) : flow(desk, timer));
  await closeIncidentsOf(desk.tx, cause, desk.now);
}

async function flow(desk: Desk, timer: TimerRow): Promise<void> {
  const file = await desk.open(timer.case_id);
  // [C14] A timer that came to be while the case rests waits like the others.
  if (file.row.state === 'suspended') return restTimer(desk.tx, timer);
  const slot = file.slots.get(timer.slot);
  file.changes.closedTimers.add(timer.id);
  if (slot?.id !== timer.id || file.row.state !== 'running') return;
  file.note({ kind: 'timer', node: timer.node, detail: { due: timer.due_at } });
  await advance(desk, file, { kind: 'fire', slot: timer.slot });
}

/** A reminder is a notice to those who have not acted yet, or to whom the step names. */
async function remind(desk: Desk, timer: TimerRow): Promise<void> {
  // [P4] Another server may have sent it since we read it: whoever removes the row sends the notice.
  if ((await removeAll(desk.tx, 'timers', [timer.id])) === 0) return;
  const task = timer.task_id ? await loadTask(desk.tx, timer.task_id) : undefined;
  if (!task) return;
  const file = await desk.open(task.case_id);
  const reminder = file.node(task.node).task?.reminders[timer.detail?.index ?? -1];
  if (!reminder) return;
  const doers = (await itemsOfTask(desk.tx, task.id)).map((item) => item.person_id);
  const to = reminder.to ? file.people(reminder.to, { doers }) : doers;
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
      letter_id: null,
    });
  }
  file.note({ kind: 'reminded', node: task.node, detail: { to, text: reminder.text } });
}

/** Puts a timer that could not fire off to a later time, so that it does not block the others; its incident is on record. */
export async function postponeTimer(host: Host, id: string, until: number): Promise<void> {
  await host.store.transaction((tx) => updateTimer(tx, id, { due_at: until }));
}

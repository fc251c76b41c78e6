/**
 * Verb of the server: when the calendar of a year arrives, deadlines that were reckoned by weekends only are reckoned again. A deadline
 * moves later, never earlier, and the case's record says so. Rules: [T10] [T11].
 */
import { dayOfDeadline } from '@ganwei/calendar/zone';
import { SYSTEM } from '@ganwei/core/actor';
import type { Desk } from '../case/desk.ts';
import { moveDue } from '../case/steering.ts';
import { dueOf } from '../case/tasks.ts';
import type { Host } from '../catalogue/host.ts';
import { provisionalCases, tasksOfCase, updateItems, updateTask } from '../store/work.ts';
import { perform } from './run.ts';

/** Goes through every open provisional deadline whose year is known by now; returns how many moved. Repeating it changes nothing. */
export async function recalculateDeadlines(host: Host): Promise<number> {
  let moved = 0;
  for (const id of await provisionalCases(host.store.reader)) {
    moved += await perform(host, { actor: SYSTEM }, (desk) => recalculateCase(desk, id));
  }
  return moved;
}

async function recalculateCase(desk: Desk, id: string): Promise<number> {
  const file = await desk.open(id);
  const { calendar } = desk.host.catalogue();
  let moved = 0;
  for (const task of await tasksOfCase(desk.tx, id)) {
    const settings = file.node(task.node).task;
    if (!task.due_provisional || task.due_at === null || !settings) continue;
    const from = dayOfDeadline(task.due_at);
    const fresh = dueOf(desk, file, settings, task.opened_at);
    if (fresh && fresh.date > from) {
      await moveDue(desk, file, task, fresh.date, 'later');
      file.note({ kind: 'recalculated', node: task.node, detail: { from, due: fresh.date } });
      moved += 1;
    } else if (calendar.knows(Number(from.slice(0, 4)))) {
      await updateTask(desk.tx, task.id, { due_provisional: false });
      await updateItems(desk.tx, { task_id: task.id }, { due_provisional: false });
    }
  }
  return moved;
}

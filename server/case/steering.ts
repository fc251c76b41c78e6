/**
 * Owns what may be done to a running case from outside its own flow: another due date, an early end, another starter, a rest.
 * Only services of a process ask for it (services/steer.ts); every change is in the case's record. Rules: [C11] [C12] [C13] [C14] [T11].
 */
import { postponed } from '@ganwei/calendar/due';
import { dayOfDeadline, endOfDay, localDate } from '@ganwei/calendar/zone';
import { because } from '@ganwei/core/reason';
import {
  actionOf,
  attachedProcess,
  readyAction,
  type Surroundings,
  valuesOfAction,
  waitOfAction,
} from '../catalogue/actions.ts';
import type { Order } from '../catalogue/service.ts';
import { childCases } from '../store/cases.ts';
import type { Tx } from '../store/open.ts';
import type { Slot, TaskRow, TimerRow } from '../store/rows.ts';
import { removeAll, tasksOfCase, timersOfCase, updateItems, updateTask, updateTimer } from '../store/work.ts';
import type { CaseFile } from './case-file.ts';
import type { Desk } from './desk.ts';
import { Standstill } from './standstill.ts';
import { callOff, reminders } from './tasks.ts';
import { type Moves, taskHasMoved } from './timers.ts';
import { voidIssued } from './void-letters.ts';

/** Where `reached` keeps when the rest began; no node can have this id. */
const RESTING = 'case/suspended';
/** Timers of a resting case are put this far away; nothing else lies there. */
const REST = 9_000_000_000_000;

/** Carries out an order; answers with the cases that ended by it, whose parents have to be told. */
export async function carryOut(desk: Desk, order: Order, by: CaseFile): Promise<CaseFile[]> {
  const file = await desk.open(order.case);
  if (order.kind === 'use') {
    await use(desk, file, order, by);
    return [];
  }
  if (order.kind === 'void') {
    await voidIssued(desk, file, order);
    return [];
  }
  if (file.row.state !== 'running' && file.row.state !== 'suspended') return [];
  switch (order.kind) {
    case 'reschedule':
      await reschedule(desk, file, order);
      return [];
    case 'end':
      file.note({ kind: 'ended-early', node: '', detail: { by: by.row.number, status: order.status } });
      file.row.status = order.status;
      return endEarly(desk, file, 'ended', by.id);
    case 'hand-over':
      handOver(desk, file, order.to);
      return [];
    case 'suspend':
      await suspend(desk, file, order.reason);
      return [];
    case 'resume':
      await resume(desk, file);
      return [];
  }
}

/** [C19] The attached process of an action begins, as if somebody had used it, if it is to be had now. */
async function use(desk: Desk, file: CaseFile, order: Order & { kind: 'use' }, by: CaseFile): Promise<void> {
  const starter = order.starter ?? desk.actor.id;
  const at: Surroundings = {
    person: starter,
    row: file.row,
    process: file.process,
    sight: file.sight(),
    children: await childCases(desk.tx, file.id),
  };
  const action = readyAction(at, order.action);
  if (!action) {
    by.note({ kind: 'undelivered', node: '', detail: { name: `${file.row.number} ${order.action}` } });
    return;
  }
  const { process, start } = await attachedProcess(desk.host.catalogue(), file.process, action);
  const values = { ...valuesOfAction(action, at), ...order.values };
  const parent = { row: file.row, wait: waitOfAction(action.key), index: 0 };
  const birth = { process: process.key, start: start.id, values, starter, parent };
  desk.errands.push({ kind: 'birth', node: '', birth });
}

/** [C12] What an action started that may begin after the end as well, e.g. an appeal, goes on beyond it. */
const outlives = ({ process }: CaseFile, child: CaseFile): boolean =>
  process.model.case.actions.some(({ key, afterEnd }) => afterEnd && key === actionOf(child.row));

/** [C12] Everything that waits is called off, and the cases it called or started by an action end with it; `except` goes on. */
export async function endEarly(
  desk: Desk,
  file: CaseFile,
  state: 'withdrawn' | 'ended',
  except = '',
): Promise<CaseFile[]> {
  for (const slot of file.slots.values()) {
    if (slot.kind === 'user') await callOff(desk, file, slot);
    else if (slot.kind === 'timer') file.changes.closedTimers.add(slot.id);
    else file.changes.closedWaits.add(slot.id);
  }
  file.slots.clear();
  file.row.marking = '';
  file.row.state = state;
  file.row.ended_at = desk.now;
  const ended = [file];
  for (const child of await desk.childrenOf(file.id)) {
    if (child.id === except || outlives(file, child)) continue;
    child.note({ kind: 'ended-early', node: '', detail: { by: file.row.number } });
    ended.push(...(await endEarly(desk, child, state)));
  }
  return ended;
}

/** [C5] The children of a call that is cut short end with it, those it has asked for and that are not born yet included. */
export async function endCalled(desk: Desk, file: CaseFile, { id: wait, node }: Slot): Promise<void> {
  desk.dropBirths(wait);
  const { cut } = file.node(node).call ?? {};
  for (const child of await desk.childrenOf(file.id)) {
    if (child.row.parent_wait !== wait) continue;
    child.note({ kind: 'ended-early', node: '', detail: { by: file.row.number, ...(cut && { status: cut }) } });
    if (cut) child.row.status = cut;
    await endEarly(desk, child, 'ended');
  }
}

/** [C11] The open tasks of a step are due another day; what hangs on that day (reminders, boundary timers) is computed anew. */
async function reschedule(desk: Desk, file: CaseFile, { node, due }: { node: string; due: string }): Promise<void> {
  const tasks = (await openTasks(desk, file)).filter((task) => task.node === node);
  if (tasks.length === 0) throw new Standstill(node, because('order.no-task', { node }));
  for (const task of tasks) {
    const from = task.due_at === null ? null : dayOfDeadline(task.due_at);
    await moveDue(desk, file, task, due);
    file.note({ kind: 'rescheduled', node, detail: { from, due } });
  }
}

/**
 * A task, its work items, its slot, its reminders and the boundary timers on it get the new day; `later`: none of the timers may move to an
 * earlier time.
 */
export async function moveDue(
  desk: Desk,
  file: CaseFile,
  task: TaskRow,
  due: string,
  timers: Moves = 'any',
): Promise<void> {
  const provisional = !desk.host.catalogue().calendar.knows(Number(due.slice(0, 4)));
  const change = { due_at: endOfDay(due), due_provisional: provisional };
  Object.assign(task, change);
  for (const item of file.changes.items) if (item.task_id === task.id) Object.assign(item, change);
  if (!file.changes.tasks.includes(task)) {
    await updateTask(desk.tx, task.id, change);
    await updateItems(desk.tx, { task_id: task.id }, change);
    await removeAll(desk.tx, 'timers', [task.id], 'task_id');
  }
  const slot = file.slots.get(task.slot);
  if (slot) slot.due = due;
  file.changes.timers = file.changes.timers.filter((timer) => timer.task_id !== task.id);
  const { task: settings } = file.node(task.node);
  if (settings) file.changes.timers.push(...reminders(desk, file, settings, task));
  await taskHasMoved(desk, file, task, timers);
}

/** [C13] Another person answers for the case from now on; the one before keeps what he had a part in. */
function handOver(desk: Desk, file: CaseFile, to: string): void {
  const person = desk.host.directory().actor(to);
  if (!person) throw new Standstill('', because('order.no-person'));
  file.note({ kind: 'handed-over', node: '', detail: { from: file.row.starter_id, to, toName: person.name } });
  file.row.starter_id = person.id;
  file.row.starter_unit = person.unit;
  file.changes.people.push({ person: person.id, part: 'starter' });
}

/** [C14] Nobody may act on a resting case, and its timers do not fire. */
async function suspend(desk: Desk, file: CaseFile, reason: string): Promise<void> {
  if (file.row.state !== 'running') return;
  file.row.state = 'suspended';
  file.note({ kind: 'suspended', node: '', detail: { reason } });
  file.pass(RESTING);
  for (const timer of await timersOfCase(desk.tx, file.id)) {
    await restTimer(desk.tx, timer);
  }
}

/** [C14] Puts a timer of a resting case out of reach. */
export async function restTimer(tx: Tx, timer: TimerRow): Promise<void> {
  await updateTimer(tx, timer.id, { due_at: timer.due_at + REST });
}

/** [C14] The working days it rested are added to every open deadline and timer. */
async function resume(desk: Desk, file: CaseFile): Promise<void> {
  if (file.row.state !== 'suspended') return;
  file.row.state = 'running';
  const since = file.reached[RESTING]?.at ?? desk.now;
  const { calendar } = desk.host.catalogue();
  const days = calendar.workingDaysBetween(localDate(since), localDate(desk.now));
  file.note({ kind: 'resumed', node: '', detail: { days } });
  for (const timer of await timersOfCase(desk.tx, file.id)) {
    if (timer.due_at < REST) continue;
    await updateTimer(desk.tx, timer.id, { due_at: postponed(timer.due_at - REST, days, calendar) });
  }
  for (const task of await openTasks(desk, file)) {
    if (task.due_at === null) continue;
    const due_at = postponed(task.due_at, days, calendar);
    await updateTask(desk.tx, task.id, { due_at });
    await updateItems(desk.tx, { task_id: task.id }, { due_at });
    const slot = file.slots.get(task.slot);
    if (slot) slot.due = dayOfDeadline(due_at);
  }
}

/** Tasks that stand open, those of this very step included. */
async function openTasks(desk: Desk, file: CaseFile): Promise<TaskRow[]> {
  const stored = file.isNew ? [] : await tasksOfCase(desk.tx, file.id);
  return [...stored, ...file.changes.tasks].filter((task) => !file.changes.closedTasks.has(task.id));
}

/**
 * Owns what moves with a case to another version of its process: marking, forms, tasks with their rounds, what it waits for, and the
 * moments that the new version reckons in another way. Drafts and data stay. Must never decide whether it may move (catalogue/moving.ts).
 * Rules: [C61] [C63].
 */
import type { ProcessNode } from '@ganwei/process/model';
import type { Target } from '../catalogue/moving.ts';
import { keepMarking } from '../store/definitions.ts';
import { NEVER, type TaskRow, type WaitRow } from '../store/rows.ts';
import {
  itemsOfTask,
  removeAll,
  timersOfCase,
  updateItems,
  updateTask,
  updateTimer,
  updateWait,
  waitsOfCase,
} from '../store/work.ts';
import type { CaseFile } from './case-file.ts';
import type { Desk } from './desk.ts';
import { moveDue } from './steering.ts';
import { closeSlots } from './steps.ts';
import { dueOf, keepRound, reminders } from './tasks.ts';
import { reckon } from './timers.ts';
import { correlationKey } from './waits.ts';

/** The case goes on by the target; `open` are its open tasks. What is left for other steps ends by the version that opened it. */
export async function moveTo(desk: Desk, file: CaseFile, target: Target, open: readonly TaskRow[]): Promise<void> {
  await closeSlots(desk, file, target.left);
  const tasks = open.filter(({ slot }) => file.slots.has(slot));
  const before = file.process.model.nodes;
  const { process, release, marking, text } = target;
  if (text !== undefined) await keepMarking(desk.tx, `${process.key}@${process.version}`, marking, text);
  Object.assign(file.row, { version: process.version, release, marking });
  file.process = process;
  for (const task of tasks) await moveTask(desk, file, task, before.get(task.node)!, target);
  await moveWaits(desk, file);
  await moveTimers(desk, file, before, tasks);
}

/** The step's name, rank and round; and its day, where the new version reckons it in another way [C63]. */
async function moveTask(desk: Desk, file: CaseFile, task: TaskRow, before: ProcessNode, target: Target): Promise<void> {
  const { name, task: settings } = file.node(task.node);
  if (!settings) return;
  const { priority } = settings;
  Object.assign(task, { name, priority });
  await updateTask(desk.tx, task.id, { name, priority });
  await updateItems(desk.tx, { task_id: task.id }, { task_name: name, rank: priority ? 0 : 1 });
  const round = target.rounds.get(task.id);
  if (round) keepRound(desk, file, task, { round, items: await itemsOfTask(desk.tx, task.id), moved: true });
  if (settings.due === before.task?.due) {
    await removeAll(desk.tx, 'timers', [task.id], 'task_id');
    file.changes.timers.push(...reminders(desk, file, settings, task));
    return;
  }
  const due = dueOf(desk, file, settings, task.opened_at);
  if (due) await moveDue(desk, file, task, due.date);
  else await dropDue(desk, file, task);
}

/** The new version sets the step no day. */
async function dropDue(desk: Desk, file: CaseFile, task: TaskRow): Promise<void> {
  const provisional = { due_provisional: false };
  Object.assign(task, { due_at: null, ...provisional });
  await updateTask(desk.tx, task.id, { due_at: null, ...provisional });
  await updateItems(desk.tx, { task_id: task.id }, { due_at: NEVER, ...provisional });
  await removeAll(desk.tx, 'timers', [task.id], 'task_id');
  const slot = file.slots.get(task.slot);
  if (slot) delete slot.due;
}

/** Messages are waited for under the name and key of the new version. */
async function moveWaits(desk: Desk, file: CaseFile): Promise<void> {
  for (const wait of await waitsOfCase(desk.tx, file.id)) {
    if (file.changes.closedWaits.has(wait.id)) continue;
    const change = waitIn(file, wait);
    if (change.name !== wait.name || change.correlation !== wait.correlation)
      await updateWait(desk.tx, wait.id, change);
  }
}

function waitIn(file: CaseFile, { node, name, correlation }: WaitRow): Pick<WaitRow, 'name' | 'correlation'> {
  const { message, call, service } = file.node(node);
  if (message) return { name: message.name, correlation: correlationKey(file.ask(message.correlation)) };
  return { name: call?.process ?? service?.type ?? name, correlation };
}

/** [C63] A timer that is written in another way is reckoned anew, from when its step was opened; one that stands alone from now. */
async function moveTimers(
  desk: Desk,
  file: CaseFile,
  before: ReadonlyMap<string, ProcessNode>,
  tasks: readonly TaskRow[],
): Promise<void> {
  for (const row of await timersOfCase(desk.tx, file.id)) {
    if (!file.slots.has(row.slot)) continue;
    const timer = file.node(row.node).timer;
    if (row.kind !== 'flow' || !timer || timer.at === before.get(row.node)?.timer?.at) continue;
    const host = tasks.find(({ slot }) => slot === file.slots.get(row.slot)?.host);
    const due_at = reckon(file, timer.at, host?.opened_at ?? desk.now);
    if (due_at !== null) await updateTimer(desk.tx, row.id, { due_at });
  }
}

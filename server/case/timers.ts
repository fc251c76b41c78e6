/**
 * Owns when the timers of a flow are due: reckoned when they are set, and anew when what they hang on has moved: the day of the task they
 * sit on, and for those on a sub-process the day of whatever step is open inside. Must never fire one. Rules: [P4] [C11] [PRO70].
 */
import { momentOf } from '@ganwei/calendar/due';
import { because } from '@ganwei/core/reason';
import type { ProcessNode } from '@ganwei/process/model';
import type { Wait } from '@ganwei/process/step';
import type { Slot, TaskRow } from '../store/rows.ts';
import { timersOfCase, updateTimer } from '../store/work.ts';
import type { CaseFile } from './case-file.ts';
import type { Desk } from './desk.ts';
import { Standstill, standstillOf } from './standstill.ts';

/** `later`: a timer may only move to a later time. */
export type Moves = 'any' | 'later';

/** The row of a BPMN timer; its slot learns the id, and on a sub-process when it was set. */
export function openTimer(desk: Desk, file: CaseFile, wait: Wait, node: ProcessNode, slot: Slot): void {
  const timer = node.timer!;
  const due = file.text(timer.at);
  if (due === null) throw new Standstill(node.id, because('flow.no-time'));
  slot.id = desk.host.newId();
  if (wait.host && file.node(wait.host).kind === 'subprocess') slot.set = desk.now;
  file.changes.timers.push({
    id: slot.id,
    case_id: file.id,
    task_id: null,
    slot: wait.slot,
    node: node.id,
    kind: 'flow',
    due_at: momentOf(due, desk.now, 'end'),
    repeat_left: timer.repeat,
    detail: null,
  });
}

/** [C11] Those on a task that has got another day, and on the sub-processes around it; reckoned from when the task was opened. */
export async function taskHasMoved(desk: Desk, file: CaseFile, task: TaskRow, moves: Moves): Promise<void> {
  const onTask = [...file.slots.values()].filter(({ kind, host }) => kind === 'timer' && host === task.slot);
  await recompute(desk, file, onTask, () => task.opened_at, moves);
  await stepHasOpened(desk, file, task.node, moves);
}

/** [PRO70] Those on the sub-processes around a step; each from when it was set, so that a mere duration stays what it was. */
export async function stepHasOpened(desk: Desk, file: CaseFile, node: string, moves: Moves = 'any'): Promise<void> {
  const around = new Set<string>();
  for (let { parent } = file.node(node); parent !== undefined; { parent } = file.node(parent)) around.add(parent);
  const onPhases = [...file.slots.values()].filter(({ host, set }) => host && set !== undefined && around.has(host));
  await recompute(desk, file, onPhases, ({ set }) => set!, moves);
}

async function recompute(desk: Desk, file: CaseFile, slots: Slot[], setAt: (slot: Slot) => number, moves: Moves) {
  if (slots.length === 0) return;
  const stored = file.isNew ? [] : await timersOfCase(desk.tx, file.id);
  for (const slot of slots) {
    const { timer } = file.node(slot.node);
    const row = [...file.changes.timers, ...stored].find(({ id }) => id === slot.id);
    const due_at = row && timer && reckonAt(file, slot.node, timer.at, setAt(slot));
    if (!row || !due_at || due_at === row.due_at || (moves === 'later' && due_at < row.due_at)) continue;
    row.due_at = due_at;
    if (stored.includes(row)) await updateTimer(desk.tx, row.id, { due_at });
  }
}

/** A text that cannot be worked out stops the case at its timer. */
function reckonAt(file: CaseFile, node: string, at: string, setAt: number): number | null {
  try {
    return reckon(file, at, setAt);
  } catch (error) {
    throw standstillOf(error, node);
  }
}

/** When a timer that was set at that moment is due; one that has passed since is reckoned from now. */
export function reckon(file: CaseFile, at: string, setAt: number): number | null {
  const { now } = file.at;
  const from = (moment: number): number | null => {
    const text = file.text(at, {}, moment);
    return text === null ? null : momentOf(text, moment, 'end');
  };
  const due = from(setAt);
  return due !== null && due <= now ? from(now) : due;
}

/**
 * Owns the life of a task: opening it for the right people, giving turns, closing it. Exclusions are applied when a task is offered;
 * the verbs apply them again when it is claimed, transferred and submitted. Rules: [T1] [T4] [T9] nobody found is an incident [T10].
 */

import { momentOf } from '@ganwei/calendar/due';
import { dayOfDeadline, endOfDay } from '@ganwei/calendar/zone';
import type { IncidentKind } from '@ganwei/core/incident';
import { because, type Reason as Cause, said } from '@ganwei/core/reason';
import type { ProcessNode, TaskSettings } from '@ganwei/process/model';
import { type Holder, holders, open, type Round } from '@ganwei/process/round';
import { exclusions } from '../catalogue/eligibility.ts';
import { isReader } from '../catalogue/reading.ts';
import { lastSigners } from '../catalogue/signing.ts';
import { NEVER, type Slot, type TaskRow, type TimerRow, type WorkItemRow } from '../store/rows.ts';
import { type Leftovers, loadTask } from '../store/work.ts';
import type { CaseFile } from './case-file.ts';
import type { Desk } from './desk.ts';

/** Why a task comes to somebody: shown in the list, and counted (退回). */
export type Reason = 'new' | 'returned' | 'transferred';

/** Opens a task in a slot. Nobody found, or everybody excluded: the task waits and the administrator gets an incident [T9]. */
export function openTask(desk: Desk, file: CaseFile, slot: string, node: ProcessNode, reason: Reason = 'new'): TaskRow {
  const { host, now } = desk;
  const settings = node.task!;
  const round = (file.reached[node.id]?.count ?? 0) + 1;
  const { members, nobody } = membersOf(file, settings);
  const due = dueOf(desk, file, settings);
  const signing = open({ mode: settings.mode, people: members, last: lastSigners(settings, file.sight()) });
  const task: TaskRow = {
    id: host.newId(),
    case_id: file.id,
    slot,
    node: node.id,
    name: node.name,
    round,
    revision: 1,
    signing,
    opened_at: now,
    due_at: due?.at ?? null,
    due_provisional: due?.provisional ?? false,
    priority: settings.priority,
    resume: null,
  };
  file.changes.tasks.push(task);
  file.changes.timers.push(...reminders(desk, file, settings, task));
  if (nobody) raiseIncident(desk, file, { node: node.id, task: task.id, kind: 'nobody', reason: nobody });
  else handOut(desk, file, task, holders(signing), reason);
  return task;
}

/** [T4] [T9] Who may do the step now; `nobody`: why there is nobody, with the grounds of those who would have been there. */
export function membersOf(file: CaseFile, settings: TaskSettings): { members: string[]; nobody?: Cause } {
  const found = file.people(settings.assignees);
  const barred = exclusions(settings, file.sight());
  const members = found.filter((person) => !barred.has(person));
  if (members.length > 0) return { members };
  const reason = [...new Set(found.map((person) => barred.get(person)!))].join('；');
  return { members, nobody: found.length === 0 ? because('flow.people') : because('flow.people-excluded', { reason }) };
}

/** How the round of a stored task has become another. */
interface NewRound {
  round: Round;
  /** those who hold the task so far */
  items: readonly WorkItemRow[];
  reason?: Reason;
  /** the task is no longer what others have seen: what they do on the old page is stale */
  moved?: boolean;
}

/** The task's round is from now on this one: who holds it now gets a work item, who no longer does loses his. */
export function keepRound(desk: Desk, file: CaseFile, task: TaskRow, change: NewRound): void {
  const { round, items, reason = 'new', moved = false } = change;
  task.signing = round;
  if (moved) task.revision += 1;
  file.changes.changedTasks.set(task.id, { signing: task.signing, revision: task.revision });
  const holding = holders(round);
  for (const item of items) {
    desk.concerned.add(item.person_id);
    const still = holding.find((holder) => holder.person === item.person_id);
    if (!still) file.changes.closedItems.push(item.id);
    else if (still.state !== item.state) file.changes.changedItems.set(item.id, { state: still.state });
  }
  handOut(
    desk,
    file,
    task,
    holding.filter((holder) => !items.some((item) => item.person_id === holder.person)),
    reason,
  );
}

/** A work item for each of them, and his place among the people of the case. */
function handOut(desk: Desk, file: CaseFile, task: TaskRow, holding: readonly Holder[], reason: Reason): void {
  for (const { person, state, position } of holding) {
    file.changes.people.push({ person, part: 'worker' });
    file.changes.items.push({
      id: desk.host.newId(),
      task_id: task.id,
      case_id: file.id,
      person_id: person,
      state,
      position,
      from_person: reason !== 'new' || readsWhole(file, person) ? desk.actor.id : '',
      reason,
      number: file.row.number,
      title: file.row.title,
      process: file.row.process,
      task_name: task.name,
      opened_at: desk.now,
      due_at: task.due_at ?? NEVER,
      due_provisional: task.due_provisional,
      rank: task.priority ? 0 : 1,
    });
  }
}

/** [READ11] Who did the step before is told to whoever reads the whole case; a task that was handed to him says by whom. */
function readsWhole(file: CaseFile, person: string): boolean {
  const actor = file.at.host.directory().actor(person);
  if (!actor) return false;
  const { model } = file.process;
  const sight = file.sight(undefined, actor);
  const { subjects } = model.case;
  return isReader(model, sight, subjects !== undefined && sight.people(subjects).includes(person));
}

/** Moves a task to what is finished; `outcome` is '' when it was called off by a timer, a return or a withdrawal; `left`: what it may leave. */
export function closeTask(
  desk: Desk,
  file: CaseFile,
  task: TaskRow,
  outcome: string,
  left: Leftovers = { drafts: true, incidents: true },
): void {
  file.changes.closedTasks.add(task.id);
  const { leftovers } = file.changes;
  const members = (task.signing as Partial<Round>).seats?.length;
  if (left.drafts) leftovers.drafts.push(task.id);
  // The work item of whoever submitted is gone already (submit-task.ts).
  if (members !== 1 || outcome === '' || outcome === 'return') leftovers.items.push(task.id);
  if (left.incidents || !members) leftovers.incidents.push(task.id);
  if (file.node(task.node).task?.reminders.length) leftovers.reminders.push(task.id);
  file.changes.tasksDone.push({
    id: task.id,
    case_id: file.id,
    node: task.node,
    name: task.name,
    round: task.round,
    opened_at: task.opened_at,
    due_at: task.due_at,
    closed_at: desk.now,
    outcome,
    closed_by: outcome === '' ? '' : desk.actor.id,
  });
}

/** A task that ends without an outcome: a timer, a message, a return or a withdrawal took its token away. */
export async function callOff(desk: Desk, file: CaseFile, slot: Slot): Promise<void> {
  if (file.changes.closedTasks.has(slot.id)) return;
  const task = file.changes.tasks.find((t) => t.id === slot.id) ?? (await loadTask(desk.tx, slot.id));
  if (!task) return;
  closeTask(desk, file, task, '');
  file.note({ kind: 'called-off', node: task.node, detail: { task: task.id } });
}

export function raiseIncident(
  desk: Desk,
  file: CaseFile,
  incident: { node: string; task?: string; kind: IncidentKind; reason: Cause },
): void {
  const detail = said(incident.reason);
  file.changes.incidents.push({
    id: desk.host.newId(),
    case_id: file.id,
    task_id: incident.task ?? null,
    node: incident.node,
    kind: incident.kind,
    detail,
    opened_at: desk.now,
    cause: '',
  });
  file.note({ kind: 'incident', node: incident.node, detail: { kind: incident.kind, detail } });
}

/** [T10] A due date means 24:00 of that day; it is provisional while the calendar of that year is not loaded (待校准). */
export function dueOf(
  desk: Desk,
  file: CaseFile,
  settings: TaskSettings,
  openedAt = desk.now,
): { at: number; date: string; provisional: boolean } | null {
  if (!settings.due) return null;
  const date = file.text(settings.due, {}, openedAt)?.slice(0, 10);
  if (date === undefined) return null;
  const year = Number(date.slice(0, 4));
  const provisional = !desk.host.catalogue().calendar.knows(year);
  if (provisional) desk.unknownYears.add(year);
  return { at: endOfDay(date), date, provisional };
}

/** Reminders of an open task that still lie ahead. */
export function reminders(desk: Desk, file: CaseFile, settings: TaskSettings, task: TaskRow): TimerRow[] {
  if (settings.reminders.length === 0) return [];
  const due = task.due_at === null ? null : dayOfDeadline(task.due_at);
  return settings.reminders.flatMap((reminder, index) => {
    const text = file.text(reminder.at, { due });
    const at = text === null ? null : momentOf(text, desk.now, 'morning');
    if (at === null || at <= desk.now) return [];
    return [
      {
        id: desk.host.newId(),
        case_id: file.id,
        task_id: task.id,
        slot: '',
        node: task.node,
        kind: 'reminder' as const,
        due_at: at,
        repeat_left: 0,
        detail: { index },
      },
    ];
  });
}

/**
 * Owns giving a step that waits to people by an administrator's hand: those who have not signed are replaced, the record of the case and the
 * audit log say who gave it to whom, with whose consent. Whether they may have it is judged before (catalogue/eligibility.ts). Rules: [O70] [S10].
 */
import { because } from '@ganwei/core/reason';
import { complaint, Refusal } from '@ganwei/core/refusal';
import { type Round, reseat } from '@ganwei/process/round';
import type { Step } from '../catalogue/eligibility.ts';
import { lastSigners, roundOf } from '../catalogue/signing.ts';
import type { IncidentRow, TaskRow } from '../store/rows.ts';
import { itemsOfTask, loadTask, tasksOfCase } from '../store/work.ts';
import type { CaseFile } from './case-file.ts';
import type { Desk } from './desk.ts';
import { keepRound } from './tasks.ts';

export interface HeldStep extends Omit<Step, 'round'> {
  round: Round;
  file: CaseFile;
  task: TaskRow;
}

/** The step that an incident is about; refused where it does not wait any more. */
export async function stepOf(desk: Desk, incident: IncidentRow): Promise<HeldStep> {
  const file = await desk.open(incident.case_id);
  const task = incident.task_id
    ? await loadTask(desk.tx, incident.task_id)
    : (await tasksOfCase(desk.tx, incident.case_id)).find((row) => row.node === incident.node);
  if (!task) throw new Refusal('not.found');
  const settings = file.node(task.node).task!;
  const sight = file.sight();
  return { file, task, settings, sight, round: roundOf(task, settings, sight) };
}

/** `agreedBy`: who consented that the step's own rule names none of them. */
export async function giveStep(
  desk: Desk,
  { file, task, settings, sight, round }: HeldStep,
  people: readonly string[],
  { comment, agreedBy = '' }: { comment: string; agreedBy?: string },
): Promise<void> {
  if (people.every((person) => round.signed.some((signature) => signature.person === person))) {
    throw new Refusal('input.invalid', { count: 1 }, [complaint('people', 'people', because('person.signed'))]);
  }
  const given = reseat(round, people, lastSigners(settings, sight));
  keepRound(desk, file, task, { round: given, items: await itemsOfTask(desk.tx, task.id), moved: true });
  const directory = desk.host.directory();
  const names = people.map((person) => directory.nameOf(person)).join('、');
  const beyond = agreedBy !== '';
  const detail = { people, names, beyond, agreedBy: beyond ? directory.nameOf(agreedBy) : '', comment };
  file.note({ kind: 'assigned', node: task.node, detail });
  await desk.audit(beyond ? 'exception-agreed' : 'step-assigned', file.row.number, {
    name: `${file.row.number} ${task.name}`,
    reason: comment,
    fields: change(desk, round, people),
  });
}

/** Who had it, who has it now: as the audit log shows a change. */
function change(desk: Desk, { seats, signed }: Round, people: readonly string[]) {
  const directory = desk.host.directory();
  const open = seats.map(({ person }) => person).filter((person) => !signed.some((one) => one.person === person));
  const said = (ids: readonly string[]): string => ids.map((id) => directory.nameOf(id)).join('、');
  return [{ field: '', before: said(open), after: said(people) }];
}

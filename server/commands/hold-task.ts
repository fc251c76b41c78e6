/**
 * Owns what every verb on a task begins with: load the task, then judge the actor's right to it, before anything of the request is
 * looked at. A task that is not his is answered like one that does not exist. Rules: [T1] [T2] [T4] [A1].
 */

import type { Operation } from '@ganwei/core/operations';
import { Refusal } from '@ganwei/core/refusal';
import { type ItemFacts, mayComment, mayOperate, type TaskFacts } from '@ganwei/core/rules';
import type { TaskSettings } from '@ganwei/process/model';
import type { Round } from '@ganwei/process/round';
import type { CaseFile } from '../case/case-file.ts';
import type { Desk } from '../case/desk.ts';
import { refusalOfDone } from '../catalogue/closing.ts';
import { exclusions } from '../catalogue/eligibility.ts';
import { isNamed, isOpenTo, mayReadCase, seesAll } from '../catalogue/reading.ts';
import { involvementOf } from '../catalogue/relation.ts';
import { roundOf } from '../catalogue/signing.ts';
import { taskDone } from '../store/record.ts';
import type { TaskRow, WorkItemRow } from '../store/rows.ts';
import type { Leftovers } from '../store/work.ts';

export interface Held {
  task: TaskRow;
  file: CaseFile;
  settings: TaskSettings;
  items: WorkItemRow[];
  /** what ends with it */
  left: Leftovers;
  /** who takes part, who has signed */
  round: Round;
  item: WorkItemRow | null;
  facts: TaskFacts;
  itemFacts: ItemFacts | null;
}

export async function holdTask(desk: Desk, id: string): Promise<Held> {
  const { actor } = desk;
  const open = await desk.openTask(id);
  if (!open) return refuseDone(desk, id);
  desk.trying = { task: id };
  const { file, task, items, left } = open;
  const item = items.find((row) => row.person_id === actor.id) ?? null;
  const settings = file.node(task.node).task!;
  if (!item && !(await mayKnow(desk, file, task))) throw new Refusal('not.found');
  const excluded = exclusions(settings, file.sight()).get(actor.id);
  return {
    task,
    file,
    settings,
    items,
    left,
    item,
    round: roundOf(task, settings, file.sight()),
    facts: {
      open: true,
      revision: task.revision,
      caseState: file.row.state,
      ...(excluded && { excluded }),
      operations: settings.operations,
      outcomes: settings.outcomes,
    },
    itemFacts: item && { state: item.state },
  };
}

/** [A1] May somebody who does not hold it know that this step is open? */
async function mayKnow({ tx, actor }: Desk, file: CaseFile, { node }: TaskRow): Promise<boolean> {
  const { model } = file.process;
  const sight = file.sight();
  const own = await involvementOf(tx, { row: file.row, model, sight, person: actor });
  if (!mayReadCase(own) || !isOpenTo(model.nodes.get(node)?.task, sight)) return false;
  return seesAll(own, 'openSteps') || isNamed(model, node);
}

/** Reasons for a return or a transfer have at least this many characters (dossier §3, common rule 2). */
const REASON = { comment: 'required', commentMin: 10 } as const;

/** [T6] [T7] May the holder use this operation, with this reason, on the task as he saw it? Throws the refusal. */
export function allow(held: Held, operation: Operation, comment: string, revision: number): void {
  const refused = mayOperate(held.facts, held.itemFacts, operation) ?? mayComment(REASON, comment);
  if (refused) throw refused;
  if (revision !== held.task.revision) throw new Refusal('task.stale');
}

/** [T1] A closed task says who closed it, but only to people who may know. */
async function refuseDone({ tx, actor, host }: Desk, id: string): Promise<never> {
  const done = await taskDone(tx, id);
  throw done ? await refusalOfDone(tx, host, actor, done) : new Refusal('not.found');
}

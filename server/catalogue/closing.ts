/** Owns what is said of a task that is closed: who closed it, to those who may know; nothing to all others. Rules: [T1] [A1] [READ1]. */
import type { Actor } from '@ganwei/core/actor';
import { because, type Reason } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import type { Tx } from '../store/open.ts';
import type { TaskDoneRow } from '../store/rows.ts';
import type { Directory } from './directory.ts';
import type { Host } from './host.ts';
import { isNamed, isOpenTo, seesAll } from './reading.ts';
import { caseFor, involvementOf } from './relation.ts';

/** Modes in which one person does the whole step: whoever might have done it is told who did. */
const BY_ONE: ReadonlySet<string> = new Set(['single', 'any']);

/** Why a closed task cannot be opened: by whom it was closed; a step that is not this person's to know of is not found. */
export async function refusalOfDone(tx: Tx, host: Host, actor: Actor, done: TaskDoneRow): Promise<Refusal> {
  const found = await caseFor(tx, host, actor, done.case_id);
  const task = found?.process.model.nodes.get(done.node)?.task;
  if (!found || !task) return new Refusal('not.found');
  const { row, sight, process } = found;
  const own = await involvementOf(tx, { row, model: process.model, sight, person: actor });
  const mine = own.steps.has(done.node) || done.closed_by === actor.id;
  const candidate = mine || (isOpenTo(task, sight) && mightHold(task.assignees));
  const all = seesAll(own, 'refusals') && isOpenTo(task, sight);
  const named = own.relations.size > 0 && isOpenTo(task, sight) && isNamed(process.model, done.node);
  if (!candidate && !all && !named) return new Refusal('not.found');
  const told = all || done.closed_by === actor.id || (candidate && BY_ONE.has(task.mode));
  return new Refusal('task.done', { who: told ? closerOf(done, actor, host.directory()) : because('who.other') });

  function mightHold(assignees: string): boolean {
    try {
      return sight.people(assignees).includes(actor.id);
    } catch {
      // What chose the people then may be gone now.
      return false;
    }
  }
}

/** The reader himself, another person by name, or nobody where a timer, a return or a withdrawal closed it. */
function closerOf(
  { closed_by: closer }: Pick<TaskDoneRow, 'closed_by'>,
  reader: Actor,
  directory: Directory,
): string | Reason {
  if (closer === reader.id) return because('who.you');
  return closer ? directory.nameOf(closer) : because('who.other');
}

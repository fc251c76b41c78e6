/** Owns the open steps of a case as one person sees them: who has them, until when, how many have signed. Read only. Rules: [A1] [A3] [S9]. */
import type { Answer } from '@ganwei/core/contract';
import { progress } from '@ganwei/process/round';
import { isNamed, isOpenTo, seesAll } from '../../catalogue/reading.ts';
import { roundOf } from '../../catalogue/signing.ts';
import type { TaskRow } from '../../store/rows.ts';
import { dueView, type Look, personRef } from '../look.ts';

type CaseView = Answer<'case'>;

/** Tasks that wait: his own and, if he sees all of them, the others with those who hold them; else only that a named step is open. */
export function openTasks(look: Look): CaseView['tasks'] {
  const { host, tasks, items, actor, now, process } = look;
  return tasks.flatMap((task) => {
    const own = items.filter((item) => item.task_id === task.id);
    const mine = own.some((item) => item.person_id === actor.id && item.state !== 'waiting');
    if (!mine && !isVisible(look, task)) return [];
    const settings = process.model.nodes.get(task.node)?.task;
    const held = mine || seesAll(look.reading, 'holders');
    return [
      {
        id: task.id,
        node: task.node,
        name: task.name,
        holders: held ? own.map((item) => personRef(host, item.person_id)) : [],
        openedAt: task.opened_at,
        due: dueView(host, now, task.due_at, task.due_provisional),
        mode: settings?.mode ?? 'single',
        progress: held && settings ? progress(roundOf(task, settings, look.sight)) : { done: 0, all: 1 },
        mine,
      },
    ];
  });
}

/** May he know that this step of others is open? */
export function isVisible({ process, sight, reading }: Look, task: Pick<TaskRow, 'node'>): boolean {
  const settings = process.model.nodes.get(task.node)?.task;
  return isOpenTo(settings, sight) && (seesAll(reading, 'openSteps') || isNamed(process.model, task.node));
}

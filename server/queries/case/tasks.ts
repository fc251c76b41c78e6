/** Owns the open steps of a case as one person sees them: who has them, until when, how many have signed. Read only. Rules: [A1] [A3] [S9]. */
import type { Answer } from '@ganwei/core/contract';
import { progress } from '@ganwei/process/round';
import { roundOf } from '../../catalogue/signing.ts';
import { dueView, isConcerned, type Look, personRef } from '../look.ts';

type CaseView = Answer<'case'>;

/** Tasks that wait, with the people who hold them; a step with an audience is there only for its audience and its holders. */
export function openTasks(look: Look): CaseView['tasks'] {
  const { host, tasks, items, actor, now, process } = look;
  return tasks.flatMap((task) => {
    const own = items.filter((item) => item.task_id === task.id);
    const mine = own.some((item) => item.person_id === actor.id && item.state !== 'waiting');
    const settings = process.model.nodes.get(task.node)?.task;
    if (!mine && settings?.audience && !look.sight.holds(settings.audience)) return [];
    const named = mine || look.reading.whole || look.nodes.has(task.node) || !isConcerned(look);
    return [
      {
        id: task.id,
        node: task.node,
        name: task.name,
        holders: named ? own.map((item) => personRef(host, item.person_id)) : [],
        openedAt: task.opened_at,
        due: dueView(host, now, task.due_at, task.due_provisional),
        mode: settings?.mode ?? 'single',
        progress: settings ? progress(roundOf(task, settings, look.sight)) : { done: 0, all: 1 },
        mine,
      },
    ];
  });
}

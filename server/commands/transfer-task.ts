/** Verb: the holder of a task gives his share to somebody else. Rules: [T2] [T4] [T6] [T7]. */
import { operationLabel } from '@ganwei/core/operations';
import { because } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import { isMember, replace } from '@ganwei/process/round';
import { exclusions, keepRound } from '../case/tasks.ts';
import type { Host } from '../catalogue/host.ts';
import { allow, holdTask } from './hold-task.ts';
import { type Moved, moved } from './moved.ts';
import { type Call, perform } from './run.ts';

export interface Transfer {
  to: string;
  comment: string;
  revision: number;
}

/** The holder gives his share to somebody else; the receiver must not be excluded and must not hold the task already [T4]. */
export function transferTask(host: Host, call: Call, id: string, { to, comment, revision }: Transfer): Promise<Moved> {
  return perform(host, { ...call, request: ['transfer', id, to, comment, revision] }, async (desk) => {
    const held = await holdTask(desk, id);
    allow(held, 'transfer', comment, revision);
    const { task, file, settings, items, round } = held;
    const target = desk.host.directory().actor(to);
    if (!target) throw new Refusal('not.found');
    const barred = exclusions(file, settings).get(to);
    const reason = barred
      ? because('person.excluded', { name: target.name, reason: barred })
      : isMember(round, to) && because('person.member', { name: target.name });
    if (reason) throw new Refusal('task.operation-barred', { operation: operationLabel('transfer'), reason });
    const handed = replace(round, desk.actor.id, to);
    keepRound(desk, file, task, { round: handed, items, reason: 'transferred', moved: true });
    file.note({ kind: 'transferred', node: task.node, detail: { to, toName: target.name, comment } });
    return { ...moved(desk, file), next: [{ task: task.id, name: task.name, who: [target.name] }] };
  });
}

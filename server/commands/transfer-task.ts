/** Verb: the holder of a task gives his share to somebody else. Rules: [T2] [T4] [T6] [T7] [S70]. */
import { operationLabel } from '@ganwei/core/operations';
import { Refusal } from '@ganwei/core/refusal';
import { replace } from '@ganwei/process/round';
import { keepRound } from '../case/tasks.ts';
import { Eligibility } from '../catalogue/eligibility.ts';
import type { Host } from '../catalogue/host.ts';
import { allow, holdTask } from './hold-task.ts';
import { type Moved, moved } from './moved.ts';
import { type Call, perform } from './run.ts';

export interface Transfer {
  to: string;
  comment: string;
  revision: number;
}

/** [S70] The holder gives his share to somebody else, whom the step's own rule admits. */
export function transferTask(host: Host, call: Call, id: string, { to, comment, revision }: Transfer): Promise<Moved> {
  return perform(host, { ...call, request: ['transfer', id, to, comment, revision] }, async (desk) => {
    const held = await holdTask(desk, id);
    allow(held, 'transfer', comment, revision);
    const { task, file, settings, items, round } = held;
    const target = desk.host.directory().actor(to);
    if (!target) throw new Refusal('not.found');
    const reason = new Eligibility({ settings, sight: file.sight(), round }, desk.actor.id).refusalOf(to);
    if (reason) throw new Refusal('task.operation-barred', { operation: operationLabel('transfer'), reason });
    const handed = replace(round, desk.actor.id, to);
    keepRound(desk, file, task, { round: handed, items, reason: 'transferred', moved: true });
    file.note({ kind: 'transferred', node: task.node, detail: { to, toName: target.name, comment } });
    return { ...moved(desk, file), next: [{ task: task.id, name: task.name, who: [target.name] }] };
  });
}

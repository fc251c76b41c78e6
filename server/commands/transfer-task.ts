/** Verb: the holder of a task gives his share to somebody else. Rules: [T2] [T4] [T6] [T7]. */
import { Refusal } from '@ganwei/core/refusal';
import { exclusions, newItem } from '../case/tasks.ts';
import type { Host } from '../catalogue/host.ts';
import { removeAll, updateTask } from '../store/work.ts';
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
    const { task, file, settings, item, items } = held;
    const target = desk.host.directory().actor(to);
    if (!target) throw new Refusal('not.found');
    const barred = exclusions(file, settings).get(to);
    if (barred)
      throw new Refusal('task.operation-barred', { operation: '转办', reason: `${target.name}须回避（${barred}）` });
    const members = JSON.parse(task.members) as string[];
    if (members.includes(to)) {
      throw new Refusal('task.operation-barred', { operation: '转办', reason: `${target.name}已经是此任务的办理人` });
    }
    const gone = item!.state === 'pooled' ? items.map((row) => row.id) : [item!.id];
    await removeAll(desk.tx, 'work_items', gone);
    const left = item!.state === 'pooled' ? [to] : members.map((member) => (member === desk.actor.id ? to : member));
    await updateTask(desk.tx, task.id, { members: JSON.stringify(left), revision: task.revision + 1 });
    file.changes.items.push(
      newItem(desk, file, task, to, { state: 'open', position: item!.position, reason: 'transferred' }),
    );
    file.note({ kind: 'transferred', node: task.node, detail: { to, toName: target.name, comment } });
    return { ...moved(desk, file), next: [{ task: task.id, name: task.name, who: [target.name] }] };
  });
}

/** Verb: one of several candidates takes a pooled task for himself. Rules: [T2] [T4]. */
import { mayAct } from '@ganwei/core/rules';
import type { Host } from '../catalogue/host.ts';
import { removeAll, updateItems, updateTask } from '../store/work.ts';
import { holdTask } from './hold-task.ts';
import { type Call, perform } from './run.ts';

/** A candidate takes a pooled task for himself; the others no longer have it. */
export function claimTask(host: Host, call: Call, id: string): Promise<{ ok: true }> {
  return perform(host, { ...call, request: ['claim', id] }, async (desk) => {
    const held = await holdTask(desk, id);
    const refused = mayAct(held.facts, held.itemFacts);
    if (refused) throw refused;
    const { item, items, file, task } = held;
    if (item!.state !== 'pooled') return { ok: true as const };
    await removeAll(
      desk.tx,
      'work_items',
      items.filter((row) => row.id !== item!.id).map((row) => row.id),
    );
    await updateItems(desk.tx, { id: item!.id }, { state: 'open' });
    await updateTask(desk.tx, task.id, { members: JSON.stringify([desk.actor.id]) });
    file.note({ kind: 'claimed', node: task.node, detail: {} });
    return { ok: true as const };
  });
}

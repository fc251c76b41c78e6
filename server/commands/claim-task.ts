/** Verb: one of several candidates takes a pooled task for himself. Rules: [T2] [T4]. */
import { mayAct } from '@ganwei/core/rules';
import { claim } from '@ganwei/process/round';
import { keepRound } from '../case/tasks.ts';
import type { Host } from '../catalogue/host.ts';
import { holdTask } from './hold-task.ts';
import { type Call, perform } from './run.ts';

/** A candidate takes a pooled task for himself; the others no longer have it. */
export function claimTask(host: Host, call: Call, id: string): Promise<{ ok: true }> {
  return perform(host, { ...call, request: ['claim', id] }, async (desk) => {
    const held = await holdTask(desk, id);
    const refused = mayAct(held.facts, held.itemFacts);
    if (refused) throw refused;
    const { item, items, file, task, round } = held;
    if (item!.state !== 'pooled') return { ok: true as const };
    keepRound(desk, file, task, { round: claim(round, desk.actor.id), items });
    file.note({ kind: 'claimed', node: task.node, detail: {} });
    return { ok: true as const };
  });
}

/** Verb of the server: an effect has been delivered, and a case that waits for it goes on. Rule: [O2]. */
import { SYSTEM } from '@ganwei/core/actor';
import { advance } from '../case/advance.ts';
import type { Host } from '../catalogue/host.ts';
import { closeIncidentsOf } from '../store/incidents.ts';
import { waitForEffect } from '../store/work.ts';
import { perform } from './run.ts';

/** The worker has delivered an effect: a case that waits for it goes on with the answer. */
export function effectDelivered(host: Host, effect: string, answer: unknown): Promise<boolean> {
  return perform(host, { actor: SYSTEM }, async (desk) => {
    const wait = await waitForEffect(desk.tx, effect);
    if (!wait) return false;
    const cause = { kind: 'effect' as const, id: effect };
    desk.trying = { cause };
    const file = await desk.open(wait.case_id);
    if (file.slots.get(wait.slot)?.id !== wait.id) return false;
    const node = file.node(wait.node);
    file.takeOver(node.service?.outputs ?? [], answer ?? null);
    file.pass(node.id);
    await advance(desk, file, { kind: 'complete', slot: wait.slot });
    await closeIncidentsOf(desk.tx, cause, desk.now);
    return true;
  });
}

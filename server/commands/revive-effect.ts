/** Verb: an administrator lets a dead effect be delivered again. Rule: [O3]. */
import { Refusal } from '@ganwei/core/refusal';
import type { Host } from '../catalogue/host.ts';
import { revive } from '../store/effects.ts';
import { recordAudit } from '../store/record.ts';
import { type Call, run } from './run.ts';

/** [O3] A dead effect gets another life. */
export async function reviveEffect(host: Host, call: Call, id: string): Promise<boolean> {
  const done = await run(host, call, async (tx) => {
    const revived = await revive(tx, id, host.now());
    if (!revived) throw new Refusal('not.found');
    await recordAudit(tx, {
      id: host.newId(),
      at: host.now(),
      person: call.actor.id,
      act: 'redeliver',
      object: id,
      detail: {},
    });
    return revived;
  });
  host.nudge();
  return done;
}

/**
 * Owns on what a change bears: the flows of each draft, and how many of their cases run - numbers, never a case. Read only; for whoever may see
 * the change. Rules: [CHG40] [CHG41].
 */
import type { Actor } from '@ganwei/core/actor';
import type { Answer } from '@ganwei/core/contract';
import { countsForRunning } from '@ganwei/release/affected';
import { appOf, shortKey } from '@ganwei/release/keys';
import { idOf } from '@ganwei/release/paths';
import type { Host } from '../catalogue/host.ts';
import { countRunning } from '../store/running.ts';
import { lookAtChange } from './change.ts';
import { examined } from './publish-change.ts';

/** Drafts that cannot be read bear on nothing so far. */
export async function changeAffects(host: Host, actor: Actor, id: string): Promise<Answer<'changeAffects'>> {
  const tx = host.store.reader;
  const look = await lookAtChange(tx, host, actor, id);
  const { flows, titles } = await examined(host, look);
  const stored = host
    .catalogue()
    .ever('process')
    .map(({ key }) => key);
  const counts = new Map<string, number>();
  for (const { process, count } of await countRunning(tx, stored))
    counts.set(process, (counts.get(process) ?? 0) + count);
  const runningOn = (full: string): number => {
    const entry = look.inForce.newest({ kind: 'process', app: appOf(full), key: shortKey(full) });
    return (entry && counts.get(entry.key)) ?? 0;
  };
  return {
    rows: look.drafts.map(({ kind, app, key }) => {
      const own = flows.get(idOf({ kind, app, key }));
      const running = own === null ? [...counts.values()] : (own ?? []).map(runningOn);
      return {
        kind,
        app,
        key,
        all: own === null,
        flows: (own ?? []).map((full) => titles.get(`process/${full}`) ?? shortKey(full)),
        running: running.reduce((sum, one) => sum + one, 0),
        counts: countsForRunning(kind),
      };
    }),
  };
}

/** Owns what moving running cases to a changed flow would come to, by where they stand. Signatures of open rounds are judged when they move. Rule: [IMP6]. */
import type { Reason } from '@ganwei/core/reason';
import { compileProcess } from '@ganwei/process/compile';
import { migrate } from '@ganwei/process/migrate';
import type { Release } from '../release.ts';

/** Cases that stand at one marking of one version of the flow, whose source is given. */
export interface Standing {
  source: string;
  /** text of the marking */
  marking: string;
  count: number;
}

export interface Movable {
  movable: number;
  /** why the others cannot; a case with several reasons stands at each */
  barred: { reason: Reason; count: number }[];
}

export async function couldMove(release: Release, full: string, standing: readonly Standing[]): Promise<Movable> {
  const to = release.process(full);
  const { functions = {} } = release.language;
  let movable = 0;
  const barred = new Map<string, { reason: Reason; count: number }>();
  for (const { source, marking, count } of to ? standing : []) {
    const found = await migrate(marking, await compileProcess(source, { functions }), to!);
    if (!('reasons' in found)) movable += count;
    else
      for (const reason of found.reasons) {
        const key = JSON.stringify(reason);
        barred.set(key, { reason, count: count + (barred.get(key)?.count ?? 0) });
      }
  }
  return { movable, barred: [...barred.values()] };
}

/**
 * Owns how many open deadlines wait for the calendar of a year: a number, never a case; for whoever may see the change that brings it. Rules: [DCL13] [T11].
 */
import { endOfDay, startOfDay } from '@ganwei/calendar/zone';
import type { Actor } from '@ganwei/core/actor';
import type { Answer } from '@ganwei/core/contract';
import type { Host } from '../catalogue/host.ts';
import { countProvisional } from '../store/work.ts';
import { lookAtChange } from './change.ts';

export async function provisionalDeadlines(
  host: Host,
  actor: Actor,
  id: string,
  year: number,
): Promise<Answer<'provisionalDeadlines'>> {
  const tx = host.store.reader;
  await lookAtChange(tx, host, actor, id);
  return { waiting: await countProvisional(tx, startOfDay(`${year}-01-01`), endOfDay(`${year}-12-31`)) };
}

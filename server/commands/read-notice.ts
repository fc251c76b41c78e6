/** Verbs: a person has read a notice of his, or those he has been shown; his other pages hear of it. Rules: [MSG1] [MSG6]. */
import type { Body } from '@ganwei/core/contract';
import type { Host } from '../catalogue/host.ts';
import { readNotice as markOne, readNotices as markSome } from '../store/effects.ts';
import { type Call, run } from './run.ts';

export async function readNotice(host: Host, call: Call, id: string): Promise<void> {
  await run(host, call, (tx) => markOne(tx, call.actor.id, id, host.now()));
  host.tell([call.actor.id]);
}

export async function readNotices(host: Host, call: Call, { until, case: about }: Body<'readNotices'>): Promise<void> {
  const which = { until, ...(about !== undefined && { case: about }) };
  await run(host, call, (tx) => markSome(tx, call.actor.id, which, host.now()));
  host.tell([call.actor.id]);
}

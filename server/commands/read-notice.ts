/** Verb: a person has read a notice of his. */
import type { Host } from '../catalogue/host.ts';
import { readNotice as markRead } from '../store/effects.ts';
import { type Call, run } from './run.ts';

export const readNotice = (host: Host, call: Call, id: string): Promise<void> =>
  run(host, call, (tx) => markRead(tx, call.actor.id, id, host.now()));

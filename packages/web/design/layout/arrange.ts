/**
 * Owns drawing a page of a flow anew in the browser: where `npm run layout` would put each shape, line and name. It is loaded when it is asked for, and
 * ELK works in a worker of its own, because a large page takes seconds. Rule: [DES14].
 */
import ELK from 'elkjs/lib/elk-api.js';
import workerAt from 'elkjs/lib/elk-worker.min.js?url';
import { type Arrangement, placed } from './graph.mjs';

export type { Arrangement, Box, Point } from './graph.mjs';

/** `scope`: a process or sub-process of the model, which is only read. */
export async function arrange(scope: unknown): Promise<Arrangement> {
  const elk = new ELK({ workerFactory: () => new Worker(workerAt) });
  try {
    return await placed(scope, elk);
  } finally {
    elk.terminateWorker();
  }
}

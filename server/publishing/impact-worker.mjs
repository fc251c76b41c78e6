/**
 * Owns the thread in which cases are replayed. Plain JavaScript without imports of ours: `module` is the built impact-work.js beside the server,
 * or its source, which vite then loads for tests. Answers { flows } again and again, then { done } or { error }.
 */
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';

const { module, database, order } = workerData;

async function load() {
  if (!module.endsWith('.ts')) return import(module);
  const { runnerImport } = await import('vite');
  return (await runnerImport(module)).module;
}

try {
  // On Linux this is the thread's own: people at their desks come first.
  if (process.platform === 'linux') setPriority(0, 19);
  const { replayIn } = await load();
  await replayIn(database, order, (flows) => parentPort.postMessage({ flows }));
  parentPort.postMessage({ done: true });
} catch (error) {
  parentPort.postMessage({ error: error instanceof Error ? error.message : String(error) });
}

/**
 * Owns the thread of sandboxes. Plain JavaScript without imports of ours: `module` is the built sandbox-thread.js beside the server, or its source,
 * which vite then loads for tests. What it is asked and answers is said there.
 */
import { parentPort, workerData } from 'node:worker_threads';

const { module } = workerData;

async function load() {
  if (!module.endsWith('.ts')) return import(module);
  const { runnerImport } = await import('vite');
  return (await runnerImport(module)).module;
}

(await load()).serve(parentPort);

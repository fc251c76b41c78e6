/**
 * Owns the thread in which content is examined. Plain JavaScript without imports of ours: `module` is the built examine.js beside the
 * server, or its source, which vite then loads for tests. Takes { id, files, told }, with `asked` what is asked of names; answers
 * { id, answer } or { id, error }.
 */
import { parentPort, workerData } from 'node:worker_threads';

const { module } = workerData;

async function load() {
  if (!module.endsWith('.ts')) return import(module);
  const { runnerImport } = await import('vite');
  return (await runnerImport(module)).module;
}

const loading = load();
parentPort.on('message', async ({ id, files, asked, told }) => {
  try {
    const { examineTold, askNamesTold } = await loading;
    const answer = await (asked ? askNamesTold(files, asked, told) : examineTold(files, told));
    parentPort.postMessage({ id, answer });
  } catch (error) {
    parentPort.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});

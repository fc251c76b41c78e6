/** Owns the measured server: the built one, in a process of its own, on a data folder that is thrown away. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '../mariadb.mjs';
import { root, SERVER_FLAGS } from '../prepare.mjs';
import { makeClient, PASSWORD } from './client.mjs';

/** The server as it is delivered; another build of it can be measured beside. */
export const MAIN = process.env.BENCH_MAIN ?? 'dist/server/main.js';

/** Starts the server and waits until it is ready. `ask` puts a question to the probe inside it. */
export async function startServer(
  env = {},
  { data = mkdtempSync(path.join(os.tmpdir(), 'ganwei-bench-')), main = MAIN } = {},
) {
  const port = await freePort();
  const flags = [...SERVER_FLAGS, '--import', path.join(import.meta.dirname, 'probe.mjs')];
  const child = spawn(process.execPath, [...flags, path.join(root, main)], {
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIR: data,
      CONTENT_DIR: path.join(root, 'bench/content'),
      DEMO: '1',
      DEMO_PASSWORD: PASSWORD,
      LOG_LEVEL: 'error',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  // What it logs is an error: nothing in a measurement may fail. Its greeting is left out.
  child.stdout.on('data', (chunk) => {
    for (const line of chunk.toString().split('\n')) if (line.startsWith('{')) console.error(line);
  });
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  const waiting = new Map();
  child.on('message', ({ id, answer }) => {
    waiting.get(id)?.(answer);
    waiting.delete(id);
  });
  const client = makeClient(port);
  await ready(client, child);
  let asked = 0;
  return {
    client,
    address: `http://localhost:${port}`,
    data,
    pid: child.pid,
    ask: (question) =>
      new Promise((resolve) => {
        waiting.set(++asked, resolve);
        child.send({ id: asked, question });
      }),
    stop: ({ keep = false } = {}) =>
      new Promise((resolve) => {
        client.close();
        process.off('exit', end);
        child.on('exit', () => {
          if (!keep) rmSync(data, { recursive: true, force: true });
          resolve();
        });
        child.kill('SIGTERM');
      }),
  };
}

async function ready(client, child) {
  for (let i = 0; i < 300; i++) {
    if (child.exitCode !== null) throw new Error('the server did not start');
    const answered = await client.call('GET', '/readyz').then(
      () => true,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the server is not ready');
}

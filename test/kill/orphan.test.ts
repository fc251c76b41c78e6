/** What a killed server must not leave behind: its compiler of letters, busy or not. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';

const COMPILER = path.resolve(import.meta.dirname, '../../server/services/printer-worker.mjs');

/** A process that starts a compiler, gives it a letter, says the compiler's id and waits. */
const SERVER = `
  const compiler = require('node:child_process').fork(process.argv[1], ['/tmp'], { serialization: 'advanced', execArgv: [] });
  compiler.once('message', () => {
    compiler.send({ id: 1, source: process.argv[2] });
    setTimeout(() => console.log(compiler.pid), 500);
  });
`;

test.each([
  ['idle', '甲'],
  ['busy with a letter that never ends', '#let n = 0\n#for i in range(1000000000) { n += i }\n#n'],
])('[K9] a compiler that is %s ends with the server that is killed', async (_what, source) => {
  const server = spawn(process.execPath, ['-e', SERVER, COMPILER, source]);
  const compiler = await new Promise<number>((resolve) =>
    server.stdout.once('data', (chunk) => resolve(Number(chunk))),
  );
  expect(lives(compiler)).toBe(true);
  server.kill('SIGKILL');
  await expect.poll(() => lives(compiler), { timeout: 10_000 }).toBe(false);
});

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** `npm start`: from a fresh clone to the running product. Demo mode unless DEMO=0. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { build, machine, packages, root, SERVER_FLAGS } from './prepare.mjs';

packages();
machine(['fonts']);
build();
const env = { ...process.env, DEMO: process.env.DEMO ?? '1', LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn' };
const server = spawn(
  process.execPath,
  [...SERVER_FLAGS, path.join(root, 'dist/server/main.js'), ...process.argv.slice(2)],
  {
    stdio: 'inherit',
    env,
  },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
server.on('exit', (code) => process.exit(code ?? 0));

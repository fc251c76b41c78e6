/** `npm run dev`: rebuilds on every change; pages on 5173 with the API of the server behind them. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { build, machine, packages, root, SERVER_FLAGS } from './prepare.mjs';

packages();
machine(['fonts']);
build();
const vite = path.join(root, 'node_modules/vite/bin/vite.js');
const start = (args, env = {}) =>
  spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
const children = [
  start([vite, 'build', '--watch', '--config', 'server/vite.config.ts']),
  start([...SERVER_FLAGS, '--watch-path=dist/server', 'dist/server/main.js'], { DEMO: '1', LOG_LEVEL: 'info' }),
  start([vite, '--config', 'packages/web/vite.config.ts']),
];
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void children.map((child) => child.kill(signal)));

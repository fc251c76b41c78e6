/** `npm run admin:create -- NAME`: makes the first administrator of an installation that is not a demo. */
import path from 'node:path';
import { build, packages, root, run, SERVER_FLAGS } from './prepare.mjs';

packages();
build();
const env = { ...process.env, DEMO: '0', LOG_LEVEL: 'warn' };
run(
  process.execPath,
  [...SERVER_FLAGS, path.join(root, 'dist/server/main.js'), 'admin:create', ...process.argv.slice(2)],
  { env },
);

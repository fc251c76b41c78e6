/** `npm run doctor`: what the installation still lacks before its applications can work, and how each is mended. */
import path from 'node:path';
import { build, packages, root, run, SERVER_FLAGS } from './prepare.mjs';

packages();
build();
const env = { ...process.env, DEMO: process.env.DEMO ?? '0', LOG_LEVEL: 'fatal' };
run(process.execPath, [...SERVER_FLAGS, path.join(root, 'dist/server/main.js'), 'doctor'], { env });

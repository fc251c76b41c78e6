/** `npm test`: the whole suite - check, unit, store (SQLite and a throw-away MariaDB), commands, browser. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build, machine, packages, run } from './prepare.mjs';

/** Everything the suite keeps for a moment goes here, and goes with it. */
const own = mkdtempSync(path.join(tmpdir(), 'ganwei-suite-'));
process.env.TMPDIR = own;
process.on('exit', () => rmSync(own, { recursive: true, force: true, maxRetries: 3 }));

packages();
machine(['fonts', 'chromium', 'mariadb', 'poppler']);
run(process.execPath, ['scripts/check.mjs']);
build();
run(process.execPath, ['scripts/page-size.mjs']);
run('node_modules/.bin/vitest', ['run', ...process.argv.slice(2)]);
run('node_modules/.bin/playwright', ['test', '--config', 'test/web/playwright.config.ts']);

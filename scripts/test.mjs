/** `npm test`: the whole suite - check, unit, store (SQLite and a throw-away MariaDB), commands, browser. */
import { build, machine, packages, run } from './prepare.mjs';

packages();
machine(['fonts', 'chromium', 'mariadb', 'poppler']);
run(process.execPath, ['scripts/check.mjs']);
build();
run(process.execPath, ['scripts/page-size.mjs']);
run('node_modules/.bin/vitest', ['run', ...process.argv.slice(2)]);
run('node_modules/.bin/playwright', ['test', '--config', 'test/web/playwright.config.ts']);

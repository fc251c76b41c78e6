/** `npm run check`: format, lint, types. */
import { packages, run } from './prepare.mjs';

packages();
run('node_modules/.bin/biome', ['check', '--error-on-warnings', '.']);
run('node_modules/.bin/tsc', ['-p', '.']);

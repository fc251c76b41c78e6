/** `npm run test:models`: all random models of test/process against the oracle, the engine and the proof; the suite plays a part of them. */
import { packages, run } from './prepare.mjs';

packages();
process.env.MODELS = 'all';
run('node_modules/.bin/vitest', ['run', 'test/process/random']);

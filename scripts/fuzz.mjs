/** `npm run test:fuzz -- --requests 2000 --seed 7`: test/http/fuzz.test.ts with so many requests of each person, from this seed. */
import { parseArgs } from 'node:util';
import { packages, run } from './prepare.mjs';

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '2000' }, seed: { type: 'string', default: '1' } },
});
process.env.FUZZ_REQUESTS = values.requests;
process.env.FUZZ_SEED = values.seed;
packages();
run('node_modules/.bin/vitest', ['run', '--testTimeout=36000000', 'test/http/fuzz.test.ts']);

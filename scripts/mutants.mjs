/** `npm run test:mutants -- 450`: puts single mistakes into the shipped content and prints how many the check refuses, and which survive. */
import { packages, run } from './prepare.mjs';

packages();
const [count = '450', seed = '20261127'] = process.argv.slice(2);
process.env.MUTANTS = count;
process.env.SEED = seed;
run('node_modules/.bin/vitest', ['run', 'test/release/mutation.test.ts', '--disable-console-intercept']);

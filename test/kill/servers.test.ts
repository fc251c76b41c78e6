/** The short form of `npm run test:kill` with two servers on one MariaDB. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Result, shortRun, wrong } from './runs.ts';

let result: Result;
beforeAll(async () => {
  result = await shortRun({ database: 'two-servers', kills: 4, seed: 7, atOnce: 5 });
}, 120_000);
afterAll(() => result?.clear());

test('[K1] two servers on one MariaDB, killed while people work, lose nothing and do nothing twice [K2] [K3] [K4] [K5] [K6] [K7] [K9]', () => {
  expect(wrong(result.findings)).toEqual([]);
  expect(result.total.kills).toBeGreaterThanOrEqual(4);
  for (const what of ['cases', 'submissions', 'letters', 'timers', 'effects', 'children'])
    expect(result.total[what], what).toBeGreaterThan(0);
});

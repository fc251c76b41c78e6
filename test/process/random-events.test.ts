/** The second family of random processes: timers, messages, errors, races and jumps in between. */
import { expect, test } from 'vitest';
import { groups } from './campaign.ts';
import { checkProcess } from './playing.ts';

const CHUNKS = groups(10_000, 4, 50, 2);

test.each(CHUNKS)('[P3] [PRO5] the same with timers, messages, errors and jumps, models from %i', async (from) => {
  for (let seed = from; seed < from + 50; seed++) {
    const size = seed % 10 === 0 ? 12 : 5;
    const jumps = seed % 2 === 0 ? 0.25 : 0;
    expect(await checkProcess(seed, { events: true, jumps, size, cases: 3 })).toBeUndefined();
  }
});

/**
 * The room's central test: random block-structured processes against an oracle that knows nothing of BPMN. Every case is
 * checked after every step; most first steps are asked of the engine, later cases walk the table, and some steps are asked
 * again by a stepper without memory.
 */
import { expect, test } from 'vitest';
import { groups } from './campaign.ts';
import { checkProcess } from './playing.ts';

const CHUNKS = groups(0, 20, 100, 5);

test.each(CHUNKS)(
  '[P3] a step remembered equals a step run by the engine: sequence, parallel, choice, loop, sub-process, models from %i',
  async (from) => {
    for (let seed = from; seed < from + 100; seed++) {
      const size = seed % 25 === 0 ? 12 : 3;
      expect(await checkProcess(seed, { events: false, jumps: 0, size, cases: 3 })).toBeUndefined();
    }
  },
);

/** What is given at a step is told so that anybody can give it, on any day. Rule: [STORY11]. */
import { forAll, forOne, inAll, stepsOf } from '@ganwei/release/rerecord';
import { readStory, type Standing } from '@ganwei/release/story';
import { expect, test } from 'vitest';
import { below, type Random, randomFrom } from '../process/blocks.ts';

const CHEN = { person: 'chen', name: '陈舟', today: '2026-09-01' };
const LIN = { person: 'lin', name: '林一', today: '2026-10-08' };

/** Values of a form, deep as they come, with what belongs to a person among them. */
function anyValue(random: Random, depth = 3): unknown {
  const dice = below(random, depth > 0 ? 8 : 6);
  if (dice === 6) return Array.from({ length: below(random, 4) }, () => anyValue(random, depth - 1));
  if (dice === 7)
    return Object.fromEntries(['a', 'own', '名'].map((key) => [key, anyValue(random, depth - 1)] as const));
  return ['chen', '陈舟', '2026-09-01', '同意', below(random, 9), null][dice];
}

test('[STORY11] told for all and given by the same person on the same day it is what he has filled in', () => {
  for (let seed = 0; seed < 500; seed++) {
    const values = anyValue(randomFrom(seed));
    expect(forOne(forAll(values, CHEN), CHEN), `seed ${seed}`).toEqual(values);
    // nothing of his own is left in it
    expect(JSON.stringify(forAll(values, CHEN))).not.toMatch(/"chen"|陈舟|2026-09-01/);
  }
});

test('[STORY11] given by somebody else it is his name and his day, and all else as it was', () => {
  const values = {
    sign: { personId: 'chen', name: '陈舟' },
    on: '2026-09-01',
    since: '2026-08-01',
    note: '陈舟同意',
    file: { file: '纪要.pdf' },
  };
  expect(forOne(forAll(values, CHEN), LIN)).toEqual({
    ...values,
    sign: { personId: 'lin', name: '林一' },
    on: '2026-10-08',
  });
});

test('[STORY10] a story knows the steps that it acts on and expects, whichever case they are of', () => {
  const story = readStory(
    JSON.stringify({
      story: 'one',
      title: '一',
      begin: '2026-09-01T09:00',
      cast: 'other',
      acts: [
        { by: 'a', start: 'visit/start', expect: { waiting: [{ step: 'visit#2/check', who: ['b'] }] } },
        { by: 'b', submit: 'visit#2/sign', outcome: 'agree' },
        { clock: '2026-09-02T09:00' },
      ],
    }),
  );
  expect([...stepsOf(story)]).toEqual(['visit/check', 'visit/sign']);
});

test('[STORY10] of acts that follow each other it counts what waits in the end, and all that was issued and has ended', () => {
  const standing = (waiting: string, letter: string): Standing => ({
    waiting: [{ step: waiting, who: [] }],
    issued: [{ letter, of: 'f', number: '1' }],
    ended: [],
    stuck: [],
  });
  expect(inAll([standing('f/a', 'one'), standing('f/b', 'two')])).toEqual({
    ...standing('f/b', 'two'),
    issued: [...standing('', 'one').issued, ...standing('', 'two').issued],
  });
});

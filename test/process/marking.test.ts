import { readFileSync } from 'node:fs';
import { compileProcess } from '@ganwei/process/compile';
import { digest } from '@ganwei/process/marking';
import { makeStepper } from '@ganwei/process/step';
import { expect, test } from 'vitest';
import { stimulusOf, walk } from './walk.ts';

interface Kept {
  /** the process as it was published */
  source: string;
  /** a case midway: marking, its text, and what was still to be done until the end */
  cases: { marking: string; text: string; rest: string[] }[];
}

const kept = JSON.parse(readFileSync(new URL('../upgrade/process-markings.json', import.meta.url), 'utf8')) as Kept;
const process = await compileProcess(kept.source);

test('[PRO14] every marking stored by an earlier release goes on to the end', async () => {
  expect(kept.cases.length).toBeGreaterThan(5);
  for (const { marking, text, rest } of kept.cases) {
    const stepper = makeStepper(process);
    const texts = new Map([[marking, text]]);
    let at: string | null = marking;
    for (const what of rest) {
      const leaf = await stepper.step(
        at,
        stimulusOf(what),
        () => false,
        async (hash) => texts.get(hash),
      );
      if (leaf.next && leaf.text) texts.set(leaf.next, leaf.text);
      at = leaf.next;
    }
    expect(at).toBeNull();
  }
});

test('[PRO14] the digest of a text never changes', () => {
  expect(digest('')).toBe('00000000000000000000000000000000');
  expect(digest('I will not buy this record, it is scratched.')).toBe('a0a9683b25ac5e40d9af2895890dddf5');
  expect(digest('敢为')).not.toBe(digest('敢為'));
  for (const { marking, text } of kept.cases) expect(digest(text)).toBe(marking);
});

test('[PRO14] two cases that came to the same point in different ways have the same marking', async () => {
  const one = await walk(process);
  const two = await walk(process);
  for (const deed of ['start s', 'complete a', 'complete b', 'complete c']) await one.go(deed);
  for (const deed of ['start s', 'complete a', 'complete c', 'jump b b', 'complete b']) await two.go(deed);
  expect(one.marking).toBe(two.marking);
});

test('[PRO14] a marking holds no time and no random id', async () => {
  const story = await walk(process);
  await story.go('start s');
  const text = story.texts.get(String(story.marking)) ?? '';
  expect(text).not.toMatch(/timestamp|messageId|20\d\d-\d\d-\d\d/);
  const ids = text.match(/_[0-9a-f]{10}/g) ?? [];
  expect(ids.length).toBeGreaterThan(0);
  for (const id of ids) expect(id).toMatch(/^_0000/);
});

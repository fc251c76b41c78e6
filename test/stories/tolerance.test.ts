/** The acceptance stories of the tolerance process, on the real content and through the real commands. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paperPrinter, type World, type WorldOptions } from '../commands/world.ts';
import { replayAll } from '../publishing/replays.ts';
import { admitting, beginning, supplementing } from './tolerance-beginning.ts';
import { ending, ONE_STEP, signing } from './tolerance-deciding.ts';
import { fast, judging, weighing } from './tolerance-judging.ts';
import { measures } from './tolerance-measures.ts';
import { reviewing } from './tolerance-reviewed.ts';
import { revoked } from './tolerance-revoked.ts';
import { running } from './tolerance-running.ts';
import { remember, seen, toBeSeen } from './tolerance-seen.ts';
import { content, stage } from './tolerance-walk.ts';

/** Stories told on one stage whose clock only goes forward. */
function on(now: string, title: string, stories: (open: () => World) => void, more: Partial<WorldOptions> = {}): void {
  describe(title, () => {
    let w: World;
    beforeAll(async () => {
      w = await stage(now, more);
    });
    afterAll(async () => {
      await remember(w);
      await w.stop();
    });
    stories(() => w);
    test('[IMP1] replayed by the record, every case of these stories stands where it really stands', async () => {
      // A filing waits for news from its supervision again and again: the record brings the last of them only.
      const cases = (await replayAll(w)).filter(({ really }) => !really.includes('risk-filing'));
      expect(cases.length).toBeGreaterThan(0);
      expect(cases.map(({ replayed }) => replayed)).toEqual(cases.map(({ really }) => really));
    });
  });
}

on('2026-03-02T09:00', 'how a case begins', beginning);
on('2026-03-02T09:00', 'taking it up', admitting);
on('2026-09-21T09:00', 'asking for more', supplementing);
on('2026-03-02T09:00', 'weighing a filing', weighing);
on('2026-03-02T09:00', 'judging', judging);
on('2026-01-12T09:00', 'a filing that is revoked', revoked);

/** Content in which the fast track is switched on, as an administrator would do it. */
const SWITCHED = content((file) =>
  file.key === 'fast-track'
    ? {
        ...file,
        source: file.source.replace('<text>false</text></literalExpression>', '<text>true</text></literalExpression>'),
      }
    : file,
);
on('2026-03-02T09:00', 'the fast track', fast, { content: SWITCHED });

const paper = paperPrinter();
const printer = {
  printed: paper.printed,
  broken: false,
  print(source: string) {
    if (printer.broken) throw new Error('印章服务没有响应');
    return paper.print(source);
  },
};
on('2026-03-02T09:00', 'signing', (open) => signing(open, printer), { printer });
on('2026-03-02T09:00', 'subjects, matters, time', (open) => measures(open, printer), { printer });

/** The decision calls a rectification of one step, so that the story ends with it. */
const ONE_STEP_RECTIFICATION = [
  ...content((file) =>
    file.kind === 'process' && file.key === 'tolerance'
      ? {
          ...file,
          source: file.source.replace('call process="rectification.rectification"', 'call process="one-step"'),
        }
      : file,
  ),
  { kind: 'process', key: 'one-step', file: 'one-step.bpmn', source: ONE_STEP } as const,
];
on('2026-03-02T09:00', 'the ends', ending, { content: ONE_STEP_RECTIFICATION });
on('2026-03-02T09:00', 'reviewing the decision', reviewing);
on('2026-03-02T09:00', 'around it', running);

test('[CON50] the stories give every outcome of every step, fire every timer and reach every end', async () => {
  expect((await toBeSeen()).filter((thing) => !seen.has(thing))).toEqual([]);
});

import { readFileSync } from 'node:fs';
import { compileProcess } from '@ganwei/process/compile';
import { makeStepper, NoWay, Uncaught } from '@ganwei/process/step';
import { describe, expect, test } from 'vitest';
import { boundary, correlated, diagram, flow, node, onError, onMessage, service, timer, user } from './diagram.ts';
import { stimulusOf, walk } from './walk.ts';

const rich = await compileProcess(readFileSync(new URL('fixtures/rich.bpmn', import.meta.url), 'utf8'), {
  functions: { reached: { params: [1, 1], call: () => true } },
});
const line = (inner: string): string => `${node('startEvent', 's')}${inner}${node('endEvent', 'e')}`;
const choice = diagram(
  line(
    `${flow('f1', 's', 'u')}${user('u')}${flow('f2', 'u', 'g')}${node('exclusiveGateway', 'g', 'default="f4"')}` +
      `${flow('f3', 'g', 'u', 'again')}${flow('f4', 'g', 'e')}`,
  ),
);

describe('one rich process', () => {
  test('[PRO6] a leaf tells what opened, closed, was taken and passed, in order', async () => {
    const story = await walk(rich);
    expect(await story.go('start apply')).toBe('number');
    expect(story.last()).toMatchObject({ taken: ['f1', 'f4'], passed: ['apply', 'begin'], closed: [], ends: [] });
    expect(await story.go('complete number')).toBe('nudge overdue review revoked');
    expect(story.last().opened).toContainEqual({ slot: 'nudge', node: 'nudge', kind: 'timer', host: 'review' });
    expect(await story.go('complete review')).toBe('decide');
    expect(story.last()).toMatchObject({
      kept: [],
      closed: ['review', 'nudge', 'overdue', 'revoked'],
      passed: ['merge'],
    });
    expect(await story.go('complete decide')).toBe('purchase store');
    expect(story.last()).toMatchObject({
      answers: [['f14', false]],
      passed: ['agreed', 'fork', 'delivery', 'd_start'],
    });
    expect(await story.go('complete purchase')).toBe('answered silent store');
    expect(await story.go('message answered')).toBe('store');
    expect(story.last()).toMatchObject({ kept: [['store', 'store']], closed: ['answered', 'silent'] });
    expect(await story.go('complete store')).toBe('(end)');
    expect(story.last()).toMatchObject({ next: null, ends: ['d_end', 'finished'], closed: ['store'] });
  });

  test('[PRO7] a timer that does not interrupt fires as often as its cycle says and opens its branch each time', async () => {
    const story = await walk(rich);
    await story.go('start by_phone');
    await story.go('complete number');
    expect(await story.go('fire nudge')).toBe('notify nudge overdue review revoked');
    expect(story.last().closed).toEqual(['nudge']);
    expect(story.last().opened.map(({ slot }) => slot)).toEqual(['nudge', 'notify']);
    expect(await story.go('complete notify')).toBe('nudge overdue review revoked');
    expect(story.last().ends).toEqual(['nudged']);
    await story.go('fire nudge');
    await story.go('complete notify');
    expect(await story.go('fire nudge')).toBe('notify overdue review revoked');
  });

  test('[PRO7] an interrupting timer closes its host and everything attached to it', async () => {
    const story = await walk(rich);
    await story.go('start apply');
    await story.go('complete number');
    expect(await story.go('fire overdue')).toBe('chief');
    expect(story.last()).toMatchObject({ closed: ['review', 'nudge', 'overdue', 'revoked'], passed: ['overdue'] });
  });

  test('[PRO8] a message at a boundary interrupts, and a terminating end ends the case at once', async () => {
    const story = await walk(rich);
    await story.go('start reported');
    await story.go('complete number');
    await story.go('fire nudge');
    expect(await story.go('message revoked')).toBe('(end)');
    expect(story.last()).toMatchObject({ ends: ['stopped'], passed: ['revoked'] });
  });

  test('[PRO8] an error end event of a sub-process is caught by its boundary event', async () => {
    const story = await walk(rich, { d3: true });
    await story.go('start apply');
    await story.go('complete number');
    await story.go('complete review');
    await story.go('complete decide');
    expect(await story.go('complete store')).toBe('purchase takeback');
    expect(story.last()).toMatchObject({ passed: ['fits', 'refused', 'failed'], ends: [] });
  });
});

describe('memory', () => {
  test('[P3] the second case of a kind never asks the engine', async () => {
    const story = await walk(choice);
    const play = async (): Promise<void> => {
      let marking: string | null = null;
      for (const what of ['start s', 'complete u']) {
        const load = async (hash: string) => story.texts.get(hash);
        const leaf = await story.stepper.step(marking, stimulusOf(what), () => false, load);
        if (leaf.next && leaf.text) story.texts.set(leaf.next, leaf.text);
        marking = leaf.next;
      }
    };
    await play();
    await play();
    expect(story.stepper.stats).toMatchObject({ hits: 2, misses: 2 });
  });

  test('[P3] a node left and entered again in one step is closed and opened', async () => {
    const story = await walk(choice, { f3: true });
    await story.go('start s');
    expect(await story.go('complete u')).toBe('u');
    expect(story.last()).toMatchObject({ kept: [], closed: ['u'], opened: [{ slot: 'u' }], answers: [['f3', true]] });
  });

  test('[PRO9] a leaf carries the text of its marking until that is known to be stored', async () => {
    const story = await walk(choice);
    await story.go('start s');
    const { next, text } = story.last();
    const again = (): unknown =>
      story.stepper.step(
        null,
        stimulusOf('start s'),
        () => false,
        async () => undefined,
      );
    expect(again()).toMatchObject({ next, text });
    story.stepper.saved(String(next));
    expect(again()).not.toHaveProperty('text');
    expect(story.stepper.waits(String(next))).toEqual([{ slot: 'u', node: 'u', kind: 'user' }]);
  });

  test('[PRO9] any node of a cluster can go on from the stored text alone', async () => {
    const story = await walk(rich);
    await story.go('start apply');
    await story.go('complete number');
    const other = makeStepper(rich);
    const leaf = await other.step(
      story.marking,
      stimulusOf('complete review'),
      () => false,
      async (hash) => story.texts.get(hash),
    );
    expect(leaf.opened.map(({ slot }) => slot)).toEqual(['decide']);
    const lost = other.step(
      '0'.repeat(32),
      stimulusOf('complete review'),
      () => false,
      async () => undefined,
    );
    await expect(lost).rejects.toThrow('not stored');
  });

  test('[PRO9] memory is bounded: what was forgotten is asked again with the same result', async () => {
    const process = await compileProcess(choice);
    const stepper = makeStepper(process, { edges: 1 });
    const texts = new Map<string, string>();
    const load = async (hash: string) => texts.get(hash);
    const once = async () => {
      const first = await stepper.step(null, stimulusOf('start s'), () => false, load);
      texts.set(String(first.next), String(first.text));
      return [first.next, (await stepper.step(first.next, stimulusOf('complete u'), () => false, load)).next];
    };
    expect(await once()).toEqual(await once());
    expect(stepper.stats).toMatchObject({ misses: 4, edges: 1 });
  });
});

describe('what is refused', () => {
  test.each(['complete e', 'complete x', 'fire u', 'message u', 'error e NO', 'jump e x', 'start s'])(
    '[PRO10] %s is refused when nothing of that kind waits',
    async (what) => {
      const story = await walk(choice);
      await story.go('start s');
      await expect(story.go(what)).rejects.toThrow('not waiting');
    },
  );

  test('[PRO10] a start at something that is no start event is refused', async () => {
    await expect((await walk(choice)).go('start u')).rejects.toThrow('no start event');
  });

  test('[PRO11] an error in a condition passes through and leaves the memory usable', async () => {
    const story = await walk(choice);
    await story.go('start s');
    const load = async (hash: string) => story.texts.get(hash);
    const broken = (): boolean => {
      throw new TypeError('amount is unknown');
    };
    const failing = story.stepper.step(story.marking, stimulusOf('complete u'), broken, load);
    await expect(failing).rejects.toThrow(TypeError);
    expect(await story.go('complete u')).toBe('(end)');
    expect(() => story.stepper.step(null, stimulusOf('start s'), broken, load)).not.toThrow();
  });

  test('[PRO11] a gateway without a way is named', async () => {
    const process = await compileProcess(choice);
    const text = process.context.replace(
      '"isDefault":true,"behaviour":{}',
      '"behaviour":{"conditionExpression":{"type":"bpmn:FormalExpression","body":"?f4"}}',
    );
    const story = await walk({ ...process, context: text });
    await story.go('start s');
    await expect(story.go('complete u')).rejects.toThrow(NoWay);
    await expect(story.go('complete u')).rejects.toMatchObject({ gateway: 'g' });
  });

  test('[PRO8] an error is caught by code, by an event for every code, or not at all', async () => {
    const guarded = diagram(
      line(
        `${flow('f1', 's', 'v')}${service('v')}${flow('f2', 'v', 'm')}${node('exclusiveGateway', 'm')}${flow('f3', 'm', 'e')}` +
          `${boundary('no', 'v', onError('x'))}${flow('f4', 'no', 'u')}${user('u')}${flow('f5', 'u', 'w')}${service('w')}` +
          `${boundary('any', 'w', onError())}${flow('f6', 'any', 'z')}${user('z')}${flow('f7', 'z', 'm')}${flow('f8', 'w', 'm')}`,
      ),
      '<error id="x" errorCode="NO"/>',
    );
    const story = await walk(guarded);
    await story.go('start s');
    await expect(story.go('error v OTHER')).rejects.toThrow(Uncaught);
    expect(await story.go('error v NO')).toBe('u');
    await story.go('complete u');
    expect(await story.go('error w OTHER')).toBe('z');
  });
});

test('[PRO8] tokens left at a join are an incident, never an end', async () => {
  const stuck = diagram(
    line(
      `${flow('f1', 's', 'g')}${node('exclusiveGateway', 'g', 'default="f3"')}${flow('f2', 'g', 'a', 'x')}${flow('f3', 'g', 'b')}` +
        `${user('a')}${user('b')}${flow('f4', 'a', 'j')}${flow('f5', 'b', 'j')}${node('parallelGateway', 'j')}${flow('f6', 'j', 'e')}`,
    ),
  );
  const story = await walk(stuck);
  await story.go('start s');
  await story.go('complete b');
  expect(story.last()).toMatchObject({ stuck: ['j'], ends: [], opened: [] });
  expect(story.last().next).not.toBeNull();
  expect(await story.go('jump a')).toBe('a');
});

test('[PRO7] whichever of an event gateway comes first withdraws the other', async () => {
  const race = diagram(
    line(
      `${flow('f1', 's', 'g')}${node('eventBasedGateway', 'g')}${flow('f2', 'g', 't')}${flow('f3', 'g', 'm')}` +
        `${node('intermediateCatchEvent', 't', '', timer('timeDuration', 'P1D'))}${flow('f4', 't', 'u')}${user('u')}` +
        `${node('intermediateCatchEvent', 'm', '', correlated + onMessage('n'))}${flow('f5', 'm', 'v')}${user('v')}` +
        `${flow('f6', 'u', 'j')}${flow('f7', 'v', 'j')}${node('exclusiveGateway', 'j')}${flow('f8', 'j', 'e')}`,
    ),
    '<message id="n" name="note"/>',
  );
  const story = await walk(race);
  expect(await story.go('start s')).toBe('m t');
  expect(await story.go('fire t')).toBe('u');
  expect(await story.go('jump g u')).toBe('m t');
  expect(await story.go('message m')).toBe('v');
  expect(await story.go('complete v')).toBe('(end)');
});

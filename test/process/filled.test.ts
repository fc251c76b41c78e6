/**
 * What can be there and what must be there when a step begins: by small drawings, and on random processes against the token game,
 * which tells what had really been done whenever something opened. Rule: [REL61].
 */
import { compileProcess } from '@ganwei/process/compile';
import { filledIn } from '@ganwei/process/filled';
import { gameOf } from '@ganwei/process/game';
import type { ProcessModel, ProcessNode } from '@ganwei/process/model';
import type { Wait } from '@ganwei/process/step';
import { expect, test } from 'vitest';
import { below, fileOf, type Random, randomBlock, randomFrom } from './blocks.ts';
import { boundary, diagram, flow, node, timer, user } from './diagram.ts';
import { rewiredProcess } from './rewired.ts';

const STEPS = ['user', 'service', 'call'];
const itself = ({ id, kind }: ProcessNode): string[] => (STEPS.includes(kind) ? [id] : []);

async function filled(body: string) {
  const { model } = await compileProcess(diagram(body));
  const { possible, certain } = filledIn(model, itself);
  return (id: string) => [[...possible(id)].sort().join(' '), [...certain(id)].sort().join(' ')];
}

const choice = node('exclusiveGateway', 'g', 'name="g" default="no"');
const ways = flow('yes', 'g', 'b', '1 = 1') + flow('no', 'g', 'c');

test('[REL61] after a choice what either way fills is possible, and only what both fill is certain', async () => {
  const at = await filled(
    `${node('startEvent', 's')}${user('a')}${choice}${user('b')}${user('c')}${user('d')}${node('endEvent', 'e')}${ways}` +
      flow('f1', 's', 'a') +
      flow('f2', 'a', 'g') +
      flow('f3', 'b', 'd') +
      flow('f4', 'c', 'd') +
      flow('f5', 'd', 'e'),
  );
  expect([at('a'), at('b'), at('d')]).toEqual([
    ['', ''],
    ['a', 'a'],
    ['a b c', 'a'],
  ]);
});

test('[REL61] what is filled on the branch beside is possible, and after the join certain', async () => {
  const at = await filled(
    `${node('startEvent', 's')}${node('parallelGateway', 'k')}${user('a')}${user('b')}${node('parallelGateway', 'q')}${user('c')}${node('endEvent', 'e')}` +
      flow('f1', 's', 'k') +
      flow('f2', 'k', 'a') +
      flow('f3', 'k', 'b') +
      flow('f4', 'a', 'q') +
      flow('f5', 'b', 'q') +
      flow('f6', 'q', 'c') +
      flow('f7', 'c', 'e'),
  );
  expect([at('a'), at('b'), at('c')]).toEqual([
    ['b c', ''],
    ['a c', ''],
    ['a b c', 'a b'],
  ]);
});

test('[REL61] an event that interrupts a step comes before what the step fills, and a loop brings later things back', async () => {
  const at = await filled(
    `${node('startEvent', 's')}${user('a')}${boundary('late', 'a', timer('timeDuration', 'PT1H'))}${user('b')}${user('c')}${choice}${node('endEvent', 'e')}` +
      flow('f1', 's', 'a') +
      flow('f2', 'late', 'c') +
      flow('f3', 'a', 'g') +
      ways.replace('"c"', '"e"').replace('targetRef="c"', 'targetRef="e"') +
      flow('f4', 'b', 'a') +
      flow('f5', 'c', 'e'),
  );
  expect([at('a'), at('b'), at('c')]).toEqual([
    ['a b', ''],
    ['a b', 'a'],
    ['a b', ''],
  ]);
});

test('[REL61] behind a phase with two ends what one of them brings is supposed: a gateway asks which end it was', async () => {
  const phase = `<bpmn:subProcess id="phase">${node('startEvent', 'ps')}${node('exclusiveGateway', 'g', 'name="g" default="no"')}${user('b')}${node('endEvent', 'full')}${node('endEvent', 'empty')}${flow('yes', 'g', 'b', '1 = 1')}${flow('no', 'g', 'empty')}${flow('p1', 'ps', 'g')}${flow('p2', 'b', 'full')}</bpmn:subProcess>`;
  const body = `${node('startEvent', 's')}${phase}${user('c')}${node('endEvent', 'e')}${flow('f1', 's', 'phase')}${flow('f2', 'phase', 'c')}${flow('f3', 'c', 'e')}`;
  const { model } = await compileProcess(diagram(body));
  const { possible, certain, supposed } = filledIn(model, itself);
  expect([possible('c'), certain('c'), supposed('c')].map((names) => [...names])).toEqual([['b'], [], ['b']]);
});

const MOST_MOVES = 40;

/** One case in random order: the first step that began with something impossible done, or something certain undone. */
function contradiction(model: ProcessModel, random: Random): string | undefined {
  const game = gameOf(model);
  const { possible, certain } = filledIn(model, itself);
  const done = new Set<string>();
  let marking: string | null = null;
  let open: readonly Wait[] = [];
  for (let n = 0; n < MOST_MOVES; n++) {
    const wait = open[below(random, open.length || 1)];
    const stimulus = wait
      ? ({
          kind: wait.kind === 'timer' ? 'fire' : wait.kind === 'message' ? 'message' : 'complete',
          slot: wait.slot,
        } as const)
      : ({ kind: 'start', startEvent: 'start' } as const);
    if (wait) for (const id of itself(model.nodes.get(wait.node) as ProcessNode)) done.add(id);
    let move: ReturnType<typeof game.move>;
    try {
      move = game.move(marking, stimulus, () => random() < 0.5);
    } catch {
      return undefined;
    }
    for (const { node: id } of move.opened) {
      const early = [...done].find((one) => !possible(id).has(one));
      const missing = [...certain(id)].find((one) => !done.has(one));
      if (early || missing) return `${id}: ${early} was done, ${missing} was not`;
    }
    if (move.next === null || move.open.length === 0) return undefined;
    marking = move.next;
    open = move.open;
  }
  return undefined;
}

test.each([10_000, 20_000, 30_000])('[REL61] no case contradicts it, random processes from %i', async (from) => {
  for (let seed = from; seed < from + 60; seed++) {
    const random = randomFrom(seed);
    const compiled =
      seed % 2 === 0
        ? await compileProcess(fileOf(randomBlock(random, true, 8)))
        : await rewiredProcess(random, true, 8);
    for (let n = 0; compiled && n < 5; n++)
      expect(contradiction(compiled.model, random), `seed ${seed}`).toBeUndefined();
  }
});

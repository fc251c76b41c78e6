/** A case that waits at a step which the new version puts into one branch of a fork: the other branches begin, and what follows the join runs once. */
import { because } from '@ganwei/core/reason';
import { compileProcess } from '@ganwei/process/compile';
import { engineContext } from '@ganwei/process/context';
import { type Instead, type Migration, migrate } from '@ganwei/process/migrate';
import type { ProcessFlow, ProcessModel, ProcessNode } from '@ganwei/process/model';
import { type CompiledProcess, type Leaf, makeStepper, type Wait } from '@ganwei/process/step';
import { describe, expect, test } from 'vitest';
import { answer, below, fileOf, type Random, randomBlock, randomFrom } from './blocks.ts';
import { boundary, diagram, flow, node, timer, user } from './diagram.ts';
import { applied } from './playing.ts';
import { type Walk, walk } from './walk.ts';

const version = (model: ProcessModel): CompiledProcess => ({ model, context: engineContext(model), hash: 'new' });

/** What a fork drawn around a step brings: the steps beside it, branch by branch. */
interface Drawn {
  model: ProcessModel;
  beside: string[][];
  join: string;
}

/** A fork of this kind around a step; of an inclusive one the condition of every second branch does not hold. */
function forkedAround(model: ProcessModel, step: string, kind: 'Parallel' | 'Inclusive', random: Random): Drawn {
  const like = model.nodes.get(step) as ProcessNode;
  const [fork, join] = [`${step}F`, `${step}J`];
  const nodes = new Map(model.nodes);
  const flows = new Map(model.flows);
  const { parent } = like;
  const made = (id: string, type: string, kind_: ProcessNode['kind']): void => {
    nodes.set(id, { ...like, id, name: id, type, kind: kind_, ...(parent !== undefined && { parent }) });
  };
  const link = (id: string, source: string, target: string, condition?: string): void => {
    flows.set(id, { id, name: '', source, target, ...(condition !== undefined && { condition }) });
  };
  for (const gate of [fork, join]) made(gate, `bpmn:${kind}Gateway`, 'gateway');
  for (const [id, one] of model.flows) {
    if (one.target === step) flows.set(id, { ...one, target: fork });
    if (one.source === step) flows.set(id, { ...one, source: join });
  }
  link(`${fork}0`, fork, step, kind === 'Inclusive' ? 'is_0_0' : undefined);
  link(`${join}0`, step, join);
  const beside: string[][] = [];
  for (let branch = 1; branch <= 1 + below(random, 2); branch++) {
    const holds = kind === 'Parallel' || branch % 2 === 1;
    const steps = Array.from({ length: below(random, 3) }, (_, at) => `${step}b${branch}_${at}`);
    for (const id of steps) made(id, 'bpmn:UserTask', 'user');
    const way = [fork, ...steps, join];
    way.slice(1).forEach((id, at) => {
      const condition = at === 0 && kind === 'Inclusive' ? `is_${holds ? 0 : 1}_0` : undefined;
      link(`${fork}${branch}_${at}`, way[at] as string, id, condition);
    });
    beside.push(holds ? steps : []);
  }
  return { model: { ...model, nodes, flows }, beside, join };
}

type Moved = Exclude<Migration, { reasons: unknown }>;

/** Plays the case taken up in the new version to its end, in random order; every leaf on the way. */
async function playedOn(to: CompiledProcess, moved: Moved, waits: Map<string, Wait>, random: Random): Promise<Leaf[]> {
  const stepper = makeStepper(to);
  const texts = new Map([[moved.marking, moved.text]]);
  const rounds = new Map<string, number>();
  const decide = ({ condition }: ProcessFlow): boolean => answer(String(condition), rounds);
  const load = async (hash: string) => texts.get(hash);
  const resume = { kind: 'resume' as const, waits: [...waits.keys()], branches: moved.branches };
  const leaves = [await stepper.step(moved.marking, resume, decide, load)];
  let open = applied(waits, leaves[0] as Leaf);
  for (let n = 0; n < 200; n++) {
    const { next, text } = leaves.at(-1) as Leaf;
    if (next === null) return leaves;
    if (text !== undefined) texts.set(next, text);
    const wait = [...open.values()][below(random, open.size)];
    if (!wait) throw new Error(`nothing waits in ${next}`);
    leaves.push(await stepper.step(next, { kind: 'complete', slot: wait.slot }, decide, load));
    open = applied(open, leaves.at(-1) as Leaf);
  }
  throw new Error('it does not end');
}

/** Loops of the blocks come round again: what is counted is what happens before the join opens first. */
const untilPassed = (leaves: readonly Leaf[], join: string): Leaf[] =>
  leaves.slice(0, leaves.findIndex(({ passed }) => passed.includes(join)) + 1);

describe.each(['Parallel', 'Inclusive'] as const)('a %s fork drawn around a step that waits', (kind) => {
  test('[PRO82] its other branches begin, each step of them once, the join opens once, and the case can end', async () => {
    let tried = 0;
    for (let seed = 95_000; seed < 95_030; seed++) {
      const random = randomFrom(seed);
      const old = await compileProcess(fileOf(randomBlock(random, false, 6)));
      const played = await walk(old);
      await played.go('start start');
      let waits = applied(new Map(), played.last());
      for (let n = below(random, 3); n > 0 && waits.size > 1; n--) {
        const rounds = [...waits.keys()];
        await played.go(`complete ${rounds[below(random, rounds.length)]}`);
        waits = applied(waits, played.last());
      }
      const steps = [...waits.values()].filter(({ kind: one }) => one === 'user');
      if (steps.length === 0 || played.marking === null) continue;
      const chosen = steps.filter((_, at) => at === 0 || random() < 0.5).map(({ node: id }) => id);
      const drawn: Drawn[] = [];
      for (const step of chosen) drawn.push(forkedAround(drawn.at(-1)?.model ?? old.model, step, kind, random));
      const to = version(drawn.at(-1)!.model);
      const moved = await migrate(played.texts.get(played.marking) as string, old, to);
      if ('reasons' in moved) throw new Error(`seed ${seed}: ${JSON.stringify(moved.reasons)}`);
      const leaves = await playedOn(to, moved, waits, random);
      for (const { beside, join } of drawn) {
        const before = untilPassed(leaves, join);
        expect(
          before.flatMap(({ passed }) => passed).filter((id) => id === join),
          `seed ${seed}`,
        ).toEqual([join]);
        const opened = before.flatMap((leaf) => leaf.opened.map(({ node: id }) => id));
        for (const steps_ of beside) for (const id of steps_) expect(opened.filter((one) => one === id)).toEqual([id]);
      }
      tried++;
    }
    expect(tried).toBeGreaterThan(20);
  });
});

// ---- drawn by hand --------------------------------------------------------------------------------------------------

const PAR = (id: string) => node('parallelGateway', id);
/** `s -> a -> c -> e`. */
const LINE = diagram(
  `${node('startEvent', 's')}${flow('f1', 's', 'a')}${user('a')}${flow('f2', 'a', 'c')}${user('c')}${flow('f3', 'c', 'e')}${node('endEvent', 'e')}`,
);
/** The steps in one fork, one branch for each, then c. */
const forked = (steps: readonly string[], more = '') =>
  diagram(
    `${node('startEvent', 's')}${flow('f1', 's', 'g')}${PAR('g')}${PAR('j')}${flow('f9', 'j', 'c')}${user('c')}${flow('f3', 'c', 'e')}${node('endEvent', 'e')}` +
      steps.map((id) => `${user(id)}${flow(`g_${id}`, 'g', id)}${flow(`${id}_j`, id, 'j')}`).join('') +
      more,
  );

async function at(source: string, ...done: string[]): Promise<{ old: CompiledProcess; played: Walk; text: string }> {
  const old = await compileProcess(source);
  const played = await walk(old);
  for (const what of ['start s', ...done]) await played.go(what);
  return { old, played, text: played.texts.get(String(played.marking)) as string };
}

async function taken(source: string, from: Awaited<ReturnType<typeof at>>, instead?: Instead) {
  const to = await compileProcess(source);
  const moved = await migrate(from.text, from.old, to, instead);
  if ('reasons' in moved) return moved;
  const waits = ['a', 'b', 'c', 'd', 't'].filter((id) => from.text.includes(`"${id}"`) && !moved.left.includes(id));
  const stepper = makeStepper(to);
  const resume = { kind: 'resume' as const, waits, branches: moved.branches };
  const leaf = await stepper.step(
    moved.marking,
    resume,
    () => true,
    async () => moved.text,
  );
  return { ...moved, opened: leaf.opened.map(({ node: id }) => id), leaf, stepper };
}

test('[PRO82] a fork that was there already is left alone, and so is a step that stands before or behind the new one', async () => {
  expect(await taken(forked(['a', 'b', 'd']), await at(forked(['a', 'b'])))).toMatchObject({
    branches: ['g_d'],
    opened: ['d'],
  });
  expect(await taken(forked(['a', 'b', 'd']), await at(forked(['a', 'b']), 'complete a'))).toMatchObject({
    opened: ['d'],
  });
  expect(await taken(forked(['a', 'b']), await at(LINE, 'complete a'))).toMatchObject({ branches: [], opened: [] });
  const reminded = (one: string) =>
    one.replace(
      '</process>',
      `${boundary('t', 'a', timer('timeDuration', 'P1D'), false)}${flow('t1', 't', 'n')}${user('n')}${flow('t2', 'n', 'e9')}${node('endEvent', 'e9')}</process>`,
    );
  expect(await taken(reminded(forked(['a', 'b'])), await at(reminded(LINE)))).toMatchObject({ opened: ['b'] });
});

test('[PRO82] branches in a fork within a fork begin at every depth, each once', async () => {
  const inner = `${PAR('h')}${PAR('k')}${flow('h_a', 'h', 'a')}${flow('h_b', 'h', 'b')}${flow('a_k', 'a', 'k')}${flow('b_k', 'b', 'k')}${user('a')}${user('b')}`;
  const source = forked(['d'], `${inner}${flow('g_h', 'g', 'h')}${flow('k_j', 'k', 'j')}`);
  const moved = await taken(source, await at(LINE));
  expect(moved).toMatchObject({ opened: ['d', 'b'] });
});

test('[PRO81] [PRO82] a step that is gone is left for one of two that are new, and the other begins beside it', async () => {
  const from = await at(LINE);
  expect(await taken(forked(['b', 'd']), from)).toEqual({ reasons: [because('move.step-gone', { name: 'a' })] });
  const moved = await taken(forked(['b', 'd']), from, new Map([['a', 'b']]));
  expect(moved).toMatchObject({ left: ['a'], opened: ['b', 'd'] });
});

test('[PRO83] two that wait side by side and come in turn, or one of which is never come to, are refused; the later may be withdrawn', async () => {
  const from = await at(forked(['a', 'b']));
  const line = LINE.replace(flow('f2', 'a', 'c'), `${flow('f2', 'a', 'b')}${user('b')}${flow('f4', 'b', 'c')}`);
  expect(await taken(line, from)).toEqual({
    reasons: [because('move.in-turn', { name: 'a', later: 'b' })],
    aside: [['b', 'a']],
  });
  expect(await taken(line, from, new Map([['b', 'a']]))).toMatchObject({ left: ['b'], opened: [], branches: [] });
  const either = forked(['a', 'b'])
    .replace(PAR('g'), node('exclusiveGateway', 'g', 'default="g_b"'))
    .replace(PAR('j'), node('exclusiveGateway', 'j'))
    .replace(flow('g_a', 'g', 'a'), flow('g_a', 'g', 'a', 'x'));
  expect(await taken(either, from)).toEqual({
    reasons: [because('move.either', { name: 'a', other: 'b' })],
    aside: [],
  });
});

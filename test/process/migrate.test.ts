/** A case that moves to another version of its process: it stands where it stood and goes on as if it had come there. */
import { because } from '@ganwei/core/reason';
import { compileProcess } from '@ganwei/process/compile';
import { engineContext } from '@ganwei/process/context';
import { digest } from '@ganwei/process/marking';
import { migrate } from '@ganwei/process/migrate';
import type { ProcessFlow, ProcessModel, ProcessNode } from '@ganwei/process/model';
import { type CompiledProcess, makeStepper, type Stimulus, type Wait } from '@ganwei/process/step';
import { expect, test } from 'vitest';
import { answer, below, fileOf, randomBlock, randomFrom } from './blocks.ts';
import { diagram, flow, node, user } from './diagram.ts';
import { applied } from './playing.ts';
import { walk } from './walk.ts';

const version = (model: ProcessModel): CompiledProcess => ({ model, context: engineContext(model), hash: model.name });

/** Another name, other conditions, a step before the end. */
function edited(model: ProcessModel): CompiledProcess {
  const nodes = new Map([...model.nodes].map(([id, one]) => [id, { ...one, name: `新${one.name}` }]));
  const last = [...model.flows.values()].find(({ target }) => target === 'end') as ProcessFlow;
  nodes.set('later', { ...(nodes.get(last.source) as ProcessNode), id: 'later', type: 'bpmn:UserTask', kind: 'user' });
  const flows = new Map(model.flows).set(last.id, { ...last, target: 'later' });
  flows.set('added', { id: 'added', name: '', source: 'later', target: 'end' });
  return version({ ...model, name: 'new', nodes, flows });
}

/** Without one node; what led to it leads on to what followed. */
function without(model: ProcessModel, gone: string): CompiledProcess {
  const nodes = new Map([...model.nodes].filter(([id, { attachedTo }]) => id !== gone && attachedTo !== gone));
  const next = [...model.flows.values()].find(({ source }) => source === gone) as ProcessFlow;
  const flows = new Map<string, ProcessFlow>();
  for (const [id, one] of model.flows)
    if (one.source !== gone && nodes.has(one.source))
      flows.set(id, one.target === gone ? { ...one, target: next.target } : one);
  return version({ ...model, name: 'less', nodes, flows });
}

/** Plays the same case on two versions; calls `at` with the texts of both after every step. */
async function together(
  versions: readonly CompiledProcess[],
  seed: number,
  at: (texts: readonly string[], waits: readonly Wait[]) => Promise<void>,
): Promise<void> {
  const random = randomFrom(seed);
  const played = versions.map((one) => ({
    stepper: makeStepper(one),
    texts: new Map<string, string>(),
    rounds: new Map(),
  }));
  const markings: (string | null)[] = versions.map(() => null);
  let waits = new Map<string, Wait>();
  let stimulus: Stimulus = { kind: 'start', startEvent: 'start' };
  for (let n = 0; n < 8; n++) {
    for (const [i, { stepper, texts, rounds }] of played.entries()) {
      const decide = ({ condition }: ProcessFlow): boolean => answer(String(condition), rounds);
      const leaf = await stepper.step(markings[i] as string | null, stimulus, decide, async (hash) => texts.get(hash));
      if (leaf.next !== null && leaf.text !== undefined) texts.set(leaf.next, leaf.text);
      markings[i] = leaf.next;
      if (i === 0) waits = applied(waits, leaf);
    }
    if (markings[0] === null || waits.size === 0) return;
    await at(
      played.map(({ texts }, i) => texts.get(markings[i] as string) as string),
      [...waits.values()],
    );
    const wait = [...waits.values()][below(random, waits.size)] as Wait;
    const kind = wait.kind === 'timer' ? 'fire' : wait.kind === 'message' ? 'message' : 'complete';
    stimulus = { kind, slot: wait.slot };
  }
}

test('[PRO19] a case moved to a version with harmless changes is one that came to the same place there', async () => {
  for (let seed = 90_000; seed < 90_025; seed++) {
    const old = await compileProcess(fileOf(randomBlock(randomFrom(seed), seed % 2 === 0, 5)));
    const next = edited(old.model);
    await together([old, next], seed, async ([text, expected]) => {
      expect(await migrate(text as string, old, next), `seed ${seed}`).toMatchObject({ text: expected });
    });
  }
});

test('[PRO19] a step that waits and is gone is named, and so is the join whose branch is gone', async () => {
  for (let seed = 91_000; seed < 91_015; seed++) {
    const old = await compileProcess(fileOf(randomBlock(randomFrom(seed), false, 5)));
    await together([old], seed, async ([text], waits) => {
      for (const { node: gone } of waits)
        expect(await migrate(text as string, old, without(old.model, gone))).toEqual({
          reasons: [because('move.step-gone', { name: gone })],
        });
    });
  }
});

test('[PRO19] a branch that waits at a join keeps waiting there, or it is said why it cannot', async () => {
  const source = (more: string, join: string): string =>
    diagram(
      `${node('startEvent', 's')}${flow('f1', 's', 'g')}${node('parallelGateway', 'g')}${flow('f2', 'g', 'a')}${flow('f3', 'g', 'b')}` +
        `${user('a')}${user('b')}${more}${node('parallelGateway', 'j')}${flow('f5', 'b', 'j')}${flow('f6', 'j', join)}${user('c')}` +
        `${flow('f7', 'c', 'e')}${node('endEvent', 'e')}`,
    );
  const old = await compileProcess(
    source(flow('f4', 'a', 'j'), 'e').replace(flow('f6', 'j', 'e'), flow('f6', 'j', 'c')),
  );
  const case_ = await walk(old);
  await case_.go('start s');
  await case_.go('complete a');
  const text = case_.texts.get(String(case_.marking)) as string;
  const renamed = await compileProcess(source(flow('f4', 'a', 'j'), 'c').replace('name="b"', 'name="别的名字"'));
  expect(await migrate(text, old, renamed)).toMatchObject({ marking: case_.marking });
  const longer = await compileProcess(source(`${flow('f8', 'a', 'd')}${user('d')}${flow('f9', 'd', 'j')}`, 'c'));
  expect(await migrate(text, old, longer)).toEqual({ reasons: [because('move.flow', { name: 'j' })] });
});

test('[PRO81] a case whose step is gone stands where the administrator says instead, and goes on from there', async () => {
  let moved = 0;
  for (let seed = 92_000; seed < 92_020; seed++) {
    const random = randomFrom(seed);
    const old = await compileProcess(fileOf(randomBlock(random, false, 5)));
    const users = [...old.model.nodes.values()].filter(({ kind }) => kind === 'user').map(({ id }) => id);
    await together([old], seed, async ([text], waits) => {
      for (const { node: gone, kind } of waits) {
        const there = users[below(random, users.length)] as string;
        if (kind !== 'user' || waits.some(({ node }) => node === there)) continue;
        const next = without(old.model, gone);
        const result = await migrate(text as string, old, next, new Map([[gone, there]]));
        const jumped = await jumpedTo(old, text as string, gone, there);
        // a branch that waits at a join may have no way there any more: then the reason is that of the jumped case
        if ('reasons' in result) expect(result).toEqual(await migrate(jumped, old, next));
        else {
          expect(result.text, `seed ${seed}`).toBe(jumped);
          const on = await makeStepper(next).step(
            result.marking,
            { kind: 'complete', slot: there },
            decided,
            async () => result.text,
          );
          expect(on.closed).toContain(there);
          moved++;
        }
      }
    });
  }
  expect(moved).toBeGreaterThan(20);
});

const decided = (): boolean => true;

/** The same case, where somebody has made it jump in the old version. */
async function jumpedTo(process: CompiledProcess, text: string, gone: string, there: string): Promise<string> {
  const stimulus: Stimulus = { kind: 'jump', to: there, cancel: [gone] };
  return String((await makeStepper(process).step(digest(text), stimulus, decided, async () => text)).text);
}

test('[PRO81] what cannot stand in is refused with the reason: a step of one version only, and one that waits already', async () => {
  const steps = (ids: readonly string[]): string => {
    const chain = ['s', ...ids, 'e'];
    return diagram(
      `${node('startEvent', 's')}${ids.map((id) => user(id)).join('')}${node('endEvent', 'e')}` +
        chain
          .slice(1)
          .map((id, i) => flow(`f${chain[i]}${id}`, String(chain[i]), id))
          .join(''),
    );
  };
  const old = await compileProcess(steps(['a', 'b', 'c']));
  const next = await compileProcess(steps(['b', 'd']));
  const case_ = await walk(old);
  await case_.go('start s');
  const text = case_.texts.get(String(case_.marking)) as string;
  const instead = (there: string) => migrate(text, old, next, new Map([['a', there]]));
  expect(await migrate(text, old, next)).toEqual({ reasons: [because('move.step-gone', { name: 'a' })] });
  for (const there of ['c', 'nowhere'])
    expect(await instead(there)).toEqual({ reasons: [because('move.instead', { name: there })] });
  expect(await instead('b')).toMatchObject({ opens: [] });
  expect(
    await migrate(
      text,
      old,
      next,
      new Map([
        ['a', 'b'],
        ['c', 'b'],
      ]),
    ),
  ).toMatchObject({ opens: [] });
  expect(await migrate(text, old, old, new Map([['a', 'a']]))).toEqual({
    reasons: [because('move.instead-busy', { name: 'a' })],
  });
});

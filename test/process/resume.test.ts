/** A case whose branches wait at a join for ever moves to a version in which they need not, and goes on there. Rule: [PRO80]. */
import { because } from '@ganwei/core/reason';
import { compileProcess } from '@ganwei/process/compile';
import { migrate } from '@ganwei/process/migrate';
import { makeStepper } from '@ganwei/process/step';
import { describe, expect, test } from 'vitest';
import { boundary, diagram, flow, node, timer, user } from './diagram.ts';
import { walk } from './walk.ts';

interface Drawn {
  join?: string;
  /** how b goes on */
  b?: string;
  /** how a goes on */
  a?: string;
  more?: string;
}

/** One of two ways is taken, and what follows waits for both. */
const drawn = ({
  join = node('parallelGateway', 'j'),
  a = flow('f4', 'a', 'j'),
  b = flow('f5', 'b', 'j'),
  more = '',
}: Drawn = {}) =>
  diagram(
    [
      `${node('startEvent', 's')}${flow('f1', 's', 'x')}${node('exclusiveGateway', 'x', 'default="f3"')}`,
      `${flow('f2', 'x', 'a', 'true')}${flow('f3', 'x', 'b')}${user('a')}${user('b')}${a}${b}${more}`,
      `${join}${flow('f6', 'j', 'c')}${user('c')}${flow('f7', 'c', 'e')}${node('endEvent', 'e')}`,
    ].join(''),
  );

async function stuck() {
  const old = await compileProcess(drawn());
  const played = await walk(old, { f2: true });
  await played.go('start s');
  await played.go('complete a');
  expect(played.last().stuck).toEqual(['j']);
  return { old, text: played.texts.get(String(played.marking)) as string };
}

/** Moves the case and takes it up; what waits then. */
async function moved(source: string, answers: Record<string, boolean> = {}) {
  const { old, text } = await stuck();
  const next = await compileProcess(source);
  const target = await migrate(text, old, next);
  if ('reasons' in target) return target;
  const decide = ({ id }: { id: string }): boolean => answers[id] ?? false;
  const leaf = await makeStepper(next).step(
    target.marking,
    { kind: 'resume', waits: [], branches: [] },
    decide,
    async () => text,
  );
  const { opened, passed, stuck: again } = leaf;
  return { opens: target.opens, opened: opened.map(({ node: id }) => id), passed, ...(again && { stuck: again }) };
}

describe('a case that waits at a join for ever', () => {
  test.each([
    ['the join lets through whatever comes', { join: node('exclusiveGateway', 'j') }],
    ['the join waits only for what can still come', { join: node('inclusiveGateway', 'j') }],
    ['the other branch leads elsewhere', { b: flow('f5', 'b', 'c') }],
  ])('[PRO80] goes on when %s', async (_, changed) => {
    expect(await moved(drawn(changed))).toEqual({ opens: ['j'], opened: ['c'], passed: ['j'] });
  });

  test('[PRO80] goes on where its flow leads now, and by its own data', async () => {
    const more = `${node('exclusiveGateway', 'k', 'default="f9"')}${flow('f8', 'k', 'd', 'late')}${flow('f9', 'k', 'c')}${user('d')}${flow('f10', 'd', 'c')}`;
    const a = flow('f4', 'a', 'k');
    expect(await moved(drawn({ a, more }), { f8: true })).toEqual({ opens: ['k'], opened: ['d'], passed: ['k'] });
    expect(await moved(drawn({ a, more }))).toEqual({ opens: ['k'], opened: ['c'], passed: ['k'] });
  });

  test('[PRO80] waits on where the version waits as well, and stays when its flow is gone', async () => {
    expect(await moved(drawn().replace('name="c"', 'name="别的"'))).toEqual({
      opens: [],
      opened: [],
      passed: [],
      stuck: ['j'],
    });
    const reasons = [because('move.flow', { name: 'j' })];
    expect(await moved(drawn({ a: `${flow('f8', 'a', 'd')}${user('d')}${flow('f9', 'd', 'j')}` }))).toEqual({
      reasons,
    });
  });
});

test('[PRO80] what waits beside the join goes on waiting, in a sub-process with a timer as well', async () => {
  const inner = (join: string): string =>
    node(
      'subProcess',
      'p1',
      '',
      `${node('startEvent', 's1')}${flow('g1', 's1', 'y')}${node('exclusiveGateway', 'y', 'default="g3"')}${flow('g2', 'y', 'm', 'true')}${flow('g3', 'y', 'n')}` +
        `${user('m')}${user('n')}${flow('g4', 'm', 'j')}${flow('g5', 'n', 'j')}${node(join, 'j')}${flow('g6', 'j', 'o')}${user('o')}${flow('g7', 'o', 'e1')}${node('endEvent', 'e1')}`,
    );
  const source = (join: string): string =>
    diagram(
      `${node('startEvent', 's')}${flow('f1', 's', 'p1')}${inner(join)}${boundary('t', 'p1', timer('timeDuration', 'P1D'), false)}` +
        `${flow('f2', 'p1', 'e')}${node('endEvent', 'e')}${flow('f3', 't', 'late')}${user('late')}${flow('f4', 'late', 'e2')}${node('endEvent', 'e2')}`,
    );
  const old = await compileProcess(source('parallelGateway'));
  const played = await walk(old, { g2: true });
  await played.go('start s');
  expect(await played.go('complete m')).toBe('t');
  const text = played.texts.get(String(played.marking)) as string;
  for (const join of ['exclusiveGateway', 'inclusiveGateway']) {
    const next = await compileProcess(source(join));
    const target = await migrate(text, old, next);
    expect(target).toMatchObject({ opens: ['j'] });
    const texts = new Map([[String(played.marking), text]]);
    const load = async (hash: string) => texts.get(hash);
    const stepper = makeStepper(next);
    const leaf = await stepper.step(played.marking, { kind: 'resume', waits: ['t'], branches: [] }, () => false, load);
    expect([leaf.kept, leaf.closed, leaf.opened.map(({ node: id }) => id)]).toEqual([[['t', 't']], [], ['o']]);
    texts.set(String(leaf.next), String(leaf.text));
    const done = await stepper.step(leaf.next, { kind: 'complete', slot: 'o' }, () => false, load);
    expect([done.next, done.ends]).toEqual([null, ['e1', 'e']]);
  }
});

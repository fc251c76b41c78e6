import { readFileSync } from 'node:fs';
import { compileProcess } from '@ganwei/process/compile';
import { explore } from '@ganwei/process/explore';
import { nextSteps, stepsAhead } from '@ganwei/process/paths';
import { describe, expect, test } from 'vitest';
import { boundary, diagram, flow, node, timer, user } from './diagram.ts';

const rich = await compileProcess(readFileSync(new URL('fixtures/rich.bpmn', import.meta.url), 'utf8'), {
  functions: { reached: { params: [1, 1], call: () => true } },
});

const around = (inner: string): string => diagram(`${node('startEvent', 's')}${inner}${node('endEvent', 'e')}`);
/** s, a gateway that splits to a and b, a gateway that joins, c, e */
const split = (fork: string, join: string): string =>
  around(
    `${flow('f1', 's', 'g')}${node(fork, 'g', fork === 'parallelGateway' ? '' : 'default="f3"')}` +
      `${flow('f2', 'g', 'a', fork === 'parallelGateway' ? undefined : 'x')}${flow('f3', 'g', 'b')}${user('a')}${user('b')}` +
      `${flow('f4', 'a', 'j')}${flow('f5', 'b', 'j')}${node(join, 'j')}${flow('f6', 'j', 'c')}${user('c')}${flow('f7', 'c', 'e')}`,
  );
const rulesOf = async (source: string): Promise<string[]> => {
  const { problems } = await explore(await compileProcess(source));
  return [...new Set(problems.map(({ rule, element }) => `${rule} ${element}`))];
};

describe('soundness', () => {
  test('[PRO12] a sound process passes: the rich one, with every timer, message, error and answer', async () => {
    const result = await explore(rich);
    expect(result).toMatchObject({ problems: [], truncated: false });
    expect(result.markings).toBeGreaterThan(20);
  });

  test.each([
    ['parallelGateway', 'parallelGateway'],
    ['exclusiveGateway', 'exclusiveGateway'],
    ['inclusiveGateway', 'inclusiveGateway'],
    ['exclusiveGateway', 'inclusiveGateway'],
  ])('[PRO12] %s with %s is sound', async (fork, join) => {
    expect(await rulesOf(split(fork, join))).toEqual([]);
  });

  test('[PRO12] a choice that ends in a parallel join is named: it cannot end, and where', async () => {
    const found = await rulesOf(split('exclusiveGateway', 'parallelGateway'));
    expect(found).toEqual(expect.arrayContaining(['stuck j', 'cannot-end a', 'cannot-end b', 'never-reached c']));
  });

  test('[PRO12] an inclusive split that ends in a parallel join can get stuck', async () => {
    expect(await rulesOf(split('inclusiveGateway', 'parallelGateway'))).toContain('stuck j');
  });

  test('[PRO12] markings do not depend on the order of parallel work: four branches of two steps have 80', async () => {
    const branches = [1, 2, 3, 4].map(
      (n) =>
        `${flow(`p${n}`, 'g', `u${n}`)}${user(`u${n}`)}${flow(`q${n}`, `u${n}`, `v${n}`)}${user(`v${n}`)}${flow(`r${n}`, `v${n}`, 'j')}`,
    );
    const gates = `${node('parallelGateway', 'g')}${node('parallelGateway', 'j')}`;
    const source = around(`${flow('f1', 's', 'g')}${gates}${branches.join('')}${flow('f2', 'j', 'e')}`);
    expect(await explore(await compileProcess(source))).toMatchObject({ markings: 80, problems: [] });
  });

  test('[PRO12] an endless reminder does not make the exploration endless', async () => {
    const reminded =
      `${flow('f1', 's', 'u')}${user('u')}${flow('f2', 'u', 'e')}${boundary('t', 'u', timer('timeCycle', 'R/P1D'), false)}` +
      `${flow('f3', 't', 'side')}${user('side')}${flow('f4', 'side', 'x')}${node('endEvent', 'x')}`;
    expect(await explore(await compileProcess(around(reminded)))).toMatchObject({ problems: [], truncated: false });
  });

  test('[PRO12] an exploration that met its bound says so and does not guess', async () => {
    const result = await explore(rich, { steps: 5 });
    expect(result).toMatchObject({ truncated: true, steps: 5, problems: [] });
  });
});

describe('the way ahead', () => {
  const ids = (steps: { id: string }[]): string[] => steps.map(({ id }) => id);

  test('[PRO13] the next steps are found through gateways, events, services and sub-processes', () => {
    expect(ids(nextSteps(rich.model, 'apply'))).toEqual(['review']);
    expect(ids(nextSteps(rich.model, 'review')).sort()).toEqual(['chief', 'review', 'store']);
  });

  test('[PRO13] the steps ahead come in order of distance and include a step that can come back', () => {
    expect(ids(stepsAhead(rich.model, ['by_phone']))).toEqual(['review', 'chief', 'store']);
    expect(ids(stepsAhead(rich.model, ['store']))).toEqual([]);
  });
});

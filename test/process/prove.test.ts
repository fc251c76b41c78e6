import { readFileSync } from 'node:fs';
import { compileProcess } from '@ganwei/process/compile';
import type { ProcessFlow } from '@ganwei/process/model';
import { type Finding, prove } from '@ganwei/process/prove';
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
const proofOf = async (source: string): Promise<Finding[]> => prove((await compileProcess(source)).model).findings;
const rulesOf = async (source: string): Promise<string[]> =>
  (await proofOf(source)).map(({ rule, element }) => `${rule} ${element}`);
const branch = (n: number, steps: number): string => {
  const ids = Array.from({ length: steps }, (_, i) => `u${n}x${i}`);
  const links = ids.map((id, i) => flow(`f${n}x${i}`, i === 0 ? 'g' : (ids[i - 1] as string), id));
  return `${ids.map((id) => user(id)).join('')}${links.join('')}${flow(`l${n}`, ids.at(-1) as string, 'j')}`;
};
/** a fork into `n` branches of `steps` tasks each, and its join */
const branches = (n: number, steps: number): string =>
  around(
    `${flow('first', 's', 'g')}${node('parallelGateway', 'g')}${node('parallelGateway', 'j')}` +
      `${Array.from({ length: n }, (_, i) => branch(i, steps)).join('')}${flow('last', 'j', 'e')}`,
  );

describe('soundness', () => {
  test('[PRO12] a sound process passes: the rich one, with every timer, message, error and answer', () => {
    expect(prove(rich.model)).toMatchObject({ findings: [], complete: true });
  });

  test.each([
    ['parallelGateway', 'parallelGateway'],
    ['exclusiveGateway', 'exclusiveGateway'],
    ['inclusiveGateway', 'inclusiveGateway'],
    ['exclusiveGateway', 'inclusiveGateway'],
  ])('[PRO12] %s with %s is sound', async (fork, join) => {
    expect(await rulesOf(split(fork, join))).toEqual([]);
  });

  test('[PRO12] a choice that ends in a parallel join is named once, with what can never be reached', async () => {
    expect(await rulesOf(split('exclusiveGateway', 'parallelGateway'))).toEqual([
      'stuck j',
      'never-reached j',
      'never-reached c',
      'never-reached e',
    ]);
  });

  test('[PRO12] an inclusive split that ends in a parallel join can get stuck', async () => {
    expect(await rulesOf(split('inclusiveGateway', 'parallelGateway'))).toContain('stuck j');
  });

  test('[PRO12] a fork whose branches pass a merge one by one: a warning says what is done twice', async () => {
    const [first, ...more] = await proofOf(split('parallelGateway', 'exclusiveGateway'));
    expect(more).toEqual([]);
    expect(first).toMatchObject({ severity: 'warning', rule: 'runs-twice', element: 'j' });
    expect(first?.message).toBe(
      '几个同时进行的分支在「j」逐个通过，不相等候，其后的「c」会办理不止一次；如须等齐，请改用与分出处相同的并行（或包容）汇聚。',
    );
  });

  test('[PRO12] a fork that leads back before itself piles up work without bound', async () => {
    const source = around(
      `${flow('f1', 's', 'm')}${node('exclusiveGateway', 'm')}${flow('f2', 'm', 'a')}${user('a')}${flow('f3', 'a', 'g')}` +
        `${node('parallelGateway', 'g')}${flow('f4', 'g', 'm')}${flow('f5', 'g', 'b')}${user('b')}${flow('f6', 'b', 'e')}`,
    );
    expect(await rulesOf(source)).toContain('unbounded b');
  });

  test('[PRO12] an endless reminder does not make the proof endless', async () => {
    const reminded =
      `${flow('f1', 's', 'u')}${user('u')}${flow('f2', 'u', 'e')}${boundary('t', 'u', timer('timeCycle', 'R/P1D'), false)}` +
      `${flow('f3', 't', 'side')}${user('side')}${flow('f4', 'side', 'x')}${node('endEvent', 'x')}`;
    expect(prove((await compileProcess(around(reminded))).model)).toMatchObject({ findings: [], complete: true });
  });

  test('[PRO12] a proof that met its bound says what it covered and does not guess', () => {
    let clock = 0;
    for (const bound of [{ moves: 5 }, { milliseconds: 3, now: () => clock++ * 2 }]) {
      const { findings, complete } = prove(rich.model, bound);
      expect(complete).toBe(false);
      expect(findings).toMatchObject([{ severity: 'warning', rule: 'bound', element: rich.model.id }]);
      expect(findings[0]?.message).toMatch(/只核对了 \d+ 种局面、\d+ 步/);
    }
  });
});

describe('the way to a finding', () => {
  const outcomes =
    '<ganwei:outcome key="accept" label="受理"/><ganwei:outcome key="mend" label="补正"/><ganwei:outcome key="no" label="不予受理"/>';
  /** check, a gateway over its outcome: accept and mend lead to a join that awaits both */
  const source = (accept: string, mend: string): string =>
    around(
      `${flow('f1', 's', 'check')}${user('check', outcomes).replace('name="check"', 'name="受理结论"')}` +
        `${flow('f2', 'check', 'g')}${node('exclusiveGateway', 'g', 'default="f5"')}${flow('f3', 'g', 'a', accept)}` +
        `${flow('f4', 'g', 'b', mend)}${flow('f5', 'g', 'e')}${user('a')}${user('b')}${flow('f6', 'a', 'j')}${flow('f7', 'b', 'j')}` +
        `${node('parallelGateway', 'j', 'name="汇合"')}${flow('f8', 'j', 'x')}${node('endEvent', 'x')}`,
    );

  test('[PRO16] it is told in words: the outcome of the step, and where the process stays', async () => {
    const [first] = await proofOf(source('outcome = "accept"', 'outcome = "mend"'));
    expect(first).toMatchObject({
      rule: 'stuck',
      element: 'j',
      way: [{ node: 'g', flow: 'f3', outcome: 'accept', words: '「受理结论」 = 受理' }],
    });
    expect(first?.message).toMatch(/^若「受理结论」 = 受理，则停在「汇合」：/);
  });

  test('[PRO16] within a branch the way begins before the fork, and events are told', async () => {
    const inner =
      `${node('exclusiveGateway', 'x', 'name="够吗" default="x2"')}${flow('x1', 'x', 'y', 'count(list) = 1')}` +
      `${flow('x2', 'x', 'z')}${user('y')}${user('z')}${flow('x3', 'y', 'k')}${flow('x4', 'z', 'k')}${node('parallelGateway', 'k')}`;
    const [first] = await proofOf(
      around(
        `${flow('f1', 's', 'u')}${user('u')}${boundary('t', 'u', timer('timeDuration', 'P1D'))}${flow('f2', 'u', 'e')}` +
          `${flow('f3', 't', 'g')}${node('parallelGateway', 'g')}${flow('f4', 'g', 'x')}${inner}${flow('f5', 'k', 'j')}` +
          `${flow('f6', 'g', 'w')}${user('w')}${flow('f7', 'w', 'j')}${node('parallelGateway', 'j')}${flow('f8', 'j', 'e')}`,
      ),
    );
    expect(first?.message).toMatch(/^若「u」上的「t」到时，然后「够吗」满足条件“count\(list\) = 1”，则停在「k」：/);
  });

  test('[PRO16] conditions that name every outcome of a step need no default flow; one left out is a warning', async () => {
    const { model } = await compileProcess(source('x', 'y'));
    const without = (condition: string): string[] => {
      const { isDefault: _gone, ...last } = model.flows.get('f5') as ProcessFlow;
      const asks = (id: string, key: string): ProcessFlow => ({
        ...(model.flows.get(id) as ProcessFlow),
        condition: `outcome of("check") = "${key}"`,
      });
      const flows = new Map(model.flows).set('f5', { ...last, condition });
      flows.set('f3', asks('f3', 'accept')).set('f4', asks('f4', 'mend'));
      return prove({ ...model, flows }).findings.map(({ rule, severity }) => `${severity} ${rule}`);
    };
    expect(without('outcome of("check") = "no"')).not.toContain('warning no-way');
    expect(without('outcome of("check") = "mend"')).toContain('warning no-way');
  });

  test('[PRO16] two branches of one gateway that ask for the same outcome: the second is never reached', async () => {
    expect(await rulesOf(source('outcome = "accept"', 'outcome = "accept"'))).toContain('never-reached b');
  });
});

describe('parts', () => {
  test('[PRO17] branches that do not touch each other are proved one by one', async () => {
    const { markings, parts, findings } = prove((await compileProcess(branches(20, 2))).model);
    expect({ markings, parts, findings }).toEqual({ markings: 41, parts: 20, findings: [] });
  });

  test('[PRO17] a step that looks like a block but is entered twice at a time is taken apart again', async () => {
    const source = around(
      `${flow('f1', 's', 'h')}${node('parallelGateway', 'h')}${flow('f2', 'h', 'p1')}${flow('f3', 'h', 'p2')}${user('p1')}${user('p2')}` +
        `${flow('f4', 'p1', 'm')}${flow('f5', 'p2', 'm')}${node('exclusiveGateway', 'm')}${flow('f6', 'm', 'g')}` +
        `${node('parallelGateway', 'g')}${branch(1, 1)}${branch(2, 1)}${node('parallelGateway', 'j')}${flow('last', 'j', 'e')}`,
    );
    expect(await rulesOf(source)).toEqual(expect.arrayContaining(['stuck j', 'runs-twice m']));
  });
});

/** What comes next, as the page of a case tells it. */
import { readFileSync } from 'node:fs';
import { type Holds, leadsTo, nextSteps } from '@ganwei/process/ahead';
import { compileProcess } from '@ganwei/process/compile';
import { expect, test } from 'vitest';
import { boundary, diagram, flow, node, onError, service, timer, user } from './diagram.ts';

const rich = await compileProcess(readFileSync(new URL('fixtures/rich.bpmn', import.meta.url), 'utf8'), {
  functions: { reached: { params: [1, 1], call: () => true } },
});
/** u (an event leads to late), a sub-process with inner (an error leads to mend), a choice of a, b, c by x and y */
const { model } = await compileProcess(
  diagram(
    `${node('startEvent', 's')}${flow('f1', 's', 'u')}${user('u')}${boundary('t', 'u', timer('timeDuration', 'P1D'))}` +
      `${flow('f2', 't', 'late')}${user('late')}${flow('f3', 'late', 'e')}${flow('f4', 'u', 'sub')}` +
      `${node('subProcess', 'sub', '', `${node('startEvent', 'is')}${flow('i1', 'is', 'inner')}${user('inner')}${flow('i2', 'inner', 'ie')}${node('endEvent', 'ie')}`)}` +
      `${boundary('oops', 'sub', onError('no'))}${flow('f5', 'oops', 'mend')}${user('mend')}${flow('f6', 'mend', 'e')}` +
      `${flow('f7', 'sub', 'auto')}${service('auto')}${flow('f8', 'auto', 'g')}${node('exclusiveGateway', 'g', 'default="f11"')}` +
      `${flow('f9', 'g', 'a', 'x')}${flow('f10', 'g', 'b', 'y')}${flow('f11', 'g', 'c')}${user('a')}${user('b')}${user('c')}` +
      `${flow('f12', 'a', 'e')}${flow('f13', 'b', 'e')}${flow('f14', 'c', 'u2')}${user('u2')}${flow('f15', 'u2', 'e')}${node('endEvent', 'e')}`,
    '<error id="no" errorCode="NO"/>',
  ),
);
const after = (from: string, holds?: Holds): string[] =>
  nextSteps(model, [from], holds).map(({ node, usual }) => (usual ? node.id : `(${node.id})`));
const answers =
  (known: Record<string, boolean>): Holds =>
  ({ condition }) =>
    known[condition ?? ''] ?? 'unknown';

test('[PRO13] the next steps are found into and out of sub-processes and past services, events last', () => {
  expect(after('u')).toEqual(['inner', '(late)', '(mend)']);
  expect(after('inner')).toEqual(['a', 'b', 'c', '(mend)']);
  expect(after('c')).toEqual(['u2']);
  expect(after('u2')).toEqual([]);
});

test('[PRO13] what is known of a condition is taken, as the gateway takes it', () => {
  const usual = (known: Record<string, boolean>): string => after('auto', answers(known)).join('');
  expect(usual({ x: true })).toBe('a');
  expect(usual({ x: false })).toBe('bc');
  expect(usual({ y: true })).toBe('ab');
  expect(usual({ x: false, y: false })).toBe('c');
  expect(usual({})).toBe('abc');
});

test('[PRO13] a step that can come back is among the next; the rich process', () => {
  const ids = (from: string): string[] => nextSteps(rich.model, [from]).map(({ node }) => node.id);
  expect(ids('apply')).toEqual(['review']);
  expect(ids('review').sort()).toEqual(['chief', 'review', 'store']);
});

test('[PRO13] one node leads to another across the borders of sub-processes, never backwards', () => {
  expect([leadsTo(model, 'inner', 'a'), leadsTo(model, 'u', 'inner'), leadsTo(model, 'u', 'late')]).toEqual([
    true,
    true,
    true,
  ]);
  expect([leadsTo(model, 'a', 'inner'), leadsTo(model, 'late', 'mend')]).toEqual([false, false]);
});

/** What staff may see of a process: the drawing, and nothing of how it decides. */
import { drawingOf } from '@ganwei/process/drawing';
import { expect, test } from 'vitest';
import { boundary, diagram, flow, node, timer, user } from './diagram.ts';

const secret = diagram(
  `${node('startEvent', 's')}${flow('f1', 's', 'u')}${user('u', '<ganwei:outcome key="secret1" label="x"/>')}` +
    `${boundary('t', 'u', timer('timeDuration', 'duration(secret2)'))}${flow('f2', 'u', 'g')}${flow('f3', 't', 'e')}` +
    `${node('exclusiveGateway', 'g', 'name="够吗" default="f5" xmlns:other="urn:x" other:note="secret3"')}` +
    `${flow('f4', 'g', 'e', 'secret4 = 1')}${flow('f5', 'g', 'e')}<!-- secret5 -->${node('endEvent', 'e', '', '<documentation>secret6</documentation>')}`,
);

/** The same file as another editor writes it: every BPMN element under a prefix that is no word. */
const prefixed = secret
  .replace(/<(\/?)(?!\?|!|ganwei:)([A-Za-z])/g, '<$1b-2:$2')
  .replace('xmlns=', 'xmlns:b-2=')
  .replace(/xsi:type="t/g, 'xsi:type="b-2:t');

test.each([
  ['with the usual prefix', secret],
  ['under a prefix like b-2:', prefixed],
])('[A1] the drawing has no setting, condition, time, foreign attribute or comment: %s', async (_, xml) => {
  const drawing = await drawingOf(xml);
  expect(drawing).not.toContain('secret');
  for (const id of ['s', 'u', 't', 'g', 'e', 'f1', 'f5']) expect(drawing).toContain(`id="${id}"`);
  expect(drawing).toContain('name="够吗"');
  expect(drawing).toContain('timerEventDefinition');
});

test('[A1] descriptions stay where they are wanted', async () => {
  expect(await drawingOf(secret, { documentation: true })).toContain('secret6');
});

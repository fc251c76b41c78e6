/** How a flow has gone: durations of steps and frequencies of branches over the newest finished cases. Rule: [RUN5]. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { flowFigures } from '../../server/queries/figures.ts';
import { AGREE, bpmn, end, FORMS, REFUSE, start, user } from '../commands/content.ts';
import { type World, world } from '../commands/world.ts';

const VISIT = bpmn(
  'visit',
  [
    start(),
    user('check', '审查', `assignees='["fuzheng"]'`, AGREE + REFUSE),
    '<exclusiveGateway id="g" name="是否同意" default="no"/>',
    user('sign', '签发', `assignees='["gaoyuan"]'`, AGREE),
    end(),
    '<sequenceFlow id="a" sourceRef="start" targetRef="check"/><sequenceFlow id="b" sourceRef="check" targetRef="g"/>',
    '<sequenceFlow id="yes" name="同意" sourceRef="g" targetRef="sign"><conditionExpression xsi:type="tFormalExpression">outcome = "agree"</conditionExpression></sequenceFlow>',
    '<sequenceFlow id="no" sourceRef="g" targetRef="end"/><sequenceFlow id="c" sourceRef="sign" targetRef="end"/>',
  ].join('\n'),
);

let w: World;
beforeAll(async () => {
  w = await world({ content: [...FORMS, VISIT], now: '2026-09-01T09:00' });
});
afterAll(() => w.stop());

test('[RUN5] a flow without finished cases has no figures, and says so', async () => {
  await w.as('songqiao').start('visit', { subject: '在办' });
  expect(await flowFigures(w.host, 'visit')).toEqual({ cases: 0, most: 500, since: null, steps: [], branches: [] });
  await w.as('fuzheng').submit('审查', 'refuse', {}, '材料不全，不同意办理，请补充。');
});

test('[RUN5] what steps take in working days, half and nine of ten, and how often each branch is taken', async () => {
  const begun = ['2026-09-01T10:00', '2026-09-01T11:00', '2026-09-01T12:00'];
  for (const at of begun) {
    await w.at(at);
    await w.as('songqiao').start('visit', { subject: '很特别的事由' });
    await w.as('fuzheng').submit('审查', 'agree');
  }
  // a Tuesday, the Wednesday after, and beyond a week-end
  for (const at of ['2026-09-01T15:00', '2026-09-02T15:00', '2026-09-07T15:00']) {
    await w.at(at);
    await w.as('gaoyuan').submit('签发', 'agree');
  }
  await w.as('songqiao').start('visit', { subject: '还在办' });
  const figures = await flowFigures(w.host, 'visit');
  expect(figures).toMatchObject({
    cases: 4,
    steps: [
      { node: 'check', name: '审查', count: 4, median: 0, p90: 0 },
      { node: 'sign', name: '签发', count: 3, median: 1, p90: 4 },
    ],
    branches: [
      { flow: 'yes', from: '是否同意', label: '同意', to: '签发', count: 3, of: 4 },
      { flow: 'no', from: '是否同意', label: '', to: '结束', count: 1, of: 4 },
    ],
  });
  expect(JSON.stringify(figures)).not.toMatch(/特别|songqiao|fuzheng/);
  await expect(flowFigures(w.host, 'nothing')).rejects.toMatchObject({ code: 'not.found' });
});

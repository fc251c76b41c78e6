/**
 * Running cases as a whole: how many stand where, and letting them go on by the version in force, some at a time; a step that is gone is
 * left for another. Rules: [RUN1]-[RUN4], [RUN6].
 */
import { afterEach, expect, test } from 'vitest';
import type { SourceFile } from '../../server/catalogue/folder.ts';
import { moveRunning } from '../../server/commands/move-running.ts';
import { takeFolder } from '../../server/publishing/folder.ts';
import { inbox } from '../../server/queries/inbox.ts';
import { previewRunning, running, runningFlow } from '../../server/queries/running.ts';
import { AGREE, bpmn, end, FORMS, line, start, user } from './content.ts';
import { type World, world } from './world.ts';

let w: World;
afterEach(() => w?.stop());

const STEPS: Readonly<Record<string, string>> = {
  one: user('one', '初审', `assignees='["fuzheng"]'`, AGREE),
  two: user('two', '复审', `assignees='["luchuan"]'`, AGREE),
  three: user('three', '签发', `assignees='["gaoyuan"]'`, AGREE),
};
const flow = (...ids: string[]): SourceFile =>
  bpmn('steps', [start(), ...ids.map((id) => STEPS[id]), end(), line('start', ...ids, 'end')].join('\n'));

/** Of this one no case is begun; it stands before the other in the alphabet. */
const UNUSED = bpmn('another', [start(), STEPS.one!, end(), line('start', 'one', 'end')].join('\n'));

const admin = () => w.actor('peiwen');
const call = () => ({ actor: admin() });
const publish = async (...content: SourceFile[]) => {
  const { problems } = await takeFolder(w.host, [...FORMS, ...content]);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  await w.host.refresh();
};
const preview = (instead: { from: string; to: string }[] = [], limit = 20, cursor?: string) =>
  previewRunning(w.host, 'steps', { instead, limit, cursor }, 'zh-CN');
const move = (cases: string[], instead: { from: string; to: string }[] = [], begin = false) =>
  moveRunning(
    w.host,
    call(),
    'steps',
    { cases, instead, begin, release: w.host.catalogue().release, reason: '简化' },
    'zh-CN',
  );

/** Three cases: at the first step, at the second, ended. Then a version without the second. */
async function stage(): Promise<[first: string, second: string]> {
  w = await world({ content: [...FORMS, flow('one', 'two', 'three')] });
  const { caseId: ended } = await w.as('songqiao').start('steps', { subject: '办结' });
  await w.as('fuzheng').submit('初审', 'agree');
  await w.as('luchuan').submit('复审', 'agree');
  await w.as('gaoyuan').submit('签发', 'agree');
  const { caseId: second } = await w.as('songqiao').start('steps', { subject: '复审中' });
  await w.as('fuzheng').submit('初审', 'agree');
  const { caseId: first } = await w.as('songqiao').start('steps', { subject: '初审中' });
  expect(new Set([ended, first, second]).size).toBe(3);
  return [first, second];
}

test('[RUN1] it is counted which cases run, by version and step; what has ended is not; flows without cases come last', async () => {
  await stage();
  const steps = { process: 'steps', title: 'steps', current: 1, versions: [{ version: 1, count: 2 }] };
  expect(await running(w.host)).toEqual([steps]);
  await publish(flow('one', 'three'), UNUSED);
  expect(await running(w.host)).toEqual([
    { ...steps, current: 2 },
    { process: 'another', title: 'another', current: 1, versions: [] },
  ]);
  const view = await runningFlow(w.host, 'steps');
  expect(view).toMatchObject({
    current: 2,
    versions: [{ version: 1, count: 2 }],
    gone: [{ node: 'two', name: '复审', count: 1 }],
  });
  expect(view.steps.map(({ node, count }) => [node, count]).sort()).toEqual([
    ['one', 1],
    ['two', 1],
  ]);
  expect(view.places.map(({ node }) => node)).toEqual(['one', 'three']);
  await publish();
  expect(await running(w.host)).toMatchObject([{ current: null, versions: [{ version: 1, count: 2 }] }]);
});

test('[RUN6] late steps, steps that nobody has, and what happens by itself are counted at their place', async () => {
  const timed = user(
    'one',
    '初审',
    `assignees='if case.starter = "songqiao" then [] else ["fuzheng"]' due="today"`,
    AGREE,
  );
  const timer = `<boundaryEvent id="late" name="逾期" attachedToRef="one" cancelActivity="false"><timerEventDefinition id="late_t"><timeDate xsi:type="tFormalExpression">add working days(today, 5)</timeDate></timerEventDefinition></boundaryEvent>`;
  const steps = [
    start(),
    timed,
    timer,
    end(),
    '<endEvent id="told"/>',
    line('start', 'one', 'end'),
    line('late', 'told'),
  ];
  w = await world({ content: [...FORMS, bpmn('steps', steps.join('\n'))], now: '2026-09-01T09:00' });
  for (const person of ['songqiao', 'yinchuan', 'guqing']) await w.as(person).start('steps', { subject: '购置' });
  const place = { node: 'one', name: '初审', version: 1, count: 3 };
  const before = await runningFlow(w.host, 'steps');
  expect(before.steps).toEqual([{ ...place, overdue: 0, vacant: 1 }]);
  const next = Date.parse('2026-09-09T00:00:00+08:00');
  expect(before.timers).toEqual([{ node: 'late', name: '逾期', version: 1, count: 3, next }]);
  await w.at('2026-09-02T09:00');
  expect((await runningFlow(w.host, 'steps')).steps).toEqual([{ ...place, overdue: 3, vacant: 1 }]);
  await w.at('2026-09-09T09:00');
  expect((await runningFlow(w.host, 'steps')).timers).toEqual([]);
});

test('[RUN2] each case is told beforehand whether it could move, and why not; nothing of what it is about', async () => {
  const [first, second] = await stage();
  await publish(flow('one', 'three'));
  const before = await w.rows();
  const { rows } = await preview();
  expect(rows.map(({ id, places, reasons }) => [id, places, reasons])).toEqual([
    [second, ['复审'], ['新版本里没有步骤「复审」']],
    [first, ['初审'], []],
  ]);
  expect(JSON.stringify(rows)).not.toMatch(/复审中|初审中|songqiao/);
  expect((await preview([{ from: 'two', to: 'three' }])).rows.map(({ reasons }) => reasons)).toEqual([[], []]);
  expect(await w.rows()).toEqual(before);
  const page = await preview([], 1);
  expect((await preview([], 1, page.next ?? '')).rows.map(({ id }) => id)).toEqual([first]);
});

test('[RUN3] those that can move do, and the others stay as they are with the reason', async () => {
  const [first, second] = await stage();
  await publish(flow('one', 'three'));
  expect(await move([second, first])).toMatchObject([
    { id: second, moved: false, reason: '新版本里没有步骤「复审」' },
    { id: first, moved: true, reason: '' },
  ]);
  expect(await w.as('luchuan').todo()).toMatchObject([{ node: '复审' }]);
  await w.as('fuzheng').submit('初审', 'agree');
  expect(await w.as('gaoyuan').todo()).toMatchObject([{ node: '签发', title: '初审中' }]);
  // once more is no harm
  expect(await move([first])).toMatchObject([{ moved: false, reason: '此件已经在现行版本上办理' }]);
});

test('[RUN4] a step that is gone is left for the one that is named, whoever held it is told, and the case goes on there', async () => {
  const [, second] = await stage();
  await publish(flow('one', 'three'));
  expect(await move([second], [{ from: 'two', to: 'three' }])).toMatchObject([{ moved: true }]);
  expect(await w.as('luchuan').todo()).toEqual([]);
  const { rows } = await inbox(w.host, w.actor('luchuan'), 'copied', { q: '', limit: 20 });
  expect(rows.map(({ node }) => node)).toEqual(['流程已修改，「复审」不再需要办理，此件改在「签发」办理。']);
  await w.as('gaoyuan').submit('签发', 'agree');
  expect((await running(w.host))[0]?.versions).toEqual([{ version: 1, count: 1 }]);
});

test('[RUN4] what could not move after the step was left is not made to leave it', async () => {
  const [, second] = await stage();
  await publish(flow('one', 'three'));
  const before = await w.rows();
  for (const to of ['two', 'nowhere', 'start'])
    expect(await move([second], [{ from: 'two', to }])).toMatchObject([{ moved: false }]);
  expect(await w.rows()).toEqual(before);
});

test('[RUN3] cases of another flow are not moved, and nothing moves when another release has come into force', async () => {
  const [first] = await stage();
  await publish(
    flow('one', 'three'),
    bpmn('other', [start(), STEPS.one, end(), line('start', 'one', 'end')].join('\n')),
  );
  const { release } = w.host.catalogue();
  const moving = { cases: [first], instead: [], begin: false, reason: '试' };
  expect(await moveRunning(w.host, call(), 'other', { ...moving, release }, 'zh-CN')).toMatchObject([
    { moved: false, number: '' },
  ]);
  await expect(
    moveRunning(w.host, call(), 'steps', { ...moving, release: release - 1 }, 'zh-CN'),
  ).rejects.toMatchObject({
    code: 'task.stale',
  });
});

const gate = (id: string): string => `<parallelGateway id="${id}"/>`;
const line3 = (...ways: string[][]): string => ways.map((way) => line(...way)).join('\n');
/** 初审, then 复审 and 会审 side by side, then 签发. */
const beside = (step: string): SourceFile =>
  bpmn(
    'steps',
    [
      ...[
        start(),
        STEPS.one,
        gate('fork'),
        STEPS.two,
        user(step, '会审', `assignees='["fuzheng"]'`, AGREE),
        gate('join'),
        STEPS.three,
        end(),
      ],
      line3(['start', 'one', 'fork', 'two', 'join', 'three', 'end'], ['fork', step, 'join']),
    ].join('\n'),
  );

test('[RUN7] [C65] steps that the new version has beside the one that waits are named before; they begin once that is confirmed, and what follows is done once', async () => {
  const [first, second] = await stage();
  await publish(beside('four'));
  const before = await w.rows();
  expect((await preview()).rows.map(({ id, reasons, begins }) => [id, reasons, begins])).toEqual([
    [second, [], ['会审']],
    [first, [], []],
  ]);
  expect(await w.rows()).toEqual(before);
  expect(await move([second])).toMatchObject([{ moved: false, reason: '迁移后另外开始「会审」，须先确认' }]);
  expect(await w.rows()).toEqual(before);
  expect(await move([second, first], [], true)).toMatchObject([{ moved: true }, { moved: true }]);
  expect((await w.as('fuzheng').todo()).map(({ node }) => node).sort()).toEqual(['会审', '初审']);
  await w.as('luchuan').submit('复审', 'agree');
  expect(await w.as('gaoyuan').todo()).toEqual([]);
  await w.as('fuzheng').submit('会审', 'agree');
  expect(await w.as('gaoyuan').todo()).toMatchObject([{ node: '签发', title: '复审中' }]);
  await w.as('gaoyuan').submit('签发', 'agree');
  expect(await w.as('gaoyuan').todo()).toEqual([]);
});

test('[RUN4] [RUN7] a step that is gone is left for one that only the new version has; the other of the two begins beside it', async () => {
  const [, second] = await stage();
  await publish(
    bpmn(
      'steps',
      [
        ...[
          start(),
          STEPS.one,
          gate('fork'),
          user('five', '形式审', `assignees='["luchuan"]'`, AGREE),
          user('four', '会审', `assignees='["fuzheng"]'`, AGREE),
          gate('join'),
          STEPS.three,
          end(),
        ],
        line3(['start', 'one', 'fork', 'five', 'join', 'three', 'end'], ['fork', 'four', 'join']),
      ].join('\n'),
    ),
  );
  const instead = [{ from: 'two', to: 'five' }];
  expect((await preview(instead)).rows[0]).toMatchObject({ id: second, reasons: [], begins: ['会审'] });
  expect(await move([second], instead, true)).toMatchObject([{ moved: true }]);
  expect(await w.as('luchuan').todo()).toMatchObject([{ node: '形式审' }]);
  await w.as('luchuan').submit('形式审', 'agree');
  await w.as('fuzheng').submit('会审', 'agree');
  expect(await w.as('gaoyuan').todo()).toMatchObject([{ node: '签发', title: '复审中' }]);
});

test('[RUN8] of two that wait side by side and come in turn, the later is withdrawn when that is said, and comes again', async () => {
  w = await world({ content: [...FORMS, beside('four')] });
  const { caseId } = await w.as('songqiao').start('steps', { subject: '并行' });
  await w.as('fuzheng').submit('初审', 'agree');
  await publish(
    bpmn(
      'steps',
      [
        start(),
        STEPS.one,
        STEPS.two,
        user('four', '会审', `assignees='["fuzheng"]'`, AGREE),
        STEPS.three,
        end(),
        line('start', 'one', 'two', 'four', 'three', 'end'),
      ].join('\n'),
    ),
  );
  const [row] = (await preview()).rows;
  expect(row?.aside).toEqual([{ from: 'four', to: 'two', name: '会审', after: '复审' }]);
  expect(row?.reasons[0]).toContain('「会审」可以收回');
  expect(await move([caseId], [{ from: 'four', to: 'two' }])).toMatchObject([{ moved: true }]);
  expect(await w.as('fuzheng').todo()).toEqual([]);
  await w.as('luchuan').submit('复审', 'agree');
  await w.as('fuzheng').submit('会审', 'agree');
  expect(await w.as('gaoyuan').todo()).toMatchObject([{ node: '签发' }]);
});

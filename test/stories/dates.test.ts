/** The working-day stories of the measures, each carried by a real rectification, day by day and to the minute. */
import { errorsOf } from '@ganwei/core/definition';
import { afterEach, describe, expect, test } from 'vitest';
import { sightOf } from '../../server/catalogue/host.ts';
import { takeFolder } from '../../server/publishing/folder.ts';
import { signature } from '../content/fillings.ts';
import * as fill from '../content/rectification-fillings.ts';
import { CONTENT, Stage, threeItems } from './rectification-stage.ts';

let s: Stage;
afterEach(() => s.close());

/** An interview on this day: its plan is due five working days later. */
const interview = async (day: string) => {
  s = await Stage.open(`${day}T10:00`);
  const changes = { sourceType: '工作约谈', organ: 'dcs', reportTo: ['luowei'], planDue: undefined, planDueWD: 5 };
  const requirements = (fill.request().requirements as object[]).map((row) => ({ ...row, due: '2027-06-30' }));
  return s.begin({ ...changes, requirements, finalDue: '2027-06-30' });
};
const planDue = () => s.due('yinchuan', '制定整改方案');
/** The liaison has made the plan; the head confirms it at this minute. */
const reportedAt = async (local: string) => {
  const { confirm: _, ...plan } = fill.plan(s.w.actor('liangdong'), { items: threeItems() });
  await s.w.as('yinchuan').submit('制定整改方案', 'submit', plan);
  await s.w.at(local);
  const sign = signature(s.w.actor('liangdong'));
  await s.w.as('liangdong').submit('主要负责人确认', 'confirm', { confirm: sign });
};

describe('AS-01', () => {
  test('[CON44] AS-01: interviewed on 2026-09-30, the plan is due on 2026-10-13 at 24:00; at 23:59 it is in time', async () => {
    const id = await interview('2026-09-30');
    expect(await planDue()).toMatchObject({ date: '2026-10-13', provisional: false });
    await reportedAt('2026-10-13T23:59');
    expect(await s.row(id)).toMatchObject({ planDue: '2026-10-13', planOn: '2026-10-13', planOnTime: '是' });
    expect((await s.messages()).filter(([name]) => name === 'rect.overdue')).toEqual([]);
  });

  test('[CON44] AS-01: at 0:00 of the next day it is one working day late, level 1, and not in time', async () => {
    const id = await interview('2026-09-30');
    await reportedAt('2026-10-14T00:00');
    expect(await s.row(id)).toMatchObject({ planOn: '2026-10-14', planOnTime: '否' });
    expect(await s.messages()).toMatchObject([['rect.overdue', { step: 'confirmPlan', level: 1, days: 1 }]]);
    expect(await s.told('已逾期 1 个工作日')).toEqual(['hezhou', 'liangdong']);
  });
});

test.each([
  ['AS-02', '2026-09-24', '2026-10-09'],
  ['AS-07', '2026-10-03', '2026-10-13'],
  ['AS-62', '2026-04-29', '2026-05-09'],
])('[CON44] %s: five working days from %s end on %s', async (_, day, due) => {
  await interview(day);
  expect(await planDue()).toMatchObject({ date: due, provisional: false });
});

test('[CON44] AS-62: the last day is a Saturday that is worked; what comes at 23:00 of it is in time', async () => {
  const id = await interview('2026-04-29');
  await reportedAt('2026-05-09T23:00');
  expect(await s.row(id)).toMatchObject({ planOnTime: '是', overdueDays: 0 });
});

test('[CON44] AS-07: thirty days that end in a holiday end on the day after it', async () => {
  s = await Stage.open('2026-09-07T09:00');
  const says = (source: string) => sightOf(s.w.host, s.w.host.now(), {}).ask(source);
  expect(says('add days rolled("2026-09-07", 30)')).toBe('2026-10-08');
  expect(says('add days rolled("2026-10-08", 30)')).toBe('2026-11-09');
});

test('[CON45] AS-06: without the calendar of 2027 a plan is due on 2027-01-06 for the time being, with it on 2027-01-07', async () => {
  const id = await interview('2026-12-30');
  expect(await planDue()).toMatchObject({ date: '2027-01-06', provisional: true });
  const alerts = await s.w.host.store.reader('notices').where({ kind: 'calendar' });
  expect(alerts.map(({ person_id, title }) => [person_id, title]).sort()).toEqual([
    ['kongwei', '2027 年工作日历尚未载入'],
    ['peiwen', '2027 年工作日历尚未载入'],
  ]);
  const off = ['2027-01-01', '2027-01-02', '2027-01-03'];
  const source = JSON.stringify({ calendar: 'cn', year: 2027, off, work: [] });
  const calendar = { kind: 'calendar' as const, key: 'cn-2027', file: 'cn-2027.json', source };
  const { problems } = await takeFolder(s.w.host, [...CONTENT, calendar]);
  expect(errorsOf(problems)).toEqual([]);
  await s.w.at('2026-12-30T10:30');
  expect(await planDue()).toMatchObject({ date: '2027-01-07', provisional: false });
  const moved = (await s.w.as('hezhou').case(id)).timeline;
  expect(moved.filter(({ kind }) => kind === 'recalculated')).toMatchObject([
    { detail: { from: '2027-01-06', due: '2027-01-07' } },
  ]);
  await s.w.at('2027-01-07T23:59');
  expect((await s.messages()).filter(([name]) => name === 'rect.overdue')).toEqual([]);
  await s.w.at('2027-01-08T00:00');
  expect(await s.messages()).toMatchObject([['rect.overdue', { level: 1, days: 1 }]]);
});

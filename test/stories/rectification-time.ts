/** The rectification and its time (P5): extension, delays that are told to more and more people, reports. Part of rectification.test.ts. */
import { describe, expect, test } from 'vitest';
import * as fill from '../content/rectification-fillings.ts';
import { open, planItems, s, threeItems } from './rectification-stage.ts';

describe('time', () => {
  const twenty = { finalDue: '2026-09-29', requirements: requirementsUntil('2026-09-29') };
  const items = () => planItems(3, () => ({ due: '2026-09-25' }));

  test('[CON38] AS-58: twenty working days may once be extended by ten, not by twelve, and not when they are over', async () => {
    await open();
    const id = await s.begin(twenty);
    await s.planned(items());
    const ask = (newDue: string) => s.w.as('yinchuan').act(id, 'extend', fill.extensionAsked({ items: [0], newDue }));
    await expect(ask('2026-10-21')).rejects.toMatchObject({
      fields: [{ path: 'newDue', message: expect.stringContaining('最多可以延至 2026年10月19日') }],
    });
    await ask('2026-10-19');
    await expect(s.w.as('yinchuan').task('审批延期申请')).rejects.toThrow('has no task');
    expect((await s.due('dingyiming', '审批延期申请'))?.date).toBe('2026-09-03');
    await s.w.as('dingyiming').submit('审批延期申请', 'approve', { opinion: '情况属实，同意延期。' });
    expect((await s.due('yinchuan', '组织整改、申请销号'))?.date).toBe('2026-10-19');
    expect(await s.row(id)).toMatchObject({ extended: '延至2026年10月19日', finalDue: '2026-10-19', flags: '已延期' });
    expect((await s.w.as('yinchuan').case(id)).actions).toEqual([]);
    expect(await s.told('整改期限延至2026年10月19日')).toEqual(['liangdong', 'yinchuan']);
  });

  test('[CON38] AS-58: after the deadline the extension is not offered; a refusal leaves the deadline as it was', async () => {
    await open();
    const id = await s.begin(twenty);
    await s.planned(items());
    await s.w.as('yinchuan').act(id, 'extend', fill.extensionAsked({ items: [1], newDue: '2026-10-12' }));
    await s.w.as('dingyiming').submit('审批延期申请', 'refuse', { opinion: '理由不充分，请按期完成。' });
    expect((await s.due('yinchuan', '组织整改、申请销号'))?.date).toBe('2026-09-29');
    expect(await s.row(id)).toMatchObject({ extended: '否' });
    const offered = async () => (await s.w.as('yinchuan').case(id)).actions.map((action) => action.key);
    await s.w.at('2026-09-29T23:59');
    expect(await offered()).toEqual(['extend']);
    await s.w.at('2026-09-30T00:00');
    expect(await offered()).toEqual([]);
  });

  test('[CON39] T-14: the plan of an interview that does not come is told to more and more people', async () => {
    await open();
    const id = await s.begin({ sourceType: '工作约谈', organ: 'dcs', reportTo: ['luowei'] });
    await s.w.at('2026-09-07T00:00');
    expect(await s.told('将于2026年9月8日到期')).toEqual(['songqiao', 'yinchuan']);
    expect(await s.row(id)).toMatchObject({ flags: '临期' });
    await s.w.at('2026-09-09T00:00');
    expect(await s.told('已逾期 1 个工作日')).toEqual(['hezhou', 'songqiao', 'yinchuan']);
    expect(await s.row(id)).toMatchObject({ flags: '逾期（1 级）', planOnTime: '否' });
    await s.w.at('2026-09-11T00:00');
    expect(await s.told('「制定整改方案」已逾期 3 个工作日')).toEqual(['hezhou', 'liangdong', 'songqiao', 'yinchuan']);
    expect(await s.told('升级为 2 级')).toEqual(['peiwen']);
    await s.w.at('2026-09-16T00:00');
    expect(await s.told('「制定整改方案」已逾期 6 个工作日')).toContain('fuzheng');
    expect((await s.messages()).map(([name, payload]) => [name, payload.level])).toEqual([
      ['rect.overdue', 1],
      ['rect.overdue', 2],
      ['rect.overdue', 3],
    ]);
    await s.w.at('2026-09-22T00:00');
    expect(await s.told('「制定整改方案」已逾期 11 个工作日')).toContain('luowei');
    expect((await s.messages()).slice(3)).toMatchObject([
      ['rect.overdue', { level: 4 }],
      [
        'consequence.request',
        { person: 'songqiao', rule: '拒不整改', facts: expect.stringContaining('逾期 11 个工作日') },
      ],
    ]);
  });

  test('[CON39] every step tells when its time is over', async () => {
    await open();
    const id = await s.begin({ cycle: '不要求' });
    const late = async (step: string) => {
      const task = await s.w.host.store.reader('tasks').where({ case_id: id }).first();
      expect(task?.name).toBe(step);
      const day = new Date(Math.max(Number(task!.due_at), s.w.host.now()) + 6 * 86_400_000).toISOString().slice(0, 10);
      await s.w.at(`${day}T09:00`);
      expect((await s.told(`「${step}」已逾期`)).length).toBeGreaterThan(0);
    };
    await late('制定整改方案');
    const { confirm: _, ...plan } = fill.plan(s.w.actor('liangdong'), { items: threeItems() });
    await s.w.as('yinchuan').submit('制定整改方案', 'submit', plan);
    await late('主要负责人确认');
    await s.confirm();
    await late('方案审核');
    await s.w.as('dingyiming').submit('方案审核', 'approve', fill.audit());
    await late('组织整改、申请销号');
    await s.apply([1, 2, 3].map((no) => ({ no })));
    await late('单位党组织审核');
    await s.agree();
    await late('材料审核');
    await s.w.as('dingyiming').submit('材料审核', 'pass');
    await late('现场核查');
    const found = { 1: '到位', 2: '虚假整改', 3: '到位' };
    await s.check('false', found, { overall: '虚假整改', newDue: '2027-03-31' }, '交底记录为事后统一补写');
    await late('虚假整改复核签字');
    await s.w.as('dingyiming').submit('虚假整改复核签字', 'deny', {}, '记录不规范，但工作确实已经开展');
    await s.closed([2]);
    await s.w.at('2027-06-30T09:00');
    await late('回头看');
  });

  test('[CON40] a progress report is due on the fifth of each month, about the month before, and is read', async () => {
    await open();
    const id = await s.begin();
    await s.planned();
    await s.w.at('2026-10-01T00:00');
    expect((await s.due('yinchuan', '报告整改进展'))?.date).toBe('2026-10-08');
    const { rows, summary } = fill.progress();
    const three = [...(rows as object[]), { no: 3, percent: 10, done: '已经启动', next: '尽快完成' }];
    expect((await s.w.as('yinchuan').view('报告整改进展')).form?.values.period).toBe('2026年9月');
    await s.w.as('yinchuan').submit('报告整改进展', 'submit', { rows: three, summary });
    await s.w.as('dingyiming').submit('阅示进展报告', 'read', fill.reading());
    expect(await s.value(id, 'readings')).toMatchObject([
      { remark: expect.stringContaining('第三个项目'), by: 'dingyiming' },
    ]);
    await s.w.at('2026-11-01T00:00');
    expect((await s.due('yinchuan', '报告整改进展'))?.date).toBe('2026-11-05');
  });

  test('[CON76] a report that is not handed in is told to whom it is due, and does not queue behind the next', async () => {
    await open();
    await s.begin();
    await s.planned();
    await s.w.at('2026-10-01T00:00');
    await s.w.at('2026-10-09T09:00');
    expect(await s.told('本期整改进展报告逾期未报')).toEqual(['dingyiming', 'liangdong']);
    expect(await s.told('已逾期 1 个工作日，请立即报送')).toEqual(['yinchuan']);
    await s.w.at('2026-11-01T09:00');
    expect(await s.told('本期作罢')).toEqual(['dingyiming', 'liangdong']);
    const reports = (await s.w.as('yinchuan').todo()).filter((task) => task.node === '报告整改进展');
    expect(reports).toHaveLength(1);
    expect((await s.due('yinchuan', '报告整改进展'))?.date).toBe('2026-11-05');
  });

  test('[CON40] every two weeks: after fourteen days and after fourteen more, each due on the fifth day; the report says about which days', async () => {
    await open();
    await s.begin({ cycle: '每两周' });
    await s.planned();
    await s.w.at('2026-09-14T09:00');
    await expect(s.w.as('yinchuan').task('报告整改进展')).rejects.toThrow('has no task');
    await s.w.at('2026-09-15T00:00');
    expect((await s.due('yinchuan', '报告整改进展'))?.date).toBe('2026-09-20');
    expect((await s.w.as('yinchuan').view('报告整改进展')).form?.values.period).toBe('2026-09-01至2026-09-14');
    await s.w.at('2026-09-29T00:00');
    expect((await s.due('yinchuan', '报告整改进展'))?.date).toBe('2026-10-08');
  });

  test('[CON40] where no cycle is set the table of that day decides, and it is kept', async () => {
    await open();
    const id = await s.begin({ cycle: undefined });
    expect(((await s.value(id, 'request')) as { cycle: string }).cycle).toBe('每月');
  });

  test('[CON40] by quarter only after the quarter; nobody to report to: the report is kept; not wanted: never', async () => {
    await open();
    const quarterly = await s.begin({ cycle: '每季度', reportTo: undefined });
    await s.planned();
    await s.begin({ cycle: '不要求', sourceTitle: '另一个项目' });
    await s.planned();
    await s.w.at('2026-09-30T23:59');
    await expect(s.w.as('yinchuan').task('报告整改进展')).rejects.toThrow('has no task');
    await s.w.at('2026-10-31T23:59');
    const reports = (await s.w.as('yinchuan').todo()).filter((task) => task.node === '报告整改进展');
    expect(reports).toHaveLength(1);
    const { rows, summary } = fill.progress();
    const three = [...(rows as object[]), { no: 3, percent: 10, done: '已经启动', next: '尽快完成' }];
    await s.w.as('yinchuan').submit('报告整改进展', 'submit', { rows: three, summary });
    expect(await s.value(quarterly, 'progress')).toMatchObject([{ period: '2026年9月' }]);
  });
});

function requirementsUntil(due: string) {
  const { requirements } = fill.request();
  return (requirements as object[]).map((requirement) => ({ ...requirement, due }));
}

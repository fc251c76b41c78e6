/** The other ways of the tolerance process: on behalf, supplement, rejection, return, withdrawal, veto, the leading group. */
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { readFolder } from '../../server/catalogue/folder.ts';
import { type World, world } from '../commands/world.ts';
import * as fill from './fillings.ts';

const content = readFolder(path.resolve(import.meta.dirname, '../..'));
const PANEL = ['luchuan', 'yuanke', 'liuqing', 'shilei', 'helan'];

let w: World;
afterEach(() => w.stop());
const open = async (now: string) => {
  w = await world({ content, now });
};
const pdf = (id: string) => w.as(id).upload('纪要.pdf');
const apply = async (changes = {}) =>
  w.as('songqiao').start('tolerance', fill.application(await pdf('songqiao'), changes), 'byPerson');
/** The application once more, with another telephone number. */
const complete = async () => fill.application(await pdf('songqiao'), { contact: '宋桥 0717-1111111' });
const status = async (caseId: string) => (await w.as('fuzheng').case(caseId)).case.status.label;

async function untilReview(changes: { verification?: object; decision?: object } = {}): Promise<string> {
  const { caseId } = await apply();
  await w.as('fuzheng').submit('受理审查', 'accept', fill.acceptance());
  await w.as('dingyiming').submit('组成核查组(回避审查)', 'submit', fill.team());
  await w
    .as('fangyuan')
    .submit('核查取证', 'submit', fill.verification(await pdf('fangyuan'), changes.verification as never));
  for (const id of ['yinchuan', 'yuanke', 'shilei', 'liuqing'])
    await w.as(id).submit('征求意见', 'submit', fill.opinion());
  await w.as('songqiao').submit('听取陈述申辩', 'submit', fill.statement(w.actor('songqiao')));
  await w.as('fangyuan').submit('陈述申辩采纳', 'submit', fill.adoption());
  for (const [i, id] of PANEL.entries()) await w.as(id).submit('七方面综合研判', 'submit', fill.panel(i, w.actor(id)));
  await w.as('dingyiming').submit('拟定处理意见及纠错要求', 'submit', fill.decision(changes.decision as never));
  return caseId;
}

describe('started by the party organisation on behalf', () => {
  const subjects = [
    { person: 'songqiao', role: '分管负责人', relation: '分管项目建设' },
    { person: 'zhenghang', role: '直接责任人', relation: '项目负责人' },
  ];

  test('[CON7] who does not agree is dropped, and the others go on', async () => {
    await open('2026-09-01T09:00');
    const { caseId } = await w
      .as('yinchuan')
      .start('tolerance', fill.applicationOnBehalf(await pdf('yinchuan'), { subjects }), 'onBehalf');
    await w.as('songqiao').submit('本人确认', 'agree', fill.confirmation(w.actor('songqiao')));
    await w.as('zhenghang').submit('本人确认', 'refuse', {}, '本人认为不属于容错范围,不同意申请');
    const view = await w.as('fuzheng').view('受理审查');
    const application = view.shown.find((form) => form.as === 'application');
    expect(application?.values.subjects).toMatchObject([{ person: 'songqiao' }]);
    expect(application?.values.subjects).toHaveLength(1);
    expect(await status(caseId)).toBe('待受理');
  });

  test('[CON7] nobody agrees: the case ends; nobody answers in three working days: likewise', async () => {
    await open('2026-09-01T09:00');
    const start = async () =>
      w
        .as('yinchuan')
        .start(
          'tolerance',
          fill.applicationOnBehalf(await pdf('yinchuan'), { subjects: subjects.slice(0, 1) }),
          'onBehalf',
        );
    const one = await start();
    await w.as('songqiao').submit('本人确认', 'refuse', {}, '本人认为不属于容错范围,不同意申请');
    expect((await w.as('yinchuan').case(one.caseId)).case.status.label).toBe('本人不同意');
    const two = await start();
    await w.at('2026-09-05T00:00');
    expect((await w.as('yinchuan').case(two.caseId)).case.status.label).toBe('本人不同意');
  });
});

test('[CON8] AS-32: material is asked for twice at the most, and who lets the period pass has withdrawn', async () => {
  await open('2026-09-21T09:00');
  const { caseId } = await apply();
  await w.at('2026-09-22T10:00');
  const ask = { ...fill.acceptance({ factOk: false, handler: undefined }), ...fill.supplementAsked() };
  await w.as('fuzheng').submit('受理审查', 'supplement', ask);
  expect((await w.as('songqiao').view('补正材料')).task.due?.date).toBe('2026-09-30');
  await w.at('2026-09-30T15:00');
  await w.as('songqiao').submit('补正材料', 'submit', await complete());
  await w.as('fuzheng').submit('受理审查', 'supplement', ask);
  expect((await w.as('songqiao').view('补正材料')).task.due?.date).toBe('2026-10-13');
  await w.at('2026-10-13T23:59');
  expect(await status(caseId)).toBe('补正中');
  await w.at('2026-10-14T00:00');
  expect(await status(caseId)).toBe('视为撤回');
  expect((await apply({ eventTitle: '滨江片区再次申请' })).number).toBe('RC-420500-2026-0002');
});

test('[CON8] a third request for material is not offered', async () => {
  await open('2026-09-01T09:00');
  await apply();
  const ask = { ...fill.acceptance({ factOk: false, handler: undefined }), ...fill.supplementAsked() };
  for (let round = 0; round < 2; round++) {
    await w.as('fuzheng').submit('受理审查', 'supplement', ask);
    await w.as('songqiao').submit('补正材料', 'submit', await complete());
  }
  await expect(w.as('fuzheng').submit('受理审查', 'supplement', ask)).rejects.toMatchObject({
    code: 'task.operation-barred',
  });
});

test('[CON9] an application that is not taken up ends with a numbered notice to the applicant', async () => {
  await open('2026-09-01T09:00');
  const { caseId } = await apply();
  await expect(w.as('fuzheng').submit('受理审查', 'accept', fill.acceptance({ factOk: false }))).rejects.toMatchObject({
    code: 'task.operation-barred',
  });
  const ended = await w
    .as('fuzheng')
    .submit('受理审查', 'reject', { ...fill.acceptance({ handler: undefined }), ...fill.rejection() });
  expect(ended.letters).toMatchObject([{ number: '宜容受〔2026〕1号', title: '容错申请不予受理告知书' }]);
  expect(await status(caseId)).toBe('不予受理');
});

test('[B2] a review sent back to the draft comes straight back to the reviewer', async () => {
  await open('2026-09-01T09:00');
  await untilReview();
  await w.as('qinxiao').giveBack('审核(审理)', 'draftOpinion', 'straight', '纠错要求的完成标准不够具体');
  await w.as('dingyiming').submit('拟定处理意见及纠错要求', 'submit', fill.decision());
  await w.as('qinxiao').submit('审核(审理)', 'approve');
});

test('[T4] S2: who verified may not review, and the reviewer may not sign', async () => {
  await open('2026-09-01T09:00');
  await untilReview();
  for (const id of ['fangyuan', 'dingyiming']) await expect(w.as(id).task('审核(审理)')).rejects.toThrow('has no task');
});

test('[C1] AS-44: the applicant withdraws before the collective meeting and not after it has begun', async () => {
  await open('2026-09-01T09:00');
  const caseId = await untilReview();
  const operations = async () => (await w.as('songqiao').case(caseId)).operations.map((operation) => operation.key);
  expect(await operations()).toContain('withdraw');
  await w.as('qinxiao').submit('审核(审理)', 'approve');
  expect(await operations()).not.toContain('withdraw');
  await expect(w.as('songqiao').withdraw(caseId)).rejects.toMatchObject({ code: 'task.operation-barred' });
});

test('[CON10] a loss of five million or more goes to the leading group, whose head votes last', async () => {
  await open('2026-09-01T09:00');
  await untilReview({ verification: { lossVerified: 600, remedyVerified: 590 } });
  await w.as('qinxiao').submit('审核(审理)', 'approve');
  for (const id of ['fuzheng', 'zhongli', 'sumin', 'gaoyuan'])
    await w.as(id).submit('责任追究机关集体审议', 'agree', fill.vote());
  await w.as('dingyiming').submit('集体审议纪要', 'pass', fill.minutes(await pdf('dingyiming')));
  expect(await w.as('zhouqihang').todo()).toEqual([]);
  for (const id of ['shenlicheng', 'jianglan', 'gaoyuan', 'fuzheng', 'tangning'])
    await w.as(id).submit('领导小组审议', 'agree', fill.vote());
  await w.as('zhouqihang').submit('领导小组审议', 'agree', fill.vote());
  await w
    .as('fuzheng')
    .submit('领导小组审议纪要', 'pass', fill.minutes(await pdf('fuzheng'), { organ: 'leading', chair: 'zhouqihang' }));
  await w.as('gaoyuan').task('签发容错处理决定书');
});

test('[CON11] AS-34: a private gain found by the verifiers skips the panel and leaves only 不予容错', async () => {
  await open('2026-09-01T09:00');
  await apply();
  await w.as('fuzheng').submit('受理审查', 'accept', fill.acceptance());
  await w.as('dingyiming').submit('组成核查组(回避审查)', 'submit', fill.team());
  const report = fill.verification(await pdf('fangyuan'));
  const negativeFinding = (report.negativeFinding as { item: string }[]).map((row) =>
    row.item === 'NT03' ? { ...row, finding: '有', evidenceNos: '1', explain: '配偶持有施工单位股份' } : row,
  );
  await w.as('fangyuan').submit('核查取证', 'submit', { ...report, negativeFinding, suggestion: '不予容错' });
  for (const id of ['yinchuan', 'yuanke', 'shilei', 'liuqing'])
    await w.as(id).submit('征求意见', 'submit', fill.opinion());
  await w.as('songqiao').submit('听取陈述申辩', 'submit', fill.statement(w.actor('songqiao')));
  await w.as('fangyuan').submit('陈述申辩采纳', 'submit', fill.adoption());
  for (const id of PANEL) expect((await w.as(id).todo()).map((task) => task.node)).not.toContain('七方面综合研判');
  await expect(
    w.as('dingyiming').submit('拟定处理意见及纠错要求', 'submit', fill.decision({ aspects: undefined })),
  ).rejects.toMatchObject({ code: 'input.invalid' });
});

test('[CON12] AS-48: a cadre of the province is handed on to the level above', async () => {
  await open('2026-09-01T09:00');
  const own = fill.application(await pdf('luowei'), {
    subjects: [{ person: 'luowei', role: '分管负责人', relation: '分管领导' }],
  });
  const { caseId } = await w.as('luowei').start('tolerance', own, 'byPerson');
  expect((await w.as('luowei').case(caseId)).case.status.label).toBe('已移送');
});

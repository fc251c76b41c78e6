/**
 * Read me first: one case from the application to the signed receipts, without a browser. Content is forms/ and processes/ as shipped,
 * the organisation is the demo's; only the clock and the printer are the test's own.
 */
import path from 'node:path';
import { expect, test } from 'vitest';
import { readFolder } from '../server/catalogue/folder.ts';
import { world } from './commands/world.ts';
import * as fill from './content/fillings.ts';
import * as redo from './content/rectification-fillings.ts';

const content = readFolder(path.resolve(import.meta.dirname, '..'));
const PANEL = ['luchuan', 'yuanke', 'liuqing', 'shilei', 'helan'];
const HEARD = ['yinchuan', 'yuanke', 'shilei', 'liuqing'];

test('[X1] a tolerance case travels from the application to the signed receipts [L3] and the closed rectification', async () => {
  const w = await world({ content, now: '2026-09-01T09:00' });
  const person = (id: string) => w.actor(id);
  const pdf = (id: string) => w.as(id).upload('纪要.pdf');

  const started = await w.as('songqiao').start('tolerance', fill.application(await pdf('songqiao')), 'byPerson');
  expect(started.number).toBe('RC-420500-2026-0001');
  expect(started.next.map((n) => [n.name, n.who])).toEqual([['受理审查', ['傅正']]]);

  await w.as('fuzheng').submit('受理审查', 'accept', fill.acceptance());
  await w.as('dingyiming').submit('组成核查组（回避审查）', 'submit', fill.team());
  await w.as('fangyuan').submit('核查取证', 'submit', fill.verification(await pdf('fangyuan')));
  for (const id of HEARD) await w.as(id).submit('征求意见', 'submit', fill.opinion());
  await w.as('songqiao').submit('听取陈述申辩', 'submit', fill.statement(person('songqiao')));
  await w.as('fangyuan').submit('陈述申辩采纳', 'submit', fill.adoption());
  for (const [i, id] of PANEL.entries()) await w.as(id).submit('七方面综合研判', 'submit', fill.panel(i, person(id)));

  await w.as('dingyiming').submit('拟定处理意见及纠错要求', 'submit', fill.decision());
  await w.as('qinxiao').submit('审核（审理）', 'approve');
  for (const id of ['fuzheng', 'zhongli', 'sumin', 'gaoyuan'])
    await w.as(id).submit('责任追究机关集体审议', 'agree', fill.vote());
  const decided = await w.as('dingyiming').submit('集体审议纪要', 'pass', fill.minutes(await pdf('dingyiming')));
  expect(decided.next.map((n) => n.name)).toEqual(['签发容错处理决定书']);

  const issued = await w.as('gaoyuan').submit('签发容错处理决定书', 'issue');
  expect(issued.letters).toMatchObject([
    { id: expect.any(String), number: '宜纪容决〔2026〕1号', title: '关于对宋桥予以容错免责的决定' },
    { number: '宜纪整通〔2026〕1号', title: '关于滨江片区燃气管道改造先行开工纠错要求的整改通知书' },
  ]);
  for (const id of ['songqiao', 'yinchuan', 'yanming', 'yuanke', 'liuqing', 'shilei'])
    await w.as(id).submit('签收决定书', 'sign');

  const decision = (await w.as('dingyiming').case(started.caseId)).letters.find((l) => l.number.startsWith('宜纪容决'));
  expect(decision?.receipts.filter((r) => r.kind === 'copy' && r.signedAt !== null)).toHaveLength(5);

  await w.as('yinchuan').submit('制定整改方案', 'submit', one(redo.plan(person('liangdong'), { confirm: undefined })));
  await w.as('liangdong').submit('主要负责人确认', 'confirm', { confirm: redo.plan(person('liangdong')).confirm });
  await w.as('dingyiming').submit('方案审核', 'approve', redo.audit());
  const { partyOrgOpinion, sign, ...closing } = redo.closing(await pdf('yinchuan'), person('liangdong'));
  await w.as('yinchuan').submit('组织整改、申请销号', 'submit', one(closing));
  await w.as('liangdong').submit('单位党组织审核', 'agree', { partyOrgOpinion, sign });
  await w.as('dingyiming').submit('材料审核', 'pass');
  await w.as('luchuan').submit('现场核查', 'close', one(redo.check(person('luchuan'))));
  await w.at('2026-12-01T09:00');
  await w.as('luchuan').submit('回头看', 'kept', redo.lookback({ date: '2026-12-01' }));

  await w.at('2027-03-02T09:00');
  await w.as('fuzheng').submit('回访教育', 'done', fill.revisit({ date: '2027-03-02' }));
  const { case: ended } = await w.as('fuzheng').case(started.caseId);
  expect([ended.state, ended.status.label]).toEqual(['ended', '予以容错免责']);
  await w.stop();
});

/** The story has one correction: fillings for two are cut to the first row. */
const one = (values: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      ['items', 'rows'].includes(key) ? (value as unknown[]).slice(0, 1) : value,
    ]),
  );

/**
 * Read me first: one case from the application to the signed receipts, without a browser. Content is forms/ and processes/ as shipped,
 * the organisation is the demo's; only the clock and the printer are the test's own.
 */
import path from 'node:path';
import { expect, test } from 'vitest';
import { readFolder } from '../server/catalogue/folder.ts';
import { world } from './commands/world.ts';
import * as fill from './content/fillings.ts';

const content = readFolder(path.resolve(import.meta.dirname, '..'));
const PANEL = ['luchuan', 'yuanke', 'liuqing', 'shilei', 'helan'];
const HEARD = ['yinchuan', 'yuanke', 'shilei', 'liuqing'];

test('[X1] a tolerance case travels from the application to the signed receipts', async () => {
  const w = await world({ content, now: '2026-09-01T09:00' });
  const person = (id: string) => w.actor(id);
  const pdf = (id: string) => w.as(id).upload('纪要.pdf');

  const started = await w.as('songqiao').start('tolerance', fill.application(await pdf('songqiao')), 'byPerson');
  expect(started.number).toBe('RC-420500-2026-0001');
  expect(started.next.map((n) => [n.name, n.who])).toEqual([['受理审查', ['傅正']]]);

  await w.as('fuzheng').submit('受理审查', 'accept', fill.acceptance());
  await w.as('dingyiming').submit('组成核查组(回避审查)', 'submit', fill.team());
  await w.as('fangyuan').submit('核查取证', 'submit', fill.verification(await pdf('fangyuan')));
  for (const id of HEARD) await w.as(id).submit('征求意见', 'submit', fill.opinion());
  await w.as('songqiao').submit('听取陈述申辩', 'submit', fill.statement(person('songqiao')));
  await w.as('fangyuan').submit('陈述申辩采纳', 'submit', fill.adoption());
  for (const [i, id] of PANEL.entries()) await w.as(id).submit('七方面综合研判', 'submit', fill.panel(i, person(id)));

  await w.as('dingyiming').submit('拟定处理意见及纠错要求', 'submit', fill.decision());
  await w.as('qinxiao').submit('审核(审理)', 'approve');
  for (const id of ['fuzheng', 'zhongli', 'sumin', 'gaoyuan']) await w.as(id).submit('责任追究机关集体审议', 'agree', fill.vote());
  const decided = await w.as('dingyiming').submit('集体审议纪要', 'pass', fill.minutes(await pdf('dingyiming')));
  expect(decided.next.map((n) => n.name)).toEqual(['签发容错处理决定书']);

  const issued = await w.as('gaoyuan').submit('签发容错处理决定书', 'issue');
  expect(issued.letters).toMatchObject([{ number: '宜纪容决〔2026〕1号', title: '关于对宋桥予以容错免责的决定' }]);
  for (const id of ['songqiao', 'yinchuan', 'yanming', 'yuanke', 'liuqing', 'shilei']) await w.as(id).submit('签收决定书', 'sign');

  const ended = await w.as('fuzheng').case(started.caseId);
  expect(ended.case.status.label).toBe('予以容错免责');
  const [letter] = ended.letters.filter((l) => l.number.startsWith('宜纪容决'));
  expect(letter?.receipts.filter((r) => r.kind === 'copy').map((r) => r.unit)).toHaveLength(5);
  expect(letter?.receipts.every((r) => r.signedAt !== null)).toBe(true);
  await w.stop();
});

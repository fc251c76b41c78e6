/** A whole case in the browser, as a dozen people, from the application to the signed receipts and the text of the letter. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import * as fill from '../content/fillings.ts';
import { act, picture, Visitor } from './stage.ts';

const PANEL: [string, string][] = [
  ['luchuan', '陆川'],
  ['yuanke', '袁可'],
  ['liuqing', '柳青'],
  ['shilei', '石磊'],
  ['helan', '贺兰'],
];
const RECEIVERS = ['songqiao', 'yinchuan', 'yanming', 'yuanke', 'liuqing', 'shilei'];

test('[X2] a case goes through the hands of many people in the browser and ends with a signed letter', async ({
  browser,
}) => {
  test.setTimeout(400_000);
  const admin = await Visitor.come(browser, 'admin');
  await admin.call('post', '/api/demo/reset', {});
  await admin.leave();
  const clerk = await Visitor.come(browser, 'admin');
  await clerk.call('post', '/api/demo/clock', { now: '2026-09-01T09:00:00+08:00' });
  await clerk.leave();

  const songqiao = await Visitor.come(browser, 'songqiao');
  const draft = await songqiao.call('put', '/api/drafts', {
    process: 'tolerance',
    start: 'byPerson',
    values: fill.application(await songqiao.file('局长办公会纪要.pdf')),
  });
  await songqiao.page.goto(`/start/tolerance/byPerson?draft=${draft.id}`);
  await expect(songqiao.page.getByLabel('事项名称')).not.toHaveValue('');
  await songqiao.page.getByRole('button', { name: '提交', exact: true }).click();
  await expect(songqiao.page.getByText(/受理审查/).first()).toBeVisible();

  const fuzheng = await Visitor.come(browser, 'fuzheng');
  await picture(fuzheng.page, 'workbench-1440');
  await fuzheng.openTask('受理审查');
  await expect(fuzheng.page.getByRole('heading', { level: 1 })).toContainText('容错申请');
  await expect(fuzheng.page.getByText('材料齐全性').first()).toBeVisible();
  await expect(fuzheng.page.getByText('容错对象').first()).toBeVisible();
  await picture(fuzheng.page, 'task-1440');
  await fuzheng.finish('受理审查', '受理', fill.acceptance());

  await act(browser, 'dingyiming', (v) => v.finish('组成核查组(回避审查)', '确定核查组', fill.team()));
  await act(browser, 'fangyuan', async (v) =>
    v.finish('核查取证', '提交核查报告', fill.verification(await v.file('核查报告.pdf'))),
  );
  for (const id of ['yinchuan', 'yuanke', 'shilei', 'liuqing']) {
    await act(browser, id, (v) => v.finish('征求意见', '反馈意见', fill.opinion()));
  }
  await songqiao.finish('听取陈述申辩', '提交陈述申辩', fill.statement({ id: 'songqiao', name: '宋桥' }));
  await act(browser, 'fangyuan', (v) => v.finish('陈述申辩采纳', '确认', fill.adoption()));
  for (const [i, [id, name]] of PANEL.entries()) {
    await act(browser, id, (v) => v.finish('七方面综合研判', '提交研判', fill.panel(i, { id, name })));
  }
  await act(browser, 'dingyiming', (v) => v.finish('拟定处理意见及纠错要求', '提交审核', fill.decision()));
  await act(browser, 'qinxiao', (v) => v.finish('审核(审理)', '审核通过'));
  for (const id of ['fuzheng', 'zhongli', 'sumin', 'gaoyuan']) {
    await act(browser, id, (v) => v.finish('责任追究机关集体审议', '同意', fill.vote()));
  }
  await act(browser, 'dingyiming', async (v) =>
    v.finish('集体审议纪要', '通过', fill.minutes(await v.file('会议纪要.pdf'))),
  );

  const gaoyuan = await Visitor.come(browser, 'gaoyuan');
  await gaoyuan.openTask('签发容错处理决定书');
  await gaoyuan.page.getByRole('button', { name: '签发', exact: true }).click();
  await expect(gaoyuan.page.getByRole('dialog')).toContainText('同步抄送 5 家单位');
  await picture(gaoyuan.page, 'issue-1440');
  await gaoyuan.page
    .getByRole('dialog')
    .getByRole('button', { name: /^(确认|确定|签发)/ })
    .click();
  await expect(gaoyuan.page.getByText('宜纪容决〔2026〕1号').first()).toBeVisible();

  for (const id of RECEIVERS) await act(browser, id, (v) => v.finish('签收决定书', '签收'));

  const { rows } = await songqiao.call('get', '/api/inbox/copied');
  expect(rows.map((row) => row.title)).toContain('关于对宋桥予以容错免责的决定');
  const started = (await songqiao.call('get', '/api/inbox/started')).rows[0];
  await songqiao.page.goto(`/cases/${started?.caseId}`);
  await expect(songqiao.page.getByText('宜纪容决〔2026〕1号').first()).toBeVisible();
  const view = await songqiao.call('get', `/api/cases/${started?.caseId}`);
  const letter = (
    view.letters as { number: string; file: { id: string }; receipts: { signedAt: number | null }[] }[]
  ).find((l) => l.number.startsWith('宜纪容决'));
  expect(letter?.receipts).toHaveLength(6);
  expect(letter?.receipts.every((receipt) => receipt.signedAt !== null)).toBe(true);
  const pdf = path.join(tmpdir(), 'ganwei-letter.pdf');
  writeFileSync(pdf, await (await songqiao.page.request.get(`/api/files/${letter?.file.id}`)).body());
  const text = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' }).replace(/\s+/g, '');
  for (const part of [
    '中共宜昌市纪律检查委员会文件',
    '宜纪容决〔2026〕1号',
    '关于对宋桥予以容错免责的决定',
    '不影响考核评价结果',
    '2026年9月1日',
    '抄送:',
    '宜昌市审计局',
  ]) {
    expect(text.replaceAll('\uff1a', ':')).toContain(part);
  }
  // [A1] What the panel and the verifiers wrote is not sent to the person concerned.
  expect(JSON.stringify(view)).not.toContain('factFindings');
  expect(JSON.stringify(view)).not.toContain('"rating"');
});

/** A whole case in the browser, as a dozen people: from the application to the closed rectification, its look-back and the revisit. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import * as fill from '../content/fillings.ts';
import * as redo from '../content/rectification-fillings.ts';
import { act, picture, test, Visitor } from './stage.ts';
import { begin, byHand, CLOSING, check, moveClock, PLAN, RECEIPTS, TO_SIGNATURE } from './walk.ts';

test('[X2] a case goes through the hands of many people in the browser: decided, signed for, rectified, looked back at, closed', async ({
  browser,
}) => {
  test.setTimeout(600_000);
  await begin(browser, '2026-09-01T09:00:00+08:00');

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

  await byHand(browser, TO_SIGNATURE);

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
  await byHand(browser, RECEIPTS);

  const { rows } = await songqiao.call('get', '/api/inbox/copied');
  expect(rows.map((row) => row.title)).toContain('关于对宋桥予以容错免责的决定');
  const started = (await songqiao.call('get', '/api/inbox/started')).rows[0];
  await songqiao.page.goto(`/cases/${started?.caseId}`);
  await expect(songqiao.page.getByText('宜纪容决〔2026〕1号').first()).toBeVisible();
  const view = await songqiao.call('get', `/api/cases/${started?.caseId}`);
  // who else received it is seen by the organ; the person concerned sees that he has signed
  const decisionOf = (seen: Record<string, unknown>) =>
    (seen.letters as { number: string; file: { id: string }; receipts: { signedAt: number | null }[] }[]).find((l) =>
      l.number.startsWith('宜纪容决'),
    );
  const letter = decisionOf(view);
  expect(letter?.receipts).toHaveLength(1);
  const receipts = decisionOf(await gaoyuan.call('get', `/api/cases/${started?.caseId}`))?.receipts;
  expect(receipts).toHaveLength(6);
  expect(receipts?.every((receipt) => receipt.signedAt !== null)).toBe(true);
  const pdf = test.info().outputPath('letter.pdf');
  writeFileSync(pdf, await (await songqiao.page.request.get(`/api/files/${letter?.file.id}`)).body());
  const text = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' })
    .replace(/\s+/g, '')
    .replace(/—\d+—/g, '');
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

  await byHand(browser, [...PLAN, ...CLOSING]);
  await act(browser, 'luchuan', async (visitor) => visitor.finish('现场核查', '同意销号', check()));
  await moveClock(browser, '2026-12-01T09:00:00+08:00');
  await act(browser, 'luchuan', (visitor) =>
    visitor.finish('回头看', '成效巩固', redo.lookback({ date: '2026-12-01' })),
  );
  await moveClock(browser, '2027-03-02T09:00:00+08:00');
  await act(browser, 'fuzheng', async (visitor) => {
    await visitor.finish('回访教育', '完成回访', fill.revisit({ date: '2027-03-02' }));
    await visitor.page.goto(`/cases/${started?.caseId}`);
    await expect(visitor.page.getByText('予以容错免责').first()).toBeVisible();
    const closed = await visitor.call('get', `/api/cases/${started?.caseId}`);
    expect(closed.case).toMatchObject({ state: 'ended', status: { label: '予以容错免责' } });
  });
  await act(browser, 'dingyiming', async (visitor) => {
    const closed = await visitor.call('get', `/api/cases/${started?.caseId}`);
    expect(closed.children).toMatchObject([{ status: { label: '已销号' }, state: 'ended' }]);
  });
});

/** The measures beside tolerance, as their people meet them: a reminder that ends in a proposed interview, and a proposal of handling that ends in a letter. */
import { expect } from '@playwright/test';
import * as handling from '../content/consequence-fillings.ts';
import * as fill from '../content/fillings.ts';
import { signature } from '../content/fillings.ts';
import * as reminder from '../content/reminder-fillings.ts';
import { act, picture, test, Visitor } from './stage.ts';
import { Caller } from './walk.ts';

const PHONE = { width: 390, height: 844 };

test('[REM7] a reminder is approved, signed for on a phone, not acted on, evaluated, and becomes the draft of an interview', async ({
  browser,
}) => {
  const clock = (now: string) =>
    act(browser, 'admin', (v) => v.call('post', '/api/demo/clock', { now: `${now}:00+08:00` }));
  await clock('2026-06-16T09:00');
  await act(browser, 'qiufan', async (v) => {
    const values = reminder.reminder(await v.file('台账.pdf'), { letters: [reminder.letter('zjj')] });
    await v.call('post', '/api/cases', { process: 'work-reminder', start: 'draft', values });
  });
  await act(browser, 'hezhou', (v) => v.finish('督查室负责人审核', '通过'));
  await act(browser, 'jianglan', (v) => v.finish('报批', '同意'));
  const liaison = await Visitor.come(browser, 'yinchuan', PHONE);
  await liaison.openTask('签收提醒函');
  await expect(liaison.page.getByText('宜督函〔2026〕1号').first()).toBeVisible();
  await expect(liaison.page.getByText('拟制人')).toHaveCount(0);
  await picture(liaison.page, 'reminder-390');
  await liaison.choose('签收');
  await liaison.leave();
  await act(browser, 'luowei', (v) => v.finish('分管市领导阅示', '已阅'));
  await clock('2026-08-10T09:00');
  await act(browser, 'qiufan', async (v) => {
    await v.finish('成效评估', '提交评估', reminder.evaluation([reminder.rated('zjj', '仍不明显', '申请约谈')]));
    await v.openTask('确认约谈申请');
    await expect(v.page.getByText('宜督函〔2026〕1号').first()).toBeVisible();
  });
  await act(browser, 'liangdong', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByText('约谈')).toHaveCount(0);
  });
});

test('[CSQ1] [CSQ6] a proposal is verified, heard, deliberated and issued; the person reads the facts, and in the end the letter', async ({
  browser,
}) => {
  await act(browser, 'admin', (v) => v.call('post', '/api/demo/clock', { now: '2026-09-01T09:00:00+08:00' }));
  await act(browser, 'xuning', (v) =>
    v.call('post', '/api/cases', { process: 'consequence-handling', start: 'registered', values: handling.request() }),
  );
  await act(browser, 'yuanke', async (v) => {
    await v.finish('核实事实', '提交核实情况', handling.facts());
    await v.finish('容错核查', '提交核查结论', handling.tolerance());
  });
  await act(browser, 'songqiao', async (v) => {
    await v.openTask('听取本人说明');
    await expect(v.page.getByText('连续两个季度靠后').first()).toBeVisible();
    await expect(v.page.getByText('一年内第二次约谈')).toHaveCount(0);
    await picture(v.page, 'handling');
    await v.finish('听取本人说明', '提交说明', handling.statement(signature({ id: 'songqiao', name: '宋桥' })));
  });
  await act(browser, 'yuanke', (v) => v.finish('提出处理建议', '提交', handling.proposal()));
  await act(browser, 'dingyiming', (v) => v.finish('征求纪检监察机关意见', '反馈意见', handling.consult()));
  await act(browser, 'tangning', async (v) =>
    v.finish('部务会审议', '登记审议决定', handling.meeting(await v.file('纪要.pdf'))),
  );
  const person = await Visitor.come(browser, 'songqiao', PHONE);
  await person.openTask('签收');
  await person.page
    .getByRole('link', { name: /宜组诫〔2026〕1号/ })
    .first()
    .click();
  await expect(person.page.getByText('关于对宋桥予以诫勉的决定').first()).toBeVisible();
  await person.openTask('签收');
  await person.choose('签收');
  await person.leave();
});

test('[APL1] [APL2] who was refused asks for a review on a phone, on the case that has ended; another than who refused decides on taking it up', async ({
  browser,
}) => {
  await act(browser, 'admin', (v) => v.call('post', '/api/demo/clock', { now: '2026-09-01T09:00:00+08:00' }));
  const applicant = await Visitor.come(browser, 'songqiao', PHONE);
  const values = fill.application(await applicant.file('纪要.pdf'), { eventTitle: '申请复核演练' });
  const { caseId } = await applicant.call('post', '/api/cases', { process: 'tolerance', start: 'byPerson', values });
  const window = await Caller.come(browser, 'fuzheng');
  const { rows } = (await window.call('get', '/api/inbox/todo?q=申请复核演练')) as { rows: { taskId: string }[] };
  const rejection = fill.acceptance({ ...fill.rejection(), handler: undefined });
  await window.call('post', `/api/tasks/${rows[0]?.taskId}/submit`, {
    outcome: 'reject',
    values: rejection,
    comment: '',
    revision: 1,
  });
  const { page } = applicant;
  await page.goto(`/cases/${caseId}`);
  await expect(page.getByText('不予受理').first()).toBeVisible();
  await page
    .getByRole('link', { name: '申请复核' })
    .or(page.getByRole('button', { name: '申请复核' }))
    .first()
    .click();
  await expect(page.getByText('宜容受〔2026〕1号').first()).toBeVisible();
  await page.getByLabel('收到决定的日期').fill('2026-09-01');
  await page.keyboard.press('Enter');
  await page.getByLabel('请求', { exact: true }).fill('请求受理容错申请。');
  await page
    .getByLabel('事实和理由')
    .fill(
      '申请书第二页写明了失误的经过、损失的金额和补救的情况，并附会议纪要和赔付凭证，不属于没有具体事实的情形，请求重新核实并受理。',
    );
  await picture(page, 'appeal-390');
  await applicant.choose('提交');
  await applicant.leave();
  await act(browser, 'shaoning', async (v) => {
    await v.openTask('受理');
    await expect(v.page.getByText('申请书第二页写明了').first()).toBeVisible();
  });
});

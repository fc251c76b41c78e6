/** Moving a task between people and steps in the browser: handing over, sending back, and seeing on the diagram where it stands. */
import { expect } from '@playwright/test';
import * as fill from '../content/fillings.ts';
import { act, test } from './stage.ts';

test('[X5] a task is handed over and sent back from the page, and comes straight back', async ({ browser }) => {
  await act(browser, 'admin', (v) => v.call('post', '/api/demo/clock', { now: '2026-09-01T09:00:00+08:00' }));
  await act(browser, 'songqiao', async (v) =>
    v.call('post', '/api/cases', {
      process: 'tolerance',
      start: 'byPerson',
      values: fill.application(await v.file('纪要.pdf'), { eventTitle: '转办退回演练' }),
    }),
  );
  await act(browser, 'fuzheng', async (v) => {
    const { rows } = await v.call('get', '/api/inbox/todo?q=转办退回演练');
    await v.page.goto(`/tasks/${rows[0]?.taskId}`);
    await v.page.getByRole('button', { name: '更多' }).click();
    // nobody else is of the window: the act is there, with the reason why not
    await expect(v.page.getByRole('menuitem', { name: '转办' })).toHaveAttribute('aria-disabled', 'true');
    await v.call('post', `/api/tasks/${rows[0]?.taskId}/submit`, {
      outcome: 'accept',
      values: fill.acceptance(),
      comment: '',
      revision: 1,
    });
  });
  await act(browser, 'dingyiming', async (v) => {
    const { rows } = await v.call('get', '/api/inbox/todo?q=转办退回演练');
    await v.page.goto(`/tasks/${rows[0]?.taskId}`);
    await v.page.getByRole('button', { name: '更多' }).click();
    await v.page.getByRole('menuitem', { name: '转办' }).click();
    const dialog = v.page.getByRole('dialog');
    await dialog.getByRole('combobox').fill('陆川');
    await v.page.locator('.ant-select-item-option', { hasText: '陆川' }).first().click();
    await dialog.getByRole('textbox').last().fill('本周外出开会，请代为组成核查组');
    await dialog.getByRole('button', { name: '转办' }).click();
    await expect(v.page.getByText(/陆川/).first()).toBeVisible();
  });
  await act(browser, 'luchuan', async (v) => {
    const { rows } = await v.call('get', '/api/inbox/todo?q=转办退回演练');
    await v.call('post', `/api/tasks/${rows[0]?.taskId}/submit`, {
      outcome: 'submit',
      values: fill.team(),
      comment: '',
      revision: 2,
    });
  });
  await act(browser, 'fangyuan', async (v) => {
    const { rows } = await v.call('get', '/api/inbox/todo?q=转办退回演练');
    await v.page.goto(`/tasks/${rows[0]?.taskId}`);
    await v.page.getByRole('button', { name: '更多' }).click();
    await v.page.getByRole('menuitem', { name: '退回' }).click();
    const dialog = v.page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /组成核查组/ }).check();
    await dialog.getByRole('radio', { name: /直接送回/ }).check();
    await dialog.getByRole('textbox').last().fill('核查组还需要一名熟悉工程的成员');
    await dialog.getByRole('button', { name: '退回' }).click();
    await expect(v.page.getByText(/已退回|组成核查组/).first()).toBeVisible();
  });
  await act(browser, 'dingyiming', async (v) => {
    const { rows } = await v.call('get', '/api/inbox/todo?q=转办退回演练');
    expect(rows[0]).toMatchObject({ node: '组成核查组（回避审查）', outcome: 'returned' });
    await v.page.goto('/');
    await expect(v.page.getByText('退回').first()).toBeVisible();
    await v.call('post', `/api/tasks/${rows[0]?.taskId}/submit`, {
      outcome: 'submit',
      values: fill.team(),
      comment: '',
      revision: 1,
    });
  });
  await act(browser, 'fangyuan', async (v) => {
    const { rows } = await v.call('get', '/api/inbox/todo?q=转办退回演练');
    expect(rows[0]).toMatchObject({ node: '核查取证' });
  });
});

test('[CON70] the diagram opens in the phase where the case stands; one picture up the phase stands out', async ({
  browser,
}) => {
  await act(browser, 'admin', (v) => v.call('post', '/api/demo/clock', { now: '2026-09-01T09:00:00+08:00' }));
  let caseId = '';
  await act(browser, 'songqiao', async (v) => {
    const values = fill.application(await v.file('纪要.pdf'), { eventTitle: '流程图演练' });
    ({ caseId } = (await v.call('post', '/api/cases', { process: 'tolerance', start: 'byPerson', values })) as never);
    // the applicant sees milestones, not the way taken
    await v.page.goto(`/cases/${caseId}`);
    await expect(v.page.getByText('受理').first()).toBeVisible();
    await expect(v.page.getByRole('tab', { name: '流程图' })).toBeHidden();
  });
  await act(browser, 'gaoyuan', async (v) => {
    await v.page.goto(`/cases/${caseId}`);
    await v.page.getByRole('tab', { name: '流程图' }).click();
    const marked = (id: string) => v.page.locator(`.at-current[data-element-id="${id}"]`);
    await expect(marked('acceptCheck')).toBeVisible();
    await expect(marked('acceptance')).toBeHidden();
    await v.page.locator('.bjs-breadcrumbs').getByText('容错申请、核查、认定与纠错').click();
    await expect(marked('acceptance')).toBeVisible();
    await expect(marked('acceptCheck')).toBeHidden();
    await v.page.locator('[data-container-id="acceptance"] .bjs-drilldown').click();
    await expect(marked('acceptCheck')).toBeVisible();
  });
});

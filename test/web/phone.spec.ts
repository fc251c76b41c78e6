/** The applicant's part on a phone, filled in by hand. */
import { expect, type Page } from '@playwright/test';
import { picture, test, Visitor } from './stage.ts';

const LONG =
  '片区燃气管道老化，居民多次反映存在安全隐患。经集体研究先行开工，施工中挖断供水主管一处，两个小区停水九小时，当日组织抢修恢复供水，没有人员伤亡。'.repeat(
    2,
  );

test('[X3] on a phone a person fills in the application by hand, is led to what is missing, and submits', async ({
  browser,
}) => {
  const admin = await Visitor.come(browser, 'admin');
  await admin.call('post', '/api/demo/clock', { now: '2026-09-01T09:00:00+08:00' });
  await admin.leave();
  const guqing = await Visitor.come(browser, 'guqing', { width: 390, height: 844 });
  const { page } = guqing;
  await page.getByRole('navigation', { name: '底部菜单' }).getByText('发起').click();
  await page.getByRole('link', { name: /个人申请/ }).click();
  await expect(page.getByLabel('事项名称')).toBeVisible();
  await picture(page, 'start-390');

  await page.getByRole('button', { name: '提交', exact: true }).click();
  await expect(page.locator('[role=alert]:visible').first()).toBeVisible();

  await page.getByLabel('联系人及电话').fill('顾青 0717-0000009');
  await page.getByRole('radio', { name: '拟启动' }).check();
  await pick(page, '责任角色', '分管负责人');
  await page.getByLabel('事项名称').fill('数据共享平台先行上线');
  await pick(page, '领域', '新业态');
  for (const [label, day] of [
    ['行为开始日', '2026-03-02'],
    ['行为结束日', '2026-03-20'],
  ] as const) {
    await page.getByLabel(label).fill(day);
    await page.getByLabel(label).press('Enter');
  }
  await page.getByLabel('基本事实').fill(LONG);
  await page.getByLabel('主动履职、担当作为情况').fill(LONG);
  await page.getByLabel('情况特殊复杂、风险难以预见的说明').fill(LONG);
  await page.getByRole('radiogroup', { name: '是否经过集体研究' }).getByRole('radio', { name: '否' }).check();
  await page.getByLabel('未经集体研究的理由').fill(LONG);
  await page.getByRole('checkbox', { name: /风险决策/ }).check();
  for (const none of await page.getByRole('radio', { name: '无', exact: true }).all()) await none.check();
  await page.getByRole('checkbox', { name: /谋取不正当利益/ }).check();
  await page.getByLabel('直接损失').first().fill('0');
  await page.getByRole('radio', { name: '较小' }).check();
  await page.getByLabel('损失后果说明').fill(LONG);
  await page.getByLabel('未采取补救措施的原因').fill(LONG);
  await page.getByRole('radio', { name: '减责' }).check();
  await page.getByRole('checkbox', { name: /真实、完整/ }).check();
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await expect(page.getByText('已提交').first()).toBeVisible();
  await expect(page.getByText(/受理审查/).first()).toBeVisible();
  await picture(page, 'submitted-390');
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(390);
});

/** Chooses an entry of a drop-down list, as a finger does. */
async function pick(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).first().click();
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: option }).first().click();
}

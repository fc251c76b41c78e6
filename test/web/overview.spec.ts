/** An overview in the browser: what it says, the drawing, the table behind it, and the way from a figure to its cases. Rules: [OVW4] [OVW5]. */
import { type Browser, expect } from '@playwright/test';
import * as fill from '../content/fillings.ts';
import { act, test, Visitor } from './stage.ts';

async function apply(browser: Browser, eventTitle: string): Promise<void> {
  await act(browser, 'admin', (v) => v.call('post', '/api/demo/clock', { now: '2026-09-01T09:00:00+08:00' }));
  await act(browser, 'songqiao', async (v) =>
    v.call('post', '/api/cases', {
      process: 'tolerance',
      start: 'byPerson',
      values: fill.application(await v.file('纪要.pdf'), { eventTitle }),
    }),
  );
}

test('[OVW4] a member of the leading group opens the overview, clicks a figure, and finds just as many cases in the ledger', async ({
  browser,
}) => {
  for (const title of ['汇总演练甲', '汇总演练乙']) await apply(browser, title);
  const { page } = await Visitor.come(browser, 'fuzheng');
  const refused: string[] = [];
  page.on(
    'console',
    (message) => void (/Content.Security.Policy/i.test(message.text()) && refused.push(message.text())),
  );
  await page.getByRole('navigation').getByRole('link', { name: '概览' }).click();
  await page.getByRole('link', { name: '领导小组概览' }).click();
  const card = page.getByRole('region', { name: /^本年容错事项 2 件/ });
  await expect(card.getByRole('img', { name: /本年容错事项 2 件/ }).locator('canvas')).toBeVisible();
  await expect(card).toContainText(/单位：件 · 数据截至 \d\d:\d\d/);
  // The pointer tells the figure under it; the policy of the page is kept.
  await card.locator('canvas').hover();
  // By keys alone to the table, and through a figure of it.
  await card.getByRole('button', { name: '表' }).focus();
  await page.keyboard.press('Enter');
  const figure = card.getByRole('table').getByRole('link');
  await expect(figure).toHaveText('2');
  await figure.press('Enter');
  await expect(page).toHaveURL(/\/ledgers\/REG-02\?counted=1/);
  await expect(page.getByText('共 2 条')).toBeVisible();
  await expect(page.getByRole('note')).toContainText('只列出概览的数字所算的件');
  expect(refused).toEqual([]);
});

test('[OVW5] on a phone the charts stand below each other, and a click into a drawing leads to its cases', async ({
  browser,
}) => {
  await apply(browser, '汇总演练丙');
  const { page } = await Visitor.come(browser, 'fuzheng', { width: 390, height: 844 });
  await page.goto('/overview/tolerance-office');
  const cards = page.locator('.chart');
  await expect(cards).toHaveCount(6);
  const boxes = await Promise.all((await cards.all()).map((one) => one.boundingBox()));
  expect(new Set(boxes.map((box) => box!.x)).size).toBe(1);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  // The pie of one kind: wherever its ring is touched.
  const pie = page.getByRole('region', { name: /^本年启动 \d+ 件/ }).locator('canvas');
  await pie.scrollIntoViewIfNeeded();
  await expect(page.locator('.gw-bones, .bones')).toHaveCount(0);
  const { width, height } = (await pie.boundingBox())!;
  const ring = (Math.min(width, height) / 2) * 0.5;
  await expect(async () => {
    await pie.click({ position: { x: width / 2, y: height / 2 + ring } });
    await expect(page).toHaveURL(/\/ledgers\/REG-02\?counted=1/, { timeout: 1000 });
  }).toPass();
});

test('[OVW5] whoever reads English is told everything in English', async ({ browser }) => {
  const { page } = await Visitor.come(browser, 'fuzheng');
  await page.evaluate(() => localStorage.setItem('ganwei.language', 'en-US'));
  await page.goto('/overview/leading-group');
  await expect(page.getByRole('heading', { level: 1, name: 'Leading group at a glance' })).toBeVisible();
  await expect(page.getByRole('region', { name: /cases this year, from/ })).toBeVisible();
  expect(await page.locator('.overview').innerText()).not.toMatch(/\p{Script=Han}/u);
});

/** Two people at their pages: what one does reaches the open page of the other, and the message centre tells it. */
import { expect, type Page } from '@playwright/test';
import * as fill from '../content/fillings.ts';
import { test, Visitor } from './stage.ts';
import { ACCEPT, begin, byCalls } from './walk.ts';

const counter = (page: Page) => page.locator('.counters strong').first();

test('[MSG11] what others submit and issue shows on an open page without a reload, what is typed stays, and what is read here is read everywhere', async ({
  browser,
}) => {
  await begin(browser, '2026-09-01T09:00:00+08:00');
  const fuzheng = await Visitor.come(browser, 'fuzheng');
  const { page } = fuzheng;
  await expect(page.getByRole('link', { name: '消息，没有未读' })).toBeVisible();
  const before = Number(await counter(page).textContent());
  await page.getByLabel('按标题或编号查找').fill('没有这样的事项');
  await expect(page.getByText('没有找到')).toBeVisible();

  const songqiao = await Visitor.come(browser, 'songqiao');
  const values = fill.application(await songqiao.file('局长办公会纪要.pdf'));
  const { caseId } = await songqiao.call('post', '/api/cases', { process: 'tolerance', start: 'byPerson', values });
  await expect(counter(page)).toHaveText(String(before + 1));
  await expect(page.getByLabel('按标题或编号查找')).toHaveValue('没有这样的事项');

  const handy = await Visitor.come(browser, 'songqiao', { width: 390, height: 844 });
  const bar = handy.page.getByRole('navigation', { name: '底部菜单' });
  await expect(bar.getByRole('link', { name: '消息，没有未读' })).toBeVisible();
  await songqiao.page.goto('/');
  await expect(songqiao.page.getByRole('link', { name: '消息，没有未读' })).toBeVisible();
  await byCalls(browser, [ACCEPT]);
  const bell = songqiao.page.getByRole('banner').getByRole('link', { name: /^消息，\d+ 条未读$/ });
  await expect(bell).toBeVisible();
  await expect(bar.getByRole('link', { name: /^消息，\d+ 条未读$/ })).toBeVisible();

  await bell.click();
  await expect(songqiao.page.getByRole('heading', { level: 1, name: '消息' })).toBeVisible();
  await songqiao.page.getByRole('main').getByRole('listitem').getByRole('link').first().click();
  // What tells of a letter opens it; from there the case is one link away.
  await expect(songqiao.page).toHaveURL(/\/letters\//);
  await songqiao.page.locator(`a[href$="/cases/${caseId}"]`).first().click();
  await expect(songqiao.page).toHaveURL(new RegExp(`/cases/${caseId}`));
  await expect(bar.getByRole('link', { name: '消息，没有未读' })).toBeVisible();
});

/**
 * A letter is changed in its designer as an administrator does it: a paragraph, a new copy recipient, a field from the picker, with the pages beside it; what is
 * wrong is told at its line, and nothing is lost. Rules: [LTD1] [LTD3] [LTD4] [LTD10] [LTD12] [LTD13].
 */
import { expect, type Page } from '@playwright/test';
import { alter, beginChange } from './changes.ts';
import { noProblems, saved } from './editor.ts';
import { picture, test, Visitor } from './stage.ts';

const TITLE = '整改通知书增加抄送';

const text = (page: Page) => page.getByRole('textbox', { name: '正文' });
const pages = (page: Page) => page.getByRole('region', { name: '样张' });
const settings = (page: Page) => page.getByRole('region', { name: '文书设置' });

test('[LTD10] a letter is changed with its pages beside it; what is wrong is told and the text stays', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const author = await Visitor.come(browser, 'peiwen');
  const { page } = author;
  page.setDefaultTimeout(30_000);
  await beginChange(page, TITLE);
  await alter(page, '整改通知书');
  await noProblems(page);
  await expect(pages(page).getByRole('img', { name: '整改通知书 的样张' })).toBeVisible({ timeout: 60_000 });
  await expect(pages(page)).toHaveAttribute('aria-busy', 'false');

  // another recipient of a copy, and a word more in the last paragraph
  await settings(page).getByLabel('抄送').fill('市委巡察工作领导小组办公室\n市纪委监委案件监督管理室');
  await settings(page).getByLabel('抄送').blur();
  const before = await text(page).inputValue();
  await text(page).fill(before.replace('请于', '请务必于'));
  await expect(pages(page)).toHaveAttribute('aria-busy', 'false', { timeout: 30_000 });
  await noProblems(page);
  await picture(page, 'design-letter');
  await pages(page).evaluate((region) => region.scrollTo(0, 300));

  // a field from the picker
  await text(page).press('Control+End');
  await page.getByRole('combobox', { name: '要插入的字段' }).fill('整改要求');
  await page.locator('.ant-select-item-option', { hasText: 'request.requirements' }).first().click();
  await page.getByRole('button', { name: '表格' }).click();
  await expect(text(page)).toHaveValue(/\{for item in request\.requirements\}/);
  await noProblems(page);

  // a block that is not closed: told at its line, in the list and beside the pages; the text stays as it was written
  const whole = await text(page).inputValue();
  await text(page).fill(whole.replace(/\{end\}\s*$/, ''));
  await expect(page.getByRole('region', { name: '问题' }).getByText(/没有用“\{end\}”结束/)).toBeVisible();
  await expect(pages(page).getByText(/没有用“\{end\}”结束/)).toBeVisible({ timeout: 30_000 });
  await expect(pages(page).getByRole('img')).toBeVisible();
  await text(page).fill(whole);
  await noProblems(page);
  await saved(page);

  // the text view says the same, one line of the head changed
  await page.getByRole('button', { name: '源文本', exact: true }).click();
  await expect(page.locator('textarea.source')).toHaveValue(
    /copies:\n {2}- 市委巡察工作领导小组办公室\n {2}- 市纪委监委案件监督管理室\nseal: true/,
  );

  await page.getByRole('button', { name: '设计', exact: true }).click();
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(pages(page).getByRole('img')).toBeVisible({ timeout: 30_000 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await picture(page, 'design-letter-phone');
  await author.leave();
});

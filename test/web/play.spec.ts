/**
 * A change is played before it is published: what it does to a story is told at the step, the story is gone through as its people on the pages of
 * a sandbox, and recorded anew. Rules: [PLAY3] [STORY5] [STORY8].
 */
import { expect, type Page } from '@playwright/test';
import { alter, beginChange, decide } from './changes.ts';
import { sourceOf } from './editor.ts';
import { picture, test, Visitor } from './stage.ts';

const TITLE = '补正期限放宽';
/** The days of the table for a supplement, and one more. */
const ROW = /("supplement"<\/text><\/outputEntry>\s*<outputEntry id="[^"]*"><text>)5</;

test('[STORY5] [STORY8] what a change does to a story is told at its step; gone through as its people it is recorded anew', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const author = await Visitor.come(browser, 'peiwen');
  const { page } = author;
  await beginChange(page, TITLE);
  const address = page.url();
  await alter(page, '办理时限');
  const source = await sourceOf(page);
  const text = await source.inputValue();
  expect(text).toMatch(ROW);
  await source.fill(text.replace(ROW, '$16<'));
  await expect(page.getByText(/已于 .* 保存/)).toBeVisible();

  const story = await broken(page, address);
  await expect(story).toContainText('补正材料');
  await story.getByRole('link', { name: '逐步重录' }).click();
  await page.getByRole('button', { name: '开始试运行' }).click();
  const frame = page.frameLocator('iframe[title="试运行的页面"]');
  await expect(frame.getByRole('heading', { level: 1, name: '工作台' })).toBeVisible({ timeout: 90_000 });
  await page.getByRole('button', { name: '走到下一处不同' }).click();
  await expect(page.getByText('与用例不同的地方：')).toBeVisible({ timeout: 60_000 });
  // the pages are those of whoever it waits for
  await expect(frame.getByText('补正材料').first()).toBeVisible({ timeout: 30_000 });
  await picture(page, 'design-play');
  for (;;) {
    const accept = page.getByRole('button', { name: /^照现在的样子，走下一步$|^走下一步$/ });
    const end = page.getByText('已经走完。保存为用例，就以现在的样子为准。');
    await expect(accept.or(end)).toBeVisible({ timeout: 60_000 });
    if (await end.isVisible()) break;
    const before = await page.getByText(/^已走 \d+ 步/).innerText();
    await accept.click();
    await expect(page.getByText(before)).toBeHidden({ timeout: 60_000 });
  }
  await page.getByRole('button', { name: '保存为用例' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: '保存为用例' }).click();
  await expect(page.getByText(/已保存到变更的内容中/)).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: '结束试运行' }).click();

  await expect(await broken(page, address)).toBeHidden({ timeout: 90_000 });
  await decide(page, TITLE, '撤销变更');
  await author.leave();
});

/** The finding about the story of a supplement that never came, after the check has ended. */
async function broken(page: Page, address: string) {
  await page.goto(address);
  await page.getByRole('link', { name: '检查' }).click();
  await expect(page.getByText(/^\d+ 处错误/)).toBeVisible({ timeout: 120_000 });
  return page.locator('.findings li').filter({ hasText: '用例「逾期未补正，视为撤回」' });
}

/** Owns what administrators do with a change in the browser: begin it, choose what to alter, submit, review, publish. */
import { expect, type Page } from '@playwright/test';

/** Begins a change of this title; answers with its id. */
export async function beginChange(page: Page, title: string): Promise<string> {
  await page.goto('/design');
  await page.getByRole('button', { name: '起草变更' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('变更的标题').fill(title);
  await dialog.getByLabel('理由').fill('按办公室会议意见修改');
  await dialog.getByRole('button', { name: '开始起草' }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await expect(page).toHaveURL(/\/design\/changes\/\w+/);
  return new URL(page.url()).pathname.split('/').pop() as string;
}

/** Chooses something in force to alter, from the page of the change. */
export async function alter(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: '修改现行内容' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').fill(name);
  await page.locator('.ant-select-item-option', { hasText: name }).first().click();
  await dialog.getByRole('button', { name: '打开' }).click();
}

/** Opens the change of this title and does one act with it. */
export async function decide(
  page: Page,
  title: string,
  name: string,
  fillIn?: (page: Page) => Promise<void>,
): Promise<void> {
  await page.goto('/design');
  await page.getByRole('link', { name: title, exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await page.getByRole('button', { name, exact: true }).click();
  await fillIn?.(page);
  const dialog = page.getByRole('dialog');
  await dialog.locator('.dialog-foot button').last().click();
  // publishing checks everything and plays the stories that are touched
  await expect(dialog).toBeHidden({ timeout: 120_000 });
}

/** What a reviewer says in the dialog. */
export const review = (agree: boolean, words: string) => async (page: Page) => {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: agree ? '同意' : '退回' }).check();
  await dialog.getByRole('textbox').fill(words);
};

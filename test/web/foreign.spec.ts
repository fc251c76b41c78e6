/** Flows of other engines come into a change: shown first, then saved and opened. Rules: [FOR60]-[FOR62] [DES71]. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { beginChange } from './changes.ts';
import { test, Visitor } from './stage.ts';

const FILES = path.join(import.meta.dirname, '../process/foreign');

/** The page of the import in a change of its own. */
async function begin(page: Page, title: string): Promise<void> {
  await beginChange(page, title);
  await page.getByRole('button', { name: '导入流程' }).click();
}

const choose = (page: Page, file: string | { name: string; mimeType: string; buffer: Buffer }) =>
  page.getByLabel('选择 BPMN 文件').setInputFiles(file);

test('[FOR60] [FOR62] a file of Camunda 7 is shown, its groups become roles of this house, imported under another name and opened; the problems say what remains', async ({
  browser,
}) => {
  const { page } = await Visitor.come(browser, 'peiwen');
  await begin(page, '迁入采购审批');
  await choose(page, path.join(FILES, 'camunda-7.bpmn'));
  await expect(page.getByRole('heading', { name: /没有转换的/ })).toBeVisible();
  await expect(page.getByText('total: price * 2')).toBeVisible();
  await expect(page.getByText('holders(case.starterUnit, "management")').first()).toBeVisible();
  // [FOR41] which role of this house the group is, is chosen beforehand
  await page.getByLabel('management', { exact: true }).click();
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: '主要负责人' }).first().click();
  await expect(page.getByText('holders(case.starterUnit, "main_leader")').first()).toBeVisible();
  await expect(page.getByText('holders(case.starterUnit, "management")')).toHaveCount(0);
  await expect(page.getByText('票决').first()).toBeVisible();
  await page.getByLabel('流程名称').fill('采购审批（迁入）');
  await page.getByRole('button', { name: '导入 1 个流程' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '采购审批（迁入）' })).toBeVisible();
  await expect(page.getByRole('region', { name: '问题' }).getByText('不支持的元素').first()).toBeVisible({
    timeout: 30_000,
  });
});

test('[FOR60] [FOR62] a file of Flowable is imported on a phone; its key cannot be taken twice', async ({
  browser,
}) => {
  const { page } = await Visitor.come(browser, 'peiwen', { width: 390, height: 844 });
  await begin(page, '迁入请假');
  await choose(page, path.join(FILES, 'yudao.bpmn'));
  await page.getByRole('button', { name: '导入 1 个流程' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '请假' })).toBeVisible();
  await page.getByRole('link', { name: '返回变更' }).click();
  await page.getByRole('button', { name: '导入流程' }).click();
  await choose(page, path.join(FILES, 'yudao.bpmn'));
  await expect(page.getByText('已有这个标识的流程，请换一个。')).toBeVisible();
  await expect(page.getByRole('button', { name: '导入 1 个流程' })).toBeDisabled();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
});

test('[FOR61] a file that cannot be read is refused with the line and the reason, in Chinese', async ({ browser }) => {
  const { page } = await Visitor.come(browser, 'peiwen');
  await begin(page, '读不了的文件');
  const file = (text: string) => ({ name: 'x.bpmn', mimeType: 'application/xml', buffer: Buffer.from(text) });
  await choose(page, file('<?xml version="1.0"?>\n<a>\n<b></a>'));
  await expect(page.getByRole('alert')).toContainText('第 3 行不是合法的 XML：开始和结束的标签不配对');
  await choose(page, file('<!DOCTYPE a [<!ENTITY b "c">]><a/>'));
  await expect(page.getByRole('alert')).toContainText('DTD');
  const large = test.info().outputPath('large.bpmn');
  writeFileSync(large, 'x'.repeat(5 * 1024 * 1024 + 1));
  await choose(page, large);
  await expect(page.getByRole('alert')).toContainText('超过 5 MB');
  await page.getByRole('link', { name: '返回变更' }).click();
  await expect(page.getByText('这个变更还没有内容。')).toBeVisible();
});

test('[DES71] a source that cannot be drawn, or not without loss, is left as it is and says where and why', async ({
  browser,
}) => {
  const { page } = await Visitor.come(browser, 'peiwen');
  await begin(page, '源文本有误');
  await choose(page, path.join(FILES, 'pools.bpmn'));
  await page.getByRole('button', { name: '导入 2 个流程' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '申请单位' })).toBeVisible();
  const source = page.getByRole('textbox', { name: /源文本/ });
  const write = async (text: string) => {
    await page.getByRole('button', { name: '源文本' }).click();
    await source.fill(text);
    await page.getByRole('button', { name: '图形' }).click();
  };
  await page.getByRole('button', { name: '源文本' }).click();
  const good = await source.inputValue();
  await write(good.replace('</bpmn:userTask>', ''));
  await expect(page.getByText(/第 \d+ 行开始和结束的标签不配对/)).toBeVisible();
  await write(good.replace('<bpmn:sendTask', '<bpmn:oddTask id="odd"/><bpmn:sendTask'));
  await expect(page.getByText('bpmn:oddTask')).toBeVisible();
  await page.getByRole('button', { name: '源文本' }).click();
  await expect(source).toHaveValue(/<bpmn:oddTask id="odd"\/>/);
  await write(good);
  await expect(page.getByRole('region', { name: '问题' })).toBeVisible();
});

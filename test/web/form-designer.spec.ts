/**
 * A form is redrawn in its designer as an administrator does it: fields with rules, a detail table with a sum, an order by keys and by pointer, a circle
 * that is refused, a step back; published, a new case shows it, a running one keeps its version. Rules: [FDS3] [FDS11] [FDS13] [FDS21] [FDS31].
 */
import { expect, type Page } from '@playwright/test';
import { alter, beginChange, decide, review } from './changes.ts';
import { leaveEditor, noProblems, saved } from './editor.ts';
import { bringIn, done, end, flowText, type Part, startOf } from './small-flows.ts';
import { act, picture, test, Visitor } from './stage.ts';

const TITLE = '办公用品领用';

const canvas = (page: Page) => page.getByRole('application', { name: '表单画布' });
const palette = (page: Page) => page.getByRole('region', { name: '组件' });
const outline = (page: Page) => page.getByRole('tree', { name: '结构' });
const line = (page: Page, name: string) => outline(page).getByRole('treeitem').filter({ hasText: name });
const panel = (page: Page) => page.getByRole('region', { name: '属性' });

async function add(page: Page, component: string): Promise<void> {
  await palette(page).getByRole('button', { name: component, exact: true }).focus();
  await page.keyboard.press('Enter');
}

/** Writes a property and goes on to something else. */
async function write(page: Page, label: string, text: string): Promise<void> {
  const field = panel(page).getByLabel(label, { exact: true }).first();
  await field.fill(text);
  await field.blur();
}

async function openGroup(page: Page, name: string): Promise<void> {
  const group = panel(page)
    .locator('details', { has: page.locator('summary', { hasText: name }) })
    .first();
  if ((await group.getAttribute('open')) === null) await group.locator('summary').first().click();
}

const names = (page: Page) => outline(page).getByRole('treeitem').locator('span').allTextContents();

test('[FDS11] a form is designed with keys and pointer, refuses a circle with its path, and takes back what was done', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const author = await Visitor.come(browser, 'peiwen');
  const { page } = author;
  page.setDefaultTimeout(30_000);
  await beginChange(page, TITLE);
  await page.getByRole('button', { name: '新建', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').first().click();
  await page.locator('.ant-select-item-option', { hasText: '表单' }).first().click();
  await dialog.getByLabel('名称').fill(TITLE);
  await dialog.getByLabel('标识').fill('supplies');
  await dialog.getByRole('button', { name: '新建', exact: true }).click();
  await noProblems(page);
  expect(await names(page)).toEqual(['事由']);

  // a number, and a field that must be filled in when the number is large
  await add(page, '数字');
  await write(page, '名称（中文）', '件数');
  await write(page, '标识', 'amount');
  await add(page, '多行文本');
  await write(page, '名称（中文）', '大量领用的理由');
  await write(page, '标识', 'reason');
  await openGroup(page, '规则');
  await panel(page).getByRole('button', { name: '必填条件' }).click();
  const required = panel(page).locator('[data-rule="required"]');
  await required.getByRole('button', { name: '写表达式' }).click();
  await required.getByRole('textbox').fill('amount > 10');
  await required.getByRole('textbox').blur();
  await noProblems(page);
  await picture(page, 'design-form');

  // order by keys, and back by the pointer
  await line(page, '大量领用的理由').click();
  await outline(page).press('Alt+ArrowUp');
  expect(await names(page)).toEqual(['事由', '大量领用的理由', '件数']);
  const [from, to] = await Promise.all(
    ['reason', 'amount'].map((at) => canvas(page).locator(`[data-at="${at}"] > *`).boundingBox()),
  );
  await page.mouse.move(from!.x + 40, from!.y + 8);
  await page.mouse.down();
  await page.mouse.move(to!.x + to!.width - 20, to!.y + to!.height - 4, { steps: 8 });
  await expect(page.locator('.fd-drop')).toBeVisible();
  await page.mouse.up();
  expect(await names(page)).toEqual(['事由', '件数', '大量领用的理由']);

  // a detail table whose column is summed up
  await add(page, '明细表');
  await write(page, '名称（中文）', '物品');
  await write(page, '标识', 'items');
  await add(page, '金额');
  await write(page, '名称（中文）', '小计');
  await write(page, '标识', 'total');
  await line(page, '物品').click();
  await openGroup(page, '显示');
  await panel(page).getByLabel('合计列').click();
  await page.locator('.ant-select-item-option', { hasText: '小计' }).last().click();
  await page.keyboard.press('Escape');
  await noProblems(page);

  // two fields that are computed of one another
  for (const [key, other] of [
    ['left', 'right'],
    ['right', 'left'],
  ] as const) {
    await line(page, '件数').click();
    await add(page, '计算结果');
    await write(page, '标识', key);
    await openGroup(page, '规则');
    await panel(page).getByRole('button', { name: '计算', exact: true }).click();
    const value = panel(page).locator('[data-rule="value"]').getByRole('textbox');
    await value.fill(other);
    await value.blur();
  }
  await expect(
    page.getByRole('region', { name: /问题/ }).getByText(/left → right → left|right → left → right/),
  ).toBeVisible();
  await picture(page, 'design-form-circle');
  while ((await names(page)).length > 6) await outline(page).press('Control+z');
  await noProblems(page);
  expect(await names(page)).toEqual(
    ['事由', '件数', '大量领用的理由', '物品', '文本', '小计'].map((name) => name.replace('文本', '单行文本')),
  );

  // as it is met: what the browser and what the server's rules say
  await page.getByRole('button', { name: '预览' }).click();
  await page.getByRole('button', { name: '清空' }).click();
  await page.getByRole('button', { name: '检查填写' }).click();
  for (const who of ['浏览器', '服务器的规则'])
    await expect(page.getByRole('region', { name: who }).getByText('请填写事由')).toBeVisible();
  await page.getByRole('button', { name: '手机', exact: true }).click();
  await picture(page, 'design-form-preview');
  await page.getByRole('button', { name: '回到设计' }).click();
  await saved(page);
  await page.setViewportSize({ width: 1024, height: 768 });
  await picture(page, 'design-form-1024');
  await leaveEditor(page);
  await author.leave();
});

/** A form that is filled in when one begins and again at a step. */
const FORM = {
  form: 'outing',
  title: '外出登记',
  schema: {
    type: 'object',
    properties: { subject: { type: 'string', title: '事由', 'x-component': 'Text' } },
  },
};

const flow = (access: string): string => {
  const settings = `<ganwei:task form="outing" as="outing" assignees='[case.starter]' status="running"><ganwei:access path="*" mode="edit"/>${access}<ganwei:outcome key="done" label="办好了" style="primary" comment="optional"/></ganwei:task>`;
  const fill: Part = { id: 'fill', type: 'userTask', name: '登记', settings, at: [1, 0] };
  const parts = [startOf('外出登记'), fill, end('end', 2)];
  const lines = [
    { from: 'start', to: 'fill' },
    { from: 'fill', to: 'end' },
  ];
  return flowText('outing', '外出登记', '"外出登记"', parts, lines);
};

test('[FDS15] a field that is added is required at its step, a new case shows it, and a case that runs keeps the form it began with', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  await bringIn(browser, '外出登记', [
    { kind: 'form', app: '', key: 'outing', source: JSON.stringify(FORM, null, 2) },
    { kind: 'process', app: '', key: 'outing', source: flow('') },
  ]);
  const start = () =>
    act(browser, 'songqiao', (v) => v.call('post', '/api/cases', { process: 'outing', start: 'start', values: {} }));
  await start();

  const author = await Visitor.come(browser, 'peiwen');
  const { page } = author;
  page.setDefaultTimeout(30_000);
  const title = '外出登记加车牌';
  const id = await beginChange(page, title);
  await alter(page, '表单 · 外出登记');
  await expect(outline(page)).toBeVisible();
  await line(page, '事由').click();
  await expect(panel(page).getByLabel('标识', { exact: true })).toBeDisabled();
  await add(page, '单行文本');
  await write(page, '名称（中文）', '车牌');
  await write(page, '标识', 'plate');
  await noProblems(page);
  await saved(page);
  await leaveEditor(page);
  await author.call('put', `/api/changes/${id}/draft`, {
    kind: 'process',
    app: '',
    key: 'outing',
    source: flow('<ganwei:access path="plate" mode="required"/>'),
    revision: 0,
  });
  await decide(page, title, '送审');
  await act(browser, 'kongwei', (v) => decide(v.page, title, '审核', review(true, '可以')));
  await decide(page, title, '发布');
  await expect(page.getByText(/发布/).first()).toBeVisible();
  await author.leave();

  // the case that runs knows nothing of it and ends as it began
  await act(browser, 'songqiao', async (v) => {
    await v.openTask('登记');
    await expect(v.page.getByLabel('事由')).toBeVisible();
    await expect(v.page.getByLabel('车牌')).toHaveCount(0);
    await done(v, '登记', 'done');
  });
  await start();
  await act(browser, 'songqiao', async (v) => {
    await v.openTask('登记');
    await expect(v.page.getByLabel('车牌')).toBeVisible();
    await v.page.getByRole('button', { name: '办好了', exact: true }).click();
    await expect(v.page.getByText('请填写车牌').first()).toBeVisible();
  });
});

test('[FDS4] a form with foreign parts is opened as far as it can be, says where what is wrong, and keeps it; [FDS41] one of others is told before it is taken', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const author = await Visitor.come(browser, 'peiwen');
  const { page } = author;
  page.setDefaultTimeout(30_000);
  const id = await beginChange(page, '外来的表单');
  const good = { type: 'string', title: '正常的字段', 'x-component': 'Text' };
  const html = { type: 'string', title: '<img src=x onerror=alert(1)>', 'x-component': 'Html' };
  const schema = { type: 'object', properties: { good, html } };
  const source = JSON.stringify({ form: 'strange', title: '外来的表单', schema }, null, 2);
  await author.call('put', `/api/changes/${id}/draft`, { kind: 'form', app: '', key: 'strange', source, revision: 0 });
  await page.goto(`/design/changes/${id}/form/-/strange`);
  await expect(canvas(page).getByText('正常的字段')).toBeVisible();
  await expect(canvas(page).getByText('「html」不能画出：没有「Html」这种组件', { exact: false })).toBeVisible();
  await page.locator('.flow-problems li button').first().click();
  await expect(panel(page).getByText('不认识的组件')).toBeVisible();
  await line(page, '正常的字段').click();
  await write(page, '名称（中文）', '改了名的字段');
  await page.getByRole('button', { name: '源文本' }).click();
  await expect(page.getByRole('textbox', { name: /源文本/ })).toHaveValue(source.replace('正常的字段', '改了名的字段'));
  await page.getByRole('button', { name: '设计', exact: true }).click();

  await page.getByRole('button', { name: '导入表单' }).click();
  const dialog = page.getByRole('dialog');
  const amount = { type: 'number', title: '数量', 'x-component': 'NumberPicker', 'x-reactions': '{{ alert(1) }}' };
  await dialog.getByLabel('在这里粘贴 JSON').fill(JSON.stringify({ schema: { properties: { amount } } }));
  await expect(dialog.getByText('转换 1 项，1 处没有转换')).toBeVisible();
  await expect(dialog.getByText('从不执行', { exact: false })).toBeVisible();
  await dialog.getByRole('button', { name: '用它替换这份表单' }).click();
  expect(await names(page)).toEqual(['数量']);
  await outline(page).press('Control+z');
  await expect(line(page, '改了名的字段')).toBeVisible();
  await author.leave();
});

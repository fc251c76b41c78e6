/**
 * A field that a flow, a table, a letter and a ledger use is called otherwise by hand while a case of it runs: every place is shown first, it is undone as one step and done
 * again, published by two people; then the case of before and a new one are decided, get their letters and stand in the ledger. Rules: [REN6] [REN8] [REN10] [REN12] [REN13].
 */
import { expect, type Page } from '@playwright/test';
import { beginChange } from './changes.ts';
import { bringIn, done, end, flowText, type Part, pass, startOf, step } from './small-flows.ts';
import { act, picture, test, Visitor } from './stage.ts';

const NAME = '低值易耗品领用';
const FORM = {
  form: 'supplies',
  title: '领用申请',
  schema: {
    type: 'object',
    properties: {
      subject: { type: 'string', title: '事由', required: true, maxLength: 60, 'x-component': 'Text' },
      sum: { type: 'number', title: '金额', required: true, minimum: 0, 'x-component': 'Money' },
    },
  },
};
const service = (id: string, name: string, type: string, inside: string, column: number): Part => ({
  id,
  type: 'serviceTask',
  name,
  settings: `<ganwei:service type="${type}">${inside}</ganwei:service>`,
  at: [column, 0],
});
const input = (name: string, value: string): string => `<ganwei:input name="${name}" value='${value}'/>`;
const FLOW = flowText(
  'supplies-flow',
  NAME,
  'supplies.subject + string(supplies.sum)',
  [
    startOf(NAME, 'form="supplies" as="supplies"'),
    step('approve', '审批领用', 'head of(case.starterUnit)', 'agree 同意', 1),
    service(
      'level',
      '定档',
      'decide',
      `${input('table', '"supplies-level"')}${input('supplies', 'supplies')}<ganwei:output name="level" value="result"/>`,
      2,
    ),
    service(
      'print',
      '出领用通知',
      'letter',
      `${input('template', '"supplies-notice"')}${input('to', '[case.starter]')}${input('counter', '"领"')}`,
      3,
    ),
    end('end', 4),
  ],
  [
    { from: 'start', to: 'approve' },
    { from: 'approve', to: 'level' },
    { from: 'level', to: 'print' },
    { from: 'print', to: 'end' },
  ],
);
const TABLE = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="supplies-definitions" name="领用定档" namespace="http://ganwei.dev/content">
<decision id="supplies-level" name="领用定档"><decisionTable id="table" hitPolicy="UNIQUE">
<input id="of" label="金额"><inputExpression id="expression" typeRef="number"><text>supplies.sum</text></inputExpression></input>
<output id="name" name="name" typeRef="string"/>
<rule id="small"><inputEntry id="small-of"><text>&lt;= 100</text></inputEntry><outputEntry id="small-is"><text>"小额"</text></outputEntry></rule>
<rule id="large"><inputEntry id="large-of"><text>&gt; 100</text></inputEntry><outputEntry id="large-is"><text>"大额"</text></outputEntry></rule>
</decisionTable></decision></definitions>
`;
const LETTER = `---
letter: supplies-notice
name: 领用通知
layout: letter
mark: 办公室文件
organ: 办公室
title: 关于领用{= supplies.subject }的通知
to: "{= letter.to.name }"
---
金额{= string(supplies.sum) }元，属于{= level.name }。
`;
const LEDGER = {
  ledger: 'supplies-list',
  title: '领用台账',
  source: { kind: 'case', process: 'supplies-flow' },
  columns: [
    { key: 'about', label: '事由', value: 'supplies.subject', slot: 't1' },
    { key: 'money', label: '金额', value: 'supplies.sum', slot: 'n1' },
  ],
  who: 'true',
  rows: [{ who: 'true' }],
  sort: { column: 'about', descending: false },
};

async function begin(visitor: Visitor, values: Record<string, unknown>): Promise<void> {
  await visitor.call('post', '/api/cases', { process: 'supplies-flow', start: 'start', values });
}

async function rename(page: Page, label: string, to: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${label}`) }).click();
  await expect(page.getByRole('heading', { name: `「${label}」在哪里用到` })).toBeVisible();
  await page.getByRole('button', { name: '改名…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('新名称').fill(to);
  await dialog.getByRole('button', { name: '看要改哪些地方' }).click();
  await expect(dialog.getByRole('button', { name: /^改 \d+ 处$/ })).toBeVisible({ timeout: 60_000 });
}

test('[REN10] a field is called otherwise everywhere by hand, is undone as one step, and cases of before and after go on alike', async ({
  browser,
}) => {
  test.setTimeout(400_000);
  const text = (kind: string, key: string, source: string) => ({ kind, app: '', key, source });
  await bringIn(browser, NAME, [
    text('form', 'supplies', JSON.stringify(FORM, null, 2)),
    text('process', 'supplies-flow', FLOW),
    text('decision', 'supplies-level', TABLE),
    text('letter', 'supplies-notice', LETTER),
    text('ledger', 'supplies-list', JSON.stringify(LEDGER, null, 2)),
  ]);
  await act(browser, 'songqiao', (v) => begin(v, { subject: '打印纸', sum: 130 }));

  const author = await Visitor.come(browser, 'peiwen');
  const { page } = author;
  page.setDefaultTimeout(60_000);
  const id = await beginChange(page, '领用申请的字段改名');
  await page.getByRole('link', { name: '名称', exact: true }).click();
  await page.getByLabel('选择定义').fill('领用申请');
  await page.locator('.ant-select-item-option', { hasText: '领用申请' }).first().click();

  await page.getByRole('button', { name: /^金额/ }).click();
  await expect(page.getByText('写着它的地方')).toBeVisible({ timeout: 60_000 });
  for (const kind of ['表单', '流程', '决策表', '文书', '台账'])
    await expect(page.locator('.name-places h3').filter({ hasText: kind }).first()).toBeVisible();
  await picture(page, 'names-1440');

  // what cannot be a name says why, at the field
  await page.getByRole('button', { name: '改名…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('新名称').fill('subject');
  await dialog.getByRole('button', { name: '看要改哪些地方' }).click();
  await expect(dialog.getByText('已经是「事由」的名称')).toBeVisible();
  await dialog.getByLabel('新名称').fill('money');
  await dialog.getByRole('button', { name: '看要改哪些地方' }).click();
  await expect(dialog.getByText('可以一步撤销')).toBeVisible({ timeout: 60_000 });
  await picture(page, 'names-rename-1440');
  await dialog.getByRole('button', { name: /^改 \d+ 处$/ }).click();
  await expect(page.getByText('sum → money')).toBeVisible();

  await page.getByRole('button', { name: '撤销改名' }).click();
  await expect(page.getByText('sum → money')).toBeHidden();
  await page.getByRole('link', { name: '内容' }).click();
  await expect(page.getByText('这个变更还没有内容。')).toBeVisible();

  await page.goto(`/design/changes/${id}?part=names&kind=form&key=supplies`);
  await rename(page, '金额', 'money');
  await dialog.getByRole('button', { name: /^改 \d+ 处$/ }).click();
  await expect(page.getByText('sum → money')).toBeVisible();
  await pass(browser, author, id);

  await act(browser, 'songqiao', (v) => begin(v, { subject: '文件夹', money: 30 }));
  await act(browser, 'liangdong', async (head) => {
    for (const _ of [1, 2]) await done(head, '审批领用', 'agree');
  });
  const { rows } = await author.call('post', '/api/ledgers/supplies-list/rows', { limit: 50 });
  const cells = rows.map((row) => row.cells as Record<string, unknown>);
  expect(cells.map(({ about, money }) => `${about} ${money}`).sort()).toEqual(['打印纸 130', '文件夹 30']);
  await act(browser, 'songqiao', async (v) => {
    const { rows: told } = await v.call('get', '/api/messages?limit=50');
    const titles = JSON.stringify(told);
    expect(titles).toContain('关于领用打印纸的通知');
    expect(titles).toContain('关于领用文件夹的通知');
  });

  // what is used is not taken out unawares: the places are named, and lead there
  const second = await beginChange(page, '停用领用定档');
  await page.goto(`/design/changes/${second}?part=names&kind=decision&key=supplies-level&name=supplies-level`);
  await page.getByRole('button', { name: '停用', exact: true }).click();
  await expect(dialog.getByText('这个变更不能发布')).toBeVisible({ timeout: 60_000 });
  await expect(dialog.getByRole('link', { name: new RegExp(NAME) }).first()).toBeVisible();
  await author.leave();
});

test('[REN6] whoever reads English is told of names in English; what the content calls its own stays as it is written', async ({
  browser,
}) => {
  const author = await Visitor.come(browser, 'peiwen');
  const { page } = author;
  const { id } = await author.call('post', '/api/changes', { title: 'Names', reason: 'Looking' });
  await page.evaluate(() => localStorage.setItem('ganwei.language', 'en-US'));
  await page.setViewportSize({ width: 1024, height: 800 });
  await page.goto(`/design/changes/${id}?part=names&kind=form&app=reminder&key=reminder-reason&name=reason`);
  await expect(page.getByText(/places say it/)).toBeVisible({ timeout: 90_000 });
  await expect(page.getByRole('button', { name: 'Rename…' })).toBeVisible();
  const told = await page.locator('.name-note, .name-uses button, .name-uses > p, .name-choose label').allInnerTexts();
  expect(told.join(' ')).not.toMatch(/\p{Script=Han}/u);
  await author.leave();
});

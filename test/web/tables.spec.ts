/**
 * Tables, calendars and dictionaries are changed as an administrator does it. A threshold: tried with values, gap and overlap seen and mended; published
 * by two people, a new case takes the new rule. Rules: [DTB4] [DTB5] [DTB6] [DTB11] [DTB12] [DTB20] [DTB21] [DTB30].
 */
import { expect, type Page } from '@playwright/test';
import { alter, beginChange, decide, review } from './changes.ts';
import { leaveEditor, noProblems, saved } from './editor.ts';
import { bringIn, done, end, flowText, type Part, startOf, step, waitingFor } from './small-flows.ts';
import { act, picture, test, Visitor } from './stage.ts';

const FORM = {
  form: 'purchase',
  title: '采购登记',
  schema: {
    type: 'object',
    properties: {
      amount: { type: 'number', title: '金额', 'x-component': 'Number', required: true },
      kind: {
        type: 'string',
        title: '类别',
        'x-component': 'Dictionary',
        'x-component-props': { dictionary: 'purchase-kind' },
      },
    },
  },
};

const KINDS = {
  dictionary: 'purchase-kind',
  title: '采购类别',
  items: [
    { code: 'goods', label: '货物' },
    { code: 'works', label: '工程' },
  ],
};

const TABLE = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="definitions-approver" name="采购审批人" namespace="http://ganwei.dev/content">
  <decision id="approver" name="采购审批人">
    <decisionTable id="approver-table" hitPolicy="UNIQUE">
      <input id="approver-in1" label="金额">
        <inputExpression id="approver-in1-e" typeRef="number"><text>purchase.amount</text></inputExpression>
      </input>
      <input id="approver-in2" label="类别">
        <inputExpression id="approver-in2-e" typeRef="string"><text>purchase.kind</text></inputExpression>
      </input>
      <output id="approver-out1" label="审批人" name="by" typeRef="string">
        <outputValues id="approver-out1-v"><text>"head","office"</text></outputValues>
      </output>
      <rule id="approver-1">
        <inputEntry id="approver-1-i1"><text>&lt; 1000</text></inputEntry>
        <inputEntry id="approver-1-i2"><text>-</text></inputEntry>
        <outputEntry id="approver-1-o1"><text>"office"</text></outputEntry>
      </rule>
      <rule id="approver-2">
        <inputEntry id="approver-2-i1"><text>&gt;= 1000</text></inputEntry>
        <inputEntry id="approver-2-i2"><text>-</text></inputEntry>
        <outputEntry id="approver-2-o1"><text>"head"</text></outputEntry>
      </rule>
    </decisionTable>
  </decision>
</definitions>
`;

function flow(): string {
  const settings = `<ganwei:service type="decide"><ganwei:input name="table" value='"approver"'/><ganwei:output name="level" value="result.by"/></ganwei:service>`;
  const parts: Part[] = [
    startOf('采购登记', 'form="purchase" as="purchase"'),
    { id: 'decide', type: 'businessRuleTask', name: '确定审批人', settings, at: [1, 0] },
    { id: 'which', type: 'exclusiveGateway', name: '谁审批', at: [2, 0], attributes: 'default="which_office"' },
    step('office', '科室审批', '[case.starter]', 'agree 同意', 3),
    step('head', '领导审批', '[case.starter]', 'agree 同意', 3, 1),
    end('end', 4),
  ];
  const lines = [
    { from: 'start', to: 'decide' },
    { from: 'decide', to: 'which' },
    { from: 'which', to: 'office' },
    { from: 'which', to: 'head', condition: 'level = "head"' },
    { from: 'office', to: 'end' },
    { from: 'head', to: 'end' },
  ];
  return flowText('purchase', '采购登记', '"采购登记"', parts, lines);
}

const grid = (page: Page) => page.getByRole('grid', { name: '采购审批人' });
const cell = (page: Page, row: number, column: number) => grid(page).locator(`[data-spot="${row - 1} ${column}"]`);
const holes = (page: Page) => page.getByRole('region', { name: '缺口与重叠' });
const trial = (page: Page) => page.getByRole('region', { name: '试算' });

async function writeCell(page: Page, row: number, column: number, text: string): Promise<void> {
  await cell(page, row, column).click();
  await page.keyboard.press('Enter');
  await cell(page, row, column).getByRole('textbox').fill(text);
  await page.keyboard.press('Enter');
}

const begin = (amount: number) => (visitor: Visitor) =>
  visitor.call('post', '/api/cases', { process: 'purchase', start: 'start', values: { amount, kind: 'goods' } });

test('[DTB30] a threshold is changed with values tried, gap and overlap seen, and a new case takes the new rule', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  await bringIn(browser, '采购登记', [
    { kind: 'dictionary', app: '', key: 'purchase-kind', source: JSON.stringify(KINDS, null, 2) },
    { kind: 'form', app: '', key: 'purchase', source: JSON.stringify(FORM, null, 2) },
    { kind: 'decision', app: '', key: 'approver', source: TABLE },
    { kind: 'process', app: '', key: 'purchase', source: flow() },
  ]);
  await act(browser, 'songqiao', begin(800));
  expect(await waitingFor(browser, 'songqiao')).toContain('科室审批');

  const author = await Visitor.come(browser, 'peiwen');
  const { page } = author;
  page.setDefaultTimeout(30_000);
  const title = '采购审批的金额';
  await beginChange(page, title);
  await alter(page, '决策表 · 采购审批人');
  await expect(grid(page)).toBeVisible();
  await noProblems(page);

  // tried as it is
  await trial(page).getByLabel('金额').fill('800');
  await expect(trial(page).getByText('第 1 条成立')).toBeVisible();
  await expect(grid(page).locator('tr[data-rule="approver-1"]')).toHaveClass(/dd-lit/);

  // a slip is told while it is written, and given up
  await cell(page, 1, 0).click();
  await page.keyboard.press('Enter');
  await cell(page, 1, 0).getByRole('textbox').fill('< ');
  await expect(cell(page, 1, 0).getByRole('alert')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(cell(page, 1, 0)).toHaveText('< 1000');

  // a gap, then an overlap
  await writeCell(page, 1, 0, '< 500');
  await expect(holes(page).getByText('没有规则适用：金额 [500..1000)')).toBeVisible();
  await expect(trial(page).getByText('没有规则成立')).toBeVisible();
  await picture(page, 'design-table-gap');
  await writeCell(page, 2, 0, '>= 400');
  await expect(holes(page).getByText(/第 1、2 条会同时成立/)).toBeVisible();
  await holes(page).getByRole('button', { name: '到第 2 条' }).click();
  await page.getByRole('textbox', { name: '从', exact: true }).fill('500');
  await page.keyboard.press('Enter');
  await expect(cell(page, 2, 0)).toHaveText('>= 500');
  await expect(holes(page).getByText('没有发现缺口或重叠。')).toBeVisible();
  await expect(trial(page).getByText('第 2 条成立')).toBeVisible();

  // a rule more, whose code is chosen by name, and taken back
  await cell(page, 2, 1).click();
  await page.keyboard.press('Control+Enter');
  await expect(cell(page, 3, 0)).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.locator('.ant-select-item-option', { hasText: '工程' }).click();
  await picture(page, 'design-table-choice');
  await page.keyboard.press('Tab');
  await expect(cell(page, 3, 1)).toHaveText('工程');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(cell(page, 2, 1)).toHaveText('工程');
  for (const _ of [1, 2, 3]) await page.getByRole('button', { name: /^撤销/ }).click();
  await expect(grid(page).getByRole('row')).toHaveCount(3);
  await noProblems(page);
  await picture(page, 'design-table');
  await saved(page);
  await leaveEditor(page);
  await decide(page, title, '送审');
  await act(browser, 'kongwei', (visitor) => decide(visitor.page, title, '审核', review(true, '可以')));
  await decide(page, title, '发布');
  await author.leave();

  await act(browser, 'songqiao', begin(800));
  expect(await waitingFor(browser, 'songqiao')).toContain('领导审批');
});

const NOTICE = `国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。2月14日（周日）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）上班。`;

test('[DCL12] the calendar of a year is read from the notice that is pasted, shown before it is taken, and mended by hand', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const author = await Visitor.come(browser, 'peiwen');
  const { page } = author;
  page.setDefaultTimeout(30_000);
  const title = '2027 年日历';
  const id = await beginChange(page, title);
  await page.getByRole('button', { name: '新建', exact: true }).click();
  const made = page.getByRole('dialog');
  await made.getByRole('combobox').first().click();
  await page.locator('.ant-select-item-option', { hasText: '日历' }).first().click();
  await made.getByLabel('名称').fill(title);
  await made.getByLabel('标识').fill('cn-2027');
  await made.getByRole('button', { name: '新建', exact: true }).click();

  await page.getByRole('button', { name: '读入放假通知' }).click();
  const dialog = page.getByRole('dialog');
  const text = dialog.getByLabel('通知正文');
  await text.fill(NOTICE.replace('共7天', '共8天'));
  await expect(dialog.getByText(/写明的天数与日期不符/)).toBeVisible();
  await expect(dialog.getByRole('button', { name: '用它替换这一年' })).toBeDisabled();
  await text.fill(NOTICE);
  await expect(dialog.getByText(/2027 年，休息日 25 天，调休上班 4 天/)).toBeVisible();
  await picture(page, 'design-calendar-notice');
  await dialog.getByRole('button', { name: '用它替换这一年' }).click();
  await expect(page.getByText('2027 年：休息日 25 天，调休上班 4 天')).toBeVisible();

  const day = (date: string) => page.locator(`[data-day="${date}"]`);
  await expect(day('2027-02-05')).toHaveAccessibleName('2027-02-05 周五 放假');
  await day('2027-02-19').click();
  await expect(day('2027-02-19')).toHaveAccessibleName(/放假$/);
  await page.keyboard.press('ArrowRight');
  await expect(day('2027-02-20')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(day('2027-02-20')).toHaveAccessibleName(/周末$/);
  for (const _ of [1, 2]) await page.getByRole('button', { name: /^撤销/ }).click();
  await picture(page, 'design-calendar');
  await page.setViewportSize({ width: 390, height: 844 });
  await picture(page, 'design-calendar-390');
  await page.setViewportSize({ width: 1440, height: 900 });
  await saved(page);
  await leaveEditor(page);
  const draft = await author.call('get', `/api/changes/${id}/draft?kind=calendar&app=&key=cn-2027`);
  expect(JSON.parse(String(draft.source))).toMatchObject({
    year: 2027,
    work: ['2027-02-14', '2027-02-20', '2027-05-08', '2027-09-26'],
    source: '国务院办公厅关于2027年部分节假日安排的通知',
  });
  // everything reckons with a calendar: publishing one plays every story, which is tried elsewhere
  await author.leave();
});

const LEAVE = {
  form: 'outwork',
  title: '外勤登记',
  schema: {
    type: 'object',
    properties: {
      place: {
        type: 'string',
        title: '地点类别',
        'x-component': 'Dictionary',
        'x-component-props': { dictionary: 'outwork-place' },
      },
    },
  },
};
const PLACES = {
  dictionary: 'outwork-place',
  title: '外勤地点',
  items: [
    { code: 'county', label: '县区' },
    { code: 'town', label: '乡镇' },
  ],
};

test('[DCT6] an entry that a running case uses is retired: the case shows it and goes on, and nobody chooses it anew; [DCT2] its code stays; [DCT3] its English name is in the translation', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const settings = `<ganwei:task form="outwork" as="outwork" assignees='[case.starter]' status="running"><ganwei:access path="*" mode="read"/><ganwei:outcome key="done" label="办好了" style="primary" comment="optional"/></ganwei:task>`;
  const parts: Part[] = [
    startOf('外勤登记', 'form="outwork" as="outwork"'),
    { id: 'look', type: 'userTask', name: '外勤核对', settings, at: [1, 0] },
    end('end', 2),
  ];
  const lines = [
    { from: 'start', to: 'look' },
    { from: 'look', to: 'end' },
  ];
  await bringIn(browser, '外勤登记', [
    { kind: 'dictionary', app: '', key: 'outwork-place', source: `${JSON.stringify(PLACES, null, 2)}\n` },
    { kind: 'form', app: '', key: 'outwork', source: JSON.stringify(LEAVE, null, 2) },
    { kind: 'process', app: '', key: 'outwork', source: flowText('outwork', '外勤登记', '"外勤登记"', parts, lines) },
  ]);
  await act(browser, 'songqiao', (visitor) =>
    visitor.call('post', '/api/cases', { process: 'outwork', start: 'start', values: { place: 'town' } }),
  );

  const author = await Visitor.come(browser, 'peiwen');
  const { page } = author;
  page.setDefaultTimeout(30_000);
  const title = '外勤地点停用乡镇';
  await beginChange(page, title);
  await alter(page, '字典 · 外勤地点');
  const entries = page.getByRole('list', { name: '条目' });
  await entries.getByRole('button', { name: /乡镇/ }).click();
  const panel = page.getByRole('complementary', { name: '条目的属性' });
  await expect(panel.getByLabel('代码')).toBeDisabled();
  await expect(panel.getByText('表单 · 外勤登记')).toBeVisible();
  await panel.getByLabel('英文名称').fill('Township');
  await panel.getByLabel('可以选择').uncheck();
  await expect(panel.getByText(/在办和办结的件保留这一条/)).toBeVisible();
  await page.getByRole('button', { name: '粘贴多条' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('粘贴的内容').fill('city\t市区\tCity\ntown\t又一个');
  await expect(dialog.getByText('第 2 行：代码已经有了')).toBeVisible();
  await dialog.getByRole('button', { name: '加入' }).click();
  await entries.getByRole('button', { name: /市区/ }).click();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(entries.getByRole('button').nth(1)).toContainText('市区');
  await picture(page, 'design-dictionary');
  await page.setViewportSize({ width: 390, height: 844 });
  await picture(page, 'design-dictionary-390');
  await page.setViewportSize({ width: 1440, height: 900 });
  await saved(page);
  await leaveEditor(page);
  await expect(page.getByText('shared', { exact: false }).first()).toBeVisible();
  await decide(page, title, '送审');
  await act(browser, 'kongwei', (visitor) => decide(visitor.page, title, '审核', review(true, '可以')));
  await decide(page, title, '发布');
  await author.leave();

  await act(browser, 'songqiao', async (visitor) => {
    await visitor.openTask('外勤核对');
    await expect(visitor.page.getByText('乡镇')).toBeVisible();
    await done(visitor, '外勤核对', 'done');
    const again = { process: 'outwork', start: 'start', values: { place: 'town' } };
    await expect(visitor.call('post', '/api/cases', again)).rejects.toThrow('字典中没有此项，或已停用');
  });
});

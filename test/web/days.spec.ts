/**
 * Five working days become seven from a day to come: the table is altered by hand, agreed to by the other, and put down for that day. A step that waits keeps its
 * day; one that begins afterwards has the new one. Rules: [CHG5] [CHG9] [CHG41].
 */
import { type Browser, expect } from '@playwright/test';
import { alter, beginChange, decide, review } from './changes.ts';
import { leaveEditor, sourceOf } from './editor.ts';
import { bringIn, end, flowText, startOf, step } from './small-flows.ts';
import { act, test, Visitor } from './stage.ts';
import { Caller, moveClock } from './walk.ts';

const NAME = '图书借阅';
const TABLE = '借阅天数';

const TERM = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="definitions-term" name="${TABLE}" namespace="http://ganwei.dev/content">
  <inputData id="data-kind" name="种类"><variable id="data-kind-v" name="kind" typeRef="string"/></inputData>
  <decision id="term" name="${TABLE}">
    <variable id="term-v" name="result" typeRef="number"/>
    <informationRequirement id="term-r"><requiredInput href="#data-kind"/></informationRequirement>
    <decisionTable id="term-table" hitPolicy="UNIQUE">
      <input id="term-in" label="种类"><inputExpression id="term-in-e" typeRef="string"><text>kind</text></inputExpression></input>
      <output id="term-out" label="工作日" name="days" typeRef="number"/>
      <rule id="term-1"><inputEntry id="term-1-i"><text>-</text></inputEntry><outputEntry id="term-1-o"><text>5</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>
`;

const asked = [
  '<ganwei:input name="table" value=\'"term"\'/>',
  '<ganwei:input name="kind" value=\'"book"\'/>',
  '<ganwei:output name="term" value="result.days"/>',
].join('');
const back = step('back', '归还', '[case.starter]', 'done 已归还', 2);
const FLOW = flowText(
  'book',
  NAME,
  `"${NAME}"`,
  [
    startOf(NAME),
    {
      id: 'days',
      type: 'businessRuleTask',
      name: '定天数',
      settings: `<ganwei:service type="decide">${asked}</ganwei:service>`,
      at: [1, 0],
    },
    { ...back, settings: String(back.settings).replace(' status=', ' due="add working days(today, term)" status=') },
    end('end', 3),
  ],
  [
    { from: 'start', to: 'days' },
    { from: 'days', to: 'back' },
    { from: 'back', to: 'end' },
  ],
);

/** Begins a case. */
const borrow = (browser: Browser, by: string) =>
  act(browser, by, (v) => v.call('post', '/api/cases', { process: 'book', start: 'start', values: {} }));

/** Until when he is to give it back. */
async function dayOf(browser: Browser, by: string): Promise<unknown> {
  const caller = await Caller.come(browser, by);
  const { rows } = await caller.call('get', '/api/inbox/todo');
  await caller.request.dispose();
  const row = (rows as { node: string; due: { date: string } | null }[]).find(({ node }) => node === '归还');
  return row?.due?.date;
}

test('[CHG9] [CHG41] five working days become seven from a day to come; what waits keeps its day, what begins afterwards has the new one', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  await moveClock(browser, '2026-09-01T09:00:00+08:00');
  await bringIn(browser, NAME, [
    { kind: 'decision', app: '', key: 'term', source: TERM },
    { kind: 'process', app: '', key: 'book', source: FLOW },
  ]);
  await borrow(browser, 'songqiao');
  expect(await dayOf(browser, 'songqiao')).toBe('2026-09-08');
  const author = await Visitor.come(browser, 'peiwen');
  const { page } = author;
  page.setDefaultTimeout(30_000);
  const title = '借阅天数放宽';
  await beginChange(page, title);
  await alter(page, TABLE);
  const source = await sourceOf(page);
  await source.fill((await source.inputValue()).replace('<text>5</text>', '<text>7</text>'));
  await leaveEditor(page);
  await page.getByRole('link', { name: '对比' }).click();
  await expect(page.getByText(/从生效起/).first()).toBeVisible();
  await decide(page, title, '送审');
  await act(browser, 'kongwei', (v) => decide(v.page, title, '审核', review(true, '同意放宽')));
  await decide(page, title, '发布', async (inPage) => {
    await inPage.getByRole('dialog').getByRole('radio', { name: '从指定日期起' }).check();
    await inPage.getByRole('dialog').getByLabel('生效日期').fill('2026-09-03');
  });
  await expect(page.getByText('待生效').first()).toBeVisible();
  await author.leave();

  // until that day it counts as it did
  await borrow(browser, 'zhenghang');
  expect(await dayOf(browser, 'zhenghang')).toBe('2026-09-08');
  await moveClock(browser, '2026-09-03T08:30:00+08:00');
  await borrow(browser, 'guqing');
  await expect.poll(() => dayOf(browser, 'guqing')).toBe('2026-09-14');
  expect(await dayOf(browser, 'songqiao')).toBe('2026-09-08');
});

/**
 * The design centre as administrators use it, with cases running: a flow is altered in a change, reviewed by another person, published, and
 * taken back; old and new cases are looked at afterwards. Rules: [CHG4]-[CHG9] [DES70] [RUN3].
 */
import { type Browser, expect, type Page } from '@playwright/test';
import * as fill from '../content/fillings.ts';
import { alter, beginChange, decide, review } from './changes.ts';
import { sourceOf } from './editor.ts';
import { act, picture, test, Visitor } from './stage.ts';

const FLOW = '容错申请、核查、认定与纠错';

/** A case of this title, at its first step. */
const start = (browser: Browser, title: string) =>
  act(browser, 'songqiao', async (v) =>
    v.call('post', '/api/cases', {
      process: 'tolerance',
      start: 'byPerson',
      values: fill.application(await v.file('纪要.pdf'), { eventTitle: title }),
    }),
  );

/** Names of the steps that wait with the window, by the title of their case. */
async function stepsAtWindow(browser: Browser): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  await act(browser, 'fuzheng', async (v) => {
    const { rows } = await v.call('get', '/api/inbox/todo?q=设计演练&limit=50');
    for (const { title, node } of rows) found[String(title).replace(/^.*设计演练(.).*$/, '$1')] = String(node);
  });
  return found;
}

/** Into the phase, the step chosen, its name altered in the panel, and saved by itself. */
async function renameStep(page: Page, name: string): Promise<void> {
  const phase = page.locator('[data-container-id="acceptance"] .bjs-drilldown');
  await expect(phase).toBeVisible({ timeout: 30_000 });
  await phase.click();
  const step = page.locator('.djs-element[data-element-id="acceptCheck"]');
  await step.click();
  await page.getByLabel('名称', { exact: true }).first().fill(name);
  await page.keyboard.press('Tab');
  await expect(step).toContainText(name);
  await expect(page.getByText(/已于 .* 保存/)).toBeVisible();
}

test('[CHG6] a step is altered in the drawing, reviewed by another person and published while cases run; the old case ends as it began, moves when it is moved, and the release is taken back', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  await act(browser, 'admin', (v) => v.call('post', '/api/demo/clock', { now: '2026-09-01T09:00:00+08:00' }));
  await start(browser, '设计演练甲');
  const author = await Visitor.come(browser, 'peiwen');
  const reviewer = await Visitor.come(browser, 'kongwei');
  const title = '受理审查改名';

  await beginChange(author.page, title);
  await alter(author.page, FLOW);
  const { page } = author;
  await renameStep(page, '受理初审');
  await picture(page, 'design-edit');

  // nobody reviews what he has written himself; the other sends it back with words, then agrees
  await decide(page, title, '送审');
  await expect(page.getByRole('button', { name: '审核' })).toBeHidden();
  await expect(page.getByRole('button', { name: '发布' })).toBeHidden();
  await decide(reviewer.page, title, '审核', review(false, '名称请与办法一致：受理复核'));
  await page.goto('/design');
  await expect(page.getByText('已退回').first()).toBeVisible();
  await page.getByRole('link', { name: title, exact: true }).click();
  await page.getByRole('link', { name: FLOW }).click();
  await renameStep(page, '受理复核');
  await decide(page, title, '送审');
  await reviewer.page.goto('/design');
  await reviewer.page.getByRole('link', { name: title, exact: true }).click();
  await reviewer.page.getByRole('link', { name: '对比' }).click();
  await expect(reviewer.page.getByText('步骤「受理复核」')).toBeVisible();
  await expect(reviewer.page.locator('del')).toHaveText('受理审查');
  await expect(reviewer.page.locator('.diff-changed[data-element-id="acceptCheck"]')).toBeVisible();
  await picture(reviewer.page, 'design-compare');
  await decide(reviewer.page, title, '审核', review(true, '与办法一致'));
  await decide(page, title, '发布');
  const told = page.getByText(/已成为第 \d+ 次发布|已发布，为第 \d+ 次发布/).first();
  await expect(told).toBeVisible();
  const release = /第 \d+ 次发布/.exec(await told.innerText())?.[0] as string;

  await start(browser, '设计演练乙');
  expect(await stepsAtWindow(browser)).toEqual({ 甲: '受理审查', 乙: '受理复核' });

  // the case of before is moved when the administrator moves it
  await page.goto('/running');
  await page.getByRole('link', { name: FLOW }).click();
  await page.getByRole('button', { name: '迁移到现行版本' }).click();
  await page.getByLabel('迁移的理由').fill('名称统一');
  await page.getByRole('button', { name: '试算' }).click();
  await expect(page.getByText(/件不是现行版本/)).toBeVisible();
  await picture(page, 'design-move');
  await page.getByRole('button', { name: /^迁移 \d+ 件/ }).click();
  await expect(page.getByText(/已迁移 \d+ 件/)).toBeVisible();
  expect(await stepsAtWindow(browser)).toEqual({ 甲: '受理复核', 乙: '受理复核' });

  // taken back: a change with the text of before, reviewed and published like any other
  await page.goto('/design/releases');
  await page.getByRole('listitem').filter({ hasText: release }).getByRole('button', { name: '撤回' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('名称恢复');
  await page.getByRole('dialog').getByRole('button', { name: '撤回' }).click();
  await expect(page.getByText('步骤「受理审查」')).toBeVisible();
  const back = await page.getByRole('heading', { level: 1 }).innerText();
  await decide(page, back, '送审');
  await decide(reviewer.page, back, '审核', review(true, '同意恢复'));
  await decide(page, back, '发布');
  await start(browser, '设计演练丙');
  expect(await stepsAtWindow(browser)).toMatchObject({ 乙: '受理复核', 丙: '受理审查' });
  await author.leave();
  await reviewer.leave();
});

test('[CHG6] a mistake is told with its place, and nothing of it takes effect; [DES70] two people in one text see each other', async ({
  browser,
}) => {
  const author = await Visitor.come(browser, 'peiwen');
  const other = await Visitor.come(browser, 'kongwei');
  const title = '时限表有误';
  const { page } = author;
  await beginChange(page, title);
  await alter(page, '办理时限');
  const source = await sourceOf(page);
  await source.fill((await source.inputValue()).replace('<text>process</text>', '<text>proces</text>'));
  await expect(page.getByText(/已于 .* 保存/)).toBeVisible();
  const address = page.url();
  await page.getByRole('link', { name: '返回变更' }).click();
  await page.getByRole('link', { name: '检查' }).click();
  await expect(page.getByText('有错误的变更不能发布。')).toBeVisible({ timeout: 60_000 });
  await expect(page.locator('.findings')).toContainText('proces');
  await page.locator('.findings').getByRole('link', { name: '决策表「办理时限」' }).first().click();
  await expect(page).toHaveURL(address);
  await sourceOf(page);

  // both have it open; the second to save is told, with both texts
  await other.page.goto(address);
  const theirs = await sourceOf(other.page);
  await theirs.fill((await theirs.inputValue()).replace('<text>proces</text>', '<text>process</text>'));
  await expect(other.page.getByText(/已于 .* 保存/)).toBeVisible();
  await source.fill(`${await source.inputValue()}\n`);
  await expect(page.getByText(/孔维.*保存了另一份文本/)).toBeVisible();
  await page.getByRole('button', { name: '改用对方的文本' }).click();
  await expect(page.getByText(/已于 .* 保存/)).toBeVisible();
  await expect(source).toHaveValue(/<text>process<\/text>/);
  await page.getByRole('link', { name: '返回变更' }).click();
  await page.getByRole('link', { name: '检查' }).click();
  await expect(page.getByText(/^0 处错误/)).toBeVisible({ timeout: 60_000 });
  await decide(page, title, '撤销变更');
  await author.leave();
  await other.leave();
});

test('[CHG9] what is to take effect on a day to come does so on that day, and can be taken back from there before', async ({
  browser,
}) => {
  await act(browser, 'admin', (v) => v.call('post', '/api/demo/clock', { now: '2026-09-01T09:00:00+08:00' }));
  const author = await Visitor.come(browser, 'peiwen');
  const { page } = author;
  const title = '缓急增加一档';
  await beginChange(page, title);
  await alter(page, '缓急');
  const source = await sourceOf(page);
  const json = JSON.parse(await source.inputValue());
  json.items.push({ code: 'URGENT2', label: '即办即报' });
  await source.fill(JSON.stringify(json, null, 2));
  await expect(page.getByText(/已于 .* 保存/)).toBeVisible();
  await decide(page, title, '送审');
  // a dictionary decides nothing by itself: no second person is needed
  const onDay = async (inPage: Page) => {
    await inPage.getByRole('dialog').getByRole('radio', { name: '从指定日期起' }).check();
    await inPage.getByRole('dialog').getByLabel('生效日期').fill('2026-09-03');
  };
  await decide(page, title, '发布', onDay);
  await expect(page.getByText('待生效').first()).toBeVisible();
  await decide(page, title, '取消生效');
  await decide(page, title, '发布', onDay);
  const dictionary = async (v: Visitor) => JSON.stringify(await v.call('get', '/api/dictionaries/urgency'));
  expect(await dictionary(author)).not.toContain('即办即报');
  await author.leave();
  await act(browser, 'admin', (v) => v.call('post', '/api/demo/clock', { now: '2026-09-03T08:30:00+08:00' }));
  await act(browser, 'kongwei', async (v) => {
    await expect.poll(() => dictionary(v)).toContain('即办即报');
    await v.page.goto('/design?changes=ended');
    await expect(v.page.getByRole('listitem').filter({ hasText: title }).getByText('已发布')).toBeVisible();
  });
});

/**
 * Three changes of the shipped content by an administrator while cases run: a second approval of what goes to the media, another report cycle for new
 * rectifications, a check that becomes two side by side. The stories that break are recorded anew together; cases of before are walked on, and new ones.
 * Rules: [STORY10] [STORY11] [STORY12] [RUN7] [CON40].
 */
import { type Browser, expect, type Page } from '@playwright/test';
import { alter, beginChange, decide, review } from './changes.ts';
import {
  addOutcome,
  append,
  assignBy,
  card,
  drawn,
  insertBefore,
  leaveEditor,
  put,
  saved,
  sourceOf,
  write,
} from './editor.ts';
import { done, waitingFor } from './small-flows.ts';
import { act, picture, test, Visitor } from './stage.ts';
import { StoryWalk } from './story-walk.ts';
import { moveClock } from './walk.ts';

/** Checked, and nothing is wrong; hints of the shipped content may stand. */
const noErrors = (page: Page): Promise<void> =>
  expect(page.getByText(/^(没有问题|0 处错误，\d+ 处提醒)$/)).toBeVisible({ timeout: 90_000 });

/** Into the phases of a drawing, one after the other. */
async function enter(page: Page, ...phases: string[]): Promise<void> {
  for (const id of phases) {
    const phase = page.locator(`[data-container-id="${id}"] .bjs-drilldown`);
    await expect(phase).toBeVisible({ timeout: 30_000 });
    await phase.click();
  }
}

/** The name, the people and the one outcome of the step that is selected. */
async function makeStep(page: Page, name: string, people: string, outcome: string): Promise<void> {
  const [key = '', label = ''] = outcome.split(' ');
  await write(page, '名称', name);
  await assignBy(page, people);
  await addOutcome(page, key, label);
}

/** Presses the middle of something in the drawing, where a connection that has been begun ends. */
async function press(page: Page, id: string): Promise<void> {
  const { x, y, width, height } = (await drawn(page, id).locator('.djs-visual').boundingBox())!;
  await page.mouse.move(x, y + height / 2);
  await page.mouse.click(x + width / 2, y + height / 2);
}

/** What breaks is recorded anew: each step that no story does is done once, what differs is read and ticked, and the change passes its check. */
async function rerecord(page: Page, replies: readonly { step: string; outcome: string }[], shot = ''): Promise<number> {
  await page.getByRole('link', { name: '检查' }).click();
  await page.getByRole('link', { name: /^一并重录/ }).click({ timeout: 120_000 });
  const keep = page.getByRole('button', { name: /^写入变更/ });
  for (const { step, outcome } of replies) {
    const question = page.getByRole('region', { name: `「${step}」怎样办` });
    await question.getByRole('button', { name: '办一次' }).click({ timeout: 90_000 });
    const frame = page.frameLocator('iframe[title="试运行的页面"]');
    await expect(frame.getByText(step).first()).toBeVisible({ timeout: 90_000 });
    if (shot) await picture(page, shot);
    await frame.getByRole('button', { name: outcome, exact: true }).click();
    const confirm = frame.getByRole('dialog').getByRole('button', { name: /^(确认|确定)/ });
    await expect(async () => {
      if (await confirm.isVisible()) await confirm.click();
      expect(await question.count()).toBe(0);
    }).toPass({ timeout: 90_000 });
  }
  await expect(page.getByText(/^正在走用例/)).toBeHidden({ timeout: 120_000 });
  const read = page.getByRole('checkbox', { name: '我看过了，按新的记' });
  const count = await read.count();
  for (let at = 0; at < count; at++) await read.nth(at).check();
  if (shot) await picture(page, `${shot}-read`);
  await keep.click();
  await expect(page.getByText('没有需要重录的用例')).toBeVisible({ timeout: 120_000 });
  await page.getByRole('link', { name: '返回变更' }).click();
  await page.getByRole('link', { name: '检查' }).click();
  await expect(page.getByText(/^0 处错误|没有发现问题/).first()).toBeVisible({ timeout: 120_000 });
  return count;
}

/** Reviewed by a second person, and published. */
async function publish(browser: Browser, page: Page, title: string): Promise<void> {
  await decide(page, title, '送审');
  await act(browser, 'kongwei', (v) => decide(v.page, title, '审核', review(true, '与会议决定一致')));
  await decide(page, title, '发布');
}

/** Rectifications of interviews are to be reported every two weeks: one cell of a table. */
async function alterCycle(browser: Browser, page: Page): Promise<void> {
  const title = '约谈整改每两周报告';
  await beginChange(page, title);
  await alter(page, '决策表 · 整改报告周期');
  const source = await sourceOf(page);
  const text = await source.inputValue();
  await source.fill(text.replace('<text>"每月"</text></outputEntry>', '<text>"每两周"</text></outputEntry>'));
  await saved(page);
  await leaveEditor(page);
  await publish(browser, page, title);
}

const doing = (browser: Browser, by: string, name: string, outcome: string) =>
  act(browser, by, (v) => done(v, name, outcome));

test('[STORY11] [P2] [CON40] a second approval of what goes to the media, and reports every two weeks: the interview of before goes the old way and is reported by the month, the new one as it is drawn', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  await moveClock(browser, '2026-09-21T09:00:00+08:00');
  const interview = (about: string, days: number) =>
    new StoryWalk(browser, {
      story: 'interview/first-interview.cases.json',
      flow: 'interview/work-interview.bpmn',
      about,
      days,
    });
  const old = interview('滨江片区改造', 0);
  await old.go(0, 'circulationApprove', 'title');

  const author = await Visitor.come(browser, 'peiwen');
  const { page } = author;
  page.setDefaultTimeout(30_000);
  const title = '媒体公开增加一道审批';
  await beginChange(page, title);
  await alter(page, '流程 · 工作约谈');
  await noErrors(page);
  await page.getByRole('button', { name: '审批树' }).click();
  await insertBefore(page, '主要领导审批公开', '办理步骤', ['归档、通报和整改', '通报']);
  await card(page, '新步骤').click();
  await makeStep(page, '主约谈人审批公开', '[plan.mainInterviewer]', 'agree 同意公开');
  await noErrors(page);
  await leaveEditor(page);
  expect(await rerecord(page, [{ step: '主约谈人审批公开', outcome: '同意公开' }], 'design-rerecord')).toBe(1);
  await publish(browser, page, title);
  await alterCycle(browser, page);
  await author.leave();

  await doing(browser, 'jianglan', '秘书长审批通报', 'approve');
  expect(await waitingFor(browser, 'zhouqihang')).toEqual(['主要领导审批公开']);
  await doing(browser, 'zhouqihang', '主要领导审批公开', 'agree');

  await moveClock(browser, '2026-10-19T09:00:00+08:00');
  const next = interview('沿江大道改造', 28);
  await next.go(0, 'circulationApprove', 'title');
  await doing(browser, 'jianglan', '秘书长审批通报', 'approve');
  expect(await waitingFor(browser, 'zhouqihang')).toEqual([]);
  await doing(browser, 'luowei', '主约谈人审批公开', 'agree');
  expect(await waitingFor(browser, 'zhouqihang')).toEqual(['主要领导审批公开']);
  expect(await cyclesOf(browser, ['滨江片区改造', '沿江大道改造'])).toEqual({
    滨江片区改造: '每月',
    沿江大道改造: '每两周',
  });
  await old.close();
  await next.close();
});

test('[RUN7] [STORY10] a check becomes two side by side: its stories are recorded with one answer, the case that waits there gets the other check and goes on once', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  await moveClock(browser, '2026-11-03T09:00:00+08:00');
  const filing = (about: string, days: number) =>
    new StoryWalk(browser, { story: 'filing/filed.cases.json', flow: 'filing/risk-filing.bpmn', about, days });
  const old = filing('码头岸线改造', 63);
  await old.go(0, 'formCheck', 'item');

  const author = await Visitor.come(browser, 'peiwen');
  const { page } = author;
  page.setDefaultTimeout(30_000);
  const title = '形式审查分为两项';
  await beginChange(page, title);
  await alter(page, '流程 · 前瞻性决策风险事前报备');
  await noErrors(page);
  await enter(page, 'acceptance');
  await put(page, 'gateway-parallel', 'formCheck_to_gwFormal');
  const join = await page.locator('.djs-element[data-element-id^="Gateway_"]').getAttribute('data-element-id');
  await put(page, 'gateway-parallel', 'gwForm_to_formCheck');
  await append(page, 'user-task');
  await makeStep(page, '禁止项审查', 'window people(organ)', 'done 没有禁止项');
  await page.locator('.djs-context-pad [data-action="connect"]').filter({ visible: true }).click();
  await press(page, join!);
  await page.getByRole('button', { name: '自动排列' }).click();
  await noErrors(page);
  await leaveEditor(page);
  expect(await rerecord(page, [{ step: '禁止项审查', outcome: '没有禁止项' }])).toBeGreaterThan(1);
  await publish(browser, page, title);

  await page.goto('/running');
  await page.getByRole('link', { name: '前瞻性决策风险事前报备' }).click();
  await page.getByRole('button', { name: '迁移到现行版本' }).click();
  await page.getByLabel('迁移的理由').fill('两项一并审查');
  await page.getByRole('button', { name: '试算' }).click();
  await expect(page.getByText('另外开始：禁止项审查')).toBeVisible();
  await picture(page, 'design-move-begins');
  const move = page.getByRole('button', { name: /^迁移 \d+ 件$/ });
  await expect(move).toBeDisabled();
  await page.getByRole('checkbox', { name: /^看过了/ }).check();
  await move.click();
  await expect(page.getByText(/^已迁移 1 件，共 1 件/)).toBeVisible();
  await author.leave();

  const next = filing('滨江绿道提升', 63);
  await next.go(0, 'formCheck', 'item');
  const window = ['形式审查', '禁止项审查'];
  expect((await waitingFor(browser, 'fuzheng')).sort()).toEqual([...window, ...window].sort());
  for (const one of [old, next]) {
    await doing(browser, 'fuzheng', '禁止项审查', 'done');
    await one.close();
  }
  expect(await waitingFor(browser, 'fuzheng')).toEqual(['形式审查', '形式审查']);
});

/** The report cycle that rectifications were asked for with, by the title of what they come from. */
async function cyclesOf(browser: Browser, titles: readonly string[]): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  await act(browser, 'yinchuan', async (v) => {
    const { rows } = await v.call('get', '/api/inbox/todo?limit=50');
    for (const { taskId, node, title } of rows) {
      const about = titles.find((one) => node === '制定整改方案' && String(title).includes(one));
      if (!about) continue;
      const view = JSON.stringify(await v.call('get', `/api/tasks/${taskId}`));
      found[about] = /"cycle":"([^"]*)"/.exec(view)?.[1];
    }
  });
  return found;
}

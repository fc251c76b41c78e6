/**
 * Each rule of the list of problems refuses a draft: a mistake is made by hand, its sentence is seen at its place, and taken back it is gone. What is
 * wrong in the end is published by nobody. Rules: [DES30] [DES31] [CHG6].
 */
import { expect, type Page } from '@playwright/test';
import { alter, beginChange, decide, review } from './changes.ts';
import { addOutcome, assignBy, card, insert, leaveEditor, noProblems, press, put, select, write } from './editor.ts';
import { bringIn, end, flowText, startOf, step } from './small-flows.ts';
import { act, test, Visitor } from './stage.ts';

const NAME = '公章使用审批';
/** Some are approved once more; both ways meet before the seal is used. */
const FLOW = flowText(
  'stamp',
  NAME,
  `"${NAME}"`,
  [
    startOf(NAME),
    step('approve', '审批', 'head of(case.starterUnit)', 'agree 同意', 1),
    { id: 'again', type: 'exclusiveGateway', name: '须复核', attributes: 'default="again_meet"', at: [2, 0] },
    step('second', '复核', 'holders(case.starterUnit, "charge_leader")', 'agree 同意', 3, 1),
    { id: 'meet', type: 'exclusiveGateway', name: '汇合', at: [4, 0] },
    step('use', '用印', '[case.starter]', 'done 已用印', 5),
    end('end', 6),
  ],
  [
    { from: 'start', to: 'approve' },
    { from: 'approve', to: 'again' },
    { from: 'again', to: 'second', condition: 'case.starter = null' },
    { from: 'again', to: 'meet' },
    { from: 'second', to: 'meet' },
    { from: 'meet', to: 'use' },
    { from: 'use', to: 'end' },
  ],
);

interface Mistake {
  /** what is done wrong, and the rule against it */
  readonly what: string;
  make(page: Page): Promise<void>;
  /** of whom the sentence is */
  readonly at: string;
  readonly sentence: RegExp;
}

const MISTAKES: readonly Mistake[] = [
  {
    what: 'required: nobody does the step',
    make: async (page) => {
      await select(page, 'approve');
      await page.locator('[data-attribute="Task.assignees"]').getByRole('button', { name: '删除' }).click();
    },
    at: '审批',
    sentence: /assignees/,
  },
  {
    what: 'expressions: a name that nothing has',
    make: async (page) => {
      await select(page, 'use');
      await assignBy(page, '[case.startr]');
    },
    at: '用印',
    sentence: /startr.*starter/,
  },
  {
    what: 'types: a number where a day belongs',
    make: async (page) => {
      await select(page, 'use');
      await page.locator('.flow-panel summary', { hasText: '期限和催办' }).click();
      await write(page, '办理期限', '5');
    },
    at: '用印',
    sentence: /办理期限「5」应得出日期/,
  },
  {
    what: 'unique: two outcomes under one key',
    make: async (page) => {
      await select(page, 'approve');
      await addOutcome(page, 'agree', '同意并转交');
    },
    at: '审批',
    sentence: /办理选项「agree」重复/,
  },
  {
    what: 'dead end: nothing comes after',
    make: async (page) => {
      await select(page, 'use_end');
      await page.keyboard.press('Delete');
    },
    at: '用印',
    sentence: /「用印」之后没有去向/,
  },
  {
    what: 'gateways: branches without conditions',
    make: async (page) => {
      await page.getByRole('button', { name: '审批树' }).click();
      await insert(page, 1, '择一分支');
      await page.getByRole('button', { name: '流程图' }).click();
    },
    at: '（没有名称）',
    sentence: /没有默认分支/,
  },
  {
    what: 'timers: too often',
    make: async (page) => {
      await put(page, 'intermediate-event-catch-timer', 'use', 'below');
      await write(page, '时间', 'PT1S');
    },
    at: '（没有名称）',
    sentence: /不足一分钟/,
  },
  {
    what: 'soundness: a join waits for a branch that was not taken',
    make: async (page) => {
      await select(page, 'meet');
      await page.locator('.djs-context-pad [data-action="replace"]').click();
      await page.locator('.djs-popup [data-id="replace-with-parallel-gateway"]').click();
    },
    at: '汇合',
    sentence: /停在「汇合」：.*永远不会到达/,
  },
];

test('[DES30] every mistake that is made by hand is told at its place, and is gone when it is taken back; what is wrong is not published', async ({
  browser,
}) => {
  test.setTimeout(480_000);
  await bringIn(browser, NAME, [{ kind: 'process', app: '', key: 'stamp', source: FLOW }]);
  const author = await Visitor.come(browser, 'peiwen');
  const { page } = author;
  page.setDefaultTimeout(30_000);
  const title = '公章使用改动有误';
  await beginChange(page, title);
  await alter(page, NAME);
  await noProblems(page);
  const problems = page.getByRole('region', { name: '问题' });
  for (const { what, make, at, sentence } of MISTAKES) {
    await test.step(what, async () => {
      await make(page);
      const line = problems.getByRole('listitem').filter({ hasText: sentence }).filter({ hasText: at }).first();
      await expect(line, what).toBeVisible({ timeout: 30_000 });
      await expect(problems.getByRole('status')).toHaveText(/^[1-9]\d* 处错误/);
      // the line leads to the element, whose panel says the same
      await line.getByRole('button').first().click();
      await expect(page.locator('.flow-panel .finding-error').filter({ hasText: sentence }).first()).toBeVisible();
      const undo = page.getByRole('button', { name: '撤销（Ctrl+Z）' });
      while (await undo.isEnabled()) await undo.click();
      await noProblems(page);
    });
  }

  // the nearest name is put in its place with one click
  await select(page, 'use');
  await assignBy(page, '[case.startr]');
  await problems.getByRole('button', { name: '改为「starter」' }).click();
  await noProblems(page);

  // wrong to the end: agreed to all the same, and published by nobody
  await page.getByRole('button', { name: '审批树' }).click();
  await press(page, '审批', '删除');
  await expect(card(page, '审批')).toBeHidden();
  await card(page, '用印').click();
  await assignBy(page, 'done by("approve")');
  await expect(problems.getByRole('listitem').filter({ hasText: 'approve' }).first()).toBeVisible();
  await leaveEditor(page);
  await decide(page, title, '送审');
  await act(browser, 'kongwei', (v) => decide(v.page, title, '审核', review(true, '没有细看')));
  await page.goto('/design');
  await page.getByRole('link', { name: title, exact: true }).click();
  await page.getByRole('button', { name: '发布', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('.dialog-foot button').last().click();
  await expect(dialog.locator('.findings')).toContainText('approve', { timeout: 60_000 });
  await dialog
    .getByRole('button', { name: /取消|关闭/ })
    .first()
    .click();
  await page.goto('/design');
  await expect(page.getByRole('listitem').filter({ hasText: title }).filter({ hasText: '起草人' })).toContainText(
    '已同意',
  );
  await author.leave();
});

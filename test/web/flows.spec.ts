/**
 * A flow is made and redrawn in the tree, as somebody does who knows no BPMN, and then a case walks it: a step added between two others, branches
 * side by side that meet, another who does a step, an outcome that wants words. Rules: [DES22] [DES41] [DES51].
 */
import { expect } from '@playwright/test';
import { beginChange, decide, review } from './changes.ts';
import { addOutcome, card, choose, insert, noProblems, saved, write } from './editor.ts';
import { act, picture, test, Visitor } from './stage.ts';

const TITLE = '印章借用审批';

test('[DES51] a new flow is redrawn in the tree with steps, branches and outcomes, and a case walks it as it is drawn', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const author = await Visitor.come(browser, 'peiwen');
  const { page } = author;
  // the first check of all content keeps a busy machine busy
  page.setDefaultTimeout(30_000);
  await beginChange(page, TITLE);
  await page.getByRole('button', { name: '新建', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('名称').fill(TITLE);
  await dialog.getByLabel('标识').fill('seal-loan');
  await dialog.getByRole('button', { name: '新建', exact: true }).click();
  await page.getByRole('button', { name: '审批树' }).click();
  await noProblems(page);

  await insert(page, 1, '办理步骤');
  await write(page, '名称', '用印登记');
  await page.getByRole('button', { name: '按规则选人' }).first().click();
  await choose(page, '按什么找人', '发起人');
  await addOutcome(page, 'done', '已登记');

  await insert(page, 2, '并行分支');
  for (const name of ['归还核对', '台账登记']) {
    await card(page, '新步骤').first().click();
    await write(page, '名称', name);
    await page.getByRole('button', { name: '按规则选人' }).first().click();
    await choose(page, '按什么找人', '办过某一步的人');
    await choose(page, '哪一步', '审批');
    await addOutcome(page, 'done', '办好了');
  }

  await card(page, '审批').click();
  await addOutcome(page, 'refuse', '不同意');
  await choose(page, '意见', '必须写');
  await noProblems(page);
  await saved(page);
  await picture(page, 'design-tree');

  await decide(page, TITLE, '送审');
  await act(browser, 'kongwei', (v) => decide(v.page, TITLE, '审核', review(true, '可以试用')));
  await decide(page, TITLE, '发布');
  await expect(page.getByText(/发布/).first()).toBeVisible();
  await author.leave();

  // a case walks it: words are wanted, then the step that was put in, then both branches at once
  await act(browser, 'songqiao', (v) =>
    v.call('post', '/api/cases', { process: 'seal-loan', start: 'start', values: {} }),
  );
  await act(browser, 'liangdong', async (v) => {
    await v.openTask('审批');
    await v.page.getByRole('button', { name: '不同意' }).click();
    await expect(v.page.getByText(/意见/).first()).toBeVisible();
    await v.finish('审批', '不同意', {}, '本周已有两次借用，请说明用途后再借');
  });
  await act(browser, 'songqiao', (v) => v.finish('用印登记', '已登记'));
  await act(browser, 'liangdong', async (v) => {
    const { rows } = await v.call('get', '/api/inbox/todo');
    expect(rows.map(({ node }) => node).sort()).toEqual(['台账登记', '归还核对'].sort());
  });
});

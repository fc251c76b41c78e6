/**
 * A flow of which cases run is redrawn by hand: another approves, a step is put in between two others in the drawing, signed by two units together,
 * another is moved, one is taken out in which cases wait, a time-out escalates. Then the cases of before and a new one are walked.
 * Rules: [DES10] [DES22] [DES51] [P2] [RUN4].
 */
import { expect } from '@playwright/test';
import { alter, beginChange } from './changes.ts';
import {
  addOutcome,
  append,
  assignBy,
  card,
  choose,
  leaveEditor,
  noProblems,
  press,
  put,
  select,
  write,
} from './editor.ts';
import { bringIn, done, pass, rowOf, step, waitingFor } from './small-flows.ts';
import { act, test, Visitor } from './stage.ts';
import { moveClock } from './walk.ts';

const NAME = '车辆租用审批';
const FLOW = rowOf('car', NAME, [
  (column) => step('approve', '审批', 'head of(case.starterUnit)', 'agree 同意', column),
  (column) => step('register', '登记', '[case.starter]', 'done 已登记', column),
  (column) => step('file', '归档', 'holders(case.starterUnit, "liaison")', 'done 已归档', column),
  (column) => step('ask', '回访', '[case.starter]', 'done 已回访', column),
]);

test('[RUN4] a running flow is redrawn by hand; the old cases end as they began or go where they are moved, a new one walks it as it is drawn', async ({
  browser,
}) => {
  test.setTimeout(480_000);
  await moveClock(browser, '2026-09-01T09:00:00+08:00');
  await bringIn(browser, NAME, [{ kind: 'process', app: '', key: 'car', source: FLOW }]);
  const start = (by: string) =>
    act(browser, by, (v) => v.call('post', '/api/cases', { process: 'car', start: 'start', values: {} }));
  const doing = (by: string, name: string, outcome: string) => act(browser, by, (v) => done(v, name, outcome));
  // one of them waits at the first step, another at the one that will be gone
  await start('zhenghang');
  await doing('liangdong', '审批', 'agree');
  await start('songqiao');
  expect(await waitingFor(browser, 'zhenghang')).toEqual(['登记']);

  const author = await Visitor.come(browser, 'peiwen');
  const { page } = author;
  page.setDefaultTimeout(30_000);
  const title = '车辆租用改由分管领导审批';
  const id = await beginChange(page, title);
  await alter(page, NAME);
  await noProblems(page);

  // another approves
  await select(page, 'approve');
  await choose(page, '按什么找人', '单位里担任某角色的人');
  await choose(page, '哪个单位', 'case.starterUnit');
  await choose(page, '什么角色', '分管负责人');

  // in the drawing: a step onto the line between two others, signed by two units together
  await put(page, 'user-task', 'approve_register');
  await write(page, '名称', '会签');
  await assignBy(page, '[holders("zjj", "main_leader"), holders("sfj", "liaison")]');
  await choose(page, '办理方式', '会签（全部人签）');
  await addOutcome(page, 'agree', '同意');

  // in the drawing: a time-out onto a step, and what follows from it
  await put(page, 'intermediate-event-catch-timer', 'approve', 'below');
  await write(page, '时间', 'P3D');
  await page.getByLabel('触发时中断这个步骤').uncheck();
  await append(page, 'user-task');
  await write(page, '名称', '督办');
  await assignBy(page, 'holders("dcs", "section_chief")');
  await addOutcome(page, 'done', '已督办');
  await append(page, 'end-event');

  // in the tree: a step moved up, another taken out
  await page.getByRole('button', { name: '审批树' }).click();
  await press(page, '回访', '上移');
  await press(page, '登记', '删除');
  await expect(card(page, '登记')).toBeHidden();
  await page.getByRole('button', { name: '流程图' }).click();
  await page.getByRole('button', { name: '自动排列' }).click();
  await noProblems(page);
  await leaveEditor(page);
  await pass(browser, author, id);

  // the cases of before: one goes on by the old drawing, in the hands of who approved then
  await start('zhenghang');
  expect(await waitingFor(browser, 'liangdong')).toEqual(['审批']);
  expect(await waitingFor(browser, 'songqiao')).toEqual(['审批']);
  await doing('liangdong', '审批', 'agree');
  await doing('songqiao', '登记', 'done');
  expect(await waitingFor(browser, 'yinchuan')).toEqual(['归档']);

  // those that wait at the step that is gone are moved to another
  await page.goto('/running');
  await page.getByRole('link', { name: NAME }).click();
  await page.getByRole('button', { name: '迁移到现行版本' }).click();
  await choose(page, '「登记」在现行版本里没有（1 件停在这里），改在', '归档');
  await page.getByLabel('迁移的理由').fill('登记并入归档');
  await page.getByRole('button', { name: '试算' }).click();
  await expect(page.getByText('2 件不是现行版本：2 件可以迁移，0 件不能。')).toBeVisible();
  await page.getByRole('button', { name: '迁移 2 件' }).click();
  await expect(page.getByText('已迁移 2 件，共 2 件；0 件没有迁移。')).toBeVisible();
  expect(await waitingFor(browser, 'zhenghang')).toEqual([]);
  expect(await waitingFor(browser, 'yinchuan')).toEqual(['归档', '归档']);

  // the new one: nobody approves in time and it escalates, then two units sign together
  await moveClock(browser, '2026-09-04T09:30:00+08:00');
  expect(await waitingFor(browser, 'hezhou')).toEqual(['督办']);
  await doing('songqiao', '审批', 'agree');
  await doing('liangdong', '会签', 'agree');
  expect(await waitingFor(browser, 'zhenghang')).toEqual([]);
  await doing('helan', '会签', 'agree');
  await doing('zhenghang', '回访', 'done');
  expect(await waitingFor(browser, 'yinchuan')).toEqual(['归档', '归档', '归档']);
  await author.leave();
});

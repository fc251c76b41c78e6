/**
 * What a change would have made different is told of exactly those finished cases: six are there with amounts on both sides of a limit, the limit is moved by
 * hand, and the cases between the old limit and the new one are named, no others. Rules: [IMP1] [IMP4] [IMP5] [RUN5].
 */
import { expect } from '@playwright/test';
import { alter, beginChange } from './changes.ts';
import { noProblems } from './editor.ts';
import { bringIn, done, end, flowText, startOf, step } from './small-flows.ts';
import { act, test, Visitor } from './stage.ts';

const NAME = '临时采购审批';
const FORM = {
  form: 'order',
  title: '采购申请',
  schema: {
    type: 'object',
    properties: {
      subject: { type: 'string', title: '事由', required: true, maxLength: 60, 'x-component': 'Text' },
      amount: { type: 'number', title: '金额', required: true, minimum: 0, 'x-component': 'Money' },
    },
  },
};
const FLOW = flowText(
  'purchase',
  NAME,
  'order.subject',
  [
    startOf(NAME, 'form="order" as="order"'),
    step('approve', '审批', 'head of(case.starterUnit)', 'agree 同意', 1),
    { id: 'large', type: 'exclusiveGateway', name: '金额较大', attributes: 'default="large_end"', at: [2, 0] },
    step('second', '分管领导审批', 'holders(case.starterUnit, "main_leader")', 'agree 同意', 3, 1),
    end('end', 4),
  ],
  [
    { from: 'start', to: 'approve' },
    { from: 'approve', to: 'large' },
    { from: 'large', to: 'second', condition: 'order.amount &gt; 100' },
    { from: 'second', to: 'end' },
    { from: 'large', to: 'end' },
  ],
);
/** Who answers for this application drafts in it, and may open the cases that he has handled. */
const MANIFEST = {
  app: 'purchases',
  name: { 'zh-CN': '采购', 'en-US': 'Purchases' },
  owner: '办公室',
  roles: ['main_leader'],
  description: '临时采购的申请和审批。',
  design: { draft: ['main_leader'] },
};
const AMOUNTS = [30, 50, 60, 80, 100, 120, 55, 99];

test('[IMP5] a limit is moved by hand, and exactly the finished cases between the old one and the new one are named', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const text = (kind: string, key: string, source: string) => ({ kind, app: 'purchases', key, source });
  await bringIn(browser, NAME, [
    { kind: 'application', app: '', key: 'purchases', source: JSON.stringify(MANIFEST) },
    text('form', 'order', JSON.stringify(FORM)),
    text('process', 'purchase', FLOW),
  ]);
  const numbers = new Map<number, string>();
  await act(browser, 'songqiao', async (v) => {
    for (const amount of AMOUNTS) {
      const values = { subject: `采购 ${amount} 元的办公用品`, amount };
      const { caseId } = await v.call('post', '/api/cases', { process: 'purchase', start: 'start', values });
      const view = (await v.call('get', `/api/cases/${caseId}`)) as unknown as { case: { number: string } };
      numbers.set(amount, view.case.number);
    }
  });
  const author = await Visitor.come(browser, 'liangdong');
  for (const _ of AMOUNTS) await done(author, '审批', 'agree');
  for (const amount of AMOUNTS) if (amount > 100) await done(author, '分管领导审批', 'agree');

  const { page } = author;
  page.setDefaultTimeout(30_000);
  const id = await beginChange(page, '采购五十元以上由分管领导审批');
  await alter(page, NAME);
  await noProblems(page);
  await page.getByRole('button', { name: '审批树' }).click();
  await page.getByRole('region', { name: '审批树' }).getByRole('button', { name: '分支（没有名称）' }).click();
  const limit = page.getByLabel('比什么', { exact: true });
  await limit.fill('50');
  // [DES70] left at once, the last edit is saved all the same, and the page of the change shows it
  await page.getByRole('link', { name: '返回变更' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: NAME })).toContainText('修改');

  await page.goto(`/design/changes/${id}?part=impact`);
  await page.getByRole('button', { name: '开始核对' }).click();
  const flow = page.getByRole('region', { name: new RegExp(NAME) });
  const line = flow.getByRole('listitem').filter({ hasText: '分管领导审批' });
  await expect(line).toContainText('5 件', { timeout: 60_000 });
  await expect(flow.locator('.findings > li')).toHaveCount(1);
  await line.getByRole('button', { name: '看是哪些件' }).click();
  const between = AMOUNTS.filter((amount) => amount > 50 && amount <= 100).map((amount) => numbers.get(amount));
  const named = line.getByRole('link');
  await expect(named).toHaveCount(between.length);
  expect((await named.allInnerTexts()).sort()).toEqual(between.sort());
  await author.leave();
});

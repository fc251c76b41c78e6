import { expect, test } from '@playwright/test';
import { Visitor } from './stage.ts';

const shot = (page: import('@playwright/test').Page, name: string) =>
  page.screenshot({ path: `/tmp/shots/${name}.png`, fullPage: true });
test('look', async ({ browser }) => {
  test.setTimeout(170_000);
  const v = await Visitor.come(browser, 'peiwen');
  const { page } = v;
  page.on('console', (m) => m.type() === 'error' && console.log('CONSOLE', m.text().slice(0, 300)));
  page.on('pageerror', (e) => console.log('PAGEERROR', String(e).slice(0, 400)));
  await page.goto('/design');
  await expect(page.getByRole('heading', { name: '现行内容' })).toBeVisible();
  await shot(page, '01-overview');
  await page.getByRole('button', { name: '起草变更' }).click();
  await page.getByLabel('变更的标题').fill('受理期限由 5 日改为 7 日');
  await page.getByLabel('理由').fill('来件增多，五个工作日不够用');
  await shot(page, '02-begin');
  await page.getByRole('button', { name: '开始起草' }).click();
  await expect(page.getByText('这个变更还没有内容。')).toBeVisible();
  await shot(page, '03-empty-change');
  await page.goto('/design/definitions/process/tolerance/tolerance');
  await page.waitForTimeout(2500);
  await shot(page, '04-definition');
  const { rows } = await v.call('get', '/api/changes');
  const id = String(rows[0]?.id);
  await page.goto(`/design/changes/${id}/process/tolerance/tolerance`);
  await page.waitForTimeout(6000);
  await shot(page, '05-editor');
  const draft = (await v.call('get', `/api/changes/${id}/draft?kind=decision&app=tolerance&key=deadline`)) as never as {
    current: string;
  };
  const changed = draft.current.replace(/<text>5<\/text>/, '<text>7</text>');
  expect(changed).not.toBe(draft.current);
  await v.call('put', `/api/changes/${id}/draft`, {
    kind: 'decision',
    app: 'tolerance',
    key: 'deadline',
    source: changed,
    revision: 0,
  });
  const flow = (await v.call('get', `/api/changes/${id}/draft?kind=process&app=tolerance&key=tolerance`)) as never as {
    current: string;
  };
  await v.call('put', `/api/changes/${id}/draft`, {
    kind: 'process',
    app: 'tolerance',
    key: 'tolerance',
    source: flow.current.replace('name="受理审查"', 'name="受理审核"'),
    revision: 0,
  });
  await page.goto(`/design/changes/${id}`);
  await expect(page.getByText('办理时限').first()).toBeVisible();
  await shot(page, '06-contents');
  await page.goto(`/design/changes/${id}?part=compare`);
  await page.waitForTimeout(4000);
  await shot(page, '07-compare');
  await page.goto(`/design/changes/${id}?part=check`);
  await expect(
    page
      .getByText('没有发现问题')
      .or(page.getByText(/处错误/))
      .first(),
  ).toBeVisible({ timeout: 60000 });
  await shot(page, '08-check');
  await page.goto('/design/releases');
  await page.waitForTimeout(1000);
  await shot(page, '09-releases');
  await page.goto('/running');
  await page.waitForTimeout(800);
  await shot(page, '10-running');
  await page.setViewportSize({ width: 390, height: 844 });
  for (const [name, at] of [
    ['11-p-overview', '/design'],
    ['12-p-change', `/design/changes/${id}`],
    ['13-p-compare', `/design/changes/${id}?part=compare`],
    ['14-p-record', `/design/changes/${id}?part=record`],
  ] as const) {
    await page.goto(at);
    await page.waitForTimeout(2500);
    await shot(page, name);
  }
});

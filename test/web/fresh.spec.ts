/**
 * An installation that is not a demo, from an empty folder: administrators by the command line, everything else in the browser alone - the
 * organisation from an Excel list, the consent to who decides, the first application to its end. As docs/administrator.md tells it.
 */
import { type Browser, expect, type Page } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import * as fill from '../content/fillings.ts';
import { House } from './house.ts';
import { PDF, test, Visitor } from './stage.ts';

let house: House;

test.beforeAll(async () => {
  house = await House.found({ DEMO: '0' });
});
test.afterAll(() => house.close());

/** `npm run admin:create`; answers with the first password, which is shown once. */
const administrator = (name: string, duty: string): string =>
  /首次登录密码：(\S+?)（/.exec(house.command('admin:create', name, duty))?.[1] ?? '';

/** Signs in with the first password and chooses one's own, as everybody must. */
async function come(browser: Browser, name: string, first: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: house.address, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  const page = await context.newPage();
  await page.goto('/');
  await page.getByLabel('用户名').fill(name);
  await page.getByLabel('密码', { exact: true }).fill(first);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '修改密码' })).toBeVisible();
  const own = `Marble-${name}-71-teapot`;
  await page.getByLabel('原密码').fill(first);
  await page.getByLabel('新密码', { exact: true }).fill(own);
  await page.getByLabel('再输一次新密码').fill(own);
  await page.getByRole('button', { name: '修改密码' }).click();
  const arrived = page.getByRole('heading', { level: 1, name: /工作台|第二验证/ });
  await expect(arrived).toBeVisible();
  if ((await arrived.innerText()).includes('第二验证')) await prove(page, own);
  await expect(page.getByRole('heading', { level: 1, name: '工作台' })).toBeVisible();
  return page;
}

/** [I23] Who administers sets up a second factor before anything else, as an authenticator would. */
async function prove(page: Page, password: string): Promise<void> {
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '启用第二验证' }).click();
  const secret = await page.locator('.secret').innerText();
  await page.getByLabel('验证码').fill(new TOTP({ secret: Secret.fromBase32(secret) }).generate());
  await page.getByRole('button', { name: '启用', exact: true }).click();
  await expect(page.getByRole('heading', { name: '恢复码' })).toBeVisible();
  await page.getByRole('button', { name: '已经保存' }).click();
}

test('[DIR15] a fresh installation is set up in the browser alone, from an Excel list to a finished first application', async ({
  browser,
}) => {
  test.setTimeout(600_000);
  const passwords = new Map(
    [
      ['chief', 'system'],
      ['guard', 'security'],
      ['witness', 'audit'],
      ['clerk', 'business'],
    ].map(([name, duty]) => [name!, administrator(name!, duty!)]),
  );
  await house.open();
  // The list of an office: here that of the made-up city, as its own administrator exports it.
  const demo = await Visitor.come(browser, 'admin');
  const token = (await demo.call('get', '/api/session')).csrf as string;
  const exported = await demo.page.request.post('/api/directory/export', {
    headers: { 'x-csrf-token': token },
    data: { reason: '核对机构和人员' },
  });
  const list = { name: '组织人员.xlsx', mimeType: 'application/vnd.ms-excel', buffer: await exported.body() };
  await demo.leave();

  const chief = await come(browser, 'chief', passwords.get('chief')!);
  await chief.goto('/directory');
  await expect(chief.getByText('还没有单位和任职的人员')).toBeVisible();
  await expect(chief.getByText('建立单位和人员')).toBeVisible();
  await chief.getByRole('button', { name: /^导入/ }).click();
  await chief.locator('input[type=file]').setInputFiles(list);
  await expect(chief.getByText('检查结果（尚未写入）')).toBeVisible({ timeout: 60_000 });
  await expect(chief.getByText(/处问题，请更正/)).toHaveCount(0);
  await chief.getByRole('button', { name: '确认导入' }).click();
  await expect(chief.getByText('以下初始密码只显示这一次')).toBeVisible({ timeout: 120_000 });
  const first = async (name: string) =>
    chief.getByRole('row').filter({ hasText: name }).locator('td').first().innerText();
  const known = new Map<string, string>();
  for (const name of ['songqiao', 'fuzheng']) known.set(name, await first(name));
  await chief.goto('/directory');
  await expect(chief.getByText(/个角色待同意/)).toBeVisible();

  const guard = await come(browser, 'guard', passwords.get('guard')!);
  await guard.goto('/grants');
  await guard.getByRole('checkbox', { name: '全选' }).check();
  await guard.getByRole('button', { name: '同意', exact: true }).click();
  await expect(guard.getByText('没有待同意的角色')).toBeVisible({ timeout: 60_000 });
  await chief.reload();
  await expect(chief.getByText('还没有单位和任职的人员')).toHaveCount(0);

  const applicant = await come(browser, 'songqiao', known.get('songqiao')!);
  const csrf = (await (await applicant.request.get('/api/session')).json()).csrf;
  const headers = { 'x-csrf-token': csrf };
  const file = await (
    await applicant.request.post('/api/files', {
      headers,
      multipart: { file: { name: '会议纪要.pdf', mimeType: 'application/pdf', buffer: PDF } },
    })
  ).json();
  const values = fill.application(file, { eventTitle: '第一件申请' });
  const draft = await applicant.request.put('/api/drafts', {
    headers,
    data: { process: 'tolerance', start: 'byPerson', values },
  });
  await applicant.goto(`/start/tolerance/byPerson?draft=${(await draft.json()).id}`);
  await expect(applicant.getByRole('textbox', { name: '事项名称' })).toHaveValue('第一件申请');
  await applicant.getByRole('button', { name: '提交', exact: true }).click();
  await expect(applicant.getByText(/已提交/).first()).toBeVisible({ timeout: 30_000 });

  const window = await come(browser, 'fuzheng', known.get('fuzheng')!);
  await window.goto('/');
  await window.getByRole('listitem').filter({ hasText: '第一件申请' }).getByRole('link').first().click();
  await window.getByRole('button', { name: '受理', exact: true }).click();
  await expect(window.getByText(/选「受理」之前，请先填写/).first()).toBeVisible();
  const id = new URL(window.url()).pathname.split('/').pop();
  const token2 = (await (await window.request.get('/api/session')).json()).csrf;
  const kept = await window.request.put(`/api/tasks/${id}/draft`, {
    headers: { 'x-csrf-token': token2 },
    data: { values: { ...fill.acceptance(), ...fill.rejection() }, comment: '' },
  });
  expect(kept.status(), await kept.text()).toBe(200);
  await window.reload();
  await window.getByRole('button', { name: '不予受理', exact: true }).click();
  const confirm = window.getByRole('dialog').getByRole('button', { name: /不予受理|确认/ });
  const done = window.getByText(/^(已提交|已办结)/).first();
  await expect(confirm.or(done).first()).toBeVisible();
  if (await confirm.isVisible()) await confirm.click();
  await expect(done).toBeVisible();

  await applicant.goto('/?tab=started');
  await expect(applicant.getByRole('listitem').filter({ hasText: '第一件申请' })).toContainText('不予受理');

  const witness = await come(browser, 'witness', passwords.get('witness')!);
  await witness.goto('/audit');
  await expect(witness.getByText(/chief|系统管理员/).first()).toBeVisible();
  await expect(witness.getByText(/同意/).first()).toBeVisible();
});

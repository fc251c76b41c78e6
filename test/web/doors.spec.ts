/** Signing in through a provider of OpenID Connect that really stands there, with the hands and eyes of a person. */
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { provider, type TestProvider } from '../http/provider.ts';
import { House } from './house.ts';

const PASSWORD = 'browser-test-1';
let there: TestProvider;
let house: House;

test.beforeAll(async () => {
  there = await provider();
  const { issuer, clientId, clientSecret, label } = there.settings();
  house = await House.found({
    DEMO: '1',
    DEMO_PASSWORD: PASSWORD,
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: clientSecret,
    OIDC_LABEL: label,
  });
  await house.open();
  await there.serve(house.address);
});
test.afterAll(async () => {
  await house.close();
  await there.stop();
});

async function signInHere(page: Page): Promise<void> {
  await page.getByLabel('用户名').fill('songqiao');
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: '登录', exact: true }).click();
}

/** The pages of the provider, until it sends the browser back. */
async function signInThere(page: Page, login: string): Promise<void> {
  await page.getByPlaceholder('Enter any login').fill(login);
  await page.getByPlaceholder('and password').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

const doorOf = (page: Page) => page.getByRole('link', { name: '用统一身份认证登录' });
const at = (path: string) => `${house.address}${path}`;
const visit = (page: Page, path: string) => page.goto(at(path));

async function signOut(page: Page): Promise<void> {
  await visit(page, '/me');
  await page.getByRole('button', { name: '退出登录' }).last().click();
}

test('[IDP9] a person links himself, signs out on both sides, and comes back by the door to the page he wanted', async ({
  page,
}) => {
  await visit(page, '/messages');
  await expect(doorOf(page)).toBeVisible();
  await doorOf(page).click();
  await signInThere(page, 'u1');
  await expect(page.getByRole('alert')).toContainText(/还没有绑定本系统的账号.*编号 [0-9A-F]{8}/s);
  expect(page.url()).toBe(at('/messages'));
  await signInHere(page);
  await expect(page.getByRole('heading', { level: 1, name: '消息' })).toBeVisible();
  await visit(page, '/me');
  await page.getByRole('button', { name: '绑定', exact: true }).click();
  await page.getByLabel('本系统的密码').fill(PASSWORD);
  await page.getByRole('button', { name: '去绑定' }).click();
  await expect(page.getByText('已绑定 songqiao')).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: '以后可以从统一身份认证登录' })).toBeVisible();
  expect(page.url()).toBe(at('/me'));
  await signOut(page);
  await expect(doorOf(page)).toBeVisible();
  await visit(page, '/ledgers');
  await doorOf(page).click();
  await expect(page.getByRole('heading', { level: 1, name: '台账' })).toBeVisible();
  await signOut(page);
  await page.getByRole('button', { name: /Yes, sign me out/ }).click();
  await expect(page).toHaveURL(at('/'));
  await doorOf(page).click();
  await expect(page.getByPlaceholder('Enter any login')).toBeVisible();
});

/** What the server does after half an hour. */
const expire = (context: BrowserContext) => context.clearCookies({ name: 'ganwei' });

test('[IDP9] over a page whose session has ended the door opens a window of its own, and what was filled in stays', async ({
  page,
  context,
}) => {
  await visit(page, '/');
  await doorOf(page).click();
  await signInThere(page, 'u1');
  await expect(page.getByRole('heading', { level: 1, name: '工作台' })).toBeVisible();
  await visit(page, '/password');
  await page.getByLabel('原密码').fill('what-was-typed-1');
  await page.getByLabel('新密码', { exact: true }).fill('Marble-71-teapot');
  await page.getByLabel('再输一次新密码').fill('Marble-71-teapot');
  await expire(context);
  await page.getByRole('button', { name: '修改密码' }).click();
  const again = page.getByRole('dialog', { name: '请重新登录' });
  await expect(again).toBeVisible();
  const [beside] = await Promise.all([
    context.waitForEvent('page'),
    again.getByRole('link', { name: /在新窗口用统一身份认证登录/ }).click(),
  ]);
  await expect(beside.getByRole('heading', { level: 1, name: '工作台' })).toBeVisible();
  await beside.close();
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(again).toBeHidden();
  await expect(page.getByLabel('原密码')).toHaveValue('what-was-typed-1');
});

test('[IDP9] whoever has a second factor gives its code after the door, on a page that says so, in both languages', async ({
  page,
}) => {
  await visit(page, '/me');
  await doorOf(page).click();
  await signInThere(page, 'u1');
  await expect(page.getByRole('heading', { level: 1, name: '我的' })).toBeVisible();
  const { csrf } = await (await page.request.get(at('/api/session'))).json();
  const post = async (path: string, data: object) =>
    (await page.request.post(at(path), { data, headers: { 'x-csrf-token': csrf } })).json();
  const { secret } = await post('/api/session/factor', { password: PASSWORD });
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
  const { codes } = await post('/api/session/factor/code', { code });
  await expire(page.context());
  await visit(page, '/ledgers');
  await doorOf(page).click();
  await expect(page.getByText('统一身份认证已经确认您的身份')).toBeVisible();
  await expect(page.getByLabel('用户名')).toHaveCount(0);
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByText('The identity provider knows you.')).toBeVisible();
  await page.getByLabel('Code').fill('000000');
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('alert')).toContainText('The code is wrong');
  await page.getByLabel('Code').fill(codes[0]);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ledgers');
  expect(page.url()).toBe(at('/ledgers'));
});

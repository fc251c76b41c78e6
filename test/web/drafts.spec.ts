/** Nothing typed is lost: two tabs, two devices, no network, a session that ends, a server that restarts, a page that is closed, a full browser. */
import { type Browser, expect, type Page } from '@playwright/test';
import { test, Visitor } from './stage.ts';

const START = '/start/tolerance/byPerson';
const title = (page: Page) => page.getByRole('textbox', { name: '事项名称' });
const contact = (page: Page) => page.getByRole('textbox', { name: /联系人/ });
const saved = (page: Page) => expect(page.getByRole('status').filter({ hasText: /自动保存$/ })).toContainText('已于');

/** Begins an application and waits until it is a draft. */
async function begin(visitor: Visitor, name: string): Promise<string> {
  const { page } = visitor;
  await page.goto(START);
  await expect(title(page)).toBeVisible();
  await title(page).fill(name);
  await saved(page);
  await expect(page).toHaveURL(/draft=/);
  return new URL(page.url()).pathname + new URL(page.url()).search;
}

/** No answer comes from the server for what changes something. */
const cutOff = (page: Page) => page.route('**/api/drafts', (route) => route.abort());
const connect = (page: Page) => page.unroute('**/api/drafts');

async function twoPages(mine: Page, other: Page, address: string): Promise<void> {
  await other.goto(address);
  await expect(title(other)).toHaveValue(/./);
  await title(other).fill('乙处写的名称');
  await saved(other);
  await contact(mine).fill('甲处的联系人 0717-1234567');
  await expect(mine.getByText('这份草稿在另一个页面或另一台设备上改过')).toBeVisible();
  await mine.getByRole('button', { name: '比较并选定' }).click();
  const dialog = mine.getByRole('dialog');
  await expect(dialog).toContainText('有 2 处不同');
  await expect(dialog).toContainText('乙处写的名称');
  await expect(dialog).toContainText('甲处的联系人');
  await dialog.getByRole('button', { name: '按所选保存' }).click();
  await expect(title(mine)).toHaveValue('乙处写的名称');
  await expect(contact(mine)).toHaveValue('甲处的联系人 0717-1234567');
  await mine.reload();
  await expect(title(mine)).toHaveValue('乙处写的名称');
  await expect(contact(mine)).toHaveValue('甲处的联系人 0717-1234567');
}

const visit = (browser: Browser, id: string) => Visitor.come(browser, id);

test('[PAGE41] two tabs on one draft: the second sees what the first has saved, and both texts survive', async ({
  browser,
}) => {
  const visitor = await visit(browser, 'songqiao');
  const address = await begin(visitor, '两个标签页');
  await twoPages(visitor.page, await visitor.page.context().newPage(), address);
  await visitor.leave();
});

test('[PAGE41] two devices on one draft, one of them a phone', async ({ browser }) => {
  const desk = await visit(browser, 'songqiao');
  const phone = await Visitor.come(browser, 'songqiao', { width: 390, height: 844 });
  await twoPages(phone.page, desk.page, await begin(phone, '两台设备'));
  await desk.leave();
  await phone.leave();
});

test('[PAGE40] without a network the text stays on the device, for its author alone, and is offered again', async ({
  browser,
}) => {
  const visitor = await visit(browser, 'songqiao');
  const { page } = visitor;
  const address = await begin(visitor, '离线填写');
  await cutOff(page);
  await contact(page).fill('离线写的联系人 13900000000');
  await expect(page.getByRole('status').filter({ hasText: '已存在本机' })).toBeVisible();
  await page.getByRole('link', { name: '工作台' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: '工作台' })).toBeVisible();

  const stored = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  expect(stored).toContain('ganwei.kept.');
  for (const word of ['离线', '13900000000', 'byPerson']) expect(stored).not.toContain(word);

  await connect(page);
  await page.goto('/');
  await expect(page.getByText('本机留有没有送出的内容')).toBeVisible();
  await page.goto(address);
  await expect(page.getByText(/本机留有 .*没有送出的内容/)).toBeVisible();
  await page.getByRole('button', { name: '比较并选定' }).click();
  await expect(page.getByRole('dialog')).toContainText('离线写的联系人');
  await page.getByRole('dialog').getByRole('button', { name: '按所选保存' }).click();
  await expect(contact(page)).toHaveValue('离线写的联系人 13900000000');
  expect(await page.evaluate(() => Object.keys(localStorage).join())).not.toContain('ganwei.kept.');
  await visitor.leave();
});

test('[W5] whoever signs in next on the same browser sees nothing of it', async ({ browser }) => {
  const visitor = await visit(browser, 'songqiao');
  const { page } = visitor;
  const address = await begin(visitor, '换人登录');
  await cutOff(page);
  await contact(page).fill('只给本人看的电话');
  await expect(page.getByRole('status').filter({ hasText: '已存在本机' })).toBeVisible();
  await page.context().clearCookies();
  const other = await page.context().newPage();
  await other.goto('/');
  await other.getByLabel('用户名').fill('fuzheng');
  await other.getByLabel('密码', { exact: true }).fill('browser-test-1');
  await other.keyboard.press('Enter');
  await expect(other.getByRole('heading', { level: 1, name: '工作台' })).toBeVisible();
  await expect(other.getByText('没有送出的内容')).toHaveCount(0);
  await other.goto(address);
  await expect(other.getByText(/草稿不存在|无权/).first()).toBeVisible();
  await expect(other.getByText('只给本人看的电话')).toHaveCount(0);
  await visitor.leave();
});

test('[PAGE16] a session that ends in mid-form: signing in over the page, and what was typed is saved', async ({
  browser,
}) => {
  const visitor = await visit(browser, 'songqiao');
  const { page } = visitor;
  await begin(visitor, '会话过期');
  await page.context().clearCookies();
  await contact(page).fill('过期以后写的 0717-7654321');
  const again = page.getByRole('dialog');
  await expect(again.getByText('登录已过期')).toBeVisible();
  await again.getByLabel('密码', { exact: true }).fill('browser-test-1');
  await page.keyboard.press('Enter');
  await expect(again).toHaveCount(0);
  await expect(contact(page)).toHaveValue('过期以后写的 0717-7654321');
  await saved(page);
  await page.reload();
  await expect(contact(page)).toHaveValue('过期以后写的 0717-7654321');
  await visitor.leave();
});

test('[PAGE40] a page that is closed in mid-typing while the server is away gives its text back', async ({
  browser,
}) => {
  const visitor = await visit(browser, 'songqiao');
  const { page } = visitor;
  const address = await begin(visitor, '合上电脑');
  await cutOff(page);
  await contact(page).fill('合上电脑之前写的');
  await page.close({ runBeforeUnload: false });
  const opened = await visitor.page.context().newPage();
  await opened.goto(address);
  await expect(opened.getByText(/本机留有 .*没有送出的内容/)).toBeVisible();
  await visitor.leave();
});

test('[PAGE40] a browser without room says that the text is on this page only, and leaving asks', async ({
  browser,
}) => {
  const visitor = await visit(browser, 'songqiao');
  const { page } = visitor;
  await begin(visitor, '本机没有空间');
  await page.evaluate(() => {
    for (let size = 4_000_000; size >= 1; size = Math.floor(size / 2)) {
      try {
        for (;;) localStorage.setItem(`full${Math.random()}`, 'x'.repeat(size));
      } catch {
        // the next smaller piece
      }
    }
  });
  await cutOff(page);
  await contact(page).fill('没有地方存的内容');
  await expect(page.getByRole('status').filter({ hasText: '只在本页' })).toBeVisible();
  let asked = false;
  page.on('dialog', (dialog) => {
    asked = dialog.type() === 'beforeunload';
    void dialog.dismiss();
  });
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => asked).toBe(true);
  await connect(page);
  await saved(page);
  await visitor.leave();
});

test('[PAGE42] what is begun can be gone on with from the page of what may be started', async ({ browser }) => {
  const visitor = await visit(browser, 'songqiao');
  const { page } = visitor;
  await begin(visitor, '接着填写的公园事项');
  await page.goto('/start');
  await page.getByRole('link', { name: /接着填写的公园事项/ }).click();
  await expect(title(page)).toHaveValue('接着填写的公园事项');
  await page.goto('/?tab=drafts');
  await expect(page.getByRole('listitem').filter({ hasText: '接着填写的公园事项' })).toContainText('容错申请');
  await visitor.leave();
});

/** Owns what the browser tests have in common: a server for each worker, signing in as somebody, his API beside his page, pictures for the README. */
import path from 'node:path';
import { type Browser, test as base, expect, type Page } from '@playwright/test';
import { House, PATIENCE } from './house.ts';

export const PASSWORD = 'browser-test-1';

type Json = Record<string, unknown>;

/** A demo, and the file of tests that it was last used by. */
interface Demo {
  readonly house: House;
  usedBy: string;
}

/** Tests of one worker share a demo with its clock; each file begins with the data of the beginning. What the server said is told where a test fails. */
export const test = base.extend<{ begun: undefined }, { demo: Demo }>({
  demo: [
    async ({ browserName: _ }, use) => {
      const house = await House.found({ DEMO: '1', DEMO_PASSWORD: PASSWORD });
      try {
        await house.open();
        await use({ house, usedBy: '' });
      } finally {
        await house.close();
      }
    },
    { scope: 'worker', timeout: PATIENCE },
  ],
  baseURL: ({ demo }, use) => use(demo.house.address),
  begun: [
    async ({ demo }, use, info) => {
      if (demo.usedBy !== '' && demo.usedBy !== info.file) await restore(demo.house);
      demo.usedBy = info.file;
      demo.house.told();
      await use(undefined);
      if (info.status !== info.expectedStatus) console.error(`the server said:\n${demo.house.told() || '(nothing)'}`);
    },
    { auto: true },
  ],
});

/** The data of the beginning, and the clock of the day. */
async function restore({ address }: House): Promise<void> {
  const post = async (at: string, body: Json, headers: Record<string, string> = {}) => {
    const sent = { ...headers, 'content-type': 'application/json' };
    const response = await fetch(address + at, { method: 'POST', headers: sent, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${at}: ${await response.text()}`);
    return { response, json: (await response.json()) as Json };
  };
  const { response, json } = await post('/api/session', { username: 'admin', password: PASSWORD });
  const cookie = response.headers.getSetCookie().map((one) => one.split(';')[0]);
  await post('/api/demo/reset', {}, { cookie: cookie.join('; '), 'x-csrf-token': String(json.csrf) });
}

/** A signed-in person: his browser page, and the same session for calls beside it. */
export class Visitor {
  readonly page: Page;
  readonly id: string;
  private readonly csrf: string;

  private constructor(page: Page, id: string, csrf: string) {
    this.page = page;
    this.id = id;
    this.csrf = csrf;
  }

  /** Signs in through the page, as a person does. */
  static async come(browser: Browser, id: string, size = { width: 1440, height: 900 }): Promise<Visitor> {
    const context = await browser.newContext({
      viewport: size,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      hasTouch: size.width < 640,
    });
    const page = await context.newPage();
    await page.goto('/');
    await page.getByLabel('用户名').fill(id);
    await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: '工作台' })).toBeVisible();
    const session = await (await context.request.get('/api/session')).json();
    return new Visitor(page, id, session.csrf);
  }

  async call(method: 'get' | 'post' | 'put', at: string, data?: unknown): Promise<Json & { rows: Json[] }> {
    const response = await this.page.request[method](at, {
      ...(data !== undefined && { data }),
      headers: { 'x-csrf-token': this.csrf },
      // the first use of a flow compiles it, and publishing checks everything
      timeout: 180_000,
    });
    expect(response.status(), await response.text()).toBe(200);
    return response.json();
  }

  /** A small PDF of his own, uploaded. */
  async file(name: string): Promise<{ id: string; name: string; size: number; type: string; sha256: string }> {
    const response = await this.page.request.post('/api/files', {
      headers: { 'x-csrf-token': this.csrf },
      multipart: { file: { name, mimeType: 'application/pdf', buffer: PDF } },
    });
    expect(response.status()).toBe(200);
    return response.json();
  }

  /** Opens his task of this name from the workbench. */
  async openTask(name: string): Promise<string> {
    const { rows } = await this.call('get', '/api/inbox/todo');
    const task = rows.find((row) => row.node === name);
    expect(task, `${this.id} 的待办中有「${name}」`).toBeTruthy();
    await this.page.goto('/');
    await this.page.getByRole('listitem').filter({ hasText: name }).getByRole('link').first().click();
    await expect(this.page).toHaveURL(/\/tasks\//);
    return String(task?.taskId);
  }

  /** Goes on with a draft that he saved elsewhere, and chooses an outcome on the page. */
  async finish(name: string, outcome: string, values?: Json, comment?: string): Promise<void> {
    if (values) {
      const { rows } = await this.call('get', '/api/inbox/todo');
      const task = rows.find((row) => row.node === name);
      expect(task, `${this.id} 的待办中有「${name}」`).toBeTruthy();
      await this.call('put', `/api/tasks/${task?.taskId}/draft`, { values, comment: comment ?? '' });
    }
    await this.openTask(name);
    await this.choose(outcome, comment);
  }

  async choose(outcome: string, comment?: string): Promise<void> {
    const { page } = this;
    if (comment)
      await page
        .getByLabel(/意见|理由/)
        .last()
        .fill(comment);
    const confirm = page.getByRole('dialog').getByRole('button', { name: new RegExp(`^(确认|确定|${outcome})`) });
    // The message after the act; the page itself may say how many have handed in (“已提交 3 人”).
    const done = page.getByText(/^(已提交|已办结|已退回)(?! \d)/).first();
    await expect(page.locator('.gw-bones, .bones')).toHaveCount(0);
    // Faster than a hand: a press on a page that is still being drawn is made again.
    await expect(async () => {
      if (await confirm.or(done).first().isVisible()) return;
      await page.getByRole('button', { name: outcome, exact: true }).click({ timeout: 6000 });
      await expect(confirm.or(done).first()).toBeVisible({ timeout: 4000 });
    }).toPass({ timeout: 25_000 });
    if (await confirm.isVisible()) await confirm.click();
    await expect(done).toBeVisible();
  }

  async leave(): Promise<void> {
    await this.page.context().close();
  }
}

export const PDF = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
);

/** A picture for the README. */
export const picture = (page: Page, name: string): Promise<Buffer> =>
  page.screenshot({
    path: path.resolve(import.meta.dirname, `../../docs/screenshots/${name}.png`),
    animations: 'disabled',
  });

/** Somebody does one thing and leaves. */
export async function act(browser: Browser, id: string, deed: (visitor: Visitor) => Promise<unknown>): Promise<void> {
  const visitor = await Visitor.come(browser, id);
  await deed(visitor);
  await visitor.leave();
}

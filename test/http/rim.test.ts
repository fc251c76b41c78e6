/** The rim: headers, health, the API document, a base path, demo mode, and a stop that cuts nobody off. */

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROUTES } from '@ganwei/core/contract';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterEach, describe, expect, test } from 'vitest';
import { paperPrinter } from '../commands/world.ts';
import { PASSWORD, type Site, site } from './site.ts';

let s: Site;
afterEach(() => s?.stop());

describe('what every answer carries', () => {
  test('[N2] pages run no code but ours: a policy without unsafe-eval and without inline scripts', async () => {
    s = await site({ pages: builtPages() });
    for (const at of ['/', '/tasks/1', '/api/site', '/api/nothing']) {
      const { headers } = await s.browser().get(at);
      const policy = headers.get('content-security-policy')!;
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).not.toContain('unsafe-eval');
      expect(policy.match(/unsafe-inline/g)).toEqual(['unsafe-inline']);
      expect(policy).toContain("style-src-attr 'unsafe-inline'");
      expect(policy).toContain("frame-ancestors 'self'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });

  test('[N2] each page has a nonce of its own; hashed assets may be kept, pages may not', async () => {
    s = await site({ pages: builtPages() });
    const [one, two] = [await s.browser().get('/'), await s.browser().get('/')];
    const nonce = (text: string) => /nonce="([^"]+)"/.exec(text)![1]!;
    expect(nonce(one.text)).not.toBe(nonce(two.text));
    expect(one.headers.get('content-security-policy')).toContain(`'nonce-${nonce(one.text)}'`);
    expect(one.headers.get('cache-control')).toBe('no-cache');
    const asset = await s.browser().get('/assets/app-1a2b.js');
    expect(asset.headers.get('cache-control')).toContain('immutable');
    for (const away of ['/assets/missing.js', '/assets/../secret.txt', '/assets/%2e%2e/secret.txt', '/favicon.ico']) {
      const answer = await s.browser().get(away);
      expect(answer.text).not.toContain('secret words');
      expect(answer.text).not.toContain(tmpdir());
    }
  });

  test('[N5] below a base path everything works alike: pages, API, cookie, health', async () => {
    s = await site({ basePath: '/oa/ganwei', pages: builtPages() });
    const person = s.browser();
    const answer = await person.signIn('songqiao', PASSWORD);
    expect(answer.headers.getSetCookie()[0]).toContain('path=/oa/ganwei');
    expect((await person.get('/api/counts')).status).toBe(200);
    expect((await person.get('/tasks/1')).text).toContain('<base href="/oa/ganwei/">');
    expect((await person.get('/healthz')).body).toEqual({ status: 'ok' });
    expect((await person.get('/api/nothing')).body.code).toBe('not.found');
  });
});

describe('for those who run it', () => {
  test('[N4] it says that it lives, that it is ready, and what it does', async () => {
    s = await site();
    const person = await s.signedIn('songqiao');
    await person.start({ subject: '计数' });
    expect((await person.get('/healthz')).body).toEqual({ status: 'ok' });
    expect((await person.get('/readyz')).body).toEqual({ status: 'ready' });
    const { text } = await person.get('/metrics');
    expect(text).toMatch(/^ganwei_work_items 1$/m);
    expect(text).toMatch(/ganwei_http_request_seconds_count\{method="POST",route="\/api\/cases",status="200"\} 1/);
    expect(text).not.toMatch(/songqiao|购置/);
  });

  test('[N4] without a database it is not ready, but lives', async () => {
    s = await site();
    await s.host.store.transaction((tx) => tx.schema.renameTable('releases', 'away'));
    expect(await s.browser().get('/readyz')).toMatchObject({ status: 503, body: { status: 'failing, see the log' } });
    expect((await s.browser().get('/healthz')).status).toBe(200);
    await s.host.store.transaction((tx) => tx.schema.renameTable('away', 'releases'));
  });

  test('[N4] the log names the request and the person, never what was written or a password', async () => {
    s = await site();
    const person = await s.signedIn('songqiao');
    await person.start({ subject: '不入日志的事由' });
    const lines = s.log.filter((line) => line.message === 'request');
    expect(lines.at(-1)?.detail).toMatchObject({
      method: 'POST',
      route: '/api/cases',
      status: 200,
      person: 'songqiao',
    });
    expect(JSON.stringify(s.log)).not.toMatch(/不入日志|test-password/);
  });

  test('[N6] a server that is told to stop finishes the request it has begun, and takes no other', async () => {
    let release = (): void => undefined;
    const printing = new Promise<void>((resolve) => {
      release = resolve;
    });
    const printer = paperPrinter();
    s = await site({ printer });
    const person = await s.signedIn('songqiao');
    const original = s.host.store.transaction.bind(s.host.store);
    Object.assign(s.host.store, {
      transaction: (work: Parameters<typeof original>[0]) => printing.then(() => original(work)),
    });
    const begun = person.start({ subject: '停机之前' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const stopping = s.stop();
    await expect(fetch(`${s.address}/healthz`, { headers: { connection: 'close' } })).rejects.toThrow();
    release();
    expect((await begun).status).toBe(200);
    await stopping;
    s = await site();
  });
});

describe('the API document', () => {
  test('[N7] is valid OpenAPI 3.1 and lists every route of the contract, and no other', async () => {
    s = await site();
    const { body } = await s.browser().get('/api/openapi.json');
    const checked = await new Validator().validate(structuredClone(body));
    expect(checked.errors).toBeUndefined();
    expect(checked.valid).toBe(true);
    const listed = Object.entries(body.paths as Record<string, object>).flatMap(([at, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${at}`),
    );
    const routes = Object.values(ROUTES).map((route) => `${route.method} ${route.path.replace(/:(\w+)/g, '{$1}')}`);
    expect(listed.sort()).toEqual(routes.sort());
  });

  test('[N7] every route asks for a session before it looks at anything, except signing in, by whichever door, and the sign-in page', async () => {
    s = await site();
    const open: string[] = [];
    for (const [name, route] of Object.entries(ROUTES)) {
      const answer = await s.browser().send(route.method, route.path.replace(/:\w+/g, 'x'));
      if (answer.body?.code !== 'session.required') open.push(name);
    }
    expect(open.sort()).toEqual(['doorCode', 'doors', 'enterDoor', 'hearDoor', 'leaveDoor', 'signIn', 'site']);
  });
});

describe('demo mode', () => {
  test('[G1] without demo mode there is no account at all, and no list of accounts', async () => {
    s = await site({ demo: undefined });
    expect(await s.host.store.reader('accounts')).toEqual([]);
    expect((await s.browser().get('/api/site')).body).toMatchObject({ demo: false, accounts: [] });
    for (const name of ['admin', 'songqiao', 'root']) {
      expect((await s.browser().signIn(name, PASSWORD)).body.code).toBe('session.wrong');
    }
  });

  test('[G1] outside demo mode the clock and the reset do not exist, for an administrator neither', async () => {
    s = await site({ demo: undefined });
    const { createAdministrator } = await import('../../server/identity/administrator.ts');
    const told = await createAdministrator(s.host, 'chief');
    await s.host.refresh();
    const first = /([a-z2-9]{6}-[a-z2-9]{6}7)/.exec(told)![1]!;
    const admin = await s.signedIn('chief', first);
    admin.take(await admin.post('/api/session/password', { old: first, new: 'brand-new-password-1' }));
    for (const at of ['/api/demo/clock', '/api/demo/reset']) {
      expect((await admin.post(at, { now: 1 })).body).toMatchObject({ status: 404, code: 'not.found' });
    }
  });

  test('[G2] the demo’s administrator moves the clock for everybody; staff do not', async () => {
    s = await site();
    const staff = await s.signedIn('songqiao');
    const now = Date.parse('2027-01-04T10:00:00+08:00');
    expect((await staff.post('/api/demo/clock', { now })).body.code).toBe('not.allowed');
    expect((await staff.post('/api/demo/reset')).body.code).toBe('not.allowed');
    const admin = await s.signedIn('admin');
    expect((await admin.post('/api/demo/clock', { now: '无' })).body.code).toBe('input.malformed');
    expect((await admin.post('/api/demo/clock', { now })).body).toEqual({ now, fired: 0 });
    const later = await s.signedIn('songqiao');
    expect((await later.get('/api/session')).body.now).toBe(now);
    expect((await later.start({ subject: '来年' })).body.number).toBe('T-2027-0001');
  });

  test('[G3] the reset gives back the demo as it was: people, passwords, and no case', async () => {
    s = await site();
    const person = await s.signedIn('songqiao');
    const fresh = await s.rows();
    await person.start({ subject: '即将清除' });
    person.take(await person.post('/api/session/password', { old: PASSWORD, new: 'another-password-1' }));
    const admin = await s.signedIn('admin');
    expect((await admin.post('/api/demo/reset')).status).toBe(200);
    const { settings: _, ...rows } = await s.rows();
    const { settings: __, markings: ___, ...expected } = fresh;
    expect(rows).toMatchObject(expected);
    expect((await s.browser().signIn('songqiao', PASSWORD)).status).toBe(200);
    expect((await (await s.signedIn('fuzheng')).get('/api/inbox/todo')).body.rows).toEqual([]);
  });
});

/** A folder with one page and one asset, as the build makes it, and a file beside it that nobody may read. */
function builtPages(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'ganwei-pages-'));
  const pages = path.join(folder, 'web');
  mkdirSync(path.join(pages, 'assets'), { recursive: true });
  writeFileSync(
    path.join(pages, 'index.html'),
    '<!doctype html><base href="__BASE__"><meta name="csp-nonce" nonce="__NONCE__"><div id="root"></div>',
  );
  writeFileSync(path.join(pages, 'assets/app-1a2b.js'), 'console.log(1)');
  writeFileSync(path.join(pages, 'secret.txt'), 'secret words');
  writeFileSync(path.join(folder, 'secret.txt'), 'secret words');
  return pages;
}

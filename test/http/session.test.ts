/** Signing in over HTTP: the cookie, the token, the lock, the first password. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PASSWORD, type Site, site } from './site.ts';

let s: Site;
beforeAll(async () => {
  s = await site();
});
afterAll(() => s?.stop());

test('[I1] the session cookie is closed to scripts and other sites, and only its hash is stored', async () => {
  const answer = await s.browser().signIn('songqiao', PASSWORD);
  expect(answer.status).toBe(200);
  const [cookie] = answer.headers.getSetCookie();
  expect(cookie).toMatch(/^ganwei=[\w-]{43};/);
  expect(cookie!.toLowerCase()).toContain('httponly');
  expect(cookie!.toLowerCase()).toContain('samesite=lax');
  const token = /^ganwei=([^;]+)/.exec(cookie!)![1]!;
  const sessions = JSON.stringify(await s.host.store.reader('sessions'));
  expect(sessions).not.toContain(token);
  expect(answer.text).not.toContain(token);
});

test('[I1] behind TLS the cookie travels over TLS only', async () => {
  const behind = await site({ proxy: true });
  const headers = { 'x-forwarded-proto': 'https' };
  const answer = await behind.browser().post('/api/session', { username: 'songqiao', password: PASSWORD }, headers);
  expect(answer.headers.getSetCookie()[0]!.toLowerCase()).toContain('secure');
  expect(answer.headers.get('strict-transport-security')).toContain('max-age=');
  await behind.stop();
});

test('[I3] without a session nothing is told, and after signing out the old cookie opens nothing', async () => {
  expect((await s.browser().get('/api/counts')).body).toMatchObject({ code: 'session.required', status: 401 });
  const person = await s.signedIn('songqiao');
  expect((await person.get('/api/counts')).status).toBe(200);
  expect((await person.send('DELETE', '/api/session')).status).toBe(200);
  expect((await person.get('/api/counts')).status).toBe(401);
});

test('[I3] a session ends twelve hours after it was opened', async () => {
  const person = await s.signedIn('songqiao');
  s.clock.now += 12 * 3_600_000 - 1000;
  expect((await person.get('/api/session')).status).toBe(200);
  s.clock.now += 1000;
  expect((await person.get('/api/session')).status).toBe(401);
});

test('[I5] a request that changes something needs the token that only our pages know', async () => {
  const person = await s.signedIn('songqiao');
  const before = await s.rows();
  for (const token of ['', 'x'.repeat(32), (await s.signedIn('fuzheng')).csrf]) {
    const answer = await person.start({ subject: '购置设备' }, { 'x-csrf-token': token });
    expect(answer.body).toMatchObject({ code: 'session.forged', status: 403 });
  }
  expect(await s.rows()).toEqual(before);
  expect((await person.start({ subject: '购置设备' })).status).toBe(200);
});

test('[I2] a wrong password and an unknown name are answered alike', async () => {
  const wrong = await s.browser().signIn('luchuan', 'not-my-password');
  const unknown = await s.browser().signIn('nobody-here', 'not-my-password');
  expect(wrong.status).toBe(401);
  const same = ({ code, title, detail, fields }: Record<string, unknown>) => ({ code, title, detail, fields });
  expect(same(unknown.body)).toEqual(same(wrong.body));
});

test('[I2] five failures lock the account for a quarter of an hour, also for the right password', async () => {
  const visitor = s.browser();
  for (let i = 0; i < 5; i++) expect((await visitor.signIn('gaoyuan', `wrong-${i}`)).body.code).toBe('session.wrong');
  const locked = await visitor.signIn('gaoyuan', PASSWORD);
  expect(locked.status).toBe(429);
  expect(locked.body.detail).toMatch(/^连续多次输错密码，账号已临时锁定，请于 \d\d:\d\d 后再试。$/);
  s.clock.now += 15 * 60_000;
  expect((await visitor.signIn('gaoyuan', PASSWORD)).status).toBe(200);
});

test('[I2] failures that come in at the same moment are all counted', async () => {
  await Promise.all(Array.from({ length: 5 }, (_, i) => s.browser().signIn('yuanke', `wrong-${i}`)));
  expect((await s.browser().signIn('yuanke', PASSWORD)).body.code).toBe('session.locked');
});

test('[I4] whoever has a first password can do nothing before it is changed to a good one [I7], and other sessions end with it', async () => {
  const admin = await s.signedIn('admin');
  const reset = await admin.post('/api/directory/people/qinxiao/password');
  expect(reset.status).toBe(200);
  const first: string = reset.body.password;
  const person = await s.signedIn('qinxiao', first);
  const elsewhere = await s.signedIn('qinxiao', first);
  expect((await person.get('/api/session')).body.passwordDue).toBe(true);
  expect((await person.get('/api/inbox/todo')).body).toMatchObject({ code: 'session.password-due', status: 403 });
  const change = (old: string, fresh: string) => person.post('/api/session/password', { old, new: fresh });
  expect((await change('wrong-password-1', 'brand-new-password-1')).body.code).toBe('session.wrong');
  for (const weak of ['short1', 'lettersonly-long', '1234567890123', first]) {
    expect((await change(first, weak)).body.code).toBe('session.password-weak');
  }
  const changed = await change(first, 'brand-new-password-1');
  expect(changed.body).toMatchObject({ passwordDue: false });
  person.take(changed);
  expect((await person.get('/api/inbox/todo')).status).toBe(200);
  expect((await elsewhere.get('/api/session')).status).toBe(401);
  expect((await s.browser().signIn('qinxiao', first)).status).toBe(401);
  expect((await s.browser().signIn('qinxiao', 'brand-new-password-1')).status).toBe(200);
});

test('[I6] duties: an administrator’s page does not open for staff', async () => {
  const staff = await s.signedIn('songqiao');
  const before = await s.rows();
  for (const path of [
    '/api/incidents',
    '/api/incidents/i1/move',
    '/api/effects',
    '/api/directory/units',
    '/api/directory/people',
    '/api/audit',
  ]) {
    expect((await staff.get(path)).body).toMatchObject({ code: 'not.allowed', status: 403 });
  }
  const csv = { csv: '单位编码,单位名称\nx1,新单位', apply: true };
  expect((await staff.post('/api/directory/import', csv)).body.code).toBe('not.allowed');
  expect((await staff.post('/api/directory/people/fuzheng/password')).body.code).toBe('not.allowed');
  expect((await staff.post('/api/incidents/i1/move', { release: 1, reason: '改正' })).body.code).toBe('not.allowed');
  expect(await s.rows()).toEqual(before);
});

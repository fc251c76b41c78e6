/** Signing in over HTTP: the cookie, the token, the lock, the first password. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, PASSWORD, type Site, site } from './site.ts';

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
  const opened = s.clock.now;
  while (s.clock.now < opened + 12 * 3_600_000 - 20 * 60_000) {
    s.clock.now += 20 * 60_000;
    expect((await person.get('/api/session')).status).toBe(200);
  }
  s.clock.now = opened + 12 * 3_600_000;
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

const WRONG = { status: 401, code: 'session.wrong' };
const answerOf = ({ status, body }: Answer) => ({ status, code: body.code });

test('[I2] a guess counts before the password is looked at: of guesses that come together only the first few are', async () => {
  const guesses = [...Array.from({ length: 5 }, (_, i) => `wrong-${i}`), ...Array.from({ length: 5 }, () => PASSWORD)];
  const answers: Answer[] = [];
  for (const guess of guesses) answers.push(await s.browser().signIn('gaoyuan', guess));
  expect(answers.map(answerOf)).toEqual(guesses.map(() => WRONG));
  expect(new Set(answers.map(({ body }) => body.detail)).size).toBe(1);
  const together = await Promise.all(Array.from({ length: 12 }, (_, i) => s.browser().signIn('yuanke', `wrong-${i}`)));
  expect(together.map(answerOf)).toEqual(together.map(() => WRONG));
  expect(answerOf(await s.browser().signIn('yuanke', PASSWORD))).toEqual(WRONG);
  const failed = await s.host.store.reader('audit').where({ act: 'sign-in-failed', person_id: 'yuanke' });
  expect(failed).toHaveLength(5);
});

test('[I8] whoever guesses waits longer each time, and a name that nobody has is treated alike', async () => {
  for (const name of ['shilei', 'nobody-at-all']) {
    for (let i = 0; i < 5; i++) await s.browser().signIn(name, `wrong-${i}`);
    const pause = async () => {
      const lanes = s.host.store.reader('guesses').where('paused_until', '>', s.clock.now);
      return Number((await lanes.orderBy('last_at', 'desc').first()).paused_until) - s.clock.now;
    };
    expect(await pause()).toBe(15_000);
    s.clock.now += 15_001;
    await s.browser().signIn(name, 'wrong-again');
    expect(await pause()).toBe(30_000);
    s.clock.now += 3_600_001;
  }
  expect((await s.browser().signIn('shilei', PASSWORD)).status).toBe(200);
});

test('[I8] nobody can lock the account of another: the browser he has used before lets him in meanwhile', async () => {
  const own = await s.signedIn('dingyiming');
  await own.send('DELETE', '/api/session');
  for (let i = 0; i < 8; i++) await s.browser().signIn('dingyiming', `wrong-${i}`);
  expect(answerOf(await s.browser().signIn('dingyiming', PASSWORD))).toEqual(WRONG);
  expect((await own.signIn('dingyiming', PASSWORD)).status).toBe(200);
  expect(answerOf(await own.signIn('fangyuan', 'wrong'))).toEqual(WRONG);
});

test('[I8] signing in with the right password uses up nothing that others share', async () => {
  const shared = async () => (await s.host.store.reader('guesses')).map((row) => Number(row.failures)).sort();
  await s.host.store.transaction((tx) => tx('guesses').delete());
  for (let i = 0; i < 7; i++) await s.signedIn('helan');
  expect(await shared()).toEqual([0, 0]);
});

test('[I3] a session ends when its person has been away for half an hour, and not before', async () => {
  const person = await s.signedIn('helan');
  for (let i = 0; i < 4; i++) {
    s.clock.now += 29 * 60_000;
    expect((await person.get('/api/session')).status).toBe(200);
  }
  s.clock.now += 30 * 60_000;
  expect((await person.get('/api/session')).status).toBe(401);
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
  expect((await change('wrong-password-1', 'marble-Teapot-71-river')).body.code).toBe('session.wrong');
  for (const weak of [
    'short1',
    'lettersonly-long',
    '1234567890123',
    'Password123',
    'qwertyuiop1',
    'qinxiao2026',
    first,
  ]) {
    expect((await change(first, weak)).body.code).toBe('session.password-weak');
  }
  const changed = await change(first, 'marble-Teapot-71-river');
  expect(changed.body).toMatchObject({ passwordDue: false });
  person.take(changed);
  expect((await person.get('/api/inbox/todo')).status).toBe(200);
  expect((await elsewhere.get('/api/session')).status).toBe(401);
  expect((await s.browser().signIn('qinxiao', first)).status).toBe(401);
  expect((await s.browser().signIn('qinxiao', 'marble-Teapot-71-river')).status).toBe(200);
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

test('[I23] an administrator who must have a second factor sets it up before anything else; others are not held up', async () => {
  const strict = await site({ secondFactor: 'required' });
  const admin = await strict.signedIn('admin');
  expect((await admin.get('/api/directory/units')).body).toMatchObject({ status: 403, code: 'session.factor-due' });
  expect((await admin.get('/api/session')).body).toMatchObject({ factor: 'due' });
  expect((await admin.get('/api/session/factor')).body).toEqual({ set: false, required: true, codes: 0 });
  expect((await admin.post('/api/session/factor', { password: PASSWORD })).status).toBe(200);
  expect((await (await strict.signedIn('songqiao')).get('/api/inbox/todo')).status).toBe(200);
  await strict.stop();
});

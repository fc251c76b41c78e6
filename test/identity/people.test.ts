/** Where the first account comes from: the command line. Everybody else is in test/directory. */
import { afterEach, expect, test } from 'vitest';
import { createAdministrator } from '../../server/identity/administrator.ts';
import { type Site, site } from '../http/site.ts';

let s: Site;
afterEach(() => s?.stop());

test('[G1] the first administrator comes from the command line, with a password that is shown once and must be changed', async () => {
  s = await site({ demo: undefined });
  const told = await createAdministrator(s.host, 'chief');
  await s.host.refresh();
  const first = /[a-z2-9]{6}-[a-z2-9]{6}7/.exec(told)![0];
  const [account] = await s.host.store.reader('accounts');
  expect(account.password).toMatch(/^scrypt\$/);
  expect(JSON.stringify(await s.host.store.reader('audit'))).not.toContain(first);
  const admin = await s.signedIn('chief', first);
  expect((await admin.get('/api/session')).body).toMatchObject({ passwordDue: true, person: { name: '系统管理员' } });
  expect((await admin.get('/api/directory/units')).body.code).toBe('session.password-due');
});

test('[G1] each administrator has one duty', async () => {
  s = await site({ demo: undefined });
  for (const duty of ['security', 'audit', 'business']) await createAdministrator(s.host, `${duty}.one`, duty);
  await s.host.refresh();
  const duties = [...s.host.directory().people.values()].map((person) => person.duties);
  expect(duties.sort()).toEqual([['audit-admin'], ['business-admin'], ['security-admin']]);
  expect(await createAdministrator(s.host, 'other', 'all')).toContain('没有「all」这种管理员');
});

test('[G1] a name that is taken or malformed makes no administrator', async () => {
  s = await site({ demo: undefined });
  await createAdministrator(s.host, 'chief');
  const before = await s.rows();
  expect(await createAdministrator(s.host, 'chief')).toContain('已经存在');
  for (const name of ['1chief', 'Chief', 'a b', '', "x'--"]) {
    expect(await createAdministrator(s.host, name)).toContain('小写字母');
  }
  expect(await s.rows()).toEqual(before);
});

/** Where accounts come from: the first administrator from the command line, everybody else from a CSV file. */
import { afterEach, expect, test } from 'vitest';
import { createAdministrator } from '../../server/identity/administrator.ts';
import { PASSWORD, type Site, site } from '../http/site.ts';

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

const HEAD = '单位编码,单位名称,上级单位编码,单位类别,层级,用户名,姓名,职务,角色,主职';
const GOOD = [
  HEAD,
  'newunit,新设科,rcb,office,county,,,,,',
  'newunit,,,,,wangxin,王新,科长,head;handler,是',
  'rcb,,,,,wangxin,王新,兼职,,否',
].join('\n');

test('[DIR4] a dry run tells what would change and changes nothing', async () => {
  s = await site();
  const admin = await s.signedIn('admin');
  const before = await s.rows();
  const { body } = await admin.post('/api/directory/import', { csv: GOOD, apply: false });
  expect(body).toEqual({
    applied: false,
    unitsAdded: 1,
    unitsChanged: 0,
    peopleAdded: 1,
    peopleChanged: 0,
    postsAdded: 2,
    problems: [],
    passwords: [],
  });
  expect(await s.rows()).toEqual(before);
});

test('[DIR4] applied, the new person signs in with the first password of the report and holds his roles', async () => {
  s = await site();
  const admin = await s.signedIn('admin');
  const { body } = await admin.post('/api/directory/import', { csv: `\uFEFF${GOOD}`, apply: true });
  expect(body).toMatchObject({ applied: true, peopleAdded: 1 });
  expect(body.passwords).toEqual([{ username: 'wangxin', password: expect.stringMatching(/^.{14}$/) }]);
  const person = await s.signedIn('wangxin', body.passwords[0].password);
  expect((await person.get('/api/session')).body).toMatchObject({ passwordDue: true, person: { unit: '新设科' } });
  const actor = s.host.directory().actor('wangxin')!;
  expect(actor.roles).toEqual(expect.arrayContaining([expect.objectContaining({ role: 'head', unit: 'newunit' })]));
  const again = await admin.post('/api/directory/import', { csv: GOOD, apply: true });
  expect(again.body).toMatchObject({ unitsAdded: 0, peopleAdded: 0, postsAdded: 0, passwords: [] });
  const [trace] = await s.host.store.reader('audit').where({ act: 'directory-import', person_id: 'admin' });
  expect(trace).toBeDefined();
});

test('[DIR5] one wrong line holds back the whole file, and each complaint names its line', async () => {
  s = await site();
  const admin = await s.signedIn('admin');
  const before = await s.rows();
  const csv = [
    HEAD,
    'newunit,新设科,nowhere,office,county,,,,,',
    ',,,,,wangxin,王新,,,',
    'newunit,,,,,Wang Xin,王新,,,',
    'newunit,,,,,lixin,,,,',
    'newunit,新设科,newunit,,,,,,,',
    'rcb,,,,,zhaoxin,赵新,干事,,',
  ].join('\n');
  const { body } = await admin.post('/api/directory/import', { csv, apply: true });
  expect(body.applied).toBe(false);
  expect(body.problems.map((problem: { line: number }) => problem.line)).toEqual([2, 3, 4, 5, 6]);
  expect(await s.rows()).toEqual(before);
  const circle = `${HEAD}\nua,甲,ub,,,,,,,\nub,乙,ua,,,,,,,`;
  const turned = (await admin.post('/api/directory/import', { csv: circle, apply: true })).body;
  expect(turned.problems).toEqual([2, 3].map((line) => ({ line, message: '上级单位互相包含，形成循环' })));
  for (const broken of ['姓名,职务\n王新,干事', `${HEAD}\n"rcb,未结束的引号`]) {
    const report = (await admin.post('/api/directory/import', { csv: broken, apply: true })).body;
    expect(report.applied).toBe(false);
    expect(report.problems[0].message).toMatch(/首行应为列名|CSV 格式不正确/);
  }
  expect(await s.rows()).toEqual(before);
});

test('[DIR6] an import leaves the passwords, duties and attributes of known people as they are', async () => {
  s = await site();
  const admin = await s.signedIn('admin');
  const before = await s.host.store.reader('accounts').where({ person_id: 'peiwen' }).first();
  const csv = `${HEAD}\nrcb,,,,,peiwen,裴文,业务管理员,biz_admin,是`;
  expect((await admin.post('/api/directory/import', { csv, apply: true })).body.passwords).toEqual([]);
  expect(await s.host.store.reader('accounts').where({ person_id: 'peiwen' }).first()).toEqual(before);
  const same = await s.browser().signIn('peiwen', PASSWORD);
  expect(same.body.person.duties).toEqual(['business-admin']);
});

/** Rules [DIR4]-[DIR6] [DIR13] over HTTP: who may change the organisation, what is written, and what the audit log keeps of it. */
import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { CONTENT, PASSWORD, type Site, site } from '../http/site.ts';

let s: Site;
afterEach(() => s?.stop());

const WORDS = {
  kind: 'directory' as const,
  key: 'words',
  file: 'directory.json',
  source: readFileSync('forms/directory.json', 'utf8'),
};
const open = async () => {
  s = await site({ content: [...CONTENT, WORDS] });
  return s.signedIn('admin');
};
const base64 = (text: string) => Buffer.from(text).toString('base64');

const HEAD = '单位编码,单位名称,上级单位编码,单位类别,层级,用户名,姓名,职务,角色,主职';
const GOOD = [
  HEAD,
  'newunit,新设科,rcb,office,county,,,,,',
  'newunit,,,,,wangxin,王新,科长,承办科室负责人;handler,是',
  'rcb,,,,,wangxin,王新,兼职,,否',
].join('\n');

test('[DIR4] a dry run tells what would change and changes nothing; applied, the new person signs in and holds his roles', async () => {
  const admin = await open();
  const before = await s.rows();
  const dry = await admin.post('/api/directory/import', { file: base64(GOOD), apply: false });
  expect(dry.body).toMatchObject({ applied: false, problems: [], passwords: [], count: { problems: 0, changes: 2 } });
  expect(
    dry.body.changes.map((one: { line: number; act: string; name: string }) => [one.line, one.act, one.name]),
  ).toEqual([
    [2, 'added', '新设科'],
    [3, 'added', '王新'],
  ]);
  expect(await s.rows()).toEqual(before);
  const { body } = await admin.post('/api/directory/import', { file: base64(GOOD), apply: true });
  expect(body.passwords).toEqual([{ username: 'wangxin', password: expect.stringMatching(/^.{14}$/) }]);
  const person = await s.signedIn('wangxin', body.passwords[0].password);
  expect((await person.get('/api/session')).body).toMatchObject({ passwordDue: true, person: { unit: '新设科' } });
  const roles = [
    { role: 'section_chief', unit: 'newunit' },
    { role: 'handler', unit: 'newunit' },
  ];
  expect(s.host.directory().actor('wangxin')!.roles).toEqual([]);
  expect(body.waiting).toBe(2);
  const security = await s.signedIn('secadmin');
  const ids = (await security.get('/api/grants')).body.open.map(({ id }: { id: string }) => id);
  expect((await security.post('/api/grants', { ids, agree: true })).status).toBe(200);
  expect(s.host.directory().actor('wangxin')!.roles).toEqual(roles);
  const again = await admin.post('/api/directory/import', { file: base64(GOOD), apply: true });
  expect(again.body).toMatchObject({ applied: true, count: { changes: 0 }, passwords: [] });
});

test('[DIR5] one wrong line holds back the whole file', async () => {
  const admin = await open();
  const before = await s.rows();
  const { body } = await admin.post('/api/directory/import', {
    file: base64(`${GOOD}\nrcb,,,,,zhaoxin,赵新,干事,没有的角色,`),
    apply: true,
  });
  expect(body).toMatchObject({ applied: false, problems: [{ sheet: '', line: 5, message: '没有角色「没有的角色」' }] });
  expect(await s.rows()).toEqual(before);
});

test('[DIR6] an import leaves the password and the duties of a known account as they are', async () => {
  const admin = await open();
  const account = () => s.host.store.reader('accounts').where({ person_id: 'peiwen' }).first();
  const before = await account();
  const file = base64(`${HEAD}\nrcb,,,,,peiwen,裴文,业务主管,biz_admin,是`);
  expect((await admin.post('/api/directory/import', { file, apply: true })).body.count.changes).toBe(1);
  expect(await account()).toEqual(before);
  expect((await s.browser().signIn('peiwen', PASSWORD)).body.person.duties).toEqual(['business-admin']);
});

test('[DIR13] a unit is added and changed with its attributes and relations; what is wrong is told at its field', async () => {
  const admin = await open();
  const unit = {
    name: '伍家岗区审计局',
    shortName: '区审计局',
    parent: 'yc',
    kind: 'gov',
    level: 'county',
    active: true,
    attributes: { docCode: '伍审' },
    relations: { authority: 'jw' },
  };
  expect((await admin.put('/api/directory/units/wjgsj', unit)).status).toBe(200);
  expect((await admin.get('/api/directory/units/wjgsj')).body).toMatchObject({ id: 'wjgsj', ...unit });
  expect(s.host.directory().related('wjgsj', 'authority')).toBe('jw');
  const wrong = {
    ...unit,
    name: '',
    parent: 'wjgsj',
    attributes: { docCode: 5, colour: 'x' },
    relations: { audit: 'none' },
  };
  const { status, body } = await admin.put('/api/directory/units/wjgsj', wrong);
  expect(status).toBe(422);
  expect(body.fields.map(({ path }: { path: string }) => path)).toEqual([
    'name',
    'parent',
    'attributes.docCode',
    'attributes.colour',
    'relations.audit',
  ]);
  expect((await admin.get('/api/directory/units/wjgsj')).body).toMatchObject(unit);
});

test('[DIR13] a post ends with its day and a person who leaves cannot sign in; what was stays', async () => {
  const admin = await open();
  const known = (await admin.get('/api/directory/people/songqiao')).body;
  const [post, other] = known.posts;
  const change = (body: object) => admin.put('/api/directory/people/songqiao', { ...known, ...body });
  expect((await change({ posts: [{ ...post, to: '2026-08-31' }, other] })).body).toEqual({ password: '', waiting: 0 });
  expect(
    s.host
      .directory()
      .people.get('songqiao')!
      .posts.map(({ unit }) => unit),
  ).toEqual([other.unit]);
  expect((await admin.get('/api/directory/people/songqiao')).body.posts).toMatchObject([
    { unit: post.unit, to: '2026-08-31' },
    { unit: other.unit, to: '' },
  ]);
  expect((await change({ posts: [], active: false })).status).toBe(200);
  expect((await s.browser().signIn('songqiao', PASSWORD)).status).toBe(401);
  const left = (await admin.get('/api/directory/people/songqiao')).body;
  expect([left.active, left.posts.length]).toEqual([false, 2]);
});

test('[R20] the audit log is asked by act, by whom and by day', async () => {
  await open();
  const auditor = await s.signedIn('auditadmin');
  const ask = async (query: string) => (await auditor.get(`/api/audit?${query}`)).body.rows;
  const mine = await ask(`who=${encodeURIComponent('auditadm')}&act=sign-in`);
  expect(mine.length).toBeGreaterThan(0);
  expect(new Set(mine.map((row: { who: { id: string } }) => row.who.id))).toEqual(new Set(['auditadmin']));
  expect(await ask('who=nobody-is-called-so')).toEqual([]);
  const day = new Date(mine[0].at + 8 * 3_600_000).toISOString().slice(0, 10);
  expect(await ask(`from=${day}&to=${day}`)).toHaveLength((await ask('')).length);
  expect(await ask(`to=2000-01-01`)).toEqual([]);
  expect(await ask(`from=2100-01-01`)).toEqual([]);
  expect((await auditor.get('/api/audit?from=yesterday')).status).toBe(400);
});

test('[DIR13] the audit log tells every change field by field, a granted role among them; only its reader sees it', async () => {
  const admin = await open();
  const known = (await admin.get('/api/directory/people/songqiao')).body;
  const posts = known.posts.map((post: { roles: string[] }) => ({ ...post, roles: [...post.roles, 'liaison'] }));
  await admin.put('/api/directory/people/songqiao', { ...known, posts });
  const auditor = await s.signedIn('auditadmin');
  const { body } = await auditor.get('/api/audit?act=person-changed');
  expect(body.rows).toHaveLength(1);
  expect(body.rows[0]).toMatchObject({ who: { id: 'admin' }, name: known.name });
  expect(body.rows[0].fields).toEqual(
    known.posts.map(() => ({
      field: expect.stringMatching(/^角色（.+）$/),
      before: expect.not.stringContaining('单位联络员'),
      after: expect.stringMatching(/；单位联络员$/),
    })),
  );
  expect((await admin.get('/api/audit')).status).toBe(403);
});

test('[DIR13] nobody but the system administrator sees or changes the organisation, and he cannot give himself a role', async () => {
  const admin = await open();
  const own = (await admin.get('/api/directory/people/admin')).body;
  const post = { unit: 'rcb', title: '', roles: ['signer'], main: true, from: '', to: '', attributes: {} };
  const refused = await admin.put('/api/directory/people/admin', { ...own, posts: [post] });
  expect([refused.status, refused.body.fields[0].message]).toEqual([422, '不得更改自己的角色和任职']);
  for (const name of ['songqiao', 'peiwen', 'auditadmin']) {
    const other = await s.signedIn(name);
    for (const address of ['words', 'units', 'units/rcb', 'people', 'people/songqiao'])
      expect((await other.get(`/api/directory/${address}`)).status).toBe(403);
    expect((await other.put('/api/directory/people/songqiao', own)).status).toBe(403);
    expect((await other.post('/api/directory/import', { file: base64(GOOD), apply: true })).status).toBe(403);
    expect((await other.post('/api/directory/export', { reason: '核对机构和人员' })).status).toBe(403);
  }
});

test('[R3] the organisation leaves as a file only for a purpose, which stands on the log', async () => {
  const admin = await open();
  const refused = await admin.post('/api/directory/export', { reason: ' 。 ' });
  expect([refused.status, refused.body.code]).toEqual([422, 'export.reason']);
  expect((await admin.post('/api/directory/export', { reason: '年度机构核对' })).status).toBe(200);
  const [row] = await s.host.store.reader('audit').where({ object: 'directory', act: 'export' });
  expect(JSON.parse(String(row.detail))).toMatchObject({ reason: '年度机构核对' });
});

test('[DIR14] a role that decides is asked for by one administrator and given by another; until then nobody holds it', async () => {
  const admin = await open();
  const known = (await admin.get('/api/directory/people/songqiao')).body;
  const [post, other] = known.posts;
  const wanted = { ...known, posts: [{ ...post, roles: [...post.roles, 'signer', 'liaison'] }, other] };
  const answer = await admin.put('/api/directory/people/songqiao', wanted);
  expect(answer.body).toEqual({ password: '', waiting: 1 });
  const held = () => s.host.directory().holders(post.unit, 'signer').includes('songqiao');
  expect([held(), s.host.directory().holders(post.unit, 'liaison').includes('songqiao')]).toEqual([false, true]);
  // asked twice is asked once, and nobody but the security administrator sees or decides it
  await admin.put('/api/directory/people/songqiao', wanted);
  for (const name of ['admin', 'auditadmin', 'peiwen', 'songqiao'])
    expect((await (await s.signedIn(name)).get('/api/grants')).status).toBe(403);
  const security = await s.signedIn('secadmin');
  const { body } = await security.get('/api/grants');
  expect(body.open).toEqual([
    {
      id: expect.any(String),
      person: known.name,
      unit: expect.any(String),
      role: '签发人',
      acting: false,
      askedBy: '系统管理员',
      askedAt: s.clock.now,
    },
  ]);
  const ids = body.open.map(({ id }: { id: string }) => id);
  expect((await admin.post('/api/grants', { ids, agree: true })).status).toBe(403);
  expect((await security.post('/api/grants', { ids: [...ids, 'unknown'], agree: true })).status).toBe(404);
  expect(held()).toBe(false);
  expect((await security.post('/api/grants', { ids, agree: true })).status).toBe(200);
  expect(held()).toBe(true);
  expect((await security.post('/api/grants', { ids, agree: true })).status).toBe(404);
  const audit = (await (await s.signedIn('auditadmin')).get('/api/audit?act=role-granted')).body.rows;
  expect(audit).toMatchObject([
    {
      who: { id: 'secadmin' },
      name: known.name,
      fields: [{ after: '签发人' }, { field: '提出人', after: '系统管理员' }],
    },
  ]);
});

test('[DIR14] a refused role is not held, taking one away needs nobody, and nobody changes his own', async () => {
  const admin = await open();
  const known = (await admin.get('/api/directory/people/fuzheng')).body;
  const [post, ...others] = known.posts;
  const put = (roles: string[]) =>
    admin.put('/api/directory/people/fuzheng', { ...known, posts: [{ ...post, roles }, ...others] });
  await put([...post.roles, 'council_head']);
  const security = await s.signedIn('secadmin');
  const [grant] = (await security.get('/api/grants')).body.open;
  expect((await security.post('/api/grants', { ids: [grant.id], agree: false })).status).toBe(200);
  expect(s.host.directory().holders(post.unit, 'council_head')).not.toContain('fuzheng');
  expect((await put([])).body.waiting).toBe(0);
  expect(
    s.host
      .directory()
      .people.get('fuzheng')!
      .posts.find(({ unit }) => unit === post.unit)!.roles,
  ).toEqual([]);
});

test('[DIR14] the passwords of those who administer are reset by the security administrator alone, and by nobody his own', async () => {
  const admin = await open();
  const security = await s.signedIn('secadmin');
  for (const id of ['auditadmin', 'secadmin', 'peiwen', 'admin'])
    expect((await admin.post(`/api/directory/people/${id}/password`)).status).toBe(403);
  expect((await admin.post('/api/directory/people/songqiao/password')).status).toBe(200);
  expect((await security.post('/api/grants/people/songqiao/password')).status).toBe(403);
  expect((await security.post('/api/grants/people/secadmin/password')).status).toBe(403);
  const { password } = (await security.post('/api/grants/people/auditadmin/password')).body;
  expect((await s.browser().signIn('auditadmin', PASSWORD)).status).toBe(401);
  expect((await s.browser().signIn('auditadmin', password)).body.passwordDue).toBe(true);
});

/** Rule [DIR15]: an installation says what it still lacks, and stops saying so when it is there. */
import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { createAdministrator } from '../../server/identity/administrator.ts';
import { bpmn, end, line, service, start } from '../commands/content.ts';
import { CONTENT, type Site, site } from '../http/site.ts';

let s: Site;
afterEach(() => s?.stop());

const APP = {
  kind: 'application' as const,
  key: 'review',
  file: 'processes/review/app.json',
  source: JSON.stringify({
    app: 'review',
    name: { 'zh-CN': '审查', 'en-US': 'Review' },
    owner: '办公室',
    roles: ['handler', 'signer'],
    description: '审查',
    design: { review: ['section_chief'] },
  }),
};
const WORDS = {
  kind: 'directory' as const,
  key: 'words',
  file: 'directory.json',
  source: readFileSync('forms/directory.json', 'utf8'),
};

test('[DIR15] a fresh installation names administrators, roles, relations and the calendar, each with the way to mend it', async () => {
  s = await site({ demo: undefined, content: [...CONTENT, WORDS, APP] });
  const told = await createAdministrator(s.host, 'chief');
  await s.host.refresh();
  const admin = await s.signedIn('chief', /[a-z2-9]{6}-[a-z2-9]{6}7/.exec(told)![0]);
  const changed = await admin.post('/api/session/password', {
    old: /[a-z2-9]{6}-[a-z2-9]{6}7/.exec(told)![0],
    new: 'marble-Teapot-71-river',
  });
  admin.take(changed);
  const messages = async () =>
    (await admin.get('/api/readiness')).body.map(({ message }: { message: string }) => message);
  const before = await messages();
  expect(before).toContain('没有安全保密管理员：在服务器上运行 npm run admin:create -- 用户名 security。');
  expect(before).toContain('没有人担任「签发人」，审查要用：在「组织人员」给任职人加上这一角色。');
  expect(before.filter((message: string) => message.startsWith('没有人担任'))).toHaveLength(3);
  expect(before).toContain('没有单位设置「审计机关」：在「组织人员」给最上级的单位设置，下级沿用。');
  expect(before).toContain(
    '没有 2026 年的日历，跨到该年的期限待校准：把放假通知写入 processes/calendars/ 后重新启动。',
  );
  expect(before).not.toContain(expect.stringContaining('没有系统管理员'));
  expect(before.join()).not.toContain('机关代字'); // nobody is there who could have it
  const list =
    '单位编码,单位名称,单位类别,层级,关系：审计机关,用户名,姓名,角色\nyc,某市,行政区划,市级,yc,,,\nyc,,,,,wang,王新,签发人';
  const file = Buffer.from(list).toString('base64');
  expect((await admin.post('/api/directory/import', { file, apply: true })).body.applied).toBe(true);
  const after = await messages();
  expect(after).not.toContain('没有单位设置「审计机关」：在「组织人员」给最上级的单位设置，下级沿用。');
  const lacking = (await messages()).filter((message: string) => message.includes('得不出来'));
  expect(lacking.map((message: string) => message.slice(0, message.indexOf('，')))).toEqual([
    '没有单位填写「机关代字」',
    '没有单位填写「行政区划代码」',
    '没有单位填写「上级机关名称」',
    '没有人员填写「干部管理权限」',
    '没有任职填写「分管领域」',
  ]);
  const code = Buffer.from('单位编码,机关代字\nyc,某办').toString('base64');
  expect((await admin.post('/api/directory/import', { file: code, apply: true })).body.applied).toBe(true);
  expect((await messages()).join()).not.toContain('没有单位填写「机关代字」');
  expect(after).toContain('有 1 个角色待同意：由安全保密管理员在「权限」页处理。');
});

test('[DIR15] what the operator must provide is named, too: room, a clock that does not go back, mail, an address', async () => {
  let room: 'enough' | 'none' = 'none';
  s = await site({ content: [...CONTENT, WORDS, APP], room: async () => room });
  const admin = await s.signedIn('admin');
  const operation = async () =>
    (await admin.get('/api/readiness')).body
      .filter(({ step }: { step: string }) => step === 'operation')
      .map(({ severity, message }: { severity: string; message: string }) => `${severity} ${message.slice(0, 8)}`);
  const usual = ['hint 没有配置邮件，提', 'hint 邮件和文书里的链'];
  expect(await operation()).toEqual(['error 数据目录所在磁盘', ...usual]);
  room = 'enough';
  expect(await operation()).toEqual(usual);
  s.clock.now -= 3_600_000;
  expect(await operation()).toEqual(['error 服务器的时钟比最', ...usual]);
});

test('[DIR15] an address that a flow pushes to and nobody has registered is named', async () => {
  const push = service('push', 'webhook', { target: '"portal"', event: '"sent"' });
  const flow = bpmn('sending', [start(), push, end(), line('start', 'push', 'end')].join('\n'));
  s = await site({ content: [...CONTENT, WORDS, APP, flow], channels: { webhooks: {}, from: '' } });
  const admin = await s.signedIn('admin');
  const messages = (await admin.get('/api/readiness')).body.map(({ message }: { message: string }) => message);
  expect(messages.filter((message: string) => message.includes('portal'))).toEqual([
    'sending要向「portal」推送，还没有登记这个地址：在 WEBHOOKS 中登记后重新启动。',
  ]);
});

test('[DIR15] only the system administrator is told', async () => {
  s = await site({ content: [...CONTENT, WORDS, APP] });
  for (const name of ['songqiao', 'peiwen', 'secadmin'])
    expect((await (await s.signedIn(name)).get('/api/readiness')).status).toBe(403);
});

/** What leaves the house: after the commit, at least once, signed, and with an end when nobody answers. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Conflict } from '@ganwei/core/refusal';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '../../server/store/open.ts';
import { makeChannels } from '../../server/worker/channels.ts';
import { post } from '../../server/worker/post.ts';
import { FORMS } from '../commands/content.ts';
import { demoOrganisation } from '../commands/world.ts';
import { type Browser, PASSWORD, type Site, site } from '../http/site.ts';
import { ARCHIVED, type HookSink, hookSink, mailSink, type Sink, TOLD } from './world.ts';

const SECRET = `whsec_${Buffer.from('a secret of thirty-two characters').toString('base64')}`;

let hooks: HookSink;
let mails: Sink<string>;
let s: Site;
let starter: Browser;

beforeEach(async () => {
  [hooks, mails] = await Promise.all([hookSink(), mailSink()]);
  const organisation = demoOrganisation();
  const fuzheng = organisation.people.find((person) => person.id === 'fuzheng')!;
  fuzheng.attributes = { ...fuzheng.attributes, mail: 'fuzheng@example.com' };
  s = await site({
    content: [...FORMS, ARCHIVED, TOLD],
    demo: { organisation, password: PASSWORD },
    channels: {
      webhooks: { archive: { url: `http://127.0.0.1:${hooks.port}/hook`, secret: SECRET, private: true } },
      smtp: `smtp://127.0.0.1:${mails.port}`,
      from: 'ganwei@example.com',
    },
  });
  // The tests say when it is time: the worker's own beat would come in between.
  await s.platform.worker.stop();
  starter = await s.signedIn('songqiao');
});
afterEach(async () => {
  await s?.stop();
  await hooks?.stop();
  await mails?.stop();
});

const start = (process: string, values: object) => starter.post('/api/cases', { process, start: 'start', values });
const settle = () => s.platform.worker.settle();
const table = (name: string) => s.host.store.reader(name);

async function approve(): Promise<void> {
  const checker = await s.signedIn('fuzheng');
  const { id, revision } = await checker.task();
  const answer = await checker.post(`/api/tasks/${id}/submit`, { outcome: 'agree', comment: '', revision });
  expect(answer.status).toBe(200);
}

test('[O4] a webhook arrives once, signed, with its event, its case and no more', async () => {
  const { body: moved } = await start('told', { subject: '购置设备', amount: 12.5 });
  await settle();
  await settle();
  expect(hooks.received).toHaveLength(1);
  const [{ headers, body }] = hooks.received as [(typeof hooks.received)[0]];
  const sent = { event: 'told', case: { id: moved.caseId, number: moved.number }, data: { amount: 12.5 } };
  expect(JSON.parse(body)).toEqual(sent);
  expect(new Webhook(SECRET).verify(body, headers as Record<string, string>)).toEqual(sent);
  expect(() => new Webhook(SECRET).verify(`${body} `, headers as Record<string, string>)).toThrow();
  expect(await table('outbox')).toEqual([]);
  const done = await table('outbox_done').where({ type: 'webhook' }).first();
  expect(done).toMatchObject({ id: headers['webhook-id'], attempts: 1, error: '' });
});

test('[O4] a mail carries a title and a sentence, under an id that makes a second copy recognisable', async () => {
  await start('told', { subject: '不得外传的事由', amount: 1 });
  await settle();
  expect(mails.received).toHaveLength(1);
  const [mail] = mails.received as [string];
  const { id } = await table('outbox_done').where({ type: 'mail' }).first();
  expect(mail).toContain(`Message-ID: <${id}@ganwei>`);
  expect(mail).toContain('To: fuzheng@example.com');
  const [head, body] = mail.split('\n\n') as [string, string];
  expect(head).toContain('Content-Transfer-Encoding: base64');
  expect(Buffer.from(body, 'base64').toString().trim()).toBe('请登录查看。');
});

test('[O1] an act that fails at its end leaves nothing to deliver, though it had passed the services already, and says why it cannot go on [C7]', async () => {
  const before = await s.rows();
  const refused = await start('told', { subject: '购置设备', amount: 500 });
  expect(refused.body).toMatchObject({ status: 409, code: 'case.incident' });
  await settle();
  expect([hooks.received, mails.received]).toEqual([[], []]);
  expect(await s.rows()).toEqual(before);
});

test('[O1] nothing leaves while the transaction is still open', async () => {
  let seen = -1;
  const inside = s.host.store.transaction(async (tx) => {
    const { enqueue } = await import('../../server/store/effects.ts');
    const { effectRow } = await import('../store/rows.ts');
    await enqueue(tx, [effectRow('e1', { next_at: 0 })]);
    const { dueEffects } = await import('../../server/store/effects.ts');
    seen = (await dueEffects(s.host.store.reader, s.clock.now, 10)).length;
  });
  await inside;
  expect(seen).toBe(0);
  await settle();
  expect(hooks.received).toHaveLength(1);
});

test('[O2] a case that waits for an answer goes on with it, once', async () => {
  await start('archived', { subject: '归档' });
  await approve();
  hooks.answers = [{ status: 200, body: '{"shelf":"luchuan"}' }];
  await settle();
  const archivist = await s.signedIn('luchuan');
  expect((await archivist.get('/api/inbox/todo')).body.rows).toHaveLength(1);
  expect(await table('waits')).toEqual([]);
  // The step counts as done, like every other service.
  const [{ reached }] = await table('cases');
  expect(JSON.parse(reached).call).toMatchObject({ count: 1 });
  await settle();
  expect(hooks.received).toHaveLength(1);
});

test('[O3] what cannot be delivered is tried again ever more rarely, then it is dead and somebody may revive it', async () => {
  hooks.answers = [{ status: 500, body: 'no' }];
  await start('archived', { subject: '送不到' });
  await approve();
  const waits: number[] = [];
  for (let attempt = 1; attempt <= 7; attempt++) {
    await settle();
    expect(hooks.received).toHaveLength(attempt);
    const row = await table('outbox').first();
    if (!row) break;
    expect(row).toMatchObject({ attempts: attempt, error: '对方返回 500' });
    waits.push(row.next_at - s.clock.now);
    await settle();
    expect(hooks.received).toHaveLength(attempt);
    s.clock.now = row.next_at;
  }
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  expect(waits).toHaveLength(6);
  const [dead] = await table('outbox_dead');
  expect(dead).toMatchObject({ attempts: 7, error: '对方返回 500' });
  expect(new Set(hooks.received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([dead.id]));

  const admin = await s.signedIn('peiwen');
  const listed = (await admin.get('/api/effects')).body;
  expect(listed).toEqual([expect.objectContaining({ id: dead.id, dead: true, nextAt: null })]);
  hooks.answers = [{ status: 200, body: '{"shelf":"luchuan"}' }];
  expect((await admin.post(`/api/effects/${dead.id}/redeliver`)).status).toBe(200);
  expect((await admin.post(`/api/effects/${dead.id}/redeliver`)).body.code).toBe('not.found');
  await settle();
  expect(hooks.received.at(-1)!.headers['webhook-id']).toBe(dead.id);
  expect((await (await s.signedIn('luchuan')).get('/api/inbox/todo')).body.rows).toHaveLength(1);
});

test('[O2] a server that dies between delivery and its note of it delivers again, under the same id', async () => {
  await start('told', { subject: '重复', amount: 1 });
  const [row] = await table('outbox').where({ type: 'webhook' });
  const { takeEffect } = await import('../../server/store/effects.ts');
  await s.host.store.transaction((tx) => takeEffect(tx, row, s.clock.now + 60_000));
  await settle();
  expect(hooks.received).toHaveLength(0);
  s.clock.now += 60_000;
  await settle();
  expect(hooks.received.map(({ headers }) => headers['webhook-id'])).toEqual([row.id]);
});

test('[O4] a redirection is not followed, and an address that is not registered is not called', async () => {
  hooks.answers = [{ status: 302, body: '' }];
  await start('told', { subject: '转向', amount: 1 });
  await settle();
  expect(hooks.received).toHaveLength(1);
  expect((await table('outbox').where({ type: 'webhook' }).first()).error).not.toBe('');
  await s.host.store.transaction((tx) => tx('outbox').update({ target: 'http://127.0.0.1/', next_at: 0 }));
  await settle();
  expect((await table('outbox').where({ type: 'webhook' }).first()).error).toBe(
    '没有登记名为「http://127.0.0.1/」的推送地址',
  );
});

test('[P4] a timer that cannot fire is put off, and the others fire nevertheless', async () => {
  await s.host.store.transaction(async (tx) => {
    const timer = { task_id: null, slot: 'x', node: 'x', kind: 'flow', repeat_left: 0, detail: null };
    await tx('timers').insert([{ id: 't1', case_id: 'gone', due_at: 1, ...timer }]);
  });
  await start('told', { subject: '照常', amount: 1 });
  await settle();
  expect(hooks.received).toHaveLength(1);
  expect((await table('timers').first()).due_at).toBe(s.clock.now + 3_600_000);
  expect(s.log.filter((entry) => entry.message === 'timer failed')).toHaveLength(1);
});

test('[P4] a timer that loses its races for a while stays due and fires at a later beat', async () => {
  await s.host.store.transaction(async (tx) => {
    const timer = { task_id: null, slot: 'x', node: 'x', kind: 'reminder', repeat_left: 0, detail: null };
    await tx('timers').insert([{ id: 't1', case_id: 'gone', due_at: 1, ...timer }]);
  });
  const store = s.host.store as { transaction: Store['transaction'] };
  const { transaction } = store;
  store.transaction = () => Promise.reject(new Conflict('lost'));
  expect(await settle()).toBe(0);
  store.transaction = transaction;
  expect((await table('timers').first()).due_at).toBe(1);
  expect(await settle()).toBe(1);
  expect(await table('timers')).toEqual([]);
});

test('[O2] the worker finds by itself what is due, soon after the commit', async () => {
  s.platform.worker.start();
  await start('told', { subject: '自动', amount: 1 });
  await expect.poll(() => hooks.received.length, { timeout: 5000 }).toBe(1);
});

const effect = (more: object = {}) => ({
  id: 'e1',
  case_id: null,
  type: 'webhook',
  target: 'archive',
  payload: '{}',
  attempts: 0,
  next_at: 0,
  created_at: 0,
  error: '',
  ...more,
});
const put = (...rows: object[]) => s.host.store.transaction(async (tx) => void (await tx('outbox').insert(rows)));

/** A server that answers for ever: `answer` is called for each connection. */
async function endless(answer: (write: (bytes: Buffer) => boolean) => void): Promise<{ url: string; stop(): void }> {
  const server = createServer((_, response) => {
    response.writeHead(200);
    answer((bytes) => response.write(bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, stop };
}

test('[LIM5] an answer without end is cut off, and one that drips ends with its time', async () => {
  const limits = { patience: 400, largest: 100_000, isPrivate: true };
  let sent = 0;
  const flood = await endless((write) => {
    const more = setInterval(() => {
      for (let at = 0; at < 10; at++) write(Buffer.alloc(100_000));
      sent += 1_000_000;
      if (sent > 20_000_000) clearInterval(more);
    }, 1);
  });
  await expect(post(flood.url, {}, '{}', { ...limits, patience: 10_000 })).rejects.toThrow('超过 100000 字节');
  flood.stop();
  const drip = await endless((write) => void write(Buffer.from('.')));
  await expect(post(drip.url, {}, '{}', limits)).rejects.toThrow('没有在规定时间内答复');
  drip.stop();
});

test('[LIM5] an address of this machine or of a private network is called only when it is registered as private', async () => {
  for (const host of [
    '127.0.0.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    'localhost',
    '10.1.2.3',
    '169.254.169.254',
    '0.0.0.0',
  ]) {
    const webhooks = { archive: { url: `http://${host}:${hooks.port}/`, secret: SECRET } };
    const channels = makeChannels({ webhooks, from: '' });
    await expect(channels.webhook!(effect())).rejects.toThrow('没有写明 private');
  }
  expect(hooks.received).toEqual([]);
});

test('[LIM5] a target that hangs holds up neither another target nor a timer [P4]', async () => {
  let finish = () => {};
  const hanging = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const delivered: string[] = [];
  const channels = {
    webhook: async (one: { id: string; target: string }) => {
      if (one.target === 'hangs') await hanging;
      delivered.push(one.id);
    },
  };
  const { makeWorker } = await import('../../server/worker/loop.ts');
  const worker = makeWorker(s.host, channels);
  await put(
    ...Array.from({ length: 20 }, (_, at) => effect({ id: `h${at}`, target: 'hangs' })),
    effect({ id: 'well', target: 'well', next_at: 1 }),
  );
  worker.start();
  await expect.poll(() => delivered, { timeout: 15_000 }).toEqual(['well']);
  await s.host.store.transaction(async (tx) => {
    const timer = { task_id: null, slot: 'x', node: 'x', kind: 'reminder', repeat_left: 0, detail: null };
    await tx('timers').insert([{ id: 't1', case_id: 'gone', due_at: 1, ...timer }]);
  });
  await expect.poll(async () => (await table('timers')).length, { timeout: 15_000 }).toBe(0);
  // Two at once to one target, the others wait in their table.
  expect(await table('outbox').where({ attempts: 1 })).toHaveLength(2);
  finish();
  await worker.stop();
  expect(delivered.length).toBeGreaterThanOrEqual(3);
});

test('[LIM6] an effect during whose delivery the server ended is tried once more, then set aside', async () => {
  await put(effect({ target: 'archive' }));
  const mark = (error: string) => s.host.store.transaction((tx) => tx('outbox').update({ error, next_at: 0 }));
  // As a server leaves it that was killed while it delivered.
  await mark('正在推送');
  hooks.answers = [{ status: 500, body: '' }];
  await settle();
  expect(hooks.received).toHaveLength(1);
  await mark('推送时服务器中断，正在再次推送');
  await settle();
  expect(hooks.received).toHaveLength(1);
  expect(await table('outbox')).toEqual([]);
  expect(await table('outbox_dead')).toEqual([
    expect.objectContaining({ id: 'e1', error: expect.stringContaining('两次推送') }),
  ]);
  const auditor = await s.signedIn('auditadmin');
  const { body } = await auditor.get('/api/audit?act=delivery-set-aside');
  expect(body.rows).toEqual([expect.objectContaining({ act: 'delivery-set-aside' })]);
  const admin = await s.signedIn('peiwen');
  hooks.answers = [{ status: 200, body: '' }];
  expect((await admin.post('/api/effects/e1/redeliver')).status).toBe(200);
  await settle();
  expect(hooks.received).toHaveLength(2);
});

test('[LIM7] a step whose timers are due without a pause fires twenty times, then waits', async () => {
  const timer = { task_id: null, slot: 'x', node: 'x', kind: 'flow', repeat_left: 0, detail: null, case_id: 'gone' };
  await s.host.store.transaction(async (tx) => {
    for (let at = 0; at < 30; at++) await tx('timers').insert([{ id: `t${at}`.padEnd(4), due_at: 1, ...timer }]);
  });
  await settle();
  const put = await table('timers').where({ due_at: s.clock.now + 60_000 });
  expect(put.length).toBeGreaterThanOrEqual(1);
  expect(put.length).toBeLessThanOrEqual(2);
});

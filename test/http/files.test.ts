/** Files over HTTP: what is taken, under which name it is kept, and who gets it. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { clearSpools } from '../../server/catalogue/spools.ts';
import { makeFiles, roomOf } from '../../server/files.ts';
import { type Answer, type Browser, type Site, site } from './site.ts';

let s: Site;
let owner: Browser;

beforeAll(async () => {
  s = await site();
  owner = await s.signedIn('songqiao');
});
afterAll(() => s?.stop());

const PDF = `%PDF-1.7\n${'一份真正的文件'.repeat(20)}\n%%EOF`;

/** A refused upload leaves no row, no kept file and nothing in the temporary folder. */
async function refused(upload: () => Promise<Answer>): Promise<Answer> {
  const spools = () => readdirSync(tmpdir()).filter((name) => name.startsWith('ganwei-upload-'));
  const before = { rows: await s.rows(), kept: keptFiles(s), spools: spools() };
  const answer = await upload();
  expect({ rows: await s.rows(), kept: keptFiles(s), spools: spools() }).toEqual(before);
  return answer;
}

const keptFiles = ({ dataFolder }: Site): string[] => {
  const folder = path.join(dataFolder, 'files');
  return existsSync(folder) ? (readdirSync(folder, { recursive: true }) as string[]).sort() : [];
};

test('[U1] a program that calls itself a PDF is refused, and so is what is not on the list', async () => {
  const program = new Uint8Array(600);
  program.set([0x4d, 0x5a, 0x90, 0, 3]);
  const disguised = await refused(() => owner.upload('合同.pdf', program));
  expect(disguised.body).toMatchObject({ status: 422, code: 'file.type' });
  expect(disguised.body.detail).toBe('文件「合同.pdf」的实际内容与扩展名不符，或不在允许的类型之内。');
  for (const [name, content] of [
    ['run.exe', program],
    ['page.html', '<script>alert(1)</script>'],
    ['picture.svg', '<svg onload="alert(1)"/>'],
    ['合同.docx', PDF],
    ['noextension', PDF],
    ['constructor', PDF],
  ] as const) {
    expect((await refused(() => owner.upload(name, content))).body.code).toBe('file.type');
  }
});

test('[U2] an empty file, no file and half a file are refused', async () => {
  expect((await refused(() => owner.upload('空.pdf', ''))).body).toMatchObject({ status: 422, code: 'file.empty' });
  expect((await refused(() => owner.send('POST', '/api/files', new FormData()))).body.code).toBe('input.malformed');
  expect((await refused(() => owner.post('/api/files', {}))).body.code).toBe('input.malformed');
  const half = '--b\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7 cut off';
  const type = { 'content-type': 'multipart/form-data; boundary=b' };
  expect((await refused(() => owner.send('POST', '/api/files', half, type))).body.code).toBe('input.malformed');
});

test('[U2] more than 50 MB is refused while it still comes in', async () => {
  const answer = await refused(() => owner.send('POST', '/api/files', stream(51), { 'content-type': FORM }));
  expect(answer.body).toMatchObject({ status: 413, code: 'file.too-large' });
  expect(answer.body.detail).toBe('文件「大.pdf」超过 50 MB 的上限。');
});

test('[U3] a Chinese name is kept, a path in it is not', async () => {
  const kept = await owner.upload('关于购置设备的请示（2026）😀.pdf', PDF);
  expect(kept.body).toMatchObject({ name: '关于购置设备的请示（2026）😀.pdf', type: 'application/pdf' });
  expect(kept.body.sha256).toBe(createHash('sha256').update(PDF).digest('hex'));
  const sent = await owner.get(`/api/files/${kept.body.id}`);
  expect(sent.text).toBe(PDF);
  const disposition = sent.headers.get('content-disposition')!;
  expect(disposition).toMatch(/^attachment;/);
  expect(disposition).toContain(`filename*=UTF-8''${encodeURIComponent('关于购置设备的请示（2026）😀.pdf')}`);
  const path = await owner.upload('..\\..\\秘密/../名单.pdf', PDF);
  expect(path.body.name).toBe('名单.pdf');
});

test('[U4] the same bytes are kept once', async () => {
  const before = keptFiles(s).length;
  const [one, two] = await Promise.all([owner.upload('甲.pdf', `${PDF}1`), owner.upload('乙.pdf', `${PDF}1`)]);
  expect(one.body.sha256).toBe(two.body.sha256);
  expect(keptFiles(s).filter((name) => name.endsWith(one.body.sha256))).toHaveLength(1);
  expect(keptFiles(s).length).toBeLessThanOrEqual(before + 2);
});

test('[A1] a file belongs to its uploader until a case refers to it, and then to those who see the case', async () => {
  const { body: file } = await owner.upload('附件.pdf', `${PDF}2`);
  const checker = await s.signedIn('fuzheng');
  const stranger = await s.signedIn('guqing');
  const stolen = await refused(() => checker.start({ subject: '借用', files: [file] }));
  expect(stolen.status).toBeGreaterThanOrEqual(400);
  expect((await checker.get(`/api/files/${file.id}`)).body.code).toBe('not.found');
  const started = await owner.start({ subject: '附有文件', files: [file] });
  expect(started.status).toBe(200);
  expect((await checker.get(`/api/files/${file.id}`)).status).toBe(200);
  expect((await stranger.get(`/api/files/${file.id}`)).body).toMatchObject({ status: 404, code: 'not.found' });
  const foreign = await refused(() =>
    checker.post(`/api/cases/${started.body.caseId}/attachments`, { files: ['nothing'] }),
  );
  expect(foreign.body.code).toBe('not.found');
});

test('[N2] a file is shown inside a page only when it is a picture or a PDF, and never guessed at', async () => {
  const { body: file } = await owner.upload('预览.pdf', `${PDF}3`);
  const inline = await owner.get(`/api/files/${file.id}?inline=1`);
  expect(inline.headers.get('content-disposition')).toMatch(/^inline;/);
  expect(inline.headers.get('x-content-type-options')).toBe('nosniff');
  expect(inline.headers.get('cache-control')).toContain('no-store');
  const zip = await owner.upload('包.zip', new Uint8Array([0x50, 0x4b, 5, 6, ...new Array(18).fill(0)]));
  const packed = await owner.get(`/api/files/${zip.body.id}?inline=1`);
  expect(packed.headers.get('content-disposition')).toMatch(/^attachment;/);
});

test('[LIM8] five uploads that break off leave nothing in the temporary folder', async () => {
  const spools = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`ganwei-upload-${process.pid}-`));
  expect(spools()).toEqual([]);
  const head = '--b\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7 ';
  const headers = {
    cookie: owner.cookie,
    'x-csrf-token': owner.csrf,
    'content-type': FORM,
    'content-length': 10_000_000,
  };
  const sent = Array.from({ length: 5 }, () => {
    const one = request(`${s.address}/api/files`, { method: 'POST', headers });
    one.on('error', () => undefined);
    one.write(head + 'x'.repeat(100_000));
    return one;
  });
  await expect.poll(() => spools().length, { timeout: 15_000 }).toBe(5);
  for (const one of sent) one.destroy();
  await expect.poll(spools, { timeout: 15_000 }).toEqual([]);
});

test.each(['upload', 'sandbox'])(
  '[LIM8] [PLAY6] what a server that was killed has left is removed by the next one: %s',
  async (kind) => {
    const gone = `ganwei-${kind}-4194304-gone`;
    // In a container the next server has the number of the one before.
    const before = `ganwei-${kind}-${process.pid}-before`;
    const alive = `ganwei-${kind}-${process.pid}-alive`;
    for (const name of [gone, before, alive]) mkdirSync(path.join(tmpdir(), name, 'sandbox'), { recursive: true });
    const earlier = Date.now() / 1000 - process.uptime() - 60;
    utimesSync(path.join(tmpdir(), before), earlier, earlier);
    await clearSpools();
    const left = readdirSync(tmpdir());
    expect([gone, before, alive].filter((name) => left.includes(name))).toEqual([alive]);
    rmSync(path.join(tmpdir(), alive), { recursive: true });
  },
);

test('[LIM8] a file that cannot be written whole leaves no part of itself', async () => {
  const folder = path.join(s.dataFolder, 'full');
  const files = makeFiles(folder);
  const handle = await open(path.join(s.dataFolder, 'any'), 'w');
  const { writeFile } = Object.getPrototypeOf(handle);
  Object.getPrototypeOf(handle).writeFile = async function (this: typeof handle, bytes: Uint8Array) {
    await this.write(bytes.subarray(0, 3));
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  };
  try {
    await expect(files.keep(Buffer.from('a whole file'))).rejects.toThrow('no space');
    const told = await owner.upload('满.pdf', `${PDF}full`);
    expect(told.body).toMatchObject({ status: 507, code: 'disk.full' });
  } finally {
    Object.getPrototypeOf(handle).writeFile = writeFile;
    await handle.close();
  }
  const left = (readdirSync(folder, { recursive: true }) as string[]).filter((name) => name.includes('.'));
  expect(left).toEqual([]);
  expect(keptFiles(s).filter((name) => name.includes('.'))).toEqual([]);
});

test('[LIM8] a person uploads so much a day, and a case takes so much', async () => {
  const small = await site({ quota: { perDay: 1200, perCase: 700 } });
  const person = await small.signedIn('songqiao');
  const { body: one } = await person.upload('一.pdf', PDF);
  const { body: two } = await person.upload('二.pdf', PDF);
  const third = await person.upload('三.pdf', PDF.repeat(2));
  expect(third.body).toMatchObject({ status: 413, code: 'file.quota' });
  expect(third.body.detail).toContain('每人每天');
  const { body: begun } = await person.start({ subject: '附件' });
  expect((await person.post(`/api/cases/${begun.caseId}/attachments`, { files: [one.id] })).status).toBe(200);
  const more = await person.post(`/api/cases/${begun.caseId}/attachments`, { files: [two.id] });
  expect(more.body).toMatchObject({ status: 413, code: 'file.quota' });
  small.clock.now += 86_400_001;
  const nextDay = await small.signedIn('songqiao');
  expect((await nextDay.upload('明天.pdf', PDF)).status).toBe(200);
  await small.stop();
});

test('[LIM20] uploads at once are held against the quota together, and so are attachments of one case', async () => {
  const size = Buffer.byteLength(PDF);
  const small = await site({ quota: { perDay: size * 2 + 10, perCase: size + 10 } });
  const person = await small.signedIn('songqiao');
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, at) => person.upload(`${at}.pdf`, `${PDF.slice(0, -1)}${at}`)),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 413, 413, 413, 413]);
  const kept = answers.filter(({ status }) => status === 200).map(({ body }) => body.id);
  const { body: begun } = await person.start({ subject: '附件' });
  const filed = await Promise.all(
    kept.map((id) => person.post(`/api/cases/${begun.caseId}/attachments`, { files: [id] })),
  );
  expect(filed.map(({ status }) => status).sort()).toEqual([200, 413]);
  await small.stop();
});

test('[LIM20] bytes that are still coming count already', async () => {
  const largest = 50 * 1024 ** 2;
  const small = await site({ quota: { perDay: largest + 100, perCase: largest } });
  const person = await small.signedIn('songqiao');
  let release: () => void = () => undefined;
  const slow = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('--x\r\n'));
      release = () => controller.error(new Error('gone'));
    },
  });
  const first = person.send('POST', '/api/files', slow, { 'content-type': 'multipart/form-data; boundary=x' });
  first.catch(() => undefined);
  await vi.waitFor(() => expect([...small.host.files.coming.values()]).toEqual([largest]));
  expect((await person.upload('二.pdf', PDF.repeat(5))).body).toMatchObject({ status: 413, code: 'file.quota' });
  release();
  await vi.waitFor(() => expect(small.host.files.coming.size).toBe(0));
  expect((await person.upload('三.pdf', PDF.repeat(5))).status).toBe(200);
  await small.stop();
});

test('[LIM9] readiness tells how full the disk is', async () => {
  const [GB, MB] = [1024 ** 3, 1024 ** 2];
  expect([roomOf(300 * GB, 1000 * GB), roomOf(3 * GB, 1000 * GB), roomOf(1 * GB, 10 * GB)]).toEqual([
    'enough',
    'enough',
    'enough',
  ]);
  expect([roomOf(1 * GB, 100 * GB), roomOf(199 * MB, 100 * GB)]).toEqual(['little', 'none']);
  let room: 'enough' | 'little' | 'none' = 'little';
  const full = await site({ room: async () => room });
  expect(await full.browser().get('/readyz')).toMatchObject({
    status: 200,
    body: { status: 'ready, disk nearly full' },
  });
  room = 'none';
  expect(await full.browser().get('/readyz')).toMatchObject({ status: 503, body: { status: 'disk full' } });
  await full.stop();
});

test('[LIM9] a fresh installation is ready before anybody uploaded, also where the database lies elsewhere', async () => {
  const elsewhere = mkdtempSync(path.join(tmpdir(), 'ganwei-elsewhere-'));
  const dataFolder = path.join(elsewhere, 'not-there-yet');
  const fresh = await site({ dataFolder, databaseFile: path.join(elsewhere, 'ganwei.db') });
  expect(await fresh.browser().get('/readyz')).toMatchObject({ status: 200, body: { status: 'ready' } });
  await fresh.stop();
  rmSync(elsewhere, { recursive: true, force: true });
});

test('[LIM9] what cannot be told is said and logged, not taken for a start', async () => {
  const blind = await site({ room: () => Promise.reject(new Error('no disk')) });
  expect(await blind.browser().get('/readyz')).toMatchObject({ status: 503, body: { status: 'failing, see the log' } });
  await blind.stop();
});

const FORM = 'multipart/form-data; boundary=b';

/** A multipart body with a PDF of so many megabytes, made while it is read. */
function stream(megabytes: number): ReadableStream<Uint8Array> {
  const head = '--b\r\ncontent-disposition: form-data; name="file"; filename="大.pdf"\r\n\r\n%PDF-1.7\n';
  const chunk = new Uint8Array(1024 * 1024);
  let sent = -1;
  return new ReadableStream({
    pull(controller) {
      if (sent === -1) controller.enqueue(new TextEncoder().encode(head));
      else if (sent < megabytes) controller.enqueue(chunk);
      else {
        controller.enqueue(new TextEncoder().encode('\r\n--b--\r\n'));
        controller.close();
      }
      sent += 1;
    },
  });
}

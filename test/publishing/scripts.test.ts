/** The commands of the operator that carry content: `npm run export` and `npm run deploy`, against a real server. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readFolder } from '../../server/catalogue/folder.ts';
import { PASSWORD, type Site, site } from '../http/site.ts';
import { CONTENT, colours } from './office.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
let from: Site;
let to: Site;
let folder: string;
beforeAll(async () => {
  from = await site({ content: CONTENT });
  to = await site({ content: [] });
  folder = mkdtempSync(path.join(tmpdir(), 'ganwei-carry-'));
});
afterAll(async () => {
  await Promise.all([from.stop(), to.stop()]);
  rmSync(folder, { recursive: true });
});

/** Runs a script as the operator does; the server of the test goes on meanwhile. */
const script = (name: string, args: string[], env: Record<string, string>): Promise<{ status: number; told: string }> =>
  new Promise((resolve) => {
    const options = { cwd: ROOT, env: { ...process.env, ...env } };
    const child = execFile(process.execPath, [`scripts/${name}.mjs`, ...args], options, (_error, stdout, stderr) =>
      resolve({ status: child.exitCode ?? 1, told: stdout + stderr }),
    );
  });

const SIGNED = { GANWEI_USER: 'peiwen', GANWEI_PASSWORD: PASSWORD };

test('[CHG30] npm run export writes a folder that is read as what is in force, and names what else lies there', async () => {
  const exported = await script('export', [folder], { DATA_DIR: from.dataFolder });
  expect(exported).toMatchObject({ status: 0, told: expect.stringContaining('已导出 4 个定义') });
  const read = readFolder(folder).map(({ kind, key, source }) => [kind, key, source]);
  expect(read).toEqual(expect.arrayContaining(CONTENT.map(({ kind, key, source }) => [kind, key, source])));
  writeFileSync(path.join(folder, 'forms/dictionaries/more.json'), '{}');
  expect((await script('export', [folder], { DATA_DIR: from.dataFolder })).told).toContain('另有 1 个定义，没有生效');
  rmSync(path.join(folder, 'forms/dictionaries/more.json'));
  expect((await script('export', [folder, '7'], { DATA_DIR: from.dataFolder })).told).toContain('没有第 7 次发布');
  expect(readdirSync(folder).sort()).toEqual(['forms', 'processes']);
});

test('[CHG32] npm run deploy makes it a change on another server, which is refused what it may not', async () => {
  const wrong = await script('deploy', [folder, to.address], { ...SIGNED, GANWEI_PASSWORD: 'wrong' });
  expect(wrong).toMatchObject({ status: 1, told: expect.stringContaining('用户名或密码不正确') });
  const stranger = await script('deploy', [folder, to.address], { ...SIGNED, GANWEI_USER: 'luchuan' });
  expect(stranger).toMatchObject({ status: 1, told: expect.stringContaining('没有找到') });
  expect(await script('deploy', [folder, to.address], SIGNED)).toMatchObject({
    status: 0,
    told: expect.stringContaining('成为那里的变更'),
  });
  const browser = await to.signedIn('kongwei');
  const { rows } = (await browser.get('/api/changes')).body;
  expect(rows).toMatchObject([{ origin: 'deploy', count: 4, title: `部署：${path.basename(folder)}` }]);
});

test('[CHG32] an archive is sent as it is; nothing new makes no change', async () => {
  const archive = path.join(folder, 'all.zip');
  await script('export', [archive], { DATA_DIR: from.dataFolder });
  expect(readFileSync(archive).subarray(0, 2).toString()).toBe('PK');
  const same = await script('deploy', [archive, from.address], SIGNED);
  expect(same).toMatchObject({ status: 0, told: expect.stringContaining('没有送出变更') });
  writeFileSync(path.join(folder, 'forms/dictionaries/colours.json'), colours('绿').source);
  expect((await script('deploy', [folder, from.address], SIGNED)).told).toContain('成为那里的变更');
});

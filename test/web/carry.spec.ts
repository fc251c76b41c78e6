/**
 * Content is carried away and brought back: exported from the running server, wiped from it, deployed to it again, reviewed and published by hand. What is in
 * force afterwards is, byte by byte, what was in force before. Rules: [CHG30] [CHG32] [V12].
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { decide, review } from './changes.ts';
import { bringIn, rowOf, step } from './small-flows.ts';
import { act, PASSWORD, test, Visitor } from './stage.ts';
import { Caller } from './walk.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const NAME = '会议室借用';
const FLOW = rowOf('room', NAME, [
  (column) => step('approve', '审批', 'head of(case.starterUnit)', 'agree 同意', column),
]);

/** A command of the operator; answers with what it prints. */
async function script(name: string, words: readonly string[], env: Record<string, string>): Promise<string> {
  const options = { cwd: ROOT, env: { ...process.env, DATABASE_URL: '', ...env } };
  return (await promisify(execFile)(process.execPath, [`scripts/${name}.mjs`, ...words], options)).stdout;
}

/** Every file below a folder, with the hash of its bytes. */
const hashesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return entry.isFile()
        ? [[path.relative(folder, file), createHash('sha256').update(readFileSync(file)).digest('hex')]]
        : [];
    }),
  );

test('[CHG32] exported, wiped and deployed again, everything is as it was', async ({ browser, demo: { house } }) => {
  test.setTimeout(300_000);
  await bringIn(browser, NAME, [{ kind: 'process', app: '', key: 'room', source: FLOW }]);
  const before = test.info().outputPath('before');
  expect(await script('export', [before], { DATA_DIR: house.folder })).toMatch(/已导出 \d+ 个定义/);
  expect(readFileSync(path.join(before, 'processes/shared/room.bpmn'), 'utf8')).toBe(FLOW);

  const flows = async () => {
    const caller = await Caller.come(browser, 'peiwen');
    const found = JSON.stringify(await caller.call('get', '/api/design'));
    await caller.request.dispose();
    return found;
  };
  expect(await flows()).toContain(NAME);
  const admin = await Caller.come(browser, 'admin');
  await admin.call('post', '/api/demo/reset', {});
  expect(await flows()).not.toContain(NAME);

  const signed = { GANWEI_USER: 'peiwen', GANWEI_PASSWORD: PASSWORD };
  expect(await script('deploy', [before, house.address], signed)).toContain('在设计中心查看、送审、发布');
  const author = await Visitor.come(browser, 'peiwen');
  const { page } = author;
  page.setDefaultTimeout(60_000);
  const title = '部署：before';
  await page.goto('/design');
  await page.getByRole('link', { name: title, exact: true }).click();
  await expect(page.getByRole('listitem').filter({ hasText: NAME })).toContainText('新增');
  await decide(page, title, '送审');
  await act(browser, 'kongwei', (v) => decide(v.page, title, '审核', review(true, '与原来的一致')));
  await decide(page, title, '发布');

  const after = test.info().outputPath('after');
  await script('export', [after], { DATA_DIR: house.folder });
  expect(hashesIn(after)).toEqual(hashesIn(before));
  expect(await script('deploy', [before, house.address], signed)).toContain('没有送出变更');
  await author.leave();
});

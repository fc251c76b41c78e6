/**
 * A database of every released version, made by that version with cases under way (0.1.0: taken up, a team to be formed, a vote in which two
 * of four have voted, a decision to be signed for with its rectification). The present program opens it and the cases go on. Rule: [V8].
 */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type World, world } from '../commands/world.ts';
import { acceptance } from '../content/fillings.ts';
import { content, Walk } from '../stories/tolerance-walk.ts';

const DATABASES = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.db.gz'));

describe.each(DATABASES)('%s', (file) => {
  let w: World;
  beforeAll(async () => {
    const dataFolder = mkdtempSync(path.join(tmpdir(), 'ganwei-test-'));
    writeFileSync(path.join(dataFolder, 'ganwei.db'), gunzipSync(readFileSync(path.join(import.meta.dirname, file))));
    w = await world({ content: content(), now: '2026-03-03T09:00', dataFolder });
  });
  afterAll(() => w.stop());

  const walkOf = async (number: string): Promise<Walk> => {
    const row = await w.host.store.reader('cases').where({ number }).first();
    return new Walk(w).started({ caseId: String(row?.id), number });
  };

  test('[V8] the present content takes effect beside what the cases began with', async () => {
    expect(w.host.catalogue().release).toBeGreaterThanOrEqual(2);
    const walk = await walkOf('RC-420500-2026-0001');
    expect((await w.as('fuzheng').case(walk.caseId)).case.title).toContain('升级前：待受理');
  });

  test('[V8] a case that waits to be taken up is taken up, and its team is formed', async () => {
    const walk = await walkOf('RC-420500-2026-0001');
    // the form of its own version does not ask for what was filed outside the system
    const { outsideFilings: _, ...own } = acceptance({ handler: walk.cast.handler });
    await walk.submit(walk.cast.window, '受理审查', 'accept', own);
    expect(await walk.waiting()).toEqual({ '组成核查组（回避审查）': ['dingyiming'] });
    const second = await walkOf('RC-420500-2026-0002');
    await second.team();
    expect(Object.keys(await second.waiting())).toEqual(['核查取证']);
  });

  test('[V8] a vote goes on where it stood: who has voted has voted, the head votes last', async () => {
    const walk = await walkOf('RC-420500-2026-0003');
    const task = await walk.taskId('责任追究机关集体审议');
    expect(await walk.waiting()).toEqual({ 责任追究机关集体审议: ['sumin'] });
    expect((await w.as('sumin').case(walk.caseId)).tasks.find(({ id }) => id === task)?.progress).toEqual({
      done: 2,
      all: 4,
    });
    await walk.council('agree', ['sumin']);
    expect(await walk.waiting()).toEqual({ 责任追究机关集体审议: ['gaoyuan'] });
    await walk.council('agree', ['gaoyuan']);
    expect(await walk.waiting()).toEqual({ 集体审议纪要: ['dingyiming'] });
  });

  test('[V8] a letter of before is signed for, and its rectification is still there', async () => {
    const walk = await walkOf('RC-420500-2026-0004');
    await walk.submit('songqiao', '签收决定书', 'sign');
    expect(Object.values(await walk.waiting())[0]).not.toContain('songqiao');
    expect((await w.as('yinchuan').todo()).map(({ node }) => node)).toContain('制定整改方案');
  });
});

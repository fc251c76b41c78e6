/** Two servers on one database, on SQLite and on MariaDB: what both do at once is done once, and nobody overwrites anybody. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Refusal } from '@ganwei/core/refusal';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { takeFolder } from '../../server/publishing/folder.ts';
import { type MariaDb, startMariaDb } from '../store/mariadb.ts';
import { COLOURS, CONTENT, colours, type Office, office, PROCESS, VISIT, visitNamed } from './office.ts';

describe.each(['sqlite', 'mysql'] as const)('two servers (%s)', (dialect) => {
  let mariadb: MariaDb | undefined;
  beforeAll(async () => {
    if (dialect === 'mysql') mariadb = await startMariaDb();
  });
  afterAll(() => mariadb?.stop());

  let one: Office;
  let other: Office;
  const opened = async (): Promise<void> => {
    const dataFolder = mkdtempSync(path.join(tmpdir(), 'ganwei-test-'));
    const options = { now: '2026-09-01T09:00', dataFolder, ...(mariadb && { databaseUrl: mariadb.database() }) };
    one = await office(options);
    other = await office(options);
  };
  afterEach(() => Promise.all([one.w.stop(), other.w.stop()]));

  const reworded = { ...PROCESS, source: visitNamed('核对') };
  const outcome = (done: Promise<unknown>): Promise<unknown> => done.catch((error: Refusal) => error.code ?? error);

  test('[CHG2] two who save one definition at once: one is told that the other was faster; two definitions are both kept', async () => {
    await opened();
    const id = await one.drafted('peiwen', []);
    const same = [
      one.as('peiwen').save(id, PROCESS, visitNamed('甲'), { revision: 0 }),
      other.as('kongwei').save(id, PROCESS, visitNamed('乙'), { revision: 0 }),
    ];
    const outcomes = await Promise.all(same.map(outcome));
    expect(outcomes.filter((done) => done === 'change.moved')).toHaveLength(1);
    const { drafts } = await one.as('peiwen').view(id);
    expect(drafts).toHaveLength(1);
    const more = [
      one.as('peiwen').save(id, COLOURS, colours('绿').source),
      other.as('kongwei').save(id, { ...COLOURS, key: 'shades' }, '{}'),
    ];
    expect((await Promise.all(more.map(outcome))).every((done) => typeof done === 'object')).toBe(true);
    expect((await one.as('peiwen').view(id)).drafts).toHaveLength(3);
  });

  test('[V9] two changes published at once are two releases, and neither undoes the other', async () => {
    await opened();
    const flow = await one.agreed('peiwen', 'kongwei', [reworded]);
    const colour = await one.agreed('peiwen', 'kongwei', [{ ...COLOURS, source: colours('绿').source }]);
    const done = await Promise.all([one.as('peiwen').publish(flow), other.as('kongwei').publish(colour)]);
    expect(done.map(({ release }) => release).sort()).toEqual([2, 3]);
    for (const { w } of [one, other]) await w.host.refresh();
    expect([await other.step(), one.w.host.catalogue().dictionary('colours')?.items[0]?.label]).toEqual(['核对', '绿']);
  });

  test('[V9] one change published by two at once is one release', async () => {
    await opened();
    const id = await one.agreed('peiwen', 'kongwei', [reworded]);
    const done = await Promise.all([outcome(one.as('peiwen').publish(id)), outcome(other.as('kongwei').publish(id))]);
    expect(done).toContainEqual({ release: 2, findings: [] });
    expect(done).toContain('change.barred');
    expect((await one.as('peiwen').releases()).rows).toHaveLength(2);
  });

  test('[CHG9] a change that waits for its day is published by one of them', async () => {
    await opened();
    const id = await one.agreed('peiwen', 'kongwei', [reworded]);
    await one.as('peiwen').publish(id, '2026-09-03');
    await Promise.all([one.w.at('2026-09-03T08:00'), other.w.at('2026-09-03T08:00')]);
    const { state, record } = await one.as('peiwen').view(id);
    expect([state, record.filter(({ what }) => what === 'published')]).toMatchObject([
      'published',
      [{ by: { id: '' } }],
    ]);
    expect((await other.as('kongwei').releases()).rows).toHaveLength(2);
  });

  test('[V11] both start with a folder that would overwrite: one change waits', async () => {
    await opened();
    await one.published('peiwen', 'kongwei', [reworded]);
    await other.w.host.refresh();
    const files = CONTENT.map((file) => (file === VISIT ? { ...VISIT, source: visitNamed('目录里的') } : file));
    await Promise.all([takeFolder(one.w.host, files), takeFolder(other.w.host, files)]);
    expect((await one.as('peiwen').list()).rows).toHaveLength(1);
    expect(await one.step()).toBe('核对');
  });
});

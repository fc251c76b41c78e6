/** A ledger whose columns have changed is filled in for cases that have long ended: a few at a time, once, across restarts and servers. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SourceFile } from '../../server/catalogue/folder.ts';
import { fillLedgers } from '../../server/commands/fill-ledgers.ts';
import { lacks } from '../../server/directory/readiness.ts';
import { AGREE, bpmn, end, FORMS, line, start, user } from './content.ts';
import { type World, world } from './world.ts';

const FLOW = bpmn(
  'ask',
  [start(), user('check', '审查', `assignees='["fuzheng"]'`, AGREE), end(), line('start', 'check', 'end')].join('\n'),
);

const column = (key: string, value: string, slot: string) => ({ key, label: key, value, slot });

const ledger = (title: string, columns: object[]): SourceFile => ({
  kind: 'ledger',
  key: 'L1',
  file: 'L1.ledger.json',
  source: JSON.stringify({
    ledger: 'L1',
    title,
    source: { kind: 'case', process: 'ask' },
    columns,
    who: 'true',
    rows: [{ who: 'true' }],
    sort: { column: 'subject', descending: false },
  }),
});

const SUBJECT = column('subject', 'request.subject', 't1');
const BEFORE = ledger('申请台账', [SUBJECT]);
const AFTER = ledger('申请台账', [SUBJECT, column('kind', '"第" + request.subject', 't2')]);

const WORDS: SourceFile = {
  kind: 'directory',
  key: 'directory',
  file: 'forms/directory.json',
  source: readFileSync(path.resolve(import.meta.dirname, '../../forms/directory.json'), 'utf8'),
};

let dataFolder: string;
let w: World;
const open = (one: SourceFile): Promise<World> => world({ content: [...FORMS, FLOW, WORDS, one], dataFolder });
const kinds = async (): Promise<unknown[]> =>
  (await w.as('fuzheng').ledger('L1')).rows.map(({ cells }) => cells.kind ?? null);
const filling = async () =>
  (await lacks(w.host)).map(({ reason }) => reason).filter(({ code }) => code === 'ready.filling');

beforeEach(async () => {
  dataFolder = mkdtempSync(path.join(tmpdir(), 'ganwei-test-'));
  w = await open(BEFORE);
  for (const subject of ['一', '二', '三', '四', '五']) {
    await w.as('songqiao').start('ask', { subject });
    await w.as('fuzheng').submit('审查', 'agree');
  }
  while (!(await fillLedgers(w.host)));
  await w.stop();
  w = await open(AFTER);
});
afterEach(() => w.stop());

describe('[R34] a new column', () => {
  test('is filled in for cases that have ended, a few at a time, and the administrator sees how far it is', async () => {
    expect(await kinds()).toEqual([null, null, null, null, null]);
    expect(await fillLedgers(w.host, 2)).toBe(false);
    expect((await kinds()).filter(Boolean)).toEqual(['第一', '第二']);
    expect(await filling()).toMatchObject([{ params: { title: '申请台账', percent: 40 } }]);
    while (!(await fillLedgers(w.host, 2)));
    expect((await kinds()).sort()).toEqual(['第一', '第二', '第三', '第四', '第五'].sort());
    expect(await filling()).toEqual([]);
  });

  test('goes on after a restart where it was, and nothing is written twice', async () => {
    await fillLedgers(w.host, 2);
    await w.stop();
    w = await open(AFTER);
    expect(await filling()).toMatchObject([{ params: { percent: 40 } }]);
    let batches = 0;
    while (!(await fillLedgers(w.host, 2))) batches += 1;
    expect(batches).toBe(2);
    expect((await kinds()).filter(Boolean)).toHaveLength(5);
  });

  test('is filled in by one of two servers that begin at once', async () => {
    await Promise.all([fillLedgers(w.host, 2), fillLedgers(w.host, 2)]);
    expect((await kinds()).filter(Boolean)).toEqual(['第一', '第二']);
    while (!(await fillLedgers(w.host, 2)));
    expect((await kinds()).filter(Boolean)).toHaveLength(5);
  });

  test('is filled in for all but one that cannot be read', async () => {
    await w.host.store.transaction((tx) =>
      tx('cases').where({ title: '三' }).orWhere('number', 'like', '%-0003').update({ version: 99 }),
    );
    while (!(await fillLedgers(w.host)));
    expect((await kinds()).filter(Boolean).sort()).toEqual(['第一', '第二', '第四', '第五'].sort());
    expect(w.log.join()).toContain('the row of a ledger was not written again');
  });

  test('leaves case, record and revision as they were', async () => {
    const rows = async () => [await w.host.store.reader('cases'), await w.rows()];
    const before = await rows();
    while (!(await fillLedgers(w.host)));
    expect(await rows()).toEqual(before);
  });
});

test('[R34] another title or width writes no row again', async () => {
  while (!(await fillLedgers(w.host)));
  await w.stop();
  w = await open({ ...AFTER, source: AFTER.source.replace('申请台账', '申请一览') });
  expect(await fillLedgers(w.host)).toBe(true);
});

/** What an overview tells to whom: figures of the rows that his ledger lists, at every moment, and nothing of the others. */

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SourceFile } from '../../server/catalogue/folder.ts';
import { countLedgers } from '../../server/commands/count-ledgers.ts';
import { fillLedgers } from '../../server/commands/fill-ledgers.ts';
import { overviewList, overviewView } from '../../server/queries/overview.ts';
import { AGREE, bpmn, end, FORMS, line, start, user } from '../commands/content.ts';
import { type World, world } from '../commands/world.ts';

const FLOW = bpmn(
  'ask',
  [
    start(),
    user('check', '审查', `assignees='["fuzheng"]' form="opinion" as="check"`, AGREE),
    end(),
    line('start', 'check', 'end'),
  ].join('\n'),
);

const CHOICES = ['办理中', '已办结'].map((value) => ({ value, label: `状态：${value}` }));

const json = (kind: 'ledger' | 'overview', key: string, content: object): SourceFile => ({
  kind,
  key,
  file: `${key}.${kind}.json`,
  source: JSON.stringify({ [kind]: key, ...content }),
});

/** Whoever checks sees all rows, others those of their units; nobody else may open it. */
const LEDGER = {
  title: '申请台账',
  source: { kind: 'case', process: 'ask' },
  columns: [
    { key: 'subject', label: '事由', value: 'request.subject', slot: 't1', filter: 'contains' },
    {
      key: 'state',
      label: '状态',
      type: 'choice',
      value: 'if check = null then "办理中" else "已办结"',
      slot: 't2',
      filter: 'choice',
      choices: CHOICES,
    },
    { key: 'organ', label: '单位', value: 'case.starterUnit', slot: 't3', who: 'false' },
    { key: 'on', label: '申请日', type: 'datetime', value: 'case.startedAt', slot: 'd1', filter: 'range' },
    { key: 'score', label: '分', type: 'number', value: 'check.score', slot: 'n1', filter: 'range' },
  ],
  who: 'actor.id != "zhenghang"',
  rows: [
    { who: 'actor.id = "fuzheng"' },
    { who: 'actor.id != "luchuan"', where: [{ column: 'organ', in: 'actor.units' }] },
  ],
  participants: true,
  sort: { column: 'subject', descending: false },
  sums: [{ by: ['state', 'on'], of: ['score'] }, { by: ['subject'] }],
};

const chart = (key: string, more: object) => ({
  key,
  title: key,
  statement: '共 {= total }：{= for f in figures return f.label + string(f.value) }',
  unit: '件',
  kind: 'bar',
  ...more,
});
const OVERVIEW = {
  title: '申请概览',
  who: 'true',
  charts: [
    chart('states', { ledger: 'L1', by: 'state' }),
    chart('months', { ledger: 'L1', by: 'on', split: 'state', kind: 'line' }),
    chart('scores', { ledger: 'L1', by: 'state', measure: { average: 'score' } }),
    chart('recent', {
      kind: 'numbers',
      parts: [
        { key: 'all', label: '全部', ledger: 'L1' },
        {
          key: 'september',
          label: '九月起办结',
          ledger: 'L1',
          where: [
            { column: 'on', from: 'date("2026-09-01")' },
            { column: 'state', in: '["已办结"]' },
          ],
        },
        { key: 'points', label: '总分', ledger: 'L1', measure: { sum: 'score' } },
      ],
    }),
    chart('subjects', { ledger: 'L1', by: 'subject' }),
  ],
};

let w: World;
const look = (id: string) => overviewView(w.host, w.actor(id), 'O1');
const figures = async (id: string, key: string) => {
  const { charts } = await look(id);
  return charts
    .find((one) => one.key === key)!
    .figures.map(({ key: of, split, value }) => [of, ...(split === null ? [] : [split]), value]);
};
const fill = async () => {
  while (!(await fillLedgers(w.host)));
};

beforeEach(async () => {
  w = await world({
    content: [...FORMS, FLOW, json('ledger', 'L1', LEDGER), json('overview', 'O1', OVERVIEW)],
    now: '2026-07-20T09:00',
  });
  await fill();
  for (const [subject, month] of [
    ['一', '07'],
    ['二', '09'],
    ['三', '09'],
  ] as const) {
    await w.at(`2026-${month}-20T10:00`);
    await w.as('songqiao').start('ask', { subject });
    if (subject !== '三') await w.as('fuzheng').submit('审查', 'agree', { score: subject === '一' ? 4 : 5 });
  }
  await w.as('luchuan').start('ask', { subject: '三' });
});
afterEach(() => w.stop());

describe('[SUM1] the figures', () => {
  test('are those of the step that was done last, before and after they are counted', async () => {
    const expected = [
      ['办理中', 2],
      ['已办结', 2],
    ];
    expect(await figures('fuzheng', 'states')).toEqual(expected);
    await countLedgers(w.host);
    expect(await figures('fuzheng', 'states')).toEqual(expected);
    await w.as('fuzheng').submit('审查', 'agree', { score: 1 });
    expect(await figures('fuzheng', 'states')).toEqual([
      ['办理中', 1],
      ['已办结', 3],
    ]);
  });

  test('come by months without a gap, in the order of the choices, as averages and sums of what is filled in', async () => {
    expect(await figures('fuzheng', 'months')).toEqual([
      ['2026-07', '已办结', 1],
      ['2026-09', '办理中', 2],
      ['2026-09', '已办结', 1],
    ]);
    expect(await figures('fuzheng', 'scores')).toEqual([
      ['办理中', 0],
      ['已办结', 4.5],
    ]);
    expect(await figures('fuzheng', 'recent')).toEqual([
      ['all', 4],
      ['september', 1],
      ['points', 9],
    ]);
    const { charts } = await look('fuzheng');
    expect(charts[0]!.statement).toBe('共 4：状态：办理中2、状态：已办结2');
    expect(charts.map(({ by, isByMonth, participants }) => [by, isByMonth, participants])).toEqual([
      ['状态', false, true],
      ['申请日', true, true],
      ['状态', false, true],
      ['', false, true],
      ['事由', false, true],
    ]);
  });
});

describe('[OVW2] an overview', () => {
  test('counts for everybody the rows that the rules of the ledger give him, without the cases he merely takes part in', async () => {
    expect(await figures('songqiao', 'states')).toEqual([
      ['办理中', 1],
      ['已办结', 2],
    ]);
    expect(await figures('songqiao', 'subjects')).toEqual([
      ['一', 1],
      ['三', 1],
      ['二', 1],
    ]);
    // A unit from which nobody has asked anything.
    expect(
      (await look('duheng')).charts.flatMap((one) => one.figures.map(({ value }) => value)).filter((n) => n > 0),
    ).toEqual([]);
  });

  test('is not there for whom the ledger is not, or whom no rule of it gives a row, though he takes part', async () => {
    for (const id of ['zhenghang', 'luchuan']) {
      expect(overviewList(w.host, w.actor(id))).toEqual([]);
      await expect(look(id)).rejects.toMatchObject({ code: 'not.found' });
    }
    expect((await w.as('luchuan').ledger('L1')).count).toBe(1);
  });
});

test('[SUM3] the server counts by itself what steps have noted', async () => {
  const waiting = () => w.host.store.reader('ledger_changes').where({ ledger: 'L1' });
  expect(await waiting()).toHaveLength(4);
  w.platform.worker.start();
  await vi.waitFor(async () => expect(await waiting()).toEqual([]), { timeout: 10_000 });
  expect(await figures('fuzheng', 'states')).toEqual([
    ['办理中', 2],
    ['已办结', 2],
  ]);
});

test('[OVW4] every figure leads to a page of the ledger that lists just as many rows', async () => {
  for (const id of ['fuzheng', 'songqiao', 'duheng'])
    for (const one of (await look(id)).charts.filter(({ key }) => key !== 'scores'))
      for (const { key, ledger, filters, value } of one.figures.filter(({ key }) => key !== 'points'))
        expect([id, one.key, key, (await w.as(id).ledger(ledger, { filters, counted: true })).count]).toEqual([
          id,
          one.key,
          key,
          value,
        ]);
});

test('[OVW4] what stands nowhere in a column is listed, too', async () => {
  expect((await w.as('fuzheng').ledger('L1', { filters: [{ column: 'score', op: 'empty', value: '' }] })).count).toBe(
    2,
  );
});

describe('[SUM4] while the rows of a ledger are written anew', () => {
  test('its charts say so and show no figure, until all are', async () => {
    await w.host.store.transaction((tx) => tx('settings').where('name', 'like', 'ledger-filled/%').delete());
    for (const one of (await look('fuzheng')).charts)
      expect([one.isFilling, one.figures, one.statement]).toEqual([true, [], '']);
    await fill();
    expect(await figures('fuzheng', 'states')).toEqual([
      ['办理中', 2],
      ['已办结', 2],
    ]);
  });
});

/** What every part of the house relies on, on both databases alike: whole transactions, lost races, paging, literal search. */
import { Conflict } from '@ganwei/core/refusal';
import { expect, test } from 'vitest';
import { insertCase, loadCase, loadValues, putValues, startedCases, updateCase } from '../../server/store/cases.ts';
import { putSetting, setting } from '../../server/store/definitions.ts';
import { dueEffects, enqueue, finishEffect, revive, takeEffect } from '../../server/store/effects.ts';
import { ledgerRows, tallyRows } from '../../server/store/ledger-pages.ts';
import { addRecord, type LedgerRowRow, putLedgerRow, recordsOf } from '../../server/store/ledgers.ts';
import { nextNumber } from '../../server/store/letters.ts';
import {
  appendHistory,
  CHAIN_START,
  type HistoryEntry,
  historyOf,
  linkHistory,
  verifyChain,
} from '../../server/store/record.ts';
import { insertAll, loadTask, todo, updateTask } from '../../server/store/work.ts';
import { onBoth, persistently } from './both.ts';
import { caseRow, effectRow, itemRow } from './rows.ts';

onBoth('the store', (stage) => {
  test('[P1] a transaction that throws leaves nothing behind', async () => {
    const { store } = stage;
    const failing = store.transaction(async (tx) => {
      await putSetting(tx, 'half', '1');
      await insertCase(tx, caseRow('half'));
      throw new Error('stop');
    });
    await expect(failing).rejects.toThrow('stop');
    expect(await setting(store.reader, 'half')).toBeUndefined();
    expect(await loadCase(store.reader, 'half')).toBeUndefined();
  });

  test('[P5] a case moves only from the revision it was read at; the slower of two writers changes nothing', async () => {
    const { store } = stage;
    await store.transaction((tx) => insertCase(tx, caseRow('race')));
    const read = (await loadCase(store.reader, 'race'))!;
    await store.transaction((tx) => updateCase(tx, read, { title: '甲' }));
    const late = store.transaction(async (tx) => {
      await putSetting(tx, 'late', '1');
      await updateCase(tx, read, { title: '乙' });
    });
    await expect(late).rejects.toBeInstanceOf(Conflict);
    expect(await loadCase(store.reader, 'race')).toMatchObject({ title: '甲', revision: 2 });
    expect(await setting(store.reader, 'late')).toBeUndefined();
  });

  test('[P5] two who append to the same record at once: one wins, the other is a lost race, not a fault', async () => {
    const { store } = stage;
    await store.transaction((tx) => insertCase(tx, caseRow('beside')));
    const entry: HistoryEntry = { at: 1, kind: 'commented', person: 'a', node: '', detail: {} };
    const write = () =>
      store.transaction(async (tx) => {
        const row = (await loadCase(tx, 'beside'))!;
        const { rows, end } = linkHistory(row.id, { seq: row.entries, hash: row.history_hash }, [entry]);
        await appendHistory(tx, rows);
        await updateCase(tx, row, { entries: end.seq, history_hash: end.hash });
      });
    const results = await Promise.allSettled([write(), write(), write(), write()]);
    for (const result of results) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(Conflict);
    const won = results.filter((result) => result.status === 'fulfilled').length;
    const row = (await loadCase(store.reader, 'beside'))!;
    expect(won).toBeGreaterThan(0);
    expect(row.entries).toBe(won);
    const end = { seq: row.entries, hash: row.history_hash };
    expect(verifyChain('beside', await historyOf(store.reader, 'beside'), end)).toBe(true);
  });

  test('[L1] fifty transactions at once, some of which fail: the numbers of the others have no gap and no double', async () => {
    const { store } = stage;
    const draw = (index: number) =>
      persistently(store, async (tx) => {
        const number = await nextNumber(tx, 'test/2026');
        if (index % 5 === 4) throw new Error('thought better of it');
        return number;
      });
    const drawn = await Promise.allSettled(Array.from({ length: 50 }, (_, index) => draw(index)));
    const numbers = drawn.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  });

  test('[Q3] the to-do list read page by page is the list read at once: priority, then deadline', async () => {
    const { store } = stage;
    const rows = [3, 1, 1, 2, 1, 3, 2].map((due, i) => itemRow(`i${i}`, { due_at: due, rank: i % 3 === 0 ? 0 : 1 }));
    const waiting = itemRow('i9', { rank: 9 });
    await store.transaction((tx) => insertAll(tx, 'work_items', [...rows, waiting]));
    const whole = (await todo(store.reader, 'fuzheng', { q: '', limit: 100 })).map((row) => row.id);
    expect(whole).toEqual(['i3', 'i0', 'i6', 'i1', 'i2', 'i4', 'i5'].sort(byRankAndDue(rows)));
    const paged: string[] = [];
    for (;;) {
      const last = rows.find((row) => row.id === paged.at(-1));
      const after = last && { rank: last.rank, due: last.due_at, id: last.id };
      const page = await todo(store.reader, 'fuzheng', { q: '', limit: 2, ...(after && { after }) });
      if (page.length === 0) break;
      paged.push(...page.map((row) => row.id));
    }
    expect(paged).toEqual(whole);
  });

  test.each([
    ['t1', false],
    ['t1', true],
    ['n1', false],
    ['d1', true],
  ] as const)(
    '[Q3] a ledger sorted by %s (descending: %s) read page by page misses no row, empty cells included',
    async (slot, descending) => {
      const { store } = stage;
      const ledger = `L${slot}${descending}`;
      const values = [3, null, 1, 2, null, 2, 3, null, 1];
      await store.transaction(async (tx) => {
        for (const [index, value] of values.entries()) {
          const cell = value === null || slot !== 't1' ? value : `第${value}类`;
          await putLedgerRow(tx, ledgerRow(ledger, `r${index}`, { [slot]: cell }));
        }
      });
      const page = {
        visible: { all: true, alternatives: [], participant: null },
        filters: [],
        sort: { slot, descending },
      };
      const read = (after: LedgerRowRow | undefined, limit: number) => {
        const mark = after ? { value: after[slot] ?? null, id: after.id } : null;
        return ledgerRows(store.reader, ledger, { ...page, after: mark, limit });
      };
      const whole = await read(undefined, 100);
      expect(whole).toHaveLength(values.length);
      const paged: LedgerRowRow[] = [];
      for (let rows = await read(undefined, 2); rows.length > 0; rows = await read(rows.at(-1), 2)) paged.push(...rows);
      expect(paged.map((row) => row.id)).toEqual(whole.map((row) => row.id));
      const tally = (cap: number) => tallyRows(store.reader, ledger, page, { cap, sums: ['n1'] });
      expect(await tally(5)).toMatchObject({ count: 5 });
      expect(await tally(100)).toEqual({ count: 9, sums: { n1: slot === 'n1' ? 12 : 0 } });
    },
  );

  test('[R1] putting a ledger row twice keeps one row with the last cells, also when nothing has changed', async () => {
    const { store } = stage;
    for (const title of ['一', '二', '二']) {
      await store.transaction((tx) => putLedgerRow(tx, ledgerRow('put', 'r1', { t1: title })));
    }
    expect(await store.reader('ledger_rows').where({ ledger: 'put' }).select('t1')).toEqual([{ t1: '二' }]);
  });

  test('[Q4] a search takes %, _ and ! as they are, and letters in either case', async () => {
    const { store } = stage;
    const titles = ['完成率100%', '完成率100分', '表_1', '表21', '好！', 'GB/T 9704'];
    await store.transaction(async (tx) => {
      for (const [i, title] of titles.entries())
        await insertCase(tx, caseRow(`s${i}`, { title, starter_id: 'qinxiao' }));
    });
    const find = async (q: string) =>
      (await startedCases(store.reader, 'qinxiao', { q, limit: 10 })).map((row) => row.title);
    expect(await find('100%')).toEqual(['完成率100%']);
    expect(await find('表_')).toEqual(['表_1']);
    expect(await find('好！')).toEqual(['好！']);
    expect(await find('gb/t')).toEqual(['GB/T 9704']);
    expect(await find('完成率')).toHaveLength(2);
  });

  test('[Q20] a search finds what is there, of either case and either width, in lists and in ledgers', async () => {
    const { store } = stage;
    const titles = ['滨江Ⅱ期', 'Ａ区改造', 'Б座加固', 'Ｇｂ标准'];
    await store.transaction(async (tx) => {
      for (const [i, title] of titles.entries())
        await insertCase(tx, caseRow(`f${i}`, { title, starter_id: 'shilei' }));
    });
    const find = async (q: string) =>
      (await startedCases(store.reader, 'shilei', { q, limit: 10 })).map((row) => row.title);
    for (const [i, q] of ['Ⅱ期', 'Ａ区', 'Б座', 'Ｇｂ'].entries()) expect(await find(q)).toEqual([titles[i]]);
    expect([await find('ⅱ期'), await find('ii期'), await find('a区'), await find('б座'), await find('GB')]).toEqual(
      [0, 0, 1, 2, 3].map((i) => [titles[i]]),
    );
  });

  test('[O2] two workers take each due effect exactly once; a failed one dies and comes back under its own id', async () => {
    const { store } = stage;
    const ids = Array.from({ length: 20 }, (_, index) => `e${10 + index}`);
    await store.transaction((tx) =>
      enqueue(
        tx,
        ids.map((id) => effectRow(id)),
      ),
    );
    const worker = async () => {
      const taken: string[] = [];
      for (const row of await dueEffects(store.reader, 2000, 50)) {
        if (await persistently(store, (tx) => takeEffect(tx, row, 9000))) taken.push(row.id);
      }
      return taken;
    };
    const taken = (await Promise.all([worker(), worker()])).flat();
    expect(taken.sort()).toEqual(ids);
    const [row] = await store.reader('outbox').where({ id: 'e10' });
    const end = { at: 3000, dead: true, attempts: 7, error: '对方返回 500' };
    await store.transaction((tx) => finishEffect(tx, row, end));
    expect(await dueEffects(store.reader, 10_000, 50)).toHaveLength(19);
    expect(await store.transaction((tx) => revive(tx, 'e10', 4000))).toBe(true);
    expect(await store.transaction((tx) => revive(tx, 'e10', 4000))).toBe(false);
    const back = await store.reader('outbox').where({ id: 'e10' }).first();
    expect(back).toMatchObject({ id: 'e10', attempts: 0, next_at: 4000 });
  });

  test('[H1] the record verifies as written; a changed, a missing and a surplus entry break it', async () => {
    const { store } = stage;
    const entries = ['started', 'submitted', 'ended'].map((kind, i) => ({
      at: 1_780_000_000_000 + i,
      kind,
      person: 'songqiao',
      node: '审查',
      detail: { comment: '同意😀', amount: 12.5, nothing: null },
    }));
    const linked = linkHistory('h1', { seq: 0, hash: CHAIN_START }, entries);
    await store.transaction((tx) => appendHistory(tx, linked.rows));
    const { end } = linked;
    const rows = await historyOf(store.reader, 'h1');
    expect(verifyChain('h1', rows, end)).toBe(true);
    expect(verifyChain('h2', rows, end)).toBe(false);
    expect(verifyChain('h1', rows.slice(0, 2), end)).toBe(false);
    expect(verifyChain('h1', [rows[0]!, { ...rows[1]!, person_id: 'gaoyuan' }, rows[2]!], end)).toBe(false);
    expect(verifyChain('h1', [...rows, { ...rows[2]!, seq: 4 }], end)).toBe(false);
  });

  test('[STO1] documents come back as they were put: long texts, four-byte characters, large and small numbers', async () => {
    const { store } = stage;
    const value = { text: '敢为'.repeat(60_000), face: '😀𠮷', big: 9_007_199_254_740_991, money: 0.1, none: null };
    await store.transaction((tx) => putValues(tx, 'v1', [['form', value]]));
    await store.transaction((tx) => putValues(tx, 'v1', [['other', [1]]]));
    await store.transaction((tx) => putValues(tx, 'v1', [['other', [2]]]));
    const loaded = await loadValues(store.reader, 'v1');
    expect(loaded.get('form')).toEqual(value);
    expect(loaded.get('other')).toEqual([2]);
  });

  test('[STO7] a text longer than its column is cut alike by both databases, and found again by the whole of it', async () => {
    const { store } = stage;
    const key = '很长的关联键'.repeat(60);
    const row = { id: 'r1', ledger: 'long', case_id: null, record_key: key, form: 'f', values: {}, at: 1, by: 'a' };
    await store.transaction((tx) => addRecord(tx, { ...row, voided_by: null }));
    expect(await recordsOf(store.reader, 'long', [key], 10)).toMatchObject([
      { id: 'r1', record_key: key.slice(0, 190) },
    ]);
    expect(await recordsOf(store.reader, 'long', [key.slice(1)], 10)).toEqual([]);
  });

  test('[STO60] documents and flags are values on this side of the store, whether they are set, changed or absent', async () => {
    const { store } = stage;
    const task = {
      id: 'sh1',
      case_id: 'c',
      slot: 's',
      node: 'n',
      name: '办理',
      round: 1,
      revision: 1,
      opened_at: 1,
      due_at: null,
    };
    const signing = { mode: 'all', seats: [{ person: 'a', after: [], weight: 1 }], signed: [] };
    const flags = { due_provisional: false, priority: true };
    await store.transaction((tx) => insertAll(tx, 'tasks', [{ ...task, ...flags, signing, resume: null }]));
    expect(await loadTask(store.reader, 'sh1')).toEqual({ ...task, ...flags, signing, resume: null });
    await store.transaction((tx) => updateTask(tx, 'sh1', { resume: { to: 'n' }, due_provisional: true }));
    expect(await loadTask(store.reader, 'sh1')).toMatchObject({ signing, resume: { to: 'n' }, due_provisional: true });
  });

  test('[STO2] keys tell upper from lower case and one accent from another', async () => {
    const { store } = stage;
    const names = ['key', 'Key', 'kéy'];
    for (const name of names) await store.transaction((tx) => putSetting(tx, name, name));
    for (const name of names) expect(await setting(store.reader, name)).toBe(name);
  });
});

const ledgerRow = (ledger: string, id: string, slots: Record<string, string | number | null>): LedgerRowRow => ({
  ledger,
  id,
  case_id: null,
  cells: {},
  created_at: 1000,
  ...slots,
});

const byRankAndDue = (rows: readonly { id: string; rank: number; due_at: number }[]) => (a: string, b: string) => {
  const [x, y] = [a, b].map((id) => rows.find((row) => row.id === id)!) as [(typeof rows)[0], (typeof rows)[0]];
  return x.rank - y.rank || x.due_at - y.due_at || (a < b ? -1 : 1);
};

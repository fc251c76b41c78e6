/** Figures of ledgers against the rows themselves, counted one by one: whatever changes, whenever it is counted, and however many servers count. */
import { Conflict } from '@ganwei/core/refusal';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { putLedgerRow } from '../../server/store/ledgers.ts';
import type { Store } from '../../server/store/open.ts';
import {
  type Counting,
  countNoted,
  dropOtherVersions,
  type Figure,
  figuresOf,
  notedOf,
  together,
} from '../../server/store/sums.ts';
import { onBoth, persistently } from './both.ts';

const SUMMARIES: readonly Counting[] = [
  { index: 0, by: ['status', 'organ'], of: [] },
  { index: 1, by: ['organ', 'month'], of: ['days', 'money'] },
];

interface Row {
  status: string;
  organ: string | null;
  month: string | null;
  days: number | null;
  money: number | null;
}

type Act = { write: [id: number, row: Row][] } | { count: [servers: number, portion: number] } | 'look';

const row: fc.Arbitrary<Row> = fc.record({
  status: fc.constantFrom('受理中', '已办结', '已撤回'),
  organ: fc.constantFrom('u1', 'u2', null),
  month: fc.constantFrom('2026-01', '2026-02', null),
  days: fc.option(fc.integer({ min: 0, max: 40 })),
  money: fc.option(fc.integer({ min: -500, max: 500 }).map((cents) => cents / 100)),
});
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ write: fc.array(fc.tuple(fc.nat(7), row), { minLength: 1, maxLength: 5 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ count: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 6 })) }),
  },
  { weight: 2, arbitrary: fc.constant('look' as const) },
);

const put = (store: Store, ledger: string, version: string, id: number, cells: Row): Promise<void> =>
  persistently(store, (tx) =>
    putLedgerRow(tx, {
      ledger,
      id: `r${id}`,
      case_id: null,
      cells: { ...cells },
      created_at: 1,
      tally: { version, cells: { ...cells } },
    }),
  );

/** As the worker does it: one that was not the first gives up until the next time. */
async function count(store: Store, ledger: string, version: string, portion: number): Promise<void> {
  for (;;) {
    const noted = await notedOf(store.reader, { ledger, version }, portion);
    if (noted.length === 0) return;
    try {
      await store.transaction((tx) => countNoted(tx, { ledger, version }, SUMMARIES, noted));
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      return;
    }
  }
}

type Told = Record<string, [n: number, sums: number[], filled: number[]]>;

function told(figures: readonly Figure[]): Told {
  const found = new Map<string, Figure>();
  for (const figure of figures) {
    const key = JSON.stringify(figure.values);
    const known = found.get(key);
    found.set(key, known ? together(known, figure) : figure);
  }
  const round = (numbers: readonly number[]) => numbers.map((number) => Math.round(number * 1e6) / 1e6 + 0);
  return Object.fromEntries(
    [...found].filter(([, { n }]) => n !== 0).map(([key, { n, sums, filled }]) => [key, [n, round(sums), [...filled]]]),
  );
}

const recounted = (rows: ReadonlyMap<number, Row>, { by, of }: Counting): Told =>
  told(
    [...rows.values()].map((one) => {
      const cells = one as unknown as Record<string, string | number | null>;
      const numbers = of.map((column) => cells[column] as number | null);
      return {
        values: by.map((column) => cells[column]!),
        n: 1,
        sums: numbers.map((number) => number ?? 0),
        filled: numbers.map((number) => (number === null ? 0 : 1)),
      };
    }),
  );

onBoth('figures of ledgers', (stage) => {
  let run = 0;

  test('[SUM2] are what the rows say when they are counted one by one, whenever it was counted and by however many servers', async () => {
    const { store } = stage;
    const property = fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 25 }), async (acts) => {
      const ledger = `L${run++}`;
      const rows = new Map<number, Row>();
      let counting: Promise<void>[] = [];
      const looked = async () => {
        for (const summary of SUMMARIES)
          expect(told(await figuresOf(store.reader, { ledger, version: 'v' }, summary))).toEqual(
            recounted(rows, summary),
          );
      };
      for (const one of acts) {
        if (one === 'look') await looked();
        else if ('count' in one)
          counting.push(...Array.from({ length: one.count[0] }, () => count(store, ledger, 'v', one.count[1])));
        else {
          for (const [id, cells] of one.write) {
            await put(store, ledger, 'v', id, cells);
            rows.set(id, cells);
          }
        }
      }
      await looked();
      await Promise.all(counting);
      counting = [];
      await count(store, ledger, 'v', 100);
      await looked();
      // What has been counted stands alone then: nothing is left that waits, and no kind of row without rows.
      expect(await notedOf(store.reader, { ledger, version: 'v' }, 1)).toEqual([]);
      expect(await store.reader('ledger_sums').where({ ledger }).where('n', '<=', 0)).toEqual([]);
    });
    await fc.assert(property, { numRuns: store.dialect === 'sqlite' ? 150 : 40 });
  }, 120_000);

  test('[SUM3] two servers that count at once count each row once', async () => {
    const { store } = stage;
    for (let id = 0; id < 200; id++)
      await put(store, 'twice', 'v', id, { status: '受理中', organ: 'u1', month: null, days: 1, money: null });
    await Promise.all([1, 2, 3].map(() => count(store, 'twice', 'v', 20)));
    await count(store, 'twice', 'v', 20);
    const [sum] = await store.reader('ledger_sums').where({ ledger: 'twice', summary: 1 });
    expect([sum.n, sum.sum1, sum.filled1, sum.filled2]).toEqual([200, 200, 200, 0]);
  });

  test('[SUM1] a row that counts as it did is not noted again, unless what it counted as meanwhile still waits', async () => {
    const { store } = stage;
    const cells: Row = { status: '受理中', organ: 'u1', month: null, days: null, money: null };
    const state = { ledger: 'same', version: 'v' };
    await put(store, 'same', 'v', 1, cells);
    await count(store, 'same', 'v', 10);
    await put(store, 'same', 'v', 1, cells);
    expect(await notedOf(store.reader, state, 10)).toEqual([]);
    await put(store, 'same', 'v', 1, { ...cells, status: '已办结' });
    await put(store, 'same', 'v', 1, cells);
    expect(await notedOf(store.reader, state, 10)).toHaveLength(1);
    expect(told(await figuresOf(store.reader, state, SUMMARIES[0]!))).toEqual({ '["受理中","u1"]': [1, [], []] });
    await count(store, 'same', 'v', 10);
    expect(told(await figuresOf(store.reader, state, SUMMARIES[0]!))).toEqual({ '["受理中","u1"]': [1, [], []] });
  });

  test('[SUM3] a row that moves on while it is being counted is not lost: the count is taken back', async () => {
    const { store } = stage;
    const cells: Row = { status: '受理中', organ: 'u1', month: null, days: null, money: null };
    const state = { ledger: 'late', version: 'v' };
    await put(store, 'late', 'v', 1, cells);
    const noted = await notedOf(store.reader, state, 10);
    await put(store, 'late', 'v', 1, { ...cells, status: '已办结' });
    await expect(store.transaction((tx) => countNoted(tx, state, SUMMARIES, noted))).rejects.toBeInstanceOf(Conflict);
    await count(store, 'late', 'v', 10);
    expect(told(await figuresOf(store.reader, state, SUMMARIES[0]!))).toEqual({ '["已办结","u1"]': [1, [], []] });
  });

  test('[SUM4] what was counted for other columns is not mixed with what is counted now, and is dropped', async () => {
    const { store } = stage;
    const cells: Row = { status: '受理中', organ: 'u1', month: null, days: null, money: null };
    for (const id of [1, 2, 3]) await put(store, 'other', 'v1', id, cells);
    await count(store, 'other', 'v1', 10);
    await put(store, 'other', 'v2', 1, cells);
    const figures = async () => told(await figuresOf(store.reader, { ledger: 'other', version: 'v2' }, SUMMARIES[0]!));
    expect(await figures()).toEqual({ '["受理中","u1"]': [1, [], []] });
    await count(store, 'other', 'v2', 10);
    await store.transaction((tx) => dropOtherVersions(tx, { ledger: 'other', version: 'v2' }));
    expect(await figures()).toEqual({ '["受理中","u1"]': [1, [], []] });
    expect(await store.reader('ledger_sums').where({ ledger: 'other' }).whereNot({ version: 'v2' })).toEqual([]);
  });
});

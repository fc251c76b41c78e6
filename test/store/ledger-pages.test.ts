/** Ledger pages for people who see a part of the rows: few and many rows are found in different ways and must be the same rows. */

import { folded } from '@ganwei/core/text';
import { expect, test } from 'vitest';
import {
  ledgerRows,
  type RowPage,
  type SlotFilter,
  tallyRows,
  type Visibility,
} from '../../server/store/ledger-pages.ts';
import type { LedgerRowRow } from '../../server/store/ledgers.ts';
import { insertRows } from '../../server/store/statements.ts';
import { onBoth } from './both.ts';

const ROWS = 2600;

/** Row i: unit `big` but every thirteenth `small`; seven kinds, one of them rare; equal instants by threes. */
const row = (i: number) => {
  const t2 = i % 500 === 7 ? 'rare' : `kind${i % 6}`;
  return { ...plain(i), t2, f2: folded(t2) };
};
const plain = (i: number) => ({
  ledger: 'units',
  id: `r${String(i).padStart(5, '0')}`,
  case_id: `case${i}`,
  cells: '{}',
  created_at: i,
  t1: i % 13 === 0 ? 'small' : 'big',
  n1: 1,
  d1: Math.floor(i / 3),
});
type Row = ReturnType<typeof row>;
const all = Array.from({ length: ROWS }, (_, i) => row(i));

const inUnit = (...units: string[]): SlotFilter[] => [{ slot: 't1', op: 'in', value: units }];
const see = (more: Partial<Visibility>): Visibility => ({ all: false, alternatives: [], participant: null, ...more });
const takesPart = (r: Row) => Number(r.case_id.slice(4)) % 40 === 3;

onBoth('ledger pages', (stage) => {
  test.each<[string, Visibility, SlotFilter[], (r: Row) => boolean]>([
    ['everything', see({ all: true }), [], () => true],
    ['nothing', see({}), [], () => false],
    ['a small unit', see({ alternatives: [inUnit('small')] }), [], (r) => r.t1 === 'small'],
    ['a large unit', see({ alternatives: [inUnit('big')] }), [], (r) => r.t1 === 'big'],
    [
      'a small unit and his own cases',
      see({ alternatives: [inUnit('small')], participant: 'p1' }),
      [],
      (r) => r.t1 === 'small' || takesPart(r),
    ],
    [
      'a large unit and his own cases',
      see({ alternatives: [inUnit('big')], participant: 'p1' }),
      [],
      (r) => r.t1 === 'big' || takesPart(r),
    ],
    ['two overlapping units', see({ alternatives: [inUnit('big'), inUnit('big', 'small')] }), [], () => true],
    ['his own cases', see({ participant: 'p1' }), [], takesPart],
    ['somebody without cases', see({ participant: 'p2' }), [], () => false],
    [
      'a rare kind of everything',
      see({ all: true }),
      [{ slot: 't2', op: 'equals', value: 'rare' }],
      (r) => r.t2 === 'rare',
    ],
    [
      'a rare kind of a small unit',
      see({ alternatives: [inUnit('small')] }),
      [{ slot: 't2', op: 'equals', value: 'rare' }],
      (r) => r.t2 === 'rare' && r.t1 === 'small',
    ],
    [
      'a part of a large unit',
      see({ alternatives: [inUnit('big')], participant: 'p1' }),
      [
        { slot: 'd1', op: 'to', value: 300 },
        { slot: 't2', op: 'contains', value: 'IND1' },
      ],
      (r) => (r.t1 === 'big' || takesPart(r)) && r.d1 <= 300 && r.t2 === 'kind1',
    ],
  ])('[Q5] pages and count are those of a judgment row by row: %s', async (_, visible, filters, meets) => {
    const { store } = stage;
    await store.transaction(async (tx) => {
      if ((await tx('ledger_rows').where({ ledger: 'units' }).limit(1)).length > 0) return;
      await insertRows(tx, 'ledger_rows', [...all, { ...row(1), ledger: 'other', id: 'elsewhere', case_id: 'case3' }]);
      const parts = all.filter(takesPart).flatMap((r) => [
        { case_id: r.case_id, person_id: 'p1', part: 'starter' },
        { case_id: r.case_id, person_id: 'p1', part: 'worker' },
      ]);
      await insertRows(tx, 'case_people', parts);
    });
    const wanted = all.filter(meets).sort((a, b) => b.d1 - a.d1 || (a.id < b.id ? 1 : -1));
    const read = (after: LedgerRowRow | undefined) => {
      const page: RowPage = {
        visible,
        filters,
        sort: { slot: 'd1', descending: true },
        limit: 997,
        after: after ? { value: Number(after.d1), id: after.id } : null,
      };
      return ledgerRows(store.reader, 'units', page);
    };
    const found: string[] = [];
    for (let rows = await read(undefined); rows.length > 0; rows = await read(rows.at(-1)))
      found.push(...rows.map((r) => r.id));
    expect(found).toEqual(wanted.map((r) => r.id));
    const count = wanted.length;
    const tally = (cap: number) => tallyRows(store.reader, 'units', { visible, filters }, { cap, sums: ['n1'] });
    expect(await tally(ROWS + 1)).toEqual({ count, sums: { n1: count } });
    expect((await tally(50)).count).toBe(Math.min(50, count));
  });
});

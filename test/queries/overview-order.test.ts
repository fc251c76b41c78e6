/** In which order figures are told. Rule: [OVW7]. */
import { expect, test } from 'vitest';
import { arranged, grouped, type Ordering } from '../../server/queries/overview-order.ts';
import type { Figure } from '../../server/store/sums.ts';

const figure = (values: Figure['values'], n: number, sum = 0): Figure => ({ values, n, sums: [sum], filled: [n] });
const plain: Ordering = { isByMonth: false, choices: [[]], number: ({ n }) => n, isAverage: false };
const told = (groups: Figure[], more: Partial<Ordering>) => {
  const { kept, rest } = arranged(groups, { ...plain, ...more });
  return { kept: kept.map(({ values, n }) => [...values, n]), rest };
};

test('[OVW7] months follow each other without a gap, and what has no date stands last', () => {
  const groups = [figure([null], 3), figure(['2026-01'], 1), figure(['2025-11'], 2)];
  expect(told(groups, { isByMonth: true }).kept).toEqual([
    ['2025-11', 2],
    ['2025-12', 0],
    ['2026-01', 1],
    [null, 3],
  ]);
});

test('[OVW7] a month without a case has no average', () => {
  const groups = [figure(['2026-01'], 1), figure(['2025-11'], 2)];
  expect(told(groups, { isByMonth: true, isAverage: true }).kept).toEqual([
    ['2025-11', 2],
    ['2026-01', 1],
  ]);
});

test('[OVW7] a wrong date far away makes no chart of centuries', () => {
  expect(told([figure(['0206-01'], 1), figure(['2026-01'], 2)], { isByMonth: true }).kept).toHaveLength(2);
});

test('[OVW7] kinds stand as the ledger offers them, others behind by size, what is not filled in last', () => {
  const choices = [['乙', '甲'].map((value) => ({ value, label: value }))];
  const groups = [figure([null], 9), figure(['甲'], 1), figure(['旧'], 1), figure(['更旧'], 5), figure(['乙'], 2)];
  expect(told(groups, { choices }).kept).toEqual([
    ['乙', 2],
    ['甲', 1],
    ['更旧', 5],
    ['旧', 1],
    [null, 9],
  ]);
  expect(told(groups, {}).kept.map(([kind]) => kind)).toEqual([null, '更旧', '乙', '旧', '甲']);
});

test('[OVW7] kinds beyond forty are told together', () => {
  const groups = Array.from({ length: 45 }, (_, i) => figure([`k${i}`], 100 - i));
  const { kept, rest } = told(groups, {});
  expect([kept.length, rest]).toEqual([40, { kinds: 5, value: 60 + 59 + 58 + 57 + 56 }]);
});

test('[OVW7] the same values are one kind, and a kind without rows is none', () => {
  const figures = [figure(['a', 'x'], 2), figure(['a', 'y'], 1), figure(['b', 'x'], 1), figure(['b', 'y'], -1)];
  expect(grouped(figures, [0]).map(({ values, n }) => [...values, n])).toEqual([['a', 3]]);
});

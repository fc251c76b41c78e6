/** Tables as rows of a spreadsheet. Rule: [DTB8]. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { placeName, rowsOf, takeRows } from '@ganwei/decision/sheet/rows';
import { sheetsIn } from '@ganwei/decision/sheet/sheet';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const file = path.resolve(import.meta.dirname, '../../processes/filing/risk-grade.dmn');
const sheet = sheetsIn(readFileSync(file, 'utf8'))![0]!;
const sound = () => '';

test('[DTB8] a table goes out and comes in as it was, whatever order its columns stand in', () => {
  const rows = rowsOf(sheet);
  const order = fc.shuffledSubarray([...sheet.columns.keys()], { minLength: sheet.columns.length });
  fc.assert(
    fc.property(order, (columns) => {
      const moved = rows.map((row) => columns.map((at) => row[at]));
      const taken = takeRows(sheet, [...moved, columns.map(() => null)], sound);
      expect(taken).toEqual({ rules: sheet.rules.map(({ cells }) => cells), told: [] });
    }),
  );
});

test('[DTB8] numbers, truths and days of a spreadsheet are cells; what is not there asks nothing', () => {
  const [head = []] = rowsOf(sheet);
  const day = new Date('2026-03-01T00:00:00Z');
  const taken = takeRows(sheet, [head, [true, 15, day, null, '"高"']], sound);
  expect(taken.rules[0]!.slice(0, 5)).toEqual(['true', '15', 'date("2026-03-01")', '-', '"高"']);
});

test('[DTB8] what cannot be taken is told with its cell', () => {
  const [head = []] = rowsOf(sheet);
  const names = [...head.slice(0, 3), '风险', ...head.slice(4)];
  const { told } = takeRows(sheet, [names, ['true', '>=', '-']], (text) => (text === '>=' ? '缺少数' : ''));
  expect(told).toEqual([
    { cell: placeName(head.length, 0), why: 'missing', what: head[3] },
    { cell: 'D1', why: 'unknown', what: '风险' },
    { cell: 'B2', why: 'slip', what: '缺少数' },
  ]);
  expect(placeName(27, 6)).toBe('AB7');
});

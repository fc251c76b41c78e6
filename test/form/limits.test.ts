/** [LIM2] What a verdict may cost: rows, cells and complaints are counted before the work is done. */
import type { FieldSchema, Values } from '@ganwei/form/model';
import { describe, expect, test } from 'vitest';
import { codesOf, formOf, loadForm, submit } from './world.ts';

const text: FieldSchema = { type: 'string', title: '文本' };
const table = (columns: number, more: Partial<FieldSchema> = {}): FieldSchema => ({
  type: 'array',
  title: '表',
  items: {
    type: 'object',
    properties: Object.fromEntries(Array.from({ length: columns }, (_, index) => [`c${index}`, text])),
  },
  ...more,
});
const rows = (count: number, row: Values = {}): Values[] => Array.from({ length: count }, () => row);

/** Time of the processor, the least of five tries: other programs may run beside. */
function milliseconds(act: () => unknown): number {
  return Math.min(
    ...Array.from({ length: 5 }, () => {
      const before = process.cpuUsage();
      act();
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    }),
  );
}

describe('a verdict', () => {
  test('[LIM2] 600,000 empty rows are one complaint, at once', () => {
    const form = formOf({ rows: table(6) });
    const many = rows(600_000);
    expect(codesOf(submit(form, { rows: many }))).toEqual(['rows:maxItems']);
    expect(milliseconds(() => submit(form, { rows: many }))).toBeLessThan(20);
  });

  test('[LIM2] tables share what a form may hold', () => {
    const form = formOf({ a: table(10), b: table(10) });
    expect(codesOf(submit(form, { a: rows(100, { c0: '甲' }), b: rows(100, { c0: '甲' }) }))).toEqual([]);
    const over = submit(form, { a: rows(100, { c0: '甲' }), b: rows(101, { c0: '甲' }) });
    expect(over.errors).toEqual([
      expect.objectContaining({ path: 'b', code: 'cells', message: expect.stringContaining('2000 格') }),
    ]);
  });

  test('[LIM2] a hundred complaints are told, then how many more there are', () => {
    const form = formOf({ rows: table(10, { maxItems: 180 }) });
    const verdict = submit(form, { rows: rows(180, { c0: 1, c1: 2, stray: 3 }) });
    expect(verdict.count).toBe(540);
    expect(verdict.errors).toHaveLength(101);
    expect(verdict.errors.at(-1)).toMatchObject({ path: '', code: 'more', message: expect.stringContaining('440') });
  });

  test('[LIM2] the largest values that are allowed are judged in about 100 ms', () => {
    const form = formOf({ rows: table(6, { maxItems: 300 }) });
    const row = Object.fromEntries(Array.from({ length: 6 }, (_, at) => [`c${at}`, '甲'.repeat(20)]));
    expect(codesOf(submit(form, { rows: rows(300, row) }))).toEqual([]);
    // Twice what is promised: the first runs are not compiled yet.
    expect(milliseconds(() => submit(form, { rows: rows(300, row) }))).toBeLessThan(200);
    const computing = loadForm('purchase');
    const items = rows(285, { name: '名称', price: 10.5, quantity: 2 });
    const values = { subject: '采购事项一二', kind: 'goods', from: '2026-01-01', budget: 10, items };
    expect(codesOf(submit(computing, values))).toEqual(['items:maxItems']);
    expect(milliseconds(() => submit(computing, values))).toBeLessThan(200);
  });

  test('[LIM2] sums over the whole of the largest table in every row are judged in about 100 ms', () => {
    const computed = (value: string): FieldSchema => {
      return { type: 'number', title: '数', 'x-component': 'Computed', 'x-rules': { value } };
    };
    const columns = {
      amount: { type: 'number', title: '金额' },
      share: computed('round half up(amount / sum(rows.amount), 4)'),
      rest: computed('sum(rows.amount) - amount'),
    } satisfies Record<string, FieldSchema>;
    const form = formOf({
      rows: { type: 'array', title: '表', maxItems: 300, items: { type: 'object', properties: columns } },
    });
    const many = Array.from({ length: 300 }, (_, at) => ({ amount: (at * 3777 + 13) / 100 }));
    expect(codesOf(submit(form, { rows: many }))).toEqual([]);
    expect(milliseconds(() => submit(form, { rows: many }))).toBeLessThan(200);
  });

  test('[LIM2] a text of a million characters is counted, not copied', () => {
    const form = formOf({ a: text });
    const long = '字'.repeat(1_000_000);
    expect(codesOf(submit(form, { a: long }))).toEqual(['a:maxLength']);
    expect(milliseconds(() => submit(form, { a: long }))).toBeLessThan(200);
  });
});

/** Rules [F20]-[F23] and [F2]: first values, summary, changes and values as office text. */
import { Schema } from '@formily/json-schema';
import { compileForm } from '@ganwei/form/dialect';
import { templatePath, toFormilySchema } from '@ganwei/form/formily';
import type { FieldSchema, FormField, Values } from '@ganwei/form/model';
import { dateText, moneyText } from '@ganwei/form/office';
import { describeChanges, displayValue, initialValues, summaryOf } from '@ganwei/form/values';
import { describe, expect, test } from 'vitest';
import { LOOKUPS, loadForm, SCOPE } from './world.ts';

const fieldOf = (schema: FieldSchema): FormField =>
  compileForm({ form: 'f', title: '表', schema: { type: 'object', properties: { x: schema } } }).byPath.get(
    'x',
  ) as FormField;

describe('first values', () => {
  test('[F20] defaults, first values by rule, computed fields and rule-given rows are there when the form is opened', () => {
    const review = loadForm('review');
    expect(initialValues(review, { scope: SCOPE, lookups: LOOKUPS }, { strict: true })).toMatchObject({
      strict: true,
      grade: 'B',
      checks: [
        { item: 'c1', weight: 1 },
        { item: 'c2', weight: 2 },
      ],
    });
  });

  test('[F20] what is known already is kept, what the form does not know is dropped', () => {
    const known = { grade: 'A', stray: 1 } as Values;
    const values = initialValues(loadForm('review'), { scope: SCOPE, lookups: LOOKUPS }, known);
    expect(values.grade).toBe('A');
    expect(values).not.toHaveProperty('stray');
  });

  test('[F20] one first value may build on another', () => {
    const form = compileForm({
      form: 'f',
      title: '表',
      schema: {
        type: 'object',
        properties: {
          b: { type: 'number', title: '二', 'x-rules': { initial: 'a + 1' } },
          a: { type: 'number', title: '一', default: 1 },
        },
      },
    });
    expect(initialValues(form, { scope: {} })).toEqual({ a: 1, b: 2 });
  });
});

describe('reading', () => {
  const purchase = loadForm('purchase');

  test('[F21] the summary is one line with the values filled in', () => {
    const values = { subject: '采购电脑', items: [{}, {}], total: 350 };
    expect(summaryOf(purchase, values, { scope: SCOPE })).toBe('采购电脑，2 项，合计 350 元');
    expect(summaryOf(loadForm('visit'), {}, { scope: SCOPE })).toBeUndefined();
  });

  test('[F22] changes are listed field by field as people read them', () => {
    const before = { kind: 'goods', budget: 1, items: [{ name: '电脑', price: 100 }] };
    const after = { kind: 'service', budget: 12.5, items: [{ name: '电脑', price: 90 }, { name: '鼠标' }] };
    expect(describeChanges(purchase, before, after)).toEqual([
      { path: 'kind', label: '类别', before: '货物', after: '服务' },
      { path: 'budget', label: '预算', before: '1.00 万元', after: '12.50 万元' },
      { path: 'items.0.price', label: '明细 第 1 行 单价', before: '100.00 元', after: '90.00 元' },
      { path: 'items.1', label: '明细 第 2 行', before: '', after: '名称：鼠标' },
    ]);
  });

  const table: [schema: FieldSchema, value: unknown, text: string][] = [
    [{ type: 'string', title: '日', 'x-component': 'Date' }, '2026-10-03', '2026年10月3日'],
    [{ type: 'string', title: '时', 'x-component': 'DateTime' }, '2026-10-13T08:05', '2026年10月13日 08:05'],
    [
      { type: 'array', title: '期', 'x-component': 'DateRange' },
      ['2026-01-02', '2026-01-03'],
      '2026年1月2日 至 2026年1月3日',
    ],
    [{ type: 'number', title: '钱', 'x-component': 'Money' }, 1234567.5, '1,234,567.50 万元'],
    [{ type: 'boolean', title: '否' }, false, '否'],
    [
      { type: 'string', title: '等', 'x-component': 'Dictionary', 'x-component-props': { dictionary: 'GR' } },
      'Z',
      '停用',
    ],
    [{ type: 'array', title: '人', 'x-component': 'Person' }, ['p1', 'p2'], '李明、王芳'],
    [{ type: 'string', title: '单位', 'x-component': 'Unit' }, 'u7', '单位u7'],
    [{ type: 'string', title: '件', 'x-component': 'CaseRef', 'x-component-props': { process: 'p' } }, 'r1', '事项r1'],
    [{ type: 'array', title: '附', 'x-component': 'Files' }, [{ name: 'a.pdf' }, { name: 'b.pdf' }], 'a.pdf、b.pdf'],
    [
      { type: 'object', title: '签', 'x-component': 'Signature' },
      { name: '李明', at: '2026-10-13T08:05:01' },
      '李明 2026年10月13日 08:05',
    ],
    [{ type: 'string', title: '文' }, undefined, ''],
  ];
  for (const [schema, value, text] of table) {
    test(`[F23] ${schema['x-component'] ?? schema.type} reads ${text || 'as nothing'}`, () =>
      expect(displayValue(fieldOf(schema), value, LOOKUPS)).toBe(text));
  }

  test('[F23] money and dates have one form everywhere', () => {
    expect([moneyText(-1234.5), moneyText(0), dateText('2026-01-04'), dateText('soon')]).toEqual([
      '-1,234.50',
      '0.00',
      '2026年1月4日',
      'soon',
    ]);
  });
});

describe('Formily', () => {
  test('[F2] a text in double braces is never executed, wherever it comes from', () => {
    const schema = new Schema({ type: 'string', title: '{{ globalThis.hacked = true }}' });
    expect(() => schema.compile()).toThrow(/not allowed/);
    expect((globalThis as Values).hacked).toBeUndefined();
  });

  test('[A1] hidden fields do not even appear in the schema a page gets', () => {
    const options = { access: [{ path: 'visitor', mode: 'hidden' as const }], scope: SCOPE, opened: {} };
    expect(Object.keys(toFormilySchema(loadForm('visit'), options).properties ?? {})).not.toContain('visitor');
  });

  test('[F1] a Formily path leads to the field of the definition', () => {
    expect([templatePath('items.12.price'), templatePath('a.b'), templatePath('items.0')]).toEqual([
      'items[].price',
      'a.b',
      'items[]',
    ]);
  });
});

test('[LANG6] the unit of an amount is in the language of the reader', () => {
  const money = fieldOf({ type: 'number', title: '金额', 'x-component': 'Money' });
  expect(displayValue(money, 1200)).toBe('1,200.00 万元');
  expect(displayValue(money, 1200, {}, 'en-US')).toBe('1,200.00 ten thousand yuan');
});

/** Rules [F3], [F10], [F12]-[F16], [T3], [A1]: what the server makes of a submission, honest or not. */
import type { FieldSchema, Values } from '@ganwei/form/model';
import { describe, expect, test } from 'vitest';
import { codesOf, formOf, loadForm, submit } from './world.ts';

const text: FieldSchema = { type: 'string', title: '文本' };
const FILE = { id: 'f1', name: 'a.pdf', size: 3, type: 'application/pdf', sha256: 'a'.repeat(64) };

describe('texts and numbers as people write them', () => {
  const table: [title: string, field: FieldSchema, value: unknown, code: string | undefined][] = [
    ['[F71] a line break in a text of one line', text, 'a\nb', 'oneLine'],
    ['[F71] line breaks in a longer text', { ...text, 'x-component': 'TextArea' }, 'a\nb', undefined],
    [
      '[F71] signs that turn the order round',
      { ...text, 'x-component': 'TextArea' },
      '附件\u202egpj.exe',
      'characters',
    ],
    ['[F70] a required text of blanks', { ...text, required: true }, ' \u3000\u200b\u00a0\ufeff', 'required'],
    ['[F70] blanks around do not count as characters', { ...text, minLength: 4 }, '\u3000三个字\u200b', 'minLength'],
    ['[F72] more digits than a number keeps', { type: 'number', title: '数' }, 9007199254740992, 'exact'],
    ['[F72] more digits behind the point', { type: 'number', title: '数' }, 12345678901234.56, 'exact'],
    [
      '[F72] the largest number that is kept',
      { type: 'number', title: '数', 'x-component-props': { precision: 0 } },
      9007199254740991,
      undefined,
    ],
  ];
  for (const [title, field, value, code] of table) {
    test(title, () => {
      expect(codesOf(submit(formOf({ x: field }), { x: value }))).toEqual(code ? [`x:${code}`] : []);
    });
  }
});

test('[F73] a total counts the rest when an amount of its column is not filled in', () => {
  const form = formOf({
    rows: {
      type: 'array',
      title: '损失',
      'x-component': 'Table',
      items: {
        type: 'object',
        properties: {
          what: { type: 'string', title: '项目', 'x-component': 'Text' },
          amount: { type: 'number', title: '金额', 'x-component': 'Money' },
        },
      },
    },
    total: { type: 'number', title: '合计', 'x-component': 'Computed', 'x-rules': { value: 'sum(rows.amount)' } },
  });
  const rows = [{ what: '甲', amount: 1.5 }, { what: '乙' }, { what: '丙', amount: 2 }];
  expect(submit(form, { rows }).values.total).toBe(3.5);
});

describe('limits', () => {
  const table: [title: string, field: FieldSchema, value: unknown, code: string | undefined][] = [
    [
      '6,000 characters are enough, counted as people count',
      { ...text, maxLength: 6000 },
      '𠀀'.repeat(6000),
      undefined,
    ],
    ['the 6,001st character is one too many', { ...text, maxLength: 6000 }, '字'.repeat(6001), 'maxLength'],
    ['too short', { ...text, minLength: 4 }, '三个字', 'minLength'],
    ['control characters', text, 'a\u0000b', 'characters'],
    ['half a character', text, 'a\ud800', 'characters'],
    ['a number where text belongs', text, 5, 'type'],
    ['text where a number belongs', { type: 'number', title: '数' }, '5', 'type'],
    ['an object where text belongs', text, { toString: 'x' }, 'type'],
    ['negative money', { type: 'number', title: '金额', 'x-component': 'Money', minimum: 0 }, -0.01, 'minimum'],
    ['money with three decimals', { type: 'number', title: '金额', 'x-component': 'Money' }, 1.005, 'precision'],
    ['money with two decimals', { type: 'number', title: '金额', 'x-component': 'Money' }, 1.01, undefined],
    ['a day that does not exist', { type: 'string', title: '日期', 'x-component': 'Date' }, '2026-02-30', 'date'],
    ['a leap day', { type: 'string', title: '日期', 'x-component': 'Date' }, '2028-02-29', undefined],
    [
      'a range that ends before it starts',
      { type: 'array', title: '区间', 'x-component': 'DateRange' },
      ['2026-02-02', '2026-02-01'],
      'range',
    ],
    [
      'a range of one day',
      { type: 'array', title: '区间', 'x-component': 'DateRange' },
      ['2026-02-02', '2026-02-02'],
      undefined,
    ],
    [
      'an option nobody offered',
      { type: 'string', title: '选', 'x-component': 'Select', enum: [{ label: '甲', value: 'a' }] },
      'b',
      'option',
    ],
    [
      'a retired dictionary code',
      { type: 'string', title: '等次', 'x-component': 'Dictionary', 'x-component-props': { dictionary: 'GR' } },
      'Z',
      'code',
    ],
    ['a person who does not exist', { type: 'string', title: '人', 'x-component': 'Person' }, 'ghost', 'person'],
    ['the same person twice', { type: 'array', title: '人', 'x-component': 'Person' }, ['p1', 'p1'], 'repeated'],
    ['an unknown unit', { type: 'string', title: '单位', 'x-component': 'Unit' }, 'x', 'unit'],
    [
      'an unknown case',
      { type: 'string', title: '事项', 'x-component': 'CaseRef', 'x-component-props': { process: 'p' } },
      'x',
      'reference',
    ],
    ['a wrong mobile number', { ...text, format: 'mobile' }, '12345678901', 'format'],
    ['an identity number with a wrong check digit', { ...text, format: 'idcard' }, '110101199003074515', 'format'],
    ['an identity number', { ...text, format: 'idcard' }, '11010519491231002X', undefined],
    ['a credit code', { ...text, format: 'uscc' }, '91350100M000100Y43', undefined],
    ['a credit code with a wrong check character', { ...text, format: 'uscc' }, '91350100M000100Y44', 'format'],
    ['an uploaded file', { type: 'array', title: '附件', 'x-component': 'Files' }, [FILE], undefined],
    [
      'a file nobody uploaded',
      { type: 'array', title: '附件', 'x-component': 'Files' },
      [{ ...FILE, id: 'f2' }],
      'file',
    ],
    [
      'a file of another content',
      { type: 'array', title: '附件', 'x-component': 'Files' },
      [{ ...FILE, sha256: 'b'.repeat(64) }],
      'file',
    ],
    [
      'a file type that is not allowed',
      { type: 'array', title: '附件', 'x-component': 'Files' },
      [{ ...FILE, name: 'a.exe' }],
      'fileType',
    ],
    [
      'a file with a stowaway',
      { type: 'array', title: '附件', 'x-component': 'Files' },
      [{ ...FILE, path: '/etc' }],
      'type',
    ],
    [
      'somebody else’s signature',
      { type: 'object', title: '签名', 'x-component': 'Signature' },
      { name: '王芳', personId: 'p2', at: '2026-11-23T09:00' },
      'signer',
    ],
    [
      'one’s own signature',
      { type: 'object', title: '签名', 'x-component': 'Signature' },
      { name: '李明', personId: 'p1', at: '2026-11-23T09:00' },
      undefined,
    ],
    [
      'a signature picture that is a script',
      { type: 'object', title: '签名', 'x-component': 'Signature' },
      { name: '李明', personId: 'p1', at: '2026-11-23T09:00', image: 'javascript:1' },
      'type',
    ],
  ];
  for (const [title, field, value, code] of table) {
    test(`[F3] ${title}: ${code ?? 'accepted'}`, () => {
      const verdict = submit(formOf({ x: field }), { x: value });
      expect(codesOf(verdict)).toEqual(code ? [`x:${code}`] : []);
      for (const error of verdict.errors) expect(error.message).toMatch(/[\u4e00-\u9fff]/);
    });
  }

  test('[F3] a required confirmation must be ticked, a required yes-or-no only answered', () => {
    const form = formOf({
      promise: { type: 'boolean', title: '承诺', 'x-component': 'Checkbox', required: true },
      urgent: { type: 'boolean', title: '加急', required: true },
    });
    expect(codesOf(submit(form, { promise: false, urgent: false }))).toEqual(['promise:required']);
  });

  test('[F3] a choice made before its option was retired stays valid while it is not changed', () => {
    const form = formOf({
      x: { type: 'string', title: '等次', 'x-component': 'Dictionary', 'x-component-props': { dictionary: 'GR' } },
    });
    expect(codesOf(submit(form, { x: 'Z' }, { stored: { x: 'Z' } }))).toEqual([]);
    expect(codesOf(submit(form, { x: 'Z' }, { stored: { x: 'A' } }))).toEqual(['x:code']);
  });

  test('[F3] messages come in the language asked for, with code and params', () => {
    const verdict = submit(formOf({ x: { ...text, maxLength: 2 } }), { x: 'abc' }, { language: 'en-US' });
    expect(verdict.errors).toEqual([
      { path: 'x', code: 'maxLength', message: 'At most 2 characters, now 3', params: { limit: 2, count: 3 } },
    ]);
  });
});

describe('what nobody may send', () => {
  const form = formOf({
    open: text,
    secret: { type: 'string', title: '保密' },
    sum: { type: 'number', title: '合计', 'x-rules': { value: '1 + 1' } },
  });
  const access = [
    { path: '*', mode: 'read' as const },
    { path: 'secret', mode: 'hidden' as const },
  ];

  test('[F10] an unknown key is refused by code and never kept', () => {
    const verdict = submit(form, { open: 'a', admin: true });
    expect(codesOf(verdict)).toEqual(['admin:unknown']);
    expect(verdict.values).toEqual({ open: 'a', sum: 2 });
  });

  test('[F10] __proto__, constructor and prototype are unknown keys and pollute nothing', () => {
    const verdict = submit(form, JSON.parse('{"__proto__":{"x":1},"constructor":{"prototype":{"x":1}},"prototype":1}'));
    expect(codesOf(verdict)).toEqual(['__proto__:unknown', 'constructor:unknown', 'prototype:unknown']);
    expect(({} as Values).x).toBeUndefined();
    expect(Object.getPrototypeOf(verdict.values)).toBe(Object.prototype);
  });

  test('[F10] anything but an object is refused, whatever it is', () => {
    for (const wrong of ['x', 5, true, [1]]) expect(codesOf(submit(form, wrong))).toEqual([':type']);
    expect(codesOf(submit(form, undefined))).toEqual([]);
  });

  test('[T3] a field not editable at this step never changes, and trying is named forgery', () => {
    const verdict = submit(form, { open: 'new' }, { access, stored: { open: 'old', secret: 's' } });
    expect(codesOf(verdict)).toEqual(['open:forged']);
    expect(verdict.values).toMatchObject({ open: 'old', secret: 's' });
    expect(verdict.changed).toEqual([]);
  });

  test('[T3] sending back what was shown, or nothing, is no forgery', () => {
    for (const sent of [{ open: 'old' }, {}]) {
      const verdict = submit(form, sent, { access, stored: { open: 'old', secret: 's' } });
      expect(codesOf(verdict)).toEqual([]);
      expect(verdict.values).toMatchObject({ open: 'old', secret: 's' });
    }
  });

  test('[A1] a hidden value cannot be guessed: the right guess is refused like a wrong one', () => {
    for (const guess of ['s', 't']) {
      expect(codesOf(submit(form, { secret: guess }, { access, stored: { secret: 's' } }))).toEqual(['secret:forged']);
    }
  });

  test('[F12] a computed field is worked out by the server whatever the client claims', () => {
    const verdict = submit(form, { sum: 99 });
    expect([codesOf(verdict), verdict.values]).toEqual([[], { sum: 2 }]);
  });
});

describe('moving forms', () => {
  const purchase = loadForm('purchase');
  const base = { subject: '采购台式电脑', kind: 'goods', from: '2026-01-05', budget: 1 };
  const item = { name: '电脑', price: 100, quantity: 1 };

  test('[F12] row and total are computed, warnings do not stop, errors do', () => {
    const fine = submit(purchase, {
      ...base,
      items: [
        { ...item, quantity: 2 },
        { ...item, price: 50, quantity: 3 },
      ],
    });
    expect(codesOf(fine)).toEqual([]);
    expect(fine.values.items).toEqual([
      { no: 1, name: '电脑', price: 100, quantity: 2, subtotal: 200, share: 57.14 },
      { no: 2, name: '电脑', price: 50, quantity: 3, subtotal: 150, share: 42.86 },
    ]);
    expect(fine.values.total).toBe(350);
    const warned = submit(purchase, { ...base, items: [{ ...item, quantity: 60 }] });
    expect([codesOf(warned), warned.warnings.map((one) => one.message)]).toEqual([[], ['合计较大，请核对']]);
    const over = submit(purchase, { ...base, items: [{ ...item, quantity: 101 }] });
    expect(codesOf(over)).toEqual(['total:over']);
  });

  test('[F13] what a rule hides is not kept and not demanded', () => {
    const verdict = submit(purchase, { ...base, urgent: false, reason: '不应保留的理由不应保留', items: [item] });
    expect(verdict.values).not.toHaveProperty('reason');
    expect(codesOf(submit(purchase, { ...base, urgent: true, items: [item] }))).toEqual(['reason:required']);
    expect(codesOf(submit(purchase, { ...base, kind: 'works', items: [item] }))).toEqual(['site.place:required']);
  });

  test('[F14] an author’s error rule speaks with its own code and its values filled in', () => {
    const verdict = submit(purchase, { ...base, to: '2026-01-04', items: [item] });
    expect(verdict.errors).toEqual([{ path: 'to', code: 'order', message: '结束日期不能早于开始日期（2026-01-05）' }]);
  });

  test('[F15] a draft may be incomplete and break rules, but not have the wrong shape or strange keys', () => {
    const draft = submit(purchase, { subject: '短', to: '2026-01-01', from: '2026-02-01' }, { final: false });
    expect(codesOf(draft)).toEqual([]);
    expect(codesOf(submit(purchase, { subject: 5, hack: 1 }, { final: false }))).toEqual([
      'subject:type',
      'hack:unknown',
    ]);
  });

  test('[F3] an empty text or list counts as not filled in, nothing else is altered', () => {
    const verdict = submit(purchase, { ...base, subject: '  前后有空格  ', to: '', items: [item] });
    expect(verdict.values.subject).toBe('  前后有空格  ');
    expect(verdict.values).not.toHaveProperty('to');
  });

  test('[F16] what changed is named by path', () => {
    const stored = submit(purchase, { ...base, items: [item] }).values;
    const next = submit(purchase, { ...base, subject: '采购笔记本', items: [{ ...item, price: 101 }] }, { stored });
    expect(next.changed).toEqual(['subject', 'items', 'total']);
    expect(submit(purchase, stored, { stored }).changed).toEqual([]);
  });
});

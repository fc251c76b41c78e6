/** Entries of dictionaries as they are written and pasted. Rules: [DCT4] [DCT5]. */
import { expect, test } from 'vitest';
import { entriesIn, pastedIn } from '../../packages/web/design/dictionary/entries.ts';
import { usersOf } from '../../packages/web/design/dictionary/uses.ts';

test('[DCT4] lines of a sheet become entries; those that cannot are told by their line', () => {
  const text = 'a\t甲\tFirst\r\n\nb\t乙\n\t丙\na\t又甲\nold\t旧';
  expect(pastedIn(text, ['old'])).toEqual({
    entries: [
      { code: 'a', label: '甲', english: 'First' },
      { code: 'b', label: '乙', english: '' },
    ],
    told: [
      { line: 4, why: 'short' },
      { line: 5, why: 'twice' },
      { line: 6, why: 'there' },
    ],
  });
  const many = Array.from({ length: 501 }, (_, n) => `${n}\t第${n}`).join('\n');
  expect(pastedIn(many, [])).toMatchObject({ entries: { length: 500 }, told: [{ line: 501, why: 'many' }] });
});

test('[DCT1] a text that is no dictionary has no entries; what is odd in one is read as empty', () => {
  expect(entriesIn('{')).toBeUndefined();
  expect(entriesIn('{"title": "甲"}')).toBeUndefined();
  expect(entriesIn('{"title": "甲", "items": [3, {"code": "a", "active": false}]}')?.items).toMatchObject([
    { code: '', active: true },
    { code: 'a', label: '', active: false },
  ]);
});

test('[DCT5] the forms and ledgers that choose from a dictionary are named, others are not', () => {
  const of = (kind: 'form' | 'ledger' | 'letter', title: string, dictionary: string) => ({
    kind,
    app: '',
    key: title,
    file: title,
    source: JSON.stringify({ title, schema: { dictionary } }),
  });
  const all = [
    of('form', '甲', 'kind'),
    of('form', '乙', 'kinds'),
    of('ledger', '丙', 'kind'),
    of('letter', '丁', 'kind'),
  ];
  expect(usersOf(all, 'kind').map(({ title }) => title)).toEqual(['甲', '丙']);
});

/** Cells as people choose them. Rule: [DTB10]. */
import { type Choosing, inWords, readCell, writeCell } from '@ganwei/decision/sheet/cell';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const number = fc.integer({ min: -99, max: 99 }).map(String);
const end = fc.record({ text: number, included: fc.boolean() });
const none = fc.constant({ text: '', included: false });
const range: fc.Arbitrary<Choosing> = fc
  .tuple(fc.oneof(end, none), fc.oneof(end, none))
  .map(([low, high]) => (low.text || high.text ? { kind: 'range', low, high } : { kind: 'any' }));
const some = (value: fc.Arbitrary<string>): fc.Arbitrary<Choosing> =>
  fc.record({
    kind: fc.constant('some' as const),
    values: fc.array(value, { minLength: 1, maxLength: 4 }),
    not: fc.boolean(),
  });

test('[DTB10] what is chosen is written as a cell and read as what was chosen', () => {
  fc.assert(fc.property(range, (choosing) => void expect(readCell(writeCell(choosing, false))).toEqual(choosing)));
  const word = fc.string({ minLength: 1 }).filter((text) => text !== 'null');
  fc.assert(fc.property(some(word), (choosing) => void expect(readCell(writeCell(choosing, true))).toEqual(choosing)));
  fc.assert(
    fc.property(some(number), (choosing) => void expect(readCell(writeCell(choosing, false))).toEqual(choosing)),
  );
});

test('[DTB10] an expression is no choice and stays as it is written', () => {
  for (const cell of ['? > limit', 'count(?) > 2', '< limit', '"a" ++ "b"', '[a..b]', 'not(?)', '{'])
    expect(readCell(cell)).toBeUndefined();
});

test('[DTB10] codes are shown by name', () => {
  const names: Record<string, string> = { a: '甲', b: '乙' };
  expect(inWords('not("a", "b", "c")', (code) => names[code])).toBe('not(甲, 乙, "c")');
});

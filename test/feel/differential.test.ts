/**
 * Our FEEL against feelin, the reference in JavaScript. Random well-typed expressions and a table agree; where we differ on
 * purpose the difference is listed with its reason, and the list is tested too (so that it cannot go stale).
 */
import { compileExpression, compileUnaryTests } from '@ganwei/feel/compile';
import fc from 'fast-check';
import { evaluate as feelin, unaryTest } from 'feelin';
import { describe, expect, it } from 'vitest';

const scope = {
  a: 3,
  b: -2.5,
  n: null,
  s: 'abc',
  t: 'b',
  p: true,
  q: false,
  l: [3, 1, 2],
  rows: [
    { k: 'x', v: 1 },
    { k: 'y', v: 4 },
    { k: 'x', v: 9 },
  ],
};
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));
const ours = (source: string): unknown => plain(compileExpression(source, { mode: 'tolerant' }).evaluate(scope));
const theirs = (source: string): unknown => plain(feelin(source, scope).value);

// ---- random expressions, by type -------------------------------------------------------------------------------------

/** small enough that binary fractions are exact */
const { number, truth } = fc.letrec<{ number: string; truth: string; text: string; numbers: string }>((tie) => ({
  number: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('0', '1', '2', '7', '0.5', '-4', 'a', 'b', 'n', 'l[1]', 'l[-1]', 'rows[2].v'),
    fc.tuple(tie('number'), fc.constantFrom('+', '-'), tie('number')).map(([x, op, y]) => `(${x} ${op} ${y})`),
    fc.tuple(tie('number'), fc.constantFrom('* 2', '* 0.5', '/ 2', '/ 4')).map(([x, op]) => `(${x} ${op})`),
    fc.tuple(tie('truth'), tie('number'), tie('number')).map(([c, x, y]) => `(if ${c} then ${x} else ${y})`),
    fc.tuple(fc.constantFrom('abs', 'floor', 'ceiling'), tie('number')).map(([f, x]) => `${f}(${x})`),
    tie('numbers').map((list) => `count(${list})`),
    tie('text').map((text) => `string length(${text})`),
  ),
  truth: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('true', 'false', 'p', 'q'),
    fc
      .tuple(tie('number'), fc.constantFrom('<', '<=', '>', '>=', '=', '!='), tie('number'))
      .map((x) => `(${x.join(' ')})`),
    fc.tuple(tie('truth'), fc.constantFrom('and', 'or'), tie('truth')).map((x) => `(${x.join(' ')})`),
    tie('truth').map((x) => `not(${x})`),
    fc.tuple(tie('number'), fc.constantFrom('0', '2', 'a')).map(([x, y]) => `(${x} in [-1..${y}))`),
    fc.tuple(tie('text'), tie('text')).map(([x, y]) => `contains(${x}, ${y})`),
    fc.tuple(tie('numbers'), tie('number')).map(([list, x]) => `list contains(${list}, ${x})`),
    fc
      .tuple(tie('numbers'), fc.constantFrom('0', '2', 'a'))
      .map(([list, x]) => `(some i in ${list} satisfies i > ${x})`),
    fc
      .tuple(tie('numbers'), fc.constantFrom('0', '2', 'a'))
      .map(([list, x]) => `(every i in ${list} satisfies i > ${x})`),
  ),
  text: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('"x"', '"b"', 's', 't', 'rows[1].k'),
    fc.tuple(tie('text'), tie('text')).map(([x, y]) => `(${x} + ${y})`),
    tie('text').map((x) => `upper case(${x})`),
    tie('text').map((x) => `substring(${x}, 1, 2)`),
  ),
  numbers: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('l', 'rows.v', '[]', '[1, 2]', 'rows[k = "x"].v', 'rows[v > 2].v'),
    fc.tuple(fc.constantFrom('1', '2', '-2'), tie('numbers')).map(([x, list]) => `(for i in ${list} return i + ${x})`),
    fc.tuple(tie('numbers'), fc.constantFrom('0', '2', 'a')).map(([list, x]) => `(${list}[item > ${x}])`),
    tie('numbers').map((list) => `reverse(${list})`),
  ),
}));

describe('against feelin', () => {
  it('[E14] random expressions over numbers, texts, truths and lists have the same value', () => {
    fc.assert(
      fc.property(fc.oneof(number, truth), (source) => {
        expect([source, ours(source)]).toEqual([source, theirs(source)]);
      }),
      { numRuns: 1_500 },
    );
  });

  it.each([
    'a + b * 2 ** 2',
    '-a',
    's + t',
    'n = null',
    'n > 1',
    'n and false',
    'n or true',
    'if n then 1 else 2',
    'a between 1 and 3',
    'a in (1, > 2)',
    'a in [1..3)',
    't in ["a", "b"]',
    'rows.k',
    'rows[k = "x"].v',
    'rows[-1].k',
    'l[item >= 2]',
    'for i in 1..3, j in [10, 20] return i + j',
    '{x: 1, y: x + 1}.y',
    '[1, [2, 3]] = [1, [2, 3]]',
    'substring before("foobar", "bar")',
    'string join(["a", "b"], "-")',
    'split("a-b", "-")',
    'sum(l)',
    'mean(l)',
    'median(l)',
    'min(l)',
    'max(l)',
    'distinct values([1, 2, 1])',
    'union([1], [1, 2])',
    'flatten([[1], [2, [3]]])',
    'insert before([1, 3], 2, 2)',
    'sublist(l, 2, 1)',
    'concatenate([1], [2])',
    'index of([1, 2, 1], 1)',
    'modulo(-5, 3)',
    'decimal(2.345, 1)',
    'string(1.5)',
    'all([true, false])',
    'any([true, false])',
    'get value({a: 1}, "a")',
    'string(date("2026-01-31") + duration("P1M"))',
    'string(date("2026-03-01") - date("2026-01-31"))',
    'date("2026-01-31") < date("2026-02-01")',
    'date("2026-01-31").month',
    'string(duration("P1DT2H"))',
    'string(years and months duration(date("2025-01-01"), date("2026-03-01")))',
    'day of week(date("2026-01-31"))',
    's instance of string',
  ])('[E14] same value: %s', (source) => expect(ours(source)).toEqual(theirs(source)));

  it.each([
    ['> 2', 3],
    ['> 2', null],
    ['[1..3]', 3],
    ['"x", "b"', 'b'],
    ['not("x")', 'b'],
    ['-', null],
    ['null', null],
    ['? > 2', 3],
    ['list contains(?, 1)', [1]],
  ])('[E14] same answer of the cell %s to %j', (cell, input) => {
    const test = compileUnaryTests(cell, { mode: 'tolerant' });
    expect(test.test(input, scope)).toBe(unaryTest(cell, { ...scope, '?': input }).value === true);
  });

  it.each<[source: string, mine: unknown, other: unknown, reason: string]>([
    ['0.1 + 0.2', 0.3, 0.30000000000000004, 'money is decimal'],
    ['"1200" > 1000', null, true, 'a text is never read as a number'],
    ['sum([])', 0, null, 'the sum of an empty table is 0'],
    ['0 in [-1..n]', null, true, 'an empty bound is not "no bound"'],
    ['every x in l satisfies x > n', null, false, 'three-valued, as the standard has it'],
    ['count(n)', 0, null, 'a table that was never filled in is an empty list'],
    ['"2026-01-31" < date("2026-02-01")', true, false, 'JSON has no dates: ISO text is one'],
  ])('[E14] %s is %j, not %j as in feelin: %s', (source, mine, other) => {
    expect(ours(source)).toEqual(mine);
    expect(theirs(source)).toEqual(other);
  });
});

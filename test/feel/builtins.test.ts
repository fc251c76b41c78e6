/** The built-in functions, one table. */
import { BUILT_IN, compileExpression, FeelError } from '@ganwei/feel/compile';
import { arityOf, parseSignature } from '@ganwei/feel/type';
import { describe, expect, it } from 'vitest';

const run = (source: string, mode: 'strict' | 'tolerant' = 'strict'): unknown =>
  JSON.parse(JSON.stringify(compileExpression(source, { mode }).evaluate({})));

describe('built-in functions', () => {
  it('[TYP1] every built-in function states its parameters once, and they say how many arguments it takes', () => {
    for (const [name, of] of Object.entries(BUILT_IN)) {
      expect(Object.keys(of).sort(), name).toEqual(
        name === 'sum' ? ['call', 'signatures', 'skipsEmpty'] : ['call', 'signatures'],
      );
      expect(of.signatures.length, name).toBeGreaterThan(0);
      const arities = of.signatures.map((signature) => {
        const parsed = parseSignature(signature);
        expect([name, parsed.name]).toEqual([name, name]);
        expect(new Set(parsed.parameters.map((one) => one.name)).size, signature).toBe(parsed.parameters.length);
        return arityOf(parsed);
      });
      const max = Math.max(...arities.map(([, most]) => most));
      const min = Math.min(...arities.map(([least]) => least));
      const call = (count: number) => () =>
        compileExpression(`${name}(${Array(count).fill('x').join(', ')})`, { mode: 'strict' });
      expect(call(min - 1), name).toThrow(FeelError);
      expect(call(min), name).not.toThrow();
      if (Number.isFinite(max)) expect(call(max + 1), name).toThrow(FeelError);
    }
  });

  it.each([
    ['substring(start position: 2, string: "abc")', 'bc'],
    ['substring(string: "abc", length: 1, start position: 2)', 'b'],
    ['date(year: 2026, month: 1, day: 4)', '2026-01-04'],
    ['list replace(position: 1, newItem: 9, list: [1, 2])', [9, 2]],
    ['years and months duration(from: date("2025-01-01"), to: date("2026-01-01"))', 'P1Y'],
    ['string join(delimiter: "-", list: ["a", "b"])', 'a-b'],
  ])('[E16] arguments may be given by name, in any order: %s', (source, value) => expect(run(source)).toEqual(value));

  it.each([
    ['abs(-1.5)', 1.5],
    ['floor(1.5)', 1],
    ['floor(-1.55, 1)', -1.6],
    ['ceiling(1.2)', 2],
    ['ceiling(-1.5)', -1],
    ['decimal(2.345, 2)', 2.34],
    ['decimal(2.355, 2)', 2.36],
    ['round half up(2.345, 2)', 2.35],
    ['round half up(-2.5)', -3],
    ['round half down(2.345, 2)', 2.34],
    ['round up(1.121, 2)', 1.13],
    ['round down(1.129, 2)', 1.12],
    ['round half up(1250, -2)', 1300],
    ['modulo(-5, 3)', 1],
    ['modulo(5, -3)', -1],
    ['modulo(5.5, 0.2)', 0.1],
    ['[odd(3), even(3)]', [true, false]],
    ['sum([0.1, 0.2, 0.3])', 0.6],
    ['sum(1, 2)', 3],
    ['sum([])', 0],
    ['mean([0.1, 0.2])', 0.15],
    ['mean([])', null],
    ['median([3, 1, 2])', 2],
    ['median([1, 2, 3, 4])', 2.5],
    ['min(["b", "a"])', 'a'],
    ['max(1, 3, 2)', 3],
    ['min([])', null],
    ['number("1,234.50", ",", ".")', 1234.5],
    ['number("1 234,5", " ", ",")', 1234.5],
    ['number(3)', 3],
    ['format money(1234567.895)', '1,234,567.90'],
    ['format money(-0.004)', '0.00'],
    ['format money(-1234)', '-1,234.00'],
    ['format money(999)', '999.00'],
    [
      'for n in [0, 1, 10, 11, 20, 21, 100, 105, 110, 1001, 1010] return chinese number(n)',
      '零 一 十 十一 二十 二十一 一百 一百零五 一百一十 一千零一 一千零一十'.split(' '),
    ],
    [
      'for n in [10000, 10010, 120000, 100001, 99999999] return chinese number(n)',
      '一万 一万零一十 十二万 十万零一 九千九百九十九万九千九百九十九'.split(' '),
    ],
  ])('[E12] numbers: %s', (source, value) => expect(run(source)).toEqual(value));

  it.each([
    ['string(1e21)', '1000000000000000000000'],
    ['string(0.0000001)', '0.0000001'],
    ['string(["a", 1, {k: null}])', '["a", 1, {k: null}]'],
    ['string(null)', null],
    ['[contains("abc", "b"), starts with("abc", "a"), ends with("abc", "a")]', [true, true, false]],
    ['string length("中文😀")', 3],
    ['upper case("aé") + lower case("B")', 'AÉb'],
    ['trim("  a ")', 'a'],
    ['substring("foobar", 3)', 'obar'],
    ['substring("foobar", 3, 3)', 'oba'],
    ['substring("foobar", -2, 1)', 'a'],
    ['substring("中😀文", 2, 1)', '😀'],
    ['substring before("a-b-c", "-")', 'a'],
    ['substring after("a-b-c", "-")', 'b-c'],
    ['substring after("abc", "-")', ''],
    ['string join(["a", null, "b"], "、")', 'a、b'],
    ['string join([])', ''],
    ['split("a.b.c", ".")', ['a', 'b', 'c']],
  ])('[E12] texts: %s', (source, value) => expect(run(source)).toEqual(value));

  it.each([
    ['list contains([1, null], null)', true],
    ['list contains([@"2026-01-01"], "2026-01-01")', true],
    ['append([1], 2, [3])', [1, 2, [3]]],
    ['concatenate([1], [2], [3])', [1, 2, 3]],
    ['union([1, 2], [2, 3])', [1, 2, 3]],
    ['distinct values([1, "1", 1, null, null, {a: 1}, {a: 1}])', [1, '1', null, { a: 1 }]],
    ['flatten([1, [2, [3]]])', [1, 2, 3]],
    ['index of([1, 2, 1], 1)', [1, 3]],
    ['reverse([1, 2])', [2, 1]],
    ['remove([1, 2, 3], 2)', [1, 3]],
    ['remove([1, 2, 3], -1)', [1, 2]],
    ['insert before([1, 3], 2, 2)', [1, 2, 3]],
    ['sublist([1, 2, 3], 2)', [2, 3]],
    ['sublist([1, 2, 3], -2, 1)', [2]],
    ['sort([3, 1, 2])', [1, 2, 3]],
    ['sort(["2026-02-01", "2026-01-01"])', ['2026-01-01', '2026-02-01']],
    ['sort([{n: 2}, {n: 1}], "n").n', [1, 2]],
    ['sort([{n: 1}, {n: 2}], "-n").n', [2, 1]],
    ['[all([true, true]), all([]), any([]), any(false, true)]', [true, true, false, true]],
    ['[is empty(""), is empty([]), is empty({}), is empty(0), is empty("a")]', [true, true, true, false, false]],
    ['get value({a: 1}, "a")', 1],
    ['get value({a: 1}, "b")', null],
    ['get entries({a: 1, b: 2})[2].key', 'b'],
    ['context put({a: 1}, "b", 2)', { a: 1, b: 2 }],
    ['context merge([{a: 1}, {a: 2, b: 3}])', { a: 2, b: 3 }],
    ['get or(null, "x")', 'x'],
  ])('[E12] lists and contexts: %s', (source, value) => expect(run(source)).toEqual(value));

  it.each([
    ['remove([1], 5)', '列表内的位置'],
    ['sort([1, "a"])', '不能互相比较'],
    ['string join([1])', '由文字组成的列表'],
    ['substring("abc", 0)', '非零整数'],
    ['chinese number(-1)', '只能写'],
    ['decimal(1.5, 0.5)', '整数'],
    ['all(null)', '没有值'],
    ['string join(null)', '没有值'],
    ['context merge(null)', '没有值'],
    ['number("1,2", "x", ".")', '千分位符号'],
    ['number("1.2", ".", ".")', '小数点符号'],
    ['split("a b", "[ ]")', '正则'],
    ['context([{key: "a"}])', 'key 和 value'],
    ['range("[3..1]")', '起点'],
    ['min([1, "a"])', '不是数字'],
    ['split("a", "")', '分隔符'],
  ])('[E12] a wrong argument is an error when strict and empty when tolerant: %s', (source, message) => {
    expect(() => run(source)).toThrow(FeelError);
    expect(() => run(source)).toThrow(message);
    expect(run(source, 'tolerant')).toBe(null);
  });

  it('[E12] a registered function sees its arguments and the world, and declines by the name of its error', () => {
    const decline = Object.assign(new Error('没有这个人'), { name: 'ArgumentError' });
    const functions = {
      'head of': {
        params: [1, 1] as const,
        call: (args: readonly unknown[], world: unknown) => {
          const found = (world as Record<string, string>)[String(args[0])];
          if (found === undefined) throw decline;
          return found;
        },
      },
      broken: {
        params: [0, 0] as const,
        call: () => {
          throw new TypeError('bug');
        },
      },
    };
    const compile = (source: string, mode: 'strict' | 'tolerant') => compileExpression(source, { mode, functions });
    expect(compile('head of(unit)', 'strict').evaluate({ unit: 'u1' }, { u1: 'p7' })).toBe('p7');
    expect(() => compile('head of("u2")', 'strict').evaluate({}, {})).toThrow('“head of("u2")”：没有这个人');
    expect(compile('head of("u2")', 'tolerant').evaluate({}, {})).toBe(null);
    expect(() => compile('broken()', 'tolerant').evaluate({}, {})).toThrow(TypeError);
  });
});

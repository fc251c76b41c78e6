/** An expression comes from a definition, its data from people: neither may reach JavaScript, the prototype, or the clock. */
import { compileExpression, FeelError, type Value } from '@ganwei/feel/compile';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const evaluate = (
  source: string,
  scope: Record<string, unknown> = {},
  mode: 'strict' | 'tolerant' = 'tolerant',
  budget?: number,
): Value => compileExpression(source, { mode }).evaluate(scope, null, budget);

describe('no way out', () => {
  it('[F2] the names that lead to a prototype are refused everywhere', () => {
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      for (const source of [
        name,
        `a.${name}`,
        `{${name}: 1}`,
        `{"${name}": 1}`,
        `a[${name} = 1]`,
        `for ${name} in [1] return 1`,
      ]) {
        expect(() => evaluate(source, { a: {} })).toThrow('不允许使用名称');
      }
      expect(() => evaluate(`context put({}, "${name}", 1)`, {}, 'strict')).toThrow(FeelError);
      expect(evaluate(`get value(a, "${name}")`, { a: {} })).toBe(null);
    }
    expect(({} as Record<string, unknown>).polluted).toBe(undefined);
  });

  it('[F2] only own properties exist, and functions in the data do not', () => {
    const hidden = Object.create({ inherited: 1 }) as object;
    let called = false;
    const scope = {
      hidden,
      toJSON: undefined,
      f: () => (called = true),
      o: { m: () => (called = true), n: Symbol('x') },
    };
    expect(evaluate('hidden.inherited', scope)).toBe(null);
    expect(evaluate('[toString, valueOf, hasOwnProperty, o.toString, f, o.m, o.n]', scope)).toEqual(
      Array(7).fill(null),
    );
    expect(() => evaluate('toString', scope, 'strict')).toThrow('不认识名称');
    expect(() => evaluate('o.m()', scope)).toThrow(FeelError);
    expect(evaluate('"abc".length', scope)).toBe(null);
    expect(evaluate('[1, 2].length', scope)).toEqual([null, null]);
    expect(called).toBe(false);
  });

  it('[F2] data with hostile keys stays data', () => {
    const scope = { row: JSON.parse('{"__proto__": {"polluted": true}, "a": 1}') as unknown };
    expect(evaluate('row.polluted', scope)).toBe(null);
    evaluate('context merge(row, {b: 2})', scope);
    evaluate('context put(row, "b", 2)', scope);
    expect(({} as Record<string, unknown>).polluted).toBe(undefined);
  });

  it('[F2] what is given is never changed', () => {
    const frozen = Object.freeze({ items: Object.freeze([Object.freeze({ n: 2 }), Object.freeze({ n: 1 })]) });
    expect(evaluate('sort(items, "n").n', frozen, 'strict')).toEqual([1, 2]);
    expect(evaluate('append(reverse(remove(items, 1)), 3)', frozen, 'strict')).toEqual([{ n: 1 }, 3]);
    expect(evaluate('context put(items[1], "n", 5).n', frozen, 'strict')).toBe(5);
  });

  it('[F2] whatever text is compiled, the outcome is a value or a FeelError', () => {
    const words =
      'a b items [ ] ( ) { } , . .. : " + - * / ** = != < > <= in not and or if then else for return some every satisfies 1 0.5 null true ? @ date( duration( "P1D" count( between instance of function 甲 \uff0c ` // /* \n'.split(
        ' ',
      );
    const soup = fc.array(fc.constantFrom(...words), { maxLength: 14 }).map((list) => list.join(' '));
    fc.assert(
      fc.property(soup, (source) => {
        try {
          const value = evaluate(source, { a: 1, b: null, items: [{ a: 2 }] }, 'strict', 5_000);
          expect(value === undefined).toBe(false);
        } catch (error) {
          if (!(error instanceof FeelError)) throw error;
        }
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('no way to hang', () => {
  const thousand = Array.from({ length: 1000 }, (_, i) => ({ i }));

  it.each([
    'every i in 1..10000, j in 1..10000 satisfies i > 0',
    'some i in 1..10000, j in 1..10000 satisfies i + j < 0',
    'count(rows[count(rows[i > 0]) < 0])',
    'for i in rows return distinct values(for r in rows return {k: r.i})',
    'for i in rows return rows = rows',
    'for i in rows return sort(rows, "i")',
  ])('[E13] work is bounded: %s is stopped in both modes', (source) => {
    for (const mode of ['strict', 'tolerant'] as const) {
      expect(() => evaluate(source, { rows: thousand }, mode)).toThrow('计算量过大');
    }
  });

  it.each([
    ['for i in 1..1000000 return i', '循环范围超过'],
    [`count(${'concatenate('.repeat(12)}[${'1,'.repeat(99)}1]${', rows, rows, rows, rows)'.repeat(12)})`, '列表超过'],
  ])('[E13] sizes are bounded: %#', (source, message) => {
    expect(() => evaluate(source, { rows: thousand }, 'strict')).toThrow(message);
  });

  it('[E13] texts cannot grow without bound', () => {
    const doubled = (n: number): string => (n === 0 ? 'text' : `{t: ${doubled(n - 1)}}.t + "x"`);
    const source = `{a: text + text, b: a + a, c: b + b, d: c + c, e: d + d, f: e + e, g: f + f}.g`;
    expect(() => evaluate(source, { text: 'x'.repeat(50_000) }, 'strict')).toThrow('文字过长');
    expect(evaluate(doubled(3), { text: 'x' }, 'strict')).toBe('xxxx');
  });

  it('[E13] depth and length of the source are bounded', () => {
    expect(() => evaluate(`${'('.repeat(4000)}1${')'.repeat(4000)}`)).toThrow('嵌套太深');
    expect(() => evaluate(`${'('.repeat(300)}1${')'.repeat(300)}`)).toThrow('嵌套太深');
    expect(() => evaluate(`1${'+1'.repeat(3000)}`)).toThrow(FeelError);
    expect(() => evaluate(`1${'+1'.repeat(250)}`)).toThrow('嵌套太深');
    expect(() => evaluate(`a${'.b'.repeat(4900)}`)).toThrow(FeelError);
    expect(() => evaluate(`a${'.b'.repeat(400)}`)).toThrow('嵌套太深');
    expect(() => evaluate(`${'['.repeat(400)}1${']'.repeat(400)}`)).toThrow('嵌套太深');
    expect(() => evaluate('{a:'.repeat(2000))).toThrow('嵌套太深');
    expect(() => evaluate('1+'.repeat(6000))).toThrow('表达式过长');
    expect(evaluate(`1${'+1'.repeat(150)}`)).toBe(151);
  });

  it('[E13] the budget can be set for one evaluation', () => {
    expect(evaluate('sum(for i in 1..100 return i)', {}, 'strict', 1000)).toBe(5050);
    expect(() => evaluate('sum(for i in 1..100 return i)', {}, 'strict', 100)).toThrow('计算量过大');
  });
});

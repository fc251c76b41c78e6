/** Rules [TYP3] to [TYP6]: the static check of expressions. */
import { compileExpression, type Language } from '@ganwei/feel/compile';
import { type Environment, inferExpression, inferUnaryTests } from '@ganwei/feel/infer/infer';
import { BOOLEAN, oneOf, parseType, printType, type Type } from '@ganwei/feel/type';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const LANGUAGE: Language = {
  mode: 'strict',
  functions: {
    holders: {
      params: [2, 2],
      signatures: ['holders(unit: list<unit>, role: role) -> list<person>'],
      call: () => [],
    },
    first: { params: [1, 1], signatures: ['first(list: list<T>) -> T'], call: ([list]) => (list as [null])[0] ?? null },
    'outcome of': { params: [1, 1], signatures: ['outcome of(node: node) -> string'], call: () => null },
  },
};
const KIND = oneOf(
  new Map([
    ['一般', true],
    ['特急', true],
    ['旧类', false],
  ]),
  '字典「缓急」',
);
const environment: Environment = {
  names: new Map<string, Type>([
    ['kind', KIND],
    ['amount', parseType('number')],
    ['day', parseType('date')],
    ['who', parseType('person')],
    ['where', parseType('unit')],
    ['rows', parseType('list<context<name: string, price: number>>')],
    ['loose', parseType('Any')],
  ]),
  named: new Map([
    ['role', oneOf(['signer'], '角色')],
    ['node', oneOf(['review'], '步骤')],
  ]),
  refine: new Map([['outcome of', ([node]) => (node === 'review' ? { result: oneOf(['agree'], '选项') } : {})]]),
};
const messages = (source: string, wanted?: Type) =>
  inferExpression(source, LANGUAGE, environment, wanted).findings.map(({ message }) => message);
const typeOf = (source: string) => printType(inferExpression(source, LANGUAGE, environment).type);

describe('names', () => {
  test.each([
    ['amuont + 1', '没有「amuont」，是否指「amount」？'],
    ['rows[pric > 3]', '没有「pric」，是否指「price」？'],
    ['sum(rows.pirce)', '没有「pirce」，是否指「price」？'],
    ['for r in rows return r.nam', '没有「nam」，是否指「name」？'],
    ['some r in rows satisfies r.prices > 1', '没有「prices」，是否指「price」？'],
    ['{a: 1, b: c}', '没有「c」'],
    ['{a: amount}.b', '没有「b」'],
    ['amount.year', '没有「year」'],
  ])('[TYP3] %s: %s', (source, message) => {
    expect(messages(source).join('；')).toContain(message);
  });

  test.each([
    'rows[price > amount].name',
    'rows[item.price > 3]',
    'for r in rows, n in 1..3 return r.price * n',
    'if loose.anything = 3 then loose.x else null',
    'day.year',
    '{a: 1, b: a + 1}.b',
    'is defined(nothing)',
  ])('[TYP3] %s is right', (source) => {
    expect(messages(source)).toEqual([]);
  });
});

describe('comparisons', () => {
  test.each([
    ['kind = "特级"', '字典「缓急」中没有「特级」'],
    ['kind in ("一般", "特紧")', '字典「缓急」中没有「特紧」'],
    ['kind = "旧类"', '已经停用'],
    ['amount = "3"', '永远不会相等'],
    ['who = where', '永远不会相等'],
    ['amount < "3"', '不能比较大小'],
    ['rows > 3', '不能比较大小'],
    ['amount between "a" and 3', '不能比较大小'],
    ['not(amount)', ''],
    ['amount and true', '是数字，这里应为是否'],
  ])('[TYP4] %s: %s', (source, message) => {
    expect(messages(source).join('；')).toContain(message);
  });

  test.each(['kind = null', 'day < "2026-01-01"', 'amount in [1..3]', 'who = "zhang"', 'loose = 3 or loose = "a"'])(
    '[TYP4] %s is right',
    (source) => {
      expect(messages(source)).toEqual([]);
    },
  );

  test('[TYP4] a cell is held against its input', () => {
    const cell = (source: string, input: Type) => inferUnaryTests(source, LANGUAGE, environment, input).length;
    expect(cell('"一般","特急"', KIND)).toBe(0);
    expect(cell('not("特级")', KIND)).toBe(1);
    expect(cell('> "3"', parseType('number'))).toBe(1);
    expect(cell('[1..3]', parseType('number'))).toBe(0);
    expect(cell('-', KIND)).toBe(0);
    expect(cell('? > 3', parseType('number'))).toBe(0);
    expect(cell('true', parseType('number'))).toBe(1);
  });
});

describe('calls', () => {
  test.each([
    ['holders(where, "singer")', '角色中没有「singer」，是否指「signer」？'],
    ['holders(who, "signer")', '「who」是人员，这里应为单位的列表'],
    ['outcome of("reveiw")', '步骤中没有「reveiw」，是否指「review」？'],
    ['outcome of("review") = "agreed"', '选项中没有「agreed」，是否指「agree」？'],
    ['list contains(["一般", "特急x"], kind)', '字典「缓急」中没有「特急x」，是否指「特急」？'],
    ['index of(["一班", "特急"], kind)', '字典「缓急」中没有「一班」，是否指「一般」？'],
  ])('[TYP5] %s: %s', (source, message) => {
    expect(messages(source)).toEqual([expect.stringContaining(message)]);
  });

  test('[TYP5] what a function gives follows from what it takes', () => {
    expect(typeOf('holders(where, "signer")')).toBe('人员的列表');
    expect(typeOf('first(rows).price')).toBe('数字');
    expect(typeOf('if amount > 3 then day else null')).toBe('日期');
    expect(typeOf('rows.name')).toBe('文字的列表');
    expect(
      messages('flatten(for r in rows return if r.price > 1 then [] else [{what: r.name}])[1].waht').join(),
    ).toContain('没有「waht」，是否指「what」？');
  });

  test('[TYP5] a place takes what it says', () => {
    expect(messages('amount', BOOLEAN)).toEqual(['「amount」是数字，这里应为是否']);
    expect(messages('loose', BOOLEAN)).toEqual([]);
    expect(messages('who', parseType('list<person>'))).toEqual([]);
  });
});

test('[TYP6] an expression that can be evaluated on values of the right types has no finding about types', () => {
  const value = fc.record({ amount: fc.integer({ min: 1, max: 9 }), loose: fc.constantFrom(1, 'a', null, [1]) });
  const number = fc.letrec((tie) => ({
    n: fc.oneof(
      { depthSize: 'small' },
      fc.constant('amount'),
      fc.integer({ min: 1, max: 9 }).map(String),
      fc.tuple(tie('n'), fc.constantFrom('+', '-', '*'), tie('n')).map((parts) => `(${parts.join(' ')})`),
      fc.tuple(tie('b'), tie('n'), tie('n')).map(([c, a, b]) => `(if ${c} then ${a} else ${b})`),
      fc.tuple(tie('n'), tie('n')).map(([a, b]) => `[${a}, ${b}][1]`),
      fc.tuple(tie('n')).map(([a]) => `{x: ${a}}.x`),
    ),
    b: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('true', 'false', 'loose = 1'),
      fc.tuple(tie('n'), fc.constantFrom('<', '>=', '=', '!='), tie('n')).map((parts) => `(${parts.join(' ')})`),
      fc.tuple(tie('b'), fc.constantFrom('and', 'or'), tie('b')).map((parts) => `(${parts.join(' ')})`),
      fc.tuple(tie('n'), tie('n')).map(([a, b]) => `(${a} in (${b}, > ${a}))`),
    ),
  })).n;
  fc.assert(
    fc.property(number, value, (source, scope) => {
      const { findings, type } = inferExpression(source as string, LANGUAGE, environment);
      const evaluate = () => compileExpression(source as string, LANGUAGE).evaluate(scope);
      if (scope.loose === 1 || scope.loose === null) expect(typeof evaluate()).toBe('number');
      expect(findings).toEqual([]);
      expect(type.kind).toBe('number');
    }),
    { numRuns: 300 },
  );
});

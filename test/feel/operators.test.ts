/**
 * Every operator is held against an oracle with generated operands: exact fractions of BigInt for arithmetic, feelin for the
 * whole grammar of signs. A sign that means nothing here must not mean something else.
 */
import { readOperator } from '@ganwei/feel/arithmetic';
import { compileExpression, compileUnaryTests, FeelError, type Value } from '@ganwei/feel/compile';
import fc from 'fast-check';
import { evaluate as feelin, unaryTest } from 'feelin';
import { describe, expect, it } from 'vitest';

const run = (source: string, scope: Record<string, unknown> = {}): Value =>
  compileExpression(source, { mode: 'strict' }).evaluate(scope);
const cell = (source: string, input: unknown): boolean => compileUnaryTests(source, { mode: 'strict' }).test(input, {});

/** An exact fraction. */
type Fraction = readonly [over: bigint, under: bigint];
const SCALE = 1000n;

/** what the signs mean, on exact fractions; null: no result */
const MEANING: Readonly<Record<string, (a: Fraction, b: Fraction) => Fraction | null>> = {
  '+': ([a, b], [c, d]) => [a * d + c * b, b * d],
  '-': ([a, b], [c, d]) => [a * d - c * b, b * d],
  '*': ([a, b], [c, d]) => [a * c, b * d],
  '/': ([a, b], [c, d]) => (c === 0n ? null : [a * d, b * c]),
  '**': ([a, b], [c, d]) => raise([a, b], c / d),
  '^': ([a, b], [c, d]) => raise([a, b], c / d),
};

function raise([a, b]: Fraction, n: bigint): Fraction | null {
  if (n >= 0n) return [a ** n, b ** n];
  return a === 0n ? null : [b ** -n, a ** -n];
}

const ORDER: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** three decimals, as thousandths */
const decimal = fc.integer({ min: -99_999, max: 99_999 });
const small = fc.integer({ min: -12, max: 12 });
const written = (thousandths: number): string =>
  `${thousandths < 0 ? '-' : ''}${Math.floor(Math.abs(thousandths) / 1000)}.${String(Math.abs(thousandths) % 1000).padStart(3, '0')}`;

/** equal up to what a number of 16 digits can hold */
function expectClose(actual: Value, [over, under]: Fraction): void {
  const wanted = Number((over * 10n ** 40n) / under) / 1e40;
  if (Math.abs(wanted) > 1e-20) expect(Math.abs((actual as number) / wanted - 1)).toBeLessThan(1e-14);
}

describe('operators against exact fractions', () => {
  it.each(['+', '-', '*', '/'])('[E15] a %s b is what arithmetic says, exactly', (sign) => {
    fc.assert(
      fc.property(fc.tuple(decimal, fc.boolean()), decimal, ([x, whole], y) => {
        const [a, b] = whole ? [`${x}`, `${y}`] : [written(x), written(y)];
        const exact = MEANING[sign]!([BigInt(x), whole ? 1n : SCALE], [BigInt(y), whole ? 1n : SCALE]);
        if (!exact) expect(() => run(`${a} ${sign} ${b}`)).toThrow('除数为零');
        else expectClose(run(`${a} ${sign} ${b}`), exact);
      }),
      { numRuns: 400 },
    );
  });

  it.each(['**', '^'])('[E15] a %s b is the power, never the product', (sign) => {
    fc.assert(
      fc.property(small, small, (x, y) => {
        const exact = MEANING[sign]!([BigInt(x), 1n], [BigInt(y), 1n]);
        if (!exact) expect(() => run(`(${x}) ${sign} (${y})`)).toThrow(FeelError);
        else expectClose(run(`(${x}) ${sign} (${y})`), exact);
      }),
      { numRuns: 400 },
    );
    expect(run(`10${sign}5`)).toBe(100_000);
    expect(run(`2${sign}3`)).toBe(8);
    expect([cell(`10${sign}2`, 100), cell(`10${sign}2`, 20), cell(`> 10${sign}2`, 99)]).toEqual([true, false, false]);
  });

  it.each(Object.keys(ORDER))('[E15] a %s b compares numbers, dates and texts as their order says', (sign) => {
    const day = (n: number) => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000).toISOString().slice(0, 10);
    const text = (n: number) => `"${String(n + 50).padStart(4, '0')}"`;
    fc.assert(
      fc.property(small, small, (x, y) => {
        const wanted = ORDER[sign]!(x, y);
        expect([x, y, run(`${x} ${sign} ${y}`)]).toEqual([x, y, wanted]);
        expect(run(`${text(x)} ${sign} ${text(y)}`)).toBe(wanted);
        expect(run(`date("${day(x)}") ${sign} date("${day(y)}")`)).toBe(wanted);
        expect([x, y, cell(`${sign} ${y}`, x)]).toEqual([x, y, wanted]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('operators against feelin', () => {
  const operand = fc.constantFrom('2', '3', '-2', '0.5', '(4)', 'a', 'b');
  const sign = fc.constantFrom('+', '-', '*', '/', '**', '^');
  const scope = { a: 8, b: -0.25 };

  it('[E15] chains of signs group and compute alike, in expressions and in table cells', () => {
    fc.assert(
      fc.property(operand, fc.array(fc.tuple(sign, operand), { minLength: 1, maxLength: 3 }), (first, rest) => {
        const source = [first, ...rest.flat()].join(' ');
        const theirs = feelin(source, scope).value as number | null;
        if (theirs === null || !Number.isFinite(theirs) || Math.abs(theirs) > 1e15) return;
        const ours = run(source, scope) as number;
        expect([source, Math.abs(ours - theirs) <= (Math.abs(theirs) + 1) * 1e-9]).toEqual([source, true]);
        const test = compileUnaryTests(`> ${source}`, { mode: 'strict' });
        const input = Math.round(theirs) + 1000;
        expect(test.test(input, scope)).toBe(unaryTest(`> ${source}`, { ...scope, '?': input }).value);
      }),
      { numRuns: 1_000 },
    );
  });

  it('[E15] a sign that is not in the table means nothing', () => {
    for (const known of ['+', '-', '*', '/', '**', '^']) expect(readOperator(known)).toBeDefined();
    for (const unknown of ['%', '//', '***', '^^', '&', '|', '', 'constructor', '=']) {
      expect([unknown, readOperator(unknown)]).toEqual([unknown, undefined]);
    }
    for (const source of ['5 % 2', '2 *** 3', '2 ^^ 3', '+5', '1 + +2', '7 \\ 2', '1 <=> 2', '!true']) {
      expect(() => run(source), source).toThrow(FeelError);
    }
    expect(run('6 // 2 is a comment')).toBe(6);
  });
});

describe('amounts', () => {
  /** A decimal of up to fifteen digits, with its value in units of 1e-8. */
  const amount = fc
    .tuple(fc.oneof(fc.integer({ min: -99_999, max: 99_999 }), fc.maxSafeInteger()), fc.integer({ min: 0, max: 8 }))
    .map(([digits, places]) => [Math.trunc(digits / 10), places] as const)
    .map(([digits, places]) => ({
      number: Number(`${digits}e-${places}`),
      units: BigInt(digits) * 10n ** BigInt(8 - places),
    }));
  const numberOf = (units: bigint, places: number): number => Number(`${units}e-${places}`) || 0;

  it('[E1] whether an amount has no decimals, two or eight, and however large it is: results are those of exact decimals', () => {
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        const given = { a: a.number, b: b.number };
        expect(run('a + b', given)).toBe(numberOf(a.units + b.units, 8));
        expect(run('a - b', given)).toBe(numberOf(a.units - b.units, 8));
        expect(run('a * b', given)).toBe(numberOf(a.units * b.units, 16));
      }),
      { numRuns: 2000 },
    );
  });

  it('[E1] the sum of many amounts is exact to the last place', () => {
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 40 }), (amounts) => {
        const total = amounts.reduce((sum, { units }) => sum + units, 0n);
        expect(run('sum(amounts)', { amounts: amounts.map(({ number }) => number) })).toBe(numberOf(total, 8));
      }),
      { numRuns: 1000 },
    );
  });
});

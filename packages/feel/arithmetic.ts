/**
 * Owns + - * / ** on values. Numbers are exact decimals while they are computed with (0.1 + 0.2 = 0.3, sums of money to the
 * cent) and ordinary numbers before and after. ISO date texts take part as dates where a date makes sense.
 * null operands never arrive here. What does not go together is declined with an ArgumentError.
 */
import { Decimal } from 'decimal.js';
import { ArgumentError } from './error.ts';
import { difference, FeelDuration, isTemporal, readMoment, shift, type Temporal } from './temporal.ts';
import { kindOf, MAX_TEXT, type Value } from './values.ts';

const Exact = Decimal.clone({ precision: 34, rounding: Decimal.ROUND_HALF_EVEN, toExpNeg: -40, toExpPos: 40 });

export type Operator = '+' | '-' | '*' | '/' | '**';
type Operand = Exclude<Value, null>;

/** Every sign that may be written between two values, and the operation it means; any other sign is an error of the author. */
const SIGNS: ReadonlyMap<string, Operator> = new Map([
  ['+', '+'],
  ['-', '-'],
  ['*', '*'],
  ['/', '/'],
  ['**', '**'],
  ['^', '**'],
]);
export const readOperator = (sign: string): Operator | undefined => SIGNS.get(sign);

export function calculate(operator: Operator, left: Operand, right: Operand): Value {
  if (typeof left === 'number' && typeof right === 'number') return numeric(operator, left, right);
  const result = AMONG_OTHERS[operator](left, right);
  if (result === undefined) {
    throw new ArgumentError(`${kindOf(left)}与${kindOf(right)}之间不能用“${operator}”运算`);
  }
  return result;
}

export function negate(value: Operand): Value {
  if (typeof value === 'number') return value === 0 ? 0 : -value;
  if (value instanceof FeelDuration) return new FeelDuration(value.unit, -value.amount);
  throw new ArgumentError(`${kindOf(value)}不能取负数`);
}

/** Exact sum. */
export function sum(numbers: readonly number[]): number {
  return quickSum(numbers) ?? finite(numbers.reduce((total, n) => total.plus(n), new Exact(0)).toNumber());
}

/** The same sum without decimals, sooner; undefined: they are needed. */
function quickSum(numbers: readonly number[]): number | undefined {
  for (const unit of UNITS) {
    let total = 0;
    const isWhole = numbers.every((n) => {
      total += wholeIn(unit, n);
      return Number.isSafeInteger(total);
    });
    if (isWhole) return total === 0 ? 0 : total / unit;
  }
  return undefined;
}

/** Whole numbers, cents, and two finer units: what people write is nearly always whole in one of them. */
const UNITS = [1, 100, 10_000, 1_000_000];

/**
 * How many of this unit (a hundredth: 100) the number is, as it is written; NaN: not a whole number of them. Up to fifteen digits no two decimals are the same number, so the
 * one that gives the number back is the one that was written, and whole numbers are computed with exactly, without decimals.
 */
function wholeIn(unit: number, n: number): number {
  const whole = Math.round(n * unit);
  return Math.abs(whole) < 1e15 && whole / unit === n ? whole : Number.NaN;
}

export type Rounding = 'half even' | 'half up' | 'half down' | 'up' | 'down' | 'floor' | 'ceiling';

const MODES: Readonly<Record<Rounding, Decimal.Rounding>> = {
  'half even': Decimal.ROUND_HALF_EVEN,
  'half up': Decimal.ROUND_HALF_UP,
  'half down': Decimal.ROUND_HALF_DOWN,
  up: Decimal.ROUND_UP,
  down: Decimal.ROUND_DOWN,
  floor: Decimal.ROUND_FLOOR,
  ceiling: Decimal.ROUND_CEIL,
};

/** Rounded to `places` decimal places (negative: tens, hundreds), by what is written, not by the binary fraction. */
export function round(n: number, places: number, rounding: Rounding): number {
  if (!Number.isInteger(places) || Math.abs(places) > 30) throw new ArgumentError('小数位数应为 -30 到 30 之间的整数');
  const unit = new Exact(10).pow(-places);
  return finite(new Exact(n).div(unit).toDecimalPlaces(0, MODES[rounding]).mul(unit).toNumber());
}

/** FEEL's modulo: the sign of the divisor. */
export function modulo(a: number, b: number): number {
  if (b === 0) throw new ArgumentError('除数为零');
  const [x, y] = [new Exact(a), new Exact(b)];
  return finite(x.minus(y.mul(x.div(y).floor())).toNumber());
}

export function root(n: number): number {
  if (n < 0) throw new ArgumentError('负数没有平方根');
  return finite(new Exact(n).sqrt().toNumber());
}

export const exponential = (n: number): number =>
  finite(Math.abs(n) > 800 ? Math.exp(n) : new Exact(n).exp().toNumber());

/** natural */
export function logarithm(n: number): number {
  if (n <= 0) throw new ArgumentError('只有正数才有对数');
  return finite(new Exact(n).ln().toNumber());
}

/** Two decimals and thousands separators: 1234.5 -> `1,234.50`. */
export function printMoney(n: number): string {
  const [whole = '', cents = ''] = new Exact(Math.abs(n)).toFixed(2, Decimal.ROUND_HALF_UP).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${n < 0 && `${whole}${cents}`.replace(/0/g, '') !== '' ? '-' : ''}${grouped}.${cents}`;
}

/** The number exactly as written in an expression, or null when a number cannot hold it. */
export function readNumber(text: string): number | null {
  const n = Number(text);
  return text.trim() !== '' && Number.isFinite(n) && new Exact(text).eq(new Exact(n)) ? n : null;
}

const EXACTLY: Readonly<Record<Operator, (a: Decimal, b: number) => Decimal>> = {
  '+': (a, b) => a.plus(b),
  '-': (a, b) => a.minus(b),
  '*': (a, b) => a.times(b),
  '/': (a, b) => a.div(b),
  '**': power,
};

/** With whole numbers of a unit. */
const QUICKLY: Readonly<Partial<Record<Operator, (a: number, b: number) => number>>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
};

function numeric(operator: Operator, a: number, b: number): number {
  if (operator === '/' && b === 0) throw new ArgumentError('除数为零');
  return quickResult(operator, a, b) ?? finite(EXACTLY[operator](new Exact(a), b).toNumber());
}

/** The same answer as with decimals, sooner; undefined: they are needed. A product is in the square of the unit. */
function quickResult(operator: Operator, a: number, b: number): number | undefined {
  const quickly = QUICKLY[operator];
  for (const unit of quickly ? UNITS : []) {
    const whole = quickly!(wholeIn(unit, a), wholeIn(unit, b));
    if (Number.isSafeInteger(whole)) return whole === 0 ? 0 : whole / (operator === '*' ? unit * unit : unit);
  }
  return undefined;
}

/** Exact for whole exponents up to 100; beyond, digits would be computed that no number can hold. */
function power(a: Decimal, b: number): Decimal {
  return Number.isInteger(b) && Math.abs(b) <= 100 ? a.pow(b) : new Exact(a.toNumber() ** b);
}

function plus(a: Operand, b: Operand): Value | undefined {
  if (typeof a === 'string' && typeof b === 'string') {
    if (a.length + b.length > MAX_TEXT) throw new ArgumentError('文字过长');
    return a + b;
  }
  const [x, y] = [temporal(a), temporal(b)];
  if (x && y instanceof FeelDuration) return shift(x, y, 1);
  return x instanceof FeelDuration && y ? shift(y, x, 1) : undefined;
}

function minus(a: Operand, b: Operand): Value | undefined {
  const [x, y] = [temporal(a), temporal(b)];
  if (!x || !y) return undefined;
  return y instanceof FeelDuration ? shift(x, y, -1) : difference(x, y);
}

/** a duration times a number, either way round */
function times(a: Operand, b: Operand): Value | undefined {
  const [span, factor] = a instanceof FeelDuration ? [a, b] : [b, a];
  if (!(span instanceof FeelDuration) || typeof factor !== 'number') return undefined;
  return new FeelDuration(span.unit, Math.trunc(numeric('*', span.amount, factor)));
}

/** a duration by a number, or by a duration of its kind */
function divide(a: Operand, b: Operand): Value | undefined {
  if (!(a instanceof FeelDuration)) return undefined;
  if (b instanceof FeelDuration) return a.unit === b.unit ? numeric('/', a.amount, b.amount) : undefined;
  return typeof b === 'number' ? new FeelDuration(a.unit, Math.trunc(numeric('/', a.amount, b))) : undefined;
}

/** what is not two numbers; undefined: does not go together */
const AMONG_OTHERS: Readonly<Record<Operator, (a: Operand, b: Operand) => Value | undefined>> = {
  '+': plus,
  '-': minus,
  '*': times,
  '/': divide,
  '**': () => undefined,
};

const temporal = (value: Operand): Temporal | undefined =>
  isTemporal(value) ? value : typeof value === 'string' ? (readMoment(value) ?? undefined) : undefined;

function finite(n: number): number {
  if (!Number.isFinite(n)) throw new ArgumentError('计算结果超出数字范围');
  return n === 0 ? 0 : n;
}

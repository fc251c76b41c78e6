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

export function calculate(operator: Operator, left: Operand, right: Operand): Value {
  if (typeof left === 'number' && typeof right === 'number') return numeric(operator, left, right);
  const result =
    operator === '+' ? plus(left, right) : operator === '-' ? minus(left, right) : scale(operator, left, right);
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
  return finite(numbers.reduce((total, n) => total.plus(n), new Exact(0)).toNumber());
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

function numeric(operator: Operator, a: number, b: number): number {
  if (operator === '/' && b === 0) throw new ArgumentError('除数为零');
  if (Number.isInteger(a) && Number.isInteger(b) && operator !== '/' && operator !== '**') {
    const quick = operator === '+' ? a + b : operator === '-' ? a - b : a * b;
    if (Number.isSafeInteger(quick)) return quick === 0 ? 0 : quick;
  }
  const x = new Exact(a);
  if (operator === '+') return finite(x.plus(b).toNumber());
  if (operator === '-') return finite(x.minus(b).toNumber());
  if (operator === '*') return finite(x.times(b).toNumber());
  if (operator === '/') return finite(x.div(b).toNumber());
  return finite(Number.isInteger(b) && Math.abs(b) <= 100 ? x.pow(b).toNumber() : a ** b);
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

/** durations times and by numbers, and a duration by a duration */
function scale(operator: Operator, a: Operand, b: Operand): Value | undefined {
  if (operator === '*' && typeof a === 'number' && b instanceof FeelDuration) return scale('*', b, a);
  if (!(a instanceof FeelDuration)) return undefined;
  if (operator === '/' && b instanceof FeelDuration && a.unit === b.unit) return numeric('/', a.amount, b.amount);
  if (typeof b !== 'number' || operator === '**') return undefined;
  return new FeelDuration(a.unit, Math.trunc(numeric(operator, a.amount, b)));
}

const temporal = (value: Operand): Temporal | undefined =>
  isTemporal(value) ? value : typeof value === 'string' ? (readMoment(value) ?? undefined) : undefined;

function finite(n: number): number {
  if (!Number.isFinite(n)) throw new ArgumentError('计算结果超出数字范围');
  return n === 0 ? 0 : n;
}

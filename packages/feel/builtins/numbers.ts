/**
 * Owns the built-in functions on numbers: rounding, aggregates over numbers, writing numbers for people.
 * Rounding works on the decimal digits as written. The sum of nothing is 0; least, greatest and mean of nothing are null.
 */
import {
  calculate,
  exponential,
  logarithm,
  modulo,
  printMoney,
  type Rounding,
  readNumber,
  root,
  round,
  sum,
} from '../arithmetic.ts';
import { ArgumentError } from '../error.ts';
import { FeelDuration } from '../temporal.ts';
import { compare, type Value } from '../values.ts';
import { type Args, type Functions, given, integer, listOrAll, number, wrong } from './arguments.ts';

const rounding = (name: string, mode: Rounding) => ({
  signatures: [`${name}(n: number, scale?: number) -> number`],
  call: (args: Args): Value => round(number(args, 0), integer(args, 1, 0), mode),
});

/** of one number */
const measure = (name: string, parameter: string, of: (n: number) => Value, result = 'number') => ({
  signatures: [`${name}(${parameter}: number) -> ${result}`],
  call: (args: Args): Value => of(number(args, 0)),
});

/** of a list of numbers, or of the numbers as arguments */
const aggregate = (name: string, of: (list: readonly number[]) => Value, result = 'number') => ({
  signatures: [`${name}(list: list<number>) -> ${result}`, `${name}(...n: number) -> ${result}`],
  call: (args: Args): Value => of(numbers(args)),
});

const extremes = (name: string) => [`${name}(list: list<T>) -> T`, `${name}(...c: T) -> T`];

export const NUMBERS: Functions = {
  abs: {
    signatures: [
      'abs(n: number) -> number',
      'abs(n: days and time duration) -> days and time duration',
      'abs(n: years and months duration) -> years and months duration',
    ],
    call: absolute,
  },
  floor: rounding('floor', 'floor'),
  ceiling: rounding('ceiling', 'ceiling'),
  decimal: {
    signatures: ['decimal(n: number, scale: number) -> number'],
    call: (args) => round(number(args, 0), integer(args, 1), 'half even'),
  },
  'round half up': rounding('round half up', 'half up'),
  'round half down': rounding('round half down', 'half down'),
  'round up': rounding('round up', 'up'),
  'round down': rounding('round down', 'down'),
  modulo: {
    signatures: ['modulo(dividend: number, divisor: number) -> number'],
    call: (args) => modulo(number(args, 0), number(args, 1)),
  },
  sqrt: measure('sqrt', 'number', root),
  exp: measure('exp', 'number', exponential),
  log: measure('log', 'number', logarithm),
  odd: measure('odd', 'number', (n) => whole(n) % 2 !== 0, 'boolean'),
  even: measure('even', 'number', (n) => whole(n) % 2 === 0, 'boolean'),
  sum: { ...aggregate('sum', sum), skipsEmpty: true },
  product: aggregate('product', product),
  mean: aggregate('mean', mean),
  median: aggregate('median', median),
  stddev: aggregate('stddev', deviation),
  mode: {
    ...aggregate('mode', mode, 'list<number>'),
    call: (args) => mode(given(args, 0) === null ? wrong(0, '列表', null) : numbers(args)),
  },
  min: { signatures: extremes('min'), call: (args) => extreme(args, -1) },
  max: { signatures: extremes('max'), call: (args) => extreme(args, 1) },
  number: {
    signatures: ['number(from: string, grouping separator?: string, decimal separator?: string) -> number'],
    call: parseNumber,
  },
  'format money': measure('format money', 'amount', printMoney, 'string'),
  'chinese number': measure('chinese number', 'number', (n) => chineseNumber(whole(n)), 'string'),
};

function absolute(args: Args): Value {
  const value = given(args, 0);
  return value instanceof FeelDuration
    ? new FeelDuration(value.unit, Math.abs(value.amount))
    : Math.abs(number(args, 0));
}

const whole = (n: number): number => (Number.isSafeInteger(n) ? n : wrong(0, '整数', n));

const numbers = (args: Args): number[] =>
  listOrAll(args).map((value, index) => (typeof value === 'number' ? value : declineItem(value, index)));

function declineItem(value: Value, index: number): never {
  throw new ArgumentError(value === null ? `第 ${index + 1} 项没有值` : `第 ${index + 1} 项不是数字`);
}

function product(list: readonly number[]): Value {
  return list.length ? list.reduce<number>((total, n) => calculate('*', total, n) as number, 1) : null;
}

/** of a sample (divided by one less than its size); of fewer than two numbers there is none */
function deviation(list: readonly number[]): Value {
  const middle = mean(list);
  if (typeof middle !== 'number' || list.length < 2) return null;
  const squares = list.map((n) => calculate('**', calculate('-', n, middle) as number, 2) as number);
  return root(calculate('/', sum(squares), list.length - 1) as number);
}

/** the most frequent numbers, ascending */
function mode(list: readonly number[]): Value {
  const counts = new Map<number, number>();
  for (const n of list) counts.set(n, (counts.get(n) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return [...counts.keys()].filter((n) => counts.get(n) === most).sort((a, b) => a - b);
}

function mean(list: readonly number[]): Value {
  return list.length ? calculate('/', sum(list), list.length) : null;
}

function median(list: readonly number[]): Value {
  const sorted = [...list].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] ?? null) : mean(sorted.slice(Math.max(0, middle - 1), middle + 1));
}

/** least (-1) or greatest (1) of numbers, texts or dates of one kind */
function extreme(args: Args, direction: -1 | 1): Value {
  const [first = null, ...rest] = listOrAll(args);
  let best = first;
  rest.forEach((value, index) => {
    const order = compare(value, best);
    if (order === undefined) declineItem(value, index + 1);
    if (order * direction > 0) best = value;
  });
  return best;
}

/** `number("1,234.50", ",", ".")`: text; grouping sign: space, comma or full stop; decimal sign: comma or full stop. */
function parseNumber(args: Args): number {
  const value = given(args, 0);
  if (typeof value === 'number' && args.length === 1) return value;
  if (typeof value !== 'string') return wrong(0, '文字', value);
  const [grouping, point] = [given(args, 1), given(args, 2)];
  if (grouping !== null && !(typeof grouping === 'string' && /^[ ,.]$/.test(grouping))) {
    return wrong(1, '千分位符号（空格、逗号或句点）', grouping);
  }
  if (point !== null && !(typeof point === 'string' && /^[,.]$/.test(point) && point !== grouping)) {
    return wrong(2, '小数点符号（逗号或句点，与千分位符号不同）', point);
  }
  let digits = grouping === null ? value : value.replaceAll(grouping, '');
  if (point === ',') digits = digits.includes('.') ? '' : digits.replace(',', '.');
  if (!/^\s*[+-]?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})([eE][+-]?\d{1,3})?\s*$/.test(digits))
    return wrong(0, '数字', value);
  return readNumber(digits.trim()) ?? wrong(0, '可精确表示的数字', value);
}

const DIGITS = '零一二三四五六七八九';
const PLACES = ['', '十', '百', '千'];

/** 11 -> 十一, 105 -> 一百零五, 20000 -> 二万; whole numbers from 0 to 99,999,999 */
function chineseNumber(n: number): string {
  if (n < 0 || n > 99_999_999) throw new ArgumentError('只能写 0 到 99999999 之间的整数');
  if (n < 10_000) return (n === 0 ? '零' : belowTenThousand(n)).replace(/^一十/, '十');
  const [high, low] = [Math.floor(n / 10_000), n % 10_000];
  const tail = low === 0 ? '' : `${low < 1000 ? '零' : ''}${belowTenThousand(low)}`;
  return `${belowTenThousand(high)}万${tail}`.replace(/^一十/, '十');
}

function belowTenThousand(n: number): string {
  const digits = [...String(n)].map(Number);
  const words = digits.map((d, i) => (d === 0 ? '零' : `${DIGITS[d]}${PLACES[digits.length - 1 - i]}`));
  return words.join('').replace(/零+/g, '零').replace(/零$/, '');
}

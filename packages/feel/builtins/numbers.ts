/**
 * Owns the built-in functions on numbers: rounding, aggregates over numbers, writing numbers for people.
 * Rounding works on the decimal digits as written. The sum of nothing is 0; least, greatest and mean of nothing are null.
 */
import { calculate, modulo, printMoney, type Rounding, readNumber, round, sum } from '../arithmetic.ts';
import { ArgumentError } from '../error.ts';
import { compare, type Value } from '../values.ts';
import { type Args, type Functions, given, integer, listOrAll, MANY, number, wrong } from './arguments.ts';

const rounding = (mode: Rounding) => ({
  params: [1, 2] as const,
  call: (args: Args): Value => round(number(args, 0), integer(args, 1, 0), mode),
});

export const NUMBERS: Functions = {
  abs: { params: [1, 1], call: (args) => Math.abs(number(args, 0)) },
  floor: rounding('floor'),
  ceiling: rounding('ceiling'),
  decimal: { params: [2, 2], call: (args) => round(number(args, 0), integer(args, 1), 'half even') },
  'round half up': rounding('half up'),
  'round half down': rounding('half down'),
  'round up': rounding('up'),
  'round down': rounding('down'),
  modulo: { params: [2, 2], call: (args) => modulo(number(args, 0), number(args, 1)) },
  odd: { params: [1, 1], call: (args) => integer(args, 0) % 2 !== 0 },
  even: { params: [1, 1], call: (args) => integer(args, 0) % 2 === 0 },
  sum: { params: [1, MANY], call: (args) => sum(numbers(args)) },
  mean: { params: [1, MANY], call: (args) => mean(numbers(args)) },
  median: { params: [1, MANY], call: (args) => median(numbers(args)) },
  min: { params: [1, MANY], call: (args) => extreme(args, -1) },
  max: { params: [1, MANY], call: (args) => extreme(args, 1) },
  number: { params: [1, 3], call: parseNumber },
  'format money': { params: [1, 1], call: (args) => printMoney(number(args, 0)) },
  'chinese number': { params: [1, 1], call: (args) => chineseNumber(integer(args, 0)) },
};

const numbers = (args: Args): number[] =>
  listOrAll(args).map((value, index) => (typeof value === 'number' ? value : declineItem(value, index)));

function declineItem(value: Value, index: number): never {
  throw new ArgumentError(value === null ? `第 ${index + 1} 项没有值` : `第 ${index + 1} 项不是数字`);
}

const mean = (list: readonly number[]): Value => (list.length ? calculate('/', sum(list), list.length) : null);

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

/** `number("1,234.50", ",", ".")`: text, grouping sign, decimal sign */
function parseNumber(args: Args): number {
  const value = given(args, 0);
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return wrong(0, '数字', value);
  const [grouping, point] = [given(args, 1), given(args, 2)];
  let digits = typeof grouping === 'string' && grouping ? value.replaceAll(grouping, '') : value;
  if (typeof point === 'string' && point) digits = digits.replace(point, '.');
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

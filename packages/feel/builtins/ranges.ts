/**
 * Owns the built-in functions on ranges, and `is`. A place is a value that has an order; the relations between places and ranges
 * are those of the DMN standard (table 78). What has no common order is declined.
 */
import { readNumber } from '../arithmetic.ts';
import { ArgumentError } from '../error.ts';
import { FeelDateTime, FeelTime, readDate, readDateTime, readDuration, readMoment, readTime } from '../temporal.ts';
import { compare, equals, FeelRange, kindOf, type Spend, type Value } from '../values.ts';
import { type Args, type Functions, given, text, wrong } from './arguments.ts';

/** The two ranges that a relation compares; a place is the range from itself to itself. */
type Relation = (a: FeelRange, b: FeelRange) => boolean;

const relates = (name: string, shapes: readonly (readonly [first: string, second: string])[], holds: Relation) => ({
  signatures: shapes.map(([first, second]) => {
    const [one, other] = first === second ? [`${first}1`, `${second}2`] : [first, second];
    return `${name}(${one}: ${shape(first)}, ${other}: ${shape(second)}) -> boolean`;
  }),
  call: (args: Args): Value => holds(asRange(args, 0), asRange(args, 1)),
});

const shape = (word: string): string => (word === 'range' ? 'range<T>' : 'T');
const ANYTHING = [
  ['point', 'point'],
  ['point', 'range'],
  ['range', 'point'],
  ['range', 'range'],
] as const;
const PAIR = [['range', 'range']] as const;
const INTO = [
  ['point', 'range'],
  ['range', 'range'],
] as const;
const FROM = [
  ['range', 'point'],
  ['range', 'range'],
] as const;

export const RANGES: Functions = {
  range: { signatures: ['range(from: string) -> range<Any>'], call: (args) => readRange(text(args, 0)) },
  is: { signatures: ['is(value1: Any, value2: Any) -> boolean'], call: (args, _, spend) => isSame(args, spend) },
  before: relates('before', ANYTHING, before),
  after: relates('after', ANYTHING, (a, b) => before(b, a)),
  meets: relates('meets', PAIR, meets),
  'met by': relates('met by', PAIR, (a, b) => meets(b, a)),
  overlaps: relates('overlaps', PAIR, (a, b) => !before(a, b) && !before(b, a)),
  'overlaps before': relates('overlaps before', PAIR, overlapsBefore),
  'overlaps after': relates('overlaps after', PAIR, (a, b) => overlapsBefore(b, a)),
  finishes: relates('finishes', INTO, (a, b) => ends(a, b) === 0 && starts(a, b) >= 0),
  'finished by': relates('finished by', FROM, (a, b) => ends(a, b) === 0 && starts(b, a) >= 0),
  includes: relates('includes', FROM, includes),
  during: relates('during', INTO, (a, b) => includes(b, a)),
  starts: relates('starts', INTO, (a, b) => starts(a, b) === 0 && ends(a, b) <= 0),
  'started by': relates('started by', FROM, (a, b) => starts(a, b) === 0 && ends(b, a) <= 0),
  coincides: relates('coincides', [ANYTHING[0], ANYTHING[3]], (a, b) => starts(a, b) === 0 && ends(a, b) === 0),
};

function asRange(args: Args, index: number): FeelRange {
  const value = given(args, index);
  if (value instanceof FeelRange) return value;
  if (compare(value, value) === undefined) return wrong(index, '区间或可比较大小的值', value);
  return new FeelRange(value, value, true, true);
}

function order(a: Value, b: Value): number {
  const found = compare(a, b);
  if (found === undefined) throw new ArgumentError(`${kindOf(a)}与${kindOf(b)}不能比较大小`);
  return found;
}

/** Which begins earlier? Negative: a. An end that belongs to the range begins earlier than one that does not. */
function starts(a: FeelRange, b: FeelRange): number {
  if (a.low === null || b.low === null) return (a.low === null ? 0 : 1) - (b.low === null ? 0 : 1);
  return order(a.low, b.low) || Number(b.lowIncluded) - Number(a.lowIncluded);
}

/** Which ends earlier? Negative: a. */
function ends(a: FeelRange, b: FeelRange): number {
  if (a.high === null || b.high === null) return (a.high === null ? 1 : 0) - (b.high === null ? 1 : 0);
  return order(a.high, b.high) || Number(a.highIncluded) - Number(b.highIncluded);
}

function before(a: FeelRange, b: FeelRange): boolean {
  if (a.high === null || b.low === null) return false;
  const found = order(a.high, b.low);
  return found < 0 || (found === 0 && !(a.highIncluded && b.lowIncluded));
}

function meets(a: FeelRange, b: FeelRange): boolean {
  if (a.high === null || b.low === null) return false;
  return a.highIncluded && b.lowIncluded && order(a.high, b.low) === 0;
}

function includes(a: FeelRange, b: FeelRange): boolean {
  return starts(a, b) <= 0 && ends(a, b) >= 0;
}

function overlapsBefore(a: FeelRange, b: FeelRange): boolean {
  return starts(a, b) < 0 && !before(a, b) && ends(a, b) <= 0;
}

/** The very same value: also of one kind, and times with the same offset. null is null. */
function isSame(args: Args, spend: Spend): boolean {
  const [a, b] = [given(args, 0), given(args, 1)];
  if (kindOf(a) !== kindOf(b)) return false;
  const offset = (value: Value): string =>
    value instanceof FeelTime || value instanceof FeelDateTime ? String(value.zone ?? value.offset) : '';
  return offset(a) === offset(b) && equals(a, b, spend) === true;
}

const WRITTEN = /^\s*([[\](])\s*(.+?)\s*\.\.\s*(.+?)\s*([\][)])\s*$/s;

/** `range("[1..3]")`: the ends are literals of one kind, the first not above the second. */
function readRange(written: string): FeelRange {
  const m = WRITTEN.exec(written);
  const [low, high] = [readEnd(m?.[2] ?? ''), readEnd(m?.[3] ?? '')];
  if (!m || low === null || high === null || kindOf(low) !== kindOf(high)) return wrong(0, '区间，如 [1..3]', written);
  if (order(low, high) > 0) throw new ArgumentError('区间的起点不应大于终点');
  return new FeelRange(low, high, m[1] === '[', m[4] === ']');
}

const QUOTED = /^(@|date and time|date|time|duration)?\s*\(?\s*("(?:[^"\\]|\\.)*")\s*\)?$/;

function readEnd(written: string): Value {
  const m = QUOTED.exec(written);
  if (!m) return /^-?[\d.]/.test(written) ? readNumber(written) : null;
  const inside = JSON.parse(m[2] ?? '""') as string;
  switch (m[1]) {
    case undefined:
      return written.startsWith('"') ? inside : null;
    case '@':
      return readMoment(inside) ?? readTime(inside) ?? readDuration(inside);
    case 'date':
      return readDate(inside);
    case 'time':
      return readTime(inside);
    case 'date and time':
      return readDateTime(inside);
    default:
      return readDuration(inside);
  }
}

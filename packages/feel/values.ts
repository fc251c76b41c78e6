/**
 * Owns what a value is: admission of foreign data, own-property access, kinds and their Chinese names, equality, order,
 * printing. Data from outside is never copied and never trusted: only own properties are read, functions and symbols do
 * not exist, NaN is null. Nothing here knows of modes; "does not go together" is `undefined` and the caller decides.
 */
import { ArgumentError } from './error.ts';
import {
  compareTemporal,
  FeelDate,
  FeelDateTime,
  FeelDuration,
  isTemporal,
  readMoment,
  type Temporal,
} from './temporal.ts';

export type Value = null | boolean | number | string | Temporal | FeelRange | FeelFunction | readonly Value[] | Context;
export interface Context {
  readonly [name: string]: Value;
}

/** Charges work against the operation budget; throws when it is used up. */
export type Spend = (operations: number) => void;

/** `[1..5]`, `(< 10)`: from low to high; null at an end: no bound there. Prints itself as it is written. */
export class FeelRange {
  readonly kind = 'range';
  readonly low: Value;
  readonly high: Value;
  /** does the end itself belong to it? */
  readonly lowIncluded: boolean;
  readonly highIncluded: boolean;

  constructor(low: Value, high: Value, lowIncluded: boolean, highIncluded: boolean) {
    this.low = low;
    this.high = high;
    this.lowIncluded = lowIncluded;
    this.highIncluded = highIncluded;
  }

  toJSON(): string {
    const [from, to] = [this.lowIncluded ? '[' : '(', this.highIncluded ? ']' : ')'];
    if (this.low === null) return `(<${this.highIncluded ? '=' : ''} ${printEnd(this.high)})`;
    if (this.high === null) return `(>${this.lowIncluded ? '=' : ''} ${printEnd(this.low)})`;
    return `${from}${printEnd(this.low)}..${printEnd(this.high)}${to}`;
  }

  toString(): string {
    return this.toJSON();
  }
}

const printEnd = (value: Value): string => (typeof value === 'string' ? JSON.stringify(value) : print(value));

/** A function as a value: written in an expression, or a business knowledge model. It is called, never stored. */
export class FeelFunction {
  readonly kind = 'function';
  readonly parameters: readonly string[];
  readonly #call: (args: readonly Value[], world: unknown, spend: Spend) => Value;

  constructor(parameters: readonly string[], call: (args: readonly Value[], world: unknown, spend: Spend) => Value) {
    this.parameters = parameters;
    this.#call = call;
  }

  /** Throws ArgumentError when the number of arguments is wrong. */
  call(args: readonly Value[], world: unknown, spend: Spend): Value {
    const wanted = this.parameters.length;
    if (args.length !== wanted) throw new ArgumentError(`函数需要 ${wanted} 个参数，给了 ${args.length} 个`);
    return this.#call(args, world, spend);
  }

  toJSON(): string {
    return `function(${this.parameters.join(', ')})`;
  }

  toString(): string {
    return this.toJSON();
  }
}

/** Names that never are fields: writing or reading them on a JavaScript object would reach its prototype. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);
export const isForbiddenName = (name: string): boolean => FORBIDDEN.has(name);

export const MAX_LIST = 20_000;
export const MAX_TEXT = 1_000_000;

/** Foreign data as a value, shallow: what lies inside is admitted when it is read. */
export function toValue(raw: unknown): Value {
  switch (typeof raw) {
    case 'string':
    case 'boolean':
      return raw;
    case 'number':
      return Number.isFinite(raw) ? raw : null;
    case 'object':
      return raw as Value;
    default:
      return null;
  }
}

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

/** Data are plain objects, which are told at once. */
export const isContext = (value: Value): value is Context =>
  typeof value === 'object' &&
  value !== null &&
  (Object.getPrototypeOf(value) === Object.prototype ||
    (!Array.isArray(value) && !isTemporal(value) && !(value instanceof FeelRange) && !(value instanceof FeelFunction)));

/**
 * An own property, or undefined when there is none. The value is read before the check: an observing proxy (a form in the
 * browser) notices the interest in a field that does not exist yet.
 */
export function ownProperty(holder: object, name: string): Value | undefined {
  const raw = (holder as Record<string, unknown>)[name];
  return raw !== undefined && Object.hasOwn(holder, name) ? toValue(raw) : undefined;
}

/** A list as such, null as the empty list (an empty table is not stored), anything else as a list of one. */
export function asList(value: Value): readonly Value[] {
  if (value === null) return [];
  if (!isList(value)) return [value];
  if (value.length > MAX_LIST) throw new ArgumentError(`列表超过 ${MAX_LIST} 项`);
  return value;
}

export type Kind =
  | '空'
  | '是否'
  | '数字'
  | '文字'
  | '日期'
  | '日期时间'
  | '时间'
  | '时长'
  | '区间'
  | '函数'
  | '列表'
  | '对象';

export function kindOf(value: Value): Kind {
  if (value === null) return '空';
  if (typeof value === 'boolean') return '是否';
  if (typeof value === 'number') return '数字';
  if (typeof value === 'string') return '文字';
  if (isList(value)) return '列表';
  if (value instanceof FeelDate) return '日期';
  if (value instanceof FeelDateTime) return '日期时间';
  if (value instanceof FeelDuration) return '时长';
  if (value instanceof FeelRange) return '区间';
  if (value instanceof FeelFunction) return '函数';
  return isTemporal(value) ? '时间' : '对象';
}

/** ISO text next to a date or a date and time is read as one; any other pair is left alone. */
export function alignMoments(a: Value, b: Value): [Value, Value] {
  if (typeof a === 'string' && isMoment(b)) return [readMoment(a) ?? a, b];
  if (typeof b === 'string' && isMoment(a)) return [a, readMoment(b) ?? b];
  return [a, b];
}

/** undefined: values of different kinds, for which "equal" has no answer. null equals only null. */
export function equals(left: Value, right: Value, spend: Spend): boolean | undefined {
  spend(1);
  if (left === null || right === null) return left === right;
  const [a, b] = alignMoments(left, right);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return typeof a === typeof b ? a === b : undefined;
  }
  if (isTemporal(a) && isTemporal(b)) {
    const order = compareTemporal(a, b);
    return order === undefined ? undefined : order === 0;
  }
  if (isList(a) && isList(b)) {
    return a.length === b.length && a.every((x, i) => equals(toValue(x), toValue(b[i]), spend) === true);
  }
  if (a instanceof FeelRange && b instanceof FeelRange) return sameRange(a, b, spend);
  if (isContext(a) && isContext(b)) {
    const keys = Object.keys(a);
    if (keys.length !== Object.keys(b).length) return false;
    return keys.every((k) => Object.hasOwn(b, k) && equals(toValue(a[k]), toValue(b[k]), spend) === true);
  }
  return undefined;
}

function sameRange(a: FeelRange, b: FeelRange, spend: Spend): boolean {
  if (a.lowIncluded !== b.lowIncluded || a.highIncluded !== b.highIncluded) return false;
  return equals(a.low, b.low, spend) === true && equals(a.high, b.high, spend) === true;
}

/** Does the value lie in the range? undefined: it has no order with an end. */
export function inRange(value: Value, range: FeelRange): boolean | undefined {
  const low = range.low === null ? 1 : compare(value, range.low);
  const high = range.high === null ? -1 : compare(value, range.high);
  if (low === undefined || high === undefined) return undefined;
  return (range.lowIncluded ? low >= 0 : low > 0) && (range.highIncluded ? high <= 0 : high < 0);
}

/** Negative, zero, positive; undefined: no order between these two (null included). */
export function compare(left: Value, right: Value): number | undefined {
  const [a, b] = alignMoments(left, right);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  return isTemporal(a) && isTemporal(b) ? compareTemporal(a, b) : undefined;
}

/** FEEL's `string()`: texts as they are, the rest as it would be written. */
export function print(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return printNumber(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (!isList(value) && !isContext(value)) return value.toString();
  const nested = (raw: Value): string => {
    const inner = toValue(raw);
    return typeof inner === 'string' ? JSON.stringify(inner) : print(inner);
  };
  const text = isList(value)
    ? `[${value.map(nested).join(', ')}]`
    : `{${Object.keys(value)
        .map((key) => `${key}: ${nested(value[key] ?? null)}`)
        .join(', ')}}`;
  if (text.length > MAX_TEXT) throw new ArgumentError('文字过长');
  return text;
}

const isMoment = (value: Value): value is FeelDate | FeelDateTime =>
  value instanceof FeelDate || value instanceof FeelDateTime;

/** without exponent: 1e21 is written out */
function printNumber(n: number): string {
  const text = String(n);
  if (!text.includes('e')) return text;
  return Number.isInteger(n) ? BigInt(n).toString() : n.toFixed(20).replace(/0+$/, '').replace(/\.$/, '');
}

/**
 * Owns how built-in functions take their arguments: each reader returns the value or declines with a Chinese sentence.
 * ISO text is accepted wherever a date is, a list of one where a single value is, a single value where a list is (DMN 10.3.2.9.4);
 * nothing else is converted.
 */
import { ArgumentError } from '../error.ts';
import type { Callable } from '../scope.ts';
import { FeelDate, FeelDateTime, readMoment } from '../temporal.ts';
import { asList, type Context, isContext, isList, kindOf, toValue, type Value } from '../values.ts';

export type Args = readonly Value[];
/** Built-in functions by name; what they take stands in their signatures and nowhere else. */
export type Functions = Readonly<Record<string, Callable & { readonly signatures: readonly string[] }>>;

/** The argument at this place, null when it was not given. */
export const given = (args: Args, index: number): Value => toValue(args[index]);

/** The same, a list of one as its only item. */
function single(args: Args, index: number): Value {
  const value = given(args, index);
  return isList(value) && value.length === 1 ? toValue(value[0]) : value;
}

const missing = (args: Args, index: number): boolean => args[index] === undefined;

export function number(args: Args, index: number, fallback?: number): number {
  if (fallback !== undefined && missing(args, index)) return fallback;
  const value = single(args, index);
  return typeof value === 'number' ? value : wrong(index, '数字', value);
}

export function integer(args: Args, index: number, fallback?: number): number {
  const value = number(args, index, fallback);
  return Number.isSafeInteger(value) ? value : wrong(index, '整数', value);
}

export function text(args: Args, index: number, fallback?: string): string {
  if (fallback !== undefined && missing(args, index)) return fallback;
  const value = single(args, index);
  return typeof value === 'string' ? value : wrong(index, '文字', value);
}

/** null is the empty list (a table that was never filled in), a single value a list of one */
export const list = (args: Args, index: number): readonly Value[] => asList(given(args, index)).map(toValue);

/** A list that must be there. */
export const presentList = (args: Args, index: number): readonly Value[] =>
  given(args, index) === null ? wrong(index, '列表', null) : list(args, index);

/** `f(list)` or `f(a, b, c)` */
export function listOrAll(args: Args): readonly Value[] {
  const first = given(args, 0);
  return args.length === 1 ? list(args, 0) : isList(first) ? wrong(0, '单个值', first) : args.map(toValue);
}

export function context(args: Args, index: number): Context {
  const value = single(args, index);
  return isContext(value) ? value : wrong(index, '对象', value);
}

export function moment(args: Args, index: number): FeelDate | FeelDateTime {
  const value = single(args, index);
  const found = typeof value === 'string' ? readMoment(value) : value;
  return found instanceof FeelDate || found instanceof FeelDateTime ? found : wrong(index, '日期', value);
}

/** The day of a date or a date and time. */
export function day(args: Args, index: number): FeelDate {
  const value = moment(args, index);
  return value instanceof FeelDate ? value : value.date;
}

export function wrong(index: number, wanted: string, value: Value): never {
  const actual =
    value === null ? '没有值' : typeof value === 'string' ? `是文字“${value.slice(0, 30)}”` : `是${kindOf(value)}`;
  throw new ArgumentError(`第 ${index + 1} 个参数应为${wanted}，实际${actual}`);
}

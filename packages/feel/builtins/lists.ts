/**
 * Owns the built-in functions on lists, truth and emptiness. Every comparison of elements costs budget.
 * No function changes its argument.
 */
import { ArgumentError } from '../error.ts';
import {
  compare,
  equals,
  FeelFunction,
  isContext,
  isList,
  ownProperty,
  type Spend,
  toValue,
  type Value,
} from '../values.ts';
import { type Args, type Functions, given, integer, list, presentList, text, wrong } from './arguments.ts';

const truths = (name: string) => [`${name}(list: list<boolean>) -> boolean`, `${name}(...b: boolean) -> boolean`];
const lists = (name: string) => [`${name}(...list: list<T>) -> list<T>`];

export const LISTS: Functions = {
  count: { signatures: ['count(list: list<T>) -> number'], call: (args) => list(args, 0).length },
  'list contains': {
    signatures: ['list contains(list: list<T>, element: T) -> boolean'],
    call: (args, _, spend) => places(list(args, 0), given(args, 1), spend).length > 0,
  },
  'index of': {
    signatures: ['index of(list: list<T>, match: T) -> list<number>'],
    call: (args, _, spend) => places(list(args, 0), given(args, 1), spend),
  },
  append: {
    signatures: ['append(list: list<T>, ...item: T) -> list<T>'],
    call: (args) => [...list(args, 0), ...args.slice(1).map(toValue)],
  },
  concatenate: { signatures: lists('concatenate'), call: joined },
  union: { signatures: lists('union'), call: (args, _, spend) => distinct(joined(args), spend) },
  'distinct values': {
    signatures: ['distinct values(list: list<T>) -> list<T>'],
    call: (args, _, spend) => distinct(list(args, 0), spend),
  },
  flatten: {
    signatures: ['flatten(list: list<Any>) -> list<Any>'],
    call: (args, _, spend) => flatten(list(args, 0), spend),
  },
  reverse: { signatures: ['reverse(list: list<T>) -> list<T>'], call: (args) => [...list(args, 0)].reverse() },
  remove: {
    signatures: ['remove(list: list<T>, position: number) -> list<T>'],
    call: (args) => list(args, 0).filter((_, i, all) => i !== place(args, 1, all.length)),
  },
  'insert before': {
    signatures: ['insert before(list: list<T>, position: number, newItem: T) -> list<T>'],
    call: insertBefore,
  },
  'list replace': {
    signatures: [
      'list replace(list: list<T>, position: number, newItem: T) -> list<T>',
      'list replace(list: list<T>, match: function<T, T> -> boolean, newItem: T) -> list<T>',
    ],
    call: replace,
  },
  sublist: {
    signatures: ['sublist(list: list<T>, start position: number, length?: number) -> list<T>'],
    call: sublist,
  },
  sort: {
    signatures: [
      'sort(list: list<T>) -> list<T>',
      'sort(list: list<T>, by: string) -> list<T>',
      'sort(list: list<T>, precedes: function<T, T> -> boolean) -> list<T>',
    ],
    call: sort,
  },
  all: { signatures: truths('all'), call: (args) => verdict(args, false) },
  any: { signatures: truths('any'), call: (args) => verdict(args, true) },
  not: { signatures: ['not(negand: boolean) -> boolean'], call: negation },
  'is empty': { signatures: ['is empty(value: Any) -> boolean'], call: (args) => isEmpty(given(args, 0)) },
  'get or': {
    signatures: ['get or(value: T, default: T) -> T'],
    call: (args) => given(args, 0) ?? given(args, 1),
  },
};

function joined(args: Args): Value[] {
  return args.flatMap((_, i) => list(args, i));
}

/** null, an empty text, an empty list, a context without entries */
function isEmpty(value: Value): boolean {
  if (value === null || value === '') return true;
  return isList(value) ? value.length === 0 : isContext(value) && Object.keys(value).length === 0;
}

/** 1-based places of an element */
function places(items: readonly Value[], wanted: Value, spend: Spend): number[] {
  return items.flatMap((item, i) => (equals(item, wanted, spend) === true ? [i + 1] : []));
}

/** each value once, in the order of first appearance; texts, numbers and truths without comparing all pairs */
function distinct(items: readonly Value[], spend: Spend): Value[] {
  const simple = new Set<Value>();
  const others: Value[] = [];
  return items.filter((item) => {
    if (item === null || typeof item !== 'object') {
      if (simple.has(item)) return false;
      simple.add(item);
      return true;
    }
    if (others.some((other) => equals(other, item, spend) === true)) return false;
    others.push(item);
    return true;
  });
}

function flatten(items: readonly Value[], spend: Spend): Value[] {
  return items.flatMap((raw) => {
    spend(1);
    const item = toValue(raw);
    return isList(item) ? flatten(item, spend) : [item];
  });
}

/** index of a 1-based place, counted from the end when negative */
function place(args: Args, index: number, length: number): number {
  const position = integer(args, index);
  const found = position > 0 ? position - 1 : length + position;
  return position !== 0 && found >= 0 && found < length ? found : wrong(index, '列表内的位置', position);
}

/** `insert before` may also name the place behind the last item. */
function insertBefore(args: Args): Value {
  const items = [...list(args, 0)];
  const behind = given(args, 1) === items.length + 1;
  items.splice(behind ? items.length : place(args, 1, items.length), 0, given(args, 2));
  return items;
}

/** the item at a place, or each item for which a function(item, newItem) holds */
function replace(args: Args, world: unknown, spend: Spend): Value {
  const items = presentList(args, 0);
  const [where, item] = [given(args, 1), given(args, 2)];
  if (!(where instanceof FeelFunction)) {
    const at = place(args, 1, items.length);
    return items.map((old, i) => (i === at ? item : old));
  }
  return items.map((old) => (answerOf(where, [old, item], world, spend) ? item : old));
}

/** Asks a function of the author; anything but yes or no is declined. */
function answerOf(of: FeelFunction, args: Args, world: unknown, spend: Spend): boolean {
  const answer = of.call(args, world, spend);
  return typeof answer === 'boolean' ? answer : wrong(1, '得出“是否”的函数', answer);
}

function sublist(args: Args): Value {
  const items = list(args, 0);
  const from = place(args, 1, items.length);
  const length = integer(args, 2, items.length);
  return items.slice(from, from + Math.max(0, length));
}

/**
 * `sort(list)` ascending, `sort(list, "key")` by a field, `sort(list, "-key")` descending, `sort(list, function(a, b) a.n < b.n)`;
 * equal ones keep their order.
 */
function sort(args: Args, world: unknown, spend: Spend): Value {
  const precedes = given(args, 1);
  if (precedes instanceof FeelFunction) {
    const before = (a: Value, b: Value): boolean => answerOf(precedes, [a, b], world, spend);
    return [...presentList(args, 0)].sort((a, b) => (before(a, b) ? -1 : before(b, a) ? 1 : 0));
  }
  const key = text(args, 1, '');
  const [field, direction] = key.startsWith('-') ? [key.slice(1), -1] : [key, 1];
  const sortKey = (item: Value): Value =>
    field === '' ? item : isContext(item) ? (ownProperty(item, field) ?? null) : null;
  return [...list(args, 0)].sort((a, b) => {
    const [x, y] = [sortKey(a), sortKey(b)];
    const order = x === null && y === null ? 0 : compare(x, y);
    if (order === undefined) throw new ArgumentError('列表中的值不能互相比较大小');
    return order * direction;
  });
}

/** any (decisive true) and all (decisive false), of a list or of the arguments; three-valued: null leaves it open */
function verdict(args: Args, decisive: boolean): Value {
  const items = args.length === 1 ? presentList(args, 0) : args.map(toValue);
  items.forEach((item, i) => {
    if (item !== null && typeof item !== 'boolean') wrong(i, '是否', item);
  });
  if (items.includes(decisive)) return decisive;
  return items.includes(null) ? null : !decisive;
}

/** three-valued: of null it is null */
function negation(args: Args): Value {
  const value = given(args, 0);
  return value === null ? null : typeof value === 'boolean' ? !value : wrong(0, '是否', value);
}

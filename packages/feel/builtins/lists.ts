/**
 * Owns the built-in functions on lists, contexts, truth and emptiness. Every comparison of elements costs budget.
 * No function changes its argument.
 */
import { ArgumentError } from '../error.ts';
import {
  type Context,
  compare,
  equals,
  isContext,
  isForbiddenName,
  isList,
  ownProperty,
  type Spend,
  toValue,
  type Value,
} from '../values.ts';
import { type Args, boolean, context, type Functions, given, integer, list, MANY, text, wrong } from './arguments.ts';

export const LISTS: Functions = {
  count: { params: [1, 1], call: (args) => list(args, 0).length },
  'list contains': {
    params: [2, 2],
    call: (args, _, spend) => places(list(args, 0), given(args, 1), spend).length > 0,
  },
  'index of': { params: [2, 2], call: (args, _, spend) => places(list(args, 0), given(args, 1), spend) },
  append: { params: [1, MANY], call: (args) => [...list(args, 0), ...args.slice(1)] },
  concatenate: { params: [1, MANY], call: (args) => args.flatMap((_, i) => list(args, i)) },
  union: {
    params: [1, MANY],
    call: (args, _, spend) =>
      distinct(
        args.flatMap((_item, i) => list(args, i)),
        spend,
      ),
  },
  'distinct values': { params: [1, 1], call: (args, _, spend) => distinct(list(args, 0), spend) },
  flatten: { params: [1, 1], call: (args, _, spend) => flatten(list(args, 0), spend) },
  reverse: { params: [1, 1], call: (args) => [...list(args, 0)].reverse() },
  remove: { params: [2, 2], call: (args) => list(args, 0).filter((_, i, all) => i !== place(args, 1, all.length)) },
  'insert before': { params: [3, 3], call: insertBefore },
  sublist: { params: [2, 3], call: sublist },
  sort: { params: [1, 2], call: sort },
  all: { params: [1, MANY], call: (args) => verdict(args, false) },
  any: { params: [1, MANY], call: (args) => verdict(args, true) },
  not: { params: [1, 1], call: (args) => !boolean(args, 0) },
  'is empty': { params: [1, 1], call: (args) => isEmpty(given(args, 0)) },
  'get or': { params: [2, 2], call: (args) => given(args, 0) ?? given(args, 1) },
  'get value': { params: [2, 2], call: (args) => ownProperty(context(args, 0), text(args, 1)) ?? null },
  'get entries': { params: [1, 1], call: (args) => entries(context(args, 0)) },
  'context put': { params: [3, 3], call: contextPut },
  'context merge': { params: [1, MANY], call: contextMerge },
};

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
  return position !== 0 && found >= 0 && found <= length ? found : wrong(index, '列表内的位置', position);
}

function insertBefore(args: Args): Value {
  const items = [...list(args, 0)];
  items.splice(place(args, 1, items.length), 0, given(args, 2));
  return items;
}

function sublist(args: Args): Value {
  const items = list(args, 0);
  const from = place(args, 1, items.length);
  const length = args.length > 2 ? integer(args, 2) : items.length;
  return items.slice(from, from + Math.max(0, length));
}

/** `sort(list)` ascending, `sort(list, "key")` by a field, `sort(list, "-key")` descending; equal ones keep their order */
function sort(args: Args): Value {
  const key = args.length > 1 ? text(args, 1) : '';
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

/** any (decisive true) and all (decisive false), of a list or of the arguments */
function verdict(args: Args, decisive: boolean): Value {
  const items = args.length === 1 ? list(args, 0) : args;
  items.forEach((item, i) => {
    if (item !== null && typeof item !== 'boolean') wrong(i, '是否', item);
  });
  if (items.includes(decisive)) return decisive;
  if (items.includes(null)) return wrong(items.indexOf(null), '是否', null);
  return !decisive;
}

const entries = (of: Context): Value => Object.keys(of).map((key) => ({ key, value: ownProperty(of, key) ?? null }));

function contextPut(args: Args): Value {
  const key = text(args, 1);
  if (isForbiddenName(key)) return wrong(1, '允许的名称', key);
  return { ...context(args, 0), [key]: given(args, 2) };
}

/** later entries win; `context merge(a, b)` or `context merge([a, b])` */
function contextMerge(args: Args): Value {
  const parts = args.length === 1 ? list(args, 0) : args;
  return Object.assign({}, ...parts.map((_, i) => context(parts, i))) as Context;
}

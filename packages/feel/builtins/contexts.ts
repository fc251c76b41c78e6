/**
 * Owns the built-in functions on contexts. None changes its argument; a name that would reach JavaScript's prototypes is declined.
 */
import { ArgumentError } from '../error.ts';
import { type Context, isContext, isForbiddenName, isList, ownProperty, toValue, type Value } from '../values.ts';
import { type Args, context, type Functions, given, presentList, text, wrong } from './arguments.ts';

export const CONTEXTS: Functions = {
  'get value': {
    signatures: ['get value(m: context, key: string) -> Any'],
    call: (args) => ownProperty(context(args, 0), text(args, 1)) ?? null,
  },
  'get entries': {
    signatures: ['get entries(m: context) -> list<context<key: string, value: Any>>'],
    call: (args) => entries(context(args, 0)),
  },
  context: {
    signatures: ['context(entries: list<context<key: string, value: Any>>) -> context'],
    call: fromEntries,
  },
  'context put': {
    signatures: [
      'context put(context: context, key: string, value: Any) -> context',
      'context put(context: context, keys: list<string>, value: Any) -> context',
    ],
    call: put,
  },
  'context merge': {
    signatures: ['context merge(contexts: list<context>) -> context', 'context merge(...part: context) -> context'],
    call: merge,
  },
};

const entries = (of: Context): Value => Object.keys(of).map((key) => ({ key, value: ownProperty(of, key) ?? null }));

/** of `{key, value}` each; a key may come once */
function fromEntries(args: Args): Value {
  const made: Record<string, Value> = {};
  for (const entry of presentList(args, 0)) {
    if (!isContext(entry)) return wrong(0, '由 {key, value} 组成的列表', entry);
    const [key, value] = [ownProperty(entry, 'key') ?? null, ownProperty(entry, 'value')];
    if (value === undefined) throw new ArgumentError('每一项都应有 key 和 value');
    const name = allowedKey(key, 0);
    if (Object.hasOwn(made, name)) throw new ArgumentError(`“${name}”出现了两次`);
    made[name] = value;
  }
  return made;
}

function allowedKey(key: Value, index: number): string {
  return typeof key === 'string' && !isForbiddenName(key) ? key : wrong(index, '允许的名称', key);
}

/** one key, or the way to it through contexts within the context */
function put(args: Args): Value {
  const keys = given(args, 1);
  const path = isList(keys) ? keys.map((key) => allowedKey(toValue(key), 1)) : [allowedKey(keys, 1)];
  if (path.length === 0) return wrong(1, '非空的名称列表', keys);
  return putAt(context(args, 0), path, given(args, 2));
}

function putAt(holder: Context, [key = '', ...rest]: readonly string[], value: Value): Context {
  if (rest.length === 0) return { ...holder, [key]: value };
  const inner = ownProperty(holder, key) ?? null;
  if (!isContext(inner)) throw new ArgumentError(`“${key}”不是对象`);
  return { ...holder, [key]: putAt(inner, rest, value) };
}

/** later entries win; `context merge([a, b])` or `context merge(a, b)` */
function merge(args: Args): Value {
  const parts = args.length === 1 ? presentList(args, 0) : args;
  return Object.assign({}, ...parts.map((_, i) => context(parts, i))) as Context;
}

/**
 * Owns whether a value is of a type (DMN 10.3.2.9): `instance of`, declared parameters, declared results of decisions. null is of no
 * type when it is asked, and may stand wherever a value is declared. `coerce` also makes the conversions that the standard allows.
 */
import { FeelDate, FeelDateTime, FeelDuration, FeelTime, readMoment } from './temporal.ts';
import { parseType, resolve, type Type } from './type.ts';
import { FeelFunction, FeelRange, isContext, isList, ownProperty, toValue, type Value } from './values.ts';

type Kind = Exclude<Type['kind'], 'list' | 'context' | 'range' | 'string' | 'named'>;

const IS: Readonly<Record<Kind, (value: Value) => boolean>> = {
  any: () => true,
  null: (value) => value === null,
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  date: (value) => value instanceof FeelDate,
  time: (value) => value instanceof FeelTime,
  'date and time': (value) => value instanceof FeelDateTime,
  'days and time duration': (value) => value instanceof FeelDuration && value.unit === 'milliseconds',
  'years and months duration': (value) => value instanceof FeelDuration && value.unit === 'months',
  function: (value) => value instanceof FeelFunction,
};

/** Is this value, which is not null, of the type? Members and items may be null, but a named member must be there. */
export function conforms(value: Value, type: Type): boolean {
  const within = (inner: Value, of: Type): boolean => inner === null || conforms(inner, of);
  switch (type.kind) {
    case 'string':
      return typeof value === 'string' && (type.enumeration?.values.has(value) ?? true);
    case 'list':
      return isList(value) && value.every((item) => within(toValue(item), type.item));
    case 'context':
      if (!isContext(value)) return false;
      return [...type.members].every(([name, member]) => {
        const found = ownProperty(value, name);
        return found !== undefined && within(found, member);
      });
    case 'range':
      return value instanceof FeelRange && within(value.low, type.of) && within(value.high, type.of);
    case 'function':
      return value instanceof FeelFunction && value.parameters.length === type.parameters.length;
    case 'named':
      return true;
    default:
      return value !== null && IS[type.kind](value);
  }
}

/**
 * The value as the type wants it: as it is, a list of one as its item, a single value as a list of one, a date as its 0:00. ISO text
 * stands for a date. undefined: it is not of the type.
 */
export function coerce(value: Value, type: Type): Value | undefined {
  if (value === null || conforms(value, type)) return value;
  if (typeof value === 'string' && (type.kind === 'date' || type.kind === 'date and time')) {
    return readMoment(value) === null ? undefined : value;
  }
  if (value instanceof FeelDate && type.kind === 'date and time') return new FeelDateTime(value.midnight);
  if (type.kind !== 'list') {
    const [only = null, ...others] = isList(value) ? value : [];
    return others.length === 0 && only !== null && conforms(toValue(only), type) ? toValue(only) : undefined;
  }
  if (!isList(value)) {
    const item = coerce(value, type.item);
    return item === undefined ? undefined : [item];
  }
  const items = value.map((item) => coerce(toValue(item), type.item));
  return items.includes(undefined) ? undefined : (items as Value[]);
}

/** What a type written by an author means; null: it names something unknown. `named` are the types that the author declared. */
export function readType(written: string, named: ReadonlyMap<string, Type>): Type | null {
  let type: Type;
  try {
    type = parseType(written.replace(/\s+/g, ' ').trim());
  } catch {
    return null;
  }
  return unknownNames(type, named) ? null : resolve(type, named);
}

function unknownNames(type: Type, named: ReadonlyMap<string, Type>): boolean {
  const inner = (one: Type): boolean => unknownNames(one, named);
  switch (type.kind) {
    case 'named':
      return !named.has(type.name);
    case 'list':
      return inner(type.item);
    case 'range':
      return inner(type.of);
    case 'context':
      return [...type.members.values()].some(inner);
    case 'function':
      return type.parameters.some(inner) || inner(type.result);
    default:
      return false;
  }
}

/** A type in the notation of type.ts. */
export function notationOf(type: Type): string {
  switch (type.kind) {
    case 'any':
      return 'Any';
    case 'null':
      return 'Null';
    case 'string':
      return type.id ?? 'string';
    case 'named':
      return type.name;
    case 'list':
    case 'range':
      return `${type.kind}<${notationOf(type.kind === 'list' ? type.item : type.of)}>`;
    case 'context':
      return `context<${[...[...type.members].map(([name, member]) => `${name}: ${notationOf(member)}`), ...(type.open ? ['...'] : [])].join(', ')}>`;
    case 'function':
      return `function<${type.parameters.map(notationOf).join(', ')}> -> ${notationOf(type.result)}`;
    default:
      return type.kind;
  }
}

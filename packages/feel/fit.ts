/**
 * Owns how types relate: which value may stand where another is wanted, which can never be equal, what two branches have in common,
 * what a path reads. It must never be stricter than the evaluator: what it refuses is wrong for every value. Rule: [TYP2].
 */
import { ANY, BOOLEAN, contextOf, type Enumeration, idOf, listOf, NULL, NUMBER, STRING, type Type } from './type.ts';

/** Values of an enumeration that is made of two; more of them say nothing any more. */
const MOST_VALUES = 400;

/** The type of a value that has one type or the other: `if c then a else b`. */
export function join(a: Type, b: Type): Type {
  if (a === b || b.kind === 'null') return a;
  if (a.kind === 'null') return b;
  if (a.kind !== b.kind) return ANY;
  if (a.kind === 'list' && b.kind === 'list') return listOf(join(a.item, b.item));
  if (a.kind === 'range' && b.kind === 'range') return { kind: 'range', of: join(a.of, b.of) };
  if (a.kind === 'string' && b.kind === 'string') return joinTexts(a, b);
  if (a.kind === 'context' && b.kind === 'context') {
    const names = new Set([...a.members.keys(), ...b.members.keys()]);
    const open = a.open || b.open;
    return contextOf(
      [...names].map((name) => [name, join(a.members.get(name) ?? NULL, b.members.get(name) ?? NULL)] as const),
      open,
    );
  }
  return a.kind === 'function' ? ANY : a;
}

type Text = Extract<Type, { kind: 'string' }>;

function joinTexts(a: Text, b: Text): Type {
  if (a.id !== b.id) return STRING;
  if (!a.enumeration || !b.enumeration) return a.id ? idOf(a.id) : STRING;
  if (a.enumeration === b.enumeration) return a;
  const values = new Map([...a.enumeration.values, ...b.enumeration.values]);
  if (values.size > MOST_VALUES) return STRING;
  const of = a.enumeration.of === b.enumeration.of ? a.enumeration.of : a.enumeration.of || b.enumeration.of;
  return { kind: 'string', enumeration: { of, values } };
}

/** The type without the values that its literals happened to have: what another author may write here as well. */
export function widened(type: Type): Type {
  if (type.kind === 'string' && type.enumeration?.of === '') return type.id ? idOf(type.id) : STRING;
  if (type.kind === 'list') return listOf(widened(type.item));
  if (type.kind !== 'context') return type;
  return contextOf(
    [...type.members].map(([name, member]) => [name, widened(member)] as const),
    type.open,
  );
}

/** Why a value does not fit; `inactive`: it fits, but the entry has been switched off. */
export interface Misfit {
  readonly kind: 'type' | 'value' | 'inactive';
  /** the value that is not in the list, for `value` and `inactive` */
  readonly value?: string;
  readonly enumeration?: Enumeration;
}

const WRONG: Misfit = { kind: 'type' };

/**
 * May a value of the one type stand where the other is wanted? null fits everywhere (whether it may be empty is known only when it is
 * evaluated), a single value stands for a list of one, ISO text stands for a date (decision 0002).
 */
export function misfit(given: Type, wanted: Type): Misfit | undefined {
  if (given.kind === 'any' || given.kind === 'null' || wanted.kind === 'any') return undefined;
  if (given.kind === 'named' || wanted.kind === 'named') return undefined;
  if (wanted.kind === 'list') return misfit(given.kind === 'list' ? given.item : given, wanted.item);
  if (given.kind === 'string') return textMisfit(given, wanted);
  if (wanted.kind === 'string') {
    const iso = given.kind === 'date' || given.kind === 'date and time';
    return iso && !wanted.id && !wanted.enumeration ? undefined : WRONG;
  }
  if (given.kind !== wanted.kind) return given.kind === 'date and time' && wanted.kind === 'date' ? undefined : WRONG;
  if (given.kind === 'range' && wanted.kind === 'range') return misfit(given.of, wanted.of);
  if (given.kind === 'context' && wanted.kind === 'context') return contextMisfit(given, wanted);
  return undefined;
}

function textMisfit(given: Text, wanted: Type): Misfit | undefined {
  if (wanted.kind === 'date' || wanted.kind === 'date and time') {
    const literals = [...(given.enumeration?.values.keys() ?? [])];
    return literals.length > 0 && literals.every((text) => ISO.test(text)) ? undefined : WRONG;
  }
  if (wanted.kind !== 'string') return WRONG;
  if (given.id && wanted.id && given.id !== wanted.id) return WRONG;
  if (!given.enumeration || !wanted.enumeration) return undefined;
  return valueMisfit(given.enumeration, wanted.enumeration);
}

const ISO = /^\d{4}-\d\d-\d\d(T|$)/;

function valueMisfit(given: Enumeration, wanted: Enumeration): Misfit | undefined {
  for (const value of given.values.keys()) {
    const active = wanted.values.get(value);
    if (active === undefined && given.of === '') return { kind: 'value', value, enumeration: wanted };
    if (active === false && given.of === '') return { kind: 'inactive', value, enumeration: wanted };
  }
  const shared = [...given.values.keys()].some((value) => wanted.values.has(value));
  return shared || given.values.size === 0 ? undefined : WRONG;
}

function contextMisfit(
  given: Extract<Type, { kind: 'context' }>,
  wanted: Extract<Type, { kind: 'context' }>,
): Misfit | undefined {
  for (const [name, type] of wanted.members) {
    const own = given.members.get(name);
    const wrong = own && misfit(own, type);
    if (wrong) return wrong;
  }
  return undefined;
}

/** Can two values ever be equal? If not, why; `inactive`: they can, but one of them should no longer be chosen. */
export function neverEqual(a: Type, b: Type): Misfit | undefined {
  if (a.kind === 'any' || b.kind === 'any' || a.kind === 'null' || b.kind === 'null') return undefined;
  if ((a.kind === 'list') !== (b.kind === 'list')) return WRONG;
  if (a.kind === 'list' && b.kind === 'list') return neverEqual(a.item, b.item);
  const [one, other] = [misfit(a, b), misfit(b, a)];
  const retired = [one, other].find((misfitting) => misfitting?.kind === 'inactive');
  if (retired || !one || !other) return retired;
  if (one.kind === 'type' || other.kind === 'type') return one.kind === 'type' ? other : one;
  return valuesIn(a) <= valuesIn(b) ? one : other; // the value that stands alone is the one to speak of
}

const valuesIn = (type: Type): number => (type.kind === 'string' ? (type.enumeration?.values.size ?? 0) : 0);

/** What a path reads: `list.member` is the list of the members. undefined: there is no such member. */
export function memberOf(holder: Type, name: string): Type | undefined {
  if (holder.kind === 'null') return NULL;
  if (holder.kind === 'any' || holder.kind === 'named') return ANY;
  if (holder.kind === 'list') {
    const inner = memberOf(holder.item, name);
    return inner && listOf(inner);
  }
  if (holder.kind === 'context') return holder.members.get(name) ?? (holder.open ? ANY : undefined);
  return partOf(holder, name);
}

const DATE_PARTS = ['year', 'month', 'day', 'weekday'];
const TIME_PARTS = ['hour', 'minute', 'second'];

function partOf(holder: Type, name: string): Type | undefined {
  const dated = holder.kind === 'date' || holder.kind === 'date and time';
  const timed = holder.kind === 'time' || holder.kind === 'date and time';
  if (dated && DATE_PARTS.includes(name)) return NUMBER;
  if (timed && TIME_PARTS.includes(name)) return NUMBER;
  if (timed && name === 'time offset') return { kind: 'days and time duration' };
  if (timed && name === 'timezone') return STRING;
  if (holder.kind === 'days and time duration' && ['days', 'hours', 'minutes', 'seconds'].includes(name)) return NUMBER;
  if (holder.kind === 'years and months duration' && ['years', 'months'].includes(name)) return NUMBER;
  if (holder.kind === 'range') {
    if (name === 'start' || name === 'end') return holder.of;
    if (name === 'start included' || name === 'end included') return BOOLEAN;
  }
  return undefined;
}

/** Names one may write after the point, for "是否指". */
export function membersOf(type: Type): string[] {
  if (type.kind === 'list') return membersOf(type.item);
  return type.kind === 'context' ? [...type.members.keys()] : [];
}

/** Owns reading the values of foreign settings: people, groups, times and keys, each as an expression or a word of ours. Rules: [FOR31] [FOR32]. */
import { feelOf } from './juel.ts';

/** What of the file its values are read by. */
export interface Facts {
  /** variables in which the other engine keeps who has started the case */
  readonly starters: ReadonlySet<string>;
  /** our roles, by the names of groups that they are */
  readonly roles: ReadonlyMap<string, string>;
}

export const quoted = (text: string): string => JSON.stringify(text);

/** Items between commas, except commas inside `${…}`. */
export const itemsOf = (value: string): string[] =>
  (value.match(/(?:[$#]\{[^}]*\}|[^,，])+/g) ?? []).map((item) => item.trim()).filter((item) => item !== '');

const isExpression = (item: string): boolean => /^[$#]\{|^=/.test(item);

/** A value that may be a literal or an expression. */
export const literalOf = (value: string): string | undefined =>
  isExpression(value) ? feelOf(value) : value.includes('${') || value.includes('#{') ? undefined : quoted(value);

/** One person or several; names of accounts stay as they are written. */
export function peopleOf(value: string, { starters }: Facts): string | undefined {
  if (value.startsWith('=')) return feelOf(value);
  const people = itemsOf(value).map((item) => {
    const name = /^[$#]\{\s*(\w+)\s*\}$/.exec(item)?.[1];
    return name !== undefined && starters.has(name) ? 'case.starter' : literalOf(item);
  });
  return people.length === 0 || people.includes(undefined) ? undefined : listOf(people as string[]);
}

const listOf = (items: readonly string[]): string => {
  const [only] = items;
  return items.length === 1 && only !== undefined && !only.startsWith('"') ? only : `[${items.join(', ')}]`;
};

/** Whoever holds a role in the unit of the starter: what groups of other engines most often are. */
export function holdersOf(value: string, facts: Facts): string | undefined {
  const groups = value.startsWith('=') ? groupsIn(value, facts) : itemsOf(value).map((item) => groupOf(item, facts));
  if (!groups || groups.length === 0 || groups.includes(undefined)) return undefined;
  return joined(groups.map((group) => `holders(case.starterUnit, ${group})`));
}

/** A list that is written out; others are told by the data alone. */
function groupsIn(value: string, { roles }: Facts): string[] | undefined {
  const list = /^=\s*\[((?:\s*"[^"]*"\s*,?)+)\]$/.exec(value);
  const feel = feelOf(value);
  if (list) return literalsIn(value).map((name) => quoted(roles.get(name) ?? name));
  return feel === undefined ? undefined : [feel];
}

const groupOf = (item: string, { roles }: Facts): string | undefined => {
  const role = roles.get(item);
  return role === undefined ? literalOf(item) : quoted(role);
};

/** Lists of people as one. */
export const joined = (lists: readonly string[]): string => {
  const [first = 'null'] = lists;
  return lists.length === 1 ? first : `[${lists.join(', ')}]`;
};

/** Literal names of groups that are no role of ours yet. */
export const unmappedIn = (value: string, { roles }: Facts): string[] =>
  literalsIn(value).filter((name) => !roles.has(name));

/** Literal names among people or groups, which have other names here. */
export const literalsIn = (value: string): string[] =>
  value.startsWith('=')
    ? [...value.matchAll(/"([^"]*)"/g)].map(([, name = '']) => name)
    : itemsOf(value).filter((item) => !isExpression(item));

const DURATION = /^P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;

/** A day, an instant or a span from now. */
export function timeOf(value: string): string | undefined {
  if (DURATION.test(value)) return `duration("${value}")`;
  if (DATE.test(value)) return `date("${value}")`;
  if (MOMENT.test(value)) return `date and time("${value}")`;
  return isExpression(value) ? feelOf(value) : undefined;
}

const KEY = /^[A-Za-z][\w-]{0,60}$/;

/** A key as definitions of ours have it; addresses of pages and files have none. */
export const keyOf = (value: string): string | undefined => (KEY.test(value) ? value : undefined);

/** A key made of any text: `_1` and `Rechnung prüfen` have one, too. */
export function keyFrom(text: string, otherwise: string): string {
  const plain = text.replace(/[^\w-]+/g, '_').replace(/^[^A-Za-z]+/, '');
  return keyOf(plain.slice(0, 60)) ?? otherwise;
}

/** Owns in which order a chart tells its figures, and how many of them: months as they follow each other, kinds as the ledger offers them or by size. Rule: [OVW7]. */
import type { LedgerColumn } from '@ganwei/release/tables';
import type { Host } from '../catalogue/host.ts';
import type { SlotValue } from '../store/rows.ts';
import { type Figure, together } from '../store/sums.ts';
import { monthAfter } from './overview-filters.ts';

/** Kinds that are told one by one; nobody reads more of them in a chart. */
const MOST_KINDS = 40;

export interface Choice {
  value: string;
  label: string;
}

export interface Ordering {
  isByMonth: boolean;
  /** of the column, and of the second one */
  choices: readonly (readonly Choice[])[];
  number(figure: Figure): number;
  isAverage: boolean;
}

/** The same values of these columns together, whatever the others are. */
export function grouped(figures: readonly Figure[], places: readonly number[]): Figure[] {
  const groups = new Map<string, Figure>();
  for (const figure of figures) {
    const values = places.map((place) => figure.values[place] ?? null);
    const name = JSON.stringify(values);
    const known = groups.get(name);
    groups.set(name, known ? together(known, figure) : { ...figure, values });
  }
  return [...groups.values()].filter(({ n }) => n !== 0);
}

export function arranged(
  groups: readonly Figure[],
  { isByMonth, choices, number, isAverage }: Ordering,
): { kept: Figure[]; rest: { kinds: number; value: number } | null } {
  const sizes = new Map<SlotValue, number>();
  for (const group of groups) sizes.set(kindOf(group), (sizes.get(kindOf(group)) ?? 0) + number(group));
  const keys = [...sizes.keys()].sort(isByMonth ? byName : inOrder(choices[0]!, sizes));
  // An average over nothing is no number.
  const all = isByMonth && !isAverage ? withoutGaps(keys) : keys;
  const told = isByMonth ? all.slice(-MOST_KINDS) : all.slice(0, MOST_KINDS);
  const left = keys.filter((key) => !told.includes(key));
  const value = left.reduce<number>((sum, key) => sum + sizes.get(key)!, 0);
  const second = choices[1];
  const within = (key: SlotValue): Figure[] => {
    const own = groups.filter((group) => kindOf(group) === key);
    if (own.length === 0 && !second) return [{ values: [key], n: 0, sums: [0, 0], filled: [0, 0] }];
    return second ? own.sort((one, other) => rank(second, one.values[1]!) - rank(second, other.values[1]!)) : own;
  };
  return { kept: told.flatMap(within), rest: left.length > 0 ? { kinds: left.length, value } : null };
}

const kindOf = ({ values }: Figure): SlotValue => values[0] ?? null;

/** What is not filled in stands last. */
const byName = (one: SlotValue, other: SlotValue): number =>
  one === null ? 1 : other === null ? -1 : String(one) < String(other) ? -1 : 1;

/** As they are offered; others behind them by size. */
const inOrder =
  (choices: readonly Choice[], sizes: ReadonlyMap<SlotValue, number>) =>
  (one: SlotValue, other: SlotValue): number =>
    (choices.length > 0 ? rank(choices, one) - rank(choices, other) : 0) ||
    sizes.get(other)! - sizes.get(one)! ||
    byName(one, other);

function rank(choices: readonly Choice[], key: SlotValue): number {
  if (key === null) return choices.length + 1;
  const at = choices.findIndex(({ value }) => value === key);
  return at < 0 ? choices.length : at;
}

/** A wrong date far away must not make a chart of centuries. */
const MOST_MONTHS = 240;

/** Months between others are told although nothing happened in them. */
function withoutGaps(keys: readonly SlotValue[]): SlotValue[] {
  const months = keys.filter((key) => key !== null).map(String);
  const last = months.at(-1) ?? '';
  const found: string[] = [];
  for (
    let month = months[0] ?? '';
    month !== '' && month <= last && found.length < MOST_MONTHS;
    month = monthAfter(month)
  )
    found.push(month);
  return [...(found.at(-1) === last ? found : months), ...keys.filter((key) => key === null)];
}

export function choicesOf(host: Host, { dictionary, choices = [] }: LedgerColumn): readonly Choice[] {
  if (!dictionary) return choices;
  const items = host.catalogue().dictionary(dictionary)?.items ?? [];
  return items.map(({ code, label }) => ({ value: code, label }));
}

export const labelIn = (choices: readonly Choice[], key: string | null): string =>
  key === null ? '' : (choices.find(({ value }) => value === key)?.label ?? key);

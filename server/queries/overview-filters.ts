/** Owns how conditions of an overview are written in two ways that mean the same: over the values of a summary, and as filters of its ledger. Rule: [OVW4]. */
import { addDays, type Day } from '@ganwei/calendar/dates';
import { startOfDay } from '@ganwei/calendar/zone';
import type { ParsedBody } from '@ganwei/core/contract';
import type { Condition } from '@ganwei/release/overviews';
import { byMonth } from '@ganwei/release/sums';
import type { LedgerColumn } from '@ganwei/release/tables';
import type { Sight } from '../catalogue/sight.ts';
import type { SlotValue } from '../store/rows.ts';

export type Filters = ParsedBody<'ledgerRows'>['filters'];

/** A condition with the values of its expressions. */
export interface Chosen {
  column: string;
  holds(value: SlotValue): boolean;
  filters: Filters;
}

export function chosenBy({ column: key, in: among, from, to }: Condition, column: LedgerColumn, sight: Sight): Chosen {
  if (among === undefined) {
    const [first, last] = [from, to].map((source) => (source === undefined ? undefined : monthOf(sight.ask(source))));
    return {
      column: key,
      holds: (value) =>
        value !== null &&
        (first === undefined || String(value) >= first) &&
        (last === undefined || String(value) <= last),
      filters: [
        ...(first === undefined ? [] : [{ column: key, op: 'from' as const, value: beginOf(first) }]),
        ...(last === undefined ? [] : [{ column: key, op: 'to' as const, value: endOf(last) }]),
      ],
    };
  }
  const given = sight.ask(among);
  const values = (Array.isArray(given) ? given : [given]).filter((one) => typeof one === 'string');
  return {
    column: key,
    holds: (value) => value !== null && values.includes(String(value)),
    filters: [{ column: column.key, op: 'in', value: values.slice(0, 100) }],
  };
}

/** The rows of a ledger whose column has this value in a summary. */
export function filtersFor(column: LedgerColumn, value: SlotValue): Filters {
  const { key } = column;
  if (value === null) return [{ column: key, op: 'empty', value: '' }];
  if (byMonth(column))
    return [
      { column: key, op: 'from', value: beginOf(String(value)) },
      { column: key, op: 'to', value: endOf(String(value)) },
    ];
  if (typeof value === 'number')
    return [
      { column: key, op: 'from', value },
      { column: key, op: 'to', value },
    ];
  return [
    column.filter === 'choice' ? { column: key, op: 'in', value: [value] } : { column: key, op: 'equals', value },
  ];
}

/** YYYY-MM of the day that an expression gives. */
const monthOf = (day: unknown): string => String(day).slice(0, 7);

const beginOf = (month: string): number => startOfDay(`${month}-01` as Day);

const endOf = (month: string): number => beginOf(monthAfter(month)) - 1;

/** The month after it. */
export const monthAfter = (month: string): string => addDays(`${month}-28` as Day, 4).slice(0, 7);

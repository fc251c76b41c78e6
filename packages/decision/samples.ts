/**
 * Owns the values with which a column is tried: each boundary of its cells and both its sides, each text and one other, and the rules that hold for
 * each. It knows no semantics of its own: the tests that decide cases are asked. A column whose cells compute (variables, functions, `?`) has no
 * samples; what depends on it is not claimed.
 */
import { FeelError, type Value } from '@ganwei/feel/compile';
import { addDays, FeelDate } from '@ganwei/feel/temporal';
import { print } from '@ganwei/feel/values';
import { cellHolds, type InputColumn, type Rule, type Table } from './evaluate.ts';

/** A value to try, and the rules whose cell holds for it (bit i = rule i). */
export interface Sample {
  readonly value: Value;
  readonly rules: bigint;
  /** it stands in a cell: beside it begins something else */
  readonly literal: boolean;
}

/** null: the column cannot be sampled. */
export type Samples = readonly Sample[] | null;

export const bit = (rule: Rule): bigint => 1n << BigInt(rule.index - 1);

export function sampleColumn(column: InputColumn, rules: readonly Rule[]): Samples {
  const tests = column.permitted ? [...column.cells, column.permitted] : column.cells;
  const literals: Value[] = [];
  for (const test of tests) {
    if (!test.literals) return null;
    literals.push(...test.literals);
  }
  const values = valuesAround(literals, column);
  if (!values) return null;
  try {
    const permitted = values.filter((value) => value === null || !column.permitted || column.permitted.test(value, {}));
    const texts = new Set(literals.map((value) => print(value)));
    return permitted.map((value) => ({
      value,
      rules: rulesHolding(column, rules, value),
      literal: texts.has(print(value)),
    }));
  } catch (error) {
    if (error instanceof FeelError) return null; // cells of different kinds: found when it is evaluated
    throw error;
  }
}

function rulesHolding(column: InputColumn, rules: readonly Rule[], value: Value): bigint {
  return rules.reduce((found, rule) => (cellHolds(column, rule, value, {}, null) ? found | bit(rule) : found), 0n);
}

/** Every boundary and something on each side of it. null when the kinds are mixed or have no neighbours. */
function valuesAround(literals: readonly Value[], column: InputColumn): Value[] | null {
  const nulls = literals.includes(null);
  const bounds = literals.filter((value) => value !== null);
  const kinds = new Set(bounds.map((value) => (value instanceof FeelDate ? 'date' : typeof value)));
  if (kinds.size > 1) return null;
  const around = (): Value[] | null => {
    const [kind] = kinds;
    if (kind === 'number') return numbersAround(bounds as number[], isCount(column));
    if (kind === 'string') return [...new Set([...bounds, OTHER])];
    if (kind === 'date') return datesAround(bounds as FeelDate[]);
    if (kind === 'boolean' || column.typeRef === 'boolean') return [true, false];
    return kind === undefined ? [ANY_VALUE] : null;
  };
  const values = around();
  return values && nulls ? [null, ...values] : values;
}

export const OTHER = '其他值';
/** stands for any value in a column that never asks */
export const ANY_VALUE: Value = '任意值';

/** Whole numbers only: typed so, or asked for one by one (`0`, `1`, `>= 2`). */
const isCount = (column: InputColumn): boolean =>
  column.typeRef === 'integer' ||
  column.typeRef === 'long' ||
  column.cells.some((cell) => /^\s*\d+\s*$/.test(cell.source));

function numbersAround(bounds: readonly number[], whole: boolean): number[] {
  const sorted = [...new Set(bounds)].sort((a, b) => a - b);
  const around = sorted.flatMap((n, i) => {
    const next = sorted[i + 1];
    if (whole) return [Math.ceil(n) - 1, ...(Number.isInteger(n) ? [n] : []), Math.floor(n) + 1];
    return next === undefined ? [n, n + 1] : [n, (n + next) / 2];
  });
  return [...new Set([(sorted[0] ?? 0) - 1, ...around])].filter((n) => !whole || Number.isInteger(n));
}

function datesAround(bounds: readonly FeelDate[]): FeelDate[] {
  const days = bounds.flatMap((day) => [addDays(day, -1), day, addDays(day, 1)]);
  return [...new Map(days.map((day) => [print(day), day]))].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, day]) => day);
}

/** Every rule of a table. */
export const allRules = (table: Table): bigint => table.rules.reduce((set, rule) => set | bit(rule), 0n);

/** "，例如 级别 = 甲、金额 = 12"; columns that play no part are left out */
export function describe(table: Table, values: readonly Value[]): string {
  const named = values.flatMap((value, i) => {
    if (value === ANY_VALUE) return [];
    return [`${table.inputs[i]?.label} = ${value === null ? '空' : print(value)}`];
  });
  return named.length ? `，例如 ${named.join('、')}` : '';
}

/**
 * Owns what a table leaves open or answers twice: combinations of values for which no rule holds, each as wide as it goes and with the cells of a
 * rule that would fill it, and pairs of rules that meet. What cannot be sampled is not claimed. Rules: [DEC10] [DTB20] [DTB21].
 */
import type { Value } from '@ganwei/feel/compile';
import { FeelDate } from '@ganwei/feel/temporal';
import { print } from '@ganwei/feel/values';
import type { Rule, Table } from './evaluate.ts';
import type { Decision } from './load.ts';
import { ANY_VALUE, allRules, bit, describe, OTHER, type Sample, type Samples, sampleColumn } from './samples.ts';

export interface Hole {
  readonly kind: 'gap' | 'overlap';
  /** id of the decision whose table it is */
  readonly step: string;
  /** ids of the rules that meet; of a gap none */
  readonly rules: readonly string[];
  /** of a gap: the input cells of a rule that fills it */
  readonly cells: readonly string[];
  /** "，例如 级别 = 甲", or '' */
  readonly example: string;
}

/** More gaps than these are not looked for: whoever has filled them sees the next. */
const MOST = 20;

/** Gaps and overlaps of every table of a decision, in the order of its steps. */
export function holesIn(decision: Decision): Hole[] {
  return decision.steps.flatMap(({ id, table }) => {
    if (!table) return [];
    const columns = table.inputs.map((column) => sampleColumn(column, table.rules));
    const overlaps = table.hitPolicy === 'UNIQUE' ? meetings(table, columns) : [];
    return [
      ...(needsAnswer(table) ? gapsOf(table, columns).map((gap) => ({ kind: 'gap' as const, step: id, ...gap })) : []),
      ...overlaps.map(({ first, second, values }) => ({
        kind: 'overlap' as const,
        step: id,
        rules: [first.id, second.id],
        cells: [],
        example: describe(table, values),
      })),
    ];
  });
}

/** Does a case without a rule go without an answer? */
export const needsAnswer = (table: Table): boolean =>
  ['UNIQUE', 'ANY', 'FIRST', 'PRIORITY'].includes(table.hitPolicy) && !table.outputs.some((column) => column.otherwise);

// ---- overlaps --------------------------------------------------------------------------------------------------------

export interface Meeting {
  readonly first: Rule;
  readonly second: Rule;
  /** inputs for which both hold */
  readonly values: readonly Value[];
  /** false: in a column that cannot be sampled the cells are equal */
  readonly certain: boolean;
}

/** Two rules that hold for the same inputs. Where a column cannot be sampled: only if the cells are equal. */
export function meetings(table: Table, columns: readonly Samples[]): Meeting[] {
  const certain = columns.every((samples) => samples !== null);
  return table.rules.flatMap((first, i) =>
    table.rules.slice(i + 1).flatMap((second) => {
      const both = bit(first) | bit(second);
      const met = columns.map((samples, at) => {
        if (samples) return samples.find((sample) => (sample.rules & both) === both);
        return sameCell(first, second, at) ? { value: ANY_VALUE, rules: both, literal: false } : undefined;
      });
      if (met.includes(undefined)) return [];
      return [{ first, second, values: met.map((sample) => sample?.value ?? null), certain }];
    }),
  );
}

export const wildcard = (cell: string | undefined): boolean => cell === undefined || cell === '' || cell === '-';

function sameCell(a: Rule, b: Rule, at: number): boolean {
  const [x, y] = [a.inputs[at], b.inputs[at]];
  return x === y || wildcard(x) || wildcard(y);
}

// ---- gaps ------------------------------------------------------------------------------------------------------------

const MAX_STATES = 50_000;

/** Of each column the places of samples. */
type Box = readonly ReadonlySet<number>[];

/**
 * Walks the columns, keeping the set of rules that still hold; equal sets at the same column are walked once. `gap`: the samples of the first columns
 * for which no rule holds, whatever the others are; `reached`: rules that decide something. `filled` counts as rules that are there. null: a column
 * cannot be sampled, or there are too many combinations.
 */
export function walk(
  table: Table,
  columns: readonly Samples[],
  filled: readonly Box[] = [],
): { gap: readonly number[] | null; reached: bigint } | null {
  if (columns.some((samples) => samples === null)) return null;
  const rules = table.rules.length;
  const boxes = (column: number, sample: number): bigint =>
    filled.reduce((set, box, i) => (box[column]?.has(sample) ? set | (1n << BigInt(rules + i)) : set), 0n);
  const seen = new Set<string>();
  let reached = 0n;
  let gap: readonly number[] | null = null;
  const visit = (at: number, holding: bigint, path: readonly number[]): void => {
    const key = `${at}:${holding}`;
    if (seen.has(key) || seen.size > MAX_STATES) return;
    seen.add(key);
    if (holding === 0n) {
      gap ??= path;
      return;
    }
    const samples = columns[at];
    if (!samples) reached |= table.hitPolicy === 'FIRST' ? holding & -holding : holding;
    else
      for (const [i, sample] of samples.entries()) visit(at + 1, holding & (sample.rules | boxes(at, i)), [...path, i]);
  };
  visit(0, allRules(table) | (((1n << BigInt(filled.length)) - 1n) << BigInt(rules)), []);
  return seen.size > MAX_STATES ? null : { gap, reached };
}

function gapsOf(table: Table, columns: readonly Samples[]): Pick<Hole, 'rules' | 'cells' | 'example'>[] {
  const sampled = columns.map((samples) => samples ?? []);
  const found: { box: Box; example: string }[] = [];
  while (found.length < MOST) {
    const filled = found.map(({ box }) => box);
    const gap = walk(table, columns, filled)?.gap;
    if (!gap) break;
    const box = widest(sampled, gap, allRules(table), filled);
    const example = describe(
      table,
      gap.map((at, column) => sampled[column]?.[at]?.value ?? null),
    );
    found.push({ box, example });
  }
  return found.map(({ box, example }) => ({
    rules: [],
    cells: box.map((places, column) => cellOf(sampled[column] ?? [], places)),
    example,
  }));
}

/** The box around a gap, as wide as no rule holds anywhere in it and no other box begins: whole columns first, else neighbours. */
function widest(
  columns: readonly (readonly Sample[])[],
  gap: readonly number[],
  all: bigint,
  filled: readonly Box[],
): Box {
  const box: Set<number>[] = columns.map((samples, column) => {
    const at = gap[column];
    return new Set(at === undefined ? samples.keys() : [at]);
  });
  const isFree = (): boolean =>
    box.reduce((rules, places, column) => rules & holdingIn(columns[column] ?? [], places), all) === 0n &&
    filled.every((other) =>
      box.some((places, column) => !other[column] || ![...places].some((at) => other[column]?.has(at))),
    );
  const grow = (places: Set<number>, more: Iterable<number>): boolean => {
    const before = [...places];
    for (const one of more) places.add(one);
    if (isFree()) return true;
    places.clear();
    for (const one of before) places.add(one);
    return false;
  };
  for (const [column, samples] of columns.entries()) {
    const places = box[column] as Set<number>;
    const at = gap[column];
    if (at === undefined || grow(places, samples.keys()) || samples[at]?.value === null) continue;
    for (const step of [-1, 1])
      for (let next = at + step; samples[next] && samples[next]?.value !== null; next += step)
        if (!grow(places, [next]) && isOrdered(samples)) break;
  }
  return box;
}

const holdingIn = (samples: readonly Sample[], places: ReadonlySet<number>): bigint =>
  [...places].reduce((rules, at) => rules | (samples[at]?.rules ?? 0n), 0n);

const isOrdered = (samples: readonly Sample[]): boolean =>
  samples.some(({ value }) => typeof value === 'number' || value instanceof FeelDate);

/** The unary tests that hold for these samples of a column, and for what lies between them. */
function cellOf(samples: readonly Sample[], places: ReadonlySet<number>): string {
  if (places.size === samples.length) return '-';
  const values = [...places].map((at) => samples[at]?.value ?? null);
  if (values.includes(null)) return 'null';
  if (isOrdered(samples)) return rangeOf(samples, [...places]);
  if (!values.includes(OTHER) && !values.includes(ANY_VALUE)) return values.map(written).join(',');
  const others = samples.flatMap(({ value }, at) => (places.has(at) ? [] : [written(value)]));
  return `not(${others.join(',')})`;
}

/** Samples of numbers and days are boundaries and what lies beside them: a range ends at the boundary it has, or before the next. */
function rangeOf(samples: readonly Sample[], places: readonly number[]): string {
  const [low, high] = [Math.min(...places), Math.max(...places)];
  const first = samples.findIndex(({ value }) => value !== null);
  const [from, to] = [samples[low]?.value ?? null, samples[high]?.value ?? null];
  const [open, close] = [low === first, high === samples.length - 1];
  if (open && close) return 'not(null)';
  if (low === high && !open && !close && isBoundary(samples, low)) return written(from);
  const lower = isBoundary(samples, low) ? written(from) : written(samples[low - 1]?.value ?? null);
  const upper = isBoundary(samples, high) ? written(to) : written(samples[high + 1]?.value ?? null);
  if (open) return `${isBoundary(samples, high) ? '<=' : '<'} ${upper}`;
  if (close) return `${isBoundary(samples, low) ? '>=' : '>'} ${lower}`;
  return `${isBoundary(samples, low) ? '[' : '('}${lower}..${upper}${isBoundary(samples, high) ? ']' : ')'}`;
}

const isBoundary = (samples: readonly Sample[], at: number): boolean => samples[at]?.literal === true;

const written = (value: Value): string => {
  if (value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  return value instanceof FeelDate ? `date("${print(value)}")` : print(value);
};

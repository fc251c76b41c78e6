/**
 * Owns the findings about a decision table before it takes effect: overlaps, gaps, rules that never hold, outputs outside
 * their allowed values. It knows no semantics of its own: every column is tried with sample values taken from its cells
 * (each boundary and both its sides, each text and one other), through the very tests that decide cases. A column whose
 * cells compute (variables, functions, `?`) has no samples; what depends on it is not claimed.
 */
import type { Problem } from '@ganwei/core/definition';
import { FeelError, type Value } from '@ganwei/feel/compile';
import { addDays, FeelDate } from '@ganwei/feel/temporal';
import { print } from '@ganwei/feel/values';
import { cellHolds, type InputColumn, type Rule, type Step, type Table } from './evaluate.ts';
import type { Decision } from './load.ts';

/** Findings about every table of a decision. */
export function lintDecision(decision: Decision): Problem[] {
  return decision.steps.flatMap((step) => (step.table ? lintTable(step, step.table) : []));
}

function lintTable(step: Step, table: Table): Problem[] {
  const columns = table.inputs.map((column) => sampleColumn(column, table.rules));
  return [
    ...idleRules(table, columns),
    ...(table.hitPolicy === 'UNIQUE' ? overlaps(step, table, columns) : []),
    ...coverage(step, table, columns),
    ...foreignOutputs(table),
  ];
}

const finding = (severity: Problem['severity'], rule: string, element: string, message: string): Problem => ({
  severity,
  rule,
  element,
  message,
});

// ---- samples ---------------------------------------------------------------------------------------------------------

/** A value to try, and the rules whose cell holds for it (bit i = rule i). */
interface Sample {
  readonly value: Value;
  readonly rules: bigint;
}

/** null: the column cannot be sampled. */
type Samples = readonly Sample[] | null;

const bit = (rule: Rule): bigint => 1n << BigInt(rule.index - 1);

function sampleColumn(column: InputColumn, rules: readonly Rule[]): Samples {
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
    return permitted.map((value) => ({ value, rules: rulesHolding(column, rules, value) }));
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
    if (kind === 'date') return (bounds as FeelDate[]).flatMap((day) => [addDays(day, -1), day, addDays(day, 1)]);
    if (kind === 'boolean' || column.typeRef === 'boolean') return [true, false];
    return kind === undefined ? [ANY_VALUE] : null;
  };
  const values = around();
  return values && nulls ? [null, ...values] : values;
}

const OTHER = '其他值';
/** stands for any value in a column that never asks */
const ANY_VALUE: Value = '任意值';

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

// ---- findings --------------------------------------------------------------------------------------------------------

/** A rule one of whose cells holds for no value at all. */
function idleRules(table: Table, columns: readonly Samples[]): Problem[] {
  return table.rules.flatMap((rule) => {
    const at = columns.findIndex((samples) => samples?.every((sample) => (sample.rules & bit(rule)) === 0n));
    if (at < 0) return [];
    const message = `第 ${rule.index} 条规则永远不会成立：“${table.inputs[at]?.label}”的条件没有可能的值`;
    return [finding('warning', 'dmn-unreachable', rule.id, message)];
  });
}

/** Two rules of a UNIQUE table that hold for the same inputs. Where a column cannot be sampled: only if the cells are equal. */
function overlaps(step: Step, table: Table, columns: readonly Samples[]): Problem[] {
  const certain = columns.every((samples) => samples !== null);
  return table.rules.flatMap((a, i) =>
    table.rules.slice(i + 1).flatMap((b) => {
      const both = bit(a) | bit(b);
      const meeting = columns.map((samples, at) => {
        if (samples) return samples.find((sample) => (sample.rules & both) === both);
        return sameCell(a, b, at) ? { value: ANY_VALUE, rules: both } : undefined;
      });
      if (meeting.includes(undefined)) return [];
      const example = describe(
        table,
        meeting.map((sample) => sample?.value ?? null),
      );
      const message = `第 ${a.index} 条和第 ${b.index} 条规则会同时成立${example}，而命中策略要求只有一条（${step.name}）`;
      return [finding(certain ? 'error' : 'warning', 'dmn-overlap', b.id, message)];
    }),
  );
}

const wildcard = (cell: string | undefined): boolean => cell === undefined || cell === '' || cell === '-';

function sameCell(a: Rule, b: Rule, at: number): boolean {
  const [x, y] = [a.inputs[at], b.inputs[at]];
  return x === y || wildcard(x) || wildcard(y);
}

const MAX_STATES = 50_000;

/**
 * Walks the columns, keeping the set of rules that still hold; equal sets at the same column are walked once. Finds a
 * combination for which no rule holds, and (FIRST) the rules that are always forestalled by earlier ones.
 */
function coverage(step: Step, table: Table, columns: readonly Samples[]): Problem[] {
  if (columns.some((samples) => samples === null)) return afterCatchAll(table);
  const all = table.rules.reduce((set, rule) => set | bit(rule), 0n);
  const seen = new Set<string>();
  let reached = 0n;
  let gap: Value[] | null = null;
  const walk = (at: number, holding: bigint, path: readonly Value[]): void => {
    const key = `${at}:${holding}`;
    if (seen.has(key) || seen.size > MAX_STATES) return;
    seen.add(key);
    if (holding === 0n) {
      gap ??= [...path];
      return;
    }
    const samples = columns[at];
    if (!samples) reached |= table.hitPolicy === 'FIRST' ? holding & -holding : holding;
    else for (const sample of samples) walk(at + 1, holding & sample.rules, [...path, sample.value]);
  };
  walk(0, all, []);
  if (seen.size > MAX_STATES) return afterCatchAll(table);
  return [...gapFinding(step, table, gap), ...forestalled(table, reached)];
}

function gapFinding(step: Step, table: Table, gap: readonly Value[] | null): Problem[] {
  const single = ['UNIQUE', 'ANY', 'FIRST', 'PRIORITY'].includes(table.hitPolicy);
  if (!gap || !single || table.outputs.some((column) => column.otherwise)) return [];
  const message = `有的情况没有规则适用${describe(table, gap)}`;
  return [finding('warning', 'dmn-gap', step.id, message)];
}

function forestalled(table: Table, reached: bigint): Problem[] {
  if (table.hitPolicy !== 'FIRST') return [];
  const unreached = table.rules.filter((rule) => (reached & bit(rule)) === 0n);
  return unreached.map((rule) =>
    finding('warning', 'dmn-unreachable', rule.id, `第 ${rule.index} 条规则轮不到：前面的规则总是先成立`),
  );
}

/** What can be said of a FIRST table without samples: nothing after a rule without conditions is ever reached. */
function afterCatchAll(table: Table): Problem[] {
  const at = table.rules.findIndex((rule) => rule.inputs.every(wildcard));
  if (table.hitPolicy !== 'FIRST' || at < 0) return [];
  const later = table.rules.slice(at + 1).reduce((set, rule) => set | bit(rule), 0n);
  const all = table.rules.reduce((set, rule) => set | bit(rule), 0n);
  return forestalled(table, all & ~later);
}

/** Constant results of the wrong type or outside the allowed values. */
function foreignOutputs(table: Table): Problem[] {
  return table.outputs.flatMap((column) =>
    table.rules.flatMap((rule) => {
      const cell = column.cells[rule.index - 1];
      if (!cell || cell.names.length > 0 || cell.functions.length > 0) return [];
      const value = constantOf(() => cell.evaluate({}));
      if (value === null) return [];
      const place = `第 ${rule.index} 条规则“${column.label}”的结果“${print(value)}”`;
      if (column.type.accept(value) === undefined) {
        return [finding('error', 'dmn-output', rule.id, `${place}不是 ${column.typeRef} 类型`)];
      }
      const listed = column.permitted;
      if (!listed?.literals || constantOf(() => listed.test(value, {})) === true) return [];
      return [finding('error', 'dmn-output', rule.id, `${place}不在允许的值之内`)];
    }),
  );
}

function constantOf<T>(evaluate: () => T): T | null {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof FeelError) return null;
    throw error;
  }
}

/** "，例如 级别 = 甲、金额 = 12"; columns that play no part are left out */
function describe(table: Table, values: readonly Value[]): string {
  const named = values.flatMap((value, i) => {
    if (value === ANY_VALUE) return [];
    return [`${table.inputs[i]?.label} = ${value === null ? '空' : print(value)}`];
  });
  return named.length ? `，例如 ${named.join('、')}` : '';
}

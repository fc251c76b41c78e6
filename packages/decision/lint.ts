/**
 * Owns the findings about a decision table before it takes effect: overlaps, gaps, rules that never hold, outputs outside
 * their allowed values. Which rules hold for which values is found by samples.ts and holes.ts.
 */
import type { Problem } from '@ganwei/core/definition';
import { FeelError, type Value } from '@ganwei/feel/compile';
import { print } from '@ganwei/feel/values';
import type { Step, Table } from './evaluate.ts';
import { meetings, needsAnswer, walk, wildcard } from './holes.ts';
import type { Decision } from './load.ts';
import { allRules, bit, describe, type Samples, sampleColumn } from './samples.ts';

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

/** [DEC10] Two rules of a UNIQUE table that hold for the same inputs. */
const overlaps = (step: Step, table: Table, columns: readonly Samples[]): Problem[] =>
  meetings(table, columns).map(({ first, second, values, certain }) => {
    const message = `第 ${first.index} 条和第 ${second.index} 条规则会同时成立${describe(table, values)}，而命中策略要求只有一条（${step.name}）`;
    return finding(certain ? 'error' : 'warning', 'dmn-overlap', second.id, message);
  });

/** A combination for which no rule holds, and (FIRST) the rules that are always forestalled by earlier ones. */
function coverage(step: Step, table: Table, columns: readonly Samples[]): Problem[] {
  const walked = walk(table, columns);
  if (!walked) return afterCatchAll(table);
  const gap = walked.gap?.map((at, column) => columns[column]?.[at]?.value ?? null) ?? null;
  return [...gapFinding(step, table, gap), ...forestalled(table, walked.reached)];
}

function gapFinding(step: Step, table: Table, gap: readonly Value[] | null): Problem[] {
  if (!gap || !needsAnswer(table)) return [];
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
  return forestalled(table, allRules(table) & ~later);
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

/**
 * Owns what a decision says: matching of rules, the seven hit policies, required decisions first. A decision never guesses:
 * two rules of a UNIQUE table at once, different answers of an ANY table, an input of the wrong kind or outside its allowed
 * values, an order test on an empty input are errors, with the rules involved. Pure; the same inputs give the same answer.
 */

import { sum } from '@ganwei/feel/arithmetic';
import { type Compiled, type CompiledTest, FeelError, type Value } from '@ganwei/feel/compile';
import { isArgumentError } from '@ganwei/feel/error';
import { newRun } from '@ganwei/feel/scope';
import { compare, equals, isContext, kindOf, ownProperty, print, type Spend } from '@ganwei/feel/values';
import type { GivenScope, Logic } from './boxed.ts';
import { accept, describeType, type ItemType } from './item.ts';

export type HitPolicy = 'UNIQUE' | 'ANY' | 'FIRST' | 'PRIORITY' | 'RULE ORDER' | 'OUTPUT ORDER' | 'COLLECT';
export type Aggregation = 'SUM' | 'COUNT' | 'MIN' | 'MAX';

export interface Input {
  readonly label: string;
  /** FEEL source */
  readonly expression: string;
  readonly typeRef: string | null;
  /** source of the allowed values */
  readonly allowed: string | null;
}

export interface Output {
  readonly name: string;
  readonly label: string;
  readonly typeRef: string | null;
  readonly allowed: string | null;
}

export interface Rule {
  readonly id: string;
  /** 1, 2, 3 … as people count them */
  readonly index: number;
  readonly annotation: string;
  /** cells as written */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** A column of conditions, ready to run. Cells are in the order of the rules. */
export interface InputColumn extends Input {
  readonly type: ItemType;
  readonly value: Compiled;
  readonly permitted: CompiledTest | null;
  readonly cells: readonly CompiledTest[];
  /** some cell speaks of null: then order tests do not hold for null instead of being errors */
  readonly handlesNull: boolean;
}

export interface OutputColumn extends Output {
  readonly type: ItemType;
  readonly permitted: CompiledTest | null;
  /** null: an empty cell */
  readonly cells: readonly (Compiled | null)[];
  readonly otherwise: Compiled | null;
}

export interface Table {
  readonly hitPolicy: HitPolicy;
  readonly aggregation: Aggregation | null;
  readonly inputs: readonly InputColumn[];
  readonly outputs: readonly OutputColumn[];
  readonly rules: readonly Rule[];
}

/** One decision of the file: a table or an expression of another form. */
export interface Step {
  readonly id: string;
  readonly name: string;
  /** what other decisions call its result */
  readonly variable: string;
  readonly table: Table | null;
  readonly logic: Logic | null;
  /** FEEL source, when it is a single expression */
  readonly expression: string | null;
  /** declared of its result */
  readonly type: ItemType;
  /** its input data, with what is declared of them */
  readonly givens: readonly { readonly name: string; readonly type: ItemType }[];
}

/** What a message calls the place where a decision failed. */
type Named = Pick<Step, 'name'>;

export interface Outcome {
  /** one hit: a context of the outputs or null; several hits: a list of contexts; aggregated: a context with the number */
  readonly result: Value;
  /** ids of the rules that hold, in the order of the table */
  readonly matched: readonly string[];
  /** what the rules looked at, by label: the record of why */
  readonly inputs: Readonly<Record<string, Value>>;
}

/** A decision that cannot be taken with these inputs. */
export class DecisionError extends Error {
  override readonly name = 'DecisionError';
  readonly decision: string;
  readonly rules: readonly string[];

  constructor(message: string, decision: string, rules: readonly string[] = [], cause?: unknown) {
    super(`决策“${decision}”：${message}`, { cause });
    this.decision = decision;
    this.rules = rules;
  }
}

/** Operations that one decision with all it requires may cost. */
const BUDGET = 1_000_000;

/** Evaluates the steps in order (required ones first); the last one is the answer. */
export function evaluateSteps(steps: readonly Step[], given: GivenScope, world: unknown): Outcome {
  const { spend } = newRun({}, world, BUDGET);
  let scope: GivenScope = given;
  let outcome: Outcome = { result: null, matched: [], inputs: {} };
  for (const step of steps) {
    const own = acceptGivens(step, scope);
    const { table } = step;
    outcome = table ? evaluateTable(step, table, own, world, spend) : evaluateLogic(step, own, world, spend);
    const value = bare(outcome.result, table ? table.outputs.length === 1 : true);
    const accepted = attempt(step, '结果', [], () => accept(value, step.type, `“${step.name}”`));
    if (accepted !== value && !table) outcome = { ...outcome, result: { [step.variable]: accepted } };
    scope = { ...scope, [step.id]: accepted, [step.variable]: accepted };
  }
  return outcome;
}

/** Input data as its declared types want it. */
function acceptGivens(step: Step, scope: GivenScope): GivenScope {
  const accepted = step.givens.flatMap(({ name, type }) => {
    const value = ownProperty(scope, name);
    return value === undefined
      ? []
      : [[name, attempt(step, '输入', [], () => accept(value, type, `“${name}”`))] as const];
  });
  return accepted.length ? { ...scope, ...Object.fromEntries(accepted) } : scope;
}

/** What others see of a result: the value of a single output itself, as DMN has it. */
export function bare(result: Value, single: boolean): Value {
  if (!single) return result;
  if (Array.isArray(result)) return result.map((item: Value) => bare(item, true));
  return isContext(result) ? (Object.values(result)[0] ?? null) : result;
}

function evaluateLogic(step: Step, scope: GivenScope, world: unknown, spend: Spend): Outcome {
  const value = attempt(step, '表达式', [], () => step.logic?.(scope, world, spend) ?? null);
  return { result: { [step.variable]: value }, matched: [], inputs: {} };
}

/** A table inside another expression: its bare value. */
export function tableLogic(name: string, table: Table): Logic {
  return (scope, world, spend) =>
    bare(evaluateTable({ name }, table, scope, world, spend).result, table.outputs.length === 1);
}

function evaluateTable(step: Named, table: Table, scope: GivenScope, world: unknown, spend: Spend): Outcome {
  spend(table.rules.length * table.inputs.length);
  const values = table.inputs.map((column) => readInput(step, column, scope, world));
  const hits: Rule[] = [];
  for (const rule of table.rules) {
    if (!table.inputs.every((column, i) => holds(step, rule, column, values[i] ?? null, scope, world))) continue;
    hits.push(rule);
    if (table.hitPolicy === 'FIRST') break;
  }
  const answers = hits.map((rule) => ({ rule, outputs: readOutputs(step, table, rule, scope, world) }));
  return {
    result: settle(step, table, answers, scope, world),
    matched: hits.map((rule) => rule.id),
    inputs: Object.fromEntries(table.inputs.map((column, i) => [column.label, values[i] ?? null])),
  };
}

function readInput(step: Named, column: InputColumn, scope: GivenScope, world: unknown): Value {
  const place = `输入“${column.label}”`;
  const given = attempt(step, place, [], () => column.value.evaluate(scope, world));
  const value = accepted(step, column, given, place, []);
  if (value === null) return null;
  const { permitted } = column;
  if (permitted && !attempt(step, place, [], () => permitted.test(value, scope, world))) {
    throw new DecisionError(`${place}的值“${print(value)}”不在允许的范围内`, step.name);
  }
  return value;
}

function accepted(
  step: Named,
  column: InputColumn | OutputColumn,
  value: Value,
  place: string,
  rules: string[],
): Value {
  const found = column.type.accept(value);
  if (found !== undefined) return found;
  const printed = kindOf(value) === '对象' ? '' : `“${print(value)}”`;
  throw new DecisionError(
    `${place}应为${describeType(column.type)}，实际是${kindOf(value)}${printed}`,
    step.name,
    rules,
  );
}

function holds(step: Named, rule: Rule, column: InputColumn, value: Value, scope: GivenScope, world: unknown): boolean {
  const place = `第 ${rule.index} 条规则“${column.label}”`;
  return attempt(step, place, [rule.id], () => cellHolds(column, rule, value, scope, world));
}

/** One cell. An empty input and an order test: false where the column speaks of null, else a FeelError. */
export function cellHolds(column: InputColumn, rule: Rule, value: Value, scope: GivenScope, world: unknown): boolean {
  const cell = column.cells[rule.index - 1];
  if (!cell) return true;
  if (value === null && column.handlesNull && comparesOrder(cell) && !speaksOfNull(cell)) return false;
  return cell.test(value, scope, world);
}

const outsideTexts = (cell: CompiledTest): string => cell.source.replace(/"(?:[^"\\]|\\.)*"/g, '');

export const speaksOfNull = (cell: CompiledTest): boolean => /\bnull\b|is empty/.test(outsideTexts(cell));

const comparesOrder = (cell: CompiledTest): boolean => /[<>]|\.\./.test(outsideTexts(cell));

function readOutputs(step: Named, table: Table, rule: Rule, scope: GivenScope, world: unknown): Record<string, Value> {
  const entries = table.outputs.map((column): [string, Value] => {
    const place = `第 ${rule.index} 条规则“${column.label}”`;
    const cell = column.cells[rule.index - 1];
    const written = attempt(step, place, [rule.id], () => cell?.evaluate(scope, world) ?? null);
    const value = accepted(step, column, written, place, [rule.id]);
    if (value !== null && column.permitted && !column.permitted.test(value, scope, world)) {
      throw new DecisionError(`${place}的结果“${print(value)}”不在允许的范围内`, step.name, [rule.id]);
    }
    return [column.name, value];
  });
  return Object.fromEntries(entries);
}

// ---- hit policies ----------------------------------------------------------------------------------------------------

interface Answer {
  readonly rule: Rule;
  readonly outputs: Record<string, Value>;
}

function settle(step: Named, table: Table, answers: readonly Answer[], scope: GivenScope, world: unknown): Value {
  const all = answers.map((answer) => answer.outputs);
  switch (table.hitPolicy) {
    case 'RULE ORDER':
      return all;
    case 'OUTPUT ORDER':
      return byPriority(step, table, answers).map((answer) => answer.outputs);
    case 'COLLECT':
      return table.aggregation ? aggregate(step, table, table.aggregation, answers) : all;
    case 'UNIQUE':
      if (answers.length > 1)
        throw new DecisionError(`${listed(answers)}同时成立，只应有一条`, step.name, ids(answers));
      break;
    case 'ANY':
      if (all.some((outputs) => equals(outputs, all[0] ?? null, () => {}) !== true)) {
        throw new DecisionError(`${listed(answers)}同时成立，但结果不同`, step.name, ids(answers));
      }
      break;
    case 'PRIORITY':
      return byPriority(step, table, answers)[0]?.outputs ?? fallback(step, table, scope, world);
    case 'FIRST':
      break;
  }
  return all[0] ?? fallback(step, table, scope, world);
}

/** The default outputs when no rule holds, or null. */
function fallback(step: Named, table: Table, scope: GivenScope, world: unknown): Value {
  if (!table.outputs.some((column) => column.otherwise)) return null;
  return Object.fromEntries(
    table.outputs.map((column) => {
      const place = `“${column.label}”的默认结果`;
      return [column.name, attempt(step, place, [], () => column.otherwise?.evaluate(scope, world) ?? null)];
    }),
  );
}

/** In the order in which the outputs' allowed values are listed, the first output column first. */
function byPriority(step: Named, table: Table, answers: readonly Answer[]): Answer[] {
  const rank = (column: OutputColumn, answer: Answer): number => {
    const value = answer.outputs[column.name] ?? null;
    const place = column.permitted?.literals?.findIndex((one) => equals(one, value, () => {}) === true) ?? -1;
    if (place >= 0) return place;
    const message = `“${column.label}”的结果“${print(value)}”没有列入优先次序`;
    throw new DecisionError(message, step.name, [answer.rule.id]);
  };
  const ranked = table.outputs.filter((column) => column.permitted);
  const keyed = answers.map((answer) => ({ answer, ranks: ranked.map((column) => rank(column, answer)) }));
  keyed.sort((a, b) => {
    const at = a.ranks.findIndex((r, i) => r !== b.ranks[i]);
    return at < 0 ? 0 : (a.ranks[at] ?? 0) - (b.ranks[at] ?? 0);
  });
  return keyed.map((one) => one.answer);
}

function aggregate(step: Named, table: Table, how: Aggregation, answers: readonly Answer[]): Value {
  const name = table.outputs[0]?.name ?? 'value';
  if (how === 'COUNT') return { [name]: answers.length };
  const values = answers.map((answer) => answer.outputs[name] ?? null);
  if (how === 'SUM') {
    const numbers = values.filter((value): value is number => typeof value === 'number');
    if (numbers.length < values.length) throw new DecisionError('求和的结果不都是数字', step.name, ids(answers));
    return { [name]: sum(numbers) };
  }
  const direction = how === 'MIN' ? 1 : -1;
  const best = values.reduce<Value>((found, value, i) => {
    const order = i === 0 ? -1 : compare(value, found);
    if (order === undefined) throw new DecisionError('结果不能互相比较大小', step.name, ids(answers));
    return order * direction < 0 || i === 0 ? value : found;
  }, null);
  return { [name]: best };
}

// ---- helpers ---------------------------------------------------------------------------------------------------------

const ids = (answers: readonly Answer[]): string[] => answers.map((answer) => answer.rule.id);

const listed = (answers: readonly Answer[]): string =>
  `第 ${answers.map((answer) => answer.rule.index).join('、')} 条规则`;

/** Says where an expression failed; anything but a FeelError or a declined argument is a bug and passes. */
function attempt<T>(step: Named, place: string, rules: readonly string[], evaluate: () => T): T {
  try {
    return evaluate();
  } catch (error) {
    if (!(error instanceof FeelError) && !isArgumentError(error)) throw error;
    throw new DecisionError(`${place}：${error.message}`, step.name, rules, error);
  }
}

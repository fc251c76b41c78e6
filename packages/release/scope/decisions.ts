/**
 * Owns the types of decision tables: what a table may use where it is asked, and what it answers. A table whose inputs are all written
 * out is evaluated, so that what it answers is known to the last key.
 */
import type { OutputColumn, Step } from '@ganwei/decision/evaluate';
import type { Decision } from '@ganwei/decision/load';
import { FeelError } from '@ganwei/feel/compile';
import { join, widened } from '@ganwei/feel/fit';
import { type Environment, inferExpression } from '@ganwei/feel/infer/infer';
import { ANY, BOOLEAN, contextOf, listOf, NULL, NUMBER, oneOf, parseType, STRING, type Type } from '@ganwei/feel/type';
import type { ServiceSettings } from '@ganwei/process/model';
import type { Release } from '../release.ts';
import { atEase, withNames } from './environment.ts';

/** What the table may use: the case's data, and the inputs that the service task gives it. */
export interface DecisionScope {
  readonly environment: Environment;
  /** inputs that are written out, with their values */
  readonly constants: Readonly<Record<string, unknown>>;
}

/** Inputs of the service task `decide` that are not the table's own names. */
const OWN = ['table', 'date'];

export function decisionScope(release: Release, { inputs }: ServiceSettings, environment: Environment): DecisionScope {
  const given = inputs.filter(({ name }) => !OWN.includes(name));
  const names = given.map(
    ({ name, value }) => [name, widened(inferExpression(value, release.language, environment).type)] as const,
  );
  const constants = Object.fromEntries(
    given.flatMap(({ name, value }) => {
      const constant = /^"[^"\\]*"$|^-?\d+(\.\d+)?$|^(true|false)$/.test(value.trim());
      return constant ? [[name, JSON.parse(value)]] : [];
    }),
  );
  return { environment: withNames(atEase(environment), names), constants };
}

const BASIS = parseType('context<table: string, version: number, matched: list<string>>');

/** What the decision answers, as the service gives it on. */
export function decisionResult(release: Release, decision: Decision, { environment, constants }: DecisionScope): Type {
  const known =
    decision.requires.every((name) => name in constants) && decision.mayRequire.every((n) => n in constants);
  const type = (known && evaluated(decision, constants)) || stepsType(release, decision, environment);
  return type.kind === 'context' ? contextOf([...type.members, ['basis', BASIS] as const], type.open) : type;
}

function evaluated(decision: Decision, constants: Readonly<Record<string, unknown>>): Type | undefined {
  try {
    return typeOfValue(decision.evaluate(constants).result);
  } catch (error) {
    if (error instanceof FeelError || (error as Error).name === 'DecisionError') return undefined; // told where it is checked
    throw error;
  }
}

/** The type of a value that is known. Texts are texts: what a table answers today need not be all it can answer. */
function typeOfValue(value: unknown): Type {
  if (value === null || value === undefined) return NULL;
  if (typeof value === 'number') return NUMBER;
  if (typeof value === 'boolean') return BOOLEAN;
  if (typeof value === 'string') return STRING;
  if (Array.isArray(value)) return listOf(value.map(typeOfValue).reduce(join, NULL));
  if (Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null) return ANY;
  return contextOf(Object.entries(value).map(([name, one]) => [name, typeOfValue(one)] as const));
}

/** Types of all steps in order; each is known to those after it by its id and its variable. */
function stepsType(release: Release, decision: Decision, environment: Environment): Type {
  let answer: Type = ANY;
  for (const { step, environment: at } of stepScopes(release, decision, environment))
    answer = stepType(release, step, at);
  return answer;
}

/** Each step with the environment its expressions see. */
export function stepScopes(
  release: Release,
  decision: Decision,
  environment: Environment,
): { step: Step; environment: Environment }[] {
  let at = environment;
  return decision.steps.map((step) => {
    const scoped = { step, environment: at };
    const bare = bareType(step, stepType(release, step, at));
    at = withNames(at, [
      [step.id, bare],
      [step.variable, bare],
    ]);
    return scoped;
  });
}

function stepType(release: Release, step: Step, environment: Environment): Type {
  const { table, expression } = step;
  if (!table) {
    const type = expression === null ? ANY : inferExpression(expression, release.language, environment).type;
    return contextOf([[step.variable, narrowed(step.type.type, type)]]);
  }
  const outputs = contextOf(
    table.outputs.map((column) => {
      const cells = column.cells.flatMap((cell) => (cell ? [cell] : []));
      const typed = [...cells, ...(column.otherwise ? [column.otherwise] : [])].map(
        (cell) => inferExpression(cell.source, release.language, environment).type,
      );
      return [column.name, narrowed(outputType(column), typed.reduce(join, NULL))] as const;
    }),
  );
  const many = table.hitPolicy === 'RULE ORDER' || table.hitPolicy === 'OUTPUT ORDER';
  return many || (table.hitPolicy === 'COLLECT' && !table.aggregation) ? listOf(outputs) : outputs;
}

/** What may stand in a column: the texts that are allowed in it where they are listed, else its declared type. */
export function outputType({ label, type, permitted }: OutputColumn): Type {
  const texts = permitted?.literals?.filter((value) => typeof value === 'string') ?? [];
  const listed = texts.length > 0 && texts.length === permitted?.literals?.length;
  return listed ? oneOf(texts, `「${label}」的允许值`) : type.type;
}

/** The declared type; the cells say more of a text whose values are not listed, or all when nothing is declared. */
function narrowed(declared: Type, cells: Type): Type {
  if (declared.kind === 'any') return cells.kind === 'null' ? ANY : cells;
  const listed = declared.kind === 'string' && declared.enumeration !== undefined;
  return declared.kind === 'string' && !listed && cells.kind === 'string' ? cells : declared;
}

/** Required decisions see the bare value of a single output. */
function bareType({ table }: Step, type: Type): Type {
  if (table && table.outputs.length !== 1) return type;
  if (type.kind === 'list') return listOf(bareMember(type.item));
  return bareMember(type);
}

const bareMember = (type: Type): Type => (type.kind === 'context' ? ([...type.members.values()][0] ?? ANY) : type);

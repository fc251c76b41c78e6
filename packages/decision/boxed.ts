/**
 * Owns the boxed expressions of DMN besides tables: context, list, relation, conditional, invocation, function, filter, for, some, every.
 * Each becomes a Logic, once; evaluating is calling it. One budget bounds a whole decision, loops included. Names are bound from outside
 * inward: the entries before, the parameters, the iterator.
 */
import type { Value } from '@ganwei/feel/compile';
import { ArgumentError } from '@ganwei/feel/error';
import { asList, FeelFunction, isContext, kindOf, type Spend, toValue } from '@ganwei/feel/values';
import { child, children, type DmnElement, textOf } from './element.ts';
import { accept, type ItemType } from './item.ts';

export type GivenScope = Readonly<Record<string, unknown>>;

/** An expression of any form, ready to run. Throws FeelError, ArgumentError or DecisionError. */
export type Logic = (scope: GivenScope, world: unknown, spend: Spend) => Value;

/** Names that are bound around an expression. */
export type Bound = ReadonlySet<string>;

/** How the reader of a file compiles what stands inside a boxed expression. */
export interface Boxes {
  /** any expression element; null: nothing there */
  logic(element: DmnElement | null, place: string, bound: Bound): Logic;
  type(typeRef: unknown): ItemType;
  /** the function an invocation names: the order of its parameters, and how to call it */
  callee(text: string, place: string, bound: Bound): { parameters: readonly string[] | null; logic: Logic };
  complain(message: string): void;
}

type Form = (boxes: Boxes, element: DmnElement, place: string, bound: Bound) => Logic;

export const FORMS: Readonly<Record<string, Form>> = {
  'dmn:Context': contextLogic,
  'dmn:List': listLogic,
  'dmn:Relation': relationLogic,
  'dmn:Invocation': invocationLogic,
  'dmn:FunctionDefinition': functionLogic,
  'dmn:Conditional': conditionalLogic,
  'dmn:Filter': filterLogic,
  'dmn:For': forLogic,
  'dmn:Some': (boxes, element, place, bound) => quantifiedLogic(boxes, element, place, bound, true),
  'dmn:Every': (boxes, element, place, bound) => quantifiedLogic(boxes, element, place, bound, false),
};

const including = (bound: Bound, names: Iterable<string>): Bound => new Set([...bound, ...names]);

/** Entries in order, each sees those before it; an entry without a name is the result. */
function contextLogic(boxes: Boxes, element: DmnElement, place: string, bound: Bound): Logic {
  let seen = bound;
  const entries = children(element, 'contextEntry').map((entry) => {
    const variable = child(entry, 'variable');
    const name = textOf(variable?.name);
    const logic = typed(
      boxes.logic(child(entry, 'value'), name ? `${place}“${name}”` : place, seen),
      boxes.type(variable?.typeRef),
      name,
    );
    if (name) seen = including(seen, [name]);
    return { name, logic };
  });
  return (scope, world, spend) => {
    const made: Record<string, Value> = {};
    for (const { name, logic } of entries) {
      const value = logic({ ...scope, ...made }, world, spend);
      if (name === '') return value;
      made[name] = value;
    }
    return made;
  };
}

function listLogic(boxes: Boxes, element: DmnElement, place: string, bound: Bound): Logic {
  const items = children(element, 'elements').map((item, i) => boxes.logic(item, `${place}第 ${i + 1} 项`, bound));
  return (scope, world, spend) => items.map((item) => item(scope, world, spend));
}

/** Rows of contexts with the columns' names. */
function relationLogic(boxes: Boxes, element: DmnElement, place: string, bound: Bound): Logic {
  const columns = children(element, 'column');
  const rows = children(element, 'row').map((row, r) => {
    const cells = children(row, 'elements');
    if (cells.length !== columns.length) boxes.complain(`${place}第 ${r + 1} 行的格数与列数不符`);
    return columns.map((column, i) => {
      const name = textOf(column.name);
      const at = `${place}第 ${r + 1} 行“${name}”`;
      return { name, logic: typed(boxes.logic(cells[i] ?? null, at, bound), boxes.type(column.typeRef), name) };
    });
  });
  return (scope, world, spend) =>
    rows.map((row) => Object.fromEntries(row.map(({ name, logic }) => [name, logic(scope, world, spend)])));
}

function invocationLogic(boxes: Boxes, element: DmnElement, place: string, bound: Bound): Logic {
  const called = textOf(child(element, 'calledFunction')?.text).trim();
  const { parameters, logic } = boxes.callee(called, place, bound);
  const bindings = children(element, 'binding').map((binding) => {
    const name = textOf(child(binding, 'parameter')?.name);
    if (parameters && !parameters.includes(name)) boxes.complain(`${place}：“${called}”没有参数“${name}”`);
    return { name, logic: boxes.logic(child(binding, 'bindingFormula'), `${place}参数“${name}”`, bound) };
  });
  return (scope, world, spend) => {
    const held = logic(scope, world, spend);
    if (!(held instanceof FeelFunction)) throw new ArgumentError(`“${called}”不是函数`);
    const given = new Map(bindings.map((one) => [one.name, one.logic(scope, world, spend)]));
    const unknown = [...given.keys()].find((name) => !held.parameters.includes(name));
    if (unknown !== undefined) throw new ArgumentError(`“${called}”没有参数“${unknown}”`);
    return held.call(
      held.parameters.map((name) => given.get(name) ?? null),
      world,
      spend,
    );
  };
}

function functionLogic(boxes: Boxes, element: DmnElement, place: string, bound: Bound): Logic {
  if (!['', 'FEEL'].includes(textOf(element.kind))) boxes.complain(`${place}：不支持其他语言写的函数`);
  const formals = children(element, 'formalParameter').map((one) => ({
    name: textOf(one.name),
    type: boxes.type(one.typeRef),
  }));
  const names = formals.map(({ name }) => name);
  const body = boxes.logic(child(element, 'body'), place, including(bound, names));
  return (scope) =>
    new FeelFunction(names, (args, world, spend) => {
      const given = Object.fromEntries(
        formals.map(({ name, type }, i) => [name, accept(args[i] ?? null, type, `参数“${name}”`)]),
      );
      return body({ ...scope, ...given }, world, spend);
    });
}

function conditionalLogic(boxes: Boxes, element: DmnElement, place: string, bound: Bound): Logic {
  const [test, yes, no] = ['if', 'then', 'else'].map((part) =>
    boxes.logic(child(child(element, part), 'value'), `${place} ${part}`, bound),
  ) as [Logic, Logic, Logic];
  return (scope, world, spend) =>
    truth(test(scope, world, spend)) ? yes(scope, world, spend) : no(scope, world, spend);
}

/** What strict logic asks of a condition: yes or no. */
function truth(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  throw new ArgumentError(value === null ? '条件没有值' : `条件应得出“是否”，实际为${kindOf(value)}`);
}

interface Turns {
  readonly over: Logic;
  readonly body: Logic;
  readonly variable: string;
}

function turns(
  boxes: Boxes,
  element: DmnElement,
  place: string,
  bound: Bound,
  part: string,
  more: readonly string[],
): Turns {
  const variable = textOf(element.iteratorVariable) || 'item';
  const over = boxes.logic(child(child(element, 'in'), 'value'), `${place} in`, bound);
  const body = boxes.logic(
    child(child(element, part), 'value'),
    `${place} ${part}`,
    including(bound, [variable, ...more]),
  );
  return { over, body, variable };
}

function filterLogic(boxes: Boxes, element: DmnElement, place: string, bound: Bound): Logic {
  const { over, body } = turns(boxes, element, place, bound, 'match', []);
  return (scope, world, spend) =>
    asList(over(scope, world, spend)).filter((raw) => {
      spend(1);
      const item = toValue(raw);
      return truth(body({ ...scope, ...(isContext(item) ? item : {}), item }, world, spend));
    });
}

function forLogic(boxes: Boxes, element: DmnElement, place: string, bound: Bound): Logic {
  const { over, body, variable } = turns(boxes, element, place, bound, 'return', ['partial']);
  return (scope, world, spend) => {
    const partial: Value[] = [];
    for (const item of asList(over(scope, world, spend))) {
      spend(1);
      partial.push(body({ ...scope, partial, [variable]: toValue(item) }, world, spend));
    }
    return partial;
  };
}

function quantifiedLogic(boxes: Boxes, element: DmnElement, place: string, bound: Bound, some: boolean): Logic {
  const { over, body, variable } = turns(boxes, element, place, bound, 'satisfies', []);
  return (scope, world, spend) => {
    for (const item of asList(over(scope, world, spend))) {
      spend(1);
      if (truth(body({ ...scope, [variable]: toValue(item) }, world, spend)) === some) return some;
    }
    return !some;
  };
}

// ---- types -----------------------------------------------------------------------------------------------------------

/** The same, its result held to a type. */
export function typed(logic: Logic, type: ItemType, what: string): Logic {
  if (type.type.kind === 'any') return logic;
  return (scope, world, spend) => accept(logic(scope, world, spend), type, what ? `“${what}”` : '结果');
}

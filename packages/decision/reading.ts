/**
 * Owns compiling what one decision (or one business knowledge model) of a file says: tables, single expressions, boxed expressions.
 * Problems are collected; a part that is wrong is left out, so that the rest is still checked. Every expression and cell is compiled
 * strictly; the names that nothing binds are entered in a ledger.
 */
import type { Problem } from '@ganwei/core/definition';
import {
  BUILT_IN,
  type Compiled,
  type CompiledTest,
  compileExpression,
  compileUnaryTests,
  type Dependencies,
  FeelError,
  type Value,
} from '@ganwei/feel/compile';
import { parseSignature } from '@ganwei/feel/type';
import { FeelFunction } from '@ganwei/feel/values';
import { type Bound, FORMS, type Logic, typed } from './boxed.ts';
import { child, children, type DmnElement, nameOf, textOf, variableOf } from './element.ts';
import {
  type Aggregation,
  type HitPolicy,
  type InputColumn,
  type OutputColumn,
  type Rule,
  speaksOfNull,
  type Table,
  tableLogic,
} from './evaluate.ts';
import type { DmnFile, Knowledge } from './file.ts';
import type { ItemType } from './item.ts';

const POLICIES: readonly HitPolicy[] = ['UNIQUE', 'ANY', 'FIRST', 'PRIORITY', 'RULE ORDER', 'OUTPUT ORDER', 'COLLECT'];
const AGGREGATIONS: readonly Aggregation[] = ['SUM', 'COUNT', 'MIN', 'MAX'];
const NOTHING_BOUND: Bound = new Set();

export class Reading {
  readonly problems: Problem[] = [];
  /** names that nothing binds */
  readonly free = new Set<string>();
  /** read inside a filter: fields of the rows or else free */
  readonly rowNames = new Set<string>();
  readonly #file: DmnFile;
  readonly #owner: DmnElement;

  constructor(file: DmnFile, owner: DmnElement) {
    this.#file = file;
    this.#owner = owner;
  }

  complain(element: DmnElement | null, rule: string, message: string): void {
    const problem: Problem = { severity: 'error', rule, element: textOf(element?.id) || 'definitions', message };
    const same = (other: Problem): boolean => other.element === problem.element && other.message === message;
    if (!this.problems.some(same)) this.problems.push(problem);
  }

  type(typeRef: unknown): ItemType {
    return this.#file.type(typeRef, this.#owner);
  }

  /** An expression of any form. */
  logic(element: DmnElement | null, place: string, bound: Bound = NOTHING_BOUND): Logic {
    if (!element) {
      this.complain(this.#owner, 'dmn-logic', `${place}没有内容`);
      return () => null;
    }
    return typed(this.#form(element, place, bound), this.type(element.typeRef), place);
  }

  #form(element: DmnElement, place: string, bound: Bound): Logic {
    if (element.$type === 'dmn:LiteralExpression') {
      const language = textOf(element.expressionLanguage);
      if (language && !/feel/i.test(language))
        this.complain(this.#owner, 'dmn-logic', `${place}不支持语言 ${language}`);
      const compiled = this.#expression(this.#owner, place, textOf(element.text), bound);
      return (scope, world, spend) => compiled.evaluate(scope, world, spend);
    }
    if (element.$type === 'dmn:DecisionTable') return tableLogic(nameOf(this.#owner), this.table(element, bound));
    const form = FORMS[element.$type];
    if (!form) {
      this.complain(this.#owner, 'dmn-logic', `${place}：不支持 ${element.$type}`);
      return () => null;
    }
    const boxes = {
      logic: (inner: DmnElement | null, at: string, names: Bound) => this.logic(inner, at, names),
      type: (typeRef: unknown) => this.type(typeRef),
      callee: (text: string, at: string, names: Bound) => this.#callee(text, at, names),
      complain: (message: string) => this.complain(this.#owner, 'dmn-logic', message),
    };
    return form(boxes, element, place, bound);
  }

  /** A function of the file or of the language by its name, else an expression that holds one. */
  #callee(text: string, place: string, bound: Bound): { parameters: readonly string[] | null; logic: Logic } {
    const found = bound.has(text)
      ? undefined
      : (this.#file.language.functions?.[text] ??
        (Object.hasOwn(BUILT_IN, text) ? BUILT_IN[text as keyof typeof BUILT_IN] : undefined));
    if (!found) {
      const compiled = this.#expression(this.#owner, place, text, bound);
      return { parameters: null, logic: (scope, world, spend) => compiled.evaluate(scope, world, spend) };
    }
    this.#use(text);
    const [signature = ''] = found.signatures ?? [];
    const parameters = signature ? parseSignature(signature).parameters.map(({ name }) => name) : [];
    const held = new FeelFunction(parameters, (args: readonly Value[], world, spend) => found.call(args, world, spend));
    return { parameters, logic: () => held };
  }

  // ---- tables --------------------------------------------------------------------------------------------------------

  table(element: DmnElement, bound: Bound = NOTHING_BOUND): Table {
    const hitPolicy = POLICIES.find((policy) => policy === (element.hitPolicy ?? 'UNIQUE'));
    if (!hitPolicy) this.complain(this.#owner, 'dmn-hit-policy', `不认识命中策略“${textOf(element.hitPolicy)}”`);
    const aggregation = AGGREGATIONS.find((one) => one === element.aggregation) ?? null;
    const rules = children(element, 'rule');
    const inputs = children(element, 'input').map((input, i) => this.#input(input, i, rules, bound));
    const outputs = children(element, 'output').map((output, i) => this.#output(output, i, rules, bound));
    this.#checkShape(hitPolicy, aggregation, inputs.length, outputs, rules);
    return { hitPolicy: hitPolicy ?? 'UNIQUE', aggregation, inputs, outputs, rules: rules.map(readRule) };
  }

  #checkShape(
    policy: HitPolicy | undefined,
    aggregation: Aggregation | null,
    width: number,
    outputs: readonly OutputColumn[],
    rules: readonly DmnElement[],
  ): void {
    const complain = (rule: string, message: string) => this.complain(this.#owner, rule, message);
    if (outputs.length === 0) complain('dmn-shape', '决策表没有输出列');
    const names = outputs.map((output) => output.name);
    if (new Set(names).size < names.length) complain('dmn-shape', '输出列的名称有重复');
    if (aggregation && outputs.length > 1) complain('dmn-hit-policy', '汇总（求和、最大、最小、计数）只能有一个输出列');
    const ordered = policy === 'PRIORITY' || policy === 'OUTPUT ORDER';
    if (ordered && !outputs.some((output) => output.permitted?.literals?.length)) {
      complain('dmn-hit-policy', '按优先级命中时，输出列必须列出允许的值，次序即优先次序');
    }
    rules.forEach((rule, i) => {
      const [cells, results] = [children(rule, 'inputEntry').length, children(rule, 'outputEntry').length];
      if (cells !== width || results !== outputs.length) {
        complain('dmn-shape', `第 ${i + 1} 条规则的单元格数与列数不符`);
      }
    });
  }

  #input(input: DmnElement, index: number, rules: readonly DmnElement[], bound: Bound): InputColumn {
    const inputExpression = child(input, 'inputExpression');
    const expression = textOf(inputExpression?.text).trim();
    const label = textOf(input.label) || expression || `输入 ${index + 1}`;
    const value = this.#expression(this.#owner, `输入“${label}”`, expression, bound);
    const allowed = textOf(child(input, 'inputValues')?.text).trim() || null;
    const cells = rules.map((rule, i) => {
      const text = textOf(children(rule, 'inputEntry')[index]?.text);
      return this.#test(rule, `第 ${i + 1} 条规则“${label}”`, text, bound);
    });
    return {
      label,
      expression,
      typeRef: textOf(inputExpression?.typeRef) || null,
      type: this.type(inputExpression?.typeRef),
      allowed,
      value,
      permitted: allowed ? this.#test(this.#owner, `“${label}”的允许值`, allowed, bound) : null,
      cells,
      handlesNull: cells.some(speaksOfNull),
    };
  }

  #output(output: DmnElement, index: number, rules: readonly DmnElement[], bound: Bound): OutputColumn {
    const name = textOf(output.name) || (index === 0 ? variableOf(this.#owner) : '');
    const label = textOf(output.label) || name || `输出 ${index + 1}`;
    if (!name) this.complain(this.#owner, 'dmn-shape', `“${label}”没有名称`);
    const allowed = textOf(child(output, 'outputValues')?.text).trim() || null;
    const otherwise = textOf(child(output, 'defaultOutputEntry')?.text).trim();
    const cells = rules.map((rule, i) => {
      const text = textOf(children(rule, 'outputEntry')[index]?.text).trim();
      const place = `第 ${i + 1} 条规则“${label}”`;
      return text === '' || text === '-' ? null : this.#expression(rule, place, text, bound);
    });
    return {
      name,
      label,
      typeRef: textOf(output.typeRef) || null,
      type: this.type(output.typeRef),
      allowed,
      permitted: allowed ? this.#test(this.#owner, `“${label}”的允许值`, allowed, bound) : null,
      cells,
      otherwise: otherwise ? this.#expression(this.#owner, `“${label}”的默认结果`, otherwise, bound) : null,
    };
  }

  // ---- expressions ---------------------------------------------------------------------------------------------------

  #expression(element: DmnElement, place: string, text: string, bound: Bound): Compiled {
    return this.#compile(element, place, bound, () => compileExpression(text, this.#file.language)) ?? NOTHING;
  }

  #test(element: DmnElement, place: string, text: string, bound: Bound): CompiledTest {
    return this.#compile(element, place, bound, () => compileUnaryTests(text, this.#file.language)) ?? ANYTHING;
  }

  #compile<T extends Dependencies>(element: DmnElement, place: string, bound: Bound, compile: () => T): T | null {
    try {
      const compiled = compile();
      for (const name of compiled.names) if (!bound.has(name)) this.free.add(name);
      for (const path of compiled.rowPaths) {
        const name = path.split('.', 1)[0] ?? path;
        if (!bound.has(name)) this.rowNames.add(name);
      }
      for (const name of compiled.functions) this.#use(name);
      return compiled;
    } catch (error) {
      if (!(error instanceof FeelError)) throw error;
      this.complain(element, 'dmn-feel', `${place}：${error.message}`);
      return null;
    }
  }

  /** Compiles the business knowledge model of this name, if there is one, and takes over what is wrong with it. */
  #use(name: string): void {
    const knowledge = this.#file.knowledge.get(name);
    if (knowledge) this.problems.push(...readKnowledge(this.#file, knowledge));
  }
}

/** What is wrong with a business knowledge model; compiles it the first time. A model that leads back to itself is refused. */
export function readKnowledge(file: DmnFile, knowledge: Knowledge): readonly Problem[] {
  const { name, element } = knowledge;
  if (file.compiling.includes(name)) {
    const way = [...file.compiling.slice(file.compiling.indexOf(name)), name].join(' → ');
    return [{ severity: 'error', rule: 'dmn-cycle', element: textOf(element.id), message: `函数不能调用自己：${way}` }];
  }
  if (knowledge.logic) return knowledge.problems;
  const reading = new Reading(file, element);
  file.compiling.push(name);
  const parameters = new Set(knowledge.parameters.map((parameter) => parameter.name));
  knowledge.logic = reading.logic(child(child(element, 'encapsulatedLogic'), 'body'), `函数“${name}”`, parameters);
  file.compiling.pop();
  for (const unknown of reading.free) {
    reading.complain(element, 'dmn-unknown-input', `函数“${name}”用到了不是参数的“${unknown}”`);
  }
  knowledge.problems = reading.problems;
  return knowledge.problems;
}

/** stand-ins for what did not compile; never run, because the file is refused */
const NOTHING: Compiled = compileExpression('null', { mode: 'strict' });
const ANYTHING: CompiledTest = compileUnaryTests('-', { mode: 'strict' });

function readRule(rule: DmnElement, index: number): Rule {
  const cells = (property: string) => children(rule, property).map((entry) => textOf(entry.text).trim());
  const annotation = children(rule, 'annotationEntry').map((entry) => textOf(entry.text).trim());
  return {
    id: textOf(rule.id) || `rule-${index + 1}`,
    index: index + 1,
    annotation: annotation.filter(Boolean).join(' ') || textOf(rule.description).trim(),
    inputs: cells('inputEntry'),
    outputs: cells('outputEntry'),
  };
}

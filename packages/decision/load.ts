/**
 * Owns reading DMN 1.3: XML becomes decisions ready to run, or a DefinitionError with everything that is wrong in the file.
 * The decision of a file is the one no other requires; those it requires are evaluated first. dmn-moddle is seen only here.
 * Every expression and cell is compiled strictly: an unknown name or function is found before the table takes effect.
 */
import { DefinitionError, type Problem } from '@ganwei/core/definition';
import {
  type Compiled,
  type CompiledTest,
  compileExpression,
  compileUnaryTests,
  type Dependencies,
  FeelError,
  type Language,
} from '@ganwei/feel/compile';
import { type DmnElement, DmnModdle } from 'dmn-moddle';
import {
  type Aggregation,
  evaluateSteps,
  type HitPolicy,
  type Input,
  type InputColumn,
  type Outcome,
  type Output,
  type OutputColumn,
  type Rule,
  type Step,
  speaksOfNull,
  type Table,
} from './evaluate.ts';

export type { Input, Outcome, Output, Rule } from './evaluate.ts';

export interface Decision {
  readonly id: string;
  readonly name: string;
  /** of the deciding table; null when the decision is a single expression */
  readonly hitPolicy: HitPolicy | null;
  readonly aggregation: Aggregation | null;
  readonly inputs: readonly Input[];
  readonly outputs: readonly Output[];
  readonly rules: readonly Rule[];
  /** variables it needs from the scope */
  readonly requires: readonly string[];
  /** read inside a filter: fields of the rows or else variables of the scope */
  readonly mayRequire: readonly string[];
  /** every decision of the file, required ones first, this one last */
  readonly steps: readonly Step[];
  evaluate(scope: Readonly<Record<string, unknown>>, world?: unknown): Outcome;
}

/** `language` adds functions and names; the mode is always strict. */
export async function loadDecision(xml: string, language?: Language): Promise<Decision> {
  const reading = new Reading(await parse(xml), language);
  const elements = reading.order();
  const steps = elements.map((element) => reading.step(element));
  const requires = reading.requires(elements);
  const main = steps.at(-1);
  if (reading.problems.length || !main) throw new DefinitionError(reading.problems);
  const { table } = main;
  return {
    id: main.id,
    name: main.name,
    hitPolicy: table?.hitPolicy ?? null,
    aggregation: table?.aggregation ?? null,
    inputs:
      table?.inputs.map(({ label, expression, typeRef, allowed }) => ({ label, expression, typeRef, allowed })) ?? [],
    outputs: table?.outputs.map(({ name, label, typeRef, allowed }) => ({ name, label, typeRef, allowed })) ?? [],
    rules: table?.rules ?? [],
    requires,
    mayRequire: [...reading.rowNames],
    steps,
    evaluate: (scope, world = null) => evaluateSteps(steps, scope, world),
  };
}

async function parse(xml: string): Promise<DmnElement> {
  const refuse = (message: string): never => {
    const sentence = `文件不是有效的 DMN 1.3:${message.split('\n', 1)[0]}`;
    throw new DefinitionError([{ severity: 'error', rule: 'dmn-xml', element: 'definitions', message: sentence }]);
  };
  try {
    const { rootElement, warnings } = await new DmnModdle().fromXML(xml);
    if (warnings.length) return refuse(warnings.map((warning) => warning.message).join('; '));
    return rootElement;
  } catch (error) {
    if (error instanceof DefinitionError || !(error instanceof Error)) throw error;
    return refuse(error.message);
  }
}

const POLICIES: readonly HitPolicy[] = ['UNIQUE', 'ANY', 'FIRST', 'PRIORITY', 'RULE ORDER', 'OUTPUT ORDER', 'COLLECT'];
const AGGREGATIONS: readonly Aggregation[] = ['SUM', 'COUNT', 'MIN', 'MAX'];

/** One file being read. Problems are collected; a part that is wrong is left out, so that the rest is still checked. */
class Reading {
  readonly problems: Problem[] = [];
  readonly rowNames = new Set<string>();
  readonly #all: readonly DmnElement[];
  readonly #language: Language;
  readonly #free = new Map<DmnElement, Set<string>>();

  constructor(definitions: DmnElement, language?: Language) {
    this.#all = children(definitions, 'drgElement');
    const spaced = this.#all.map(variableOf).filter((name) => name.includes(' '));
    this.#language = { ...language, mode: 'strict', names: [...(language?.names ?? []), ...spaced] };
  }

  /** The decisions, each after those it requires, the main one last. */
  order(): DmnElement[] {
    const decisions = this.#all.filter((element) => element.$type === 'dmn:Decision');
    const required = new Set(decisions.flatMap((decision) => this.#required(decision)));
    const mains = decisions.filter((decision) => !required.has(decision));
    const done: DmnElement[] = [];
    const visit = (decision: DmnElement, path: readonly DmnElement[]): void => {
      if (path.includes(decision)) this.#complain(decision, 'dmn-cycle', '决策之间循环依赖');
      if (path.includes(decision) || done.includes(decision)) return;
      for (const other of this.#required(decision)) visit(other, [...path, decision]);
      done.push(decision);
    };
    const [main] = mains;
    if (main && mains.length === 1) visit(main, []);
    else if (decisions.length === 0) this.#complain(null, 'dmn-main', '文件里没有决策');
    else {
      const names = mains.map(nameOf).join('、');
      this.#complain(
        null,
        'dmn-main',
        names ? `有多个互不相关的决策：${names}，请只保留一个主决策` : '决策之间循环依赖',
      );
    }
    return done;
  }

  step(decision: DmnElement): Step {
    const logic = child(decision, 'decisionLogic');
    const base = { id: textOf(decision.id), name: nameOf(decision), variable: variableOf(decision) };
    if (logic?.$type === 'dmn:DecisionTable') return { ...base, table: this.#table(decision, logic), literal: null };
    if (logic?.$type === 'dmn:LiteralExpression') {
      return { ...base, table: null, literal: this.#expression(decision, decision, '表达式', textOf(logic.text)) };
    }
    this.#complain(decision, 'dmn-logic', logic ? `不支持 ${logic.$type}` : '没有决策表，也没有表达式');
    return { ...base, table: null, literal: null };
  }

  /** Free names that no decision of the file provides. A decision with declared input data may use nothing else. */
  requires(decisions: readonly DmnElement[]): string[] {
    const needed = new Set<string>();
    for (const decision of decisions) {
      const provided = new Set(this.#required(decision).flatMap((other) => [variableOf(other), textOf(other.id)]));
      const declared = this.#declaredInputs(decision);
      for (const name of this.#free.get(decision) ?? []) {
        if (provided.has(name)) continue;
        const sibling = decisions.find((other) => variableOf(other) === name || other.id === name);
        if (sibling) this.#complain(decision, 'dmn-unknown-input', `用到了决策“${name}”，但没有与它连线`);
        else if (declared.size && !declared.has(name)) {
          this.#complain(decision, 'dmn-unknown-input', `用到了没有声明的输入“${name}”`);
        } else needed.add(name);
      }
    }
    return [...needed];
  }

  #table(decision: DmnElement, logic: DmnElement): Table {
    const hitPolicy = POLICIES.find((policy) => policy === (logic.hitPolicy ?? 'UNIQUE'));
    if (!hitPolicy) this.#complain(decision, 'dmn-hit-policy', `不认识命中策略“${textOf(logic.hitPolicy)}”`);
    const aggregation = AGGREGATIONS.find((one) => one === logic.aggregation) ?? null;
    const rules = children(logic, 'rule');
    const inputs = children(logic, 'input').map((input, i) => this.#input(decision, input, i, rules));
    const outputs = children(logic, 'output').map((output, i) => this.#output(decision, output, i, rules));
    this.#checkShape(decision, hitPolicy, aggregation, inputs.length, outputs, rules);
    return { hitPolicy: hitPolicy ?? 'UNIQUE', aggregation, inputs, outputs, rules: rules.map(readRule) };
  }

  #checkShape(
    decision: DmnElement,
    policy: HitPolicy | undefined,
    aggregation: Aggregation | null,
    width: number,
    outputs: readonly OutputColumn[],
    rules: readonly DmnElement[],
  ): void {
    const complain = (rule: string, message: string) => this.#complain(decision, rule, message);
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

  #input(decision: DmnElement, input: DmnElement, index: number, rules: readonly DmnElement[]): InputColumn {
    const inputExpression = child(input, 'inputExpression');
    const expression = textOf(inputExpression?.text).trim();
    const label = textOf(input.label) || expression || `输入 ${index + 1}`;
    const value = this.#expression(decision, decision, `输入“${label}”`, expression);
    const allowed = textOf(child(input, 'inputValues')?.text).trim() || null;
    const cells = rules.map((rule, i) =>
      this.#test(decision, rule, `第 ${i + 1} 条规则“${label}”`, textOf(children(rule, 'inputEntry')[index]?.text)),
    );
    return {
      label,
      expression,
      typeRef: textOf(inputExpression?.typeRef) || null,
      allowed,
      value,
      permitted: allowed ? this.#test(decision, decision, `“${label}”的允许值`, allowed) : null,
      cells,
      handlesNull: cells.some(speaksOfNull),
    };
  }

  #output(decision: DmnElement, output: DmnElement, index: number, rules: readonly DmnElement[]): OutputColumn {
    const name = textOf(output.name) || (index === 0 ? variableOf(decision) : '');
    const label = textOf(output.label) || name || `输出 ${index + 1}`;
    if (!name) this.#complain(decision, 'dmn-shape', `“${label}”没有名称`);
    const allowed = textOf(child(output, 'outputValues')?.text).trim() || null;
    const otherwise = textOf(child(output, 'defaultOutputEntry')?.text).trim();
    const cells = rules.map((rule, i) => {
      const text = textOf(children(rule, 'outputEntry')[index]?.text).trim();
      const place = `第 ${i + 1} 条规则“${label}”`;
      return text === '' || text === '-' ? null : this.#expression(decision, rule, place, text);
    });
    return {
      name,
      label,
      typeRef: textOf(output.typeRef) || null,
      allowed,
      permitted: allowed ? this.#test(decision, decision, `“${label}”的允许值`, allowed) : null,
      cells,
      otherwise: otherwise ? this.#expression(decision, decision, `“${label}”的默认结果`, otherwise) : null,
    };
  }

  #expression(decision: DmnElement, element: DmnElement, place: string, text: string): Compiled {
    return this.#compile(decision, element, place, () => compileExpression(text, this.#language)) ?? NOTHING;
  }

  #test(decision: DmnElement, element: DmnElement, place: string, text: string): CompiledTest {
    return this.#compile(decision, element, place, () => compileUnaryTests(text, this.#language)) ?? ANYTHING;
  }

  #compile<T extends Dependencies>(
    decision: DmnElement,
    element: DmnElement,
    place: string,
    compile: () => T,
  ): T | null {
    try {
      const compiled = compile();
      const free = this.#free.get(decision) ?? new Set();
      for (const name of compiled.names) free.add(name);
      this.#free.set(decision, free);
      for (const path of compiled.rowPaths) this.rowNames.add(path.split('.', 1)[0] ?? path);
      return compiled;
    } catch (error) {
      if (!(error instanceof FeelError)) throw error;
      this.#complain(element, 'dmn-feel', `${place}：${error.message}`);
      return null;
    }
  }

  #required(decision: DmnElement): DmnElement[] {
    return this.#links(decision, 'requiredDecision').filter((other) => other.$type === 'dmn:Decision');
  }

  #declaredInputs(decision: DmnElement): Set<string> {
    return new Set(this.#links(decision, 'requiredInput').flatMap((data) => [variableOf(data), textOf(data.id)]));
  }

  #links(decision: DmnElement, kind: 'requiredDecision' | 'requiredInput'): DmnElement[] {
    return children(decision, 'informationRequirement').flatMap((requirement) => {
      const href = textOf(child(requirement, kind)?.href);
      if (!href) return [];
      const target = this.#all.find((element) => `#${textOf(element.id)}` === href);
      if (!target) this.#complain(decision, 'dmn-link', `连线指向不存在的“${href.slice(1)}”`);
      return target ? [target] : [];
    });
  }

  #complain(element: DmnElement | null, rule: string, message: string): void {
    const problem: Problem = { severity: 'error', rule, element: textOf(element?.id) || 'definitions', message };
    const same = (other: Problem): boolean => other.element === problem.element && other.message === message;
    if (!this.problems.some(same)) this.problems.push(problem);
  }
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

// ---- reading elements ------------------------------------------------------------------------------------------------

const isElement = (value: unknown): value is DmnElement =>
  typeof value === 'object' && value !== null && '$type' in value;

const children = (element: DmnElement, property: string): DmnElement[] => {
  const value = element[property];
  return Array.isArray(value) ? value.filter(isElement) : [];
};

function child(element: DmnElement, property: string): DmnElement | null {
  const value = element[property];
  return isElement(value) ? value : null;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const nameOf = (element: DmnElement): string => textOf(element.name) || textOf(element.id);

const variableOf = (element: DmnElement): string => textOf(child(element, 'variable')?.name) || nameOf(element);

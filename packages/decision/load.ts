/**
 * Owns reading DMN: XML becomes decisions ready to run, or a DefinitionError with everything that is wrong with one.
 * The decision of a file is the one no other requires, unless one is asked for by name; those it requires are evaluated first.
 * An unknown name, function or type is found before the decision takes effect.
 */
import { DefinitionError, type Problem } from '@ganwei/core/definition';
import type { Language } from '@ganwei/feel/compile';
import { child, children, type DmnElement, nameOf, textOf, variableOf } from './element.ts';
import {
  type Aggregation,
  evaluateSteps,
  type HitPolicy,
  type Input,
  type Outcome,
  type Output,
  type Rule,
  type Step,
} from './evaluate.ts';
import { DmnFile } from './file.ts';
import { Reading } from './reading.ts';
import { readDefinitions } from './xml.ts';

export type { Input, Outcome, Output, Rule } from './evaluate.ts';

export interface Decision {
  readonly id: string;
  readonly name: string;
  /** of the deciding table; null when the decision is an expression of another form */
  readonly hitPolicy: HitPolicy | null;
  readonly aggregation: Aggregation | null;
  readonly inputs: readonly Input[];
  readonly outputs: readonly Output[];
  readonly rules: readonly Rule[];
  /** variables it needs from the scope */
  readonly requires: readonly string[];
  /** read inside a filter: fields of the rows or else variables of the scope */
  readonly mayRequire: readonly string[];
  /** every decision it is made of, required ones first, this one last */
  readonly steps: readonly Step[];
  evaluate(scope: Readonly<Record<string, unknown>>, world?: unknown): Outcome;
}

/** The main decision of a file. `language` adds functions and names; the mode is always strict. Throws DefinitionError. */
export async function loadDecision(xml: string, language?: Language): Promise<Decision> {
  return (await readDecisions(xml, language)).load();
}

/** A file with several answers: its decisions, each loaded by id or name when it is asked for. */
export async function readDecisions(
  xml: string,
  language?: Language,
): Promise<{ readonly names: readonly string[]; load(name?: string): Decision }> {
  const file = new DmnFile(await readDefinitions(xml), language);
  return {
    names: decisionsOf(file).map(nameOf),
    load: (name) => new Assembly(file).decision(name),
  };
}

const decisionsOf = (file: DmnFile): DmnElement[] =>
  file.elements.filter((element) => element.$type === 'dmn:Decision');

/** One decision with all that it requires. */
class Assembly {
  readonly #file: DmnFile;
  readonly #problems: Problem[] = [];

  constructor(file: DmnFile) {
    this.#file = file;
  }

  decision(name: string | undefined): Decision {
    const elements = this.#order(name);
    const readings = new Map(elements.map((element) => [element, new Reading(this.#file, element)]));
    const steps = elements.map((element) => this.#step(element, readings.get(element) as Reading));
    const requires = this.#requires(readings);
    const problems = [
      ...this.#file.problems,
      ...this.#problems,
      ...[...readings.values()].flatMap((one) => one.problems),
    ];
    const main = steps.at(-1);
    if (problems.length || !main) throw new DefinitionError(problems);
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
      mayRequire: [...new Set([...readings.values()].flatMap((one) => [...one.rowNames]))],
      steps,
      evaluate: (scope, world = null) => evaluateSteps(steps, scope, world),
    };
  }

  /** The decisions, each after those it requires, the main one last. */
  #order(name: string | undefined): DmnElement[] {
    const main = this.#main(name);
    const done: DmnElement[] = [];
    const visit = (decision: DmnElement, path: readonly DmnElement[]): void => {
      if (path.includes(decision)) this.#complain(decision, 'dmn-cycle', '决策之间循环依赖');
      if (path.includes(decision) || done.includes(decision)) return;
      for (const other of this.#required(decision)) visit(other, [...path, decision]);
      done.push(decision);
    };
    if (main) visit(main, []);
    return done;
  }

  #main(name: string | undefined): DmnElement | undefined {
    const decisions = decisionsOf(this.#file);
    if (name !== undefined) {
      const found = decisions.find((decision) => decision.id === name || decision.name === name);
      if (!found) this.#complain(null, 'dmn-main', `文件里没有决策“${name}”`);
      return found;
    }
    const required = new Set(decisions.flatMap((decision) => this.#required(decision)));
    const mains = decisions.filter((decision) => !required.has(decision));
    if (mains.length === 1) return mains[0];
    const names = mains.map(nameOf).join('、');
    const several = names ? `有多个互不相关的决策：${names}，请只保留一个主决策` : '决策之间循环依赖';
    this.#complain(null, 'dmn-main', decisions.length ? several : '文件里没有决策');
    return undefined;
  }

  #step(decision: DmnElement, reading: Reading): Step {
    const logic = child(decision, 'decisionLogic');
    const table = logic?.$type === 'dmn:DecisionTable' ? reading.table(logic) : null;
    if (!logic) this.#complain(decision, 'dmn-logic', '没有决策表，也没有表达式');
    return {
      id: textOf(decision.id),
      name: nameOf(decision),
      variable: variableOf(decision),
      table,
      logic: table || !logic ? null : reading.logic(logic, '表达式'),
      expression: logic?.$type === 'dmn:LiteralExpression' ? textOf(logic.text) : null,
      type: reading.type(child(decision, 'variable')?.typeRef),
      givens: this.#links(decision, 'requiredInput').map((data) => ({
        name: variableOf(data),
        type: reading.type(child(data, 'variable')?.typeRef),
      })),
    };
  }

  /** Free names that no decision of the file provides. A decision with declared input data may use nothing else. */
  #requires(readings: ReadonlyMap<DmnElement, Reading>): string[] {
    const needed = new Set<string>();
    const siblings = decisionsOf(this.#file);
    for (const [decision, { free }] of readings) {
      const provided = new Set(this.#required(decision).flatMap((other) => [variableOf(other), textOf(other.id)]));
      const declared = this.#declaredInputs(decision);
      for (const name of free) {
        if (provided.has(name)) continue;
        const sibling = siblings.find((other) => variableOf(other) === name || other.id === name);
        if (sibling) this.#complain(decision, 'dmn-unknown-input', `用到了决策“${name}”，但没有与它连线`);
        else if (declared.size && !declared.has(name)) {
          this.#complain(decision, 'dmn-unknown-input', `用到了没有声明的输入“${name}”`);
        } else needed.add(name);
      }
    }
    return [...needed];
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
      const hrefs = (id: string): string[] => [`#${id}`, `${this.#file.namespace}#${id}`];
      const target = this.#file.elements.find((element) => hrefs(textOf(element.id)).includes(href));
      if (!target) this.#complain(decision, 'dmn-link', `连线指向不存在的“${href.slice(1)}”`);
      return target ? [target] : [];
    });
  }

  #complain(element: DmnElement | null, rule: string, message: string): void {
    const problem: Problem = { severity: 'error', rule, element: textOf(element?.id) || 'definitions', message };
    const same = (other: Problem): boolean => other.element === problem.element && other.message === message;
    if (!this.#problems.some(same)) this.#problems.push(problem);
  }
}

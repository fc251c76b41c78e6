/**
 * Owns what is common to a whole DMN file: its elements, its types, its business knowledge models as functions, and the language in
 * which its expressions are written. A model is compiled when something uses it, so that one file may hold many; it never calls itself.
 */
import type { Problem } from '@ganwei/core/definition';
import {
  type CompiledTest,
  compileUnaryTests,
  FeelError,
  type FunctionSpec,
  type Language,
} from '@ganwei/feel/compile';
import { notationOf } from '@ganwei/feel/conform';
import { DEFAULT_BUDGET, newRun } from '@ganwei/feel/scope';
import type { Value } from '@ganwei/feel/values';
import type { GivenScope, Logic } from './boxed.ts';
import { child, children, type DmnElement, nameOf, namesBelow, textOf, variableOf } from './element.ts';
import { accept, type ItemType, ItemTypes, UNTYPED } from './item.ts';

/** A business knowledge model: a function of the file. */
export interface Knowledge {
  readonly element: DmnElement;
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly type: ItemType }[];
  readonly result: ItemType;
  readonly spec: FunctionSpec;
  /** null until something uses it */
  logic: Logic | null;
  problems: readonly Problem[];
}

export class DmnFile {
  readonly namespace: string;
  readonly elements: readonly DmnElement[];
  readonly types: ItemTypes;
  readonly language: Language;
  readonly knowledge: ReadonlyMap<string, Knowledge>;
  /** of the file as such, not of one decision */
  readonly problems: Problem[] = [];
  /** models that are being compiled now, outermost first */
  readonly compiling: string[] = [];

  constructor(definitions: DmnElement, language?: Language) {
    this.namespace = textOf(definitions.namespace);
    this.elements = children(definitions, 'drgElement');
    const items = children(definitions, 'itemDefinition');
    if (children(definitions, 'import').length) this.complain(null, 'dmn-import', '不支持引入其他文件（import）');
    const names = [...namesBelow(definitions)];
    const spaced = names.filter((name) => /[^\p{L}\p{N}_]/u.test(name));
    const written: Language = { ...language, mode: 'strict', names: [...(language?.names ?? []), ...spaced] };
    this.types = new ItemTypes(items, (text, definition) => this.#test(text, definition, written));
    const models = this.elements.filter((element) => element.$type === 'dmn:BusinessKnowledgeModel');
    this.knowledge = new Map(models.map((element) => [variableOf(element), this.#knowledge(element)]));
    const own = Object.fromEntries([...this.knowledge].map(([name, { spec }]) => [name, spec]));
    // A file without functions of its own speaks the language as it is: a table of functions costs a parser.
    const functions = models.length > 0 ? { ...language?.functions, ...own } : (language?.functions ?? own);
    this.language = { ...written, functions, types: this.types.named, holdFunctions: names };
  }

  type(typeRef: unknown, element: DmnElement | null): ItemType {
    const type = this.types.of(textOf(typeRef));
    if (!type) this.complain(element, 'dmn-type', `没有定义类型“${textOf(typeRef)}”`);
    return type ?? UNTYPED;
  }

  complain(element: DmnElement | null, rule: string, message: string): void {
    this.problems.push({ severity: 'error', rule, element: textOf(element?.id) || 'definitions', message });
  }

  #test(text: string, definition: DmnElement, language: Language): CompiledTest {
    try {
      return compileUnaryTests(text, language);
    } catch (error) {
      if (!(error instanceof FeelError)) throw error;
      this.complain(definition, 'dmn-feel', `类型“${nameOf(definition)}”的允许值：${error.message}`);
      return compileUnaryTests('-', language);
    }
  }

  #knowledge(element: DmnElement): Knowledge {
    const name = variableOf(element);
    const definition = child(element, 'encapsulatedLogic');
    const body = child(definition, 'body');
    const parameters = children(definition, 'formalParameter').map((one) => ({
      name: textOf(one.name),
      type: this.type(one.typeRef, element),
    }));
    const result = this.type(body?.typeRef ?? child(element, 'variable')?.typeRef, element);
    const declared = parameters.map((one) => `${one.name}: ${notationOf(one.type.type)}`).join(', ');
    const call = (args: readonly Value[], world: unknown, spend = newRun({}, world, DEFAULT_BUDGET).spend): Value => {
      const given: GivenScope = Object.fromEntries(
        parameters.map((one, i) => [one.name, accept(args[i] ?? null, one.type, `参数“${one.name}”`)]),
      );
      spend(1);
      return accept(knowledge.logic?.(given, world, spend) ?? null, result, `“${name}”的结果`);
    };
    const spec: FunctionSpec = {
      params: [parameters.length, parameters.length],
      signatures: [`${name}(${declared}) -> ${notationOf(result.type)}`],
      ...given(sourceOf(body)),
      call,
    };
    const knowledge: Knowledge = { element, name, parameters, result, spec, logic: null, problems: [] };
    return knowledge;
  }
}

const given = (body: string | undefined): { body?: string } => (body === undefined ? {} : { body });

/**
 * A body as one FEEL expression, for whoever looks at its types: as written, a boxed context of such, whose entry without a name is what
 * it gives, or a table of which one rule holds.
 */
function sourceOf(body: DmnElement | null): string | undefined {
  if (body?.$type === 'dmn:LiteralExpression') return textOf(body.text);
  if (body?.$type === 'dmn:DecisionTable') return tableSource(body);
  if (body?.$type !== 'dmn:Context') return undefined;
  const entries = children(body, 'contextEntry').map((entry) => {
    const source = sourceOf(child(entry, 'value'));
    return source === undefined ? undefined : { name: textOf(child(entry, 'variable')?.name), source };
  });
  const result = entries.some((entry) => entry?.name === '');
  const parts = entries.map((entry) => entry && `${entry.name || 'result'}: (${entry.source})`);
  if (parts.includes(undefined) || entries.some((entry) => !/^\w*$/.test(entry?.name ?? ' '))) return undefined;
  return `{${parts.join(', ')}}${result ? '.result' : ''}`;
}

const ONE_RULE = ['', 'UNIQUE', 'FIRST', 'ANY'];

/** `if input in (cell) then output else …`; a cell that asks by itself (`?`, `not(…)`) is left out, every result stays. */
function tableSource(table: DmnElement): string | undefined {
  if (!ONE_RULE.includes(textOf(table.hitPolicy))) return undefined;
  const inputs = children(table, 'input').map((one) => textOf(child(one, 'inputExpression')?.text));
  const outputs = children(table, 'output').map(({ name }) => textOf(name));
  if (outputs.some((name) => !/^\w*$/.test(name))) return undefined;
  const rules = children(table, 'rule').map((rule) => {
    const asked = children(rule, 'inputEntry').flatMap(({ text }, index) => {
      const cell = textOf(text).trim();
      return /^-?$|\?|\bnot\b/.test(cell) ? [] : [`(${inputs[index]}) in (${cell})`];
    });
    const given = children(rule, 'outputEntry').map(({ text }) => textOf(text).trim() || 'null');
    const result =
      given.length === 1 ? given[0] : `{${given.map((one, index) => `${outputs[index]}: ${one}`).join(', ')}}`;
    return `if ${asked.join(' and ') || 'true'} then ${result} else `;
  });
  return `${rules.join('')}null`;
}

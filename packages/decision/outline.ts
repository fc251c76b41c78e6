/**
 * Owns the outline of a DMN file: its decisions and functions, the columns and rules of tables with their cells. It reads what cannot be
 * compiled as well: nothing is checked here. Rule: [DIF1].
 */
import { DefinitionError } from '@ganwei/core/definition';
import { type Outline, type OutlineItem, settingsFrom, words } from '@ganwei/core/outline';
import { child, children, type DmnElement, nameOf, textOf } from './element.ts';
import { readDefinitions } from './xml.ts';

/** null: the text is no DMN. */
export async function outlineDecisions(source: string): Promise<Outline | null> {
  try {
    const definitions = await readDefinitions(source);
    return { items: children(definitions, 'drgElement').flatMap(itemsOf), drawing: '' };
  } catch (error) {
    if (error instanceof DefinitionError) return null;
    throw error;
  }
}

const DECISION = words('决策', 'Decision');
const FUNCTION = words('函数', 'Function');
const INPUT = words('输入数据', 'Input data');
const RULE = words('规则', 'Rule');

function itemsOf(element: DmnElement): OutlineItem[] {
  const id = textOf(element.id) || nameOf(element);
  const isFunction = element.$type === 'dmn:BusinessKnowledgeModel';
  const type = isFunction ? FUNCTION : element.$type === 'dmn:Decision' ? DECISION : INPUT;
  const body = child(element, 'encapsulatedLogic') ?? child(element, 'decisionLogic');
  const isTable = body?.$type === 'dmn:DecisionTable';
  const own: OutlineItem = {
    id,
    parent: '',
    type,
    name: nameOf(element),
    ordered: false,
    settings: settingsFrom([
      ['description', words('说明', 'Description'), textOf(element.description)],
      ['type', words('类型', 'Type'), textOf(child(element, 'variable')?.typeRef)],
      ...(isTable ? columnsOf(body) : ([['logic', words('内容', 'Content'), body ? written(body) : '']] as const)),
    ]),
  };
  return [own, ...(isTable ? rulesOf(body, id) : [])];
}

type Entry = Parameters<typeof settingsFrom>[0][number];

function columnsOf(table: DmnElement): Entry[] {
  const policy = [textOf(table.hitPolicy) || 'UNIQUE', textOf(table.aggregation)].filter(Boolean).join(' ');
  return [
    ['policy', words('命中策略', 'Hit policy'), policy],
    ...children(table, 'input').map(
      (input, index): Entry => [
        `input.${textOf(input.id) || index}`,
        words(`输入列 ${index + 1}`, `Input ${index + 1}`),
        [
          inputName(input),
          textOf(child(input, 'inputExpression')?.text),
          textOf(child(input, 'inputValues')?.text),
        ].join(' | '),
      ],
    ),
    ...children(table, 'output').map(
      (output, index): Entry => [
        `output.${textOf(output.id) || index}`,
        words(`输出列 ${index + 1}`, `Output ${index + 1}`),
        [outputName(output), textOf(output.typeRef), textOf(child(output, 'outputValues')?.text)].join(' | '),
      ],
    ),
  ];
}

const inputName = (input: DmnElement): string => textOf(input.label) || textOf(child(input, 'inputExpression')?.text);
const outputName = (output: DmnElement): string => textOf(output.label) || textOf(output.name);

/** A rule is known by its id, and called by what it says of itself or by its first cells. */
function rulesOf(table: DmnElement, parent: string): OutlineItem[] {
  const columns = [...children(table, 'input').map(inputName), ...children(table, 'output').map(outputName)];
  return children(table, 'rule').map((rule, index) => {
    const cells = [...children(rule, 'inputEntry'), ...children(rule, 'outputEntry')].map(({ text }) => textOf(text));
    const said = children(rule, 'annotationEntry')
      .map(({ text }) => textOf(text))
      .filter(Boolean)
      .join('，');
    const name =
      said ||
      textOf(rule.description) ||
      cells
        .filter((cell) => cell !== '' && cell !== '-')
        .slice(0, 3)
        .join('，');
    return {
      id: `${parent}/${textOf(rule.id) || index}`,
      parent,
      type: RULE,
      name,
      ordered: true,
      settings: settingsFrom(
        cells.map((cell, column) => {
          const label = columns[column] || String(column + 1);
          return [String(column), words(label, label), cell];
        }),
      ),
    };
  });
}

/** All the texts of an expression, one below the other. */
function written(element: DmnElement): string {
  const lines: string[] = [];
  const visit = (value: unknown, name: string): void => {
    if (Array.isArray(value)) for (const one of value) visit(one, name);
    if (typeof value !== 'object' || value === null || !('$type' in value)) return;
    const one = value as DmnElement;
    const called = textOf(one.name) || textOf(child(one, 'variable')?.name) || name;
    if (textOf(one.text)) lines.push(called ? `${called}: ${textOf(one.text)}` : textOf(one.text));
    for (const key of Object.keys(one)) if (!key.startsWith('$')) visit(one[key], called);
  };
  visit(element, '');
  return lines.join('\n');
}

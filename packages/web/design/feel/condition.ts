/**
 * Owns conditions as a builder shows them: comparisons of a value of the case, joined by 并且 or 或者, groups within groups. Each is written as an expression and read
 * back without loss; an expression that is anything else is no condition of a builder. Rule: [DES40].
 */
import type { Node } from '@ganwei/feel/syntax';
import { callIn, type Operand, operandIn, operandText, pathIn, quoted, textIn, treeOf } from './reading.ts';

export const COMPARISONS = ['=', '!=', '<', '<=', '>', '>='] as const;
export const OPERATORS = [...COMPARISONS, 'in', 'not in', 'contains', 'lacks', 'empty', 'filled'] as const;
export type Operator = (typeof OPERATORS)[number];

export interface Test {
  /** `amount`, `application.amount`, `outcome of("review")`, `count(application.persons)` */
  readonly subject: string;
  readonly operator: Operator;
  /** none for empty and filled, any number for in and not in, otherwise one */
  readonly values: readonly Operand[];
}

export interface Group {
  readonly join: 'and' | 'or';
  readonly parts: readonly (Test | Group)[];
}

export const isGroup = (part: Test | Group): part is Group => 'join' in part;

// ---- writing ---------------------------------------------------------------------------------------------------------

/** The expression; '' for a group without parts. A group of one part is that part. */
export function conditionText({ join, parts }: Group): string {
  const texts = parts.map((part) => (isGroup(part) ? groupText(part) : testText(part))).filter((text) => text !== '');
  return texts.join(` ${join} `);
}

function groupText(group: Group): string {
  const text = conditionText(group);
  return group.parts.length > 1 ? `(${text})` : text;
}

function testText({ subject, operator, values }: Test): string {
  const [first] = values;
  const text = first ? operandText(first) : '""';
  switch (operator) {
    case 'empty':
      return `${subject} = null`;
    case 'filled':
      return `${subject} != null`;
    case 'in':
      return `list contains([${values.map(operandText).join(', ')}], ${subject})`;
    case 'not in':
      return `not(list contains([${values.map(operandText).join(', ')}], ${subject}))`;
    case 'contains':
      return `list contains(${subject}, ${text})`;
    case 'lacks':
      return `not(list contains(${subject}, ${text}))`;
    default:
      return `${subject} ${operator} ${text}`;
  }
}

export const outcomeOf = (step: string): string => `outcome of(${quoted(step)})`;
export const countOf = (path: string): string => `count(${path})`;

// ---- reading ---------------------------------------------------------------------------------------------------------

/** undefined: the expression says more than a builder can show. */
export function conditionIn(source: string, functions: readonly string[]): Group | undefined {
  if (source.trim() === '') return { join: 'and', parts: [] };
  const tree = treeOf(source, functions);
  const part = tree && partIn(tree, source);
  if (!part) return undefined;
  return isGroup(part) ? part : { join: 'and', parts: [part] };
}

function partIn(node: Node, source: string): Test | Group | undefined {
  if (node.name === 'ParenthesizedExpression') return node.parts[0] && partIn(node.parts[0], source);
  if (node.name === 'Conjunction') return groupIn(node, 'and', source);
  if (node.name === 'Disjunction') return groupIn(node, 'or', source);
  if (node.name === 'Comparison') return comparisonIn(node, source);
  const call = callIn(node);
  if (call?.name === 'list contains') return memberIn(call.args, source);
  const [inner] = call?.args ?? [];
  const member = call?.name === 'not' && inner ? callIn(inner) : undefined;
  const test = member?.name === 'list contains' ? memberIn(member.args, source) : undefined;
  return test && { ...test, operator: test.operator === 'in' ? 'not in' : 'lacks' };
}

/** `a and b and c` is a tree of pairs; it is one group. */
function groupIn(node: Node, join: Group['join'], source: string): Group | undefined {
  const parts: (Test | Group)[] = [];
  for (const child of node.parts) {
    const part = partIn(child, source);
    if (!part) return undefined;
    if (child.name === node.name && isGroup(part)) parts.push(...part.parts);
    else parts.push(part);
  }
  return { join, parts };
}

function comparisonIn(node: Node, source: string): Test | undefined {
  const [left, sign, right] = node.parts;
  const operator = COMPARISONS.find((one) => one === sign?.text);
  const subject = left && subjectIn(left, source);
  if (!operator || !subject || !right || node.parts.length !== 3) return undefined;
  if (right.text === 'null' && operator === '=') return { subject, operator: 'empty', values: [] };
  if (right.text === 'null' && operator === '!=') return { subject, operator: 'filled', values: [] };
  const value = operandIn(right, source);
  return value && { subject, operator, values: [value] };
}

function memberIn([list, element]: readonly Node[], source: string): Test | undefined {
  if (!list || !element) return undefined;
  if (list.name !== 'List') {
    const [subject, value] = [subjectIn(list, source), operandIn(element, source)];
    return subject && value ? { subject, operator: 'contains', values: [value] } : undefined;
  }
  const subject = subjectIn(element, source);
  const values = list.parts.map((part) => operandIn(part, source));
  if (!subject || values.some((value) => value === undefined)) return undefined;
  return { subject, operator: 'in', values: values as Operand[] };
}

function subjectIn(node: Node, source: string): string | undefined {
  const path = pathIn(node);
  if (path !== undefined) return path;
  const call = callIn(node);
  const [argument] = call?.args ?? [];
  if (call?.args.length !== 1 || !argument) return undefined;
  const step = textIn(argument, source);
  if (call.name === 'outcome of' && step !== undefined) return outcomeOf(step);
  const counted = pathIn(argument);
  return call.name === 'count' && counted !== undefined ? countOf(counted) : undefined;
}

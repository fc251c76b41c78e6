/**
 * Owns the rules that walk the table of settings (descriptors.ts): what must be there is there, words of a closed list are in the list,
 * numbers are numbers, and expressions can be parsed. Must never know a single attribute by name.
 */
import { compileExpression, compileTemplate, FeelError, type Language } from '@ganwei/feel/compile';
import { type AttributeDescriptor, descriptorOf } from './descriptors.ts';
import { timerOf } from './timers.ts';
import {
  bare,
  conditionHolder,
  type Element,
  eventOf,
  isA,
  namesIn,
  ownerOf,
  type RuleFactory,
  textOf,
} from './tree.ts';

/** Functions of the world outside that FEEL texts may call (directory, calendar, clock), besides the built-in ones. */
export type Functions = NonNullable<Language['functions']>;

const attributes: RuleFactory = () => ({
  check(node, reporter) {
    for (const [name, attribute] of attributesOf(node)) {
      const value = textOf(node, name);
      const missing = attribute.required ? `没有填写${attribute.label.zh} ${name}` : '';
      const problem = value === undefined ? missing : wrong(name, attribute, value);
      if (problem) reporter.report(ownerOf(node), `${tagOf(node)} ${problem}。`);
    }
  },
});

const attributesOf = (node: Element): [string, AttributeDescriptor][] =>
  Object.entries(descriptorOf(node.$type)?.attributes ?? {});

const tagOf = (node: Element): string => node.$type.replace(/:(.)/, (_, first: string) => `:${first.toLowerCase()}`);

/** What is wrong with a value by the table alone; expressions are looked at by feelRule. */
function wrong(name: string, { kind, values = [] }: AttributeDescriptor, value: string): string {
  const unknown = (word: string): string => `的 ${name} 不认识「${word}」，可用：${values.join('、')}`;
  switch (kind) {
    case 'number':
      return /^-?\d+$/.test(value) ? '' : `的 ${name} 须是整数，不能是「${value}」`;
    case 'flag':
      return ['true', 'false'].includes(value) ? '' : `的 ${name} 只能是 true 或 false`;
    case 'choice':
      return values.includes(value) ? '' : unknown(value);
    case 'choices': {
      const word = namesIn(value).find((one) => !values.includes(one));
      return word === undefined ? '' : unknown(word);
    }
    case 'feel':
    case 'template':
    case 'text':
    case 'key':
    case 'names':
      return '';
  }
}

/** Rules that parse FEEL: attributes, conditions of flows, timers. */
export function feelRule(functions?: Functions): RuleFactory {
  const language: Language = { mode: 'strict', ...(functions && { functions }) };
  const complaint = (source: string, template: boolean): string | undefined => {
    try {
      if (template) compileTemplate(source, language);
      else compileExpression(bare(source), language);
      return undefined;
    } catch (error) {
      if (error instanceof FeelError) return error.message;
      throw error;
    }
  };
  return () => ({
    check(node, reporter) {
      const check = (where: string, source: string | undefined, template = false): void => {
        const wrong = source === undefined ? undefined : complaint(source, template);
        if (wrong) reporter.report(ownerOf(node), `${where}的表达式「${source}」有误：${wrong}`);
      };
      for (const [name, { kind }] of attributesOf(node))
        if (kind === 'feel' || kind === 'template')
          check(`${tagOf(node)} 的 ${name} `, textOf(node, name), kind === 'template');
      if (isA(node, 'bpmn:SequenceFlow')) check('分支条件', textOf(conditionHolder(node), 'body'));
      const timer = isA(node, 'bpmn:Event') ? timerOf(eventOf(node)) : undefined;
      if (timer && 'at' in timer) check('定时', timer.at);
    },
  });
}

export const attributeRules = { attributes };

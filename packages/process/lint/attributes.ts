/**
 * Owns what each attribute of a `ganwei:` element may hold, as one table: which are FEEL, which are words of a closed
 * list, which must be there. The rules below only walk the table; a new attribute needs one line here and one in moddle.json.
 */
import { compileExpression, compileTemplate, FeelError, type Language } from '@ganwei/feel/compile';
import { timerOf } from './timers.ts';
import { bare, conditionHolder, type Element, eventOf, isA, ownerOf, type RuleFactory, textOf } from './tree.ts';

/** Functions of the world outside that FEEL texts may call (directory, calendar, clock), besides the built-in ones. */
export type Functions = NonNullable<Language['functions']>;

type Kind = 'feel' | 'template' | 'text' | 'number' | 'flag' | readonly string[];
interface Attribute {
  kind: Kind;
  must: boolean;
}

const optional = (kind: Kind): Attribute => ({ kind, must: false });
const must = (kind: Kind): Attribute => ({ kind, must: true });
const feel = optional('feel');
const text = optional('text');
const flag = optional('flag');

const ACCESS = ['hidden', 'read', 'edit', 'required'];
const OPERATIONS = ['transfer', 'return', 'addSigner', 'comment', 'urge'];
/** Attributes that hold several words of a closed list, separated by commas. */
const MANY: Readonly<Record<string, readonly string[]>> = { 'ganwei:Task operations': OPERATIONS };

const ATTRIBUTES: Readonly<Record<string, Readonly<Record<string, Attribute>>>> = {
  'ganwei:Case': {
    title: feel,
    numberKey: feel,
    order: optional('number'),
    readers: feel,
    withdraw: feel,
    subjects: feel,
    disclosed: feel,
  },
  'ganwei:Status': {
    key: must('text'),
    label: must('text'),
    tone: optional(['running', 'done', 'stopped', 'warning']),
  },
  'ganwei:Action': {
    key: must('text'),
    label: must('text'),
    process: must('text'),
    who: must('feel'),
    when: feel,
    values: feel,
  },
  'ganwei:Start': { who: feel, initial: feel, correlation: feel },
  'ganwei:Task': {
    assignees: must('feel'),
    list: flag,
    initial: feel,
    mode: optional(['single', 'any', 'all', 'sequence', 'vote', 'blind']),
    threshold: feel,
    quorum: feel,
    last: feel,
    due: feel,
    priority: flag,
    audience: feel,
    receipt: feel,
  },
  'ganwei:Outcome': {
    key: must('text'),
    label: must('text'),
    style: optional(['primary', 'default', 'danger']),
    comment: optional(['required', 'optional', 'none']),
    commentMin: optional('number'),
    validates: flag,
    positive: flag,
    when: feel,
    confirm: optional('template'),
  },
  'ganwei:Access': { path: must('text'), mode: must(ACCESS) },
  'ganwei:Show': { as: must('text'), open: flag, when: feel },
  'ganwei:Exclude': { who: must('feel'), reason: must('text') },
  'ganwei:Remind': { at: must('feel'), to: feel, text: must('text') },
  'ganwei:Service': { type: must('text'), status: text },
  'ganwei:Input': { name: must('text'), value: must('feel') },
  'ganwei:Output': { name: must('text'), value: must('feel') },
  'ganwei:Call': { process: must('text'), each: feel, values: feel },
  'ganwei:Message': { correlation: must('feel') },
};

const NAMES: Readonly<Record<string, string>> = {
  assignees: '办理人',
  correlation: '关联键',
  process: '流程',
  type: '服务类型',
};

const attributes: RuleFactory = () => ({
  check(node, reporter) {
    for (const [name, { kind, must }] of Object.entries(ATTRIBUTES[node.$type] ?? {})) {
      const value = textOf(node, name);
      const problem =
        value === undefined ? (must ? `没有填写${NAMES[name] ?? ''} ${name}` : '') : wrong(name, kind, value);
      if (problem) reporter.report(ownerOf(node), `${tagOf(node)} ${problem}。`);
    }
    for (const [place, words] of Object.entries(MANY)) {
      const [type, name] = place.split(' ') as [string, string];
      if (node.$type !== type) continue;
      for (const word of (textOf(node, name) ?? '').split(/[,,\s]+/))
        if (word !== '' && !words.includes(word))
          reporter.report(ownerOf(node), `${tagOf(node)} 的 ${name} 不认识「${word}」，可用：${words.join('、')}。`);
    }
  },
});

const tagOf = (node: Element): string => node.$type.replace(/:(.)/, (_, first: string) => `:${first.toLowerCase()}`);

function wrong(name: string, kind: Kind, value: string): string {
  if (kind === 'number' && !/^-?\d+$/.test(value)) return `的 ${name} 须是整数，不能是「${value}」`;
  if (kind === 'flag' && !['true', 'false'].includes(value)) return `的 ${name} 只能是 true 或 false`;
  if (Array.isArray(kind) && !kind.includes(value)) return `的 ${name} 不认识「${value}」，可用：${kind.join('、')}`;
  return '';
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
      for (const [name, { kind }] of Object.entries(ATTRIBUTES[node.$type] ?? {}))
        if (kind === 'feel' || kind === 'template')
          check(`${tagOf(node)} 的 ${name} `, textOf(node, name), kind === 'template');
      if (isA(node, 'bpmn:SequenceFlow')) check('分支条件', textOf(conditionHolder(node), 'body'));
      const timer = isA(node, 'bpmn:Event') ? timerOf(eventOf(node)) : undefined;
      if (timer && 'at' in timer) check('定时', timer.at);
    },
  });
}

export const attributeRules = { attributes };

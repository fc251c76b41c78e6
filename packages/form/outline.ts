/**
 * Owns the outline of a form: its fields and layout by their paths, with what is set on each, as the table of components calls it.
 * It reads any JSON that has the shape of a form; nothing is checked here. Rule: [DIF1].
 */
import {
  type Outline,
  type OutlineItem,
  type OutlineSetting,
  settingsFrom,
  type Words,
  words,
} from '@ganwei/core/outline';
import { DECORATOR_PROPS, describe, type PropSpec } from './components.ts';
import { componentOf, isRaw, type Raw } from './node.ts';

const FORM = words('表单', 'Form');
const FIELD = words('字段', 'Field');

/** null: the text is no form. */
export function outlineForm(source: string): Outline | null {
  const form = parsed(source);
  if (!isRaw(form) || !isRaw(form.schema)) return null;
  const head = settingsFrom([
    ...title(form),
    ['summary', words('摘要', 'Summary'), textOf(form.summary)],
    ['help', words('填写说明', 'Help'), textOf(form.help)],
  ]);
  const id = String(form.form ?? '');
  return {
    items: [
      { id, parent: '', type: FORM, name: nameOf(form, id), ordered: true, settings: head },
      ...fieldsOf(form.schema, id, ''),
    ],
    drawing: '',
  };
}

function parsed(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    // whoever asks for an outline shows the text itself then
    return null;
  }
}

/** `path`: of the container, as rules write it. Layout has a place of its own, beside the fields it holds. */
function fieldsOf(container: Raw, parent: string, path: string): OutlineItem[] {
  if (!isRaw(container.properties)) return [];
  return Object.entries(container.properties).flatMap(([name, node]) => {
    if (!isRaw(node)) return [];
    const id = path === '' ? name : `${path}.${name}`;
    const item = {
      id,
      parent,
      type: typeOf(node),
      name: nameOf(node, name),
      ordered: true,
      settings: settingsOf(node),
    };
    return [item, ...fieldsOf(node, id, id), ...(isRaw(node.items) ? fieldsOf(node.items, id, `${id}[]`) : [])];
  });
}

const typeOf = (node: Raw): Words => {
  const component = componentOf(node);
  const label = component && describe(component).label;
  return label ? words(label['zh-CN'], label['en-US']) : FIELD;
};

const nameOf = (node: Raw, otherwise: string): string =>
  isRaw(node.title) ? textOf(node.title['zh-CN']) || otherwise : textOf(node.title) || otherwise;

const title = ({ title }: Raw): readonly [string, Words, string][] => [
  ['title', words('标题', 'Title'), isRaw(title) ? textOf(title['zh-CN']) : textOf(title)],
  ['title.en', words('英文标题', 'English title'), isRaw(title) ? textOf(title['en-US']) : ''],
];

/** What people call the limits of a field. */
export const LIMITS: Readonly<Record<string, Words>> = {
  required: words('必填', 'Required'),
  description: words('说明', 'Description'),
  default: words('默认值', 'Default'),
  'x-formerly': words('曾用名', 'Formerly'),
  enum: words('选项', 'Options'),
  minLength: words('最少字数', 'Least length'),
  maxLength: words('最多字数', 'Greatest length'),
  minimum: words('最小值', 'Minimum'),
  maximum: words('最大值', 'Maximum'),
  minItems: words('最少项数', 'Least number of items'),
  maxItems: words('最多项数', 'Greatest number of items'),
  format: words('格式', 'Format'),
};

/** What people call the rules of a field. */
export const RULES: Readonly<Record<string, Words>> = {
  visible: words('显示条件', 'Visible when'),
  required: words('必填条件', 'Required when'),
  editable: words('可编辑条件', 'Editable when'),
  value: words('计算', 'Computed as'),
  initial: words('初始值', 'First value'),
  options: words('选项规则', 'Options from'),
  rows: words('固定行', 'Fixed rows'),
  errors: words('校验', 'Checks'),
};

function settingsOf(node: Raw): OutlineSetting[] {
  const component = componentOf(node);
  const { props } = component ? describe(component) : { props: {} };
  return settingsFrom([
    ...title(node),
    ...Object.entries(LIMITS).map(([key, label]) => [key, label, textOf(node[key])] as const),
    ...propsOf('x-component-props', node, props),
    ...propsOf('x-decorator-props', node, DECORATOR_PROPS),
    ...Object.entries(RULES).map(
      ([key, label]) => [`x-rules.${key}`, label, isRaw(node['x-rules']) ? textOf(node['x-rules'][key]) : ''] as const,
    ),
  ]);
}

const propsOf = (member: string, node: Raw, specs: Readonly<Record<string, PropSpec>>) =>
  Object.entries(isRaw(node[member]) ? node[member] : {}).map(([key, value]) => {
    const label = Object.hasOwn(specs, key) ? (specs[key]?.label ?? key) : key;
    return [`${member}.${key}`, words(label, key), textOf(value)] as const;
  });

const textOf = (value: unknown): string => {
  if (value === undefined || value === null || value === false) return '';
  if (value === true) return '✓';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

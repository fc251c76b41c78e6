/**
 * Owns the check of one schema node against the allow-lists: keys, component, props, limits, options, names, labels.
 * It looks at one node at a time and reports every problem in Chinese; what spans nodes (rules, circles) is dialect.ts.
 */
import type { Problem } from '@ganwei/core/definition';
import {
  type ComponentDescriptor,
  type ComponentName,
  DECORATOR_PROPS,
  describe,
  type FieldType,
  isComponent,
  LARGEST_TABLE,
  type Limit,
  type PropSpec,
} from './components.ts';
import { isFormat } from './formats.ts';
import type { FieldSchema } from './model.ts';

/** A JSON object whose members are still unknown. */
export type Raw = Readonly<Record<string, unknown>>;

export const isRaw = (value: unknown): value is Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reports one problem of the node being read. */
export type Report = (rule: string, message: string, severity?: Problem['severity']) => void;

/** Chinese letters allowed; nothing that could mean a path, a prototype or an inherited member. */
export function isFieldName(name: string): boolean {
  return NAME.test(name) && !INHERITED.has(name) && name !== 'prototype';
}

export function isLabel(value: unknown): boolean {
  if (isText(value)) return value.length > 0 && value.length <= 200;
  if (!isRaw(value)) return false;
  const keys = Object.keys(value);
  return (
    isText(value['zh-CN']) &&
    keys.every((key) => (key === 'zh-CN' || key === 'en-US') && isText(value[key]) && value[key] !== '')
  );
}

/** The component of a node; its default by type when none is named, undefined when it does not exist. */
export function componentOf(node: Raw): ComponentName | undefined {
  if (node['x-component'] !== undefined) return isComponent(node['x-component']) ? node['x-component'] : undefined;
  return typeof node.type === 'string' && Object.hasOwn(STANDARD, node.type)
    ? STANDARD[node.type as FieldType]
    : undefined;
}

/** True when the node is sound enough to be read on as a FieldSchema. */
export function checkNode(node: Raw, report: Report): node is Raw & FieldSchema {
  for (const key of Object.keys(node)) {
    if (!NODE_KEYS.has(key)) report('unknown-key', `不允许使用属性「${key}」，请删除`);
  }
  const name = componentOf(node);
  if (!name) {
    report('unknown-component', `没有「${String(node['x-component'] ?? node.type)}」这种组件，请从组件列表中选择`);
    return false;
  }
  const descriptor = describe(name);
  if (!descriptor.types.includes(node.type as FieldType)) {
    report(
      'component-type',
      `组件「${descriptor.label['zh-CN']}」的类型应为 ${descriptor.types.join(' 或 ')}，现为 ${String(node.type)}`,
    );
    return false;
  }
  checkTexts(node, descriptor, report);
  checkLimits(node, descriptor, report);
  checkProps(node['x-component-props'], descriptor.props, '组件属性', report);
  checkProps(node['x-decorator-props'], DECORATOR_PROPS, '外观属性', report);
  if (descriptor.limits.includes('enum')) checkOptions(node, descriptor, report);
  if (isRaw(node['x-component-props']) && 'multiple' in node['x-component-props']) {
    const several = node['x-component-props'].multiple === true;
    if (several !== (node.type === 'array'))
      report('component-type', '「可选多个」须与类型一致：多选用 array，单选用 string');
  }
  const childless = !['group', 'table', 'layout'].includes(descriptor.kind) || name === 'Note';
  if (childless && (node.properties !== undefined || node.items !== undefined)) {
    report('children', `组件「${descriptor.label['zh-CN']}」不能包含下级字段`);
  }
  return true;
}

// ---------------------------------------------------------------------------------------------------------------------

const NAME = /^[\p{L}_][\p{L}\p{N}_]{0,63}$/u;
const INHERITED = new Set(Object.getOwnPropertyNames(Object.prototype));

const STANDARD: Partial<Record<FieldType, ComponentName>> = {
  string: 'Text',
  number: 'Number',
  boolean: 'Switch',
  array: 'Table',
  object: 'Section',
  void: 'Section',
};

const LIMITS: readonly Limit[] = [
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'format',
  'enum',
  'default',
];

const NODE_KEYS = new Set<string>([
  ...LIMITS,
  'type',
  'title',
  'x-label-en',
  'x-formerly',
  'description',
  'required',
  'x-component',
  'x-component-props',
  'x-decorator-props',
  'x-rules',
  'properties',
  'items',
]);

const isText = (value: unknown): value is string => typeof value === 'string';

function checkTexts(node: Raw, descriptor: ComponentDescriptor, report: Report): void {
  const layout = descriptor.kind === 'layout';
  if (node.title === undefined && !layout) report('title', '缺少名称（title）');
  if (node.title !== undefined && !isLabel(node.title)) report('title', '名称须为 1 至 200 字的文字或中英文对照');
  if (node.description !== undefined && !isLabel(node.description)) report('title', '说明须为文字或中英文对照');
  if (node['x-label-en'] !== undefined && !isText(node['x-label-en'])) report('title', '英文名称须为文字');
  if (node.required !== undefined && typeof node.required !== 'boolean') report('required', '必填须为 true 或 false');
  if (node.required === true && node.type === 'void') report('required', '布局组件没有值，不能设为必填');
}

function checkLimits(node: Raw, descriptor: ComponentDescriptor, report: Report): void {
  for (const limit of LIMITS) {
    if (node[limit] === undefined) continue;
    if (!descriptor.limits.includes(limit)) {
      report('limit', `组件「${descriptor.label['zh-CN']}」不能设置 ${limit}`);
      continue;
    }
    if (limit === 'format') {
      if (!isFormat(node.format)) report('limit', `没有名为「${String(node.format)}」的格式`);
    } else if (limit !== 'enum' && limit !== 'default') {
      const value = node[limit];
      const whole = limit !== 'minimum' && limit !== 'maximum';
      if (typeof value !== 'number' || !Number.isFinite(value) || (whole && (value < 0 || !Number.isInteger(value)))) {
        report('limit', `${limit} 须为${whole ? '非负整' : ''}数`);
      }
    }
  }
  if (descriptor.kind === 'table' && typeof node.maxItems === 'number' && node.maxItems > LARGEST_TABLE)
    report('limit', `明细表的 maxItems 不能超过 ${LARGEST_TABLE}`);
  for (const [low, high] of [
    ['minLength', 'maxLength'],
    ['minimum', 'maximum'],
    ['minItems', 'maxItems'],
  ] as const) {
    if (typeof node[low] === 'number' && typeof node[high] === 'number' && node[low] > node[high]) {
      report('limit', `${low}（${node[low]}）大于 ${high}（${node[high]}），没有任何内容能满足`);
    }
  }
}

function checkOptions(node: Raw, descriptor: ComponentDescriptor, report: Report): void {
  const ruled = isRaw(node['x-rules']) && node['x-rules'].options !== undefined;
  if (node.enum === undefined) {
    if (!ruled) report('options', `组件「${descriptor.label['zh-CN']}」缺少选项（enum）或选项规则（x-rules.options）`);
    return;
  }
  if (!Array.isArray(node.enum) || node.enum.length === 0) {
    report('options', '选项（enum）须为非空列表');
    return;
  }
  const wanted = node.type === 'array' ? ['string', 'number'] : [node.type];
  const seen = new Set<unknown>();
  node.enum.forEach((option: unknown, index) => {
    if (
      !isRaw(option) ||
      !isLabel(option.label) ||
      Object.keys(option).some((key) => key !== 'label' && key !== 'value')
    ) {
      report('options', `第 ${index + 1} 个选项须写成 {"label": "…", "value": …}`);
    } else if (!wanted.includes(typeof option.value) || option.value === '') {
      report('options', `第 ${index + 1} 个选项的值类型须为 ${wanted.join(' 或 ')}`);
    } else if (seen.has(option.value)) {
      report('options', `选项值「${String(option.value)}」重复`);
    } else {
      seen.add(option.value);
    }
  });
}

function checkProps(given: unknown, specs: Readonly<Record<string, PropSpec>>, what: string, report: Report): void {
  const props = given ?? {};
  if (!isRaw(props)) {
    report('unknown-prop', `${what}须为对象`);
    return;
  }
  for (const [key, value] of Object.entries(props)) {
    const spec = Object.hasOwn(specs, key) ? specs[key] : undefined;
    if (!spec) report('unknown-prop', `${what}中没有「${key}」`);
    else if (!fits(value, spec)) report('prop', `${what}「${spec.label}」（${key}）的值不正确`);
  }
  for (const [key, spec] of Object.entries(specs)) {
    if (spec.required && !Object.hasOwn(props, key)) report('prop', `缺少${what}「${spec.label}」（${key}）`);
  }
}

function fits(value: unknown, spec: PropSpec): boolean {
  switch (spec.type) {
    case 'number':
      return (
        typeof value === 'number' &&
        Number.isFinite(value) &&
        value >= (spec.min ?? value) &&
        value <= (spec.max ?? value)
      );
    case 'boolean':
      return typeof value === 'boolean';
    case 'choice':
      return (spec.values ?? []).some((one) => one === value);
    case 'texts':
      return Array.isArray(value) && value.every(isText);
    case 'text':
    case 'template':
    case 'dictionary':
    case 'column':
      return isText(value) && value.length > 0 && value.length <= 2000;
  }
}

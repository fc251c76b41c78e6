/**
 * Owns the reading of a form definition: a closed subset of Formily JSON Schema with allow-listed components, props and
 * names, no `{{ }}`, no x-reactions; everything that moves is FEEL in `x-rules`. A definition is read whole and every
 * problem is reported ([F4] to [F9]); only one without errors becomes a CompiledForm. No text of it is executed as JavaScript.
 */
import { DefinitionError, errorsOf, type Problem } from '@ganwei/core/definition';
import { compileTemplate, FeelError } from '@ganwei/feel/compile';
import { type ComponentName, describe } from './components.ts';
import type {
  BoundError,
  BoundLayout,
  BoundRule,
  CompiledForm,
  DialectOptions,
  FieldSchema,
  FormDefinition,
  FormField,
  Label,
  RuleName,
} from './model.ts';
import { checkNode, componentOf, isFieldName, isLabel, isRaw, type Raw, type Report } from './node.ts';
import { type Binder, findCircles, followsOf, makeBinder, type Place, ruleLanguage, SYSTEM_NAMES } from './rules.ts';

export type { CompiledForm, DialectOptions, FieldSchema, FormDefinition, FormField } from './model.ts';

/** Every problem of a definition; none of severity error means that it may be published. */
export function checkForm(json: unknown, options: DialectOptions = {}): Problem[] {
  return readForm(json, options).problems;
}

/** The compiled form; throws DefinitionError with all problems when there is an error among them. */
export function compileForm(json: unknown, options: DialectOptions = {}): CompiledForm {
  const { form, problems } = readForm(json, options);
  if (!form || errorsOf(problems).length > 0) throw new DefinitionError(problems);
  return form;
}

// ---------------------------------------------------------------------------------------------------------------------
// 1. the tree of fields is read, 2. rules are bound to it, 3. circles are looked for

type Draft = { -readonly [K in keyof FormField]: FormField[K] } & {
  fields: Draft[];
  rules: Partial<Record<RuleName, BoundRule>>;
  errors: BoundError[];
  guards: BoundRule[];
};

/** A container being read: where its fields are collected and what surrounds it. */
interface Home {
  prefix: string;
  fields: Draft[];
  names: Map<string, Draft>;
  containers: readonly Map<string, Draft>[];
  inRow: boolean;
  depth: number;
}

interface Reading {
  problems: Problem[];
  byPath: Map<string, Draft>;
  byNode: Map<FieldSchema, Draft>;
  layout: Map<FieldSchema, BoundLayout>;
  /** bindings postponed until every field is known */
  later: ((binder: Binder) => void)[];
  dictionaries: Set<string>;
}

const MOST_FIELDS = 400;
const DEEPEST = 8;

function readForm(json: unknown, options: DialectOptions): { form: CompiledForm | undefined; problems: Problem[] } {
  const problems: Problem[] = [];
  const report = reporter(problems, '表单');
  if (!isRaw(json)) report('schema', '这不是一份表单定义，须为 {"form": …, "title": …, "schema": …}');
  if (!isRaw(json) || !checkHead(json, report)) return { form: undefined, problems };
  if (JSON.stringify(json).includes('{{')) report('braces', '定义中不允许出现「{{」，请改用 x-rules 中的 FEEL 表达式');

  const reading: Reading = {
    problems,
    byPath: new Map(),
    byNode: new Map(),
    layout: new Map(),
    later: [],
    dictionaries: new Set(),
  };
  const names = new Map<string, Draft>();
  const root: Home = { prefix: '', fields: [], names, containers: [names], inRow: false, depth: 0 };
  readChildren((json.schema as Raw).properties, root, [], reading, report);
  if (reading.byPath.size === 0) report('empty', '表单没有任何字段');
  if (reading.byPath.size > MOST_FIELDS) report('size', `字段过多（${reading.byPath.size}），上限为 ${MOST_FIELDS}`);

  const binder = makeBinder(options, problems);
  for (const bind of reading.later) bind(binder);
  const follows = followsOf(root.fields, reading.byPath);
  problems.push(...findCircles(follows));

  const definition = json as unknown as FormDefinition;
  const form: CompiledForm = {
    definition,
    key: definition.form,
    title: definition.title,
    fields: root.fields,
    byPath: reading.byPath,
    byNode: reading.byNode,
    layout: reading.layout,
    follows,
    summary: readSummary(definition.summary, options, report),
    outside: [...binder.outside],
    dictionaries: [...new Set([...reading.dictionaries, ...binder.dictionaries])],
  };
  return { form, problems };
}

function checkHead(json: Raw, report: Report): boolean {
  for (const key of Object.keys(json)) {
    if (!['form', 'title', 'summary', 'help', 'schema'].includes(key))
      report('unknown-key', `不允许使用属性「${key}」`);
  }
  if (typeof json.form !== 'string' || !/^[A-Za-z][\w-]{0,63}$/.test(json.form)) {
    report('form-key', '表单标识（form）须以字母开头，由字母、数字、下划线或连字符组成');
  }
  if (!isLabel(json.title)) report('title', '缺少表单名称（title）');
  for (const key of ['summary', 'help'] as const) {
    if (json[key] !== undefined && typeof json[key] !== 'string') report('title', `${key} 须为文字`);
  }
  const schema = json.schema;
  if (!isRaw(schema) || schema.type !== 'object' || !isRaw(schema.properties)) {
    report('schema', '缺少字段(schema 须为 {"type": "object", "properties": {…}})');
    return false;
  }
  for (const key of Object.keys(schema)) {
    if (key !== 'type' && key !== 'properties') report('unknown-key', `schema 中不允许使用属性「${key}」`);
  }
  return true;
}

/** Reads the children of a node into `home`; layout nodes pass their own children on to the same home. */
function readChildren(
  properties: unknown,
  home: Home,
  guards: readonly BoundRule[],
  reading: Reading,
  parent: Report,
  panes = false,
): void {
  if (properties === undefined) return;
  if (!isRaw(properties)) {
    parent('schema', 'properties 须为对象');
    return;
  }
  if (home.depth > DEEPEST) {
    parent('size', `嵌套过深，上限为 ${DEEPEST} 层`);
    return;
  }
  for (const [key, node] of Object.entries(properties)) {
    const path = home.prefix + key;
    const report = reporter(reading.problems, path);
    if (!isFieldName(key)) {
      report(
        'field-name',
        `名称「${key}」不可用：须以汉字、字母或下划线开头，由汉字、字母、数字、下划线组成，最长 64 个字符`,
      );
      continue;
    }
    if ((SYSTEM_NAMES as readonly string[]).includes(key)) report('field-name', `「${key}」是系统名称，不能用作字段名`);
    if (!isRaw(node)) {
      report('schema', '字段须为对象');
      continue;
    }
    if (!checkNode(node, report)) continue;
    const component = componentOf(node) as ComponentName;
    if ((component === 'Pane') !== panes)
      report('children', '「面板」须放在「页签」或「折叠面板」中，且其中只能放面板');
    if (node.type === 'void') readLayout(node, component, path, home, guards, reading, report);
    else readField(key, node, component, path, home, guards, reading, report);
  }
}

function readLayout(
  node: FieldSchema,
  component: ComponentName,
  path: string,
  home: Home,
  guards: readonly BoundRule[],
  reading: Reading,
  report: Report,
): void {
  if (home.inRow) {
    report('children', '明细表的列中不能放布局组件');
    return;
  }
  const inner: BoundRule[] = [];
  const place = placeOf(path, home);
  const rules = node['x-rules'] as Raw | undefined;
  checkRuleKeys(rules, ['visible'], report);
  const text = node['x-component-props']?.text;
  reading.later.push((binder) => {
    const visible = typeof rules?.visible === 'string' ? binder.rule(rules.visible, place) : undefined;
    const note = component === 'Note' && typeof text === 'string' ? binder.template(text, place) : undefined;
    inner.push(...guards);
    if (visible) inner.push(visible);
    reading.layout.set(node, { ...(visible && { visible }), ...(note && { text: note }) });
  });
  const deeper = { ...home, depth: home.depth + 1 };
  readChildren(node.properties, deeper, inner, reading, report, component === 'Tabs' || component === 'Collapse');
}

function readField(
  key: string,
  node: FieldSchema,
  component: ComponentName,
  path: string,
  home: Home,
  guards: readonly BoundRule[],
  reading: Reading,
  report: Report,
): void {
  if (home.names.has(key)) {
    report('duplicate-name', `名称「${key}」在同一层出现两次`);
    return;
  }
  const descriptor = describe(component);
  const kind = component === 'Table' ? 'table' : descriptor.kind === 'layout' ? 'group' : 'leaf';
  if (home.inRow && !descriptor.column) report('children', `组件「${descriptor.label['zh-CN']}」不能作为明细表的列`);
  const field: Draft = {
    key,
    path,
    title: titleOf(node, key),
    schema: node,
    component,
    kind,
    fields: [],
    level: home.containers.length - 1,
    column: home.inRow,
    guards: [],
    rules: {},
    errors: [],
  };
  home.names.set(key, field);
  home.fields.push(field);
  reading.byPath.set(path, field);
  reading.byNode.set(node, field);
  const dictionary = node['x-component-props']?.dictionary;
  if (typeof dictionary === 'string') reading.dictionaries.add(dictionary);
  readRules(field, node, placeOf(path, home), guards, reading, report);
  if (kind === 'group') readInside(field, node.properties, `${path}.`, home, reading, report);
  if (kind === 'table') readTable(field, node, home, reading, report);
}

function readInside(
  field: Draft,
  properties: unknown,
  prefix: string,
  home: Home,
  reading: Reading,
  report: Report,
): void {
  const names = new Map<string, Draft>();
  const inside: Home = {
    prefix,
    fields: field.fields,
    names,
    containers: [...home.containers, names],
    inRow: home.inRow || field.kind === 'table',
    depth: home.depth + 1,
  };
  readChildren(properties, inside, [], reading, report);
  if (field.fields.length === 0) report('empty', `「${labelOf(field)}」没有任何下级字段`);
}

function readTable(field: Draft, node: FieldSchema, home: Home, reading: Reading, report: Report): void {
  const items: unknown = node.items;
  if (
    !isRaw(items) ||
    items.type !== 'object' ||
    Object.keys(items).some((key) => key !== 'type' && key !== 'properties')
  ) {
    report('children', '明细表须有 items:{"type": "object", "properties": {…列…}}');
    return;
  }
  readInside(field, items.properties, `${field.path}[].`, home, reading, report);
  const props = node['x-component-props'] ?? {};
  const named = [props.rowKey, ...(Array.isArray(props.sums) ? props.sums : [])];
  for (const name of named) {
    if (name !== undefined && !field.fields.some((column) => column.key === name)) {
      report('prop', `明细表没有名为「${String(name)}」的列`);
    }
  }
  if (node['x-rules']?.rows !== undefined && props.rowKey === undefined) {
    report('row-key', '由规则给出行的明细表须指定行标识列（rowKey）');
  }
}

const RULES_OF: Record<FormField['kind'], readonly string[]> = {
  leaf: ['visible', 'required', 'editable', 'value', 'initial', 'options', 'errors'],
  group: ['visible', 'required', 'errors'],
  table: ['visible', 'required', 'initial', 'rows', 'errors'],
};

function readRules(
  field: Draft,
  node: FieldSchema,
  place: Place,
  guards: readonly BoundRule[],
  reading: Reading,
  report: Report,
): void {
  const rules = node['x-rules'] as Raw | undefined;
  const allowed = RULES_OF[field.kind].filter(
    (name) => name !== 'options' || ['choice', 'dictionary', 'person'].includes(describe(field.component).kind),
  );
  checkRuleKeys(rules, allowed, report);
  reading.later.push((binder) => {
    field.guards.push(...guards);
    if (!isRaw(rules)) return;
    for (const name of allowed) {
      const source = rules[name];
      const bound = typeof source === 'string' && name !== 'errors' ? binder.rule(source, place) : undefined;
      if (bound) field.rules[name as RuleName] = bound;
    }
    if (Array.isArray(rules.errors)) field.errors.push(...readErrors(rules.errors, place, binder, report));
  });
}

function readErrors(list: readonly unknown[], place: Place, binder: Binder, report: Report): BoundError[] {
  return list.flatMap((raw, index) => {
    const sound =
      isRaw(raw) &&
      typeof raw.when === 'string' &&
      typeof raw.message === 'string' &&
      Object.keys(raw).every((key) => ['when', 'message', 'code', 'level'].includes(key)) &&
      (raw.code === undefined || (typeof raw.code === 'string' && /^[\w.-]{1,40}$/.test(raw.code))) &&
      (raw.level === undefined || raw.level === 'error' || raw.level === 'warning');
    if (!sound) {
      report(
        'rules',
        `第 ${index + 1} 条校验规则须写成 {"when": "FEEL", "message": "提示", "level": "error 或 warning"}`,
      );
      return [];
    }
    const when = binder.rule(raw.when as string, place);
    const message = binder.template(raw.message as string, place);
    const code = typeof raw.code === 'string' ? raw.code : 'rule';
    return when && message
      ? [{ when, message, code, level: raw.level === 'warning' ? 'warning' : 'error' } as const]
      : [];
  });
}

function checkRuleKeys(rules: unknown, allowed: readonly string[], report: Report): void {
  if (rules === undefined) return;
  if (!isRaw(rules)) {
    report('rules', 'x-rules 须为对象');
    return;
  }
  for (const [name, source] of Object.entries(rules)) {
    if (!allowed.includes(name)) report('rules', `此处不能使用规则「${name}」`);
    else if (name === 'errors' ? !Array.isArray(source) : typeof source !== 'string') {
      report('rules', `规则「${name}」须为${name === 'errors' ? '列表' : ' FEEL 文本'}`);
    }
  }
}

function readSummary(summary: string | undefined, options: DialectOptions, report: Report) {
  if (typeof summary !== 'string') return undefined;
  try {
    return compileTemplate(summary, ruleLanguage(options.functions));
  } catch (error) {
    if (!(error instanceof FeelError)) throw error;
    if (!options.checked) report('expression', `摘要（summary）有误：${error.message}`);
    return undefined;
  }
}

const placeOf = (element: string, home: Home): Place => ({ element, containers: home.containers, inRow: home.inRow });

function titleOf(node: FieldSchema, key: string): Label {
  const title = node.title ?? key;
  const english = node['x-label-en'];
  return english && typeof title === 'string' ? { 'zh-CN': title, 'en-US': english } : title;
}

const labelOf = (field: FormField): string => (typeof field.title === 'string' ? field.title : field.title['zh-CN']);

const reporter =
  (problems: Problem[], element: string): Report =>
  (rule, message, severity = 'error') => {
    problems.push({ severity, rule, element, message });
  };

/**
 * Owns the reading of Formily schemas that others made (designable, hand-written): what becomes a field of ours, what is left and why. Nothing of it is
 * run; expressions, reactions, validators, patterns and props that are not ours are named and left. Rules: [FDS40] [FDS41].
 */
import { type ComponentName, describe, type FieldType } from './components.ts';
import { freeName } from './edit.ts';
import { isFormat } from './formats.ts';
import { isFieldName, isLabel, isRaw, type Raw } from './node.ts';

export type Why = 'component' | 'expression' | 'property' | 'prop' | 'validator' | 'name' | 'format' | 'depth';

/** One thing that became another, or was left. */
export interface Converted {
  /** titles or keys from the outside in */
  readonly at: string;
  readonly what: string;
  /** what it became; undefined: it was left, for this reason */
  readonly into?: string;
  readonly why?: Why;
}

export interface Conversion {
  readonly form: Raw;
  readonly told: readonly Converted[];
  /** fields and layout taken over */
  readonly taken: number;
}

/** undefined: the JSON has no Formily schema in it. `key`: of the form that it becomes. */
export function fromFormily(json: unknown, key: string): Conversion | undefined {
  const schema = isRaw(json) && isRaw(json.schema) ? json.schema : json;
  if (!isRaw(schema) || !isRaw(schema.properties)) return undefined;
  const reading: Reading = { told: [], taken: 0 };
  const properties = children(schema.properties, { at: '', depth: 0, fields: new Set() }, reading);
  const title = isLabel(schema.title) ? schema.title : key;
  return {
    form: { form: key, title, schema: { type: 'object', properties } },
    told: reading.told,
    taken: reading.taken,
  };
}

interface Reading {
  told: Converted[];
  taken: number;
}

const DEEPEST = 20;

const COMPONENT: Readonly<Record<string, ComponentName>> = {
  Input: 'Text',
  'Input.TextArea': 'TextArea',
  TextArea: 'TextArea',
  NumberPicker: 'Number',
  InputNumber: 'Number',
  Rate: 'Number',
  Slider: 'Number',
  DatePicker: 'Date',
  'DatePicker.RangePicker': 'DateRange',
  Select: 'Select',
  'Radio.Group': 'Radio',
  Radio: 'Radio',
  'Checkbox.Group': 'CheckboxGroup',
  Checkbox: 'Checkbox',
  Switch: 'Switch',
  Upload: 'Files',
  'Upload.Dragger': 'Files',
  ArrayTable: 'Table',
  ArrayItems: 'Table',
  ArrayCards: 'Table',
  ArrayCollapse: 'Table',
  FormGrid: 'Grid',
  FormTab: 'Tabs',
  'FormTab.TabPane': 'Pane',
  FormCollapse: 'Collapse',
  'FormCollapse.CollapsePanel': 'Pane',
  Card: 'Section',
  FormLayout: 'Section',
  Space: 'Section',
  ObjectContainer: 'Section',
  Text: 'Note',
};

/** Only hold others: what is in them stands in their place. */
const FLAT = ['FormGrid.GridColumn', 'ArrayTable.Column', 'Void'];
/** Tables of ours have these themselves. */
const OWN = /^Array\w+\.(Index|Addition|Remove|MoveUp|MoveDown|SortHandle|Copy)$/;

/** The container whose children are read; `fields`: names that are taken in its group, table or form. */
interface Home {
  readonly at: string;
  readonly depth: number;
  readonly fields: Set<string>;
}

function children(properties: Raw, home: Home, reading: Reading): Raw {
  const { at, depth, fields } = home;
  const made: [string, unknown][] = [];
  const siblings = new Set<string>();
  const ordered = Object.entries(properties).toSorted(([, one], [, other]) => indexOf(one) - indexOf(other));
  for (const [key, node] of ordered) {
    if (!isRaw(node)) continue;
    const component = String(node['x-component'] ?? '');
    const name = at === '' ? called(node, key) : `${at} › ${called(node, key)}`;
    const leave = (what: string, why: Why) => reading.told.push({ at: name, what, why });
    if (OWN.test(component)) continue;
    if (depth > DEEPEST) {
      leave(key, 'depth');
      continue;
    }
    const flat = FLAT.includes(component) && isRaw(node.properties);
    const nodes: readonly (readonly [string, unknown])[] = flat
      ? Object.entries(children(node.properties as Raw, { at, depth: depth + 1, fields: new Set() }, reading)).map(
          ([own, child]) => [own, titled(child, node)] as const,
        )
      : [[key, converted(node, { at: name, depth, fields }, reading)] as const];
    for (const [own, child] of nodes) {
      if (child === undefined) continue;
      const layout = isRaw(child) && child.type === 'void';
      const free = freeName(own, layout ? siblings : new Set([...siblings, ...fields]));
      if (free !== own)
        reading.told.push({ at: name, what: own, into: free, ...(!isFieldName(own) && { why: 'name' as const }) });
      siblings.add(free);
      if (!layout) fields.add(free);
      made.push([free, child]);
    }
  }
  return Object.fromEntries(made);
}

const indexOf = (node: unknown): number => (isRaw(node) && typeof node['x-index'] === 'number' ? node['x-index'] : 0);

/** The column of a foreign table has the title, the control in it the rest. */
const titled = (child: unknown, column: Raw): unknown => {
  const props = isRaw(column['x-component-props']) ? column['x-component-props'] : {};
  const title = isLabel(column.title) ? column.title : props.title;
  if (!isRaw(child) || !isLabel(title) || typeof title !== 'string' || title.includes('{{')) return child;
  return { ...child, title };
};

/** What people call it; scripts are no names. */
function called(node: Raw, key: string): string {
  const words = [node.title, key].find((one) => typeof one === 'string' && one !== '' && !one.includes('{{'));
  return String(words ?? '字段').slice(0, 200);
}

/** Schema properties that mean the same here. */
const SAME = ['minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems'] as const;
/** Read elsewhere, or of no meaning to a form of ours. */
const READ = new Set<string>([
  ...SAME,
  'type',
  'title',
  'name',
  'description',
  'required',
  'enum',
  'default',
  'format',
  'properties',
  'items',
  'x-component',
  'x-component-props',
  'x-decorator',
  'x-decorator-props',
  'x-index',
  'x-designable-id',
  'x-validator',
  'x-designable-source-name',
]);

function converted(node: Raw, { at, depth, fields }: Home, reading: Reading): Raw | undefined {
  const { told } = reading;
  const foreign = String(node['x-component'] ?? (node.type === 'object' ? 'ObjectContainer' : ''));
  const name = componentOf(node, foreign);
  if (!name) {
    told.push({ at, what: foreign || String(node.type), why: 'component' });
    return undefined;
  }
  reading.taken += 1;
  const { types, limits, kind, label } = describe(name);
  told.push({ at, what: foreign || String(node.type), into: label['zh-CN'] });
  const type = types.includes(node.type as FieldType) ? node.type : types[0];
  const made: Record<string, unknown> = { type };
  const title = sound(node.title, isLabel, at, 'title', told);
  if (title !== undefined) made.title = title;
  else if (kind !== 'layout' || name === 'Pane') made.title = at.split(' › ').at(-1);
  const help = node.description === '' ? undefined : sound(node.description, isLabel, at, 'description', told);
  if (help !== undefined) made.description = help;
  made['x-component'] = name;
  const props = propsOf(node, name, at, told);
  if (Object.keys(props).length > 0) made['x-component-props'] = props;
  if (node.required === true && type !== 'void') made.required = true;
  for (const limit of SAME) {
    if (node[limit] === undefined) continue;
    if (limits.includes(limit) && typeof node[limit] === 'number') made[limit] = node[limit];
    else told.push({ at, what: limit, why: 'property' });
  }
  if (node.format !== undefined) {
    if (limits.includes('format') && isFormat(node.format)) made.format = node.format;
    else told.push({ at, what: String(node.format), why: 'format' });
  }
  if (limits.includes('enum')) made.enum = optionsOf(node, type, at, told);
  for (const [key, value] of Object.entries(node)) {
    if (value === undefined || READ.has(key)) continue;
    told.push({ at, what: key, why: hasExpression(value) || key === 'x-reactions' ? 'expression' : 'property' });
  }
  if (node['x-validator'] !== undefined && !isEmpty(node['x-validator']))
    told.push({ at, what: 'x-validator', why: 'validator' });
  if (node.default !== undefined && node.default !== null && node.default !== '')
    told.push({ at, what: 'default', why: hasExpression(node.default) ? 'expression' : 'property' });
  if (name === 'Table') {
    const items = isRaw(node.items) ? node.items : {};
    made.items = {
      type: 'object',
      properties: children(
        isRaw(items.properties) ? items.properties : {},
        { at, depth: depth + 1, fields: new Set() },
        reading,
      ),
    };
  } else if (kind === 'layout' && name !== 'Note') {
    const inner = type === 'void' ? fields : new Set<string>();
    made.properties = children(
      isRaw(node.properties) ? node.properties : {},
      { at, depth: depth + 1, fields: inner },
      reading,
    );
  }
  return made;
}

function componentOf(node: Raw, foreign: string): ComponentName | undefined {
  const props = isRaw(node['x-component-props']) ? node['x-component-props'] : {};
  if (foreign === 'Select' && (node.type === 'array' || ['multiple', 'tags'].includes(String(props.mode))))
    return 'MultiSelect';
  if (foreign === 'DatePicker' && props.showTime === true) return 'DateTime';
  if (foreign === '')
    return ({ string: 'Text', number: 'Number', boolean: 'Switch', void: 'Section' } as const)[
      String(node.type) as 'string'
    ];
  return Object.hasOwn(COMPONENT, foreign) ? COMPONENT[foreign] : undefined;
}

function propsOf(node: Raw, name: ComponentName, at: string, told: Converted[]): Raw {
  const given = isRaw(node['x-component-props']) ? node['x-component-props'] : {};
  const { props } = describe(name);
  const made: Record<string, unknown> = {};
  if (name === 'Note')
    made.text = sound(given.content, (one) => typeof one === 'string' && one !== '', at, 'content', told) ?? '—';
  for (const [key, value] of Object.entries(given)) {
    if (name === 'Note' && key === 'content') continue;
    const spec = Object.hasOwn(props, key) ? props[key] : undefined;
    const fits =
      spec &&
      ((spec.type === 'text' && typeof value === 'string' && value !== '') ||
        (spec.type === 'number' &&
          typeof value === 'number' &&
          value >= (spec.min ?? value) &&
          value <= (spec.max ?? value)) ||
        (spec.type === 'choice' && spec.values?.some((one) => one === value)));
    if (hasExpression(value)) told.push({ at, what: key, why: 'expression' });
    else if (fits) made[key] = value;
    else if (!SILENT.has(key)) told.push({ at, what: key, why: 'prop' });
  }
  return made;
}

/** Props that a component of ours has from the start, or that its schema says already. */
const SILENT = new Set(['mode', 'showTime', 'title', 'style', 'className', 'allowClear']);

function optionsOf(node: Raw, type: unknown, at: string, told: Converted[]): unknown {
  const props = isRaw(node['x-component-props']) ? node['x-component-props'] : {};
  const given = Array.isArray(node.enum) ? node.enum : Array.isArray(props.options) ? props.options : [];
  const options = given.flatMap((one: unknown) => {
    const option = isRaw(one)
      ? { label: one.label ?? one.value, value: one.value }
      : { label: String(one), value: one };
    const value = type === 'string' ? String(option.value ?? '') : option.value;
    return isLabel(option.label) && value !== '' && value !== undefined && !hasExpression(option)
      ? [{ label: option.label, value }]
      : [];
  });
  if (options.length < given.length || typeof node.enum === 'string')
    told.push({ at, what: 'enum', why: 'expression' });
  return options.length > 0 ? options : [{ label: '选项一', value: '选项一' }];
}

/** A value that is of the right kind and holds no expression. */
function sound(value: unknown, is: (value: unknown) => boolean, at: string, what: string, told: Converted[]): unknown {
  if (value === undefined) return undefined;
  if (is(value) && !hasExpression(value)) return value;
  told.push({ at, what, why: hasExpression(value) ? 'expression' : 'property' });
  return undefined;
}

const hasExpression = (value: unknown): boolean => (JSON.stringify(value) ?? '').includes('{{');
const isEmpty = (value: unknown): boolean =>
  Array.isArray(value) ? value.length === 0 : isRaw(value) && Object.keys(value).length === 0;

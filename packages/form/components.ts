/**
 * Owns the closed list of form components: what value each holds, which props and limits it allows, how it is called.
 * One table, three readers: the checker refuses whatever is not in it, the designer builds its property panel from it,
 * the value checks follow `kind`. It must never hold behaviour; a component that is not here does not exist.
 */

export type FieldType = 'string' | 'number' | 'boolean' | 'array' | 'object' | 'void';

/** What the value means; decides how it is checked, shown and compared. `any` is a computed value of no fixed type. */
export type ValueKind =
  | 'text'
  | 'number'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'range'
  | 'choice'
  | 'dictionary'
  | 'person'
  | 'unit'
  | 'reference'
  | 'files'
  | 'signature'
  | 'table'
  | 'group'
  | 'any'
  | 'layout';

export type ComponentGroup = 'text' | 'number' | 'date' | 'choice' | 'organisation' | 'file' | 'structure' | 'layout';

export type Limit =
  | 'minLength'
  | 'maxLength'
  | 'minimum'
  | 'maximum'
  | 'minItems'
  | 'maxItems'
  | 'format'
  | 'enum'
  | 'default';

/** One prop an author may set. `column` names a column of the same table, `template` is text with `{= FEEL }`. */
export interface PropSpec {
  type: 'text' | 'template' | 'number' | 'boolean' | 'choice' | 'dictionary' | 'column' | 'texts';
  label: string;
  /** the allowed values of a `choice` */
  values?: readonly (string | number)[];
  default?: string | number | boolean;
  min?: number;
  max?: number;
  required?: boolean;
  /** what people read: it is told in their language */
  read?: true;
}

export interface ComponentDescriptor {
  label: { 'zh-CN': string; 'en-US': string };
  group: ComponentGroup;
  kind: ValueKind;
  /** schema types allowed; the first is what the designer writes. `array` on a choosing component means several values. */
  types: readonly FieldType[];
  /** what a person does with it: the verb of "请填写…" when it is left empty */
  verb: 'fill' | 'choose' | 'upload' | 'sign' | 'add' | 'tick';
  limits: readonly Limit[];
  props: Readonly<Record<string, PropSpec>>;
  /** may stand as a column of a detail table */
  column: boolean;
}

const placeholder: PropSpec = { type: 'text', label: '输入提示', read: true };
const multiple: PropSpec = { type: 'boolean', label: '可选多个', default: false };
const filter: PropSpec = { type: 'text', label: '选择范围' };
const columns = (standard: number): PropSpec => ({
  type: 'choice',
  label: '每行列数',
  values: [1, 2, 3, 4],
  default: standard,
});

interface Shape {
  types: readonly FieldType[];
  limits?: readonly Limit[];
  props?: Readonly<Record<string, PropSpec>>;
  verb?: ComponentDescriptor['verb'];
  column?: boolean;
}

function component(
  zh: string,
  en: string,
  group: ComponentGroup,
  kind: ValueKind,
  { types, limits = ['default'], props = {}, verb = 'fill', column = true }: Shape,
): ComponentDescriptor {
  return { label: { 'zh-CN': zh, 'en-US': en }, group, kind, types, verb, limits, props, column };
}

const layout = (
  zh: string,
  en: string,
  props: Readonly<Record<string, PropSpec>> = {},
  types: FieldType[] = ['void'],
) => component(zh, en, 'layout', 'layout', { types, limits: [], props, column: false });

const choosing = (zh: string, en: string, types: readonly FieldType[], limits: readonly Limit[] = []) =>
  component(zh, en, 'choice', 'choice', {
    types,
    limits: ['enum', 'default', ...limits],
    props: { placeholder },
    verb: 'choose',
  });

export const COMPONENTS = {
  Text: component('单行文本', 'Text', 'text', 'text', {
    types: ['string'],
    limits: ['minLength', 'maxLength', 'format', 'default'],
    props: { placeholder, suffix: { type: 'text', label: '后缀', read: true } },
  }),
  TextArea: component('多行文本', 'Text area', 'text', 'text', {
    types: ['string'],
    limits: ['minLength', 'maxLength', 'default'],
    props: { placeholder, rows: { type: 'number', label: '显示行数', default: 4, min: 2, max: 30 } },
  }),
  Number: component('数字', 'Number', 'number', 'number', {
    types: ['number'],
    limits: ['minimum', 'maximum', 'default'],
    props: {
      placeholder,
      suffix: { type: 'text', label: '单位', read: true },
      precision: { type: 'number', label: '小数位数', default: 4, min: 0, max: 8 },
    },
  }),
  Money: component('金额', 'Money', 'number', 'number', {
    types: ['number'],
    limits: ['minimum', 'maximum', 'default'],
    props: {
      placeholder,
      unit: { type: 'choice', label: '单位', values: ['万元', '元', '亿元'], default: '万元' },
      precision: { type: 'number', label: '小数位数', default: 2, min: 0, max: 6 },
    },
  }),
  Date: component('日期', 'Date', 'date', 'date', { types: ['string'], props: { placeholder }, verb: 'choose' }),
  DateTime: component('日期时间', 'Date and time', 'date', 'datetime', {
    types: ['string'],
    props: { placeholder },
    verb: 'choose',
  }),
  DateRange: component('日期区间', 'Date range', 'date', 'range', { types: ['array'], verb: 'choose' }),
  Select: choosing('下拉单选', 'Select', ['string', 'number', 'boolean']),
  MultiSelect: choosing('下拉多选', 'Multiple select', ['array'], ['minItems', 'maxItems']),
  Radio: choosing('单选', 'Radio', ['string', 'number', 'boolean']),
  CheckboxGroup: choosing('多选', 'Checkboxes', ['array'], ['minItems', 'maxItems']),
  Checkbox: component('勾选确认', 'Checkbox', 'choice', 'boolean', {
    types: ['boolean'],
    props: { text: { type: 'text', label: '确认文字', read: true } },
    verb: 'tick',
  }),
  Switch: component('是否', 'Switch', 'choice', 'boolean', { types: ['boolean'], verb: 'choose' }),
  Dictionary: component('字典', 'Dictionary', 'choice', 'dictionary', {
    types: ['string', 'array'],
    limits: ['minItems', 'maxItems', 'default'],
    props: {
      dictionary: { type: 'dictionary', label: '字典', required: true },
      multiple,
      display: { type: 'choice', label: '显示方式', values: ['select', 'radio', 'checkbox'], default: 'select' },
      placeholder,
    },
    verb: 'choose',
  }),
  Person: component('人员', 'Person', 'organisation', 'person', {
    types: ['string', 'array'],
    limits: ['minItems', 'maxItems', 'default'],
    props: { multiple, filter, placeholder },
    verb: 'choose',
  }),
  Unit: component('单位', 'Unit', 'organisation', 'unit', {
    types: ['string', 'array'],
    limits: ['minItems', 'maxItems', 'default'],
    props: { multiple, filter, placeholder },
    verb: 'choose',
  }),
  CaseRef: component('关联事项', 'Reference', 'organisation', 'reference', {
    types: ['string', 'array'],
    limits: ['minItems', 'maxItems', 'default'],
    props: { process: { type: 'text', label: '流程或台账', required: true }, multiple, filter, placeholder },
    verb: 'choose',
  }),
  Files: component('附件', 'Files', 'file', 'files', {
    types: ['array'],
    limits: [],
    props: {
      maxCount: { type: 'number', label: '最多个数', default: 20, min: 1, max: 100 },
      maxSize: { type: 'number', label: '单个上限（MB）', default: 50, min: 1, max: 500 },
      accept: { type: 'text', label: '允许的类型', default: 'pdf,ofd,docx,xlsx,jpg,png,zip' },
    },
    verb: 'upload',
  }),
  Signature: component('签名', 'Signature', 'file', 'signature', {
    types: ['object'],
    limits: [],
    props: { text: { type: 'text', label: '签名声明', read: true } },
    verb: 'sign',
  }),
  Computed: component('计算结果', 'Computed', 'structure', 'any', {
    types: ['string', 'number', 'boolean', 'array', 'object'],
    limits: [],
    props: {
      as: {
        type: 'choice',
        label: '显示为',
        values: ['text', 'number', 'money', 'date', 'datetime', 'person', 'unit', 'dictionary'],
        default: 'text',
      },
      dictionary: { type: 'dictionary', label: '字典' },
      suffix: { type: 'text', label: '后缀', read: true },
    },
  }),
  Table: component('明细表', 'Detail table', 'structure', 'table', {
    types: ['array'],
    limits: ['minItems', 'maxItems', 'default'],
    props: {
      addable: { type: 'boolean', label: '可增删行', default: true },
      rowKey: { type: 'column', label: '行标识列' },
      addText: { type: 'text', label: '添加按钮文字', default: '添加一行', read: true },
      sums: { type: 'texts', label: '合计列' },
      layout: { type: 'choice', label: '排列', values: ['table', 'cards'], default: 'table' },
    },
    verb: 'add',
    column: false,
  }),
  Section: layout(
    '分区',
    'Section',
    { columns: columns(2), description: { type: 'text', label: '说明', read: true } },
    ['void', 'object'],
  ),
  Grid: layout('栅格', 'Grid', { columns: columns(2) }, ['void', 'object']),
  Tabs: layout('页签', 'Tabs'),
  Collapse: layout('折叠面板', 'Collapse'),
  Pane: layout('面板', 'Pane', { columns: columns(2), open: { type: 'boolean', label: '默认展开', default: true } }),
  Note: layout('说明文字', 'Note', {
    text: { type: 'template', label: '文字', required: true, read: true },
    tone: { type: 'choice', label: '样式', values: ['plain', 'info', 'warning', 'success'], default: 'plain' },
  }),
} as const satisfies Record<string, ComponentDescriptor>;

export type ComponentName = keyof typeof COMPONENTS;

/** The descriptor as the general shape (the table itself is typed literally). */
export const describe = (name: ComponentName): ComponentDescriptor => COMPONENTS[name];

export const isComponent = (name: unknown): name is ComponentName =>
  typeof name === 'string' && Object.hasOwn(COMPONENTS, name);

export type RuleOf = 'visible' | 'required' | 'editable' | 'value' | 'initial' | 'options' | 'rows' | 'errors';

/** The rules a node may have: layout only moves, a table has its rows given, only what chooses has its options given. */
export function rulesFor(component: ComponentName, type: FieldType): readonly RuleOf[] {
  if (type === 'void') return ['visible'];
  if (component === 'Table') return ['visible', 'required', 'initial', 'rows', 'errors'];
  const { kind } = describe(component);
  if (kind === 'layout') return ['visible', 'required', 'errors'];
  const given: readonly RuleOf[] = ['choice', 'dictionary', 'person'].includes(kind) ? ['options'] : [];
  return ['visible', 'required', 'editable', 'value', 'initial', ...given, 'errors'];
}

/** Props every field may carry on its frame, whatever the component. */
export const DECORATOR_PROPS: Readonly<Record<string, PropSpec>> = {
  span: { type: 'choice', label: '占列数', values: [1, 2, 3, 4], default: 1 },
  help: { type: 'text', label: '填写说明', read: true },
  width: { type: 'number', label: '列宽（像素）', min: 40, max: 800 },
};

/** Rows a table may have when its definition sets no `maxItems`. */
export const MOST_ROWS = 200;
/** Rows that a definition may allow a table. */
export const LARGEST_TABLE = 300;
/** Values in the rows of all tables of a form together: its verdict keeps within 100 ms ([LIM2]). */
export const MOST_CELLS = 2_000;

/**
 * Owns the one table of all `ganwei:` settings: on which BPMN elements each stands, its attributes, what an attribute may hold, whether it must
 * be there, and how people call it. moddle.json is made from it, the lint rules walk it, docs/reference.md lists it, and a property panel
 * can be drawn from it. A new setting is a line here (and its reading in read.ts). It must never hold behaviour. Rule: [MOD60].
 */

import { type Words, words } from '@ganwei/core/outline';

export type { Words };

export interface AttributeDescriptor {
  readonly label: Words;
  /**
   * feel: an expression, of the type `wants` (notation of feel/type.ts; ` | ` between several that will do); template: text with `{= … }`; key: names something of the definition
   * or the release; names: several of these, separated by commas; choice and choices: one or several of `values`
   */
  readonly kind: 'feel' | 'template' | 'text' | 'key' | 'names' | 'number' | 'flag' | 'choice' | 'choices';
  readonly wants?: string;
  readonly values?: readonly string[];
  /** what a key or names name: definitions and services of the release; statuses, values, user tasks of this process; fields of the shown form */
  readonly of?: 'form' | 'process' | 'service' | 'status' | 'value' | 'task' | 'field';
  readonly required?: boolean;
  readonly help?: string;
}

export interface ElementDescriptor {
  readonly label: Words;
  /** BPMN elements it may stand on; absent: it stands inside another setting */
  readonly on?: readonly string[];
  readonly attributes: Readonly<Record<string, AttributeDescriptor>>;
  /** member -> the settings it holds, any number of them */
  readonly lists?: Readonly<Record<string, string>>;
}

type More = Pick<AttributeDescriptor, 'required' | 'help' | 'values' | 'of'>;
const attribute =
  (kind: AttributeDescriptor['kind']) =>
  (zh: string, en: string, more: More = {}): AttributeDescriptor => ({ label: words(zh, en), kind, ...more });
const text = attribute('text');
const key = attribute('key');
const names = attribute('names');
const number = attribute('number');
const flag = attribute('flag');
const template = attribute('template');
const choice = (zh: string, en: string, values: readonly string[], more: More = {}): AttributeDescriptor =>
  attribute('choice')(zh, en, { ...more, values });
const feel = (zh: string, en: string, wants: string, more: More = {}): AttributeDescriptor => ({
  ...attribute('feel')(zh, en, more),
  wants,
});

const REQUIRED = { required: true };
/** People, one by one or in lists. */
const PEOPLE = 'list<list<person>>';
/** A day, an instant, or a span from now; events of BPMN want the same. */
export const MOMENT = 'date | date and time | days and time duration | years and months duration';
const status = key('件的状态', 'Status of the case', { of: 'status' });
const outputs = { outputs: 'Output' };

export const SETTINGS = {
  Case: {
    label: words('件', 'Case'),
    on: ['bpmn:Process'],
    attributes: {
      title: feel('标题', 'Title', 'string'),
      numberKey: feel('编号前缀', 'Number prefix', 'string', { help: '编号为「前缀-年-顺序号」' }),
      category: text('类别', 'Category'),
      description: text('说明', 'Description'),
      icon: text('图标', 'Icon'),
      order: number('排列次序', 'Order'),
      readers: feel('查阅人', 'Readers', 'boolean', { help: '办理过的人之外，还有谁可以看；逐人判断 actor' }),
      withdraw: feel('可否撤回', 'May be withdrawn', 'boolean'),
      subjects: feel('当事人', 'Persons concerned', PEOPLE),
      disclosed: feel('公开条件', 'Disclosed when', 'boolean'),
      confidential: names('保密的内容', 'Confidential values', { of: 'value', help: '公开以前不给发起人和当事人看' }),
      watermark: flag('页面加水印', 'Watermark on its pages', {
        help: '件、任务、文书的页面上盖着查看人的姓名、单位和时间',
      }),
      unitRefers: feel('本单位的人可以引用', 'Its unit may refer to it', 'boolean', {
        help: '成立时，发起单位的人在别的表单里可以选它（编号、标题、状态），不因此看得到内容；逐人判断 actor',
      }),
      matter: feel('所属事项', 'Matter', 'list<string>', {
        help: '它所涉及的件的编号或者文书的文号；由别的件发起的，不写也与那一件同属一个事项',
      }),
      lane: text('事项全貌中的阶段', 'Lane in the matter', { help: '通讯录词汇 lanes 里的标识' }),
    },
    lists: { statuses: 'Status', actions: 'Action', partReaders: 'Reader', reminders: 'Remind' },
  },
  Reader: {
    label: words('部分查阅人', 'Reader of a part'),
    attributes: {
      who: feel('谁', 'Who', 'boolean', { ...REQUIRED, help: '逐人判断 actor；除下列内容以外，按收件人对待' }),
      things: {
        ...attribute('choices')('可以看的内容', 'What'),
        values: ['letters', 'receipts', 'acts', 'results', 'openSteps', 'holders', 'starter', 'drawing', 'ahead'],
      },
      forms: names('可以看的表单', 'Forms', { of: 'value', help: '件中的名称' }),
    },
  },
  Status: {
    label: words('状态', 'Status'),
    attributes: {
      key: text('标识', 'Key', REQUIRED),
      label: text('名称', 'Label', REQUIRED),
      tone: choice('颜色', 'Tone', ['running', 'done', 'stopped', 'warning']),
    },
  },
  Action: {
    label: words('件上操作', 'Case action'),
    attributes: {
      key: text('标识', 'Key', REQUIRED),
      label: text('名称', 'Label', REQUIRED),
      process: key('流程', 'Process', { ...REQUIRED, of: 'process' }),
      who: feel('谁可以用', 'Who may use it', 'boolean', REQUIRED),
      when: feel('何时可用', 'When', 'boolean'),
      values: feel('初始值', 'First values', 'context'),
      afterEnd: flag('办结以后也可以用', 'Also after the end'),
      perPerson: flag('各人各用', 'One for each person', { help: '别人正在办理的不妨碍；不设的，一次只能有一件' }),
    },
    lists: outputs,
  },
  Start: {
    label: words('发起', 'Start'),
    on: ['bpmn:StartEvent'],
    attributes: {
      label: text('名称', 'Label'),
      form: key('表单', 'Form', { of: 'form' }),
      as: text('保存为', 'Kept as', { help: '件中的名称；不写即表单的标识' }),
      who: feel('谁可以发起', 'Who may start', 'boolean'),
      initial: feel('初始值', 'First values', 'context'),
      help: text('填写说明', 'Help'),
      message: text('消息', 'Message'),
      correlation: feel('消息的关联键', 'Correlation', 'Any'),
    },
    lists: { access: 'Access' },
  },
  Task: {
    label: words('任务', 'Task'),
    on: ['bpmn:UserTask'],
    attributes: {
      form: key('表单', 'Form', { of: 'form' }),
      as: text('保存为', 'Kept as', { help: '件中的名称；不写即表单的标识' }),
      list: flag('保存为列表', 'Kept as a list'),
      initial: feel('初始值', 'First values', 'context'),
      assignees: feel('办理人', 'Assignees', PEOPLE, REQUIRED),
      candidates: feel('可以接办的人', 'May take over', PEOPLE, {
        help: '转办、加签、指派时除办理人以外还可以交给谁；不写即只能交给办理人规则所指的人',
      }),
      mode: choice('办理方式', 'Mode', ['single', 'any', 'all', 'sequence', 'vote', 'blind']),
      threshold: feel('通过比例', 'Threshold', 'number | boolean', { help: '0 到 1 的数字，或按 votes 判断的是否' }),
      quorum: feel('最少人数', 'Quorum', 'number'),
      last: feel('最后办理的人', 'Signs last', PEOPLE),
      due: feel('办理期限', 'Due', MOMENT),
      priority: flag('优先', 'Priority'),
      audience: feel('谁可以看到此步骤', 'Audience', 'boolean'),
      confidential: flag('保密', 'Confidential', { help: '除办理人和查阅人以外，不提及此步骤' }),
      receipt: feel('签收的文书', 'Receipt of', 'letter'),
      operations: {
        ...attribute('choices')('可用的操作', 'Operations'),
        values: ['transfer', 'return', 'addSigner', 'comment', 'urge'],
      },
      returnTo: names('可退回到', 'May return to', { of: 'task' }),
      status,
      help: text('办理说明', 'Help'),
    },
    lists: { outcomes: 'Outcome', access: 'Access', shows: 'Show', exclusions: 'Exclude', reminders: 'Remind' },
  },
  Outcome: {
    label: words('办理选项', 'Outcome'),
    attributes: {
      key: text('标识', 'Key', REQUIRED),
      label: text('名称', 'Label', REQUIRED),
      style: choice('样式', 'Style', ['primary', 'default', 'danger']),
      comment: choice('意见', 'Comment', ['required', 'optional', 'none']),
      commentMin: number('意见最少字数', 'Shortest comment'),
      validates: flag('须填写完整', 'Values must be complete'),
      positive: flag('计为同意', 'Counts as consent'),
      when: feel('何时可用', 'When', 'boolean'),
      confirm: template('确认提示', 'Confirmation'),
    },
  },
  Access: {
    label: words('字段权限', 'Field access'),
    attributes: {
      path: text('字段', 'Field', REQUIRED),
      mode: choice('权限', 'Mode', ['hidden', 'read', 'edit', 'required'], REQUIRED),
    },
  },
  Show: {
    label: words('显示的表单', 'Shown form'),
    attributes: {
      as: key('件中的名称', 'Kept as', { ...REQUIRED, of: 'value' }),
      hide: names('隐藏的字段', 'Hidden fields', { of: 'field' }),
      open: flag('展开', 'Open'),
      when: feel('何时显示', 'When', 'boolean'),
    },
  },
  Exclude: {
    label: words('回避', 'Exclusion'),
    attributes: {
      who: feel('回避的人', 'Who', PEOPLE, REQUIRED),
      reason: text('理由', 'Reason', REQUIRED),
    },
  },
  Remind: {
    label: words('催办', 'Reminder'),
    attributes: {
      at: feel('时间', 'At', MOMENT, REQUIRED),
      to: feel('对象', 'To', PEOPLE, { help: '不写即办理人；doers 是现在持有此步骤的人' }),
      text: text('内容', 'Text', REQUIRED),
    },
  },
  Service: {
    label: words('服务', 'Service'),
    on: ['bpmn:ServiceTask', 'bpmn:SendTask', 'bpmn:BusinessRuleTask'],
    attributes: { type: key('服务类型', 'Service type', { ...REQUIRED, of: 'service' }), status },
    lists: { inputs: 'Input', ...outputs },
  },
  Input: {
    label: words('输入', 'Input'),
    attributes: { name: text('名称', 'Name', REQUIRED), value: feel('值', 'Value', 'Any', REQUIRED) },
  },
  Output: {
    label: words('写入', 'Output'),
    attributes: { name: text('名称', 'Name', REQUIRED), value: feel('值', 'Value', 'Any', REQUIRED) },
  },
  Call: {
    label: words('调用', 'Call'),
    on: ['bpmn:CallActivity'],
    attributes: {
      process: key('流程', 'Process', { ...REQUIRED, of: 'process' }),
      each: feel('逐个办理的列表', 'For each of', 'list'),
      values: feel('初始值', 'First values', 'context'),
      cut: text('中途结束时子件的状态', 'Status of a child cut short', {
        help: '调用被定时、退回或者别的分支打断时，子件随之结束；这里写它那时的状态（子流程的状态标识），不写则保持原来的状态',
      }),
      status,
    },
    lists: outputs,
  },
  Message: {
    label: words('消息', 'Message'),
    on: ['bpmn:IntermediateCatchEvent', 'bpmn:BoundaryEvent', 'bpmn:ReceiveTask'],
    attributes: { correlation: feel('关联键', 'Correlation', 'Any', REQUIRED) },
  },
  End: { label: words('结束', 'End'), on: ['bpmn:EndEvent'], attributes: { status } },
  Mark: {
    label: words('标记', 'Mark'),
    on: ['bpmn:FlowNode'],
    attributes: {
      status,
      milestone: text('里程碑', 'Milestone', {
        help: '不能查阅全件的人看到的进度；最外层的阶段不写即其名称，写空的不作里程碑',
      }),
    },
  },
} as const satisfies Readonly<Record<string, ElementDescriptor>>;

export type SettingsName = keyof typeof SETTINGS;

/** `Task.due` */
export type Setting = {
  [N in SettingsName]: `${N}.${Extract<keyof (typeof SETTINGS)[N]['attributes'], string>}`;
}[SettingsName];

/** The line of the table. */
export function settingOf(setting: Setting): AttributeDescriptor {
  const [name, attribute] = setting.split('.') as [SettingsName, string];
  return (SETTINGS[name].attributes as Readonly<Record<string, AttributeDescriptor>>)[attribute] as AttributeDescriptor;
}

/** The attributes of a settings element by its tag in the file (`ganwei:Task`); undefined for anything else. */
export function descriptorOf(type: string): ElementDescriptor | undefined {
  const name = type.replace(/^ganwei:/, '');
  return type.startsWith('ganwei:') && Object.hasOwn(SETTINGS, name) ? SETTINGS[name as SettingsName] : undefined;
}

/** The table as moddle reads it: moddle.json holds exactly this. */
export const moddleDescriptor = () => ({
  name: 'Ganwei',
  prefix: 'ganwei',
  uri: 'http://ganwei.dev/bpmn/1.0',
  xml: { tagAlias: 'lowerCase' },
  associations: [],
  types: Object.entries<ElementDescriptor>(SETTINGS).map(([name, { on, attributes, lists = {} }]) => ({
    name,
    superClass: ['Element'],
    ...(on && { meta: { allowedIn: on } }),
    properties: [
      ...Object.keys(attributes).map((one) => ({ name: one, isAttr: true, type: 'String' })),
      ...Object.entries(lists).map(([one, type]) => ({ name: one, type, isMany: true })),
    ],
  })),
});

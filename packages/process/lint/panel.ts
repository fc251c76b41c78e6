/**
 * Owns how the settings (descriptors.ts) are laid before people: which stand together, in which order, and the words of closed lists. A setting
 * without a place here would have no control; test/design/settings.test.ts finds it. It must never hold behaviour. Rules: [DES20] [DES21].
 */
import { type ElementDescriptor, SETTINGS, type SettingsName, type Words } from './descriptors.ts';

export interface Group {
  readonly label: Words;
  /** attributes and lists of the settings element */
  readonly holds: readonly string[];
}

const group = (zh: string, en: string, ...holds: string[]): Group => ({ label: { zh, en }, holds });

/** Settings of BPMN elements that are many; those that are not here are one group under their own name. */
const LAID: { readonly [N in SettingsName]?: readonly Group[] } = {
  Case: [
    group('基本', 'General', 'title', 'numberKey', 'category', 'description', 'icon', 'order'),
    group('状态', 'Statuses', 'statuses'),
    group(
      '谁可以看',
      'Who may read',
      'readers',
      'partReaders',
      'subjects',
      'disclosed',
      'confidential',
      'watermark',
      'unitRefers',
    ),
    group('所属事项', 'Matter', 'matter', 'lane'),
    group('件上操作', 'Case actions', 'actions', 'withdraw'),
    group('每一步的催办', 'Reminders of every step', 'reminders'),
  ],
  Start: [
    group('发起', 'Start', 'label', 'who', 'help'),
    group('表单', 'Form', 'form', 'as', 'initial', 'access'),
    group('消息', 'Message', 'message', 'correlation'),
  ],
  Task: [
    group('谁办理', 'Who acts', 'assignees', 'mode', 'threshold', 'quorum', 'last', 'exclusions', 'candidates'),
    group('填写什么', 'What is filled in', 'form', 'as', 'list', 'initial', 'access', 'shows'),
    group('办理选项', 'Outcomes', 'outcomes', 'operations', 'returnTo'),
    group('期限和催办', 'Due and reminders', 'due', 'reminders', 'priority'),
    group('状态和保密', 'Status and secrecy', 'status', 'audience', 'confidential', 'receipt'),
    group('办理说明', 'Help', 'help'),
  ],
};

/** The groups of a settings element, in order. */
export function groupsOf(name: SettingsName): readonly Group[] {
  const { label, attributes, lists = {} }: ElementDescriptor = SETTINGS[name];
  return LAID[name] ?? [{ label, holds: [...Object.keys(attributes), ...Object.keys(lists)] }];
}

const said = (zh: string, en: string): Words => ({ zh, en });

/** Words of closed lists, by `Settings.attribute`. */
const CHOICES: Readonly<Record<string, Readonly<Record<string, Words>>>> = {
  'Reader.things': {
    letters: said('文书', 'Letters'),
    receipts: said('签收情况', 'Receipts'),
    acts: said('办理记录', 'What was done'),
    results: said('办理结果', 'Results'),
    openSteps: said('正在办理的步骤', 'Open steps'),
    holders: said('由谁办理', 'Who holds them'),
    starter: said('发起人', 'Starter'),
    drawing: said('流程图', 'Drawing'),
    ahead: said('接下来的步骤', 'Steps ahead'),
  },
  'Status.tone': {
    running: said('进行（蓝）', 'Running (blue)'),
    done: said('办成（绿）', 'Done (green)'),
    stopped: said('终止（灰）', 'Stopped (grey)'),
    warning: said('提醒（橙）', 'Warning (orange)'),
  },
  'Task.mode': {
    single: said('一人办理（先到先办）', 'One of them (first come)'),
    any: said('任一人签', 'Any one decides'),
    all: said('会签（全部人签）', 'All sign'),
    sequence: said('依次签', 'One after the other'),
    vote: said('票决', 'Vote'),
    blind: said('背靠背', 'All, unseen by one another'),
  },
  'Task.operations': {
    transfer: said('转办', 'Transfer'),
    return: said('退回', 'Return'),
    addSigner: said('加签', 'Add signers'),
    comment: said('发表意见', 'Comment'),
    urge: said('催办', 'Urge'),
  },
  'Outcome.style': {
    primary: said('主要', 'Primary'),
    default: said('普通', 'Plain'),
    danger: said('否定（红）', 'Negative (red)'),
  },
  'Outcome.comment': {
    required: said('必须写', 'Required'),
    optional: said('可以写', 'Optional'),
    none: said('不写', 'None'),
  },
  'Access.mode': {
    hidden: said('隐藏', 'Hidden'),
    read: said('只读', 'Read'),
    edit: said('可编辑', 'Edit'),
    required: said('必填', 'Required'),
  },
};

/** What people call a word of a closed list. */
export const wordOf = (settings: string, attribute: string, value: string): Words =>
  CHOICES[`${settings}.${attribute}`]?.[value] ?? { zh: value, en: value };

/** The settings that may stand on a BPMN element of these types (its own and those it descends from), the particular ones first. */
export const settingsFor = (isA: (type: string) => boolean): SettingsName[] =>
  (Object.keys(SETTINGS) as SettingsName[]).filter((name) => {
    const { on }: ElementDescriptor = SETTINGS[name];
    return on?.some(isA) ?? false;
  });

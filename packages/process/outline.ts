/**
 * Owns the outline of a flow: its elements and their settings as people call them, by the table of settings. It reads what the designer is
 * in the middle of drawing as well: nothing is checked here. Rule: [DIF1].
 */

import {
  type Outline,
  type OutlineItem,
  type OutlineSetting,
  settingsFrom,
  type Words,
  words,
} from '@ganwei/core/outline';
import { bpmn } from './bpmn.ts';
import { type AttributeDescriptor, descriptorOf } from './lint/descriptors.ts';
import { processesOf } from './lint/structure.ts';
import { conditionHolder, type Element, elementOf, eventOf, isA, listOf, nameOf, textOf } from './lint/tree.ts';

/** null: the text is no BPMN. */
export async function outlineProcess(source: string): Promise<Outline | null> {
  let root: Element;
  try {
    root = (await bpmn.fromXML(source)).rootElement as unknown as Element;
  } catch {
    // whoever asks for an outline shows the text itself then
    return null;
  }
  const items = processesOf(root).flatMap((process) => [itemOf(process, ''), ...below(process, String(process.id))]);
  return { items: items.flat(), drawing: drawingOf(root) };
}

// ---- elements -------------------------------------------------------------------------------------------------------

/** The elements of a process or a sub-process, each followed by what stands in it. */
function below(scope: Element, parent: string): OutlineItem[] {
  const lanes = listOf(scope, 'laneSets').flatMap((set) => listOf(set, 'lanes'));
  const elements = [...lanes, ...listOf(scope, 'flowElements'), ...listOf(scope, 'artifacts')];
  return elements.flatMap((element) => [
    ...itemOf(element, parent),
    ...(isA(element, 'bpmn:SubProcess') ? below(element, String(element.id)) : []),
  ]);
}

/** The element, and the entries of the lists that are set on it. */
function itemOf(element: Element, parent: string): OutlineItem[] {
  const id = String(element.id);
  const carried = listOf(elementOf(element, 'extensionElements'), 'values').filter(({ $type }) => descriptorOf($type));
  const own: OutlineItem = {
    id,
    parent,
    type: typeOf(element),
    name:
      textOf(element, 'name') ?? (isA(element, 'bpmn:SequenceFlow') ? way(element) : (textOf(element, 'text') ?? '')),
    ordered: false,
    settings: [...bpmnSettings(element), ...linksOf(element), ...carried.flatMap((settings) => attributesOf(settings))],
  };
  return [own, ...carried.flatMap((settings) => entriesOf(settings, id))];
}

const way = (flow: Element): string => {
  const [from, to] = [elementOf(flow, 'sourceRef'), elementOf(flow, 'targetRef')];
  return `${from ? nameOf(from) : '?'} → ${to ? nameOf(to) : '?'}`;
};

const NAME = words('名称', 'Name');
/** of what is there or not */
const YES = '✓';

/** What BPMN itself says of an element. */
function bpmnSettings(element: Element): OutlineSetting[] {
  const event = isA(element, 'bpmn:Event') ? eventOf(element) : undefined;
  const timer = ['timeDate', 'timeDuration', 'timeCycle'].map((member) => textOf(elementOf(event, member), 'body'));
  const message = elementOf(event ?? element, 'messageRef');
  const host = elementOf(element, 'attachedToRef');
  const source = elementOf(element, 'sourceRef');
  const isFlow = isA(element, 'bpmn:SequenceFlow');
  return settingsFrom([
    ['name', NAME, textOf(element, 'name')],
    ['text', words('文字', 'Text'), textOf(element, 'text')],
    [
      'documentation',
      words('说明', 'Documentation'),
      listOf(element, 'documentation')
        .map((one) => textOf(one, 'text'))
        .join('\n'),
    ],
    ['condition', words('条件', 'Condition'), textOf(conditionHolder(element), 'body')],
    [
      'default',
      words('默认分支', 'Default'),
      isFlow && source && elementOf(source, 'default') === element ? YES : undefined,
    ],
    ['beside', words('不中断', 'Does not interrupt'), host && element.cancelActivity === false ? YES : undefined],
    ['timer', words('定时', 'Timer'), timer.find((text) => text !== undefined)],
    ['message', words('消息', 'Message'), textOf(message, 'name')],
  ]);
}

/** What an element refers to: told by name, and the same as long as it is the same element. */
function linksOf(element: Element): OutlineSetting[] {
  const ends = [elementOf(element, 'sourceRef'), elementOf(element, 'targetRef')].flatMap((end) => end ?? []);
  const host = elementOf(element, 'attachedToRef');
  const members = listOf(element, 'flowNodeRef');
  const link = (key: string, label: Words, text: string, to: readonly Element[]): OutlineSetting[] =>
    to.length === 0 ? [] : [{ key, label, text, means: to.map(({ id }) => id).join(' ') }];
  return [
    ...link('way', words('连接', 'Connects'), way(element), ends),
    ...link('host', words('依附于', 'Attached to'), host ? nameOf(host) : '', host ? [host] : []),
    ...link('members', words('步骤', 'Steps'), members.map(nameOf).join('、'), members),
  ];
}

// ---- settings -------------------------------------------------------------------------------------------------------

/** The attributes of one settings element, in the order of the table. */
function attributesOf(settings: Element): OutlineSetting[] {
  const { attributes } = descriptorOf(settings.$type) ?? { attributes: {} };
  return settingsFrom(
    Object.entries<AttributeDescriptor>(attributes).map(([name, { label }]) => [
      `${settings.$type.replace('ganwei:', '')}.${name}`,
      label,
      textOf(settings, name),
    ]),
  );
}

/** What tells one entry of a list from the others, the first that it has. */
const IDENTITY = ['key', 'path', 'name', 'as', 'at', 'who'];

function entriesOf(settings: Element, owner: string): OutlineItem[] {
  const lists = Object.keys(descriptorOf(settings.$type)?.lists ?? {});
  return lists.flatMap((list) => {
    const seen = new Map<string, number>();
    return listOf(settings, list).flatMap((entry) => {
      const identity = IDENTITY.flatMap((member) => textOf(entry, member) ?? [])[0] ?? '';
      const times = seen.get(identity) ?? 0;
      seen.set(identity, times + 1);
      const id = `${owner}/${list}/${identity}${times > 0 ? `#${times + 1}` : ''}`;
      const type = descriptorOf(entry.$type)?.label ?? words(entry.$type, entry.$type);
      const name = textOf(entry, 'label') ?? identity;
      const item = { id, parent: owner, type, name, ordered: true, settings: attributesOf(entry) };
      return [item, ...entriesOf(entry, id)];
    });
  });
}

// ---- words ----------------------------------------------------------------------------------------------------------

const TYPES: Readonly<Record<string, Words>> = {
  'bpmn:Process': words('流程', 'Flow'),
  'bpmn:UserTask': words('步骤', 'Step'),
  'bpmn:ServiceTask': words('自动步骤', 'Service task'),
  'bpmn:SendTask': words('发送', 'Send task'),
  'bpmn:ReceiveTask': words('等待消息', 'Receive'),
  'bpmn:BusinessRuleTask': words('规则判断', 'Decision'),
  'bpmn:CallActivity': words('调用流程', 'Call'),
  'bpmn:SubProcess': words('阶段', 'Phase'),
  'bpmn:ExclusiveGateway': words('择一分支', 'Exclusive gateway'),
  'bpmn:InclusiveGateway': words('多选分支', 'Inclusive gateway'),
  'bpmn:ParallelGateway': words('并行分支', 'Parallel gateway'),
  'bpmn:EventBasedGateway': words('先到的事件', 'Event-based gateway'),
  'bpmn:StartEvent': words('开始', 'Start'),
  'bpmn:EndEvent': words('结束', 'End'),
  'bpmn:BoundaryEvent': words('边界事件', 'Boundary event'),
  'bpmn:IntermediateCatchEvent': words('等待事件', 'Catch event'),
  'bpmn:IntermediateThrowEvent': words('中间事件', 'Throw event'),
  'bpmn:SequenceFlow': words('连线', 'Flow'),
  'bpmn:Lane': words('泳道', 'Lane'),
  'bpmn:TextAnnotation': words('文字注释', 'Annotation'),
  'bpmn:Association': words('注释连线', 'Association'),
  'bpmn:Group': words('分组', 'Group'),
};

const typeOf = ({ $type }: Element): Words =>
  TYPES[$type] ?? words($type.replace('bpmn:', ''), $type.replace('bpmn:', ''));

/** Where everything is drawn, as one text. */
function drawingOf(root: Element): string {
  const shapes = listOf(root, 'diagrams').flatMap((diagram) => listOf(elementOf(diagram, 'plane'), 'planeElement'));
  return shapes
    .map((shape) => JSON.stringify([idOf(shape), boundsOf(shape), listOf(shape, 'waypoint').map(pointOf)]))
    .join('\n');
}

const idOf = (shape: Element): string => String(elementOf(shape, 'bpmnElement')?.id ?? '');
const boundsOf = (shape: Element): unknown[] => {
  const bounds = elementOf(shape, 'bounds');
  return bounds ? [bounds.x, bounds.y, bounds.width, bounds.height] : [];
};
const pointOf = (point: Element): unknown[] => [point.x, point.y];

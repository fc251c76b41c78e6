/**
 * Owns turning a checked moddle tree into the ProcessModel: every default of model.ts is applied here and nowhere else.
 * The tree has passed the lint rules; what they guarantee is not checked again.
 */
import { errorCodeOf } from './lint/flow.ts';
import { isService, statusOf } from './lint/settings.ts';
import { timerOf } from './lint/timers.ts';
import {
  conditionHolder,
  type Element,
  elementOf,
  eventOf,
  feelOf,
  isA,
  listOf,
  nameOf,
  namesOf,
  settingsOf,
  textOf,
} from './lint/tree.ts';
import type {
  AccessMode,
  Binding,
  CallSettings,
  CaseSettings,
  Exclusion,
  FieldAccess,
  MessageSettings,
  NodeKind,
  Operation,
  Outcome,
  ProcessFlow,
  ProcessModel,
  ProcessNode,
  Reminder,
  ServiceSettings,
  ShownForm,
  SigningMode,
  StartSettings,
  TaskSettings,
} from './model.ts';

/** The model of a `bpmn:Process` element. */
export function readModel(process: Element): ProcessModel {
  const nodes = new Map<string, ProcessNode>();
  const flows = new Map<string, ProcessFlow>();
  const readScope = (scope: Element, parent?: string): void => {
    for (const element of listOf(scope, 'flowElements')) {
      if (isA(element, 'bpmn:SequenceFlow')) flows.set(idOf(element), readFlow(element));
      if (!isA(element, 'bpmn:FlowNode')) continue;
      nodes.set(idOf(element), readNode(element, parent));
      if (isA(element, 'bpmn:SubProcess')) readScope(element, idOf(element));
    }
  };
  readScope(process);
  // What the process says of reminders holds at each of its steps that has a deadline.
  const always = listOf(settingsOf(process, 'Case'), 'reminders').map(readReminder);
  for (const { task } of nodes.values()) if (task?.due) task.reminders.push(...always);
  return { id: idOf(process), name: nameOf(process), case: readCase(process), nodes, flows };
}

const idOf = (element: Element): string => String(element.id);
const isTrue = (element: Element | undefined, member: string, otherwise = false): boolean =>
  textOf(element, member) === undefined ? otherwise : textOf(element, member) === 'true';

/** `{ name: value }` without the undefined ones: optional members are absent, never undefined. */
type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
const given = <T extends object>(members: T): Given<T> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Given<T>;

function readFlow(flow: Element): ProcessFlow {
  const source = elementOf(flow, 'sourceRef') as Element;
  const isDefault = elementOf(source, 'default') === flow;
  const name = textOf(flow, 'name') ?? '';
  const target = idOf(elementOf(flow, 'targetRef') as Element);
  const condition = feelOf(conditionHolder(flow), 'body');
  return {
    id: idOf(flow),
    name,
    source: idOf(source),
    target,
    ...given({ condition }),
    ...(isDefault && { isDefault }),
  };
}

function readNode(node: Element, parent: string | undefined): ProcessNode {
  const host = elementOf(node, 'attachedToRef');
  const isError = eventOf(node)?.$type === 'bpmn:ErrorEventDefinition';
  const kind = kindOf(node);
  return {
    id: idOf(node),
    name: nameOf(node),
    type: node.$type,
    kind,
    ...given({ parent, status: statusOf(node), milestone: milestoneOf(node, parent), ...settings(node, kind) }),
    ...(host && { attachedTo: idOf(host), interrupting: node.cancelActivity !== false }),
    ...(isError && { errorCode: errorCodeOf(node) }),
  };
}

/** What it says of itself; a phase at the top is a milestone under its own name, unless it says that it is none. */
function milestoneOf(node: Element, parent: string | undefined): string | undefined {
  const phase = parent === undefined && isA(node, 'bpmn:SubProcess') ? textOf(node, 'name') : undefined;
  const mark = settingsOf(node, 'Mark');
  return mark?.milestone === '' ? undefined : (textOf(mark, 'milestone') ?? phase);
}

function kindOf(node: Element): NodeKind {
  if (isA(node, 'bpmn:StartEvent')) return 'start';
  if (isA(node, 'bpmn:EndEvent')) return 'end';
  if (isA(node, 'bpmn:UserTask')) return 'user';
  if (isService(node)) return 'service';
  if (isA(node, 'bpmn:CallActivity')) return 'call';
  if (isA(node, 'bpmn:Gateway')) return 'gateway';
  if (isA(node, 'bpmn:SubProcess')) return 'subprocess';
  if (isA(node, 'bpmn:ReceiveTask')) return 'message';
  const event = eventOf(node)?.$type;
  return event === 'bpmn:TimerEventDefinition'
    ? 'timer'
    : event === 'bpmn:MessageEventDefinition'
      ? 'message'
      : 'other';
}

/** The members that only some nodes have. */
function settings(node: Element, kind: NodeKind): Partial<ProcessNode> {
  const timer = timerOf(eventOf(node));
  const timed = timer && 'at' in timer ? { ...timer, interrupting: node.cancelActivity !== false } : undefined;
  return {
    ...(kind === 'user' && { task: readTask(node) }),
    ...(kind === 'service' && { service: readService(settingsOf(node, 'Service')) }),
    ...(kind === 'call' && { call: readCall(settingsOf(node, 'Call')) }),
    ...(kind === 'message' && { message: readMessage(node, feelOf(settingsOf(node, 'Message'), 'correlation')) }),
    ...(kind === 'start' && { start: readStart(node) }),
    ...(kind === 'end' && { end: readEnd(node) }),
    ...(timed && { timer: timed }),
  };
}

function readTask(node: Element): TaskSettings {
  const task = settingsOf(node, 'Task');
  const form = textOf(task, 'form');
  const mode = (textOf(task, 'mode') ?? 'single') as SigningMode;
  const operations = namesOf(task, 'operations') as Operation[];
  const outcomes = listOf(task, 'outcomes').map(readOutcome);
  return {
    as: textOf(task, 'as') ?? nameFor(form) ?? idOf(node),
    list: isTrue(task, 'list', !['single', 'any'].includes(mode)),
    access: readAccess(task),
    shows: listOf(task, 'shows').map(readShow),
    assignees: feelOf(task, 'assignees') ?? 'null',
    mode,
    reminders: listOf(task, 'reminders').map(readReminder),
    priority: isTrue(task, 'priority'),
    confidential: isTrue(task, 'confidential'),
    outcomes: outcomes.length > 0 ? outcomes : [SUBMIT],
    exclusions: listOf(task, 'exclusions').map(readExclusion),
    operations: operations.length > 0 ? operations : ['comment', 'urge'],
    returnTo: namesOf(task, 'returnTo'),
    ...given({
      form,
      initial: feelOf(task, 'initial'),
      candidates: feelOf(task, 'candidates'),
      threshold: feelOf(task, 'threshold'),
      quorum: feelOf(task, 'quorum'),
      last: feelOf(task, 'last'),
      due: feelOf(task, 'due'),
      help: textOf(task, 'help'),
      audience: feelOf(task, 'audience'),
      receipt: feelOf(task, 'receipt'),
    }),
  };
}

/** A form is kept under its key; whose form it is, is no part of the name. */
const nameFor = (form: string | undefined): string | undefined => form?.slice(form.lastIndexOf('.') + 1);

const readShow = (show: Element): ShownForm => ({
  as: textOf(show, 'as') ?? '',
  hide: namesOf(show, 'hide'),
  open: isTrue(show, 'open'),
  ...given({ when: feelOf(show, 'when') }),
});

const readReminder = (remind: Element): Reminder => ({
  at: feelOf(remind, 'at') ?? 'null',
  text: textOf(remind, 'text') ?? '',
  ...given({ to: feelOf(remind, 'to') }),
});

const readExclusion = (exclude: Element): Exclusion => ({
  who: feelOf(exclude, 'who') ?? 'null',
  reason: textOf(exclude, 'reason') ?? '',
});

const SUBMIT: Outcome = {
  key: 'submit',
  label: '提交',
  style: 'primary',
  comment: 'optional',
  commentMin: 0,
  validates: true,
  positive: true,
};

function readOutcome(outcome: Element): Outcome {
  const style = (textOf(outcome, 'style') ?? 'default') as Outcome['style'];
  const comment = (textOf(outcome, 'comment') ?? 'optional') as Outcome['comment'];
  return {
    key: textOf(outcome, 'key') ?? '',
    label: textOf(outcome, 'label') ?? '',
    style,
    comment,
    commentMin: Number(textOf(outcome, 'commentMin') ?? (comment === 'required' ? 10 : 0)),
    validates: isTrue(outcome, 'validates', style !== 'danger'),
    positive: isTrue(outcome, 'positive', style !== 'danger'),
    ...given({ when: feelOf(outcome, 'when'), confirm: textOf(outcome, 'confirm') }),
  };
}

const readAccess = (holder: Element | undefined): FieldAccess[] =>
  listOf(holder, 'access').map((access) => ({
    path: textOf(access, 'path') ?? '',
    mode: (textOf(access, 'mode') ?? 'read') as AccessMode,
  }));

const readBindings = (holder: Element | undefined, list: string): Binding[] =>
  listOf(holder, list).map((binding) => ({
    name: textOf(binding, 'name') ?? '',
    value: feelOf(binding, 'value') ?? 'null',
  }));

const readService = (service: Element | undefined): ServiceSettings => ({
  type: textOf(service, 'type') ?? '',
  inputs: readBindings(service, 'inputs'),
  outputs: readBindings(service, 'outputs'),
});

const readCall = (call: Element | undefined): CallSettings => ({
  process: textOf(call, 'process') ?? '',
  values: feelOf(call, 'values') ?? '{}',
  outputs: readBindings(call, 'outputs'),
  ...given({ each: feelOf(call, 'each'), cut: textOf(call, 'cut') }),
});

/** The name is that of the BPMN message; a start needs no key, because it waits for nobody. */
function readMessage(node: Element, correlation: string | undefined): MessageSettings {
  const reference = elementOf(isA(node, 'bpmn:ReceiveTask') ? node : eventOf(node), 'messageRef');
  return { name: textOf(reference, 'name') ?? '', correlation: correlation ?? 'null' };
}

function readStart(node: Element): StartSettings {
  const start = settingsOf(node, 'Start');
  const form = textOf(start, 'form');
  const byMessage = eventOf(node)?.$type === 'bpmn:MessageEventDefinition';
  const message = byMessage ? readMessage(node, feelOf(start, 'correlation')) : undefined;
  return {
    label: textOf(start, 'label') ?? textOf(node, 'name') ?? '发起',
    as: textOf(start, 'as') ?? nameFor(form) ?? idOf(node),
    access: readAccess(start),
    ...given({
      form,
      message,
      initial: feelOf(start, 'initial'),
      who: feelOf(start, 'who'),
      help: textOf(start, 'help'),
    }),
  };
}

const readEnd = (node: Element): ProcessNode['end'] => ({
  terminate: eventOf(node)?.$type === 'bpmn:TerminateEventDefinition',
  ...given({ status: statusOf(node) }),
});

function readCase(process: Element): CaseSettings {
  const settings = settingsOf(process, 'Case');
  type Tone = CaseSettings['statuses'][number]['tone'];
  return {
    title: feelOf(settings, 'title') ?? JSON.stringify(nameOf(process)),
    numberKey: feelOf(settings, 'numberKey') ?? JSON.stringify(idOf(process)),
    category: textOf(settings, 'category') ?? '',
    description: textOf(settings, 'description') ?? '',
    order: Number(textOf(settings, 'order') ?? 0),
    statuses: listOf(settings, 'statuses').map((status) => ({
      key: textOf(status, 'key') ?? '',
      label: textOf(status, 'label') ?? '',
      tone: (textOf(status, 'tone') ?? 'running') as Tone,
    })),
    confidential: namesOf(settings, 'confidential'),
    watermark: isTrue(settings, 'watermark'),
    partReaders: listOf(settings, 'partReaders').map((reader) => ({
      who: feelOf(reader, 'who') ?? 'false',
      things: namesOf(reader, 'things'),
      forms: namesOf(reader, 'forms'),
    })),
    actions: listOf(settings, 'actions').map((action) => ({
      key: textOf(action, 'key') ?? '',
      label: textOf(action, 'label') ?? '',
      process: textOf(action, 'process') ?? '',
      who: feelOf(action, 'who') ?? 'false',
      when: feelOf(action, 'when') ?? 'true',
      afterEnd: isTrue(action, 'afterEnd'),
      perPerson: isTrue(action, 'perPerson'),
      outputs: readBindings(action, 'outputs'),
      ...given({ values: feelOf(action, 'values') }),
    })),
    ...given({
      icon: textOf(settings, 'icon'),
      readers: feelOf(settings, 'readers'),
      withdraw: feelOf(settings, 'withdraw'),
      unitRefers: feelOf(settings, 'unitRefers'),
      subjects: feelOf(settings, 'subjects'),
      matter: feelOf(settings, 'matter'),
      lane: textOf(settings, 'lane'),
      disclosed: feelOf(settings, 'disclosed'),
    }),
  };
}

/**
 * Owns what is said between cases and inside one: messages that are thrown are sent by a service, signals are messages to all, errors are caught or end,
 * links become lines, timers are written our way. Rules: [FOR22] [FOR23] [FOR24].
 */
import type { Drawing } from './drawing.ts';
import { feelOf } from './juel.ts';
import {
  append,
  childOf,
  childrenOf,
  definitionOf,
  everyTag,
  freshId,
  idOf,
  isA,
  isEvent,
  isNode,
  isScope,
  remove,
  settings,
  type Tag,
  tag,
  take,
} from './tag.ts';
import type { Report } from './told.ts';
import { quoted, timeOf } from './values.ts';

/** What the passes over a file have in common. */
export interface Work {
  readonly root: Tag;
  readonly drawing: Drawing;
  readonly report: Report;
}

/** The key under which all wait for what is called out to all. */
const ALL = quoted('*');

export function turnEvents(work: Work): void {
  const nodes = [...everyTag(work.root)].filter(isNode);
  for (const node of nodes) {
    const definition = isEvent(node) ? definitionOf(node) : undefined;
    if (definition?.name === 'bpmn:signalEventDefinition') signal(work, node, definition);
    else if (definition?.name === 'bpmn:messageEventDefinition') message(work, node, definition);
    else if (definition?.name === 'bpmn:errorEventDefinition') error(work, node, definition);
    else if (definition?.name === 'bpmn:timerEventDefinition') timer(work, node, definition);
    else if (isA(node, 'receiveTask')) awaited(work, node, node);
    else if (isA(node, 'sendTask') && !isServed(node)) send(work, node, nameOfMessage(work, node, node));
  }
  for (const scope of [...everyTag(work.root)].filter(isScope)) links(work, scope);
  for (const one of childrenOf(work.root, 'bpmn:message')) take(one, 'correlation');
}

const isServed = (node: Tag): boolean => {
  const extension = childOf(node, 'bpmn:extensionElements');
  return extension !== undefined && childOf(extension, 'ganwei:service') !== undefined;
};

const rooted = (root: Tag, id: string | undefined): Tag | undefined =>
  id === undefined ? undefined : root.children.find((child) => idOf(child) === id);

// ---- messages and signals

function message(work: Work, event: Tag, definition: Tag): void {
  for (const operation of childrenOf(definition, 'bpmn:operationRef')) {
    work.report.leave(event, 'data', { setting: 'operationRef', value: operation.text });
    remove(operation);
  }
  if (isA(event, 'endEvent', 'intermediateThrowEvent')) {
    if (isServed(event)) return;
    const name = nameOfMessage(work, event, definition);
    remove(definition);
    sendInstead(work, event, name);
    work.report.turned(event, 'send', name, { setting: 'messageEventDefinition', value: name });
  } else awaited(work, event, definition);
}

/** The message that a tag refers to; one of its own where there is none. */
function messageOf({ root, report }: Work, node: Tag, holder: Tag): Tag {
  const known = rooted(root, holder.attributes.get('messageRef'));
  const found =
    known?.name === 'bpmn:message'
      ? known
      : append(root, tag('bpmn:message', { id: freshId(root, `${idOf(node)}_message`) }));
  holder.attributes.set('messageRef', idOf(found));
  if ((found.attributes.get('name') ?? '').trim() === '') {
    const name = node.attributes.get('name') || idOf(node);
    found.attributes.set('name', name);
    report.turned(node, 'message', name);
  }
  return found;
}

function nameOfMessage(work: Work, node: Tag, holder: Tag): string {
  const name = messageOf(work, node, holder).attributes.get('name') ?? '';
  take(holder, 'messageRef');
  return name;
}

function awaited(work: Work, node: Tag, holder: Tag): void {
  const correlation = messageOf(work, node, holder).attributes.get('correlation');
  const isInner = isA(node, 'startEvent');
  if (isInner) return;
  const own = settings(node, 'message').attributes;
  if (correlation !== undefined && !own.has('correlation')) own.set('correlation', correlation);
  if (!own.has('correlation')) work.report.leave(node, 'correlation');
}

/** The service that sends; for whom is said by its key. */
function send(work: Work, task: Tag, name: string, key?: string): void {
  const service = settings(task, 'service');
  service.attributes.set('type', 'message');
  append(service, tag('ganwei:input', { name: 'name', value: quoted(name) }));
  if (key === undefined) work.report.leave(task, 'correlation', { hint: name });
  else append(service, tag('ganwei:input', { name: 'correlation', value: key }));
  if (task.attributes.get('name') === undefined) task.attributes.set('name', name);
}

/** A thrown event is a step that sends; one at the end has an end behind it. */
function sendInstead(work: Work, event: Tag, name: string, key?: string): void {
  const isEnd = isA(event, 'endEvent');
  event.name = 'bpmn:sendTask';
  work.drawing.resize(event);
  send(work, event, name, key);
  if (isEnd && event.parent) endAfter(work, event);
}

/** An end of its own behind a step that has nothing behind it. */
export function endAfter(work: Work, node: Tag): void {
  const scope = node.parent;
  if (!scope) return;
  const end = append(scope, tag('bpmn:endEvent', { id: freshId(work.root, `${idOf(node)}_end`) }));
  work.drawing.beside(end, node);
  join(work, scope, node, end);
}

/** A line from one to the other. */
export function join(work: Work, scope: Tag, from: Tag, to: Tag): Tag {
  const [sourceRef, targetRef] = [idOf(from), idOf(to)];
  const line = append(
    scope,
    tag('bpmn:sequenceFlow', { id: freshId(work.root, `${sourceRef}_to_${targetRef}`), sourceRef, targetRef }),
  );
  work.drawing.connect(line, sourceRef, targetRef);
  return line;
}

function signal(work: Work, event: Tag, definition: Tag): void {
  const { root, report } = work;
  const reference = definition.attributes.get('signalRef') ?? '';
  const name = rooted(root, reference)?.attributes.get('name') || reference || idOf(event);
  const said = { setting: 'signalEventDefinition', value: name };
  if (event.parent?.attributes.get('triggeredByEvent') === 'true') return;
  report.turned(event, 'broadcast', name, said);
  remove(definition);
  if (isA(event, 'endEvent', 'intermediateThrowEvent')) {
    sendInstead(work, event, name, ALL);
    return;
  }
  const known = childrenOf(root, 'bpmn:message').find((one) => one.attributes.get('name') === name);
  const called = known ?? append(root, tag('bpmn:message', { id: freshId(root, `${idOf(event)}_signal`), name }));
  append(event, tag('bpmn:messageEventDefinition', { messageRef: idOf(called) }));
  if (!isA(event, 'startEvent')) settings(event, 'message').attributes.set('correlation', ALL);
}

// ---- errors

/** Activiti writes the code itself where others refer to an error. */
function error(work: Work, event: Tag, definition: Tag): void {
  const { root, report } = work;
  const reference = definition.attributes.get('errorRef');
  const known = rooted(root, reference);
  if (reference && !known) definition.attributes.set('errorRef', idOf(errorOf(root, event, reference)));
  if (known && !known.attributes.get('errorCode'))
    known.attributes.set('errorCode', known.attributes.get('name') || idOf(known));
  if (isA(event, 'endEvent') && !isCaught(root, event, codeOf(root, definition))) {
    remove(definition);
    report.turned(event, 'plain-end', '', { setting: 'errorEventDefinition', value: reference ?? '' });
  }
}

const errorOf = (root: Tag, event: Tag, errorCode: string): Tag =>
  childrenOf(root, 'bpmn:error').find((one) => one.attributes.get('errorCode') === errorCode) ??
  append(root, tag('bpmn:error', { id: freshId(root, `${idOf(event)}_error`), errorCode }));

const codeOf = (root: Tag, definition: Tag | undefined): string =>
  rooted(root, definition?.attributes.get('errorRef'))?.attributes.get('errorCode') ?? '';

function isCaught(root: Tag, event: Tag, code: string): boolean {
  if (code === '') return false;
  for (let scope = event.parent; scope && !isA(scope, 'process'); scope = scope.parent) {
    const id = idOf(scope);
    const around = (scope.parent?.children ?? []).filter((one) => one.attributes.get('attachedToRef') === id);
    const catching = around.flatMap((one) => childOf(one, 'bpmn:errorEventDefinition') ?? []);
    if (catching.some((one) => ['', code].includes(codeOf(root, one)))) return true;
  }
  return false;
}

// ---- timers

const MINUTE = 'PT1M';

/** Times are ISO 8601 or FEEL here. A repeated time that ends its step counts once. */
function timer({ report }: Work, event: Tag, definition: Tag): void {
  for (const empty of definition.children.filter(({ name, text }) => name.startsWith('bpmn:time') && text === ''))
    remove(empty);
  if (definition.children.length === 0) report.leave(event, 'timer');
  for (const time of definition.children.filter(({ name }) => name.startsWith('bpmn:time'))) {
    const value = time.text;
    const said = { setting: time.name.replace('bpmn:', ''), value };
    const once = isOnce(event, time);
    if (once !== undefined) {
      time.name = 'bpmn:timeDuration';
      time.text = once;
      report.turned(event, 'timer-once', once, said);
    }
    const shown = withoutBraces(time.text);
    if (shown === undefined) report.leave(event, CRON.test(value) ? 'cron' : 'timer', said);
    else if (shown !== time.text) {
      time.text = shown;
      report.turned(event, 'timer', shown, said);
    }
    const short = time.text.replace(/(^|\/)PT(\d{1,2}(\.\d+)?)S$/, (found, before: string, seconds: string) =>
      Number(seconds) < 60 ? before + MINUTE : found,
    );
    if (short !== time.text) report.turned(event, 'timer-minute', short, { ...said, value: time.text });
    time.text = short;
    time.attributes.clear();
    time.attributes.set('xsi:type', 'bpmn:tFormalExpression');
  }
}

const CRON = /^\s*([\d*?/,\-LW#]+\s+){4,6}[\d*?/,\-LW#A-Z]+\s*$/;
const CYCLE = /^R\d*\/(.+)$/;

/** The first time of a cycle, where the event ends what it waits beside, or stands on the way itself. */
function isOnce(event: Tag, time: Tag): string | undefined {
  const goesOn =
    isA(event, 'startEvent') || (isA(event, 'boundaryEvent') && event.attributes.get('cancelActivity') === 'false');
  if (time.name !== 'bpmn:timeCycle' || goesOn) return undefined;
  return CYCLE.exec(time.text)?.[1];
}

/** undefined: cannot be written our way, and stays as it is for its author to see. */
function withoutBraces(value: string): string | undefined {
  const cycle = CYCLE.exec(value);
  const time = cycle?.[1] ?? value;
  if (/^[$#]\{/.test(time)) {
    const feel = feelOf(time);
    return feel === undefined ? undefined : value.replace(time, feel);
  }
  if (time.startsWith('=')) return feelOf(time) === undefined ? undefined : value;
  return timeOf(time) === undefined && feelOf(`=${time}`) === undefined ? undefined : value;
}

// ---- links

/** What leads into a link that is thrown leads to where it is caught. */
function links({ report, drawing }: Work, scope: Tag): void {
  const events = scope.children.filter((one) => isEvent(one) && childOf(one, 'bpmn:linkEventDefinition'));
  const nameOf = (event: Tag): string =>
    childOf(event, 'bpmn:linkEventDefinition')?.attributes.get('name') || (event.attributes.get('name') ?? '');
  const flows = childrenOf(scope, 'bpmn:sequenceFlow');
  const caught = new Map(events.filter((one) => isA(one, 'intermediateCatchEvent')).map((one) => [nameOf(one), one]));
  const thrown = events.filter((one) => isA(one, 'intermediateThrowEvent'));
  for (const event of thrown) {
    const goal = caught.get(nameOf(event));
    if (!goal) {
      report.leave(event, 'dangling', { setting: 'linkEventDefinition', value: nameOf(event) });
      continue;
    }
    for (const flow of flows.filter((one) => one.attributes.get('targetRef') === idOf(event))) {
      flow.attributes.set('targetRef', idOf(goal));
      drawing.connect(flow, flow.attributes.get('sourceRef') ?? '', idOf(goal));
    }
    report.turned(event, 'linked', idOf(goal), { setting: 'linkEventDefinition', value: nameOf(event) });
    remove(event);
  }
  for (const event of caught.values()) {
    remove(childOf(event, 'bpmn:linkEventDefinition') as Tag);
    event.name = 'bpmn:intermediateThrowEvent';
    report.turned(event, 'linked', idOf(event), { setting: 'linkEventDefinition', value: nameOf(event) });
  }
}

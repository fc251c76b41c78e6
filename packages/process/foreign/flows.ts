/**
 * Owns taking a file apart into flows: each pool that has steps is a flow with a file of its own, under a key and a title; what flows say to each other in
 * the file are messages; calls between them go by their keys. Rules: [FOR27] [FOR40].
 */
import type { Drawing } from './drawing.ts';
import type { Work } from './events.ts';
import {
  append,
  childOf,
  childrenOf,
  definitionOf,
  everyTag,
  freshId,
  groupedBy,
  idOf,
  isA,
  isNode,
  isScope,
  remove,
  type Tag,
  tag,
} from './tag.ts';
import type { Report } from './told.ts';
import { keyFrom } from './values.ts';
import { writeSource } from './write.ts';

export interface Flow {
  /** as the import would call it; names are given by it */
  readonly first: string;
  readonly key: string;
  readonly title: string;
  readonly xml: string;
  /** the file had no place for something in it: it is laid out anew */
  readonly laidOut: boolean;
}

/** What flows shall be called, by the key that they would have. */
export type NamesOfFlows = ReadonlyMap<string, { readonly key: string; readonly title: string }>;

/** What one pool says to another is a message: both ends are told its name before events are read. */
export function turnMessageFlows({ root, report }: Work): void {
  const byId = new Map([...everyTag(root)].map((one) => [idOf(one), one]));
  for (const flow of childrenOf(root, 'bpmn:collaboration').flatMap((one) => childrenOf(one, 'bpmn:messageFlow'))) {
    const [source, target] = ['sourceRef', 'targetRef'].map((end) => byId.get(flow.attributes.get(end) ?? ''));
    const name = flow.attributes.get('name') || target?.attributes.get('name') || idOf(flow);
    const value = `${source?.attributes.get('name') ?? ''} → ${target?.attributes.get('name') ?? ''}`;
    const receives = target && refer(root, flow, receiverOf(target), name);
    const sends = source && refer(root, flow, senderOf(source), name);
    if (receives && sends) report.turned(target, 'message', name, { setting: 'messageFlow', value });
    else
      report.leave(source && isNode(source) ? source : (target ?? flow), 'message-flow', {
        setting: 'messageFlow',
        value,
        hint: name,
      });
    remove(flow);
  }
}

/** Where a step or event names its message; a plain start that is told something begins with it. */
function receiverOf(target: Tag): Tag | undefined {
  if (isA(target, 'receiveTask')) return target;
  if (isA(target, 'startEvent') && !definitionOf(target)) return append(target, tag('bpmn:messageEventDefinition'));
  return isA(target, 'startEvent', 'intermediateCatchEvent', 'boundaryEvent')
    ? childOf(target, 'bpmn:messageEventDefinition')
    : undefined;
}

function senderOf(source: Tag): Tag | undefined {
  if (isA(source, 'sendTask')) return source;
  return isA(source, 'intermediateThrowEvent', 'endEvent') ? childOf(source, 'bpmn:messageEventDefinition') : undefined;
}

function refer(root: Tag, flow: Tag, holder: Tag | undefined, name: string): boolean {
  if (!holder) return false;
  const known = root.children.find((one) => idOf(one) === holder.attributes.get('messageRef'));
  if (known?.attributes.get('name')) return true;
  const own = `${idOf(flow)}_message`;
  const made =
    root.children.find((one) => idOf(one) === own) ??
    append(root, tag('bpmn:message', { id: freshId(root, own), name }));
  holder.attributes.set('messageRef', idOf(made));
  return true;
}

/** The flows of a file, each as its own text. */
export function flowsOf({ root, drawing, report }: Work, names: NamesOfFlows): Flow[] {
  const pools = childrenOf(root, 'bpmn:collaboration').flatMap((one) => childrenOf(one, 'bpmn:participant'));
  const all = childrenOf(root, 'bpmn:process');
  const processes = all.filter((one) => one.children.some(isNode));
  for (const empty of all.filter((one) => !processes.includes(one))) leaveEmpty(empty, pools, report);
  for (const pool of pools.filter((one) => !one.attributes.has('processRef'))) report.leave(pool, 'empty-process');
  const called = new Map(processes.map((process, index) => [process, nameOf(process, index, pools, names, report)]));
  keys(root, new Map([...called].map(([process, { key }]) => [idOf(process), key])));
  return processes.map((process) => {
    const pool = pools.find((one) => one.attributes.get('processRef') === idOf(process));
    if (processes.length > 1) report.turned(process, 'flow', called.get(process)?.key ?? '');
    return flowOf(root, process, pool, called.get(process) as Called, drawing, report);
  });
}

function leaveEmpty(process: Tag, pools: readonly Tag[], report: Report): void {
  const pool = pools.find((one) => one.attributes.get('processRef') === idOf(process));
  report.leave(pool ?? process, 'empty-process', { value: idOf(process) });
}

type Called = Pick<Flow, 'first' | 'key' | 'title'>;

function nameOf(process: Tag, index: number, pools: readonly Tag[], names: NamesOfFlows, report: Report): Called {
  const own = process.attributes.get('name')?.trim();
  const pool = pools
    .find((one) => one.attributes.get('processRef') === idOf(process))
    ?.attributes.get('name')
    ?.trim();
  const first = keyFrom(idOf(process), `flow-${index + 1}`);
  const title = own || pool || first;
  if (!own) report.turned(process, 'title', title);
  return { first, key: first, title, ...names.get(first) };
}

/** Calls name a flow of the same file by its id. */
function keys(root: Tag, byId: ReadonlyMap<string, string>): void {
  for (const call of [...everyTag(root)].filter(({ name }) => name === 'ganwei:call')) {
    const key = byId.get(call.attributes.get('process') ?? '');
    if (key !== undefined) call.attributes.set('process', key);
  }
}

function flowOf(
  root: Tag,
  process: Tag,
  pool: Tag | undefined,
  called: Called,
  drawing: Drawing,
  report: Report,
): Flow {
  const definitions = tag('bpmn:definitions', {
    id: `definitions-${called.key}`,
    targetNamespace: 'http://ganwei.dev/content',
  });
  for (const one of referred(root, process)) append(definitions, one);
  const around = pool && childOf(process, 'bpmn:laneSet') ? withPool(definitions, pool, called) : undefined;
  for (const scope of everyTag(process)) if (isScope(scope)) ends(scope);
  process.attributes.set('id', called.key);
  process.attributes.set('name', called.title);
  process.attributes.set('isExecutable', 'true');
  append(definitions, process);
  const laidOut = drawing.write(definitions, process, around) === 'laid-out';
  if (laidOut) report.turned(process, 'laid-out', '');
  return { ...called, xml: writeSource(definitions), laidOut };
}

/** Lanes are drawn inside a pool. */
function withPool(definitions: Tag, pool: Tag, { key, title }: Called): Tag {
  const drawn = tag('bpmn:participant', { id: idOf(pool), name: title, processRef: key });
  append(definitions, tag('bpmn:collaboration', { id: `${key}_pool` }, [drawn]));
  return drawn;
}

/** Messages and errors that the flow speaks of; each flow has its own. */
function referred(root: Tag, process: Tag): Tag[] {
  const named = new Set(
    [...everyTag(process)].flatMap(({ attributes }) => [
      attributes.get('messageRef'),
      attributes.get('errorRef'),
      attributes.get('signalRef'),
    ]),
  );
  return root.children
    .filter((one) => ['bpmn:message', 'bpmn:error', 'bpmn:signal'].includes(one.name) && named.has(idOf(one)))
    .map(({ name, attributes }) => tag(name, Object.fromEntries(attributes)));
}

/** Every step says which lines lead in and out. */
function ends(scope: Tag): void {
  const lines = childrenOf(scope, 'bpmn:sequenceFlow');
  const by = { sourceRef: groupedBy(lines, 'sourceRef'), targetRef: groupedBy(lines, 'targetRef') };
  for (const node of scope.children.filter(isNode)) {
    const id = idOf(node);
    const at = (end: 'sourceRef' | 'targetRef', name: string): Tag[] =>
      (by[end].get(id) ?? []).map((line) => ({ ...tag(name), text: idOf(line) }));
    const head = node.children.filter(({ name }) => HEAD.includes(name));
    const rest = node.children.filter(({ name }) => !HEAD.includes(name));
    node.children = [...head, ...at('targetRef', 'bpmn:incoming'), ...at('sourceRef', 'bpmn:outgoing'), ...rest];
  }
}

const HEAD = ['bpmn:documentation', 'bpmn:extensionElements'];

/**
 * Owns which kind of ours a step or event of another engine becomes: plain and manual tasks are tasks for people, a transaction is a phase, what has no
 * kind of ours stays as it is drawn and is told. Rules: [FOR21] [FOR22].
 */
import { feelOfJuel } from './juel.ts';
import { append, childOf, everyTag, freshId, idOf, isA, isNode, remove, type Tag, tag, take } from './tag.ts';
import type { Reason, Report } from './told.ts';

export function turnKinds(root: Tag, report: Report): void {
  for (const node of [...everyTag(root)].filter(isNode)) {
    if (isA(node, 'task', 'manualTask')) become(node, 'userTask', 'user-task', report);
    if (isA(node, 'transaction')) become(node, 'subProcess', 'phase', report);
    if (isA(node, 'subProcess', 'adHocSubProcess') && !node.children.some(isNode))
      become(node, 'userTask', 'user-task', report);
    if (isA(node, 'scriptTask')) leaveScript(node, report);
    if (isA(node, 'callActivity')) called(node, report);
    const reason = refused(node);
    if (reason) report.leave(node, reason);
    if (childOf(node, 'bpmn:standardLoopCharacteristics')) report.leave(node, 'loop');
    event(node, root, report);
  }
}

function become(node: Tag, kind: string, into: 'user-task' | 'phase', report: Report): void {
  report.turned(node, into, '');
  node.name = `bpmn:${kind}`;
}

/** What stays as it is drawn, so that nothing is lost, and is refused when the flow is checked. */
function refused(node: Tag): Reason | undefined {
  if (node.attributes.get('triggeredByEvent') === 'true') return 'event-subprocess';
  if (node.attributes.get('isForCompensation') === 'true') return 'compensation';
  return isA(node, 'complexGateway') ? 'complex-gateway' : isA(node, 'adHocSubProcess') ? 'ad-hoc' : undefined;
}

/** Scripts are never kept, let alone run; `x = a + b` says what it might be. */
function leaveScript(node: Tag, report: Report): void {
  const script = childOf(node, 'bpmn:script');
  const format = take(node, 'scriptFormat') ?? '';
  const value = script?.text ?? '';
  const assigned = /^\s*(?:(?:var|def|let)\s+)?([A-Za-z_]\w*)\s*=\s*([^=;\n][^;\n]*);?\s*$/.exec(value);
  const set = /^\s*execution\.setVariable\(\s*["'](\w+)["']\s*,\s*(.+?)\s*\);?\s*$/.exec(value);
  const [, name, source] = set ?? assigned ?? [];
  const feel = name !== undefined && source !== undefined ? feelOfJuel(source) : undefined;
  const hint = feel === undefined ? '' : `${name}: ${feel}`;
  report.leave(node, 'script', { setting: format === '' ? 'script' : `script ${format}`, value, hint });
  if (script) remove(script);
}

function called(call: Tag, report: Report): void {
  const value = take(call, 'calledElement');
  if (value === undefined) return;
  const key = value.trim();
  if (!/^[A-Za-z_][\w.-]*$/.test(key)) {
    report.leave(call, 'called-to-choose', { setting: 'calledElement', value });
    return;
  }
  const holder = childOf(call, 'bpmn:extensionElements') ?? append(call, tag('bpmn:extensionElements'));
  // the key under which the called flow is imported is known when all flows are (flows.ts)
  append(holder, tag('ganwei:call', { process: key.replace(/\./g, '_') }));
  report.turned(call, 'Call.process', key, { setting: 'calledElement', value });
}

const REFUSED_EVENTS: Readonly<Record<string, Reason>> = {
  'bpmn:conditionalEventDefinition': 'conditional',
  'bpmn:escalationEventDefinition': 'escalation',
  'bpmn:compensateEventDefinition': 'compensation',
  'bpmn:cancelEventDefinition': 'cancel',
};

function event(node: Tag, root: Tag, report: Report): void {
  const definitions = node.children.filter(({ name }) => name.endsWith('EventDefinition'));
  const references = node.children.filter(({ name }) => name === 'bpmn:eventDefinitionRef');
  for (const reference of references) resolved(reference, root, node);
  const [first, ...more] = definitions;
  if (more.length > 0) report.leave(node, 'several-events', { value: definitions.map(({ name }) => name).join(' ') });
  const reason = first && REFUSED_EVENTS[first.name];
  if (reason) refuseEvent(node, first, reason, report);
  if (!first && references.length === 0 && isA(node, 'intermediateCatchEvent')) {
    node.name = 'bpmn:intermediateThrowEvent';
    report.turned(node, 'plain-end', '');
  }
}

/** Nobody is told of what is thrown so: the event stays without it; people begin what began on a condition. Where it is waited for, it stays as it is drawn. */
function refuseEvent(node: Tag, definition: Tag, reason: Reason, report: Report): void {
  const value = definition.children.map(({ text }) => text).join(' ');
  report.leave(node, reason, { setting: definition.name.replace(/^bpmn:/, ''), value });
  definition.children = [];
  const isBegun =
    isA(node, 'startEvent') && reason === 'conditional' && node.parent?.attributes.get('triggeredByEvent') !== 'true';
  if (isBegun || isA(node, 'endEvent', 'intermediateThrowEvent')) remove(definition);
}

/** A definition that stands apart is put into its event. */
function resolved(reference: Tag, root: Tag, node: Tag): void {
  const shared = root.children.find((child) => idOf(child) === reference.text);
  remove(reference);
  if (!shared) return;
  const own = append(node, tag(shared.name, Object.fromEntries(shared.attributes), [...shared.children]));
  own.attributes.set('id', freshId(root, `${idOf(node)}_event`));
}

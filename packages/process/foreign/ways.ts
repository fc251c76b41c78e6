/**
 * Owns the ways between the steps of an imported flow: conditions become FEEL, several lines out of a step get the gateway that they mean, starts and ends
 * that BPMN only implies are drawn, and a branch that is taken otherwise is named so. Rules: [FOR25] [FOR26].
 */
import { compileExpression } from '@ganwei/feel/compile';
import { endAfter, join, type Work } from './events.ts';
import { areOpposite, feelOf, feelOfJuel, isBareName } from './juel.ts';
import {
  append,
  childOf,
  childrenOf,
  everyTag,
  freshId,
  groupedBy,
  idOf,
  isA,
  isGateway,
  isNode,
  isScope,
  remove,
  type Tag,
  tag,
  take,
} from './tag.ts';

export function turnWays(work: Work): void {
  for (const scope of [...everyTag(work.root)].filter(isScope)) {
    dangling(work, scope);
    notes(work, scope);
    for (const flow of childrenOf(scope, 'bpmn:sequenceFlow')) condition(work, flow);
    if (isA(scope, 'adHocSubProcess')) continue;
    ends(work, scope);
    starts(work, scope);
    const out = linesBy(scope, 'sourceRef');
    for (const node of scope.children.filter(isNode)) split(work, scope, node, out(node));
    const ways = linesBy(scope, 'sourceRef');
    for (const node of scope.children.filter(isGateway)) decide(work, node, ways(node));
  }
}

/** The lines out of a step, or into it, as they are now. */
function linesBy(scope: Tag, end: 'sourceRef' | 'targetRef'): (node: Tag) => readonly Tag[] {
  const groups = groupedBy(childrenOf(scope, 'bpmn:sequenceFlow'), end);
  return (node) => groups.get(idOf(node)) ?? [];
}

/** Lines, boundary events and defaults that refer to nothing. */
function dangling({ report }: Work, scope: Tag): void {
  const ids = new Set(scope.children.filter(isNode).map(idOf));
  const has = (of: Tag, name: string): boolean => ids.has(of.attributes.get(name) ?? '');
  for (const flow of childrenOf(scope, 'bpmn:sequenceFlow')) {
    if (has(flow, 'sourceRef') && has(flow, 'targetRef')) continue;
    report.leave(flow, 'dangling', {
      value: `${flow.attributes.get('sourceRef') ?? ''} → ${flow.attributes.get('targetRef') ?? ''}`,
    });
    remove(flow);
  }
  for (const event of childrenOf(scope, 'bpmn:boundaryEvent'))
    if (!has(event, 'attachedToRef'))
      report.leave(event, 'dangling', { setting: 'attachedToRef', value: take(event, 'attachedToRef') ?? '' });
  const lines = new Set(childrenOf(scope, 'bpmn:sequenceFlow').map(idOf));
  for (const node of scope.children.filter(isNode)) {
    const standard = node.attributes.get('default');
    if (standard !== undefined && !lines.has(standard))
      report.leave(node, 'dangling', { setting: 'default', value: take(node, 'default') ?? '' });
  }
}

/** A line to a note leads from something that is there. */
function notes({ report }: Work, scope: Tag): void {
  const ids = new Set(scope.children.filter((one) => isNode(one) || NOTED.includes(one.name)).map(idOf));
  for (const line of childrenOf(scope, 'bpmn:association')) {
    const joins = ['sourceRef', 'targetRef'].map((end) => line.attributes.get(end) ?? '');
    if (joins.every((id) => ids.has(id))) continue;
    report.leave(scope, 'drawing', { setting: 'association', value: joins.join(' → ') });
    remove(line);
  }
}

const NOTED = ['bpmn:textAnnotation', 'bpmn:sequenceFlow'];

// ---- conditions

const conditionOf = (flow: Tag): Tag | undefined => childOf(flow, 'bpmn:conditionExpression');

function condition({ report }: Work, flow: Tag): void {
  const holder = conditionOf(flow);
  if (!holder) return;
  const value = holder.text;
  const language = take(holder, 'language') ?? '';
  const said = { setting: language === '' ? 'conditionExpression' : `conditionExpression ${language}`, value };
  const feel = feelOfCondition(value);
  holder.attributes.clear();
  holder.attributes.set('xsi:type', 'bpmn:tFormalExpression');
  if (value === '') remove(holder);
  else if (feel === undefined) report.leave(flow, 'expression', said);
  else if (feel !== value) {
    holder.text = feel;
    report.turned(flow, 'condition', feel, said);
  }
}

/** A condition without braces that is FEEL is FEEL. */
function feelOfCondition(value: string): string | undefined {
  if (/^([$#]\{|=)/.test(value)) return feelOf(value);
  try {
    compileExpression(value, { mode: 'strict' });
    return value;
  } catch {
    return isBareName(value) ? undefined : feelOfJuel(value);
  }
}

// ---- starts and ends

const isAside = (node: Tag): boolean =>
  node.attributes.get('triggeredByEvent') === 'true' || node.attributes.get('isForCompensation') === 'true';

/** What nothing leads out of ends there. */
function ends(work: Work, scope: Tag): void {
  const out = linesBy(scope, 'sourceRef');
  for (const node of scope.children.filter(isNode)) {
    if (isA(node, 'endEvent') || isAside(node) || out(node).length > 0) continue;
    if (childOf(node, 'bpmn:compensateEventDefinition')) continue;
    work.report.turned(node, 'end-added', '');
    endAfter(work, node);
  }
}

/** What nothing leads to begins by itself: an event that is waited for as a start of the flow, everything else with the start, all of it at once. */
function starts(work: Work, scope: Tag): void {
  const into = linesBy(scope, 'targetRef');
  for (const event of scope.children.filter((one) => isA(scope, 'process') && isA(one, 'intermediateCatchEvent')))
    if (into(event).length === 0) begin(work, event);
  const nodes = scope.children.filter(isNode);
  const known = nodes.filter((node) => isA(node, 'startEvent'));
  if (nodes.length === 0 || known.length > 1) return;
  const first = nodes.filter((node) => !isA(node, 'boundaryEvent') && !isAside(node) && into(node).length === 0);
  const [only] = first.filter((node) => !known.includes(node));
  if (!only) return;
  const start = known[0] ?? append(scope, tag('bpmn:startEvent', { id: freshId(work.root, `${idOf(scope)}_start`) }));
  if (known.length === 0) work.drawing.beside(start, only, -50);
  work.report.turned(only, 'start-added', idOf(start));
  for (const node of first) if (node !== start) join(work, scope, start, node);
}

function begin({ report }: Work, event: Tag): void {
  event.name = 'bpmn:startEvent';
  // people begin what began on a condition (kinds.ts has told it)
  event.children = event.children.filter(({ name }) => name !== 'bpmn:conditionalEventDefinition');
  const holder = childOf(event, 'bpmn:extensionElements');
  if (holder) holder.children = holder.children.filter(({ name }) => name !== 'ganwei:message');
  report.turned(event, 'start-added', idOf(event));
}

// ---- gateways

/** Several lines out of a step: all that have no condition, and those whose condition holds. */
function split(work: Work, scope: Tag, node: Tag, flows: readonly Tag[]): void {
  if (isGateway(node)) return;
  if (flows.length === 1) {
    lone(work, flows[0] as Tag, node);
    return;
  }
  if (flows.length < 2) return;
  const isChoice = flows.some(conditionOf);
  const id = freshId(work.root, `${idOf(node)}_split`);
  const gateway = append(scope, tag(isChoice ? 'bpmn:inclusiveGateway' : 'bpmn:parallelGateway', { id }));
  work.drawing.beside(gateway, node, 30);
  const standard = take(node, 'default');
  if (standard !== undefined && isChoice) gateway.attributes.set('default', standard);
  for (const flow of flows) {
    flow.attributes.set('sourceRef', id);
    if (isChoice && !conditionOf(flow) && idOf(flow) !== standard && standard !== undefined) always(work, flow);
    work.drawing.connect(flow, id, flow.attributes.get('targetRef') ?? '');
  }
  join(work, scope, node, gateway);
  work.report.turned(node, 'gateway-added', id, { value: String(flows.length) });
}

/** Beside branches with conditions one without is always taken. */
function always({ report }: Work, flow: Tag): void {
  const holder = append(flow, tag('bpmn:conditionExpression', { 'xsi:type': 'bpmn:tFormalExpression' }));
  holder.text = 'true';
  report.turned(flow, 'condition', 'true');
}

/** A condition where there is nothing to choose. */
function lone({ report }: Work, flow: Tag, source: Tag): void {
  const holder = conditionOf(flow);
  take(source, 'default');
  if (!holder) return;
  report.leave(flow, 'lone-condition', { setting: 'conditionExpression', value: holder.text });
  remove(holder);
}

function decide(work: Work, gateway: Tag, flows: readonly Tag[]): void {
  if (isA(gateway, 'complexGateway')) return;
  if (!isA(gateway, 'exclusiveGateway', 'inclusiveGateway') || flows.length < 2) {
    for (const flow of flows) lone(work, flow, gateway);
    return;
  }
  const standard =
    flows.find((flow) => idOf(flow) === gateway.attributes.get('default')) ?? otherwise(work, gateway, flows);
  if (standard) gateway.attributes.set('default', idOf(standard));
  if (standard) lone(work, standard, tag(''));
  if (!standard) work.report.leave(gateway, 'no-default');
  for (const flow of flows)
    if (flow !== standard && !conditionOf(flow))
      work.report.leave(flow, 'no-condition', { value: flow.attributes.get('name') ?? '' });
}

/** The branch without a condition, where all others have one; of two that exclude each other, the second. */
function otherwise({ report }: Work, gateway: Tag, flows: readonly Tag[]): Tag | undefined {
  const bare = flows.filter((flow) => !conditionOf(flow));
  const [first, second, more] = flows;
  const said = (flow: Tag): string => conditionOf(flow)?.text ?? '';
  const pair = bare.length === 0 && !more && first && second && areOpposite(said(first), said(second));
  const found = pair ? second : bare.length === 1 ? bare[0] : undefined;
  if (found) report.turned(gateway, 'default-branch', idOf(found), { value: said(found) });
  if (found && pair) remove(conditionOf(found) as Tag);
  return found;
}

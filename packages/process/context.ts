/**
 * Owns the only thing of a process the engine ever sees: nodes, flows and scopes, written afresh from the ProcessModel.
 * Names, settings, layout and every other attribute of the XML stay behind, so nothing an author writes can change how
 * the engine behaves. Conditions appear as `?<flow id>`: their FEEL text never enters the engine either.
 */
import type { ProcessFlow, ProcessModel, ProcessNode } from './model.ts';

/** Prefix that marks a condition within the engine; what follows is the id of the flow. */
export const CONDITION = '?';

const DEFINITION = { id: 'definition~', type: 'bpmn:Definitions' };

interface Entry {
  id: string;
  type: string;
  parent?: { id: string; type: string };
  behaviour: Record<string, unknown>;
}

/** The serialized context (moddle-context-serializer's shape) of one process: canonical JSON text. */
export function engineContext(model: ProcessModel): string {
  const process = { id: model.id, type: 'bpmn:Process', parent: DEFINITION, behaviour: { isExecutable: true } };
  const scope = (id: string | undefined): Entry['parent'] =>
    id === undefined ? { id: model.id, type: 'bpmn:Process' } : { id, type: 'bpmn:SubProcess' };
  const codes = caughtCodes(model);
  const activities: Entry[] = [];
  for (const node of model.nodes.values())
    activities.push({ id: node.id, type: node.type, parent: scope(node.parent), behaviour: behaviourOf(node, codes) });
  codes.forEach((code, index) => {
    activities.push({ id: errorId(index), type: 'bpmn:Error', parent: DEFINITION, behaviour: { errorCode: code } });
  });
  const sequenceFlows = [...model.flows.values()].map((flow) => ({
    ...flowEntry(flow),
    parent: scope(model.nodes.get(flow.source)?.parent),
  }));
  const none = { associations: [], dataObjects: [], dataStores: [], messageFlows: [], participants: [], scripts: [] };
  return JSON.stringify({
    definition: DEFINITION,
    processes: [process],
    activities,
    sequenceFlows,
    ...none,
    timers: [],
  });
}

/** Every error code the process names, in a stable order; the empty code ("any error") is not among them. */
export function caughtCodes(model: ProcessModel): string[] {
  const codes = new Set<string>();
  for (const node of model.nodes.values()) if (node.errorCode) codes.add(node.errorCode);
  return [...codes].sort();
}

const errorId = (index: number): string => `error~${index}`;

function flowEntry(flow: ProcessFlow): Record<string, unknown> {
  const conditionExpression = { type: 'bpmn:FormalExpression', body: CONDITION + flow.id };
  const conditional = flow.condition !== undefined && !flow.isDefault;
  return {
    id: flow.id,
    type: 'bpmn:SequenceFlow',
    sourceId: flow.source,
    targetId: flow.target,
    ...(flow.isDefault && { isDefault: true }),
    behaviour: conditional ? { conditionExpression } : {},
  };
}

function behaviourOf(node: ProcessNode, codes: readonly string[]): Record<string, unknown> {
  const eventDefinitions = definitionsOf(node, codes);
  return {
    ...(node.attachedTo !== undefined && {
      attachedTo: { id: node.attachedTo },
      cancelActivity: node.interrupting !== false,
    }),
    ...(eventDefinitions.length > 0 && { eventDefinitions }),
  };
}

/** Start events have none: whoever starts a case says at which event, and that event simply begins. */
function definitionsOf(node: ProcessNode, codes: readonly string[]): Record<string, unknown>[] {
  if (node.kind === 'start') return [];
  if (node.end?.terminate) return [{ type: 'bpmn:TerminateEventDefinition', behaviour: {} }];
  if (node.errorCode !== undefined) {
    const errorRef = { id: errorId(codes.indexOf(node.errorCode)), type: 'bpmn:Error' };
    return [{ type: 'bpmn:ErrorEventDefinition', behaviour: node.errorCode === '' ? {} : { errorRef } }];
  }
  if (node.timer) return [{ type: 'bpmn:TimerEventDefinition', behaviour: { repeat: node.timer.repeat } }];
  if (node.kind === 'message' && node.type !== 'bpmn:ReceiveTask')
    return [{ type: 'bpmn:MessageEventDefinition', behaviour: {} }];
  return [];
}

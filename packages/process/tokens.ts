/**
 * Owns where the tokens are in a live engine, and the opening of inclusive joins, which the library does not know: such a
 * join waits while a token can still arrive. Reads the library's internals by `Symbol.for`: valid for bpmn-elements 17.3.0
 * only, held by the random test of this room.
 */
import type { Activity, Definition } from 'bpmn-elements';

export interface TokenMessage {
  content: {
    id: string;
    executionId: string;
    sequenceId?: string;
    isSequenceFlow?: boolean;
    targetId?: string;
    attachedTo?: string;
  };
  ack(): void;
}

/** What a running scope (the process or an embedded sub-process) holds. */
export interface ScopeElements {
  /** one message per token: an activity that is at work, or a flow taken whose join has not opened yet */
  postponed: Set<TokenMessage>;
  children: Activity[];
  flows: { id: string; sourceId: string; targetId: string; take(content: object): boolean }[];
}

export interface Scope {
  id: string;
  executionId: string;
  completed: boolean;
  getActivityById(id: string): Activity | undefined;
  getApi(message: TokenMessage): {
    discard(): void;
    signal(): void;
    sendApiMessage(type: string, content?: object): void;
  };
}

interface JoinFlows {
  inboundJoinFlows?: Set<TokenMessage>;
  inboundSourceIds?: Set<string>;
}

const kFlows = Symbol.for('flows');
const kElements = Symbol.for('elements');

export const elementsOf = (scope: Scope): ScopeElements =>
  (scope as unknown as Record<symbol, ScopeElements>)[kElements] as ScopeElements;

/** Every live scope, outer before inner. */
export function scopesOf(definition: Definition): Scope[] {
  const found: Scope[] = [];
  const visit = (scope: Scope): void => {
    found.push(scope);
    for (const child of elementsOf(scope).children) {
      if (!child.isSubProcess || !child.isRunning) continue;
      const source = child.execution?.source as unknown as { executions?: Scope[] } | undefined;
      for (const inner of source?.executions ?? []) if (!inner.completed) visit(inner);
    }
  };
  for (const process of definition.getProcesses()) {
    const execution = process.execution as unknown as Scope | undefined;
    if (execution && !execution.completed) visit(execution);
  }
  return found;
}

/** Tokens that have arrived at a join which has not opened. */
export const arrivedAt = (join: Activity): Set<TokenMessage> | undefined => joinFlows(join).inboundJoinFlows;

/** Opens every inclusive join at which no further token can arrive. Called after each thing done to the engine. */
export function settle(definition: Definition): void {
  while (scopesOf(definition).some(openOneJoin));
}

function openOneJoin(scope: Scope): boolean {
  const elements = elementsOf(scope);
  for (const join of elements.children) {
    const arrived = join.type === 'bpmn:InclusiveGateway' ? arrivedAt(join) : undefined;
    if (!arrived?.size || mayStillArrive(elements, join, arrived)) continue;
    const inbound = [...arrived].map((message) => ({ ...message.content }));
    for (const message of arrived) message.ack();
    arrived.clear();
    join.broker.cancel('_run-on-inbound');
    join.run({ inbound });
    return true;
  }
  return false;
}

/**
 * BPMN 2.0 §13.4.3: the join waits for a token that can reach an empty inbound flow without passing the join, unless the
 * same token can also reach a flow on which one has arrived (then it belongs to another round).
 */
function mayStillArrive(elements: ScopeElements, join: Activity, arrived: ReadonlySet<TokenMessage>): boolean {
  const here = new Set([...arrived].map((message) => message.content.id));
  for (const { content } of elements.postponed) {
    if (here.has(content.id) || content.id === join.id) continue;
    const at = content.isSequenceFlow ? String(content.targetId) : (content.attachedTo ?? content.id);
    const reached = reachedFlows(elements, join, at);
    if (reached.length > 0 && !reached.some((id) => here.has(id))) return true;
  }
  return false;
}

/** Inbound flows of the join that a token at the node can reach without passing the join. */
function reachedFlows(elements: ScopeElements, join: Activity, from: string): string[] {
  const found: string[] = [];
  const seen = new Set<string>([join.id]);
  const todo = [from];
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    for (const child of elements.children) if (child.attachedTo?.id === id) todo.push(child.id);
    for (const flow of elements.flows) {
      if (flow.sourceId !== id) continue;
      if (flow.targetId === join.id) found.push(flow.id);
      else todo.push(flow.targetId);
    }
  }
  return found;
}

export const joinFlows = (activity: Activity): JoinFlows =>
  (activity as unknown as Record<symbol, JoinFlows>)[kFlows] as JoinFlows;

/**
 * Owns the corrections to the engine's meaning of BPMN, handed to it through its public `elements` option:
 *  - a flow not taken is simply not taken (no dead-path tokens), so loops inside a parallel branch never open a join early;
 *  - an inclusive gateway with several inbound flows is a real join: it waits while a token can still arrive (`settle`);
 *  - an error end event raises an error that a boundary event of its sub-process catches;
 *  - everything that does not happen by itself is a wait: tasks, calls, messages and timers go on only when told, and
 *    no timer ever looks at a clock; of several start events only the chosen one begins.
 * Touches internals by `Symbol.for`: valid for bpmn-elements 17.3.0 only, held by the random test of this room.
 */
import {
  Activity,
  ActivityError,
  type ContextInstance,
  type Definition,
  type ElementBrokerMessage,
  ErrorEventDefinition,
  type EventDefinition,
  SequenceFlow,
  SignalTask,
  StartEvent,
} from 'bpmn-elements';
import type { SerializableElement } from 'moddle-context-serializer';

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
  flows: Flow[];
}

interface Flow {
  id: string;
  sourceId: string;
  targetId: string;
  discard(): void;
}

export interface Scope {
  id: string;
  executionId: string;
  completed: boolean;
  getActivityById(id: string): Activity | undefined;
  getApi(message: TokenMessage): { discard(): void; signal(): void; sendApiMessage(type: string, content?: object): void };
}

/** What the replacements read from the engine's `settings`. */
export interface TokenSettings {
  startEvent: string;
  entries: Map<string, string>;
}

interface JoinFlows {
  inboundJoinFlows?: Set<TokenMessage>;
  inboundSourceIds?: Set<string>;
}

const kFlows = Symbol.for('flows');
const kElements = Symbol.for('elements');

/** Replacements by BPMN type name, for `new Engine({ elements })` and TypeResolver. */
export const tokenElements = {
  SequenceFlow: TokenFlow,
  InclusiveGateway: InclusiveJoin,
  ErrorEventDefinition: RaisedError,
  StartEvent: ChosenStart,
  UserTask: Wait,
  ServiceTask: Wait,
  SendTask: Wait,
  BusinessRuleTask: Wait,
  CallActivity: Wait,
  ReceiveTask: Wait,
  TimerEventDefinition: WaitEvent,
  MessageEventDefinition: WaitEvent,
};

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
    const arrived = inclusive.has(join) ? arrivedAt(join) : undefined;
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

const joinFlows = (activity: Activity): JoinFlows =>
  (activity as unknown as Record<symbol, JoinFlows>)[kFlows] as JoinFlows;

const inclusive = new WeakSet<Activity>();
const NEVER = 'never~';

type Behaviour = new (
  activity: Activity,
  context: ContextInstance,
) => { execute(message: ElementBrokerMessage): void };

/** The library's type declarations call these instances where it exports constructors. */
const activityOf = (behaviour: Behaviour, definition: SerializableElement, context: ContextInstance): Activity =>
  new Activity(behaviour as unknown as ConstructorParameters<typeof Activity>[0], definition, context);
const LibraryFlow = SequenceFlow as unknown as new (definition: SerializableElement, context: ContextInstance) => Flow;
const LibraryError = ErrorEventDefinition as unknown as new (
  ...from: [Activity, SerializableElement, ContextInstance, number]
) => EventDefinition;

function TokenFlow(definition: SerializableElement, context: ContextInstance): Flow {
  const flow = new LibraryFlow(definition, context);
  flow.discard = () => {};
  return flow;
}

class PassOn {
  readonly #activity: Activity;
  constructor(activity: Activity) {
    this.#activity = activity;
  }
  execute({ content }: ElementBrokerMessage): void {
    this.#activity.broker.publish('execution', 'execute.completed', { ...content });
  }
}

/** A join that the engine itself never opens (it waits for a source that does not exist); `settle` does. */
function InclusiveJoin(definition: SerializableElement, context: ContextInstance): Activity {
  const gateway = activityOf(PassOn, { ...definition, isParallelGateway: true }, context);
  const flows = joinFlows(gateway);
  if (flows.inboundJoinFlows) {
    flows.inboundSourceIds?.add(NEVER);
    inclusive.add(gateway);
  }
  return gateway;
}

function RaisedError(activity: Activity, definition: SerializableElement, context: ContextInstance, index: number) {
  const original = new LibraryError(activity, definition, context, index);
  if (!activity.isThrowing) return original;
  const reference = definition.behaviour.errorRef as { id: string } | undefined;
  const declared = reference && (context.getActivityById(reference.id) as { errorCode?: string } | null);
  original.execute = (message: ElementBrokerMessage) => {
    const raised = Object.assign(new Error('error end event'), { code: declared?.errorCode });
    const error = new ActivityError(raised.message, message as ConstructorParameters<typeof ActivityError>[1], raised);
    activity.broker.publish('execution', 'execute.error', { ...message.content, error });
  };
  return original;
}

/**
 * Start events at the top begin only when chosen. A sub-process has one, which begins unless a jump has said at which
 * node of the sub-process (`entries`: sub-process id -> node id) its token shall appear instead.
 */
function ChosenStart(definition: SerializableElement, context: ContextInstance): Activity {
  const start = StartEvent(definition, context);
  const { startEvent, entries } = context.environment.settings as unknown as TokenSettings;
  const scope = String(definition.parent?.id);
  const run = start.run.bind(start);
  start.run = (content) => {
    if (definition.parent?.type === 'bpmn:Process') {
      if (definition.id === startEvent) run(content);
      return;
    }
    const entry = entries.get(scope);
    if (entry === undefined) return run(content);
    entries.delete(scope);
    context.getActivityById<Activity>(entry).run({ inbound: [] });
  };
  return start;
}

/** Several people on one task live outside the engine: it sees a single wait. */
function Wait(definition: SerializableElement, context: ContextInstance): Activity {
  return SignalTask(definition, context);
}

/** The one event definition behind timers and messages: completes on `signal`, restarts while repeats are left. */
function WaitEvent(activity: Activity, definition: SerializableElement) {
  const broker = activity.broker;
  const own = Number(definition.behaviour.repeat ?? 0);
  const execute = ({ content }: ElementBrokerMessage): void => {
    const left = Number(content.inbound?.[0]?.repeat ?? own);
    const tags = [content.executionId, content.parent?.executionId].map((id) => ({ id, tag: `_wait-${id}` }));
    const finish = (key: string, more?: object): void => {
      broker.publish('execution', key, { ...content, ...more });
    };
    const onApi = (_key: string, message: { properties: unknown }): void => {
      const told = String((message.properties as { type?: string }).type);
      if (!['signal', 'discard', 'stop'].includes(told)) return;
      for (const { tag } of tags) broker.cancel(tag);
      if (told === 'discard') finish('execute.discard');
      if (told !== 'signal') return;
      if (left !== 0) finish('execute.repeat', { repeat: left > 0 ? left - 1 : left });
      finish('execute.completed');
    };
    for (const { id, tag } of tags)
      broker.subscribeTmp('api', `activity.#.${id}`, onApi, { noAck: true, consumerTag: tag, priority: 400 });
  };
  return { id: activity.id, type: definition.type, activity, broker, execute };
}

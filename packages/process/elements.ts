/**
 * Owns what stands in for the library's elements, handed to the engine through its public `elements` option:
 *  - a flow not taken is simply not taken (no dead-path tokens), so loops inside a parallel branch never open a join early;
 *  - an inclusive gateway with several inbound flows waits until tokens.ts opens it;
 *  - an error end event raises an error that a boundary event of its sub-process catches;
 *  - everything that does not happen by itself is a wait: tasks, calls, messages and timers go on only when told, and
 *    no timer ever looks at a clock; of several start events only the chosen one begins.
 */
import {
  Activity,
  ActivityError,
  type ContextInstance,
  type ElementBrokerMessage,
  ErrorEventDefinition,
  type EventDefinition,
  SignalTask,
  StartEvent,
} from 'bpmn-elements';
import type { SerializableElement } from 'moddle-context-serializer';
import { joinFlows } from './tokens.ts';

/** What the replacements read from the engine's `settings`. */
export interface TokenSettings {
  startEvent: string;
  entries: Map<string, string>;
}

type Listener = (key: string, message: { fields: object; content: object; properties: object }) => void;

/**
 * A sequence flow reduced to what tokens need: no message broker of its own, which would be most of its cost, only
 * listeners in the order of their priority. Nothing stays in it, so it has no state.
 */
class TokenFlow {
  readonly id: string;
  readonly type = 'bpmn:SequenceFlow';
  readonly isSequenceFlow = true;
  readonly sourceId: string;
  readonly targetId: string;
  readonly isDefault: boolean;
  readonly broker: { subscribeTmp: TokenFlow['subscribe']; cancel(tag: string): void };
  readonly #parent: object;
  readonly #condition: string | undefined;
  readonly #context: ContextInstance;
  #listeners: { tag: string; priority: number; listener: Listener }[] = [];

  constructor(definition: SerializableElement, context: ContextInstance) {
    this.id = String(definition.id);
    this.sourceId = definition.sourceId;
    this.targetId = definition.targetId;
    this.isDefault = definition.isDefault === true;
    this.#parent = definition.parent ?? {};
    this.#condition = definition.behaviour.conditionExpression?.body;
    this.#context = context;
    this.broker = {
      subscribeTmp: this.subscribe.bind(this),
      cancel: (gone) => {
        this.#listeners = this.#listeners.filter(({ tag }) => tag !== gone);
      },
    };
  }

  subscribe(_exchange: string, _pattern: string, listener: Listener, how: { consumerTag: string; priority?: number }) {
    this.#listeners = [...this.#listeners, { tag: how.consumerTag, priority: how.priority ?? 0, listener }];
    this.#listeners.sort((a, b) => b.priority - a.priority);
  }

  take(given: object): boolean {
    const { id, type, sourceId, targetId, isSequenceFlow, isDefault } = this;
    const own = { id, type, sourceId, targetId, isSequenceFlow, isDefault, parent: { ...this.#parent } };
    const message = {
      fields: { routingKey: 'flow.take', exchange: 'event' },
      content: { action: 'take', ...given, ...own },
      properties: { type: 'take' },
    };
    for (const { listener } of this.#listeners) listener('flow.take', message);
    return true;
  }

  evaluate(message: ElementBrokerMessage, done: (error: unknown, result?: unknown) => void): void {
    let result: unknown = true;
    let failure: unknown = null;
    try {
      const asked = !this.isDefault && this.#condition !== undefined;
      if (asked) result = this.#context.environment.resolveExpression(this.#condition ?? '', message);
    } catch (error) {
      failure = error;
    }
    done(failure, result);
  }

  getApi({ content }: { content: object }): object {
    return { id: this.id, content, owner: this, discard: () => {}, stop: () => {}, sendApiMessage: () => {} };
  }

  discard(): void {}
  stop(): void {}
  shake(): void {}
  getState(): undefined {
    return undefined;
  }
}

type Behaviour = new (activity: Activity, context: ContextInstance) => { execute(message: ElementBrokerMessage): void };

/** The library's type declarations call these instances where it exports constructors. */
const activityOf = (behaviour: Behaviour, definition: SerializableElement, context: ContextInstance): Activity =>
  new Activity(behaviour as unknown as ConstructorParameters<typeof Activity>[0], definition, context);
const LibraryError = ErrorEventDefinition as unknown as new (
  ...from: [Activity, SerializableElement, ContextInstance, number]
) => EventDefinition;

class PassOn {
  readonly #activity: Activity;
  constructor(activity: Activity) {
    this.#activity = activity;
  }
  execute({ content }: ElementBrokerMessage): void {
    this.#activity.broker.publish('execution', 'execute.completed', { ...content });
  }
}

const NEVER = 'never~';

/** A join that the engine itself never opens (it waits for a source that does not exist); `settle` does. */
function InclusiveJoin(definition: SerializableElement, context: ContextInstance): Activity {
  const gateway = activityOf(PassOn, { ...definition, isParallelGateway: true }, context);
  joinFlows(gateway).inboundSourceIds?.add(NEVER);
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

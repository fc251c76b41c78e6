/**
 * Owns the conversation with bpmn-engine: opens a throw-away engine at the start or at a stored marking, does one thing
 * to it and reads off what came of it. No other file of the house imports the engine. Synchronous once opened.
 * Must never see a variable, a clock or a person: it asks `decide` about conditions and reports nodes that wait.
 */
import type { Definition } from 'bpmn-elements';
import * as bpmn from 'bpmn-elements';
import { Engine } from 'bpmn-engine';
import { deserialize, type SerializableContext, TypeResolver } from 'moddle-context-serializer';
import { CONDITION } from './context.ts';
import { tokenElements } from './elements.ts';
import { NoWay, Uncaught } from './faults.ts';
import type { CompiledProcess } from './run.ts';
import { elementsOf, type Scope, scopesOf, settle, type TokenMessage } from './tokens.ts';

/** One token of the live engine. */
export interface Token {
  scope: Scope;
  message: TokenMessage;
  /** id of the activity at work, or of the flow whose join has not opened */
  id: string;
  api(): ReturnType<Scope['getApi']>;
}

/** What the engine reported since it was opened or recovered, in order. */
export interface Trace {
  events: { what: 'taken' | 'entered' | 'ended'; id: string }[];
  failure: Error | undefined;
}

export interface Live {
  definition: Definition;
  trace: Trace;
  /** sub-process id -> node at which its token shall appear when it begins; used up by the beginning */
  entries: Map<string, string>;
}

const resolver = TypeResolver({ ...bpmn, ...tokenElements });
const SETTINGS = { disableTrackState: true, batchSize: 1000 };
const silent = { debug: () => {}, warn: () => {}, error: () => {} };
const noTimers = { register: () => noTimers, setTimeout: forbidden, clearTimeout: () => {} };
const noScripts = { register: () => undefined, getScript: () => undefined };

const contexts = new WeakMap<CompiledProcess, SerializableContext>();

/** The context of a process, read once; all its engines share it. */
export function contextOf(process: CompiledProcess): SerializableContext {
  const known = contexts.get(process) ?? deserialize(JSON.parse(process.context), resolver);
  contexts.set(process, known);
  return known;
}

/** Starts at `startEvent`. */
export async function start(
  context: SerializableContext,
  startEvent: string,
  decide: (flow: string) => boolean,
): Promise<Live> {
  const live = await open(context, decide, startEvent);
  act(live, () => live.definition.run());
  return live;
}

/** Recovers the marking and forgets what was reported meanwhile, unless it is to be told. `before`: done ere joins open. */
export async function recover(
  context: SerializableContext,
  marking: string,
  decide: (flow: string) => boolean,
  meanwhile: 'forget' | 'tell' = 'forget',
  before: (live: Live) => void = () => {},
): Promise<Live> {
  const live = await open(context, decide);
  act(live, () => {
    live.definition.recover(JSON.parse(marking));
    live.definition.resume();
    before(live);
  });
  if (meanwhile === 'forget') live.trace.events = [];
  return live;
}

/** Does one thing to the engine, lets joins open, and throws what went wrong within. */
export function act(live: Live, deed: () => void): void {
  let thrown: unknown;
  try {
    deed();
    settle(live.definition);
  } catch (error) {
    thrown = error;
  }
  if (live.trace.failure) throw live.trace.failure;
  if (thrown) throw thrown;
}

/** Everything that holds a token, outer scopes first. */
export function tokensOf(definition: Definition): Token[] {
  return scopesOf(definition).flatMap((scope) =>
    [...elementsOf(scope).postponed].map((message) => ({
      scope,
      message,
      id: message.content.id,
      api: () => scope.getApi(message),
    })),
  );
}

async function open(context: SerializableContext, decide: (flow: string) => boolean, startEvent = ''): Promise<Live> {
  const trace: Trace = { events: [], failure: undefined };
  const entries = new Map<string, string>();
  const engine = new Engine({
    name: 'process',
    Logger: () => silent,
    sourceContext: context,
    elements: tokenElements,
    settings: { ...SETTINGS, startEvent, entries },
    timers: noTimers,
    scripts: noScripts as unknown as NonNullable<ConstructorParameters<typeof Engine>[0]>['scripts'],
    expressions: { resolveExpression: (text: string) => condition(text, decide, trace) },
  });
  const [definition] = await engine.getDefinitions();
  if (!definition) throw new Error('the context holds no definition');
  definition.broker.subscribeTmp('event', '#', (key, message) => report(trace, key, message.content), { noAck: true });
  return { definition, trace, entries };
}

function condition(text: string, decide: (flow: string) => boolean, trace: Trace): unknown {
  if (!text.startsWith(CONDITION)) return text;
  if (trace.failure) return false;
  try {
    return decide(text.slice(CONDITION.length));
  } catch (error) {
    trace.failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  }
}

interface Reported {
  id: string;
  error?: { message?: string; code?: string; source?: { content?: { id?: string } } };
}

const EVENTS: Record<string, Trace['events'][number]['what']> = {
  'flow.take': 'taken',
  'activity.enter': 'entered',
  'activity.end': 'ended',
};

function report(trace: Trace, key: string, { id, error }: Reported): void {
  const what = EVENTS[key];
  if (what) trace.events.push({ what, id });
  else if (key === 'activity.error' && error?.message?.endsWith('no conditional flow taken'))
    trace.failure ??= new NoWay(id);
  else if (key === 'definition.error')
    trace.failure ??= new Uncaught(error?.source?.content?.id ?? id, String(error?.code ?? ''));
}

function forbidden(): never {
  throw new Error('the engine may not set timers');
}

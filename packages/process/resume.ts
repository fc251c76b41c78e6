/**
 * Owns taking up a marking in another version of its process: tokens that waited at a join and need not wait there go on, and branches that this
 * version puts beside a waiting step begin. Which tokens go on follows from the marking and the new version alone; inclusive joins the engine opens by
 * itself (tokens.ts). Must never move a token that waits for a person, a time or a message.
 */
import { act, type contextOf, type Live, recover, tokensOf } from './engine.ts';
import type { ProcessFlow, ProcessModel } from './model.ts';
import { elementsOf, scopesOf } from './tokens.ts';

/** A token that has come over a flow and waits where the flow leads. */
export interface Arrived {
  readonly flow: string;
  /** the engine's name of the token */
  readonly sequence: string;
}

interface Stored {
  content?: { id?: string; sequenceId?: string; isSequenceFlow?: boolean };
}
type Json = null | boolean | number | string | Json[] | { [name: string]: Json | undefined };

/** Tokens that wait at joins, as the marking's text has them. */
export function arrivedIn(text: string): Arrived[] {
  const found: Arrived[] = [];
  withInbound(JSON.parse(text) as Json, (messages) => {
    for (const { content } of messages)
      if (content?.isSequenceFlow && content.id && content.sequenceId)
        found.push({ flow: content.id, sequence: content.sequenceId });
    return messages;
  });
  return found;
}

/** Nodes of the version, each with the tokens that go on there together; a parallel join must have one from every flow that leads to it. */
export function goingOn(model: ProcessModel, arrived: readonly Arrived[]): { node: string; tokens: Arrived[] }[] {
  const groups = new Map<string, Arrived[]>();
  for (const token of arrived) {
    const target = model.flows.get(token.flow)?.target;
    if (target !== undefined) groups.set(target, [...(groups.get(target) ?? []), token]);
  }
  return [...groups].flatMap(([node, tokens]) => {
    const inbound = joinedFlows(model, node);
    if (inbound.length === 0) return tokens.map((token) => ({ node, tokens: [token] }));
    const complete = inbound.every(({ id }) => tokens.some(({ flow }) => flow === id));
    return complete && model.nodes.get(node)?.type === 'bpmn:ParallelGateway' ? [{ node, tokens }] : [];
  });
}

/** The flows for which a node waits; none, if whatever comes goes on. */
export function joinedFlows({ nodes, flows }: ProcessModel, node: string): ProcessFlow[] {
  const type = nodes.get(node)?.type ?? '';
  const inbound = [...flows.values()].filter(({ target }) => target === node);
  return ['bpmn:ParallelGateway', 'bpmn:InclusiveGateway'].includes(type) && inbound.length > 1 ? inbound : [];
}

/** The marking in this version, with what goes on gone on and these branches (flows) begun, those with a condition if it holds; the trace tells where. */
export async function resume(
  model: ProcessModel,
  context: ReturnType<typeof contextOf>,
  text: string,
  decide: (flow: string) => boolean,
  branches: readonly string[] = [],
): Promise<Live> {
  const going = goingOn(model, arrivedIn(text));
  const taken = new Set(going.flatMap(({ tokens }) => tokens.map(({ sequence }) => sequence)));
  const marking = withInbound(JSON.parse(text) as Json, (messages) =>
    messages.filter(({ content }) => !taken.has(content?.sequenceId ?? '')),
  );
  const begun = branches.filter((id) => model.flows.get(id)?.condition === undefined || decide(id));
  const begin = ({ definition }: Live): void => {
    for (const [nth, id] of begun.entries()) takeFlow(definition, id, nth);
  };
  const live = await recover(context, JSON.stringify(marking), decide, 'tell', begin);
  for (const { node, tokens } of going) act(live, () => letThrough(live, node, tokens));
  return live;
}

/** A token appears on the flow, under a name that no other has. */
function takeFlow(definition: Live['definition'], id: string, nth: number): void {
  const flow = scopesOf(definition).flatMap((scope) => elementsOf(scope).flows.filter((one) => one.id === id))[0];
  if (!flow) throw new Error(`no scope is running for ${id}`);
  flow.take({ sequenceId: `${id}_take_ba${String(nth).padStart(5, '0')}` });
}

/** The node first, so that no scope ends for want of tokens; then what waited for it is gone. */
function letThrough({ definition }: Live, node: string, arrived: readonly Arrived[]): void {
  const sequences = new Set(arrived.map(({ sequence }) => sequence));
  const waiting = tokensOf(definition).filter(({ message }) => sequences.has(message.content.sequenceId ?? ''));
  waiting[0]?.scope.getActivityById(node)?.run({ inbound: [] });
  for (const { scope, message } of waiting) {
    elementsOf(scope).postponed.delete(message);
    message.ack();
  }
}

/** The value with the messages of every queue before a node replaced. */
function withInbound(value: Json, replace: (messages: readonly Stored[]) => readonly Stored[]): Json {
  if (Array.isArray(value)) return value.map((one) => withInbound(one, replace));
  if (value === null || typeof value !== 'object') return value;
  const copy: { [name: string]: Json | undefined } = {};
  for (const [name, inner] of Object.entries(value)) copy[name] = inner && withInbound(inner, replace);
  if (value.name === 'inbound-q' && Array.isArray(value.messages))
    copy.messages = replace(value.messages as Stored[]) as unknown as Json;
  return copy;
}

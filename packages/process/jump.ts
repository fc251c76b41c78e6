/**
 * Owns the jump: some tokens are withdrawn and one appears at a named node, which no sequence flow would allow. Returns,
 * rework and repairs by an administrator are jumps. Works on a live engine, across sub-process borders in both directions.
 * Tokens already at a join stay while the join can still open, and go when the new token would bring them again.
 */
import { act, type Live, type Token, tokensOf } from './engine.ts';
import type { ProcessModel, ProcessNode } from './model.ts';
import { flowsInto } from './paths.ts';
import { arrivedAt, elementsOf, type Scope, type TokenMessage } from './tokens.ts';

/** Puts a token at node `to` and withdraws what waits in the slots `cancel`. */
export function jump(live: Live, model: ProcessModel, to: string, cancel: ReadonlySet<string>): void {
  const path = scopePath(model, to);
  const tokens = tokensOf(live.definition);
  const around = [model.id, ...path.slice(0, -1)];
  const scope = tokens.map((token) => token.scope).findLast(({ id }) => around.includes(id));
  if (!scope) throw new Error(`no scope is running for a jump to ${to}`);
  const depth = path.indexOf(scope.id) + 1;
  for (let at = depth; at < path.length - 1; at++) live.entries.set(path[at] as string, path[at + 1] as string);
  const entered = path[depth] as string;
  const leaving = leavingNodes(tokens, model, cancel, path.slice(0, depth));
  const victims = tokens.filter((token) => leavesByItself(token, leaving, model));
  const staying = tokens.filter((token) => isActivity(token) && !leaving.has(token.id) && !leaving.has(token.scope.id));
  if (tokens.some((token) => token.scope === scope && token.id === entered && !leaving.has(token.id)))
    throw new Error(`${entered} is at work already; a jump there must cancel it`);
  act(live, () => {
    dropArrived(tokens, leaving, model, [to, ...staying.map(({ id }) => id)]);
    move(scope, entered, victims);
  });
}

/** Withdraws what waits in this slot; something else has to wait in its scope. */
export function withdraw(live: Live, model: ProcessModel, gone: string): void {
  const tokens = tokensOf(live.definition);
  const leaving = leavingNodes(tokens, model, new Set([gone]), []);
  const staying = tokens.filter((token) => isActivity(token) && !leaving.has(token.id) && !leaving.has(token.scope.id));
  act(live, () => {
    dropArrived(tokens, leaving, model, ['', ...staying.map(({ id }) => id)]);
    for (const token of tokens) if (leavesByItself(token, leaving, model)) token.api().discard();
  });
}

/** Ids from the outermost sub-process around the node down to the node itself. */
function scopePath(model: ProcessModel, to: string): string[] {
  const path: string[] = [];
  let node: ProcessNode | undefined = model.nodes.get(to);
  if (!node || node.kind === 'start' || node.attachedTo !== undefined) throw new Error(`no node ${to} to jump to`);
  for (; node; node = node.parent === undefined ? undefined : model.nodes.get(node.parent)) path.unshift(node.id);
  return path;
}

/**
 * The activities that leave: those named, an event gateway one of whose events leaves (with all its events), and a
 * sub-process in which nothing else is left, unless the jump leads into it.
 */
function leavingNodes(
  tokens: readonly Token[],
  model: ProcessModel,
  cancel: ReadonlySet<string>,
  stay: string[],
): Set<string> {
  const leaving = new Set(cancel);
  for (const { source, target } of model.flows.values()) {
    if (!cancel.has(target) || model.nodes.get(source)?.type !== 'bpmn:EventBasedGateway') continue;
    if (!tokens.some((token) => token.id === source)) continue;
    leaving.add(source);
    for (const flow of model.flows.values()) if (flow.source === source) leaving.add(flow.target);
  }
  for (const token of [...tokens].reverse()) {
    const inside = tokens.filter((inner) => inner.scope.id === token.id && isActivity(inner));
    const emptied = inside.length > 0 && inside.every(({ id }) => leaving.has(id));
    if (emptied && !stay.includes(token.id)) leaving.add(token.id);
  }
  return leaving;
}

/** Boundary events leave with their host, what is in a sub-process leaves with it. */
function leavesByItself(token: Token, leaving: ReadonlySet<string>, model: ProcessModel): boolean {
  const host = model.nodes.get(token.id)?.attachedTo;
  return leaving.has(token.id) && !leaving.has(token.scope.id) && !(host !== undefined && leaving.has(host));
}

const isActivity = ({ message: { content } }: Token): boolean => !content.isSequenceFlow && !content.attachedTo;

/** Takes away tokens queued before a node that leaves, and tokens at joins that would be doubled or could never go on. */
function dropArrived(
  tokens: readonly Token[],
  leaving: ReadonlySet<string>,
  model: ProcessModel,
  active: readonly string[],
): void {
  for (const token of tokens) {
    const { content } = token.message;
    const target = content.isSequenceFlow ? token.scope.getActivityById(String(content.targetId)) : undefined;
    if (!target || leaving.has(token.scope.id)) continue;
    const arrived = arrivedAt(target);
    if (arrived ? mayStay(token, arrived, model, active) : !leaving.has(target.id)) continue;
    for (const message of arrived ?? []) {
      if (message.content.sequenceId !== content.sequenceId) continue;
      arrived?.delete(message);
      message.ack();
    }
    if (!arrived) target.broker.getQueue('inbound-q')?.purge();
    elementsOf(token.scope).postponed.delete(token.message);
    token.message.ack();
  }
}

/** A token at a join stays if the new token (the first active one) will not bring it again and the join can still open. */
function mayStay(
  token: Token,
  arrived: ReadonlySet<TokenMessage>,
  model: ProcessModel,
  active: readonly string[],
): boolean {
  const join = String(token.message.content.targetId);
  const here = new Set([...arrived].map((message) => message.content.id));
  if (flowsInto(model, join, active.slice(0, 1)).has(token.id)) return false;
  const anyWillDo = model.nodes.get(join)?.type === 'bpmn:InclusiveGateway';
  return [...flowsInto(model, join, active)].some((id) => anyWillDo || !here.has(id));
}

/** The new token first, so that no scope ends for want of tokens; a node entered again has to leave before. */
function move(scope: Scope, entered: string, victims: readonly Token[]): void {
  const again = victims.filter((token) => token.scope === scope && token.id === entered);
  const { postponed } = elementsOf(scope);
  const placeholder = { content: { id: 'placeholder~', executionId: 'placeholder~' }, ack: () => {} };
  postponed.add(placeholder);
  for (const token of again) token.api().discard();
  scope.getActivityById(entered)?.run({ inbound: [] });
  postponed.delete(placeholder);
  for (const token of victims) if (!again.includes(token)) token.api().discard();
}

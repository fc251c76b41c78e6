/**
 * Owns moving a case to another version of its process: the marking's tokens stand at the same nodes and joins of the new
 * version, or reasons say which of them cannot. What has been passed does not matter, nor do names, people, conditions and
 * steps that lie elsewhere. Must never move a token to another node: that is a jump, which somebody decides.
 */
import { because, type Reason } from '@ganwei/core/reason';
import { caughtCodes } from './context.ts';
import { contextOf, type Live, recover, type Token, tokensOf } from './engine.ts';
import { digest } from './marking.ts';
import type { ProcessModel, ProcessNode } from './model.ts';
import type { CompiledProcess } from './run.ts';

export type Migration =
  /** the marking itself, unchanged: it speaks of ids alone, and all of them mean the same in the new version */
  | { marking: string; text: string }
  /** why the case cannot stand in the new version as it stands now: every place that is missing, once */
  | { reasons: readonly Reason[] };

/** The marking (its text, as the store keeps it) of a case of `from`, as one of `to`; the digest is the case's new marking. */
export async function migrate(text: string, from: CompiledProcess, to: CompiledProcess): Promise<Migration> {
  if (from.context === to.context) return { marking: digest(text), text };
  const standing = tokensOf((await open(text, from)).definition);
  const { name } = to.model;
  if (from.model.id !== to.model.id) return { reasons: [because('move.process', { name })] };
  const places = [...from.model.nodes.keys()];
  const ordered = [...standing].sort((a, b) => places.indexOf(a.id) - places.indexOf(b.id));
  const reasons = ordered.flatMap((token) => obstacle(token, from.model, to.model) ?? []);
  if (reasons.length > 0) return { reasons: [...new Map(reasons.map((one) => [JSON.stringify(one), one])).values()] };
  try {
    const { definition } = await open(text, to);
    if (placesOf(tokensOf(definition)) !== placesOf(standing)) return GOES_ON;
    return { marking: digest(text), text };
  } catch (error) {
    if (error instanceof Asked) return GOES_ON;
    throw error;
  }
}

const GOES_ON = { reasons: [because('move.goes-on')] };

/** A case that only changes its version must not come to a gateway. */
class Asked extends Error {
  override readonly name = 'Asked';
}

const open = (text: string, process: CompiledProcess): Promise<Live> =>
  recover(contextOf(process), text, (flow) => {
    throw new Asked(flow);
  });

const placesOf = (tokens: readonly Token[]): string =>
  tokens
    .map(({ scope, id }) => `${scope.id}/${id}`)
    .sort()
    .join(' ');

/** Why a token cannot stand in the new version where it stands; undefined: it can. */
function obstacle({ id, message: { content } }: Token, from: ProcessModel, to: ProcessModel): Reason | undefined {
  if (content.isSequenceFlow) return flowObstacle(id, from, to);
  const [before, after] = [from.nodes.get(id), to.nodes.get(id)];
  if (!before) return undefined;
  return nodeObstacle(before, after, to) ?? eventObstacle(before, from, to);
}

function nodeObstacle(before: ProcessNode, after: ProcessNode | undefined, to: ProcessModel): Reason | undefined {
  const { name } = before;
  if (!after) return because(before.attachedTo === undefined ? 'move.step-gone' : 'move.event-gone', { name });
  if (after.type !== before.type || after.attachedTo !== before.attachedTo) return because('move.type', { name });
  if (after.parent === before.parent) return undefined;
  const parent = to.nodes.get(after.parent ?? '');
  return parent ? because('move.into', { name, parent: parent.name }) : because('move.out', { name });
}

/** A step keeps the events on it that were there when it was opened; with others it would not be the same step. */
function eventObstacle(node: ProcessNode, from: ProcessModel, to: ProcessModel): Reason | undefined {
  const { name } = node;
  if (eventsOf(from, node.id) !== eventsOf(to, node.id)) return because('move.events', { name });
  const rivals = (model: ProcessModel): string =>
    [...model.flows.values()]
      .flatMap(({ source, target }) => (source === node.id ? target : []))
      .sort()
      .join(' ');
  if (node.type === 'bpmn:EventBasedGateway' && rivals(from) !== rivals(to)) return because('move.rivals', { name });
  return undefined;
}

/** What the engine keeps of the events on a node; an error is known by the place of its code in the list of all. */
function eventsOf(model: ProcessModel, host: string): string {
  const codes = caughtCodes(model);
  const told = [...model.nodes.values()]
    .filter(({ attachedTo }) => attachedTo === host)
    .map(({ id, type, kind, interrupting, errorCode, timer }) =>
      [id, type, kind, interrupting, errorCode, codes.indexOf(errorCode ?? ''), timer?.repeat].join(' '),
    );
  return told.sort().join(';');
}

/** A token that waits at a join came over a flow; the same flow must lead from the same node to the same kind of join. */
function flowObstacle(id: string, from: ProcessModel, to: ProcessModel): Reason | undefined {
  const [before, after] = [from.flows.get(id), to.flows.get(id)];
  const join = from.nodes.get(before?.target ?? '');
  if (!before || !join) return undefined;
  const gone = nodeObstacle(join, to.nodes.get(join.id), to);
  if (gone) return gone;
  return after?.source === before.source && after.target === before.target
    ? undefined
    : because('move.flow', { name: join.name });
}

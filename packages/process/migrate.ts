/**
 * Owns moving a case to another version of its process: the marking's tokens stand at the same nodes and joins of the new
 * version, or reasons say which of them cannot; a join that need not wait there lets its tokens go on, and a step that has branches
 * beside it there gets them. What has been passed does not matter, nor do names, people, conditions and steps that lie elsewhere. A token
 * comes to another node only where somebody has said so (instead.ts). Rules: [PRO19] [PRO80]-[PRO83].
 */
import { because, type Reason } from '@ganwei/core/reason';
import { besides, comesTo, lacking } from './branches.ts';
import { caughtCodes } from './context.ts';
import { contextOf, recover, type Token, tokensOf } from './engine.ts';
import { type Instead, leaveFor } from './instead.ts';
import { digest } from './marking.ts';
import type { ProcessModel, ProcessNode } from './model.ts';
import { successors, walk } from './paths.ts';
import { joinedFlows, resume } from './resume.ts';
import type { CompiledProcess } from './run.ts';

export type { Instead } from './instead.ts';

export type Migration =
  /**
   * the marking itself, unchanged where nothing was left for another step: it speaks of ids alone, and all of them mean the same in the new
   * version. With one of these the case is to be taken up there (Resume)
   */
  | {
      marking: string;
      text: string;
      /** nodes at which branches wait that need not wait in the new version */
      opens: readonly string[];
      /** flows to the branches that the new version has beside what waits; those with a condition begin if it holds */
      branches: readonly string[];
      /** slots that were left for other steps */
      left: readonly string[];
    }
  | {
      /** why the case cannot stand in the new version as it stands now: every place that is missing, once */
      reasons: readonly Reason[];
      /** steps that may be withdrawn so that it can, each with the one that it comes after: as they would stand in `instead` */
      aside?: readonly (readonly [later: string, first: string])[];
    };

/** The marking (its text, as the store keeps it) of a case of `from`, as one of `to`; the digest is the case's new marking. */
export async function migrate(
  text: string,
  from: CompiledProcess,
  to: CompiledProcess,
  instead: Instead = new Map(),
): Promise<Migration> {
  if (instead.size > 0) {
    const left = await leaveFor(text, from, to.model, instead);
    if ('reasons' in left) return left;
    const moved = await migrate(left.text, left.from, to);
    return 'reasons' in moved ? moved : { ...moved, left: left.left };
  }
  const marking = digest(text);
  if (from.context === to.context) return { marking, text, opens: [], branches: [], left: [] };
  const standing = tokensOf((await recover(contextOf(from), text, undecided)).definition);
  const { name } = to.model;
  if (from.model.id !== to.model.id) return { reasons: [because('move.process', { name })] };
  const places = [...from.model.nodes.keys()];
  const ordered = [...standing].sort((a, b) => places.indexOf(a.id) - places.indexOf(b.id));
  const missing = ordered.flatMap((token) => obstacle(token, from.model, to.model) ?? []);
  const ids = [...new Set(ordered.map(({ id }) => id))];
  if (missing.length > 0) return { reasons: [...new Map(missing.map((one) => [JSON.stringify(one), one])).values()] };
  const turns = inTurn(ids, from.model, to.model);
  if (turns.length > 0)
    return { reasons: turns.map(({ reason }) => reason), aside: turns.flatMap(({ aside }) => aside) };
  const before = lacking(from.model, ids).map(({ id }) => id);
  const branches = lacking(to.model, ids).flatMap(({ id }) => (before.includes(id) ? [] : id));
  const { definition } = await resume(to.model, contextOf(to), text, undecided);
  const waiting = new Set(tokensOf(definition).map(({ id }) => id));
  const joins = standing.filter(({ message: { content } }) => content.isSequenceFlow);
  const opens = joins.flatMap(({ id }) => (waiting.has(id) ? [] : (to.model.flows.get(id)?.target ?? [])));
  return { marking, text, opens: [...new Set(opens)], branches, left: [] };
}

/** [PRO83] What waited side by side and comes one after the other in the new version would bring what follows twice. */
function inTurn(standing: readonly string[], from: ProcessModel, to: ProcessModel): Turn[] {
  const aside = sideways(to);
  const still = new Set(besides(to, standing).map(String));
  return besides(from, standing).flatMap((pair) =>
    still.has(String(pair)) || pair.some((id) => aside.has(id)) ? [] : turnOf(to, ...pair),
  );
}

interface Turn {
  reason: Reason;
  aside: [later: string, first: string][];
}

function turnOf(to: ProcessModel, one: string, other: string): Turn {
  const comes = (first: string, later: string): boolean => comesTo(to, placeOf(to, first), placeOf(to, later));
  if (!comes(one, other) && !comes(other, one))
    return { reason: because('move.either', { name: nameOf(to, one), other: nameOf(to, other) }), aside: [] };
  const [first, later] = comes(one, other) ? [one, other] : [other, one];
  const reason = because('move.in-turn', { name: nameOf(to, first), later: nameOf(to, later) });
  const areSteps = [first, later].every((id) => to.nodes.get(id)?.kind === 'user');
  return { reason, aside: areSteps ? [[later, first]] : [] };
}

/** Where a token stands that waits at a join: at the join. */
const placeOf = ({ flows }: ProcessModel, id: string): string => flows.get(id)?.target ?? id;
const nameOf = (model: ProcessModel, id: string): string => model.nodes.get(placeOf(model, id))?.name ?? '';

/** Where tokens come that an event has sent out beside its step. */
function sideways(model: ProcessModel): Set<string> {
  const found = new Set<string>();
  const events = [...model.nodes.values()].filter(({ interrupting }) => interrupting === false).map(({ id }) => id);
  walk(model, events, ({ id }) => {
    found.add(id);
    return successors(model, id, false);
  });
  return found;
}

/** Which way the case takes behind a join that opens, its data tell when it is taken up. */
const undecided = (): boolean => true;

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

/** A token that waits at a join came over a flow from a node; in the new version the same flow must lead on from there, at the same depth. */
function flowObstacle(id: string, from: ProcessModel, to: ProcessModel): Reason | undefined {
  const [before, after] = [from.flows.get(id), to.flows.get(id)];
  const join = from.nodes.get(before?.target ?? '');
  if (!before || !join) return undefined;
  const there = to.nodes.get(after?.target ?? '');
  if (after?.source !== before.source || !there) return because('move.flow', { name: join.name });
  if (there.parent !== join.parent)
    return nodeObstacle(join, to.nodes.get(join.id), to) ?? because('move.flow', { name: join.name });
  const elsewhere = after.target !== before.target && joinedFlows(to, after.target).length > 0;
  return elsewhere ? because('move.flow', { name: join.name }) : undefined;
}

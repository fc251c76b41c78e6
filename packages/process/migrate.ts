/**
 * Owns moving a case to another version of its process: the marking's tokens stand at the same nodes and joins of the new
 * version, or reasons say which of them cannot; a join that need not wait there lets its tokens go on. What has been passed does not
 * matter, nor do names, people, conditions and steps that lie elsewhere. A token comes to another node only where somebody has said so
 * (`instead`), by a jump. Rules: [PRO19] [PRO80] [PRO81].
 */
import { because, type Reason } from '@ganwei/core/reason';
import { caughtCodes } from './context.ts';
import { contextOf, type Live, recover, type Token, tokensOf } from './engine.ts';
import { jump } from './jump.ts';
import { digest, markingOf } from './marking.ts';
import type { ProcessModel, ProcessNode } from './model.ts';
import { joinedFlows, resume } from './resume.ts';
import type { CompiledProcess } from './run.ts';

export type Migration =
  /**
   * the marking itself, unchanged: it speaks of ids alone, and all of them mean the same in the new version. `opens`: nodes at which branches
   * wait that need not wait in the new version; the case is to be taken up there (Resume), and goes on
   */
  | { marking: string; text: string; opens: readonly string[] }
  /** why the case cannot stand in the new version as it stands now: every place that is missing, once */
  | { reasons: readonly Reason[] };

/** Step of the old version that waits -> step of both versions at which the case shall stand instead. */
export type Instead = ReadonlyMap<string, string>;

const WHERE_IT_STANDS: Instead = new Map();

/**
 * The marking (its text, as the store keeps it) of a case of `from`, as one of `to`; the digest is the case's new marking. `instead`: jumps that
 * are made in the old version before; `text` is the marking after them.
 */
export async function migrate(
  text: string,
  from: CompiledProcess,
  to: CompiledProcess,
  instead: Instead = WHERE_IT_STANDS,
): Promise<Migration> {
  if (instead.size > 0) {
    const live = await recover(contextOf(from), text, undecided);
    const reasons = jumpInstead(live, from.model, to.model, instead);
    if (reasons.length > 0) return { reasons };
    return migrate(markingOf(live.definition.getState()), from, to);
  }
  const marking = digest(text);
  if (from.context === to.context) return { marking, text, opens: [] };
  const standing = tokensOf((await recover(contextOf(from), text, undecided)).definition);
  const { name } = to.model;
  if (from.model.id !== to.model.id) return { reasons: [because('move.process', { name })] };
  const places = [...from.model.nodes.keys()];
  const ordered = [...standing].sort((a, b) => places.indexOf(a.id) - places.indexOf(b.id));
  const reasons = ordered.flatMap((token) => obstacle(token, from.model, to.model) ?? []);
  if (reasons.length > 0) return { reasons: [...new Map(reasons.map((one) => [JSON.stringify(one), one])).values()] };
  const { definition } = await resume(to.model, contextOf(to), text, undecided);
  const waiting = new Set(tokensOf(definition).map(({ id }) => id));
  const joins = standing.filter(({ message: { content } }) => content.isSequenceFlow);
  const opens = joins.flatMap(({ id }) => (waiting.has(id) ? [] : (to.model.flows.get(id)?.target ?? [])));
  return { marking, text, opens: [...new Set(opens)] };
}

/** [PRO81] Withdraws the steps that wait and puts the case at the others, in the old version; or why that cannot be. */
function jumpInstead(live: Live, from: ProcessModel, to: ProcessModel, instead: Instead): Reason[] {
  const waiting = new Set(tokensOf(live.definition).map(({ id }) => id));
  for (const [gone, there] of instead) {
    const [before, after] = [from.nodes.get(there), to.nodes.get(there)];
    if (!before || !after || before.kind !== 'user' || before.type !== after.type)
      return [because('move.instead', { name: after?.name ?? before?.name ?? there })];
    if (!waiting.has(gone)) continue;
    if (waiting.has(there)) return [because('move.instead-busy', { name: before.name })];
    jump(live, from, there, new Set([gone]));
  }
  return [];
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

/**
 * Owns a process prepared for the token game: for every node what goes out of it, what comes in, what sits on it, in the
 * order in which the engine looks at them. Pure, made once per model; must never know a marking.
 */
import type { ProcessFlow, ProcessModel, ProcessNode } from './model.ts';

/** A node with all that a token meets there. */
export interface Place {
  node: ProcessNode;
  /** id of the sub-process it lies in; '' at the top */
  scope: string;
  /** flows that leave, the default one last */
  out: readonly ProcessFlow[];
  into: readonly ProcessFlow[];
  /** boundary events that sit on it */
  boundaries: readonly Place[];
  /** a gateway at which several flows meet and are awaited */
  join?: 'parallel' | 'inclusive';
  /** sub-processes: where its token appears */
  inner?: string;
}

export interface Net {
  model: ProcessModel;
  places: ReadonlyMap<string, Place>;
  /** node -> its number in the order of the model */
  order: ReadonlyMap<string, number>;
  /** the inclusive joins of a scope, in the order of the model */
  inclusive: ReadonlyMap<string, readonly Place[]>;
  /** Inbound flows of the join that a token at the node of its scope can reach without passing the join. */
  reach(join: Place, from: string): ReadonlySet<string>;
}

export function netOf(model: ProcessModel): Net {
  const places = new Map<string, Place>();
  const grouped = (key: (flow: ProcessFlow) => string): Map<string, ProcessFlow[]> => {
    const groups = new Map<string, ProcessFlow[]>();
    for (const flow of model.flows.values()) groups.set(key(flow), [...(groups.get(key(flow)) ?? []), flow]);
    return groups;
  };
  const leaving = grouped(({ source }) => source);
  const coming = grouped(({ target }) => target);
  for (const node of model.nodes.values()) {
    const out = leaving.get(node.id) ?? [];
    const into = coming.get(node.id) ?? [];
    const join = joinOf(node, into.length);
    places.set(node.id, {
      node,
      scope: node.parent ?? '',
      out: [...out.filter(({ isDefault }) => !isDefault), ...out.filter(({ isDefault }) => isDefault)],
      into,
      boundaries: [],
      ...(join && { join }),
    });
  }
  const inclusive = new Map<string, Place[]>();
  for (const place of places.values()) {
    const { node, scope } = place;
    const host = places.get(node.attachedTo ?? '');
    if (host) host.boundaries = [...host.boundaries, place];
    const around = node.kind === 'start' ? places.get(scope) : undefined;
    if (around) around.inner = node.id;
    if (place.join === 'inclusive') inclusive.set(scope, [...(inclusive.get(scope) ?? []), place]);
  }
  const order = new Map([...model.nodes.keys()].map((id, index) => [id, index]));
  return { model, places, order, inclusive, reach: reaching(places) };
}

function joinOf({ type }: ProcessNode, inbound: number): Place['join'] {
  if (inbound < 2) return undefined;
  if (type === 'bpmn:ParallelGateway') return 'parallel';
  return type === 'bpmn:InclusiveGateway' ? 'inclusive' : undefined;
}

function reaching(places: ReadonlyMap<string, Place>): Net['reach'] {
  const known = new Map<string, Map<string, ReadonlySet<string>>>();
  return (join, from) => {
    const ofJoin = known.get(join.node.id) ?? new Map<string, ReadonlySet<string>>();
    known.set(join.node.id, ofJoin);
    const before = ofJoin.get(from);
    if (before) return before;
    const found = flowsReached(places, join.node.id, from);
    ofJoin.set(from, found);
    return found;
  };
}

function flowsReached(places: ReadonlyMap<string, Place>, join: string, from: string): Set<string> {
  const found = new Set<string>();
  const seen = new Set<string>([join]);
  const todo = [from];
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    const place = places.get(id);
    if (!place || seen.has(id)) continue;
    seen.add(id);
    for (const boundary of place.boundaries) todo.push(boundary.node.id);
    for (const flow of place.out)
      if (flow.target === join) found.add(flow.id);
      else todo.push(flow.target);
  }
  return found;
}

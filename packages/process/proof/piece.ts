/**
 * Owns taking a process apart for its proof: every sub-process, and every fork with its join whose branches do not touch each
 * other, is a part that is proved by itself and stands as one step in what is around it. What remains is a piece: a flat
 * model. Whether a part may stand as a step at all (its branches each give exactly one token back) is the proof's to say.
 */
import type { ProcessFlow, ProcessModel, ProcessNode } from '../model.ts';
import { netOf, type Place } from '../net.ts';

/** A fork and its join. */
export interface Block {
  fork: string;
  join: string;
  /** per flow that leaves the fork: the nodes of its branch, none where it leads straight to the join */
  branches: readonly { flow: ProcessFlow; nodes: ReadonlySet<string> }[];
}

const PARALLEL = 'bpmn:ParallelGateway';
const INCLUSIVE = 'bpmn:InclusiveGateway';

/** One scope of a model as a flat model of its own: its sub-processes are steps like a user's. `scope`: '' for the process. */
export function flatModel(model: ProcessModel, scope: string): ProcessModel {
  const nodes = new Map<string, ProcessNode>();
  for (const { parent, ...node } of model.nodes.values())
    if ((parent ?? '') === scope) nodes.set(node.id, node.kind === 'subprocess' ? asStep(node) : asEnd(node, scope));
  const flows = new Map([...model.flows].filter(([, { source }]) => nodes.has(source)));
  return { ...model, nodes, flows };
}

const asStep = (node: ProcessNode): ProcessNode => ({ ...node, kind: 'user', type: 'bpmn:UserTask' });

/** An error end of a sub-process takes everything in it away; whether something outside catches the error is told by its code. */
function asEnd(node: ProcessNode, scope: string): ProcessNode {
  if (scope === '' || node.kind !== 'end' || node.errorCode === undefined) return node;
  const { errorCode: _code, ...plain } = node;
  return { ...plain, end: { terminate: true } };
}

/** The blocks of a flat model that lie in no other block; `except`: forks that have turned out not to be one. */
export function blocksOf(model: ProcessModel, except: ReadonlySet<string>): Block[] {
  const { places, reach } = netOf(model);
  const joins = [...places.values()].filter(({ join }) => join !== undefined);
  const found: Block[] = [];
  for (const fork of places.values()) {
    if (fork.out.length < 2 || except.has(fork.node.id) || ![PARALLEL, INCLUSIVE].includes(fork.node.type)) continue;
    const block = joins.map((join) => blockOf(places, fork, join)).find((one) => one !== undefined);
    if (block && opensAlike(block, places, reach)) found.push(block);
  }
  const inside = (one: Block, other: Block): boolean => other.branches.some(({ nodes }) => nodes.has(one.fork));
  return found.filter((one) => !found.some((other) => inside(one, other)));
}

/** The fork and the join as a block, if no branch has another way in or out, and each brings the join what it waits for. */
function blockOf(places: ReadonlyMap<string, Place>, fork: Place, join: Place): Block | undefined {
  const all = fork.node.type === PARALLEL && fork.out.every(({ condition, isDefault }) => !condition && !isDefault);
  if (fork === join || (!all && (fork.node.type === PARALLEL || join.node.type === PARALLEL))) return undefined;
  const branches: { flow: ProcessFlow; nodes: Set<string> }[] = [];
  const taken = new Set<string>();
  const sources = new Set<string>();
  for (const flow of fork.out) {
    const nodes = branchNodes(places, flow, fork, join);
    if (!nodes || [...nodes].some((id) => taken.has(id))) return undefined;
    for (const id of nodes) taken.add(id);
    const given = join.into.filter((into) => into === flow || nodes.has(into.source)).map(({ source }) => source);
    if (given.length === 0 || (join.node.type === PARALLEL && given.length > 1)) return undefined;
    if (nodes.size === 0 && sources.has(fork.node.id)) return undefined;
    for (const source of given) sources.add(source);
    branches.push({ flow, nodes });
  }
  const complete = join.into.every(({ source }) => sources.has(source));
  return complete ? { fork: fork.node.id, join: join.node.id, branches } : undefined;
}

/** What lies between the fork and the join along one flow; undefined if there is another way in, or an end. */
function branchNodes(
  places: ReadonlyMap<string, Place>,
  entry: ProcessFlow,
  fork: Place,
  join: Place,
): Set<string> | undefined {
  const nodes = new Set<string>();
  const todo = [entry.target];
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    const place = places.get(id);
    if (!place || place === fork || place.node.kind === 'end') return undefined;
    if (place === join || nodes.has(id)) continue;
    nodes.add(id);
    todo.push(...place.boundaries.map(({ node }) => node.id), ...place.out.map(({ target }) => target));
  }
  const closed = [...nodes].every((id) =>
    (places.get(id) as Place).into.every((flow) => flow === entry || nodes.has(flow.source)),
  );
  return closed ? nodes : undefined;
}

/** An inclusive join inside must look alike to every token outside: reached from the entry over each of its flows. */
function opensAlike({ branches }: Block, places: ReadonlyMap<string, Place>, reach: ReturnType<typeof netOf>['reach']) {
  return branches.every(({ flow, nodes }) =>
    [...nodes].every((id) => {
      const place = places.get(id) as Place;
      return place.join !== 'inclusive' || reach(place, flow.target).size === place.into.length;
    }),
  );
}

/** The id of the step that stands for a block; no id of a file contains `~`. */
export const stepOf = ({ fork, join }: Block): string => `${fork}~${join}`;
export const BRANCH_START = 'in~';
export const BRANCH_END = 'out~';

/** The flat model with a step in place of each block's branches. */
export function withSteps(model: ProcessModel, blocks: readonly Block[]): ProcessModel {
  const nodes = new Map(model.nodes);
  const flows = new Map(model.flows);
  for (const block of blocks) {
    const step = stepOf(block);
    const gone = new Set(block.branches.flatMap((branch) => [...branch.nodes]));
    for (const id of gone) nodes.delete(id);
    for (const flow of model.flows.values())
      if (gone.has(flow.source) || flow.source === block.fork) flows.delete(flow.id);
    const name = model.nodes.get(block.fork)?.name ?? block.fork;
    nodes.set(step, { id: step, name, type: 'bpmn:UserTask', kind: 'user' });
    flows.set(`${step}~in`, { id: `${step}~in`, name: '', source: block.fork, target: step });
    flows.set(`${step}~out`, { id: `${step}~out`, name: '', source: step, target: block.join });
  }
  return { ...model, nodes, flows };
}

/** One branch of a block as a flat model from a start to an end of its own. */
export function branchModel(model: ProcessModel, block: Block, { flow, nodes: inside }: Block['branches'][number]) {
  const nodes = new Map<string, ProcessNode>();
  const flows = new Map<string, ProcessFlow>();
  nodes.set(BRANCH_START, { id: BRANCH_START, name: '', type: 'bpmn:StartEvent', kind: 'start' });
  for (const id of inside) nodes.set(id, model.nodes.get(id) as ProcessNode);
  nodes.set(BRANCH_END, { id: BRANCH_END, name: '', type: 'bpmn:EndEvent', kind: 'end', end: { terminate: false } });
  const { condition: _condition, isDefault: _default, ...entry } = flow;
  flows.set(flow.id, { ...entry, source: BRANCH_START });
  for (const other of model.flows.values()) {
    if (!inside.has(other.source)) continue;
    flows.set(other.id, other.target === block.join ? { ...other, target: BRANCH_END } : other);
  }
  return { ...model, nodes, flows } satisfies ProcessModel;
}

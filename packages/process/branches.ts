/**
 * Owns which tokens go beside each other because a fork sent them there, and which branches of a fork lack a token that its join waits for.
 * Pure questions to the drawing and the places of tokens (nodes, and flows whose token waits at a join); what is done about it: migrate.ts. Rule: [PRO82].
 */
import type { ProcessFlow, ProcessModel, ProcessNode } from './model.ts';
import { successors, walk } from './paths.ts';
import { joinedFlows } from './resume.ts';

/** What a fork sends on over one of its flows: nodes and flows up to the join, behind the fork on every way there. */
interface Branch {
  flow: ProcessFlow;
  inside: ReadonlySet<string>;
  /** does it come to the join? */
  joins: boolean;
}

const known = new WeakMap<ProcessModel, Branch[][]>();

/** Forks with their branches, looked for once in a model; where nothing joins them, each branch goes on to its ends. */
function forksOf(model: ProcessModel): Branch[][] {
  const forks = known.get(model) ?? forksIn(model);
  known.set(model, forks);
  return forks;
}

function forksIn(model: ProcessModel): Branch[][] {
  return [...model.nodes.values()].flatMap((fork) => {
    const out = isFork(fork) ? [...model.flows.values()].filter(({ source }) => source === fork.id) : [];
    return out.length > 1 ? [branchesOf(model, fork, out)] : [];
  });
}

const ONE_WAY: readonly string[] = ['bpmn:ExclusiveGateway', 'bpmn:EventBasedGateway'];
const isFork = ({ type }: ProcessNode): boolean => !ONE_WAY.includes(type);

function branchesOf(model: ProcessModel, fork: ProcessNode, out: readonly ProcessFlow[]): Branch[] {
  const before = reached(model, startsBeside(model, fork), [fork.id]);
  const behind = out.map(({ target }) => reached(model, [target], [fork.id]));
  const join = joinOf(model, behind);
  return out.map((flow) => {
    const nodes = flow.target === join ? new Set<string>() : reached(model, [flow.target], [fork.id, join]);
    const own = [...nodes].filter((id) => id !== fork.id && id !== join && !before.has(id));
    const flows = [...model.flows.values()].filter(({ source }) => own.includes(source)).map(({ id }) => id);
    return { flow, inside: new Set([flow.id, ...own, ...flows]), joins: flow.target === join || nodes.has(join) };
  });
}

/** Where tokens of its scope come from. */
const startsBeside = ({ nodes }: ProcessModel, { parent }: ProcessNode): string[] =>
  [...nodes.values()].filter((one) => one.kind === 'start' && one.parent === parent).map(({ id }) => id);

/** The nodes that tokens at these may come to in their scope; `past` none of those, though to them. */
function reached(model: ProcessModel, from: readonly string[], past: readonly string[]): Set<string> {
  const found = new Set<string>();
  walk(model, from, ({ id }) => {
    found.add(id);
    return past.includes(id) ? [] : successors(model, id, false);
  });
  return found;
}

/** The gateway that waits for most of them, the first of several; '' where none waits for two. */
function joinOf(model: ProcessModel, behind: readonly ReadonlySet<string>[]): string {
  let [join, most] = ['', 1];
  for (const id of new Set(behind.flatMap((nodes) => [...nodes]))) {
    const count = behind.filter((nodes) => nodes.has(id)).length;
    if (count > most && joinedFlows(model, id).length > 0) [join, most] = [id, count];
  }
  return join;
}

/** The flows to branches without a token, of forks one of whose branches has one and whose join waits for all. */
export function lacking(model: ProcessModel, standing: readonly string[]): ProcessFlow[] {
  const isHeld = ({ inside }: Branch): boolean => standing.some((id) => inside.has(id));
  return forksOf(model).flatMap((branches) => {
    const joined = branches.filter(({ joins }) => joins);
    const open = joined.some(isHeld) ? joined.filter((branch) => !isHeld(branch)) : [];
    return open.map(({ flow }) => flow).filter(({ isDefault }) => !isDefault);
  });
}

/** Pairs of places that a fork puts into different branches. */
export function besides(model: ProcessModel, standing: readonly string[]): [string, string][] {
  const forks = forksOf(model);
  return standing.flatMap((one, at) =>
    standing.slice(at + 1).flatMap((other): [string, string][] => (areBeside(forks, one, other) ? [[one, other]] : [])),
  );
}

function areBeside(forks: readonly Branch[][], one: string, other: string): boolean {
  return forks.some((branches) =>
    branches.some(
      (branch) => branch.inside.has(one) && branches.some((next) => next !== branch && next.inside.has(other)),
    ),
  );
}

/** May a token come from the one to the other? */
export const comesTo = (model: ProcessModel, from: string, to: string): boolean =>
  reached(model, successors(model, from, false), []).has(to);

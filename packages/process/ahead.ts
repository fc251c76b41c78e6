/**
 * Owns the way ahead: which steps of people come next after what waits now, and whether one node leads to another. The only
 * predictor of the house; it knows sub-processes in both directions and boundary events. Must never play tokens: joins do
 * not hold it up, so every answer is about what may come, and what is certain is said by `holds`.
 */
import type { ProcessFlow, ProcessModel, ProcessNode } from './model.ts';
import { successors, walk } from './paths.ts';

/** What is known of a condition now: an answer that will still be the answer when it is asked, or `unknown`. */
export type Holds = (flow: ProcessFlow) => boolean | 'unknown';

export interface NextStep {
  node: ProcessNode;
  /** false: only if an event interrupts or accompanies what waits (it is due, a message comes, it fails) */
  usual: boolean;
}

/**
 * The steps of people that may come next after these nodes, nearest first, those on the usual way before those that need an
 * event. Beyond a step nothing is said: what a person decides there is open. A node that waits itself is among them
 * only if a way leads back to it.
 */
export function nextSteps(model: ProcessModel, from: readonly string[], holds: Holds = () => 'unknown'): NextStep[] {
  const usual = stepsFrom(model, from, holds, false);
  const known = new Set(usual.map(({ id }) => id));
  const others = stepsFrom(model, from, holds, true).filter(({ id }) => !known.has(id));
  return [...usual.map((node) => ({ node, usual: true })), ...others.map((node) => ({ node, usual: false }))];
}

function stepsFrom(model: ProcessModel, from: readonly string[], holds: Holds, events: boolean): ProcessNode[] {
  const found: ProcessNode[] = [];
  const beyond = (id: string): string[] => leaving(model, id, holds, events);
  walk(model, from.flatMap(beyond), (node) => {
    if (node.kind === 'user') {
      found.push(node);
      return [];
    }
    return node.kind === 'subprocess' ? entering(model, node, events) : beyond(node.id);
  });
  return found;
}

/** Can the flow get from one node to the other, or does it stand there already? */
export function leadsTo(model: ProcessModel, from: string, to: string): boolean {
  let found = false;
  walk(model, [from], (node) => {
    found ||= node.id === to;
    const inner = node.kind === 'subprocess' ? entering(model, node, true) : [];
    return [...successors(model, node.id), ...inner];
  });
  return found;
}

/** Where a token may go when it leaves the node, out of a sub-process too; with its boundary events, if wanted. */
function leaving(model: ProcessModel, id: string, holds: Holds, events: boolean): string[] {
  const node = model.nodes.get(id);
  const next = openFlows(model, id, holds).map(({ target }) => target);
  if (node?.kind === 'end' && node.parent !== undefined)
    next.push(
      ...(node.errorCode === undefined
        ? leaving(model, node.parent, holds, false)
        : boundariesOf(model, node.parent, node.errorCode)),
    );
  if (!events) return next;
  for (let at = node; at; at = model.nodes.get(at.parent ?? '')) next.push(...boundariesOf(model, at.id));
  return next;
}

function entering(model: ProcessModel, { id }: ProcessNode, events: boolean): string[] {
  const starts = [...model.nodes.values()].filter(({ parent, kind }) => parent === id && kind === 'start');
  return [...starts.map((start) => start.id), ...(events ? boundariesOf(model, id) : [])];
}

/** The events on a host; with a code, those that catch it. */
const boundariesOf = (model: ProcessModel, host: string, code?: string): string[] =>
  [...model.nodes.values()].flatMap(({ id, attachedTo, errorCode }) =>
    attachedTo === host && (code === undefined || errorCode === code || errorCode === '') ? id : [],
  );

/** The flows of a node that may be taken, as the gateway would choose them. */
function openFlows(model: ProcessModel, source: string, holds: Holds): ProcessFlow[] {
  const flows = [...model.flows.values()].filter((flow) => flow.source === source);
  const one = model.nodes.get(source)?.type === 'bpmn:ExclusiveGateway';
  const open: ProcessFlow[] = [];
  let certain = false;
  for (const flow of flows.filter(({ isDefault }) => !isDefault)) {
    const answer = flow.condition === undefined ? true : holds(flow);
    if (answer === false || (one && certain)) continue;
    open.push(flow);
    certain ||= answer === true;
  }
  return certain ? open : [...open, ...flows.filter(({ isDefault }) => isDefault)];
}

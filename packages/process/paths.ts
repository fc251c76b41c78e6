/**
 * Owns questions about the drawing of a process that need no engine: where paths lead, what must be passed, which steps
 * come next. Pure functions of the ProcessModel; conditions are not evaluated, so every answer is about what may happen.
 */
import type { ProcessModel, ProcessNode } from './model.ts';

/** The user tasks that may be next after a node, nearest first; with several branches, the next of each. */
export function nextSteps(model: ProcessModel, from: string): ProcessNode[] {
  const found: ProcessNode[] = [];
  walk(model, successors(model, from), (node) => {
    if (node.kind !== 'user') return entering(model, node);
    found.push(node);
    return [];
  });
  return found;
}

/** All user tasks that may still come after these nodes, in the order of distance. For showing the way ahead. */
export function stepsAhead(model: ProcessModel, from: readonly string[]): ProcessNode[] {
  const found: ProcessNode[] = [];
  walk(
    model,
    from.flatMap((id) => successors(model, id)),
    (node) => {
      if (node.kind === 'user') found.push(node);
      return entering(model, node);
    },
  );
  return found;
}

/** Flows into the join over which a token from one of these nodes may come, in this round: not past the join, nor past what follows it. */
export function flowsInto(model: ProcessModel, join: string, from: readonly string[]): Set<string> {
  const found = new Set<string>();
  const beyond = mustPass(model, join);
  walk(model, from, (node) => {
    const next: string[] = node.parent === undefined ? [] : [node.parent];
    for (const other of model.nodes.values()) if (other.attachedTo === node.id) next.push(other.id);
    for (const flow of model.flows.values()) {
      if (flow.source !== node.id) continue;
      if (flow.target === join) found.add(flow.id);
      else if (!beyond.has(flow.target)) next.push(flow.target);
    }
    return next;
  });
  return found;
}

/** The nodes of its scope that every way from a node to an end passes. */
function mustPass(model: ProcessModel, from: string): Set<string> {
  const endsWithout = (avoided: string): boolean => {
    let ends = false;
    walk(model, [from], (node) => {
      ends ||= node.kind === 'end';
      return node.id === avoided ? [] : successors(model, node.id, false);
    });
    return ends;
  };
  const after = new Set<string>();
  walk(model, successors(model, from, false), (node) => {
    after.add(node.id);
    return successors(model, node.id, false);
  });
  return new Set([...after].filter((id) => id !== from && model.nodes.get(id)?.kind !== 'end' && !endsWithout(id)));
}

/** Where a token may go when it leaves the node; `leaving`: from the end of a sub-process on to what follows that. */
function successors(model: ProcessModel, id: string, leaving = true): string[] {
  const node = model.nodes.get(id);
  const next: string[] = [];
  for (const flow of model.flows.values()) if (flow.source === id) next.push(flow.target);
  for (const other of model.nodes.values()) if (other.attachedTo === id) next.push(other.id);
  if (leaving && node?.kind === 'end' && node.parent !== undefined) next.push(...successors(model, node.parent));
  return next;
}

/** Where a token goes from a node it has come to: into a sub-process, out of anything else. */
function entering(model: ProcessModel, node: ProcessNode): string[] {
  if (node.kind !== 'subprocess') return successors(model, node.id);
  const starts = [...model.nodes.values()].filter(({ parent, kind }) => parent === node.id && kind === 'start');
  const boundary = [...model.nodes.values()].filter(({ attachedTo }) => attachedTo === node.id);
  return [...starts, ...boundary].map(({ id }) => id);
}

/** Breadth first over nodes; `visit` says where to go on. */
function walk(model: ProcessModel, from: readonly string[], visit: (node: ProcessNode) => readonly string[]): void {
  const seen = new Set(from);
  const queue = [...seen];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    const node = model.nodes.get(id);
    for (const next of node ? visit(node) : []) {
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(next);
    }
  }
}

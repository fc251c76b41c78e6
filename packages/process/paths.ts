/**
 * Owns questions about the drawing of a process that need no engine: where paths lead and what must be passed. Pure functions of
 * the ProcessModel; conditions are not evaluated, so every answer is about what may happen. Which steps come next: ahead.ts.
 */
import type { ProcessModel, ProcessNode } from './model.ts';

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
export function successors(model: ProcessModel, id: string, leaving = true): string[] {
  const node = model.nodes.get(id);
  const next: string[] = [];
  for (const flow of model.flows.values()) if (flow.source === id) next.push(flow.target);
  for (const other of model.nodes.values()) if (other.attachedTo === id) next.push(other.id);
  if (leaving && node?.kind === 'end' && node.parent !== undefined) next.push(...successors(model, node.parent));
  return next;
}

/** Breadth first over nodes; `visit` says where to go on. */
export function walk(
  model: ProcessModel,
  from: readonly string[],
  visit: (node: ProcessNode) => readonly string[],
): void {
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

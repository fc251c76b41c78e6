/** Owns where a task may be returned to; the page offers and the command accepts the same steps. Rule: [B3]. */
import type { ReachedNode } from '@ganwei/core/history';
import type { ProcessModel } from '@ganwei/process/model';

/** Steps named by the step itself, else every user task that was done before, the last done first; none that waits already. */
export function returnTargets(
  model: ProcessModel,
  node: string,
  reached: Readonly<Record<string, ReachedNode>>,
  waiting: ReadonlySet<string>,
): string[] {
  const named = model.nodes.get(node)?.task?.returnTo ?? [];
  return [...model.nodes.values()]
    .filter(({ id, kind }) => kind === 'user' && id !== node && reached[id] && !waiting.has(id))
    .filter(({ id }) => named.length === 0 || named.includes(id))
    .sort((a, b) => (reached[b.id]?.at ?? 0) - (reached[a.id]?.at ?? 0))
    .map(({ id }) => id);
}

/**
 * Owns leaving steps for others before a case moves to another version: a step is withdrawn and its token appears at the one that was named, by a jump
 * in the old version; a step that only the new version has is drawn into the old one for that. Where the other waits already, the step is merely
 * withdrawn. Rules: [PRO81] [PRO83].
 */
import { because, type Reason } from '@ganwei/core/reason';
import { engineContext } from './context.ts';
import { contextOf, type Live, recover, tokensOf } from './engine.ts';
import { jump, withdraw } from './jump.ts';
import { markingOf } from './marking.ts';
import type { ProcessModel } from './model.ts';
import type { CompiledProcess } from './run.ts';

/** Step of the old version that waits -> step of the new version at which the case shall stand instead. */
export type Instead = ReadonlyMap<string, string>;

export interface Left {
  /** the marking after that */
  text: string;
  /** the version in which it stands there */
  from: CompiledProcess;
  /** slots that wait no more */
  left: readonly string[];
}

/** The marking (its text) with steps left for others; or why that cannot be. */
export async function leaveFor(
  text: string,
  from: CompiledProcess,
  to: ProcessModel,
  instead: Instead,
): Promise<Left | { reasons: Reason[] }> {
  const bridge = drawnInto(from, to, [...instead.values()]);
  const live = await recover(contextOf(bridge), text, () => true);
  const before = tokensOf(live.definition);
  for (const [gone, there] of instead) {
    const reason = unfit(bridge.model, to, there) ?? stepAside(live, bridge.model, gone, there);
    if (reason) return { reasons: [reason] };
  }
  const now = new Set(tokensOf(live.definition).map(({ message }) => message.content.executionId));
  const left = before.filter(({ message: { content } }) => !content.isSequenceFlow && !now.has(content.executionId));
  return { text: markingOf(live.definition.getState()), from: bridge, left: left.map(({ id }) => id) };
}

/** The old version with these steps of the new one in it, and the events on them; nothing leads to them. */
function drawnInto(from: CompiledProcess, to: ProcessModel, steps: readonly string[]): CompiledProcess {
  const more = [...to.nodes].filter(([id, { attachedTo, parent }]) => {
    const fits = parent === undefined || from.model.nodes.get(parent)?.kind === 'subprocess';
    return fits && !from.model.nodes.has(attachedTo ?? id) && steps.includes(attachedTo ?? id);
  });
  if (more.length === 0) return from;
  const model = { ...from.model, nodes: new Map([...from.model.nodes, ...more]) };
  return { model, context: engineContext(model), hash: '' };
}

function unfit(from: ProcessModel, to: ProcessModel, there: string): Reason | undefined {
  const [before, after] = [from.nodes.get(there), to.nodes.get(there)];
  if (before && after && before.kind === 'user' && before.type === after.type) return undefined;
  return because('move.instead', { name: after?.name ?? before?.name ?? there });
}

/** Undefined: done, or nothing waits there. */
function stepAside(live: Live, model: ProcessModel, gone: string, there: string): Reason | undefined {
  const waiting = tokensOf(live.definition).map(({ id }) => id);
  if (!waiting.includes(gone)) return undefined;
  if (gone === there) return because('move.instead-busy', { name: model.nodes.get(there)?.name ?? there });
  if (waiting.includes(there)) withdraw(live, model, gone);
  else jump(live, model, there, new Set([gone]));
  return undefined;
}

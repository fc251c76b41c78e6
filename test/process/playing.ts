/** Plays one case on a stepper and on the oracle side by side. */
import type { CompiledProcess, Leaf, Stepper, Stimulus, Wait } from '@ganwei/process/step';
import { answer, type Block, below, type Random } from './blocks.ts';
import { newCase, targetsOf } from './oracle.ts';

export interface Played {
  /** what happened, and what waited afterwards */
  log: string[];
  /** the first difference between stepper and oracle */
  wrong?: string;
}

const MOST_STEPS = 60;

/** One case in random order; `jumps`: how often something waiting is jumped away from instead (0…1). */
export async function play(
  stepper: Stepper,
  block: Block,
  random: Random,
  jumps: number,
  texts: Map<string, string>,
): Promise<Played> {
  const oracle = newCase(block);
  const rounds = new Map<string, number>();
  const log: string[] = [];
  let marking: string | null = null;
  let waits = new Map<string, Wait>();
  const step = async (stimulus: Stimulus): Promise<void> => {
    const decide = (flow: { condition?: string }): boolean => answer(String(flow.condition), rounds);
    const leaf = await stepper.step(marking, stimulus, decide, async (hash) => texts.get(hash));
    if (leaf.next !== null && leaf.text !== undefined) texts.set(leaf.next, leaf.text);
    waits = applied(waits, leaf);
    marking = leaf.next;
    log.push(`${JSON.stringify(stimulus)} -> ${[...waits.keys()].sort().join()}`);
  };
  await step({ kind: 'start', startEvent: 'start' });
  for (let n = 0; n < MOST_STEPS; n++) {
    const expected = oracle.waiting().sort().join();
    const found = [...waits.keys()].sort().join();
    if (expected !== found) return { log, wrong: `expected [${expected}] but [${found}] waits` };
    if (oracle.done !== (marking === null))
      return { log, wrong: `oracle ${oracle.done ? 'ended' : 'runs'}, marking ${marking}` };
    if (oracle.done) return { log };
    const targets = targetsOf(block);
    const target = random() < jumps ? (targets[below(random, targets.length)] as string) : undefined;
    const cancel = target && oracle.jump(target);
    await step(cancel ? { kind: 'jump', to: target, cancel } : happening(oracle, [...waits.values()], random));
  }
  return { log };
}

/** Lets one of the waiting things happen, to the oracle at once. */
function happening(oracle: ReturnType<typeof newCase>, waits: readonly Wait[], random: Random): Stimulus {
  const wait = waits[below(random, waits.length)] as Wait;
  const fails = wait.kind === 'service' && wait.slot.startsWith('g') && !oracle.waiting().includes(`${wait.slot}b`);
  if (fails && random() < 0.5) {
    oracle.happen(`!${wait.slot}`);
    return { kind: 'error', slot: wait.slot, code: 'NO' };
  }
  oracle.happen(wait.slot);
  return { kind: wait.kind === 'timer' ? 'fire' : wait.kind === 'message' ? 'message' : 'complete', slot: wait.slot };
}

/** What waits after a step, from what waited before and the leaf alone. */
export function applied(waits: ReadonlyMap<string, Wait>, leaf: Leaf): Map<string, Wait> {
  const next = new Map<string, Wait>();
  for (const [from, to] of leaf.kept) next.set(to, waits.get(from) as Wait);
  for (const wait of leaf.opened) next.set(wait.slot, wait);
  return next;
}

/** The same process with nothing remembered from one step to the next. */
export function forgetful(process: CompiledProcess, make: (process: CompiledProcess) => Stepper): Stepper {
  return { ...make(process), step: (...given) => make(process).step(...given) };
}

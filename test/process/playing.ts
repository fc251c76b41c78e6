/** Plays one case on a stepper and on the oracle side by side. */
import { compileProcess } from '@ganwei/process/compile';
import { type Leaf, makeStepper, type Stepper, type Stimulus, type Wait } from '@ganwei/process/step';
import { beside } from './beside.ts';
import { answer, type Block, below, fileOf, type Random, randomBlock, randomFrom } from './blocks.ts';
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
  const game = beside(stepper.process.model);
  let differs: string | undefined;
  const step = async (stimulus: Stimulus): Promise<void> => {
    const decide = (flow: { condition?: string }): boolean => answer(String(flow.condition), rounds);
    const leaf = await stepper.step(marking, stimulus, decide, async (hash) => texts.get(hash));
    if (leaf.next !== null && leaf.text !== undefined) texts.set(leaf.next, leaf.text);
    differs ??= game.follow(stimulus, leaf);
    waits = applied(waits, leaf);
    marking = leaf.next;
    log.push(`${JSON.stringify(stimulus)} -> ${[...waits.keys()].sort().join()}`);
  };
  await step({ kind: 'start', startEvent: 'start' });
  for (let n = 0; n < MOST_STEPS; n++) {
    if (differs) return { log, wrong: differs };
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

/** A step that was taken, with what it came to. */
interface Taken {
  marking: string | null;
  stimulus: Stimulus;
  leaf: Leaf;
}

/**
 * Plays `cases` cases of a random process on one stepper, each in another order, then has a stepper without memory do one
 * of the steps again, from the stored text alone. Returns what went wrong first.
 */
export async function checkProcess(
  seed: number,
  options: { events: boolean; jumps: number; size: number; cases: number },
) {
  const random = randomFrom(seed);
  const block = randomBlock(random, options.events, options.size);
  const process = await compileProcess(fileOf(block));
  const stepper = makeStepper(process);
  const texts = new Map<string, string>();
  const taken: Taken[] = [];
  const recording: Stepper = {
    ...stepper,
    async step(marking, stimulus, decide, load) {
      const leaf = await stepper.step(marking, stimulus, decide, load);
      if (stimulus.kind !== 'resume') taken.push({ marking, stimulus, leaf });
      return leaf;
    },
  };
  for (let n = 0; n < options.cases; n++) {
    const { wrong, log } = await play(recording, block, random, options.jumps, texts);
    if (wrong) return `seed ${seed}, case ${n}: ${wrong}\n${JSON.stringify(block)}\n${log.join('\n')}`;
  }
  const { marking, stimulus, leaf } = taken[below(random, taken.length)] as Taken;
  const answers = leaf.answers.map(([, answer]) => answer);
  const again = await makeStepper(process).step(
    marking,
    stimulus,
    () => answers.shift() === true,
    async (hash) => texts.get(hash),
  );
  if (told(again) !== told(leaf)) return `seed ${seed}: ${told(again)} instead of ${told(leaf)}`;
  return undefined;
}

const told = ({ text: _text, ...leaf }: Leaf): string => JSON.stringify(leaf);

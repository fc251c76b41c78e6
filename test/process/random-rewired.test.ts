/** The third family of random processes: not block-structured, mostly unsound. The token game plays them as the engine does. */
import { Endless } from '@ganwei/process/faults';
import { gameOf, type Happening } from '@ganwei/process/game';
import { type CompiledProcess, type Leaf, makeStepper, type Wait } from '@ganwei/process/step';
import { expect, test } from 'vitest';
import { beside } from './beside.ts';
import { below, type Random, randomFrom } from './blocks.ts';
import { applied } from './playing.ts';
import { rewiredProcess } from './rewired.ts';

const MOST_STEPS = 25;

/** Plays one case to its end or a standstill; what the game does otherwise than the engine, if anything. */
async function playBeside(
  process: CompiledProcess,
  random: Random,
  texts: Map<string, string>,
): Promise<string | undefined> {
  const stepper = makeStepper(process);
  const other = beside(process.model);
  let marking: string | null = null;
  let waits = new Map<string, Wait>();
  let stimulus: Happening = { kind: 'start', startEvent: 'start' };
  for (let n = 0; n < MOST_STEPS; n++) {
    let leaf: Leaf;
    const asked: [string, boolean][] = [];
    try {
      const decide = ({ id }: { id: string }): boolean => {
        asked.push([id, random() < 0.5]);
        return asked.at(-1)?.[1] === true;
      };
      leaf = await stepper.step(marking, stimulus, decide, async (hash) => texts.get(hash));
    } catch (error) {
      return other.fails(stimulus, asked, error as Error);
    }
    if (leaf.next !== null && leaf.text !== undefined) texts.set(leaf.next, leaf.text);
    const differs = other.follow(stimulus, leaf);
    if (differs) return `${JSON.stringify(stimulus)}: ${differs}`;
    waits = applied(waits, leaf);
    marking = leaf.next;
    if (marking === null || waits.size === 0) return undefined;
    stimulus = anything([...waits.values()], random);
  }
  return undefined;
}

function anything(waits: readonly Wait[], random: Random): Happening {
  const { kind, slot } = waits[below(random, waits.length)] as Wait;
  if (kind === 'timer') return { kind: 'fire', slot };
  if (kind === 'message') return { kind: 'message', slot };
  return kind === 'service' && random() < 0.3 ? { kind: 'error', slot, code: 'NO' } : { kind: 'complete', slot };
}

/** Circles without a wait would overrun the engine's stack; the game says so at once. */
function restless(process: CompiledProcess): boolean {
  const game = gameOf(process.model);
  const seen = new Set<string>();
  const todo: [string | null, Happening][] = [[null, { kind: 'start', startEvent: 'start' }]];
  for (let at = todo.pop(); at && seen.size < 300; at = todo.pop()) {
    for (const given of [true, false]) {
      try {
        const { next, open } = game.move(at[0], at[1], () => given);
        if (next === null || seen.has(next)) continue;
        seen.add(next);
        for (const { kind, slot } of open)
          todo.push([next, { kind: kind === 'timer' ? 'fire' : kind === 'message' ? 'message' : 'complete', slot }]);
      } catch (error) {
        if (error instanceof Endless) return true;
      }
    }
  }
  return false;
}

const CHUNKS = Array.from({ length: 8 }, (_, n) => 50_000 + n * 15);

test.each(CHUNKS)('[PRO15] the token game plays rewired processes as the engine does, models from %i', async (from) => {
  for (let seed = from; seed < from + 15; seed++) {
    const random = randomFrom(seed);
    const process = await rewiredProcess(random, seed % 2 === 0, seed % 10 === 0 ? 12 : 5);
    if (!process || restless(process)) continue;
    const texts = new Map<string, string>();
    for (let n = 0; n < 2; n++) expect(await playBeside(process, random, texts), `seed ${seed}`).toBeUndefined();
  }
});

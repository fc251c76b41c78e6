/** The proof against an exploration of the whole, on random processes, sound and unsound: by the token game, and some by the engine. */
import { compileProcess } from '@ganwei/process/compile';
import { prove } from '@ganwei/process/prove';
import type { CompiledProcess } from '@ganwei/process/step';
import { expect, test } from 'vitest';
import { fileOf, randomBlock, randomFrom } from './blocks.ts';
import { groups } from './campaign.ts';
import { engineOf, explore, gamePlayer, type Player } from './exploring.ts';
import { rewiredProcess } from './rewired.ts';

const MOST_STEPS = 1500;

/** What the two say otherwise, if anything. */
async function differs(process: CompiledProcess, player: Player): Promise<string | undefined> {
  const explored = await explore(process.model, player, MOST_STEPS);
  const proof = prove(process.model, { moves: MOST_STEPS });
  const rules = (severity: string): string[] =>
    proof.findings.filter((one) => one.severity === severity).map(({ rule }) => rule);
  const never = proof.findings.filter(({ rule }) => rule === 'never-reached').map(({ element }) => element);
  const hangs = explored.found.filter((one) => /^(stuck|cannot-end) /.test(one));
  const fails = (kind: string): boolean => explored.found.some((one) => one.startsWith(kind));
  const say = (what: string): string =>
    `${what}\nexplored ${JSON.stringify(explored)}\nproved ${JSON.stringify(proof)}`;
  if (rules('error').some((rule) => rule === 'unbounded' || rule === 'endless')) return undefined;
  if (fails('endless')) return say('not endless');
  if (explored.truncated) return undefined;
  if (!proof.complete) return say('not complete');
  const proven = rules('error').some((rule) => rule === 'stuck' || rule === 'cannot-end');
  if (proven !== hangs.length > 0) return say(`it hangs: ${hangs}`);
  if (fails('uncaught') !== rules('error').includes('uncaught')) return say('uncaught');
  if (fails('no-way') !== rules('warning').includes('no-way')) return say('no way');
  const unreached = explored.found.filter((one) => one.startsWith('never-reached')).map((one) => one.split(' ')[1]);
  if (unreached.length < 10 && never.sort().join() !== unreached.sort().join()) return say('never reached');
  return undefined;
}

const CHUNKS = groups(70_000, 8, 100, 2);

test.each(CHUNKS)('[PRO12] the proof says what the exploration of the whole says, models from %i', async (from) => {
  for (let seed = from; seed < from + 100; seed++) {
    const random = randomFrom(seed);
    const process = await rewiredProcess(random, seed % 3 === 0, seed % 5 === 0 ? 12 : 5);
    if (process) expect(await differs(process, gamePlayer(process)), `seed ${seed}`).toBeUndefined();
  }
});

test('[PRO12] and what an exploration by the engine says', async () => {
  for (let seed = 80_000; seed < 80_024; seed++) {
    const random = randomFrom(seed);
    const process =
      seed % 2 === 0
        ? await compileProcess(fileOf(randomBlock(random, false, 4)))
        : await rewiredProcess(random, false, 4);
    if (!process || prove(process.model).findings.some(({ rule }) => rule === 'endless')) continue;
    const small = await explore(process.model, gamePlayer(process), 80);
    if (!small.truncated) expect(await differs(process, engineOf(process)), `seed ${seed}`).toBeUndefined();
  }
});

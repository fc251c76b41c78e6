/**
 * The shipped content with one mistake at one place: how many of them does the check refuse? A seeded sample of all mutants; a longer one
 * with `npm run test:mutants`, which prints what survived. Figures and survivors: docs/mutation.md. Rule: [REL20].
 */
import path from 'node:path';
import { checkRelease } from '@ganwei/release/check';
import { openRelease, openWorkshop } from '@ganwei/release/release';
import { expect, test } from 'vitest';
import { readFolder } from '../../server/catalogue/folder.ts';
import { PLATFORM_FUNCTIONS, PlatformLanguage } from '../../server/catalogue/language.ts';
import { BUILT_IN_SERVICES } from '../../server/services/registry.ts';
import { type Mutant, mutantsOf } from './mutants.ts';

const SAMPLE = Number(process.env.MUTANTS ?? 60);
/** Some survivors are legitimate, and a short sample may meet several of them; the aim is 98. docs/mutation.md has the figures. */
const LEAST = 85;
const SEED = Number(process.env.SEED ?? 20261127);

const files = readFolder(path.resolve(import.meta.dirname, '../..'));
const workshop = openWorkshop(new PlatformLanguage(PLATFORM_FUNCTIONS).dialect, BUILT_IN_SERVICES);

/** A sample without repetition, the same for the same seed. */
function sampleOf(all: readonly Mutant[], count: number): Mutant[] {
  let state = SEED;
  const rest = [...all];
  return Array.from({ length: Math.min(count, rest.length) }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return rest.splice(Math.floor((state / 2_147_483_648) * rest.length), 1)[0] as Mutant;
  });
}

const errorsIn = async (definitions: ReturnType<Mutant['definitions']>): Promise<number> =>
  (await checkRelease(await openRelease(definitions, workshop))).filter(({ severity }) => severity === 'error').length;

test(`[REL20] of ${SAMPLE} single mistakes in the shipped content at least ${LEAST} in 100 are refused`, async () => {
  expect(await errorsIn(files)).toBe(0);
  const survivors: string[] = [];
  const all = mutantsOf(files);
  const sample = sampleOf(all, SAMPLE);
  for (const mutant of sample) {
    if ((await errorsIn(mutant.definitions())) === 0)
      survivors.push(`${mutant.kind} | ${mutant.file} | ${mutant.what}`);
  }
  const refused = sample.length - survivors.length;
  if (process.env.MUTANTS) {
    console.log(`${all.length} mutants, ${sample.length} tried, ${refused} refused\n${survivors.join('\n')}`);
  }
  expect(sample.length).toBe(SAMPLE);
  expect(refused / sample.length, survivors.join('\n')).toBeGreaterThanOrEqual(LEAST / 100);
}, 3_600_000);

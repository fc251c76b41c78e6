/**
 * The shipped content with one mistake at one place: how many of them does the check refuse? A seeded sample of all mutants; a longer one
 * with `npm run test:mutants`, which prints what survived. Figures and survivors: docs/mutation.md. Rule: [REL20].
 */
import path from 'node:path';
import { errorsOf } from '@ganwei/core/definition';
import { checkRelease } from '@ganwei/release/check';
import { lostCodes } from '@ganwei/release/kept-codes';
import { openRelease, openWorkshop } from '@ganwei/release/release';
import { expect, test } from 'vitest';
import { readFolder } from '../../server/catalogue/folder.ts';
import { PLATFORM_FUNCTIONS, PlatformLanguage } from '../../server/catalogue/language.ts';
import { BUILT_IN_SERVICES } from '../../server/services/registry.ts';
import { equivalence } from './equivalent.ts';
import { type Mutant, mutantsOf } from './mutants.ts';

const SAMPLE = Number(process.env.MUTANTS ?? 60);
/** Of 100 mistakes; a short sample may meet several of the few that are legitimate. docs/mutation.md has the figures. */
const LEAST = 95;
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

/** As the server examines a change on top of the shipped content. */
const errorsIn = async (definitions: ReturnType<Mutant['definitions']>): Promise<number> =>
  errorsOf([...checkRelease(await openRelease(definitions, workshop)), ...lostCodes(files, definitions)]).length;

test(`[REL20] of ${SAMPLE} single mistakes in the shipped content at least ${LEAST} in 100 are refused`, async () => {
  expect(await errorsIn(files)).toBe(0);
  const survivors: string[] = [];
  const same: string[] = [];
  const isSame = equivalence(files);
  const all = mutantsOf(files);
  const sample = sampleOf(all, SAMPLE);
  for (const mutant of sample) {
    if ((await errorsIn(mutant.definitions())) > 0) continue;
    (isSame(mutant) ? same : survivors).push(`${mutant.kind} | ${mutant.file} | ${mutant.what}`);
  }
  const mistakes = sample.length - same.length;
  const refused = mistakes - survivors.length;
  if (process.env.MUTANTS) {
    const figures = `${all.length} mutants, ${sample.length} tried, ${same.length} mean the same, ${refused} of ${mistakes} refused`;
    console.log(`${figures}\n\nmean the same:\n${same.join('\n')}\n\nsurvived:\n${survivors.join('\n')}`);
  }
  expect(sample.length).toBe(SAMPLE);
  expect(refused / mistakes, survivors.join('\n')).toBeGreaterThanOrEqual(LEAST / 100);
}, 3_600_000);

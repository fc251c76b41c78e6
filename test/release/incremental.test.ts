/**
 * What has been found out about one release is used for the next. It must never show: after any change the findings are those of a workshop
 * that has seen nothing before. The changes are the mutants of the mutation proof. Rules: [REL70] [REL71].
 */
import path from 'node:path';
import { CHECKS, checkRelease } from '@ganwei/release/check';
import type { Check } from '@ganwei/release/checks/check';
import type { Definition } from '@ganwei/release/definition';
import { type Found, openRelease, openWorkshop, type Workshop } from '@ganwei/release/release';
import { expect, test } from 'vitest';
import { readFolder } from '../../server/catalogue/folder.ts';
import { BUILT_IN_SERVICES } from '../../server/services/registry.ts';
import { language, type Mutant, mutantsOf } from './mutants.ts';

const base = readFolder(path.join(import.meta.dirname, 'base'));
const shipped = readFolder(path.resolve(import.meta.dirname, '../..'));
const PATIENCE = 600_000;

const newWorkshop = (): Workshop => openWorkshop(language, BUILT_IN_SERVICES);
const found = async (definitions: readonly Definition[], workshop: Workshop): Promise<Found[]> =>
  checkRelease(await openRelease(definitions, workshop));

/** Every n-th mutant, so that each kind of mistake and each file has some. */
const sampleOf = (all: readonly Mutant[], count: number): Mutant[] =>
  all.filter((_, index) => index % Math.max(1, Math.floor(all.length / count)) === 0);

/** One after the other in one workshop, so that with each change the mistake before is mended; each beside a workshop of its own. */
async function compare(definitions: readonly Definition[], count: number): Promise<void> {
  const sample = sampleOf(mutantsOf(definitions), count);
  const workshop = newWorkshop();
  expect(sample.length).toBeGreaterThanOrEqual(count);
  await found(definitions, workshop);
  for (const { what, file, definitions: mutated } of sample) {
    const changed = mutated();
    expect(await found(changed, workshop), `${file} ${what}`).toEqual(await found(changed, newWorkshop()));
  }
  expect(await found(definitions, workshop)).toEqual(await found(definitions, newWorkshop()));
}

test(
  '[REL70] after any single change the findings are those of a check from scratch',
  () => compare(base, 60),
  PATIENCE,
);

test('[REL70] so it is with the shipped content', () => compare(shipped, 3), PATIENCE);

const isLoan = ({ kind, key }: Definition): boolean => kind === 'process' && key === 'loan';

/** The same flow in another text. */
const redrawn = (note: string): Definition[] =>
  base.map((one) =>
    isLoan(one) ? { ...one, source: one.source.replace('</process>', `<!-- ${note} --></process>`) } : one,
  );

test(
  '[REL70] so it is when a flow is drawn anew, then gets a mistake, then loses it in yet another drawing',
  async () => {
    const workshop = newWorkshop();
    const mistaken = (definitions: Definition[]): Definition[] =>
      definitions.map((one) => (isLoan(one) ? { ...one, source: one.source.replaceAll('request.', 'reqest.') } : one));
    expect(mistaken(base)).not.toEqual(base);
    for (const definitions of [
      base,
      redrawn('一'),
      mistaken(redrawn('一')),
      mistaken(redrawn('二')),
      redrawn('三'),
      base,
    ])
      expect(await found(definitions, workshop)).toEqual(await found(definitions, newWorkshop()));
  },
  PATIENCE,
);

/** The checks, with a list of what they have looked at. */
function watched(): { checks: Check[]; seen: string[] } {
  const seen: string[] = [];
  const checks = CHECKS.map(
    (check): Check => ({
      ...check,
      run(release, definition) {
        seen.push(`${check.name} ${definition.key}`);
        return check.run(release, definition);
      },
    }),
  );
  return { checks, seen };
}

const edited = (key: string, find: string, put: string): Definition[] =>
  base.map((one) => {
    if (one.key !== key) return one;
    expect(one.source).toContain(find);
    return { ...one, source: one.source.replace(find, put) };
  });

test(
  '[REL71] a change is checked where it is, and where something depends on what has changed',
  async () => {
    const workshop = newWorkshop();
    const { checks, seen } = watched();
    const again = async (definitions: readonly Definition[]): Promise<string[]> => {
      seen.length = 0;
      checkRelease(await openRelease(definitions, workshop), checks);
      return seen.filter((one) => !one.startsWith('limits')).sort();
    };
    expect((await again(base)).length).toBeGreaterThan(40);
    expect(await again(base)).toEqual([]);
    expect(await again(edited('loan-slip', '加急办理。', '加急办理！'))).toEqual([
      'key-of-file loan-slip',
      'letter-text loan-slip',
      'needed-roles loan',
    ]);
    await again(base);
    // A flow that is only drawn anew means what it meant.
    expect(await again(redrawn('重画'))).toEqual(['needed-roles loan']);
    await again(base);
    const widely = await again(edited('kinds', '"code": "book"', '"code": "books"'));
    expect(widely).toContain('form-rules loan-request');
    expect(widely).not.toContain('decision-gaps days');
  },
  PATIENCE,
);

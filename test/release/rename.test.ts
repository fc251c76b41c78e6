/** Rules [REN1] to [REN5]: a name is written anew everywhere the check guards it, or nowhere. */
import path from 'node:path';
import { checkRelease } from '@ganwei/release/check';
import type { Definition } from '@ganwei/release/definition';
import { fullKey } from '@ganwei/release/keys';
import { openRelease, openWorkshop, type Release } from '@ganwei/release/release';
import { type Declared, type Renamed, renamed } from '@ganwei/release/rename/rename';
import { put, slotsOf } from '@ganwei/release/rename/slots';
import { expect, test } from 'vitest';
import { readFolder } from '../../server/catalogue/folder.ts';
import { PLATFORM_FUNCTIONS, PlatformLanguage } from '../../server/catalogue/language.ts';
import { BUILT_IN_SERVICES } from '../../server/services/registry.ts';

const files = readFolder(path.resolve(import.meta.dirname, '../..'));
const workshop = openWorkshop(new PlatformLanguage(PLATFORM_FUNCTIONS).dialect, BUILT_IN_SERVICES);

const done = (result: Renamed): Extract<Renamed, { changed: unknown }> => {
  if ('problems' in result)
    throw new Error(result.problems.map(({ file, message }) => `${file} ${message}`).join('\n'));
  return result;
};
const after = (content: readonly Definition[], { changed }: { changed: readonly Definition[] }): Definition[] =>
  content.map((one) => changed.find(({ file }) => file === one.file) ?? one);
const field = (form: string, at: string): Declared => ({
  kind: 'field',
  in: form,
  path: at,
  key: at.split(/\.|\[\]\./).at(-1) ?? '',
});

test('[REN1] a field is renamed where it is declared and where flows, functions, letters, ledgers and stories use it, and nothing else is different', async () => {
  const result = done(
    await renamed(files, field('tolerance.tolerance-application', 'eventTitle'), 'affairTitle', workshop),
  );
  const kinds = new Set(result.changed.map(({ kind }) => kind));
  for (const kind of ['form', 'process', 'ledger', 'letter', 'story'] as const) expect(kinds, kind).toContain(kind);
  const found = checkRelease(await openRelease(after(files, result), workshop));
  expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  for (const { before, after: made } of result.uses)
    expect(made.replaceAll('affairTitle', 'eventTitle'), before).toBe(before);
  expect(
    result.uses.some(({ definition }) => definition.file === 'forms/tolerance/tolerance-ex-officio.form.json'),
  ).toBe(true);
});

test('[REN2] by the tree, not by the letters: what is called the same elsewhere keeps its name', async () => {
  const result = done(
    await renamed(files, field('filing.filing-revocation-review', 'result'), 'outcomeOfReview', workshop),
  );
  const flow = result.changed.find(({ kind }) => kind === 'process');
  expect(result.uses.length).toBeLessThan(8);
  expect(flow?.source ?? '').not.toMatch(/appeal\.outcomeOfReview|acceptance\.outcomeOfReview/);
  expect(result.changed.length).toBeLessThan(5);
});

test('[REN3] what cannot be proved changes nothing, and says what would be wrong', async () => {
  const result = await renamed(files, field('reminder.reminder-reason', 'found[].keyWork'), 'subjectOfWork', workshop);
  expect('problems' in result && result.problems.map(({ message }) => message).join()).toContain(
    '明细表没有「keyWork」',
  );
});

/** Every name of the shipped content that can be renamed. */
function namesIn(release: Release): Declared[] {
  return files.flatMap((file): Declared[] => {
    const full = fullKey(file);
    if (file.kind === 'form') return [...(release.form(full)?.byPath.keys() ?? [])].map((at) => field(full, at));
    if (file.kind === 'ledger')
      return (release.ledger(full)?.columns ?? []).map(({ key }) => ({ kind: 'column', in: full, key }));
    const { model } = (file.kind === 'process' && release.process(full)) || {};
    const tasks = [...(model?.nodes.values() ?? [])].filter(({ task }) => task !== undefined);
    return [
      ...(model?.case.statuses ?? []).map(({ key }): Declared => ({ kind: 'status', in: full, key })),
      ...tasks.map(({ id }): Declared => ({ kind: 'step', in: full, key: id })),
      ...tasks.flatMap(({ id, task }) =>
        task!.outcomes.map(({ key }): Declared => ({ kind: 'outcome', in: full, step: id, key })),
      ),
    ];
  });
}

const back = (name: Declared, to: string): Declared =>
  name.kind === 'field' ? field(name.in, name.path.slice(0, -name.key.length) + to) : { ...name, key: to };

const SAMPLE = Number(process.env.RENAMES ?? 14);

test(`[REN4] of ${SAMPLE} names of the shipped content nearly all can be renamed, and renamed back nothing is different to the letter`, async () => {
  const names = namesIn(await openRelease(files, workshop));
  const step = Math.floor(names.length / SAMPLE);
  const refused: string[] = [];
  for (let index = 0; index < SAMPLE; index++) {
    const name = names[(index * step + 7) % names.length]!;
    const to = `${name.key}Anew`;
    const there = await renamed(files, name, to, workshop);
    if ('problems' in there) {
      refused.push(`${name.in} ${name.key}: ${there.problems[0]?.message}`);
      continue;
    }
    const content = after(files, there);
    const again = after(content, done(await renamed(content, back(name, to), name.key, workshop)));
    for (const [at, { file, source }] of files.entries()) expect(again[at]?.source, `${name.key} ${file}`).toBe(source);
  }
  if (process.env.RENAMES) console.log(refused.join('\n'));
  expect(refused.length / SAMPLE, refused.join('\n')).toBeLessThan(0.15);
}, 3_600_000);

test('[REN5] whatever is said in a definition of the shipped content can be said anew at its place: it is read as it was', () => {
  for (const file of files) {
    const slots = slotsOf(file);
    const source = put(file.source, new Map(slots.map((slot) => [slot, slot.value])));
    expect(
      slotsOf({ ...file, source }).map(({ value }) => value),
      file.file,
    ).toEqual(slots.map(({ value }) => value));
    expect(put(file.source, new Map())).toBe(file.source);
  }
});

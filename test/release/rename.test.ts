/** Rules [REN1] to [REN9]: a name is written anew everywhere the check guards it, or nowhere; and what there is to name, and where it is used. */
import path from 'node:path';
import { checkRelease } from '@ganwei/release/check';
import type { Definition } from '@ganwei/release/definition';
import { fullKey } from '@ganwei/release/keys';
import { openRelease, openWorkshop, type Release } from '@ganwei/release/release';
import { namesOf } from '@ganwei/release/rename/names';
import { refusalOfName } from '@ganwei/release/rename/new-name';
import { type Declared, type Renamed, renamed } from '@ganwei/release/rename/rename';
import { put, slotsOf } from '@ganwei/release/rename/slots';
import { usesOf } from '@ganwei/release/rename/uses';
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
    const again = after(content, done(await renamed(content, back(name, to), name.key, workshop, files)));
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

test('[REN6] every name that can be renamed is told with what people call it, also of a text that is wrong', async () => {
  const told = new Set(files.flatMap((file) => namesOf(file).map(({ thing }) => JSON.stringify(ordered(thing)))));
  for (const name of namesIn(await openRelease(files, workshop)))
    expect(told, `${name.in} ${name.key}`).toContain(JSON.stringify(ordered(name)));
  const form = files.find(({ file }) => file === 'forms/tolerance/tolerance-application.form.json')!;
  const title = namesOf(form).find(({ thing }) => thing.key === 'eventTitle');
  expect(title?.label).toBe('事项名称');
  expect(namesOf({ ...form, source: '{' }).map(({ thing }) => thing.kind)).toEqual(['definition']);
});

const ordered = (thing: object): [string, unknown][] => Object.entries(thing).sort(([a], [b]) => (a < b ? -1 : 1));

test('[REN6] where something is used is told of names, of whole definitions, of words of the directory and of functions', async () => {
  const places = await usesOf(files, field('tolerance.tolerance-application', 'eventTitle'), workshop);
  expect(places.places.length).toBeGreaterThan(10);
  expect(places.places.some(({ place }) => /[\u4e00-\u9fff]/.test(place.join()))).toBe(true);
  const form = await usesOf(
    files,
    { kind: 'definition', of: 'form', in: 'tolerance.tolerance-application', key: 'tolerance-application' },
    workshop,
  );
  expect(form.missed.map(({ file }) => file)).toContain('processes/tolerance/tolerance.bpmn');
  const role = await usesOf(files, { kind: 'word', list: 'roles', in: 'directory', key: 'signer' }, workshop);
  expect(role.missed.map(({ file }) => file)).toContain('processes/tolerance/tolerance.bpmn');
  const called = await usesOf(files, { kind: 'function', in: 'appeal', key: 'is late appeal' }, workshop);
  expect(called.missed.length).toBeGreaterThan(0);
});

test('[REN7] a new name has the shape of its kind, is not taken beside it, and is not the system’s', () => {
  const form = files.find(({ file }) => file === 'forms/tolerance/tolerance-application.form.json')!;
  const name = field('tolerance.tolerance-application', 'eventTitle');
  const why = (to: string) => refusalOfName(name, to, form)?.code;
  expect(why('事项')).toBeUndefined();
  expect(why('eventTitle')).toBe('rename.same');
  expect(why('2nd')).toBe('rename.shape-field');
  expect(why('constructor')).toBe('rename.shape-field');
  expect(why('today')).toBe('rename.system');
  const other = namesOf(form).find(({ thing }) => thing.kind === 'field' && thing.key !== 'eventTitle')!;
  expect(why(other.thing.key)).toBe('rename.taken');
  const flow = files.find(({ file }) => file === 'processes/tolerance/tolerance.bpmn')!;
  const [step] = namesOf(flow).filter(({ thing }) => thing.kind === 'step');
  expect(refusalOfName(step!.thing as Declared, '办理', flow)?.code).toBe('rename.shape-id');
});

test('[REN8] a field remembers what it was called where that is in force, and a name that never was is not remembered', async () => {
  const name = field('tolerance.tolerance-application', 'eventTitle');
  const once = after(files, done(await renamed(files, name, 'affairTitle', workshop)));
  const twice = after(once, done(await renamed(once, field(name.in, 'affairTitle'), 'matterTitle', workshop, files)));
  const text = twice.find(({ file }) => file === 'forms/tolerance/tolerance-application.form.json')!.source;
  expect(text).toContain('"x-formerly": ["eventTitle"],');
  const published = done(await renamed(once, field(name.in, 'affairTitle'), 'matterTitle', workshop, once));
  expect(
    published.changed.find(({ kind, key }) => kind === 'form' && key === 'tolerance-application')!.source,
  ).toContain('"x-formerly": ["affairTitle", "eventTitle"],');
});

/** The content folder as one more author, and the demo going back to it. */
import path from 'node:path';
import type { Definition } from '@ganwei/release/definition';
import { afterEach, expect, test } from 'vitest';
import { readFolder } from '../../server/catalogue/folder.ts';
import { lacks } from '../../server/directory/readiness.ts';
import { takeFolder } from '../../server/publishing/folder.ts';
import { COLOURS, CONTENT, colours, type Office, office, PROCESS, VISIT, visitNamed } from './office.ts';

let o: Office;
afterEach(() => o?.w.stop());

/** Readiness is told when there are words for the directory. */
const WORDS = readFolder(path.join(import.meta.dirname, '../..')).filter(({ kind }) => kind === 'directory');
const BASE = [...CONTENT, ...WORDS];
const folder = (...changed: Definition[]): Definition[] => [
  ...BASE.filter((one) => !changed.some(({ kind, key }) => one.kind === kind && one.key === key)),
  ...changed,
];
const flow = (step: string): Definition => ({ ...VISIT, source: visitNamed(step) });
const take = async (...changed: Definition[]) => {
  const taken = await takeFolder(o.w.host, folder(...changed));
  await o.w.host.refresh();
  return taken;
};
const items = () =>
  o.w.host
    .catalogue()
    .dictionary('colours')
    ?.items.map(({ label }) => label);

test('[V10] the folder and the browser change different definitions: both are in force, whoever came last', async () => {
  o = await office({ content: BASE });
  await o.published('peiwen', 'kongwei', [{ ...PROCESS, source: visitNamed('核对') }]);
  expect(await take(colours('绿'))).toMatchObject({ release: 3, changed: 1, waits: null });
  expect([await o.step(), items()]).toEqual(['核对', ['绿']]);
  expect(await take(colours('绿'))).toMatchObject({ release: null });
});

test('[V10] what was born in the browser is not in the folder, and stays when the folder changes', async () => {
  o = await office({ content: BASE });
  const shades = colours('浅').source.replace('colours', 'shades');
  await o.published('peiwen', 'kongwei', [{ kind: 'dictionary', app: '', key: 'shades', source: shades }]);
  await take(colours('绿'));
  expect(o.w.host.catalogue().dictionary('shades')?.items).toHaveLength(1);
});

test('[V10] the folder takes over what was published in the browser: nothing is left to do, and it goes on from there', async () => {
  o = await office({ content: BASE });
  await o.published('peiwen', 'kongwei', [{ ...COLOURS, source: colours('绿').source }]);
  expect(await take(colours('绿'))).toMatchObject({ release: null, waits: null });
  expect(await take(colours('绿', '蓝'))).toMatchObject({ release: 3, waits: null });
});

test('[V11] a folder that would overwrite what was published in the browser waits as a whole in a change, and says so', async () => {
  o = await office({ content: BASE });
  await o.published('peiwen', 'kongwei', [{ ...PROCESS, source: visitNamed('核对') }]);
  const { release, waits } = await take(flow('目录里的'), colours('绿'));
  expect([release, await o.step(), items()]).toEqual([null, '核对', ['红']]);
  const view = await o.as('peiwen').view(waits!);
  expect([view.origin, view.state, view.authors]).toEqual(['folder', 'drafting', [{ id: '', name: '', unit: '' }]]);
  expect(view.drafts.map(({ key, behind }) => [key, behind])).toEqual([
    ['colours', false],
    ['visit', true],
  ]);
  expect((await o.as('peiwen').draft(waits!, PROCESS)).base).toBe(VISIT.source);
  const ready = (await lacks(o.w.host)).filter(({ reason }) => reason.code === 'ready.folder');
  expect(ready).toMatchObject([{ severity: 'hint', reason: { params: { title: '内容目录' } } }]);
  expect(await take(flow('目录里的'), colours('绿'))).toMatchObject({ waits: null });

  await o.as('peiwen').rebase(waits!, PROCESS, visitNamed('合起来的'));
  await o.as('peiwen').submit(waits!);
  await o.as('kongwei').review(waits!, true);
  await o.as('peiwen').publish(waits!);
  expect([await o.step(), items()]).toEqual(['合起来的', ['绿']]);
  expect((await lacks(o.w.host)).filter(({ reason }) => reason.code === 'ready.folder')).toEqual([]);
  // What people have settled is settled: only what the folder changes from now on is new.
  expect(await take(flow('目录里的'), colours('绿', '蓝'))).toMatchObject({ release: 4, waits: null });
  expect(await o.step()).toBe('合起来的');
});

test('[V11] when the folder changes once more while it waits, its new state takes the place of the old', async () => {
  o = await office({ content: BASE });
  await o.published('peiwen', 'kongwei', [{ ...PROCESS, source: visitNamed('核对') }]);
  const first = await take(flow('目录一'));
  const second = await take(flow('目录二'), colours('绿'));
  expect((await o.as('peiwen').list()).rows.map(({ id }) => id)).toEqual([second.waits]);
  expect(await o.as('peiwen').view(first.waits!)).toMatchObject({
    state: 'withdrawn',
    record: [{}, { what: 'withdrawn', words: '内容目录又有改动，以它现在的内容为准。' }],
  });
  expect((await o.as('peiwen').view(second.waits!)).drafts.map(({ key }) => key)).toEqual(['colours', 'visit']);
});

test('[V11] a folder that is made to agree with the browser again leaves nothing waiting', async () => {
  o = await office({ content: BASE });
  await o.published('peiwen', 'kongwei', [{ ...PROCESS, source: visitNamed('核对') }]);
  const { waits } = await take(flow('目录里的'), colours('绿'));
  expect(await take(flow('核对'), colours('绿'))).toMatchObject({ release: 3, waits: null });
  expect((await o.as('peiwen').view(waits!)).state).toBe('withdrawn');
  expect([await o.step(), items()]).toEqual(['核对', ['绿']]);
});

test('[V11] a definition taken out of the folder that was changed in the browser waits to be retired', async () => {
  o = await office({ content: BASE });
  await o.published('peiwen', 'kongwei', [{ ...COLOURS, source: colours('绿').source }]);
  const { waits } = await takeFolder(
    o.w.host,
    BASE.filter(({ key }) => key !== 'colours'),
  );
  expect((await o.as('peiwen').view(waits!)).drafts).toMatchObject([{ key: 'colours', what: 'retired', behind: true }]);
  expect(items()).toEqual(['绿']);
});

test('[V9] two servers take over the same folder at once: one makes the release, one change waits', async () => {
  o = await office({ content: BASE });
  const both = (files: Definition[]) => Promise.all([takeFolder(o.w.host, files), takeFolder(o.w.host, files)]);
  const releases = (await both(folder(colours('绿')))).map(({ release }) => release);
  expect(releases.sort()).toEqual([2, null]);
  await o.published('peiwen', 'kongwei', [{ ...PROCESS, source: visitNamed('核对') }]);
  await both(folder(flow('目录里的')));
  expect((await o.as('peiwen').list()).rows).toHaveLength(1);
});

test('[V10] a folder that is not there retires nothing', async () => {
  o = await office({ content: BASE });
  expect(await takeFolder(o.w.host, [])).toMatchObject({ release: null, waits: null, problems: [] });
  expect([o.w.host.catalogue().release, await o.step()]).toEqual([1, '审查']);
});

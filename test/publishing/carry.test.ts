/** Content that goes out as a folder and comes in as a change. */

import path from 'node:path';
import { Refusal } from '@ganwei/core/refusal';
import { KINDS } from '@ganwei/release/definition';
import { definitionAt, isNameable, pathOf } from '@ganwei/release/paths';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { afterEach, describe, expect, test } from 'vitest';
import { readFolder } from '../../server/catalogue/folder.ts';
import { MOST, packed, unpacked } from '../../server/publishing/archive.ts';
import { deployFolder, exportRelease } from '../../server/publishing/carry.ts';
import { COLOURS, colours, type Office, office, PROCESS, VISIT, visitNamed } from './office.ts';

const open: Office[] = [];
const opened = async (options: Parameters<typeof office>[0] = {}): Promise<Office> => {
  const made = await office(options);
  open.push(made);
  return made;
};
afterEach(() => Promise.all(open.splice(0).map((one) => one.w.stop())));

const call = (o: Office, id: string) => ({ actor: o.w.actor(id) });

test('[CHG30] a definition of any kind and name that may be saved is read from its path as the same one', () => {
  const word = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'abZ9_-.表/\\ ') });
  fc.assert(
    fc.property(fc.constantFrom(...KINDS), fc.oneof(fc.constant(''), word), word, (kind, app, key) => {
      fc.pre(isNameable({ kind, app, key }));
      expect(definitionAt(pathOf({ kind, app, key }))).toEqual({ kind, app, key });
    }),
    { numRuns: 2000 },
  );
});

test('[CHG30] the shipped content lies where an export writes it, and read from the export it is the same', () => {
  const files = readFolder(path.join(import.meta.dirname, '../..'));
  expect(files.map((file) => pathOf(file))).toEqual(files.map(({ file }) => file));
  const read = unpacked(packed(files));
  expect(read).toEqual(expect.arrayContaining(files));
  expect(read).toHaveLength(files.length);
  expect(packed([...files].reverse())).toEqual(packed(files));
});

test('[CHG30] an older release is exported as it was, and for whoever may see it alone', async () => {
  const o = await opened();
  await o.published('peiwen', 'kongwei', [
    { ...PROCESS, source: visitNamed('核对') },
    { ...COLOURS, source: null },
  ]);
  const first = await exportRelease(o.w.host, call(o, 'peiwen'), 1);
  expect(first.name).toBe('ganwei-1.zip');
  expect(unpacked(first.bytes).find(({ key }) => key === 'visit')?.source).toBe(VISIT.source);
  const second = unpacked((await exportRelease(o.w.host, call(o, 'peiwen'), 2)).bytes);
  expect(second.map(({ file }) => file)).toEqual([
    'forms/shared/opinion.form.json',
    'forms/shared/request.form.json',
    'processes/shared/visit.bpmn',
  ]);
  await expect(exportRelease(o.w.host, call(o, 'peiwen'), 3)).rejects.toMatchObject({ code: 'not.found' });
  await expect(exportRelease(o.w.host, call(o, 'luchuan'), 1)).rejects.toMatchObject({ code: 'not.found' });
  expect((await o.audit()).filter((act) => act.startsWith('content-'))).toHaveLength(2);
});

test('[CHG32] exported, and brought to a server with nothing in it, a release is the same there', async () => {
  const o = await opened();
  await o.published('peiwen', 'kongwei', [{ ...PROCESS, source: visitNamed('核对') }]);
  const { bytes } = await exportRelease(o.w.host, call(o, 'peiwen'), 2);
  const other = await opened({ content: [] });
  const { id } = await deployFolder(other.w.host, call(other, 'peiwen'), { name: 'ganwei-2.zip', bytes });
  expect(await other.as('peiwen').view(id!)).toMatchObject({ title: '部署：ganwei-2', origin: 'deploy', count: 4 });
  await other.as('peiwen').submit(id!);
  await other.as('kongwei').review(id!, true);
  await other.as('peiwen').publish(id!);
  expect(await other.step()).toBe('核对');
  expect((await exportRelease(other.w.host, call(other, 'peiwen'), 1)).bytes).toEqual(bytes);
  expect(await deployFolder(other.w.host, call(other, 'peiwen'), { name: 'x.zip', bytes })).toEqual({ id: null });
});

test('[CHG32] what the folder does not have is to be retired; who may not draft all of it sends nothing', async () => {
  const o = await opened();
  const folder = packed([{ ...colours('绿') }]);
  const { id } = await deployFolder(o.w.host, call(o, 'peiwen'), { name: 'x.zip', bytes: folder });
  const { drafts } = await o.as('peiwen').view(id!);
  expect(drafts.map(({ key, what }) => [key, what])).toEqual([
    ['colours', 'changed'],
    ['opinion', 'retired'],
    ['request', 'retired'],
    ['visit', 'retired'],
  ]);
  const asStranger = () => deployFolder(o.w.host, call(o, 'luchuan'), { name: 'x.zip', bytes: folder });
  await expect(asStranger).rejects.toMatchObject({ code: 'not.found' });
});

describe('an archive', () => {
  const COLOUR = 'forms/dictionaries/colours.json';
  const text = strToU8('{}');
  test.each([
    ['is no zip', new Uint8Array([1, 2, 3]), '不能读取这个压缩包'],
    ['has nothing of ours', zipSync({ 'content/forms.txt': text }), '没有定义'],
    ['leaves the folder', zipSync({ [COLOUR]: text, '../forms/x.form.json': text }), '../forms/x.form.json'],
    ['leaves the folder on Windows', zipSync({ [COLOUR]: text, 'forms\\x.form.json': text }), '越出了内容文件夹'],
    ['begins at the root', zipSync({ '/forms/shared/x.form.json': text }), '越出了内容文件夹'],
    ['has a key that is none', zipSync({ 'forms/shared/a.b.form.json': text }), 'forms/shared/a.b.form.json'],
    ['has one definition twice', zipSync({ 'forms/a/x.form.json': text, 'forms/a/b/x.form.json': text }), '同一个定义'],
    ['is no text', zipSync({ [COLOUR]: new Uint8Array([0xff, 0xfe]) }), '不是 UTF-8 文本'],
    ['has a text too long', zipSync({ [COLOUR]: new Uint8Array(MOST.each + 1) }), '超过 1500000 个字符'],
    [
      'has too many files',
      zipSync(Object.fromEntries(Array.from({ length: MOST.files + 1 }, (_, i) => [`x${i}`, text]))),
      '5000 个文件',
    ],
    [
      'unpacks to too much',
      zipSync(Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`x${i}`, new Uint8Array(MOST.each)]))),
      '解压后 60 MB',
    ],
  ])('[CHG31] that %s is refused with the reason', (_what, bytes, says) => {
    const refused = () => unpacked(bytes);
    expect(refused).toThrow(Refusal);
    expect(refused).toThrow(says);
  });

  test('[CHG31] that says it is smaller than it is gives no more than it said', () => {
    const bytes = zipSync({ [COLOUR]: strToU8(' '.repeat(1000)) });
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    for (let at = 0; at < bytes.length - 4; at++)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 10, true);
    expect(() => unpacked(bytes)[0]?.source.length ?? 0).not.toThrow();
    expect(unpacked(bytes)[0]!.source.length).toBeLessThanOrEqual(10);
  });

  test('[CHG31] with a link in it has a text in its place: nobody follows it', () => {
    const link = zipSync({ [COLOUR]: [strToU8('/etc/passwd'), { os: 3, attrs: 0o120777 << 16 }] });
    expect(unpacked(link)).toMatchObject([{ key: 'colours', source: '/etc/passwd' }]);
  });

  test('[CHG31] may hold other files beside: they are left alone', () => {
    const files = {
      [COLOUR]: text,
      'processes/visits/main.cases.txt': text,
      'README.md': text,
      'forms/': new Uint8Array(),
    };
    expect(unpacked(zipSync(files)).map(({ file }) => file)).toEqual([COLOUR]);
  });
});

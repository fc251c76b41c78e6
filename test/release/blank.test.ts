/** What a new definition begins with is right as it is. Rule: [DIF5]. */
import path from 'node:path';
import { type BlankKind, blankSource } from '@ganwei/release/blank';
import { checkRelease } from '@ganwei/release/check';
import { OWNED } from '@ganwei/release/definition';
import { openRelease, openWorkshop } from '@ganwei/release/release';
import { expect, test } from 'vitest';
import { readFolder } from '../../server/catalogue/folder.ts';
import { BUILT_IN_SERVICES } from '../../server/services/registry.ts';
import { language } from './mutants.ts';

const base = readFolder(path.join(import.meta.dirname, 'base'));
const KINDS: readonly BlankKind[] = ['process', 'form', 'decision', 'letter', 'ledger', 'dictionary', 'calendar'];

test('[DIF5] what a new definition of each kind begins with has no error, whatever it is called', async () => {
  const made = KINDS.map((kind) => ({
    kind,
    ...(OWNED.includes(kind) && { app: 'loan' }),
    key: 'brand-new',
    file: `${kind} new`,
    source: blankSource({ kind, key: 'brand-new' }, '新的<"事项"> & 其他'),
  }));
  const release = await openRelease([...base, ...made], openWorkshop(language, BUILT_IN_SERVICES));
  const found = checkRelease(release).filter(({ file }) => made.some((one) => one.file === file));
  expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  // that nothing uses them yet may be said
  expect(found.map(({ message }) => message)).toEqual(['没有流程使用这张决策表', '没有流程签发这份文书']);
  expect(made.map(({ kind }) => release.title(kind, OWNED.includes(kind) ? 'loan.brand-new' : 'brand-new'))).toEqual(
    made.map(({ kind }) => (kind === 'calendar' ? '2000 年工作日历' : '新的<"事项"> & 其他')),
  );
});

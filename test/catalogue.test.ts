/** Every file in forms/ and processes/ loads, fits the others, and leads every case to an end. */
import path from 'node:path';
import { explore } from '@ganwei/process/explore';
import { checkRelease } from '@ganwei/release/check';
import { openRelease, openWorkshop } from '@ganwei/release/release';
import { describe, expect, test } from 'vitest';
import { compileEntry } from '../server/catalogue/catalogue.ts';
import { readFolder } from '../server/catalogue/folder.ts';
import { LANGUAGE } from '../server/catalogue/language.ts';
import { registry } from '../server/services/registry.ts';

const files = readFolder(path.resolve(import.meta.dirname, '..'));

test('[V4] the shipped content compiles as a whole without a problem', async () => {
  const problems = await checkRelease(await openRelease(files, openWorkshop(LANGUAGE, registry)));
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
});

describe.each(files.filter((file) => file.kind === 'process'))('$key', ({ key, source }) => {
  test('[PRO12] no explored case of it hangs, and none ends with a token left behind', async () => {
    const { compiled } = await compileEntry(source, key, 1);
    const { problems, truncated } = await explore(compiled, { steps: 600 });
    const telling = truncated
      ? problems.filter((problem) => problem.rule !== 'never-reached' && problem.rule !== 'cannot-end')
      : problems;
    expect(telling.filter((problem) => problem.severity === 'error')).toEqual([]);
  }, 120_000);
});

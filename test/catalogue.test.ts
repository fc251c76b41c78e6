/** Every file in forms/ and processes/ loads, fits the others, and leads every case to an end. */
import path from 'node:path';
import { prove } from '@ganwei/process/prove';
import { describe, expect, test } from 'vitest';
import { compileEntry } from '../server/catalogue/catalogue.ts';
import { checkAll } from '../server/catalogue/check.ts';
import { readFolder } from '../server/catalogue/folder.ts';
import { registry } from '../server/services/registry.ts';

const files = readFolder(path.resolve(import.meta.dirname, '..'));

test('[V4] the shipped content compiles as a whole without a problem', async () => {
  const { problems } = await checkAll(files, registry);
  expect(problems).toEqual([]);
});

describe.each(files.filter((file) => file.kind === 'process'))('$key', ({ key, source }) => {
  test('[PRO12] it is proved whole: no case of it hangs, nothing in it is out of reach', async () => {
    const { compiled } = await compileEntry(source, key, 1);
    expect(prove(compiled.model)).toMatchObject({ findings: [], complete: true });
  });
});

/** Every file in forms/ and processes/ loads, fits the others, and leads every case to an end. */
import { errorsOf } from '@ganwei/core/definition';
import { prove } from '@ganwei/process/prove';
import { checkRelease } from '@ganwei/release/check';
import { openRelease, openWorkshop } from '@ganwei/release/release';
import { describe, expect, test } from 'vitest';
import { PLATFORM_FUNCTIONS, PlatformLanguage } from '../server/catalogue/language.ts';
import { compileEntry } from '../server/catalogue/library.ts';
import { BUILT_IN_SERVICES } from '../server/services/registry.ts';
import { content, contentLanguage } from './content/desk.ts';

const files = content();

test('[V4] the shipped content compiles as a whole without a problem', async () => {
  const language = new PlatformLanguage(PLATFORM_FUNCTIONS).dialect;
  const problems = checkRelease(await openRelease(files, openWorkshop(language, BUILT_IN_SERVICES)));
  expect(errorsOf(problems)).toEqual([]);
});

describe.each(files.filter((file) => file.kind === 'process'))('$key', ({ key, source }) => {
  test('[PRO12] it is proved whole: no case of it hangs, nothing in it is out of reach', async () => {
    const { compiled } = await compileEntry(source, { key, app: '', version: 1 }, await contentLanguage());
    expect(prove(compiled.model)).toMatchObject({ findings: [], complete: true });
  });
});

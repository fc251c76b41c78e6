import { expect, test } from 'vitest';
import { openStore } from '../../server/store/open.ts';

test('[P1] a transaction that throws leaves nothing behind', async () => {
  const store = await openStore({ file: ':memory:' });
  await expect(
    store.transaction(async (tx) => {
      await tx('settings').insert({ name: 'a', value: '1' });
      throw new Error('stop');
    }),
  ).rejects.toThrow('stop');
  expect(await store.reader('settings')).toEqual([]);
  await store.transaction((tx) => tx('settings').insert({ name: 'a', value: '1' }));
  expect(await store.reader('settings')).toEqual([{ name: 'a', value: '1' }]);
  await store.close();
});

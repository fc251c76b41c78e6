/** Rule [I9]: hashes of passwords are reckoned a few at a time. */
import { expect, test } from 'vitest';
import { hashPassword, makeTurns, matches } from '../../server/identity/hashing.ts';

test('[I9] no more than two run at once, the others in their order, and beyond the queue nobody waits', async () => {
  const inTurn = makeTurns(2, 3);
  const ends: (() => void)[] = [];
  const log: string[] = [];
  const work = (name: string) =>
    inTurn(async () => {
      log.push(name);
      await new Promise<void>((end) => ends.push(end));
      return name;
    }).catch((error: { code: string }) => error.code);
  const all = ['a', 'b', 'c', 'd', 'e', 'f'].map(work);
  await expect(all[5]).resolves.toBe('server.busy');
  expect(log).toEqual(['a', 'b']);
  for (let i = 0; i < 5; i++) {
    ends.shift()?.();
    await new Promise((resolve) => setTimeout(resolve));
  }
  expect([log, await Promise.all(all)]).toEqual([
    ['a', 'b', 'c', 'd', 'e'],
    ['a', 'b', 'c', 'd', 'e', 'server.busy'],
  ]);
});

test('[I9] work that fails gives its turn to the next', async () => {
  const inTurn = makeTurns(1, 1);
  const failed = inTurn(async () => Promise.reject(new Error('broken')));
  const next = inTurn(async () => 'done');
  await expect(failed).rejects.toThrow('broken');
  expect(await next).toBe('done');
});

test('[I1] a hash has its own salt and matches its password alone', async () => {
  const [one, two] = [await hashPassword('敢为-1234567'), await hashPassword('敢为-1234567')];
  expect(one).not.toBe(two);
  expect([await matches('敢为-1234567', one), await matches('敢为-1234568', one), await matches('x', 'plain')]).toEqual(
    [true, false, false],
  );
});

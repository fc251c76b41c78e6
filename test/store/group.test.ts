/** How commands that wait together are committed, and how statements travel: what an answered person may rely on. */
import { Conflict } from '@ganwei/core/refusal';
import { describe, expect, test } from 'vitest';
import { putSetting, setting } from '../../server/store/definitions.ts';
import { openStore, type Tx } from '../../server/store/open.ts';
import { appendHistory, CHAIN_START, linkHistory } from '../../server/store/record.ts';
import { insertRows } from '../../server/store/statements.ts';
import type { Value } from '../../server/store/tx.ts';
import { onBoth, temporaryFile } from './both.ts';

onBoth('transactions that wait together', (stage) => {
  test('[STO13] the last statements are committed all together or not at all, however many; none may follow', async () => {
    const { store } = stage;
    const entry = { at: 1, kind: 'started', person: 'a', node: '', detail: {} };
    const { rows } = linkHistory('last', { seq: 0, hash: CHAIN_START }, [entry]);
    const many = (name: string) =>
      Array.from({ length: 60 }, (_, i) => ({ name: `${name}-${i}`, value: 'x'.repeat(50_000) }));
    const write = (name: string): Promise<void> =>
      store.transaction(
        async (tx) => putSetting(tx, `${name}-work`, '1'),
        (tx) => [insertRows(tx, 'settings', many(name)), appendHistory(tx, rows)],
      );
    await write('first');
    await expect(write('second')).rejects.toBeInstanceOf(Conflict);
    const kept = (name: string) => setting(store.reader, name);
    expect(await Promise.all([kept('first-work'), kept('second-work')])).toEqual(['1', undefined]);
    expect(await Promise.all([kept('first-59'), kept('second-0'), kept('second-59')])).toEqual([
      'x'.repeat(50_000),
      undefined,
      undefined,
    ]);
    let late: Promise<number> | undefined;
    await store.transaction(
      async () => undefined,
      (tx) => {
        queueMicrotask(() => {
          late = tx.run('delete from settings', []);
          late.catch(() => undefined);
        });
        return [];
      },
    );
    await expect(late).rejects.toThrow('this transaction is over');
  });

  test('[STO8] one that fails takes back its own rows and nobody else’s', async () => {
    const { store } = stage;
    const results = await Promise.allSettled(
      [...'abcdefgh'].map((name, index) =>
        store.transaction(async (tx) => {
          await putSetting(tx, `together-${name}`, name);
          if (index % 3 === 1) throw new Error(`no ${name}`);
          return name;
        }),
      ),
    );
    expect(results.map((r) => (r.status === 'fulfilled' ? r.value : (r.reason as Error).message))).toEqual(
      ['a', 'no b', 'c', 'd', 'no e', 'f', 'g', 'no h'], // each is told his own end
    );
    const kept = await Promise.all([...'abcdefgh'].map((name) => setting(store.reader, `together-${name}`)));
    expect(kept.map((value) => value ?? '-').join('')).toBe('a-cd-fg-');
  });

  test('[STO10] statements sent in one go are carried out in their order, and the one that fails knows why', async () => {
    const { store } = stage;
    const first = { at: 1, kind: 'started', person: 'a', node: '', detail: {} };
    const { rows } = linkHistory('go', { seq: 0, hash: CHAIN_START }, [first]);
    const value = store.transaction(async (tx) => {
      const [, , read] = await Promise.all([putSetting(tx, 'go', '1'), putSetting(tx, 'go', '2'), setting(tx, 'go')]);
      return read;
    });
    expect(await value).toBe('2');
    await store.transaction((tx) => appendHistory(tx, rows));
    const again = store.transaction((tx) =>
      Promise.all([putSetting(tx, 'go', '3'), appendHistory(tx, rows), putSetting(tx, 'gone', '4')]),
    );
    await expect(again).rejects.toBeInstanceOf(Conflict);
    expect(await setting(store.reader, 'go')).toBe('2');
    expect(await setting(store.reader, 'gone')).toBeUndefined();
  });

  test('[STO11] a transaction that is over takes no more statements', async () => {
    const { store } = stage;
    let kept: Tx | undefined;
    await store.transaction(async (tx) => {
      kept = tx;
    });
    await expect(putSetting(kept!, 'late', '1')).rejects.toThrow('over');
    expect(() => kept!('settings')).toThrow('over');
    expect(await setting(store.reader, 'late')).toBeUndefined();
  });

  test('[STO12] a value is only a value: quotes, backslashes and semicolons come back as they went in', async () => {
    const { store } = stage;
    const hostile = [`'; drop table settings; -- `, `\\'; drop table settings; -- `, '\\', `"\`?:a??\\0\n'`, '?'];
    await store.transaction((tx) => Promise.all(hostile.map((text, i) => putSetting(tx, `hostile-${i}`, text))));
    const read = await Promise.all(hostile.map((_, i) => setting(store.reader, `hostile-${i}`)));
    expect(read).toEqual(hostile);
  });

  test('[STO12] what is neither text, number, truth value nor null is refused, and the server goes on', async () => {
    const { store } = stage;
    const odd = { name: { toString: () => 'x' } as unknown as Value, value: 'y' };
    await expect(store.transaction((tx) => insertRows(tx, 'settings', [odd]))).rejects.toThrow('cannot be stored');
    expect(await setting(store.reader, 'directory')).toBeUndefined();
  });
});

describe('the group commit of SQLite', () => {
  /** A transaction that has begun and waits for `open`, behind the given ones. */
  function gate() {
    let open!: () => void;
    const shut = new Promise<void>((resolve) => {
      open = resolve;
    });
    return { open, shut };
  }

  test('[STO9] nobody is answered before the commit, not even with a refusal that rests on a neighbour’s rows', async () => {
    const store = await openStore({ file: temporaryFile() });
    const { open, shut } = gate();
    const told: string[] = [];
    const writes = store.transaction((tx) => putSetting(tx, 'task', 'closed')).then(() => told.push('written'));
    const refused = store
      .transaction(async (tx) => {
        if ((await setting(tx, 'task')) === 'closed') throw new Error('closed already');
      })
      .catch((error: Error) => told.push(error.message));
    const reached = new Promise<void>((resolve) => {
      void store.transaction(async () => {
        resolve();
        await shut;
      });
    });
    await reached;
    await new Promise((resolve) => setImmediate(resolve));
    expect(told).toEqual([]);
    expect(await setting(store.reader, 'task')).toBeUndefined();
    open();
    await Promise.all([writes, refused]);
    expect(told).toEqual(['written', 'closed already']);
    expect(await setting(store.reader, 'task')).toBe('closed');
    await store.close();
  });

  test('[STO9] when the database takes everything back, everybody is refused and nothing has happened; the next ones go on', async () => {
    const store = await openStore({ file: temporaryFile() });
    const results = await Promise.allSettled([
      store.transaction((tx) => putSetting(tx, 'before', '1')),
      store.transaction(async (tx) => {
        await tx.run('rollback', []);
        throw new Error('disk full');
      }),
    ]);
    expect(results.map((r) => r.status === 'rejected' && (r.reason as Error).message)).toEqual([
      'disk full',
      'disk full',
    ]);
    expect(await setting(store.reader, 'before')).toBeUndefined();
    await store.transaction((tx) => putSetting(tx, 'after', '1'));
    expect(await setting(store.reader, 'after')).toBe('1');
    await store.close();
  });

  test('[STO9] a store that closes first finishes what waits', async () => {
    const file = temporaryFile();
    const store = await openStore({ file });
    const write = store.transaction((tx) => putSetting(tx, 'last', '1'));
    await store.close();
    await write;
    const again = await openStore({ file });
    expect(await setting(again.reader, 'last')).toBe('1');
    await again.close();
  });
});

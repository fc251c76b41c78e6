/** Sessions are asked of the database with every request, but not each by itself. */
import { expect, test } from 'vitest';
import type { Tx } from '../../server/store/open.ts';
import { addSession, dropSession, findSession, type SessionRow } from '../../server/store/sessions.ts';
import { onBoth } from './both.ts';

onBoth('sessions', (stage) => {
  /** The reader, and how many statements it was asked for. */
  const counted = () => {
    const { reader } = stage.store;
    const seen = { statements: 0 };
    const all: Tx['all'] = (sql, values) => {
      seen.statements += 1;
      return reader.all(sql, values);
    };
    return { seen, tx: { all } as Tx };
  };
  const session = (token_hash: string, more: Partial<SessionRow> = {}): SessionRow => {
    return { token_hash, person_id: token_hash, csrf: 'c', created_at: 0, expires_at: 1000, seen_at: 500, ...more };
  };

  test('[STO15] sessions asked for together are one question, and everybody gets his own; what has ended is none', async () => {
    const rows = [session('a'), session('b'), session('late', { expires_at: 700 }), session('idle', { seen_at: 100 })];
    await stage.store.transaction(async (tx) => {
      for (const row of rows) await addSession(tx, row);
    });
    const { seen, tx } = counted();
    const hashes = ['a', 'b', 'a', 'late', 'idle', 'nobody'];
    const found = await Promise.all(hashes.map((hash) => findSession(tx, hash, 700, 400)));
    expect(found.map((one) => one?.person_id)).toEqual(['a', 'b', 'a', undefined, undefined, undefined]);
    expect(seen.statements).toBe(1);
    await stage.store.transaction((writer) => dropSession(writer, 'a'));
    expect(await findSession(tx, 'a', 700, 400)).toBeUndefined();
  });

  test('[STO15] however many ask at once, a statement asks for a bounded number', async () => {
    const { seen, tx } = counted();
    const found = await Promise.all(Array.from({ length: 70 }, (_, n) => findSession(tx, `x${n}`, 0, 0)));
    expect(found.filter(Boolean)).toEqual([]);
    expect(seen.statements).toBe(3);
  });

  test('[STO15] when the database fails, all who asked learn it', async () => {
    const broken = { all: () => Promise.reject(new Error('gone')) } as unknown as Tx;
    const told = await Promise.allSettled(['a', 'b'].map((hash) => findSession(broken, hash, 0, 0)));
    expect(told.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});

/** Owns "on both databases": runs the same tests on SQLite and on MariaDB, each with an empty, freshly migrated database. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Conflict } from '@ganwei/core/refusal';
import { afterAll, beforeAll, describe } from 'vitest';
import { openStore, type Store, type StoreOptions, type Tx } from '../../server/store/open.ts';
import { type MariaDb, startMariaDb } from './mariadb.ts';

export interface Stage {
  /** the store of this file's database */
  readonly store: Store;
  /** a further, empty database */
  fresh(): Promise<StoreOptions>;
}

/** Describes `tests` twice. The stage is set before the first of them runs. */
export function onBoth(title: string, tests: (stage: Stage) => void): void {
  describe.each(['sqlite', 'mysql'] as const)(`${title} (%s)`, (dialect) => {
    let server: MariaDb | undefined;
    let store: Store;
    const fresh = async (): Promise<StoreOptions> =>
      server ? { url: server.database(), file: '' } : { file: temporaryFile(), synchronous: 'OFF' };
    beforeAll(async () => {
      if (dialect === 'mysql') server = await startMariaDb();
      store = await openStore(await fresh());
    });
    afterAll(async () => {
      await store?.close();
      await server?.stop();
    });
    tests({
      get store() {
        return store;
      },
      fresh,
    });
  });
}

export const temporaryFile = (): string => path.join(mkdtempSync(path.join(tmpdir(), 'ganwei-store-')), 'test.db');

/** Runs a transaction again after each lost race, as commands do, however often it takes. */
export async function persistently<T>(store: Store, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await store.transaction(work);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.floor(Math.random() * 10)));
    }
  }
}

/**
 * Owns the way in: opens SQLite or MySQL/MariaDB and brings the schema up to date. Every other file of this room takes a `Tx` first
 * and knows neither dialect nor connection. No global database exists.
 */
import { openMysql } from './mysql.ts';
import { openSqlite } from './sqlite.ts';
import type { Store } from './tx.ts';

export type { Store, Tx, Writer } from './tx.ts';

export interface StoreOptions {
  /** mysql://user:password@host:port/database, or absent for SQLite */
  url?: string | undefined;
  /** SQLite: the file */
  file: string;
  /** SQLite: wait for the disk at each commit (FULL), or at checkpoints only (NORMAL) */
  synchronous?: 'FULL' | 'NORMAL' | 'OFF';
}

/** Opens the database and applies the migrations it lacks. Refuses a database newer than this program. */
export async function openStore({ url, file, synchronous = 'FULL' }: StoreOptions): Promise<Store> {
  const store = url ? openMysql(url) : openSqlite({ file, synchronous });
  try {
    await store.build();
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
}

/** Opens a database that is up to date only to read it, for a thread beside the one that writes. */
export function openReader({ url, file }: StoreOptions): Pick<Store, 'reader' | 'close'> {
  return url ? openMysql(url) : openSqlite({ file, synchronous: 'OFF' });
}

/** True for "this key exists already", in both dialects. */
export const isDuplicate = (error: unknown): boolean => {
  const { errno, code } = error as { errno?: number; code?: string };
  return errno === 1062 || (typeof code === 'string' && code.startsWith('SQLITE_CONSTRAINT'));
};

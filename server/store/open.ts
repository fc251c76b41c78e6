/**
 * Owns the connection: opens SQLite (libsql, one file in the data folder) or MySQL/MariaDB and brings the schema up to date.
 * Every other file of this room takes a `Tx` first and knows neither dialect nor connection. No global database exists.
 */
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Conflict } from '@ganwei/core/refusal';
import knex, { type Knex } from 'knex';
import { migrate } from './migrations/index.ts';

/** A transaction, or the plain connection for reads that need no snapshot. */
export type Tx = Knex | Knex.Transaction;

export interface Store {
  readonly dialect: 'sqlite' | 'mysql';
  /** for queries outside a transaction; sees what is committed */
  readonly reader: Knex;
  /** Runs `work` in one transaction; throws Conflict for deadlocks, lock time-outs and lost races (nothing was changed). */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** mysql://user:password@host:port/database, or absent for SQLite */
  url?: string | undefined;
  /** SQLite: the file; ':memory:' for tests */
  file: string;
  /** SQLite: wait for the disk at each commit (FULL), or at checkpoints only (NORMAL) */
  synchronous?: 'FULL' | 'NORMAL' | 'OFF';
}

const require = createRequire(import.meta.url);

/** Opens the database and applies the migrations it lacks. Refuses a database newer than this program. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const store = options.url ? openMysql(options.url) : openSqlite(options);
  try {
    await store.build();
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
}

interface OpenStore extends Store {
  /** brings the schema up to date */
  build(): Promise<void>;
}

function openSqlite({ file, synchronous = 'FULL' }: StoreOptions): OpenStore {
  const memory = file === ':memory:';
  if (!memory) mkdirSync(path.dirname(file), { recursive: true });
  const connect = (more = '') =>
    knex({
      client: libsqlClient(),
      connection: { filename: file },
      useNullAsDefault: true,
      pool: {
        min: 1,
        max: 1,
        afterCreate(connection: { exec(sql: string): void }, done: (error: Error | null) => void) {
          connection.exec(
            `PRAGMA journal_mode=WAL; PRAGMA synchronous=${synchronous}; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=5000; PRAGMA cache_size=-65536; ${more}`,
          );
          done(null);
        },
      },
    });
  const writer = connect();
  // A second connection lets long reads go on beside a writing transaction; an in-memory database has only one. It must not write:
  // waiting for the writer's lock would stop the very process that holds it.
  const reader = memory ? writer : connect('PRAGMA query_only=ON;');
  return {
    dialect: 'sqlite',
    reader,
    // SQLite's schema changes are transactional: a migration that fails leaves nothing behind.
    build: () => writer.transaction((tx) => migrate(tx, 'sqlite')),
    async transaction(work) {
      try {
        return await writer.transaction((tx) => work(tx));
      } catch (error) {
        if (isBusy(error)) throw new Conflict('database', { cause: error });
        throw error;
      }
    },
    async close() {
      await writer.destroy();
      if (reader !== writer) await reader.destroy();
    },
  };
}

/** knex's better-sqlite3 dialect on libsql, whose prebuilt binary lies inside its npm package (house §4.8). */
function libsqlClient(): typeof Knex.Client {
  const Base = require('knex/lib/dialects/better-sqlite3/index.js') as typeof Knex.Client;
  return class extends Base {
    _driver(): unknown {
      return require('libsql');
    }
  } as typeof Knex.Client;
}

/** Errors after which the same transaction may simply be run again (MariaDB: deadlock, lock wait time-out, changed record). */
const RETRYABLE = new Set([1213, 1205, 1020]);

function openMysql(url: string): OpenStore {
  const address = new URL(url);
  const connect = (max: number) =>
    knex({
      client: 'mysql2',
      connection: {
        host: address.hostname,
        port: Number(address.port || 3306),
        user: decodeURIComponent(address.username),
        password: decodeURIComponent(address.password),
        database: decodeURIComponent(address.pathname.slice(1)),
        charset: 'utf8mb4',
        timezone: 'Z',
        supportBigNumbers: true,
        // mysql2 would otherwise build row parsers with generated code, which the server's Node flags forbid
        disableEval: true,
        ...(address.searchParams.get('socket') && { socketPath: address.searchParams.get('socket') }),
      } as Knex.MySql2ConnectionConfig,
      pool: { min: 1, max },
    });
  const pool = connect(16);
  // A pool of its own: a transaction that reads outside itself (a definition seen for the first time) would otherwise wait for a
  // connection that only other transactions, waiting like it, could give back.
  const reader = connect(8);
  return {
    dialect: 'mysql',
    reader,
    build: () => alone(pool, () => migrate(pool, 'mysql')),
    async transaction(work) {
      try {
        return await pool.transaction((tx) => work(tx), { isolationLevel: 'read committed' });
      } catch (error) {
        if (RETRYABLE.has((error as { errno?: number }).errno ?? 0)) throw new Conflict('database', { cause: error });
        throw error;
      }
    },
    async close() {
      await pool.destroy();
      await reader.destroy();
    },
  };
}

/** Several servers may start at once on one database: one builds, the others wait for it. The lock belongs to its connection. */
async function alone(pool: Knex, work: () => Promise<void>): Promise<void> {
  await pool.transaction(async (holder) => {
    const [[answer]] = await holder.raw("select get_lock(concat('ganwei:', database()), 120) as got");
    if (Number(answer.got) !== 1) throw new Error('另一台服务器正在升级数据库,请稍后再启动。');
    try {
      await work();
    } finally {
      await holder.raw("select release_lock(concat('ganwei:', database()))");
    }
  });
}

/** SQLite: another process, for instance a command at the console, was writing just now. */
const isBusy = (error: unknown): boolean => String((error as { code?: unknown }).code ?? '').startsWith('SQLITE_BUSY');

/** True for "this key exists already", in both dialects. */
export const isDuplicate = (error: unknown): boolean => {
  const { errno, code } = error as { errno?: number; code?: string };
  return errno === 1062 || (typeof code === 'string' && code.startsWith('SQLITE_CONSTRAINT'));
};

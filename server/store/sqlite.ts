/**
 * Owns SQLite (libsql, one file in the data folder): two connections, their prepared statements, and the group commit. Commands that
 * wait at the same time share one transaction of the file, each under a savepoint of its own, and one wait for the disk; each is
 * answered only when that wait is over (docs/decisions/0008). Rules: [P1] [STO8] [STO9].
 */
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Conflict } from '@ganwei/core/refusal';
import knex, { type Knex } from 'knex';
import { migrate } from './migrations/index.ts';
import { type Driver, type Last, makeTx, type Tx, type Unbuilt, type Value } from './tx.ts';

export interface SqliteOptions {
  file: string;
  /** wait for the disk at each commit (FULL), or at checkpoints only (NORMAL) */
  synchronous: 'FULL' | 'NORMAL' | 'OFF';
}

/** The name of a database that is nowhere but in memory, and gone when it is closed. */
export const IN_MEMORY = ':memory:';

export function openSqlite({ file, synchronous }: SqliteOptions): Unbuilt {
  mkdirSync(path.dirname(file), { recursive: true });
  const pragmas = `PRAGMA journal_mode=WAL; PRAGMA synchronous=${synchronous}; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=5000;
    PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=4000;`;
  const writer = connect(file, pragmas);
  // A second connection lets long reads go on beside a writing transaction. It must not write: waiting for the writer's lock would
  // stop the very process that holds it.
  // What is in memory is its connection's alone: a sandbox has one person, and reads what he has just written.
  const reader = file === IN_MEMORY ? writer : connect(file, `${pragmas} PRAGMA query_only=ON;`);
  const author = knex({ client: dialect(), useNullAsDefault: true });
  const group = groupCommit(writer, () => makeTx(author, writer, writer));
  return {
    dialect: 'sqlite',
    reader: makeTx(author, reader, reader).tx,
    // SQLite's schema changes are transactional: a migration that fails leaves nothing behind.
    build: () => group.transaction((tx) => migrate(tx, 'sqlite')),
    transaction: group.transaction,
    async close() {
      await group.idle();
      writer.close();
      if (reader !== writer) reader.close();
    },
  };
}

interface Statement {
  readonly reader: boolean;
  all(values: unknown[]): unknown[];
  run(values: unknown[]): { changes: number; lastInsertRowid: number };
}

interface Libsql {
  prepare(sql: string): Statement;
  exec(sql: string): void;
  close(): void;
}

interface Connection extends Driver {
  statement(sql: string): Statement;
  exec(sql: string): void;
  close(): void;
}

const require = createRequire(import.meta.url);
/** Statements kept prepared on a connection: more than the program has, few enough to be forgotten all at once. */
const MOST_STATEMENTS = 500;

function connect(file: string, pragmas: string): Connection {
  const Database = require('libsql') as new (file: string) => Libsql;
  const database = new Database(file);
  database.exec(pragmas);
  const prepared = new Map<string, Statement>();
  const statement = (sql: string): Statement => {
    let known = prepared.get(sql);
    if (!known) {
      if (prepared.size >= MOST_STATEMENTS) prepared.clear();
      known = database.prepare(sql);
      prepared.set(sql, known);
    }
    return known;
  };
  return {
    statement,
    all: async <T>(sql: string, values: readonly Value[]) => statement(sql).all(values.map(bound)) as T[],
    run: async (sql, values) => statement(sql).run(values.map(bound)).changes,
    onKnown,
    // There is one writer, and this is its turn.
    locking: '',
    exec: (sql) => database.exec(sql),
    close() {
      prepared.clear();
      database.close();
    },
  };
}

const onKnown = (key: readonly string[], overwrite: readonly string[]): string => {
  const change = overwrite.map((column) => `\`${column}\` = excluded.\`${column}\``).join(', ');
  return `on conflict (${key.map((column) => `\`${column}\``).join(', ')}) do ${change ? `update set ${change}` : 'nothing'}`;
};

/** libsql takes texts, numbers and null; anything else would end the process. */
function bound(value: unknown): string | number | null {
  if (typeof value === 'string' || typeof value === 'number' || value === null) return value;
  if (value === undefined) return null;
  if (typeof value === 'boolean') return Number(value);
  throw new TypeError(`a ${typeof value} cannot be stored`);
}

/** knex's better-sqlite3 dialect as an author of statements; they are carried out on our own connection. */
function dialect(): typeof Knex.Client {
  const Base = require('knex/lib/dialects/better-sqlite3/index.js') as typeof Knex.Client;
  return class extends Base {
    async _query(
      connection: Connection,
      query: { sql: string; bindings?: unknown[]; response?: unknown; context?: unknown },
    ) {
      const statement = connection.statement(query.sql);
      const values = (query.bindings ?? []).map(bound);
      if (statement.reader) query.response = statement.all(values);
      else {
        const { changes, lastInsertRowid } = statement.run(values);
        query.response = [];
        query.context = { changes, lastID: lastInsertRowid };
      }
      return query;
    }
  } as typeof Knex.Client;
}

/** A command that waits for its turn; `settle` tells its caller, after the commit. */
interface Job {
  work(tx: Tx): Promise<unknown>;
  last: Last<unknown> | undefined;
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

/** At most so many commands share a commit: the first of them waits for the last. */
const MOST_JOBS = 32;

function groupCommit(db: Connection, begin: () => { tx: Tx; end(): void }) {
  const waiting: Job[] = [];
  let round: Promise<void> | undefined;

  const rounds = async (): Promise<void> => {
    // Requests that have arrived by now are parsed first, so that they come along.
    for (await arrivals(); waiting.length > 0; await arrivals()) await carryOut();
    round = undefined;
  };

  /** One transaction of the file. Nobody is answered before its commit, not even with a refusal: it may rest on a neighbour's rows. */
  const carryOut = async (): Promise<void> => {
    const jobs: Job[] = [];
    const settled: (() => void)[] = [];
    try {
      db.exec('BEGIN IMMEDIATE');
      while (waiting.length > 0 && jobs.length < MOST_JOBS) {
        const job = waiting.shift()!;
        jobs.push(job);
        settled.push(await attempt(job));
      }
      db.exec('COMMIT');
    } catch (error) {
      rollback();
      if (jobs.length === 0) jobs.push(...waiting.splice(0, MOST_JOBS));
      const reason = isBusy(error) ? new Conflict('database', { cause: error }) : error;
      for (const job of jobs) job.reject(reason);
      return;
    }
    for (const settle of settled) settle();
  };

  /** What a job wants to be told after the commit. One that fails takes back what it did, and nothing else. */
  const attempt = async (job: Job): Promise<() => void> => {
    const { tx, end } = begin();
    db.exec('SAVEPOINT command');
    try {
      const answer = await job.work(tx);
      const asked = job.last?.(tx, answer) ?? [];
      end();
      await Promise.all(asked);
      db.exec('RELEASE command');
      return () => job.resolve(answer);
    } catch (error) {
      takeBack(error);
      return () => job.reject(error);
    } finally {
      end();
    }
  };

  /** When the database has taken back everything by itself (disk full), nobody's work has been done, and all learn why. */
  const takeBack = (error: unknown): void => {
    try {
      db.exec('ROLLBACK TO command; RELEASE command');
    } catch {
      throw error;
    }
  };

  const rollback = (): void => {
    try {
      db.exec('ROLLBACK');
    } catch {
      // nothing was begun, or the database has rolled back already
    }
  };

  return {
    transaction: <T>(work: (tx: Tx) => Promise<T>, last?: Last<T>): Promise<T> =>
      new Promise<T>((resolve, reject) => {
        const told = resolve as (answer: unknown) => void;
        waiting.push({ work, last: last as Last<unknown> | undefined, resolve: told, reject });
        round ??= rounds();
      }),
    idle: async () => round,
  };
}

/** Lets the process take in what has arrived on its sockets. */
const arrivals = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Another process, for instance a command at the console, was writing just now. */
const isBusy = (error: unknown): boolean => String((error as { code?: unknown }).code ?? '').startsWith('SQLITE_BUSY');

/**
 * Owns what the files of this room are given: a `Tx` to speak to the database with, and the `Store` that hands it out. Knows neither
 * dialect nor connection. Plain statements (statements.ts) go straight to the driver, prepared; what is composed goes through knex.
 */
import type { Knex } from 'knex';

/** A row as the driver gives it; the functions of this room say what it is. */
type Row = ReturnType<typeof JSON.parse>;

export type Value = string | number | boolean | null | undefined;

/** What the last statements of a transaction are asked of: plain writing, all of it in one go. */
export interface Writer {
  /** how many rows a prepared statement wrote */
  run(sql: string, values: readonly Value[]): Promise<number>;
  /** end of an insert: where the key is known, these columns are overwritten; none: the row stays as it is */
  onKnown(key: readonly string[], overwrite: readonly string[]): string;
}

/**
 * A transaction, or the plain connection for reads that need no snapshot. Plain statements are carried out in the order in which they
 * were asked for; those asked for in one go (Promise.all) reach a distant database in one message.
 */
export interface Tx extends Writer {
  /** a query that is composed at run time */
  (table: string): Knex.QueryBuilder<Row, Row[]>;
  raw(sql: string, bindings?: readonly Value[]): Knex.Raw;
  readonly schema: Knex.SchemaBuilder;
  /** rows of a prepared statement; `?` stands for a value */
  all<T>(sql: string, values: readonly Value[]): Promise<T[]>;
  /** end of a select: others who want to change these rows wait until this transaction ends */
  readonly locking: string;
}

/** Asks for the last statements of a transaction, before it returns; nothing can be asked for afterwards. */
export type Last<T> = (write: Writer, answer: T) => readonly Promise<unknown>[];

export interface Store {
  readonly dialect: 'sqlite' | 'mysql';
  /** for queries outside a transaction; sees what is committed */
  readonly reader: Tx;
  /**
   * Runs `work` in one transaction and answers when it is on disk; throws Conflict for deadlocks, lock time-outs and lost races
   * (nothing was changed). [STO13] `last` says all at once what is still to be written when the work is done: on a distant database
   * this goes in one message with the commit, so one of these statements must fail if they must not be committed.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>, last?: Last<T>): Promise<T>;
  close(): Promise<void>;
}

/** A store whose schema is not yet up to date. */
export interface Unbuilt extends Store {
  build(): Promise<void>;
}

/** How a connection carries out a prepared statement. */
export interface Driver {
  all<T>(sql: string, values: readonly Value[]): Promise<T[]>;
  run(sql: string, values: readonly Value[]): Promise<number>;
  onKnown(key: readonly string[], overwrite: readonly string[]): string;
  readonly locking: string;
}

/**
 * The Tx of a connection: `author` writes the composed statements, `driver` carries out the plain ones. Without a connection knex takes
 * one of its own for each statement. `end` makes it refuse everything that comes after its transaction.
 */
export function makeTx(author: Knex, driver: Driver, connection?: unknown): { tx: Tx; end(): void } {
  let over = false;
  const on = <B extends { connection(connection: never): B }>(builder: B): B => {
    if (over) throw new Error('this transaction is over');
    return connection === undefined ? builder : builder.connection(connection as never);
  };
  // Without a table the query is said where it comes from: from(a composed part).
  const builder = (table: string): Knex.QueryBuilder<Row, Row[]> =>
    (table === '' ? author.queryBuilder() : author(table)) as Knex.QueryBuilder<Row, Row[]>;
  const tx = Object.assign((table: string) => on(builder(table)), {
    raw: (sql: string, bindings: readonly Value[] = []) => on(author.raw(sql, bindings as never)),
    all<T>(sql: string, values: readonly Value[]): Promise<T[]> {
      return over ? Promise.reject(new Error('this transaction is over')) : driver.all<T>(sql, values);
    },
    run: (sql: string, values: readonly Value[]) =>
      over ? Promise.reject(new Error('this transaction is over')) : driver.run(sql, values),
    onKnown: driver.onKnown,
    locking: driver.locking,
  });
  Object.defineProperty(tx, 'schema', { get: () => on(author.schema as never) });
  return {
    tx: tx as typeof tx & Pick<Tx, 'schema'>,
    end: () => {
      over = true;
    },
  };
}

/**
 * Owns MySQL and MariaDB: two pools, and transactions on a connection of them. Plain statements are prepared by the server once per
 * connection. Groups of commits are the database's own affair here. Rules: [P1] [STO6].
 */
import { Conflict } from '@ganwei/core/refusal';
import knex, { type Knex } from 'knex';
import { migrate } from './migrations/index.ts';
import { type Driver, makeTx, type Unbuilt, type Value } from './tx.ts';

/** Errors after which the same transaction may simply be run again (deadlock, lock wait time-out, changed record). */
const RETRYABLE = new Set([1213, 1205, 1020]);

export function openMysql(url: string): Unbuilt {
  const pool = connect(url, 16);
  // A pool of its own: a transaction that reads outside itself (a definition seen for the first time) would otherwise wait for a
  // connection that only other transactions, waiting like it, could give back.
  const readers = connect(url, 8);
  return {
    dialect: 'mysql',
    reader: makeTx(readers, anyOf(readers)).tx,
    build: () => alone(pool),
    async transaction(work) {
      const { acquireConnection, releaseConnection } = lender(pool);
      const connection = await acquireConnection();
      const { tx, end } = makeTx(pool, driverOf(connection), connection);
      try {
        await say(connection, 'begin');
        const answer = await work(tx);
        await say(connection, 'commit');
        return answer;
      } catch (error) {
        await say(connection, 'rollback').catch(() => connection.destroy());
        if (RETRYABLE.has((error as { errno?: number }).errno ?? 0)) throw new Conflict('database', { cause: error });
        throw error;
      } finally {
        end();
        await releaseConnection(connection);
      }
    },
    async close() {
      await pool.destroy();
      await readers.destroy();
    },
  };
}

type Answered = (error: Error | null, answer: unknown) => void;

/** What we use of a mysql2 connection. */
interface Connection {
  query(sql: string, answered: Answered): void;
  execute(sql: string, values: unknown[], answered: Answered): void;
  destroy(): void;
}

function connect(url: string, max: number): Knex {
  const address = new URL(url);
  return knex({
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
    pool: {
      min: 1,
      max,
      afterCreate(connection: Connection, done: Answered) {
        connection.query('set session transaction isolation level read committed', (error) => done(error, connection));
      },
    },
  });
}

/** knex lends out the connections of its pool. */
function lender(pool: Knex) {
  const client = pool.client as {
    acquireConnection(): Promise<Connection>;
    releaseConnection(connection: Connection): Promise<void>;
  };
  return {
    acquireConnection: () => client.acquireConnection(),
    releaseConnection: (connection: Connection) => client.releaseConnection(connection),
  };
}

const driverOf = (connection: Connection): Driver => ({
  all: <T>(sql: string, values: readonly Value[]) => execute(connection, sql, values) as Promise<T[]>,
  run: async (sql, values) => ((await execute(connection, sql, values)) as { affectedRows: number }).affectedRows,
  onKnown,
});

/** `insert ignore` would also pass over a value that does not fit: a known key changes nothing, by changing a column to itself. */
const onKnown = (key: readonly string[], overwrite: readonly string[]): string => {
  const change = overwrite.map((column) => `\`${column}\` = values(\`${column}\`)`).join(', ');
  return `on duplicate key update ${change || `\`${key[0]}\` = \`${key[0]}\``}`;
};

/** Each statement on a connection that is free just then. */
function anyOf(pool: Knex): Driver {
  const { acquireConnection, releaseConnection } = lender(pool);
  const on = async <T>(use: (driver: Driver) => Promise<T>): Promise<T> => {
    const connection = await acquireConnection();
    try {
      return await use(driverOf(connection));
    } finally {
      await releaseConnection(connection);
    }
  };
  return {
    all: <T>(sql: string, values: readonly Value[]) => on((driver) => driver.all<T>(sql, values)),
    run: (sql, values) => on((driver) => driver.run(sql, values)),
    onKnown,
  };
}

const execute = (connection: Connection, sql: string, values: readonly Value[]): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const bound = values.map((value) => value ?? null);
    connection.execute(sql, bound, (error, answer) => (error ? reject(error) : resolve(answer)));
  });

const say = (connection: Connection, sql: string): Promise<void> =>
  new Promise((resolve, reject) => {
    connection.query(sql, (error) => (error ? reject(error) : resolve()));
  });

/** [STO6] Several servers may start at once on one database: one builds, the others wait for it. The lock belongs to its connection. */
async function alone(pool: Knex): Promise<void> {
  await pool.transaction(async (holder) => {
    const [[answer]] = await holder.raw("select get_lock(concat('ganwei:', database()), 120) as got");
    if (Number(answer.got) !== 1) throw new Error('另一台服务器正在升级数据库,请稍后再启动。');
    try {
      await migrate(makeTx(pool, anyOf(pool)).tx, 'mysql');
    } finally {
      await holder.raw("select release_lock(concat('ganwei:', database()))");
    }
  });
}

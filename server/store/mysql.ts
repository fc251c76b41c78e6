/**
 * Owns MySQL and MariaDB: two pools, transactions on a connection of them, and the messages to the server. Statements asked for in one
 * go travel in one message: on the way to a database each message costs more than the statement in it. Groups of commits are the
 * database's own affair here. Rules: [P1] [STO6] [STO10].
 */
import { createRequire } from 'node:module';
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
    async transaction(work, last) {
      const lender = lenderOf(pool);
      const connection = await lender.acquireConnection();
      const driver = driverOf(connection);
      const { tx, end } = makeTx(pool, driver, connection);
      try {
        // Goes along with the first statement of the work; when it fails that one fails too.
        driver.run('begin', []).catch(() => undefined);
        const answer = await work(tx);
        const asked = last?.(tx, answer) ?? [];
        end();
        // A message that was too long has been sent already, without the commit: it must have been carried out before.
        if (!driver.isQuiet()) await Promise.all(asked);
        await Promise.all([...asked, driver.run('commit', [])]);
        return answer;
      } catch (error) {
        await driver.run('rollback', []).catch(() => connection.destroy());
        if (RETRYABLE.has((error as { errno?: number }).errno ?? 0)) throw new Conflict('database', { cause: error });
        throw error;
      } finally {
        end();
        await lender.releaseConnection(connection);
      }
    },
    async close() {
      await pool.destroy();
      await readers.destroy();
    },
  };
}

/** What we use of a mysql2 connection. */
interface Connection {
  query(
    sql: string,
    answered: (error: Error | null, answer: unknown) => void,
  ): { on(event: 'fields', heard: () => void): void };
  destroy(): void;
}

const { format } = createRequire(import.meta.url)('mysql2') as {
  format(sql: string, values: readonly Value[]): string;
};

/** How texts are read: without NO_BACKSLASH_ESCAPES, because values are written with them; and a text that is too long is an error. */
const SESSION = `set session transaction isolation level read committed;
  set session sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'`;

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
      multipleStatements: true,
      // mysql2 would otherwise build row parsers with generated code, which the server's Node flags forbid
      disableEval: true,
      ...(address.searchParams.get('socket') && { socketPath: address.searchParams.get('socket') }),
    } as Knex.MySql2ConnectionConfig,
    pool: {
      min: 1,
      max,
      afterCreate(connection: Connection, done: (error: Error | null, connection: Connection) => void) {
        connection.query(SESSION, (error) => done(error, connection));
      },
    },
  });
}

/** knex lends out the connections of its pool. */
function lenderOf(pool: Knex) {
  const client = pool.client as {
    acquireConnection(): Promise<Connection>;
    releaseConnection(connection: Connection): Promise<void>;
  };
  return {
    acquireConnection: () => client.acquireConnection(),
    releaseConnection: (connection: Connection) => client.releaseConnection(connection),
  };
}

interface Question {
  text: string;
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** A message is sent when it is this long, in characters, even if more is being asked: the server takes 16 MB. */
const LONGEST_MESSAGE = 2_000_000;

/** [STO10] Questions are carried out in the order in which they were asked; after one that fails, none of its message. */
function driverOf(connection: Connection): Driver & { isQuiet(): boolean } {
  let questions: Question[] = [];
  let length = 0;
  let underWay = 0;
  const send = (): void => {
    const sent = questions;
    questions = [];
    length = 0;
    if (sent.length === 0) return;
    underWay += 1;
    ask(connection, sent, () => {
      underWay -= 1;
    });
  };
  const question = (sql: string, values: readonly Value[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const text = values.length === 0 ? sql : format(sql, values.map(writable));
      // When everything that can go on without an answer has gone on.
      if (questions.length === 0) process.nextTick(send);
      questions.push({ text, resolve, reject });
      length += text.length;
      if (length > LONGEST_MESSAGE) send();
    });
  return {
    all: <T>(sql: string, values: readonly Value[]) => question(sql, values) as Promise<T[]>,
    run: async (sql, values) => ((await question(sql, values)) as { affectedRows: number }).affectedRows,
    onKnown,
    locking: ' for update',
    /** no message is on its way */
    isQuiet: () => underWay === 0,
  };
}

function ask(connection: Connection, questions: readonly Question[], answered: () => void): void {
  let heard = 0;
  const text = questions.map((question) => question.text).join(';\n');
  const command = connection.query(text, (error, answers) => {
    answered();
    if (!error) {
      if (questions.length === 1) questions[0]!.resolve(answers);
      else for (const [index, { resolve }] of questions.entries()) resolve((answers as unknown[])[index]);
      return;
    }
    // The one that failed learns of it first: it may know what the error means.
    questions[heard]?.reject(error);
    setImmediate(() => {
      for (const { reject } of questions) reject(error);
    });
  });
  command.on('fields', () => {
    heard += 1;
  });
}

/** mysql2 would write an object as a list of assignments. */
function writable(value: Value): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw new TypeError(`a ${typeof value} cannot be stored`);
}

/** `insert ignore` would also pass over a value that does not fit: a known key changes nothing, by changing a column to itself. */
const onKnown = (key: readonly string[], overwrite: readonly string[]): string => {
  const change = overwrite.map((column) => `\`${column}\` = values(\`${column}\`)`).join(', ');
  return `on duplicate key update ${change || `\`${key[0]}\` = \`${key[0]}\``}`;
};

/** Each statement on a connection that is free just then. */
function anyOf(pool: Knex): Driver {
  const lender = lenderOf(pool);
  const on = async <T>(use: (driver: Driver) => Promise<T>): Promise<T> => {
    const connection = await lender.acquireConnection();
    try {
      return await use(driverOf(connection));
    } finally {
      await lender.releaseConnection(connection);
    }
  };
  return {
    all: <T>(sql: string, values: readonly Value[]) => on((driver) => driver.all<T>(sql, values)),
    run: (sql, values) => on((driver) => driver.run(sql, values)),
    onKnown,
    locking: ' for update',
  };
}

/** [STO6] Several servers may start at once on one database: one builds, the others wait for it. The lock belongs to its connection. */
async function alone(pool: Knex): Promise<void> {
  await pool.transaction(async (holder) => {
    const [[answer]] = await holder.raw("select get_lock(concat('ganwei:', database()), 120) as got");
    if (Number(answer.got) !== 1) throw new Error('另一台服务器正在升级数据库，请稍后再启动。');
    try {
      await migrate(makeTx(pool, anyOf(pool)).tx, 'mysql');
    } finally {
      await holder.raw("select release_lock(concat('ganwei:', database()))");
    }
  });
}

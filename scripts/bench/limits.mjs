/**
 * Owns the limits: the very statements of a measured run, alone, without HTTP, forms, flows and people - once through knex, once
 * prepared by the driver. Same transactions, same durability, same order for each person; what differs is only who sends them.
 */
import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { signIn, work } from './client.mjs';
import { startServer } from './server.mjs';

const require = createRequire(import.meta.url);
const SECONDS = 2;

/** The statements of a short run of so many people, as the drivers got them: [connection, sql, values]. */
async function record(env, people) {
  const trace = path.join(process.env.TMPDIR ?? '/tmp', `ganwei-trace-${process.pid}.json`);
  const server = await startServer({ ...env, BENCH_TRACE: trace });
  const sessions = [];
  for (let i = 1; i <= 32; i++) sessions.push(await signIn(server.client, `b${i}`));
  await server.ask('record-start');
  const until = performance.now() + SECONDS * 1000;
  const times = (
    await Promise.all(sessions.slice(0, people).map((session) => work(server.client, session, until)))
  ).flat();
  const messages = await server.ask('messages');
  await server.ask('record-stop');
  await server.stop();
  const statements = JSON.parse(readFileSync(trace, 'utf8'));
  rmSync(trace);
  return { statements, messages, completions: times.length };
}

/** A database with its schema and people, and nothing else. */
async function fresh(env = {}) {
  const server = await startServer(env);
  await server.stop({ keep: true });
  return server.data;
}

const perSecond = (completions, started) => (completions / (performance.now() - started)) * 1000;

/** How many statements one completion takes, its share of the starts included; transactions' own words not counted. */
const counted = ({ statements, completions }) =>
  statements.filter(([, sql]) => !/^(begin|commit|savepoint|release|rollback)/i.test(sql)).length / completions;

/** Completions per second with one writer, in the groups that so many people made; and of the last run with a commit for each command. */
export async function sqliteLimits(counts) {
  const found = { statements: 0, knex: [], prepared: [], knexAlone: 0, preparedAlone: 0 };
  for (const people of counts) {
    const recorded = await record({}, people);
    const { statements, completions } = recorded;
    found.statements = counted(recorded);
    found.knex.push(await throughKnex(statements, completions));
    found.prepared.push(await prepared(statements, completions));
    if (people !== counts.at(-1)) continue;
    found.knexAlone = await throughKnex(oneCommitEach(statements), completions);
    found.preparedAlone = await prepared(oneCommitEach(statements), completions);
  }
  return found;
}

/** The same commands, each in a transaction of its own instead of a group. */
function oneCommitEach(statements) {
  return statements.flatMap(([connection, sql, values]) => {
    if (/^(BEGIN|COMMIT)/.test(sql)) return [];
    if (sql.startsWith('SAVEPOINT')) return [[connection, 'BEGIN IMMEDIATE', values]];
    if (sql.startsWith('RELEASE')) return [[connection, 'COMMIT', values]];
    return [[connection, sql, values]];
  });
}

const PRAGMAS =
  'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=4000;';

async function throughKnex(statements, completions) {
  const data = await fresh();
  const knex = require('knex');
  const Base = require('knex/lib/dialects/better-sqlite3/index.js');
  const client = class extends Base {
    _driver() {
      return require('libsql');
    }
  };
  const pool = {
    min: 1,
    max: 1,
    afterCreate(connection, done) {
      connection.exec(PRAGMAS);
      done(null, connection);
    },
  };
  const open = () =>
    knex({ client, connection: { filename: path.join(data, 'ganwei.db') }, useNullAsDefault: true, pool });
  const connections = new Map();
  const started = performance.now();
  for (const [connection, sql, values] of statements) {
    if (!connections.has(connection)) connections.set(connection, open());
    await connections.get(connection).raw(sql, values);
  }
  const speed = perSecond(completions, started);
  for (const connection of connections.values()) await connection.destroy();
  rmSync(data, { recursive: true });
  return speed;
}

async function prepared(statements, completions) {
  const data = await fresh();
  const connections = new Map();
  const open = () => {
    const db = new (require('libsql'))(path.join(data, 'ganwei.db'));
    db.exec(PRAGMAS);
    return { db, known: new Map() };
  };
  const started = performance.now();
  for (const [connection, sql, values] of statements) {
    if (!connections.has(connection)) connections.set(connection, open());
    const { db, known } = connections.get(connection);
    let statement = known.get(sql);
    if (!statement) {
      statement = db.prepare(sql);
      known.set(sql, { reader: statement.reader, statement });
      statement = known.get(sql);
    }
    if (statement.reader) statement.statement.all(values);
    else statement.statement.run(values);
  }
  const speed = perSecond(completions, started);
  for (const { db } of connections.values()) db.close();
  rmSync(data, { recursive: true });
  return speed;
}

/** Completions per second with so many connections, through knex and prepared. */
export async function mariadbLimits(mariadb, connections) {
  mariadb.create('recorded');
  const recorded = await record({ DATABASE_URL: mariadb.url('recorded') }, 32);
  const people = transactionsOfPeople(recorded.statements);
  const found = {
    statements: counted(recorded),
    messages: recorded.messages / recorded.completions,
    knex: [],
    prepared: [],
  };
  for (const way of ['knex', 'prepared']) {
    for (const count of connections) {
      const database = `limit_${way}_${count}`;
      mariadb.create(database);
      rmSync(await fresh({ DATABASE_URL: mariadb.url(database) }), { recursive: true });
      const replay = way === 'knex' ? knexOn : executeOn;
      found[way].push(await replay(mariadb, database, count, people, recorded.completions));
    }
  }
  return found;
}

/**
 * Person -> his transactions in their order. A person's next request needs what his last one wrote; people do not need each other. The
 * key under which an answer is kept begins with the person.
 */
function transactionsOfPeople(statements) {
  const open = new Map();
  const people = new Map();
  for (const [connection, sql, values] of statements) {
    if (/^begin/i.test(sql)) open.set(connection, []);
    else if (/^commit/i.test(sql)) {
      const transaction = open.get(connection) ?? [];
      const kept = transaction.find(([text]) => text.startsWith('insert into `answers`'));
      const person = String(kept?.[1].find((value) => /^b\d+\//.test(String(value))) ?? '').split('/')[0];
      if (person) people.set(person, [...(people.get(person) ?? []), transaction]);
      open.delete(connection);
    } else open.get(connection)?.push([sql, values]);
  }
  return [...people.values()];
}

/** Shares the people out to so many workers; each does what its people did, one transaction after the other. */
async function shared(count, people, completions, carryOut) {
  const started = performance.now();
  const workers = Array.from({ length: count }, async (_, worker) => {
    for (const transactions of people.filter((_, index) => index % count === worker)) {
      for (const transaction of transactions) await carryOut(worker, transaction);
    }
  });
  await Promise.all(workers);
  return perSecond(completions, started);
}

async function knexOn(mariadb, database, count, people, completions) {
  const connection = { host: '127.0.0.1', port: mariadb.port, user: 'root', database, charset: 'utf8mb4' };
  const knex = require('knex')({ client: 'mysql2', connection, pool: { min: count, max: count } });
  const speed = await shared(count, people, completions, (_, statements) =>
    knex.transaction(
      async (tx) => {
        for (const [sql, values] of statements) await tx.raw(sql, values);
      },
      { isolationLevel: 'read committed' },
    ),
  );
  await knex.destroy();
  return speed;
}

async function executeOn(mariadb, database, count, people, completions) {
  const mysql = require('mysql2/promise');
  const options = { host: '127.0.0.1', port: mariadb.port, user: 'root', database, charset: 'utf8mb4' };
  const connections = await Promise.all(Array.from({ length: count }, () => mysql.createConnection(options)));
  for (const connection of connections)
    await connection.query('set session transaction isolation level read committed');
  const speed = await shared(count, people, completions, async (worker, statements) => {
    const connection = connections[worker];
    await connection.query('begin');
    for (const [sql, values] of statements) await connection.execute(sql, values);
    await connection.query('commit');
  });
  for (const connection of connections) await connection.end();
  return speed;
}

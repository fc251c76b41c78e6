/**
 * Owns plain access to the database for the scripts beside the server: backup, restore, kill test. Knows no table.
 */
import { createRequire } from 'node:module';
import mysql from 'mysql2/promise';

const require = createRequire(import.meta.url);

/** How long another writer is waited for, in milliseconds. */
const PATIENCE = 15_000;

/** `{ file }` for SQLite, `{ url }` for MySQL/MariaDB. Values of `?` are given in a list. */
export function openDatabase({ file, url }) {
  return url ? overMysql(url) : overSqlite(file);
}

function overSqlite(file) {
  const Database = require('libsql');
  const connection = new Database(file);
  connection.exec(`pragma busy_timeout = ${PATIENCE}`);
  return {
    dialect: 'sqlite',
    all: async (sql, values = []) => connection.prepare(sql).all(...values),
    run: async (sql) => void connection.exec(sql),
    close: async () => connection.close(),
  };
}

async function overMysql(url) {
  const { host, port, user, password, database, socket } = addressOf(url);
  const connection = await mysql.createConnection({
    ...(socket ? { socketPath: socket } : { host, port }),
    user,
    password,
    database,
    charset: 'utf8mb4',
    supportBigNumbers: true,
  });
  return {
    dialect: 'mysql',
    all: async (sql, values = []) => (await connection.query(sql, values))[0],
    run: async (sql) => void (await connection.query(sql)),
    close: () => connection.end(),
  };
}

/** The parts of a DATABASE_URL, as the server reads them. */
export function addressOf(url) {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  return {
    host: hostname,
    port: Number(port || 3306),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
    socket: searchParams.get('socket') ?? '',
  };
}

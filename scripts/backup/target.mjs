/** Owns the place a backup is restored to: whether somebody works there, whether it is empty, moving aside what is there, filling it. */
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { addressOf, openDatabase } from '../database.mjs';
import { copy, FOLDERS, filesBelow, Sorry } from './data.mjs';
import { load } from './mysql-tools.mjs';

/** Is a server at work on this database? */
export async function isRunning({ kind, url, databaseFile }) {
  if (kind === 'mysql') {
    return using(url, async ({ all }) => {
      const others =
        'select count(*) as n from information_schema.processlist where db = database() and id <> connection_id()';
      return Number((await all(others))[0].n) > 0;
    });
  }
  if (!existsSync(databaseFile)) return false;
  const database = openDatabase({ file: databaseFile });
  try {
    await database.run('pragma busy_timeout = 200');
    // Leaving WAL needs the file for oneself; it also brings everything into the one file that is moved aside.
    const [{ journal_mode: mode }] = await database.all('pragma journal_mode = delete');
    return mode !== 'delete';
  } catch (error) {
    if (String(error.code).startsWith('SQLITE_BUSY')) return true;
    if (error.code === 'SQLITE_NOTADB' || error.code === 'SQLITE_CORRUPT') return false;
    throw error;
  } finally {
    await database.close();
  }
}

/** What is there already, in words; null when nothing is. */
export async function occupied({ kind, url, data, databaseFile }) {
  if (kind === 'sqlite' && existsSync(databaseFile)) return databaseFile;
  const full = FOLDERS.map((name) => path.join(data, name)).find((at) => existsSync(at) && readdirSync(at).length > 0);
  if (kind === 'sqlite') return full ?? null;
  const tables = await using(url, tablesOf);
  return tables.length > 0 ? `数据库 ${addressOf(url).database}` : (full ?? null);
}

/** Renames what is there, on the same disk and in the same database server; answers where it is now. */
export async function moveAside({ kind, url, data }) {
  const stamp = new Date().toISOString().slice(0, 19).replace(/\D/g, '');
  const aside = path.join(data, `replaced-${stamp}`);
  await mkdir(aside, { recursive: true });
  const names = [...FOLDERS, 'ganwei.db', 'ganwei.db-wal', 'ganwei.db-shm'];
  for (const name of names)
    if (existsSync(path.join(data, name))) await rename(path.join(data, name), path.join(aside, name));
  if (kind === 'sqlite') return aside;
  const { database } = addressOf(url);
  const old = `${database}_replaced_${stamp}`.slice(-64);
  await using(url, async (connection) => {
    const tables = await tablesOf(connection);
    if (tables.length === 0) return;
    try {
      await connection.run(`create database \`${old}\``);
    } catch (error) {
      throw new Sorry(`数据库用户没有权限新建数据库 ${old}，现有的表无处可移：${error.message}`);
    }
    const moves = tables.map((name) => `\`${database}\`.\`${name}\` to \`${old}\`.\`${name}\``);
    await connection.run(`rename table ${moves.join(', ')}`);
  });
  return `${aside} 和数据库 ${old}`;
}

/** Puts the database of the backup in its place; the files are there already. */
export async function lay({ kind, url, data, databaseFile }, folder) {
  await mkdir(data, { recursive: true });
  if (kind === 'sqlite') {
    await copy(path.join(folder, 'database.sqlite'), `${databaseFile}.part`);
    await rename(`${databaseFile}.part`, databaseFile);
    return;
  }
  // Until the table of migrations comes, a server that is started takes this for the database of a newer program and keeps off.
  await using(url, async ({ run }) => {
    await run('create table migrations (name varchar(100) primary key, applied_at bigint not null)');
    await run("insert into migrations values ('恢复尚未完成', 0)");
  });
  await load(url, path.join(folder, 'database.sql'));
  await load(url, path.join(folder, 'migrations.sql'));
}

/**
 * Takes away the files that the restored database does not name: they were written while the backup was made, after the moment of its
 * database, and belong to no one. Answers how many they were.
 */
export async function sweep({ url, data, databaseFile }) {
  const database = await openDatabase(url ? { url } : { file: databaseFile });
  const named = new Set((await database.all('select path from files')).map((row) => path.join('files', row.path)));
  await database.close();
  const loose = filesBelow(data).filter((name) => name.startsWith(`files${path.sep}`) && !named.has(name));
  for (const name of loose) await rm(path.join(data, name));
  return loose.length;
}

const tablesOf = async ({ all }) => (await all('show tables')).map((row) => Object.values(row)[0]);

async function using(url, work) {
  const connection = await openDatabase({ url });
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

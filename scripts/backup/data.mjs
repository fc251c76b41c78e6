/**
 * Owns where the data of an installation lie and what a backup of them is: one folder with the database, the files, the fonts, and a
 * manifest that names each with its SHA-256. What people are told is thrown as `Sorry` and printed without a trace.
 */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../prepare.mjs';

/** Expected failure: one sentence for the administrator. */
export class Sorry extends Error {}

/** Ends the program with the sentence, or with the trace of a bug. What the database says of itself is a sentence, too. */
export function explain(error) {
  const ofDatabase = error.sqlMessage !== undefined || error.code === 'ECONNREFUSED';
  console.error(error instanceof Sorry ? error.message : ofDatabase ? `数据库：${error.message || error.code}` : error);
  process.exit(1);
}

/** The installation that the environment describes, as the server reads it. */
export function installation(env = process.env) {
  const data = path.resolve(env.DATA_DIR ?? './data');
  return {
    data,
    url: env.DATABASE_URL || undefined,
    kind: env.DATABASE_URL ? 'mysql' : 'sqlite',
    databaseFile: path.join(data, 'ganwei.db'),
    version: JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version,
  };
}

/** Names of the migrations that this program knows, in order. */
export const knownMigrations = () =>
  readdirSync(path.join(root, 'server/store/migrations'))
    .flatMap((name) => /^(\d{4}-.+)\.ts$/.exec(name)?.[1] ?? [])
    .sort();

/** Parts of the data folder that belong to a backup besides the database. */
export const FOLDERS = ['files', 'fonts'];

export const MANIFEST = 'manifest.json';

/** Of the manifest's form; a program that meets a higher number does not know what it would have to check. */
export const FORMAT = 1;

/** Kept files, by path below `folder`; what a server is still writing has a longer name and is left out. */
export function filesBelow(folder) {
  return FOLDERS.flatMap((top) => {
    const at = path.join(folder, top);
    if (!existsSync(at)) return [];
    return readdirSync(at, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !(top === 'files' && !/^[0-9a-f]{64}$/.test(entry.name)))
      .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)));
  }).sort();
}

/** Copies a file to the disk, not only to its cache; answers with its SHA-256. */
export async function copy(from, to) {
  await mkdir(path.dirname(to), { recursive: true });
  const hash = createHash('sha256');
  const target = await open(to, 'wx');
  try {
    for await (const chunk of createReadStream(from)) {
      hash.update(chunk);
      await target.write(chunk);
    }
    await target.sync();
  } finally {
    await target.close();
  }
  return hash.digest('hex');
}

export async function hashOf(file) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

/** What a database holds, for people who look at the manifest. */
export async function countsOf(database) {
  const counts = {};
  for (const name of ['cases', 'submissions', 'letters'])
    counts[name] = Number((await database.all(`select count(*) as n from ${name}`))[0].n);
  return counts;
}

export const countsText = ({ cases, submissions, letters }) => `${cases} 件、${submissions} 次提交、${letters} 份文书`;

/**
 * `npm run backup -- [folder]`: a whole copy of the data while the server goes on working. The database first, the files after it, so that
 * every file the database names is in the copy. Until the end the folder has another name: half a backup is never taken for one.
 * Reads DATA_DIR and DATABASE_URL. Rules: [BK1] [BK2]. docs/operations.md
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import path from 'node:path';
import {
  copy,
  countsOf,
  countsText,
  explain,
  FORMAT,
  filesBelow,
  hashOf,
  installation,
  MANIFEST,
  Sorry,
} from './backup/data.mjs';
import { dump } from './backup/mysql-tools.mjs';
import { openDatabase } from './database.mjs';

await backup(process.argv[2]).catch(explain);

async function backup(wanted) {
  const here = installation();
  const folder = path.resolve(wanted ?? path.join(here.data, '..', 'backup', stamp()));
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new Sorry(`备份文件夹不是空的：${folder}`);
  if (here.kind === 'sqlite' && !existsSync(here.databaseFile)) throw new Sorry(`没有找到数据库：${here.databaseFile}`);
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true, mode: 0o700 });

  const at = new Date().toISOString();
  const { files, ...known } = here.kind === 'sqlite' ? await copySqlite(here, part) : await dumpMysql(here, part);
  for (const name of filesBelow(here.data)) files[name] = await copy(path.join(here.data, name), path.join(part, name));
  const manifest = { format: FORMAT, version: here.version, at, database: here.kind, ...known, files };
  const missing = manifest.named.filter(({ path: name, sha256 }) => files[`files/${name}`] !== sha256);
  delete manifest.named;

  await write(path.join(part, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`);
  if (existsSync(folder)) rmSync(folder, { recursive: true });
  await rename(part, folder);
  console.log(`已备份到 ${folder}：${countsText(manifest.counts)}、${Object.keys(files).length} 个文件。`);
  if (missing.length > 0) {
    console.error(
      `注意：数据库登记的 ${missing.length} 个文件在数据文件夹中缺失或者已经损坏，例如 files/${missing[0].path}。`,
    );
    process.exitCode = 1;
  }
}

/** Local time, as the name of a folder. */
function stamp() {
  const now = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000);
  return now.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
}

/** VACUUM INTO reads one moment and leaves the writers alone. */
async function copySqlite({ databaseFile }, part) {
  const target = path.join(part, 'database.sqlite');
  const source = openDatabase({ file: databaseFile });
  try {
    await source.run(`vacuum into '${target.replace(/'/g, "''")}'`);
  } finally {
    await source.close();
  }
  const made = openDatabase({ file: target });
  const known = await read(made);
  await made.close();
  return { ...known, files: { 'database.sqlite': await hashOf(target) } };
}

/**
 * The table of migrations is dumped by itself and loaded last: a server refuses a database whose restoring has not come to its end.
 * Counts are those just before the dump.
 */
async function dumpMysql({ url }, part) {
  const database = await openDatabase({ url });
  const known = await read(database);
  await database.close();
  const [main, last] = ['database.sql', 'migrations.sql'].map((name) => path.join(part, name));
  await dump(url, main, (name) => [`--ignore-table=${name}.migrations`, name]);
  await dump(url, last, (name) => [name, 'migrations']);
  return { ...known, files: { 'database.sql': await hashOf(main), 'migrations.sql': await hashOf(last) } };
}

async function read(database) {
  const migrations = await database.all('select name from migrations where applied_at > 0 order by name');
  return {
    migrations: migrations.map(({ name }) => name),
    counts: await countsOf(database),
    named: await database.all('select path, sha256 from files'),
  };
}

async function write(file, text) {
  const target = await open(file, 'wx');
  await target.writeFile(text);
  await target.sync();
  await target.close();
}

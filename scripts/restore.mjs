/**
 * `npm run restore -- <folder> [--replace]`: puts a backup back. Everything is verified before anything is touched, and once more
 * afterwards. What is there already is never deleted: with --replace it is moved aside.
 * Reads DATA_DIR and DATABASE_URL. Rules: [BK3] [BK4] [BK5]. docs/operations.md
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import {
  copy,
  countsText,
  explain,
  FORMAT,
  hashOf,
  installation,
  knownMigrations,
  MANIFEST,
  Sorry,
} from './backup/data.mjs';
import { isRunning, lay, moveAside, occupied, sweep } from './backup/target.mjs';
import { verify } from './backup/verify.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { replace: { type: 'boolean', default: false } },
});

await restore(positionals[0], values.replace).catch(explain);

async function restore(given, replace) {
  if (!given) throw new Sorry('请写明备份文件夹：npm run restore -- <文件夹>');
  const folder = path.resolve(given);
  const here = installation();
  const manifest = await judge(folder, here);
  console.log(`备份完好：${manifest.at}，版本 ${manifest.version}，${countsText(manifest.counts)}。`);

  if (await isRunning(here)) throw new Sorry('有服务器正在使用这些数据，请先停止服务器再恢复。');
  const found = await occupied(here);
  if (found && !replace) {
    throw new Sorry(`恢复的目标不是空的（${found}）。加上 --replace 会把现有数据移到一旁（不删除），再行恢复。`);
  }
  if (found) console.log(`原有数据已移到 ${await moveAside(here, found)}`);

  for (const name of Object.keys(manifest.files).filter((file) => /^(files|fonts)\//.test(file)))
    await copy(path.join(folder, name), path.join(here.data, name));
  await lay(here, folder);
  const loose = await sweep(here);
  if (loose > 0) console.log(`备份进行中写入、不属于备份时刻的 ${loose} 个文件没有恢复。`);
  const complaints = await verify(here, manifest, console.log);
  for (const line of complaints.slice(0, 20)) console.error(line);
  if (complaints.length > 0)
    throw new Sorry(`恢复之后的核对发现 ${complaints.length} 处问题，请勿启用，改用另一份备份。`);
  console.log('恢复完成，可以启动服务器。');
}

/** The manifest, when the folder is a whole backup that this program can take. */
async function judge(folder, here) {
  const at = path.join(folder, MANIFEST);
  if (!existsSync(at)) throw new Sorry(`这不是一份完整的备份（没有 ${MANIFEST}）：${folder}`);
  const manifest = readManifest(at);
  if (manifest.format > FORMAT)
    throw new Sorry(`备份由更新的版本（${manifest.version}）制作，请使用不低于该版本的程序。`);
  const unknown = manifest.migrations.filter((name) => !knownMigrations().includes(name));
  if (unknown.length > 0) {
    throw new Sorry(`备份由更新的版本（${manifest.version}）制作（${unknown.join('、')}），请使用不低于该版本的程序。`);
  }
  if (manifest.database !== here.kind) {
    const names = { sqlite: 'SQLite', mysql: 'MySQL/MariaDB' };
    throw new Sorry(`备份来自 ${names[manifest.database]}，而现在设置的是 ${names[here.kind]}（看 DATABASE_URL）。`);
  }
  for (const [name, sha256] of Object.entries(manifest.files)) {
    const file = path.join(folder, name);
    if (path.relative(folder, file).startsWith('..')) throw new Sorry(`备份已经损坏：${name} 不在备份之内。`);
    if (!existsSync(file)) throw new Sorry(`备份已经损坏：缺少 ${name}。`);
    if ((await hashOf(file)) !== sha256) throw new Sorry(`备份已经损坏：${name} 与清单不符。`);
  }
  return manifest;
}

function readManifest(file) {
  try {
    const manifest = JSON.parse(readFileSync(file, 'utf8'));
    if (manifest.files && manifest.migrations && manifest.counts) return manifest;
  } catch {
    // said below
  }
  throw new Sorry(`备份已经损坏：${MANIFEST} 不能读取。`);
}

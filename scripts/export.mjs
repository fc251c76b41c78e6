/**
 * `npm run export -- <folder or file.zip> [release]`: what is in force, or was after that release, as a content folder or as one file. Reads
 * DATA_DIR and DATABASE_URL. Files of the folder that are no definitions stay; of definitions that are gone it tells. Rule: [CHG30].
 * docs/operations.md
 */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { explain, installation, Sorry } from './backup/data.mjs';
import { load } from './sources.mjs';

const [target, release] = process.argv.slice(2);

async function exportContent() {
  if (!target || (release !== undefined && !/^[1-9]\d*$/.test(release)))
    throw new Sorry('用法：npm run export -- <文件夹或 .zip 文件> [第几次发布]');
  const definitions = await definitionsOf(installation());
  if (/\.zip$/i.test(target)) {
    const { packed } = await load('server/publishing/archive.ts');
    await writeFile(target, packed(definitions));
  } else await writeFolder(path.resolve(target), definitions);
  console.log(`已导出 ${definitions.length} 个定义到 ${target}。`);
}

async function definitionsOf({ kind, url, databaseFile }) {
  if (kind === 'sqlite' && !existsSync(databaseFile)) throw new Sorry(`没有找到数据库：${databaseFile}`);
  const { openStore } = await load('server/store/open.ts');
  const { contentOf, readInForce } = await load('server/publishing/in-force.ts');
  const store = await openStore({ url, file: databaseFile });
  try {
    const inForce = await readInForce(store.reader, release && Number(release));
    if (inForce.release < Number(release ?? 0)) throw new Sorry(`没有第 ${release} 次发布。`);
    return await contentOf(store.reader, inForce);
  } finally {
    await store.close();
  }
}

async function writeFolder(folder, definitions) {
  for (const { file, source } of definitions) {
    const at = path.join(folder, file);
    await mkdir(path.dirname(at), { recursive: true });
    await writeFile(at, source);
  }
  const { readFolder } = await load('server/catalogue/folder.ts');
  const kept = new Set(definitions.map(({ file }) => file));
  const gone = readFolder(folder).filter(({ file }) => !kept.has(file));
  if (gone.length > 0)
    console.log(`文件夹里另有 ${gone.length} 个定义，没有生效：${gone.map(({ file }) => file).join('、')}`);
}

await exportContent().catch(explain);

/** Owns the check of restored data: the database itself, the hash chain of every case, every kept file and letter [BK5]. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chainBreak } from '../chain.mjs';
import { openDatabase } from '../database.mjs';
import { countsOf, countsText, hashOf } from './data.mjs';

/** Cases whose history is in memory at once. */
const AT_ONCE = 200;

/** Complaints, each a sentence; none for whole data. `say` is told what was looked at. */
export async function verify(here, manifest, say) {
  const database = await openDatabase(here.url ? { url: here.url } : { file: here.databaseFile });
  try {
    const complaints = [...(await tables(database)), ...(await counts(database, manifest, say))];
    complaints.push(...(await chains(database, say)), ...(await files(database, here.data, say)));
    return complaints;
  } finally {
    await database.close();
  }
}

async function tables({ dialect, all }) {
  if (dialect === 'sqlite') {
    const rows = await all('pragma integrity_check');
    return rows.map((row) => row.integrity_check).flatMap((text) => (text === 'ok' ? [] : [`数据库：${text}`]));
  }
  const names = (await all('show tables')).map((row) => Object.values(row)[0]);
  const rows = await all(`check table ${names.map((name) => `\`${name}\``).join(', ')}`);
  return rows
    .filter((row) => row.Msg_type === 'error' || (row.Msg_type === 'status' && row.Msg_text !== 'OK'))
    .map((row) => `数据库：${row.Table} ${row.Msg_text}`);
}

async function counts(database, manifest, say) {
  const found = await countsOf(database);
  say(`数据库：${countsText(found)}`);
  return Object.entries(manifest.counts)
    .filter(([name, n]) => (database.dialect === 'sqlite' ? found[name] !== n : found[name] < n))
    .map(([name, n]) => `${name}：清单记有 ${n}，实有 ${found[name]}`);
}

async function chains({ all }, say) {
  const complaints = [];
  let cases = 0;
  let entries = 0;
  for (let after = ''; ; ) {
    const rows = await all(
      `select id, number, entries, history_hash from cases where id > ? order by id limit ${AT_ONCE}`,
      [after],
    );
    if (rows.length === 0) break;
    const last = rows.at(-1).id;
    const history = await all('select * from history where case_id > ? and case_id <= ? order by case_id, seq', [
      after,
      last,
    ]);
    const byCase = new Map(rows.map((row) => [row.id, []]));
    for (const entry of history) byCase.get(entry.case_id)?.push(entry);
    for (const row of rows) {
      const broken = chainBreak(row, byCase.get(row.id));
      if (broken !== null) complaints.push(`流转记录：${row.number} 从第 ${broken} 条起与散列链不符`);
    }
    cases += rows.length;
    entries += history.length;
    after = last;
  }
  say(`流转记录：核对了 ${cases} 件的 ${entries} 条`);
  return complaints;
}

async function files({ all }, data, say) {
  const rows = await all(
    'select f.path, f.sha256, f.name, l.number from files f left join letters l on l.file_id = f.id',
  );
  const complaints = [];
  for (const { path: name, sha256, name: title, number } of rows) {
    const at = path.join(data, 'files', name);
    const what = number ? `文书 ${number}` : `文件 ${title}`;
    if (!existsSync(at)) complaints.push(`${what}：缺少 files/${name}`);
    else if ((await hashOf(at)) !== sha256) complaints.push(`${what}:files/${name} 已经损坏`);
  }
  const letters = rows.filter(({ number }) => number).length;
  say(`文书和附件：核对了 ${letters} 份文书、${rows.length - letters} 个附件`);
  return complaints;
}

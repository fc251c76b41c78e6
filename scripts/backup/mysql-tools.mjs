/**
 * Owns the calls of MariaDB's own programs. The password goes through a file that only we can read and that is removed afterwards:
 * on the command line everybody on the machine could see it.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { addressOf } from '../database.mjs';
import { Sorry } from './data.mjs';

/** Writes the dump of a database, as it is at one moment, into a file. `more`: further options and tables. */
export const dump = (url, file, more) =>
  call(['mariadb-dump', 'mysqldump'], url, (database) => [
    '--single-transaction',
    '--quick',
    '--skip-lock-tables',
    '--hex-blob',
    '--default-character-set=utf8mb4',
    `--result-file=${file}`,
    ...more(database),
  ]);

/** Carries out a file of statements. */
export const load = (url, file) =>
  call(['mariadb', 'mysql'], url, (database) => ['--default-character-set=utf8mb4', database], file);

async function call(names, url, args, input) {
  const program = find(names);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'ganwei-client-'));
  const { database, ...access } = addressOf(url);
  const options = path.join(folder, 'client.cnf');
  try {
    writeFileSync(options, optionFile(access), { mode: 0o600 });
    await finish(
      spawn(program, [`--defaults-file=${options}`, ...args(database)], {
        stdio: [input ? openSync(input, 'r') : 'ignore', 'ignore', 'pipe'],
      }),
      program,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function optionFile({ host, port, user, password, socket }) {
  const quoted = (text) => `"${String(text).replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;
  const place = socket ? [`socket=${quoted(socket)}`] : [`host=${quoted(host)}`, `port=${port}`, 'protocol=tcp'];
  return ['[client]', `user=${quoted(user)}`, `password=${quoted(password)}`, ...place, ''].join('\n');
}

const FOLDERS = ['/usr/bin', '/usr/local/bin', '/usr/local/mysql/bin', '/opt/homebrew/bin'];

function find(names) {
  const places = [...(process.env.PATH ?? '').split(path.delimiter), ...FOLDERS];
  const found = names.flatMap((name) => places.map((place) => path.join(place, name))).find((at) => existsSync(at));
  if (found) return found;
  throw new Sorry(`缺少程序 ${names[0]}，请先安装 MariaDB 客户端（Debian 包：mariadb-client）。`);
}

function finish(child, program) {
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Sorry(`${path.basename(program)} 没有成功：${said.trim().slice(0, 500)}`));
    });
  });
}

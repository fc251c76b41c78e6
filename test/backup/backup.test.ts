/**
 * Backup and restore as the administrator does them, with the real programs on a real server: people work, a backup is made beside them,
 * everything is destroyed, the backup is put back, and the work goes on to its end.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../server/store/open.ts';
import { type Finding, wrong } from '../kill/runs.ts';
import { startMariaDb } from '../store/mariadb.ts';
import { loadScripts, type Scripts, type StageOfServers } from './scripts.ts';

let scripts: Scripts;
beforeAll(async () => {
  scripts = await loadScripts();
});

/** A password that every layer of quoting could spoil. */
const PASSWORD = 'p"a\\s\'s #1;ü';

describe.each(['sqlite', 'mariadb'] as const)('backup (%s)', (database) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ganwei-backup-test-'));
  const backup = path.join(folder, 'backup');
  let stage: StageOfServers;
  /** what people had been answered before the backup began */
  let before: { entries: Record<string, unknown>[]; uploads: Record<string, unknown>[] };
  let letter: { number: string; sha256: string };

  beforeAll(async () => {
    stage = await scripts.openStage({ database, folder, random: scripts.seeded(11), atOnce: 6 });
    await grantUser(stage);
    await start();
  }, 300_000);
  afterAll(async () => {
    for (const server of stage.servers) if (server.running) await server.kill();
    await stage.clear();
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(): Promise<void> {
    for (const server of stage.servers) server.launch();
    await Promise.all(stage.servers.map((server) => server.ready()));
  }

  /** Everybody works until `enough`, asked now and then. */
  async function work(enough: () => Promise<boolean>): Promise<void> {
    const { journal } = stage;
    journal.stopped = false;
    const people = scripts.PEOPLE.map((id, i) => new scripts.Person(id, journal, stage.ports, i));
    for (const person of people) await person.signIn();
    const working = people.map((person) => person.work());
    while (!(await enough())) await new Promise((resolve) => setTimeout(resolve, 100));
    journal.stopped = true;
    await Promise.all(working);
  }

  const program = (name: string, ...args: string[]) => run(name, args, stage.env);

  /**
   * The first value a statement answers with. In a process of its own: this one would keep SQLite's file open after closing it, which
   * restore rightly takes for somebody at work.
   */
  const one = async (sql: string, where: object = stage.where): Promise<string> => {
    const { code, said } = await run('../test/backup/one', [JSON.stringify(where), sql], {});
    expect(code, said).toBe(0);
    return said.trim();
  };

  test('[BK1] a backup is made while people go on working, and says what it holds', async () => {
    let made: ReturnType<typeof program> | undefined;
    let done = false;
    await work(async () => {
      const { entries, uploads } = stage.journal;
      const issued = entries.filter((entry) => entry.node === '签发' && entry.status === 200);
      if (!made && issued.length >= 2 && uploads.length > 0) {
        before = { entries: entries.filter((e) => e.status !== null).map((e) => ({ ...e })), uploads: [...uploads] };
        made = program('backup', backup);
        void made.then(() => {
          done = true;
        });
      }
      return done;
    });
    const { code, said } = await made!;
    expect(said).toContain(`已备份到 ${backup}`);
    expect(code).toBe(0);
    const manifest = JSON.parse(readFileSync(path.join(backup, 'manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({ format: 1, version: expect.any(String), at: expect.stringMatching(/^\d{4}-/) });
    expect(manifest.counts.letters).toBeGreaterThanOrEqual(2);
    expect(manifest.migrations[0]).toBe('0001-first');
    expect(existsSync(`${backup}.part`)).toBe(false);
    const number = await one('select number from letters order by id limit 1');
    letter = { number, sha256: await hashOfLetter(number) };
    expect(Object.values(manifest.files)).toContain(letter.sha256);
  }, 300_000);

  const hashOfLetter = (number: string): Promise<string> =>
    one(`select f.sha256 from letters l join files f on f.id = l.file_id where l.number = '${number}'`);

  test('[BK4] nothing is restored while a server works on the data', async () => {
    const { code, said } = await program('restore', backup);
    expect([code, said]).toEqual([1, expect.stringContaining('有服务器正在使用这些数据，请先停止服务器再恢复。')]);
  });

  test('[BK4] nothing is restored over data that are there', async () => {
    await Promise.all(stage.servers.map((server) => server.stop()));
    const { code, said } = await program('restore', backup);
    expect([code, said]).toEqual([1, expect.stringContaining('恢复的目标不是空的')]);
  });

  test.each([
    ['a file has another byte', (copy: string) => spoil(copy, /^files\/.*[0-9a-f]{64}$/), '与清单不符'],
    ['a file is missing', (copy: string) => remove(copy, /^files\/.*[0-9a-f]{64}$/), '备份已经损坏：缺少'],
    ['the database has another byte', (copy: string) => spoil(copy, /^database\./), '与清单不符'],
    ['it is only half a backup', (copy: string) => rmSync(path.join(copy, 'manifest.json')), '这不是一份完整的备份'],
    [
      'the manifest is cut off',
      (copy: string) => writeFileSync(path.join(copy, 'manifest.json'), '{"files":'),
      '不能读取',
    ],
    ['it was made by a newer program', (copy: string) => later(copy), '请使用不低于该版本的程序'],
  ])('[BK3] a backup is refused before anything is touched when %s', async (_what, harm, says) => {
    const copy = path.join(folder, 'harmed');
    cpSync(backup, copy, { recursive: true });
    harm(copy);
    const { code, said } = await program('restore', copy, '--replace');
    rmSync(copy, { recursive: true });
    expect([code, said]).toEqual([1, expect.stringContaining(says)]);
    expect(await hashOfLetter(letter.number)).toBe(letter.sha256);
  });

  test('[BK2] after everything was lost, what was there at the backup is there again, and nothing that came after it', async () => {
    const late = keepLateFile(backup);
    rmSync(stage.data, { recursive: true });
    if (stage.where.url) await emptied(stage.where.url);
    const { code, said } = await program('restore', backup);
    expect(said).toContain('恢复完成，可以启动服务器。');
    expect(said).toMatch(/流转记录：核对了 \d+ 件的 \d+ 条/);
    expect(code).toBe(0);
    expect(said).toMatch(/不属于备份时刻的 \d+ 个文件没有恢复/);
    expect(existsSync(path.join(stage.data, late))).toBe(false);
    expect(await hashOfLetter(letter.number)).toBe(letter.sha256);
    expect(wrong(await judged(false))).toEqual([]);
  });

  test('[BK2] people sign in, the cases go on to their end, numbers go on without gap or double', async () => {
    await start();
    stage.journal.finishing = true;
    await one('update outbox set next_at = 0');
    await work(async () => (await one("select count(*) from cases where state = 'running'")) === '0');
    await Promise.all(stage.servers.map((server) => server.stop()));
    expect(wrong(await judged(true))).toEqual([]);
  }, 300_000);

  test('[BK4] with --replace the data that are there are moved aside, not deleted', async () => {
    const submissions = await one('select count(*) from submissions');
    const { code, said } = await program('restore', backup, '--replace');
    expect([code, said]).toEqual([0, expect.stringContaining('恢复完成')]);
    const aside = readdirSync(stage.data).filter((name) => name.startsWith('replaced-'));
    expect(aside).toHaveLength(1);
    expect(Number(await one('select count(*) from submissions'))).toBeLessThan(Number(submissions));
    const old = stage.where.url
      ? { url: stage.where.url.replace('/kills', `/${/数据库 (\S+)/.exec(said)?.[1]}`) }
      : { file: path.join(stage.data, aside[0]!, 'ganwei.db') };
    expect(await one('select count(*) from submissions', old)).toBe(submissions);
  });

  /** The checks of the kill test; what was sent after the backup is lost and known to nobody, and pushes have other ids. */
  async function judged(final: boolean): Promise<Finding[]> {
    const journal = final ? { ...stage.journal, ...before } : { ...stage.journal, ...before, complaints: [] };
    const copy = path.join(folder, 'looked-at');
    cpSync(stage.data, copy, { recursive: true });
    const where = stage.where.url ? stage.where : { file: path.join(copy, 'ganwei.db') };
    const db = await scripts.openTables(where);
    const findings = await scripts.look(db, { ...stage, journal }, final);
    await db.close();
    rmSync(copy, { recursive: true });
    return findings
      .filter(({ name }) => !['effects', 'timers', 'people'].includes(name))
      .map((finding) => ({
        ...finding,
        violations: finding.violations.filter((line) => !/nobody sent it|claimed \d+ times/.test(line)),
      }));
  }

  async function grantUser({ where, env }: StageOfServers): Promise<void> {
    if (!where.url) return;
    const db = await scripts.openDatabase(where);
    await db.run(`create user keeper identified by '${PASSWORD.replace(/[\\']/g, '\\$&')}'`);
    await db.run('grant all on *.* to keeper');
    await db.close();
    env.DATABASE_URL = where.url.replace('root@', `keeper:${encodeURIComponent(PASSWORD)}@`);
  }

  async function emptied(url: string): Promise<void> {
    const db = await scripts.openDatabase({ url });
    await db.run('drop database kills');
    await db.run('create database kills');
    await db.close();
  }
});

test('[BK3] a MariaDB whose restoring was cut short is not taken for a whole one: no server opens it', async () => {
  const mariadb = await startMariaDb();
  const folder = mkdtempSync(path.join(tmpdir(), 'ganwei-backup-test-'));
  const here = { kind: 'mysql', url: mariadb.database(), data: folder };
  // The backup's own files are missing here, so the restore ends right after its first statements.
  await expect(scripts.lay(here, folder)).rejects.toThrow('database.sql');
  await expect(openStore({ url: here.url, file: '' })).rejects.toThrow('恢复尚未完成');
  await mariadb.stop();
  rmSync(folder, { recursive: true });
});

test('[BK5] data that are not what their hashes say are named after the restore', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ganwei-backup-test-'));
  const { verify } = scripts;
  const here = { data: folder, databaseFile: path.join(folder, 'ganwei.db') };
  await scripts.makeDatabase(here.databaseFile, [
    "insert into cases (id, number, process, version, release, title, status, state, marking, slots, revision, starter_id, starter_unit, start, started_at, parent_index, reached, entries, history_hash) values ('c1', 'SJ-1', 'p', 1, 1, '', '', 'running', '', '{}', 0, '', '', '', 0, 0, '{}', 1, 'x')",
    "insert into files values ('f1', '甲.pdf', 3, 'application/pdf', 'aa', 'aa/aa', 'k1', 0)",
  ]);
  const complaints = await verify(here, { counts: { cases: 1, submissions: 4, letters: 0 } }, () => {});
  expect(complaints).toEqual([
    'submissions：清单记有 4，实有 0',
    '流转记录：SJ-1 从第 1 条起与散列链不符',
    '文件 甲.pdf：缺少 files/aa/aa',
  ]);
  rmSync(folder, { recursive: true });
});

/** Runs one of our programs; everything it says, and its exit code. */
function run(
  name: string,
  args: string[],
  env: Record<string, string>,
): Promise<{ code: number | null; said: string }> {
  const file = path.resolve(import.meta.dirname, `../../scripts/${name}.mjs`);
  const child = spawn(process.execPath, [file, ...args], { env: { ...process.env, ...env } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })));
}

function named(copy: string, pattern: RegExp): string {
  const { files } = JSON.parse(readFileSync(path.join(copy, 'manifest.json'), 'utf8'));
  return path.join(copy, Object.keys(files).find((name) => pattern.test(name))!);
}

const spoil = (copy: string, pattern: RegExp): void => appendFileSync(named(copy, pattern), 'x');
const remove = (copy: string, pattern: RegExp): void => rmSync(named(copy, pattern));

/** Puts into a backup a whole file that its database does not name, as an upload during the backup leaves it; answers its path. */
function keepLateFile(copy: string): string {
  const sha256 = createHash('sha256').update('late').digest('hex');
  const late = path.join('files', sha256.slice(0, 2), sha256);
  mkdirSync(path.dirname(path.join(copy, late)), { recursive: true });
  writeFileSync(path.join(copy, late), 'late');
  const file = path.join(copy, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...manifest, files: { ...manifest.files, [late]: sha256 } }));
  return late;
}

function later(copy: string): void {
  const file = path.join(copy, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...manifest, migrations: [...manifest.migrations, '9999-future'] }));
}

/**
 * Owns one run of the kill test on one database: eight people work, servers are killed at random moments and started again, at last
 * everybody finishes, and the checks give their verdict. Everything it makes lies in one temporary folder.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startMariadb } from '../mariadb.mjs';
import { root } from '../prepare.mjs';
import { check } from './checks.mjs';
import { openTables } from './database.mjs';
import { makeJournal, PASSWORD, PEOPLE, Person } from './people.mjs';
import { startReceiver } from './receiver.mjs';
import { copyBuild, freePort, pause, Server } from './servers.mjs';

/** Kills at the very beginning, while the database is being made. */
const FIRST = 5;
/** Everybody must have finished so long after the last kill, in milliseconds; an effect that was taken comes back after a minute. */
const FINISH = 150_000;

/**
 * `database`: sqlite | mariadb | two-servers. `hurry`: do not wait the minute after which an effect that a killed server had taken comes
 * back, but give it back at once. What the run has made stays until `clear()` of its answer.
 */
export async function run({ database, kills, seed, hurry = false, atOnce = 20, say = () => {} }) {
  const random = seeded(seed);
  const began = Date.now();
  const folder = mkdtempSync(path.join(os.tmpdir(), `ganwei-kill-${database}-`));
  const stage = await openStage({ database, folder, random, atOnce });
  try {
    const findings = await play(stage, { kills, random, hurry, say: (line) => say(`${database}: ${line}`) });
    stage.removeBuild();
    const total = { ...(await totals(stage)), ms: Date.now() - began };
    return { database, seed, folder, findings, total, verdict: (data) => verdict(stage, data), clear: stage.clear };
  } catch (error) {
    stage.journal.stopped = true;
    for (const server of stage.servers) if (server.running) await server.kill();
    await stage.clear();
    throw error;
  }
}

/** The whole story: the kills, the end of all work, the verdict. */
async function play(stage, { kills, random, hurry, say }) {
  const { servers, journal } = stage;
  await killFirstStarts(stage, Math.min(FIRST, Math.floor(kills / 4)), random);
  const db = await openTables(stage.where);
  const people = PEOPLE.map((id, i) => new Person(id, journal, stage.ports, i));
  for (const person of people) await person.signIn();
  const counting = count(db, journal);
  const working = people.map((person) => person.work());
  const found = await killAndLook(stage, db, { kills, random, say });
  await startThoseDown(servers);
  await finish(db, journal, hurry);
  journal.stopped = true;
  clearInterval(counting);
  await Promise.all(working);
  const orphans = await Promise.all(servers.map((server) => server.orphans(5000)));
  const codes = await Promise.all(servers.map((server) => server.stop()));
  found.push(...(await look(db, stage, true)), processes(servers, orphans.flat(), codes, stage.log));
  await db.close();
  return merged(found);
}

/** Kills until it is enough, and looks at the database in the middle of everything now and then. */
async function killAndLook(stage, db, { kills, random, say }) {
  const { servers, journal } = stage;
  const found = [];
  let looked = killed(servers);
  while (killed(servers) < kills) {
    await killOnce(stage, random);
    if (killed(servers) - looked < 40) continue;
    looked = killed(servers);
    found.push(...(await look(db, stage, false)));
    say(`${looked} kills, ${journal.requests} requests, ${violationsIn(found)} violations`);
  }
  return found;
}

/** The verdict on a copy of the data folder (SQLite), with the journal of this run. */
async function verdict(stage, data) {
  const copy = await openTables({ file: path.join(data, 'ganwei.db') });
  const findings = await look(copy, { ...stage, data }, true);
  await copy.close();
  return findings;
}

/** Numbers from a seed (mulberry32): the same seed gives the same plan, though not the same moments. */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Servers that are not yet started, on an empty database; the receiver of their pushes; the journal of those who will work there. */
export async function openStage({ database, folder, random, atOnce }) {
  const receiver = await startReceiver(random);
  const copy = copyBuild();
  const mariadb = database === 'sqlite' ? undefined : await startMariadb({ durable: true });
  mariadb?.create('kills');
  const data = path.join(folder, 'data');
  const log = path.join(folder, 'server.log');
  const env = {
    DATA_DIR: data,
    CONTENT_DIR: path.join(root, 'test/kill/content'),
    DEMO: '1',
    DEMO_PASSWORD: PASSWORD,
    WEBHOOKS: JSON.stringify(receiver.env),
    TMPDIR: folder,
    ...(mariadb && { DATABASE_URL: mariadb.url('kills') }),
  };
  const ports = [await freePort(), ...(database === 'two-servers' ? [await freePort()] : [])];
  const servers = ports.map((port) => new Server({ main: copy.main, port, env, log }));
  return {
    receiver,
    journal: { ...makeJournal(random, atOnce), signInRepeats: 0 },
    ports,
    servers,
    /** how many kills were aimed at a start, and at a letter */
    aimed: { start: 0, letter: 0 },
    data,
    log,
    env,
    where: mariadb ? { url: mariadb.url('kills') } : { file: path.join(data, 'ganwei.db') },
    removeBuild: copy.remove,
    async clear() {
      copy.remove();
      await receiver.stop();
      await mariadb?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const killed = (servers) => servers.reduce((sum, server) => sum + server.kills, 0);
const violationsIn = (findings) => findings.reduce((sum, { violations }) => sum + violations.length, 0);

/** [K8] The database is made anew by servers that are killed while they make it, then by those that may finish. */
async function killFirstStarts({ servers, aimed }, times, random) {
  for (let i = 0; i < times; i++) {
    for (const server of servers) server.launch();
    await pause(200 + random() * 1000);
    await Promise.all(servers.map((server) => server.kill()));
    aimed.start += servers.length;
  }
  await startThoseDown(servers);
}

async function startThoseDown(servers) {
  const down = servers.filter((server) => !server.running);
  for (const server of down) server.launch();
  await Promise.all(down.map((server) => server.ready()));
}

/** Starts what is down, waits for a moment of one of three kinds, and kills one server or all. */
async function killOnce({ servers, journal, aimed }, random) {
  const victims = servers.length > 1 && random() < 0.6 ? [servers[Math.floor(random() * servers.length)]] : servers;
  const down = servers.filter((server) => !server.running);
  for (const server of down) server.launch();
  const dice = random();
  if (dice < 0.12 && down.length > 0) {
    await pause(random() * 500);
    await Promise.all(down.map((server) => server.kill()));
    aimed.start += down.length;
    return;
  }
  await Promise.all(down.map((server) => server.ready()));
  if (dice < 0.3) {
    await letterBegun(journal, random);
    aimed.letter += victims.length;
  } else await pause(50 + random() * 2200);
  await Promise.all(victims.map((server) => server.kill()));
  await pause(random() * 150);
}

/** The moment in which a letter is being printed, or three seconds. */
function letterBegun(journal, random) {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, 3000);
    journal.onIssue = () => {
      journal.onIssue = () => {};
      clearTimeout(late);
      setTimeout(resolve, random() * 350);
    };
  });
}

/** Tells the people twice a second how many cases are open; they would otherwise begin too many. */
function count(db, journal) {
  let busy = false;
  return setInterval(async () => {
    if (busy) return;
    busy = true;
    journal.open = Number(
      await db.one("select count(*) from cases where state = 'running' and process = 'kill'").catch(() => journal.open),
    );
    busy = false;
  }, 500);
}

export async function finish(db, journal, hurry) {
  journal.finishing = true;
  if (hurry) await db.run('update outbox set next_at = 0');
  const until = Date.now() + FINISH;
  const left = async () =>
    Number(await db.one("select (select count(*) from cases where state = 'running') + (select count(*) from outbox)"));
  while ((await left()) > 0 && Date.now() < until) await pause(250);
}

/** The journal as it is now, then the database: what was answered by now must be in it. */
export async function look(db, { journal, servers, receiver, data }, final) {
  const snapshot = {
    ...journal,
    entries: journal.entries.map((entry) => ({ ...entry })),
    uploads: [...journal.uploads],
    complaints: final ? journal.complaints : [],
  };
  const lives = servers.flatMap((server) => server.lives.map(([from, to]) => [from, Math.min(to, Date.now())]));
  const tables = await db.tables();
  return check({ tables, blobs: blobsIn(path.join(data, 'files')), journal: snapshot, receiver, lives, final });
}

/** Path below the folder -> what lies there. Files that are still being written end in a number of their process. */
export function blobsIn(folder) {
  const blobs = new Map();
  if (!existsSync(folder)) return blobs;
  for (const name of readdirSync(folder, { recursive: true })) {
    const at = path.join(folder, name);
    let bytes;
    try {
      bytes = readFileSync(at);
    } catch {
      continue;
    }
    blobs.set(name, {
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      finished: /^[0-9a-f]{64}$/.test(path.basename(name)),
      pdf: bytes.subarray(0, 5).toString() === '%PDF-' && bytes.subarray(-16).includes('%%EOF'),
    });
  }
  return blobs;
}

/** No compiler of letters outlives its server; a server that is asked to stop does so; none has met a fault. */
function processes(servers, orphans, codes, log) {
  const violations = orphans.map((pid) => `process ${pid} has outlived its server`);
  for (const server of servers) violations.push(...server.falls);
  for (const code of codes) if (code !== 0) violations.push(`a server stopped with code ${code}`);
  const lines = existsSync(log) ? readFileSync(log, 'utf8').split('\n') : [];
  const faults = lines.filter((line) => /"level":(50|60)/.test(line));
  for (const line of faults) violations.push(`log: ${line.slice(0, 600)}`);
  return { name: 'processes', rule: 'K9', counted: servers.reduce((n, server) => n + server.starts, 0), violations };
}

/** One line per check: the last count, all violations of the looks before. */
function merged(findings) {
  const names = [...new Set(findings.map(({ name }) => name))];
  return names.map((name) => {
    const all = findings.filter((finding) => finding.name === name);
    return { ...all.at(-1), violations: [...new Set(all.flatMap(({ violations }) => violations))] };
  });
}

async function totals({ journal, servers, receiver, data, aimed, where }) {
  const db = await openTables(where);
  const n = async (sql) => Number(await db.one(sql));
  const files = blobsIn(path.join(data, 'files'));
  const found = {
    kills: killed(servers),
    aimed,
    starts: servers.reduce((sum, server) => sum + server.starts, 0),
    compilers: servers.reduce((sum, server) => sum + server.hadChildren, 0),
    requests: journal.requests,
    changes: journal.entries.length,
    closed: journal.closed,
    cut: journal.cut,
    repeated: journal.entries.filter(({ attempts }) => attempts > 1).length,
    refused: journal.entries.filter(({ status }) => status !== 200).length,
    cases: await n('select count(*) from cases'),
    children: await n('select count(*) from cases where parent_id is not null'),
    withdrawn: await n("select count(*) from cases where state = 'withdrawn'"),
    submissions: await n('select count(*) from submissions'),
    letters: await n('select count(*) from letters'),
    timers: await n("select count(*) from history where kind = 'timer'"),
    history: await n('select count(*) from history'),
    effects: await n('select count(*) from outbox_done'),
    again: [...receiver.received.values()].filter(({ times }) => times > 1).length,
    drafts: await n('select count(*) from drafts'),
    loose: files.size - new Set((await db.tables()).files.map(({ path: at }) => at)).size,
  };
  await db.close();
  return found;
}

/**
 * `npm run bench`: completions per second over HTTP with real sessions, on SQLite (synchronous FULL) and on MariaDB (flush at commit),
 * with 1, 8 and 32 people at once; the load comes from this process on the same machine. Prints one table. docs/performance.md reads it.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { startMariadb } from './mariadb.mjs';
import { build, machine, packages, root, SERVER_FLAGS } from './prepare.mjs';

packages();
machine(['fonts', 'mariadb']);
build();

const SECONDS = Number(process.env.BENCH_SECONDS ?? 10);
const PEOPLE = [1, 8, 32];
const PASSWORD = 'bench-password-1';
const port = 3999;
const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

/** One request; the answer's JSON and headers. */
function call(method, at, { body, cookie, csrf } = {}) {
  return new Promise((resolve, reject) => {
    const data = body ? JSON.stringify(body) : undefined;
    const headers = {
      ...(data && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(data) }),
      ...(cookie && { cookie }),
      ...(csrf && { 'x-csrf-token': csrf, 'idempotency-key': randomUUID() }),
    };
    const request = http.request({ port, host: '127.0.0.1', method, path: at, headers, agent }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => {
        if (response.statusCode !== 200) reject(new Error(`${response.statusCode} ${text.slice(0, 200)}`));
        else resolve({ json: text ? JSON.parse(text) : null, headers: response.headers });
      });
    });
    request.on('error', reject);
    request.end(data);
  });
}

async function signIn(username) {
  const { json, headers } = await call('POST', '/api/session', { body: { username, password: PASSWORD } });
  return { cookie: headers['set-cookie'][0].split(';')[0], csrf: json.csrf };
}

/** One person works until the time is up; returns the milliseconds of each completion. */
async function work(session, until) {
  const times = [];
  const post = async (at, body) => (await call('POST', at, { body, ...session })).json;
  while (performance.now() < until) {
    let moved = await post('/api/cases', {
      process: 'bench',
      start: 'start',
      values: { subject: '测量一件', amount: 12.5 },
    });
    while (moved.state === 'running') {
      const started = performance.now();
      const values = { amount: Math.round(Math.random() * 10_000) / 100, text: '情况属实,同意办理。' };
      moved = await post(`/api/tasks/${moved.next[0].task}/submit`, {
        outcome: 'agree',
        values,
        comment: '同意',
        revision: 1,
      });
      times.push(performance.now() - started);
    }
  }
  return times;
}

async function serve(env) {
  const data = mkdtempSync(path.join(os.tmpdir(), 'ganwei-bench-'));
  const server = spawn(process.execPath, [...SERVER_FLAGS, path.join(root, 'dist/server/main.js')], {
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIR: data,
      CONTENT_DIR: path.join(root, 'bench/content'),
      DEMO: '1',
      DEMO_PASSWORD: PASSWORD,
      LOG_LEVEL: 'error',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (let i = 0; i < 100; i++) {
    if (
      await call('GET', '/readyz').then(
        () => true,
        () => false,
      )
    )
      break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    pid: server.pid,
    stop: () =>
      new Promise((resolve) => {
        server.on('exit', () => {
          rmSync(data, { recursive: true, force: true });
          resolve();
        });
        server.kill('SIGTERM');
      }),
  };
}

const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];

async function measure(name, env) {
  const server = await serve(env);
  const sessions = [];
  for (let i = 1; i <= 32; i++) sessions.push(await signIn(`b${i}`));
  await work(sessions[0], performance.now() + 2000);
  for (const people of PEOPLE) {
    const started = performance.now();
    const until = started + SECONDS * 1000;
    const times = (await Promise.all(sessions.slice(0, people).map((session) => work(session, until))))
      .flat()
      .sort((a, b) => a - b);
    const seconds = (performance.now() - started) / 1000;
    console.log(
      `| ${name} | ${people} | ${Math.round(times.length / seconds)} | ${[0.5, 0.95, 0.99].map((q) => quantile(times, q).toFixed(1)).join(' | ')} |`,
    );
  }
  const metrics = await new Promise((resolve) =>
    http.get({ port, path: '/metrics', agent }, (r) => {
      let t = '';
      r.on('data', (c) => (t += c));
      r.on('end', () => resolve(t));
    }),
  );
  console.log(
    `| ${name} | 常驻内存 | ${(Number(/^process_resident_memory_bytes (\S+)/m.exec(metrics)?.[1]) / 2 ** 20).toFixed(0)} MB | | | |`,
  );
  await server.stop();
}

console.log(`\n| 数据库 | 同时办理人数 | 每秒办理 | p50 毫秒 | p95 | p99 |\n|---|---|---|---|---|---|`);
await measure('SQLite FULL', {});
const mariadb = await startMariadb({ durable: true });
mariadb.create('bench');
await measure('MariaDB', { DATABASE_URL: mariadb.url('bench') });
await mariadb.stop();
agent.destroy();

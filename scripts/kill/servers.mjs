/**
 * Owns the server processes of the kill test: starts the built server, tells when it is ready, kills it with SIGKILL, and remembers when
 * it was up. It runs a copy of dist/server, so that a build beside the test does not change what is tested. Knows no cases.
 */
import { spawn } from 'node:child_process';
import { closeSync, cpSync, existsSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { build, root, SERVER_FLAGS } from '../prepare.mjs';

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export const freePort = () =>
  new Promise((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** A copy of the built server beside it: it finds package.json and node_modules as the original does. Never builds what is built. */
export function copyBuild() {
  if (!existsSync(path.join(root, 'dist/server/main.js'))) build();
  const folder = path.join(root, `dist/server-kill-${process.pid}`);
  cpSync(path.join(root, 'dist/server'), folder, { recursive: true });
  return { main: path.join(folder, 'main.js'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Longest start that is still believed in, in milliseconds. */
const START = 120_000;

/** No server outlives the test, however the test ends. */
const alive = new Set();
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

export class Server {
  /** [from, to] of each life, in epoch milliseconds: from the first answer to the kill */
  lives = [];
  starts = 0;
  kills = 0;
  /** ends that nobody had asked for, each as a sentence */
  falls = [];
  #main;
  #env;
  #log;
  #process = null;
  #gone = Promise.resolve();
  #asked = false;
  #orphans = [];

  constructor({ main, port, env, log }) {
    this.#main = main;
    this.#log = log;
    this.port = port;
    this.#env = { ...process.env, PORT: String(port), LOG_LEVEL: 'warn', ...env };
  }

  get running() {
    return this.#process !== null;
  }

  launch() {
    this.starts += 1;
    this.#asked = false;
    const log = openSync(this.#log, 'a');
    const child = spawn(process.execPath, [...SERVER_FLAGS, this.#main], {
      env: this.#env,
      stdio: ['ignore', 'ignore', log],
    });
    closeSync(log);
    this.#process = child;
    alive.add(child);
    this.#gone = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
    this.#gone.then((code) => {
      alive.delete(child);
      if (!this.#asked) this.falls.push(`a server ended by itself with code ${code}`);
      if (this.#process === child) this.#process = null;
    });
  }

  /** Waits for the first good answer of /readyz; throws when the server ends by itself or takes too long. */
  async ready() {
    const until = Date.now() + START;
    while (!(await answers(this.port))) {
      if (!this.running) throw new Error(`the server ended while it started, with code ${await this.#gone}`);
      if (Date.now() > until) throw new Error(`the server was not ready after ${START} ms`);
      await pause(15);
    }
    this.lives.push([Date.now(), Number.POSITIVE_INFINITY]);
  }

  /** SIGKILL, at once; waits until the process is gone, and remembers the children it had. */
  async kill() {
    this.kills += 1;
    this.#asked = true;
    this.#orphans.push(...childrenOf(this.#process?.pid));
    this.#process?.kill('SIGKILL');
    await this.#gone;
    this.#endLife();
  }

  /** SIGTERM; answers with the exit code. */
  async stop() {
    if (!this.running) return 0;
    this.#asked = true;
    this.#process.kill('SIGTERM');
    const code = await this.#gone;
    this.#endLife();
    return code;
  }

  /** Children of killed servers that still live, `patience` milliseconds after they were asked for. */
  async orphans(patience) {
    const until = Date.now() + patience;
    for (;;) {
      const alive = this.#orphans.filter(isAlive);
      if (alive.length === 0 || Date.now() > until) return alive.map(({ pid }) => pid);
      await pause(50);
    }
  }

  get hadChildren() {
    return this.#orphans.length;
  }

  #endLife() {
    const life = this.lives.at(-1);
    if (life && life[1] === Number.POSITIVE_INFINITY) life[1] = Date.now();
  }
}

const answers = (port) =>
  new Promise((resolve) => {
    const request = http.get({ port, host: '127.0.0.1', path: '/readyz', agent: false, timeout: 2000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('error', () => resolve(false));
    request.on('timeout', () => request.destroy());
  });

/** Processes below this one, with the time they were started (a process id alone may be given out again). Linux only. */
function childrenOf(pid) {
  try {
    return readdirSync(`/proc/${pid}/task`)
      .flatMap((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').trim().split(' '))
      .filter(Boolean)
      .map((child) => ({ pid: Number(child), born: bornAt(child) }));
  } catch {
    return [];
  }
}

const isAlive = ({ pid, born }) => born !== null && bornAt(pid) === born;

/** Start time in ticks since boot; null when there is no such process or it is only waiting to be buried. */
function bornAt(pid) {
  try {
    const [state, ...rest] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return state === 'Z' ? null : rest[18];
  } catch {
    return null;
  }
}

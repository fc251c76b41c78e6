/**
 * Owns the servers of the browser tests: the built product, each on a port and with a data folder of its own, and gone without a trace. What a server
 * says is kept, for whoever wants to know why a test has failed.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PROGRAM = ['--disallow-code-generation-from-strings', path.join(ROOT, 'dist/server/main.js')];

/** Milliseconds in which a server must be ready, on a machine that does much else. */
export const PATIENCE = 180_000;
/** Milliseconds in which a server that is told to end has ended. */
const FAREWELL = 60_000;

export class House {
  readonly address: string;
  readonly folder: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #gone = () => this.#clear();
  #server: ChildProcess | undefined;
  #said = '';

  private constructor(port: number, env: Readonly<Record<string, string>>) {
    this.address = `http://localhost:${port}`;
    this.folder = mkdtempSync(path.join(tmpdir(), 'ganwei-web-'));
    const own = { PORT: String(port), DATA_DIR: this.folder, DATABASE_URL: '', LOG_LEVEL: 'error' };
    this.#env = { ...process.env, ...own, ...env };
    process.once('exit', this.#gone);
  }

  /** An empty house with these variables; nothing is started yet. */
  static async found(env: Readonly<Record<string, string>>): Promise<House> {
    return new House(await freePort(), env);
  }

  /** A command of the server's program beside it, as `admin:create`; answers with what it prints. */
  command(...words: string[]): string {
    return execFileSync(process.execPath, [...PROGRAM, ...words], { env: this.#env, encoding: 'utf8' });
  }

  /** Starts the server and waits until it is ready. */
  async open(): Promise<void> {
    const server = spawn(process.execPath, PROGRAM, { env: this.#env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#server = server;
    for (const stream of [server.stdout, server.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#said += text;
      });
    const late = Date.now() + PATIENCE;
    while ((await statusOf(`${this.address}/readyz`)) !== 200) {
      if (server.exitCode !== null || Date.now() > late) throw new Error(`the server is not ready:\n${this.#said}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  /** What the server has printed since it was asked last. */
  told(): string {
    const text = this.#said;
    this.#said = '';
    return text;
  }

  async close(): Promise<void> {
    const server = this.#server;
    if (server && server.exitCode === null && server.signalCode === null) {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      const alarm = setTimeout(() => server.kill('SIGKILL'), FAREWELL);
      await ended;
      clearTimeout(alarm);
    }
    process.off('exit', this.#gone);
    this.#clear();
  }

  /** Also where the tests are broken off. */
  #clear(): void {
    this.#server?.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

const statusOf = async (address: string): Promise<number | undefined> =>
  (await fetch(address).catch(() => undefined))?.status;

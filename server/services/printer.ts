/**
 * Owns printing: Typst source in, PDF or drawn pages out, by a few compiler processes (printer-worker.mjs) that are ended when they take too long.
 * Never hands them anything of this process: their environment is empty but for what finds fonts, their workspace is an empty folder.
 * A letter that cannot be printed is a PrintFault, so the step that wanted it is rolled back [L6] [L60].
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { because, said } from '@ganwei/core/reason';
import { type Drawer, type Printer, PrintFault } from '../catalogue/host.ts';

export interface PrinterOptions {
  /** searched before the system's fonts */
  fontPaths: readonly string[];
  /** for one letter, start of the compiler included */
  timeoutMs?: number;
  workers?: number;
}

type Printed = Awaited<ReturnType<Printer['print']>>;
type Drawn = Awaited<ReturnType<Drawer['draw']>>;
interface Job {
  id: number;
  source: string;
  /** as a drawing, not as a PDF */
  drawn: boolean;
  done(made: Made): void;
  failed(error: Error): void;
}
interface Face {
  role: string;
  wanted: string[];
  instead: string[];
}
type Answer =
  | { ready: true }
  | { id: number; error: string }
  | ({ id: number; pages: number } & ({ pdf: Uint8Array } | { svg: string }) & Fonts);
type Made = Printed | Drawn;
interface Fonts {
  missing: string[];
  faces: Face[];
}

/** Compilers start with the first letter. After `close` nothing is printed any more. */
export function makePrinter({ fontPaths, timeoutMs = 20_000, workers = 1 }: PrinterOptions): Printer &
  Drawer & {
    close(): Promise<void>;
  } {
  const workspace = mkdtempSync(path.join(tmpdir(), 'letters-'));
  const queue: Job[] = [];
  const presses = Array.from({ length: workers }, () => new Press(workspace, fontPaths, timeoutMs, next));
  let closed = false;
  let count = 0;

  function next(): void {
    for (const press of presses) {
      if (press.idle && queue.length > 0) press.start(queue.shift()!);
    }
  }
  function make(source: string, drawn: boolean): Promise<Made> {
    if (closed) return Promise.reject(new Error('the printer is closed'));
    return new Promise((done, failed) => {
      queue.push({ id: ++count, source, drawn, done, failed });
      next();
    });
  }
  return {
    print: (source) => make(source, false) as Promise<Printed>,
    draw: (source) => make(source, true) as Promise<Drawn>,
    async close() {
      closed = true;
      for (const job of queue.splice(0)) job.failed(new Error('the printer is closed'));
      await Promise.all(presses.map((press) => press.stop(new Error('the printer is closed'))));
      rmSync(workspace, { recursive: true, force: true });
    },
  };
}

const WORKER = fileURLToPath(new URL('./printer-worker.mjs', import.meta.url));
const PASSED_ON = ['PATH', 'LANG', 'SystemRoot', 'WINDIR'];

/** One compiler process and the letter it is at. A process that fails or takes too long is ended; the next letter gets a new one. */
class Press {
  readonly #workspace: string;
  readonly #fontPaths: readonly string[];
  readonly #timeoutMs: number;
  readonly #freed: () => void;
  #process: ChildProcess | null = null;
  #job: Job | null = null;
  #alarm: NodeJS.Timeout | undefined;

  constructor(workspace: string, fontPaths: readonly string[], timeoutMs: number, freed: () => void) {
    this.#workspace = workspace;
    this.#fontPaths = fontPaths;
    this.#timeoutMs = timeoutMs;
    this.#freed = freed;
  }

  get idle(): boolean {
    return this.#job === null;
  }

  start(job: Job): void {
    this.#job = job;
    this.#alarm = setTimeout(
      () => void this.stop(new PrintFault(because('letter.seconds', { seconds: this.#timeoutMs / 1000 }))),
      this.#timeoutMs,
    );
    this.#process ??= this.#launch();
    this.#process.send({ id: job.id, source: job.source, drawn: job.drawn });
  }

  /** Ends the process; the letter it is at fails with `reason`. */
  async stop(reason: Error): Promise<void> {
    const process = this.#process;
    this.#process = null;
    const gone = process && process.exitCode === null && new Promise((resolve) => process.once('exit', resolve));
    process?.kill('SIGKILL');
    this.#finish((job) => job.failed(reason));
    await gone;
  }

  #launch(): ChildProcess {
    const env = Object.fromEntries(PASSED_ON.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
    // packages of Typst would be looked up there; nothing is
    for (const name of ['HOME', 'XDG_CACHE_HOME', 'XDG_DATA_HOME']) env[name] = this.#workspace;
    const child = fork(WORKER, [this.#workspace, ...this.#fontPaths], {
      cwd: this.#workspace,
      env,
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.on('message', (answer) => this.#take(answer as Answer));
    for (const event of ['exit', 'error'] as const) {
      child.once(event, () => {
        if (this.#process === child) void this.stop(new PrintFault(because('letter.printer')));
      });
    }
    child.unref();
    child.channel?.unref();
    return child;
  }

  #take(answer: Answer): void {
    if ('ready' in answer || answer.id !== this.#job?.id) return;
    if ('error' in answer)
      this.#finish((job) => job.failed(new PrintFault(because('letter.unprintable', { detail: answer.error }))));
    else {
      const made = { pages: answer.pages, substitutions: substitutions(answer) };
      this.#finish((job) =>
        job.done('svg' in answer ? { ...made, svg: answer.svg } : { ...made, pdf: new Uint8Array(answer.pdf) }),
      );
    }
  }

  #finish(tell: (job: Job) => void): void {
    clearTimeout(this.#alarm);
    const job = this.#job;
    this.#job = null;
    if (job) tell(job);
    this.#freed();
  }
}

/** Which wanted faces were missing and what stood in for them; only faces that the letter used are named. */
function substitutions({ missing, faces }: Fonts): string[] {
  const gone = new Set(missing);
  const there = (family: string): boolean => !gone.has(family.toLowerCase());
  return faces.flatMap(({ role, wanted, instead }) => {
    if (wanted.some(there)) return [];
    const found = instead.find(there);
    return [said(found ? because('letter.font', { role, instead: found }) : because('letter.font-system', { role }))];
  });
}

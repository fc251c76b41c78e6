/**
 * Owns one thread of sandboxes as the server sees it: asks and is answered, within bounds of time and memory. A thread that goes beyond them, or
 * breaks, is ended, and whatever was asked of it is answered with the reason. Letters that people look at are printed by the server's own printer.
 */
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Refusal } from '@ganwei/core/refusal';
import { type Printer, PrintFault } from '../catalogue/host.ts';
import { newSpool } from '../catalogue/spools.ts';

const fromSource = import.meta.url.endsWith('.ts');
const WORKER = new URL('./sandbox-worker.mjs', import.meta.url);
const MODULE = new URL(fromSource ? '../sandbox-thread.ts' : './sandbox-thread.js', import.meta.url);

interface Job {
  done(answer: unknown): void;
  failed(error: Error): void;
  alarm: NodeJS.Timeout;
}

/** What an error is on the other side of a thread. */
export type Sent =
  | { refusal: ConstructorParameters<typeof Refusal> }
  | { fault: PrintFault['reason'] }
  | { error: string };

export const sent = (error: unknown): Sent => {
  if (error instanceof Refusal) return { refusal: [error.code, error.params, error.fields] };
  if (error instanceof PrintFault) return { fault: error.reason };
  return { error: error instanceof Error ? error.message : String(error) };
};

export function received(error: Sent): Error {
  if ('refusal' in error) return new Refusal(...error.refusal);
  return 'fault' in error ? new PrintFault(error.fault) : new Error(error.error);
}

/** What a thread says: an answer, an error, or a letter to be printed. */
type Word = { id: number; answer?: unknown; error?: Sent } | { print: number; source: string };

export interface ThreadOptions {
  /** memory, in megabytes */
  megabytes: number;
  printer?: Printer;
  /** by itself, not because it was ended */
  onEnd?(reason: string): void;
}

export class Thread {
  readonly #worker: Worker;
  /** [PLAY6] its folder for temporary files, which goes with it however it ends */
  readonly #folder = newSpool('sandbox');
  readonly #jobs = new Map<number, Job>();
  #count = 0;
  #ended = false;

  constructor({ megabytes, printer, onEnd }: ThreadOptions) {
    this.#worker = new Worker(WORKER, {
      workerData: { module: fromSource ? fileURLToPath(MODULE) : MODULE.href },
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
      env: { TMPDIR: this.#folder },
    });
    this.#worker.unref();
    this.#worker.on('message', (word: Word) => {
      if ('print' in word) void this.#print(word, printer);
      else this.#hear(word);
    });
    const broken = (reason: string) => {
      if (this.#ended) return;
      void this.end(reason);
      onEnd?.(reason);
    };
    this.#worker.on('error', (error) => broken(reasonOf(error)));
    this.#worker.on('exit', (code) => broken(`exit ${code}`));
  }

  /** Asks; what is not answered in time ends the thread. */
  ask<T>(what: string, given: unknown, timeoutMs: number): Promise<T> {
    const id = ++this.#count;
    return new Promise<T>((resolve, reject) => {
      if (this.#ended) return reject(new Error('the thread has ended'));
      const alarm = setTimeout(() => void this.end(`${Math.ceil(timeoutMs / 1000)} s`), timeoutMs);
      this.#jobs.set(id, { done: resolve as (answer: unknown) => void, failed: reject, alarm });
      this.#worker.postMessage({ id, what, given });
    });
  }

  async end(reason: string): Promise<void> {
    this.#ended = true;
    for (const [id, { failed, alarm }] of this.#jobs) {
      clearTimeout(alarm);
      this.#jobs.delete(id);
      failed(new Error(reason));
    }
    await this.#worker.terminate();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #hear({ id, answer, error }: { id: number; answer?: unknown; error?: Sent }): void {
    const job = this.#jobs.get(id);
    if (!job) return;
    clearTimeout(job.alarm);
    this.#jobs.delete(id);
    if (error) job.failed(received(error));
    else job.done(answer);
  }

  async #print({ print, source }: { print: number; source: string }, printer: Printer | undefined): Promise<void> {
    try {
      if (!printer) throw new Error('no printer');
      const { pdf, pages, substitutions } = await printer.print(source);
      this.#worker.postMessage({ print, printed: { pdf: Uint8Array.from(pdf), pages, substitutions } });
    } catch (error) {
      this.#worker.postMessage({ print, error: sent(error) });
    }
  }
}

const reasonOf = (error: Error): string =>
  (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'out of memory' : error.message;

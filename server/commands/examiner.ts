/**
 * Owns examining content beside the event loop: a worker thread does what examine.ts does, and the server answers meanwhile. The thread is
 * kept for a while, with all that it has compiled, then ended. Whatever goes wrong in it - an exception, too much memory, too much time -
 * is a finding, so that the release in force stays. Rule: [REL63].
 */
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Definition } from '@ganwei/release/definition';
import type { Found } from '@ganwei/release/release';
import type { AskedOfNames, Examined, ToldOfNames } from '../catalogue/host.ts';
import { type AskNames, type Examine, type Told, tell } from './examine.ts';

export interface ExaminerOptions {
  /** for one examination, the start of the thread included */
  timeoutMs?: number;
  /** memory of the thread */
  megabytes?: number;
  /** how long a thread that has nothing to do keeps what it has compiled */
  restMs?: number;
}

export interface Examiner {
  examine: Examine;
  askNames: AskNames;
  close(): Promise<void>;
}

const LONGEST = 180_000;
const MOST_MEMORY = 1_500;
const REST = 600_000;

const fromSource = import.meta.url.endsWith('.ts');
const WORKER = new URL('./examiner-worker.mjs', import.meta.url);
const MODULE = new URL(fromSource ? './examine.ts' : './examine.js', import.meta.url);

/** What the thread is asked: to examine, or (`asked`) of names. */
interface Message {
  files: readonly Definition[];
  told: Told;
  asked?: AskedOfNames;
}

interface Job {
  /** with the answer, or with what kept it from coming */
  done(answer: unknown, reason: string): void;
  alarm: NodeJS.Timeout;
}

/** A thread starts with the first examination, and again after one that failed. */
export function makeExaminer({
  timeoutMs = LONGEST,
  megabytes = MOST_MEMORY,
  restMs = REST,
}: ExaminerOptions = {}): Examiner {
  const jobs = new Map<number, Job>();
  let worker: Worker | undefined;
  let rest: NodeJS.Timeout | undefined;
  let count = 0;

  function finish(id: number, answer: unknown, reason = ''): void {
    const job = jobs.get(id);
    if (!job) return;
    clearTimeout(job.alarm);
    jobs.delete(id);
    job.done(answer, reason);
    if (jobs.size === 0) rest = setTimeout(() => void stop('没有事做'), restMs).unref();
  }

  /** Ends the thread; what it was at becomes a finding with this reason. */
  async function stop(reason: string): Promise<void> {
    const ending = worker;
    worker = undefined;
    for (const id of [...jobs.keys()]) finish(id, undefined, reason);
    clearTimeout(rest);
    await ending?.terminate();
  }

  function launch(): Worker {
    const thread = new Worker(WORKER, {
      workerData: { module: fromSource ? fileURLToPath(MODULE) : MODULE.href },
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
      env: {},
    });
    thread.unref();
    thread.on('message', ({ id, answer, error }) => finish(id, answer, error));
    thread.on('error', (error) => {
      if (worker === thread) void stop(reasonOf(error));
    });
    thread.on('exit', () => {
      if (worker === thread) void stop('检查的线程意外结束');
    });
    return thread;
  }

  /** What the thread answers; where it does not, what stands for that. */
  function ask<T>(message: Message, failed: (reason: string) => T): Promise<T> {
    clearTimeout(rest);
    worker ??= launch();
    const id = ++count;
    return new Promise((resolve) => {
      const alarm = setTimeout(() => void stop(`超过 ${Math.ceil(timeoutMs / 1000)} 秒没有完成`), timeoutMs);
      const done: Job['done'] = (answer, reason) => resolve(answer === undefined ? failed(reason) : (answer as T));
      jobs.set(id, { done, alarm });
      worker?.postMessage({ id, ...message });
    });
  }

  return {
    examine: (files, known) => ask<Examined>({ files, told: tell(known) }, unexamined),
    askNames: (files, asked, known) => ask<ToldOfNames>({ files, asked, told: tell(known) }, untold),
    close: () => stop('服务器正在停止'),
  };
}

const reasonOf = (error: Error): string =>
  (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY' ? '内存不足' : error.message;

/** An examination that did not come to its end finds one thing: that it did not. */
const failure = (reason: string): Found => ({
  severity: 'error',
  rule: 'examination',
  element: '（检查）',
  message: `检查未能完成：${reason}`,
  file: '',
});

const unexamined = (reason: string): Examined => ({
  problems: [failure(reason)],
  titles: new Map(),
  flows: new Map(),
});

const untold = (reason: string): ToldOfNames => ({ places: [], missed: [failure(reason)], changed: null });

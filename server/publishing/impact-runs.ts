/**
 * Owns the replays under way and what they have found, in the memory of this server: one thread at a time, bounded in time and memory, ended
 * when it is cancelled or nobody asks any more. A run belongs to a change as it was written when it began. Rules: [IMP4] [IMP5].
 */
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Host } from '../catalogue/host.ts';
import type { FlowImpact, Order } from './impact-work.ts';

/** stopped: by somebody, or because nobody asked any more · cut: time or memory was used up */
export type RunState = 'running' | 'done' | 'stopped' | 'cut' | 'failed';

export interface Run {
  readonly change: string;
  /** what was replayed: the change as it was written, on this release */
  readonly revision: number;
  readonly release: number;
  state: RunState;
  flows: FlowImpact[];
  /** `person case`: may he open it? */
  readonly readable: Map<string, boolean>;
}

export interface RunLimits {
  /** milliseconds that a run may take, may go on unasked, and what it has found is kept unasked */
  longest: number;
  unasked: number;
  kept: number;
  megabytes: number;
}

const LIMITS: RunLimits = { longest: 600_000, unasked: 60_000, kept: 1_800_000, megabytes: 1_000 };
/** A case leaves much behind that is soon forgotten; with the usual 48 MB a quarter of the time went into clearing it away, with these an eighth. */
const YOUNG_MEGABYTES = 192;
/** Runs whose findings are kept. */
const MOST_KEPT = 8;

const fromSource = import.meta.url.endsWith('.ts');
const WORKER = new URL('./impact-worker.mjs', import.meta.url);
const MODULE = new URL(fromSource ? './impact-work.ts' : './impact-work.js', import.meta.url);

interface Kept {
  run: Run;
  worker: Worker | undefined;
  alarm: NodeJS.Timeout | undefined;
  rest: NodeJS.Timeout | undefined;
}

export class Runs {
  readonly #kept = new Map<string, Kept>();
  readonly #host: Pick<Host, 'database' | 'log'>;
  readonly #limits: RunLimits;

  constructor(host: Pick<Host, 'database' | 'log'>, limits: Partial<RunLimits> = {}) {
    this.#host = host;
    this.#limits = { ...LIMITS, ...limits };
  }

  /** The run of a change; asking for it keeps it going. */
  of(change: string): Run | undefined {
    const kept = this.#kept.get(change);
    if (kept) this.#asked(kept);
    return kept?.run;
  }

  /** Another change is being replayed just now. */
  isBusyBeside(change: string): boolean {
    return [...this.#kept.values()].some(({ run }) => run.state === 'running' && run.change !== change);
  }

  begin(named: Pick<Run, 'change' | 'revision' | 'release'>, order: Order): void {
    this.stop(named.change);
    const run: Run = { ...named, state: 'running', flows: [], readable: new Map() };
    const kept: Kept = { run, worker: undefined, alarm: undefined, rest: undefined };
    this.#kept.delete(run.change);
    this.#kept.set(run.change, kept);
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined && this.#kept.size > MOST_KEPT) this.#forget(oldest);
    kept.worker = this.#launch(kept, order);
    kept.alarm = setTimeout(() => this.#end(kept, 'cut'), this.#limits.longest).unref();
    this.#asked(kept);
  }

  /** Ends the replay of a change; what it has found so far stays. */
  stop(change: string): void {
    const kept = this.#kept.get(change);
    if (kept) this.#end(kept, 'stopped');
  }

  async close(): Promise<void> {
    const ending = [...this.#kept.values()].map(({ worker }) => worker?.terminate());
    for (const change of [...this.#kept.keys()]) this.#forget(change);
    await Promise.all(ending);
  }

  #launch(kept: Kept, order: Order): Worker {
    const worker = new Worker(WORKER, {
      workerData: { module: fromSource ? fileURLToPath(MODULE) : MODULE.href, database: this.#host.database, order },
      resourceLimits: { maxOldGenerationSizeMb: this.#limits.megabytes, maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
      env: {},
    });
    worker.unref();
    worker.on('message', ({ flows, done, error }: { flows?: FlowImpact[]; done?: true; error?: string }) => {
      if (kept.worker !== worker) return;
      if (flows) kept.run.flows = flows;
      if (error !== undefined) this.#host.log.error({ change: kept.run.change, error }, 'replay failed');
      if (done || error !== undefined) this.#end(kept, done ? 'done' : 'failed');
    });
    worker.on('error', (error) => {
      if (kept.worker !== worker) return;
      const isMemory = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
      this.#host.log.error({ change: kept.run.change, err: error }, 'replay failed');
      this.#end(kept, isMemory ? 'cut' : 'failed');
    });
    worker.on('exit', () => {
      if (kept.worker === worker) this.#end(kept, 'failed');
    });
    return worker;
  }

  #end(kept: Kept, state: RunState): void {
    const { worker, run } = kept;
    clearTimeout(kept.alarm);
    kept.worker = undefined;
    if (run.state === 'running') run.state = state;
    void worker?.terminate();
    this.#asked(kept);
  }

  #asked(kept: Kept): void {
    clearTimeout(kept.rest);
    const { run } = kept;
    const rest = run.state === 'running' ? () => this.stop(run.change) : () => this.#forget(run.change);
    kept.rest = setTimeout(rest, run.state === 'running' ? this.#limits.unasked : this.#limits.kept).unref();
  }

  #forget(change: string): void {
    const kept = this.#kept.get(change);
    this.#kept.delete(change);
    if (!kept) return;
    this.#end(kept, 'stopped');
    clearTimeout(kept.rest);
  }
}

/**
 * Owns the beats of the server: one fires due timers, another begins due deliveries, soon after they are due and again after every restart;
 * a third tells people by mail what is new; none waits for another. Several servers may run it on one database: a row is taken by compare-and-set. Changes whose day has come are published before timers fire. Rules: [P4] [LIM7] [CHG9].
 */
import { Refusal } from '@ganwei/core/refusal';
import type { Host } from '../catalogue/host.ts';
import { countLedgers } from '../commands/count-ledgers.ts';
import { fillLedgers } from '../commands/fill-ledgers.ts';
import { fireTimer, postponeTimer } from '../commands/fire-timer.ts';
import { followPosts } from '../commands/follow-posts.ts';
import { mailNews } from '../commands/mail-news.ts';
import { recalculateDeadlines } from '../commands/recalculate.ts';
import { publishDue } from '../publishing/scheduled.ts';
import { sweepGuesses } from '../store/guesses.ts';
import type { TimerRow } from '../store/rows.ts';
import { sweepSessions } from '../store/sessions.ts';
import { dueTimers } from '../store/work.ts';
import type { Channels } from './channels.ts';
import { makeDeliveries } from './deliveries.ts';

export interface Worker {
  start(): void;
  /** Fires everything that is due now; returns how many timers fired. Used by the demo clock and by tests. */
  settle(): Promise<number>;
  nudge(): void;
  stop(): Promise<void>;
}

const BEAT = 1000;
/** [MSG8] News are looked for no more often. */
const NEWS = 60_000;
/** Work that has just been made is looked for this soon; many nudges in a row cost one look. */
const SOON = 50;
/** [LIM7] A timer of one step of one case that is due again within this time ... */
const LEAST_DISTANCE = 10_000;
/** ... so many times in a row is put off each time by so much: it is set to no time at all. Steps done several times at once may be due together. */
const IN_A_ROW = 20;
const PUT_OFF = 60_000;
/** [SUM3] Figures are right without it; a row that moves on meanwhile is counted once. */
const COUNT_EVERY = 10_000;
const KEEP_ANSWERS = 3 * 86_400_000;
/** Counters of guesses at passwords, and browsers that have signed in before. */
const KEEP_GUESSES = 86_400_000;
const KEEP_BROWSERS = 180 * 86_400_000;

export function makeWorker(host: Host, channels: Channels): Worker {
  const deliveries = makeDeliveries(host, channels);
  const pace = new Pace();
  let swept = 0;
  let counted = 0;
  let release: number | undefined;
  let followed = '';
  let filledFor: number | undefined;
  let publishedFor = '';
  let publishAgain = 0;

  /** [CHG9] A change waits for a day, so that one look a day is enough, and one after each start; a failure is tried again in a while. */
  const publish = async (): Promise<void> => {
    const { today } = host.directory();
    const now = host.now();
    if (today === publishedFor || (now < publishAgain && publishAgain - now <= PUT_OFF)) return;
    if (await publishDue(host)) publishedFor = today;
    else publishAgain = now + PUT_OFF;
  };
  /** A new release may have brought the calendar of a year. */
  const recalculate = async (): Promise<void> => {
    const current = host.catalogue().release;
    if (current === release) return;
    await recalculateDeadlines(host);
    release = current;
  };
  /** Posts begin and end by a change of the directory, or with a day. */
  const follow = async (): Promise<void> => {
    const { version, today } = host.directory();
    const current = `${version} ${today}`;
    if (current === followed) return;
    await followPosts(host);
    followed = current;
  };
  /** [R34] A new release may have changed the columns of a ledger. A few rows at each beat: people come first. */
  const fill = async (): Promise<void> => {
    const current = host.catalogue().release;
    if (current !== filledFor && (await fillLedgers(host))) filledFor = current;
  };
  const count = async (): Promise<void> => {
    const now = host.now();
    if (Math.abs(now - counted) < COUNT_EVERY) return;
    counted = now;
    await countLedgers(host);
  };
  const sweep = async (): Promise<void> => {
    const now = host.now();
    if (now - swept <= 3_600_000) return;
    swept = now;
    await host.store.transaction(async (tx) => {
      await sweepSessions(tx, now, now - KEEP_ANSWERS);
      await sweepGuesses(tx, now - KEEP_GUESSES, now - KEEP_BROWSERS);
    });
  };
  const timers = new Beat(host, async () => {
    await host.refresh();
    await publish();
    await recalculate();
    await follow();
    await fireAll(host, pace);
    await fill();
    await count();
    await sweep();
  });
  const outbox = new Beat(host, () => deliveries.begin());
  const news = new Beat(
    host,
    async () => {
      if ((await mailNews(host)) > 0) outbox.nudge();
    },
    NEWS,
  );

  return {
    start() {
      timers.start();
      outbox.start();
      news.start();
    },
    async settle() {
      await publish();
      await recalculate();
      await follow();
      const fired = await fireAll(host, pace);
      await mailNews(host);
      await deliveries.settle();
      return fired;
    },
    nudge() {
      timers.nudge();
      outbox.nudge();
    },
    async stop() {
      await Promise.all([timers.stop(), outbox.stop(), news.stop()]);
      await deliveries.end();
    },
  };
}

/** Does its work again and again, never twice at once, and soon after a nudge. */
class Beat {
  readonly #host: Host;
  readonly #work: () => Promise<void>;
  readonly #pause: number;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #isStopped = true;
  #isSoon = false;
  #isBusy = false;

  constructor(host: Host, work: () => Promise<void>, pause = BEAT) {
    this.#host = host;
    this.#work = work;
    this.#pause = pause;
  }

  start(): void {
    this.#isStopped = false;
    this.#after(0);
  }

  nudge(): void {
    if (this.#isSoon) return;
    this.#isSoon = true;
    if (!this.#isBusy) this.#after(SOON);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #after(delay: number): void {
    if (this.#isStopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#isSoon = false;
      this.#isBusy = true;
      this.#running = this.#work()
        .catch((error: unknown) => this.#host.log.error({ err: error }, 'worker round failed'))
        .then(() => {
          this.#isBusy = false;
          this.#after(this.#isSoon ? SOON : this.#pause);
        });
    }, delay);
  }
}

/** [LIM7] How close to each other the firings of one step of one case are. */
class Pace {
  readonly #last = new Map<string, { due: number; row: number }>();

  /** Counts this firing; false when the timer has to be put off. */
  admits({ kind, case_id, node, due_at }: TimerRow): boolean {
    if (kind !== 'flow') return true;
    const key = `${case_id} ${node}`;
    const last = this.#last.get(key);
    const row = last && due_at - last.due < LEAST_DISTANCE ? last.row + 1 : 0;
    if (this.#last.size > 10_000) this.#last.clear();
    this.#last.set(key, { due: due_at, row: row > IN_A_ROW ? 0 : row });
    return row <= IN_A_ROW;
  }
}

/**
 * [P4] Due timers in order of their time, until none is left; one that cannot fire is put off and does not block the others. One that
 * only lost its races against people and other servers stays due: the next beat finds it.
 */
async function fireAll(host: Host, pace: Pace): Promise<number> {
  let fired = 0;
  const lost = new Set<string>();
  for (;;) {
    const timers = (await dueTimers(host.store.reader, host.now(), 100)).filter((timer) => !lost.has(timer.id));
    if (timers.length === 0) return fired;
    for (const timer of timers) {
      if (!pace.admits(timer)) {
        host.log.warn({ timer: timer.id, case: timer.case_id, node: timer.node }, 'timer is due too often');
        await postponeTimer(host, timer.id, host.now() + PUT_OFF);
        continue;
      }
      try {
        if (await fireTimer(host, timer.id)) fired += 1;
      } catch (error) {
        if (error instanceof Refusal && error.code === 'server.busy') {
          lost.add(timer.id);
          continue;
        }
        host.log.error({ err: error, timer: timer.id, node: timer.node }, 'timer failed');
        await postponeTimer(host, timer.id, host.now() + 3_600_000);
      }
    }
  }
}

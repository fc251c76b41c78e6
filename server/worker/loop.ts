/**
 * Owns the beat of the server: fires due timers and delivers due effects, soon after they are due and again after every restart.
 * Several servers may run it on one database: a row is taken by compare-and-set. Rules: [P4] [O2] [O3].
 */
import { because, said } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import type { Host } from '../catalogue/host.ts';
import { effectDelivered } from '../commands/effect-delivered.ts';
import { fireTimer, postponeTimer } from '../commands/fire-timer.ts';
import { recalculateDeadlines } from '../commands/recalculate.ts';
import { dueEffects, finishEffect, retryEffect, takeEffect } from '../store/effects.ts';
import { sweepGuesses } from '../store/guesses.ts';
import type { EffectRow } from '../store/rows.ts';
import { sweepSessions } from '../store/sessions.ts';
import { dueTimers } from '../store/work.ts';
import type { Channels } from './channels.ts';

export interface Worker {
  start(): void;
  /** Fires everything that is due now; returns how many timers fired. Used by the demo clock and by tests. */
  settle(): Promise<number>;
  nudge(): void;
  stop(): Promise<void>;
}

const BEAT = 1000;
/** Work that has just been made is looked for this soon; many nudges in a row cost one look. */
const SOON = 50;
/** A server that took an effect and died gives it back after this time. */
const TAKEN_FOR = 60_000;
/** Waiting times after failures; after the last one the effect is dead until somebody revives it. */
const RETRIES = [5_000, 30_000, 120_000, 600_000, 3_600_000, 6 * 3_600_000];
const KEEP_ANSWERS = 3 * 86_400_000;
/** Counters of guesses at passwords, and browsers that have signed in before. */
const KEEP_GUESSES = 86_400_000;
const KEEP_BROWSERS = 180 * 86_400_000;

export function makeWorker(host: Host, channels: Channels): Worker {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  let stopped = true;
  let soon = false;
  let busy = false;
  let swept = 0;
  let release: number | undefined;

  const beat = (delay: number): void => {
    if (stopped) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      soon = false;
      busy = true;
      running = round()
        .catch((error: unknown) => host.log.error({ err: error }, 'worker round failed'))
        .then(() => {
          busy = false;
          beat(soon ? SOON : BEAT);
        });
    }, delay);
  };

  /** A new release may have brought the calendar of a year. */
  const recalculate = async (): Promise<void> => {
    const current = host.catalogue().release;
    if (current === release) return;
    await recalculateDeadlines(host);
    release = current;
  };

  const round = async (): Promise<void> => {
    await host.refresh();
    await recalculate();
    await fireAll(host);
    await deliverAll(host, channels);
    if (host.now() - swept > 3_600_000) {
      swept = host.now();
      const now = host.now();
      await host.store.transaction(async (tx) => {
        await sweepSessions(tx, now, now - KEEP_ANSWERS);
        await sweepGuesses(tx, now - KEEP_GUESSES, now - KEEP_BROWSERS);
      });
    }
  };

  return {
    start() {
      stopped = false;
      beat(0);
    },
    async settle() {
      await recalculate();
      const fired = await fireAll(host);
      await deliverAll(host, channels);
      return fired;
    },
    nudge() {
      if (soon) return;
      soon = true;
      if (!busy) beat(SOON);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/**
 * [P4] Due timers in order of their time, until none is left; one that cannot fire is put off and does not block the others. One that
 * only lost its races against people and other servers stays due: the next beat finds it.
 */
async function fireAll(host: Host): Promise<number> {
  let fired = 0;
  const lost = new Set<string>();
  for (;;) {
    const timers = (await dueTimers(host.store.reader, host.now(), 100)).filter((timer) => !lost.has(timer.id));
    if (timers.length === 0) return fired;
    for (const timer of timers) {
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

async function deliverAll(host: Host, channels: Channels): Promise<void> {
  for (const effect of await dueEffects(host.store.reader, host.now(), 50)) {
    const taken = await host.store.transaction((tx) => takeEffect(tx, effect, host.now() + TAKEN_FOR));
    if (taken) await deliver(host, channels, effect);
  }
}

/** [O2] At least once; the effect's id is the deduplication key at the other end. */
async function deliver(host: Host, channels: Channels, effect: EffectRow): Promise<void> {
  const attempts = effect.attempts + 1;
  try {
    const channel = channels[effect.type];
    if (!channel) throw new Error(said(because('effect.channel', { type: effect.type })));
    const answer = await channel(effect);
    await effectDelivered(host, effect.id, answer);
    await host.store.transaction((tx) =>
      finishEffect(tx, effect, { at: host.now(), dead: false, attempts, error: '' }),
    );
  } catch (error) {
    const message = (error as Error).message.slice(0, 1000);
    const wait = RETRIES[attempts - 1];
    host.log.warn({ effect: effect.id, type: effect.type, attempts }, `delivery failed: ${message}`);
    if (wait === undefined) {
      await host.store.transaction((tx) =>
        finishEffect(tx, effect, { at: host.now(), dead: true, attempts, error: message }),
      );
    } else await host.store.transaction((tx) => retryEffect(tx, effect.id, host.now() + wait, message));
  }
}

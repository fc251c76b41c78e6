/**
 * Owns the deliveries that are under way: beside one another, a few per target, so that a target that hangs delays nobody else. An effect
 * is marked before it is tried; one during which the server ended twice is set aside: once may be a power cut. Rules: [O2] [O3] [LIM5] [LIM6].
 */
import { SYSTEM } from '@ganwei/core/actor';
import { because, said } from '@ganwei/core/reason';
import type { Host } from '../catalogue/host.ts';
import { effectDelivered } from '../commands/effect-delivered.ts';
import { dueEffects, finishEffect, markEffect, retryEffect, takeEffect } from '../store/effects.ts';
import { recordAudit } from '../store/record.ts';
import type { EffectRow } from '../store/rows.ts';
import type { Channels } from './channels.ts';

/** A server that took an effect and died gives it back after this time. */
const TAKEN_FOR = 60_000;
/** Waiting times after failures; after the last one the effect is dead until somebody revives it. */
const RETRIES = [5_000, 30_000, 120_000, 600_000, 3_600_000, 6 * 3_600_000];
/** Deliveries under way at once, in all and to one target. */
const AT_ONCE = 16;
const PER_TARGET = 2;
/** What stands in `error` while an effect is being delivered: the first time, and when the server ended during the time before. */
const UNDER_WAY = said(because('effect.under-way'));
const AGAIN = said(because('effect.again'));

export interface Deliveries {
  /** Begins what is due and has room; resolves when these are begun, not when they are done. */
  begin(): Promise<void>;
  /** Delivers everything that is due now, and waits for it. */
  settle(): Promise<void>;
  /** Resolves when nothing is under way any more; each delivery has its own time limit. */
  end(): Promise<void>;
}

export function makeDeliveries(host: Host, channels: Channels): Deliveries {
  const running = new Map<string, { target: string; done: Promise<void> }>();
  const hasRoom = (target: string): boolean =>
    running.size < AT_ONCE && [...running.values()].filter((one) => one.target === target).length < PER_TARGET;

  const start = (effect: EffectRow, target: string): void => {
    const done = deliver(host, channels, effect)
      .catch((error: unknown) => host.log.error({ err: error, effect: effect.id }, 'delivery was lost'))
      .then(() => void running.delete(effect.id));
    running.set(effect.id, { target, done });
  };

  /** How many were begun. */
  const begin = async (): Promise<number> => {
    let begun = 0;
    for (const effect of await dueEffects(host.store.reader, host.now(), 200)) {
      const target = `${effect.type} ${effect.type === 'webhook' ? effect.target : ''}`;
      if (running.has(effect.id) || !hasRoom(target)) continue;
      if (effect.error === AGAIN) await setAside(host, effect);
      else if (await take(host, effect)) start(effect, target);
      begun += 1;
    }
    return begun;
  };
  const all = () => Promise.all([...running.values()].map(({ done }) => done));

  return {
    async begin() {
      await begin();
    },
    async end() {
      await all();
    },
    async settle() {
      for (let rounds = 0; rounds < 1000; rounds++) {
        const begun = await begin();
        await all();
        if (begun === 0) return;
      }
    },
  };
}

/** Takes the effect, if no other server has, and marks it. */
const take = (host: Host, effect: EffectRow): Promise<boolean> =>
  host.store.transaction(async (tx) => {
    if (!(await takeEffect(tx, effect, host.now() + TAKEN_FOR))) return false;
    await markEffect(tx, effect.id, effect.error === UNDER_WAY ? AGAIN : UNDER_WAY);
    return true;
  });

/** [LIM6] Dead, and in the log of the auditor, until an administrator lets it be delivered again. */
async function setAside(host: Host, effect: EffectRow): Promise<void> {
  const reason = said(because('effect.aside'));
  host.log.error({ effect: effect.id, type: effect.type, target: effect.target }, `delivery set aside: ${reason}`);
  await host.store.transaction(async (tx) => {
    await finishEffect(tx, effect, { at: host.now(), dead: true, attempts: effect.attempts, error: reason });
    await recordAudit(tx, {
      id: host.newId(),
      at: host.now(),
      person: SYSTEM.id,
      act: 'delivery-set-aside',
      object: effect.id,
      detail: { reason },
    });
  });
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

/**
 * Owns how often one caller may ask for what costs much: a bucket per person and kind of work that fills again with time; an empty one is
 * refused with the time to wait. In memory and bounded: a second server has buckets of its own. Signing in counts by itself
 * (identity/guessing.ts). Must never know what is asked for. Rule: [LIM10].
 */
import type { Rate } from '@ganwei/core/contract';
import { Refusal } from '@ganwei/core/refusal';

interface Bucket {
  left: number;
  at: number;
}

/** Kind of work -> how many at once, and how many a minute in the long run. */
const RATES: Readonly<Record<Rate, { burst: number; perMinute: number }>> = {
  upload: { burst: 60, perMinute: 30 },
  export: { burst: 20, perMinute: 6 },
  search: { burst: 120, perMinute: 120 },
  // An organ in the morning may stand behind one address.
  door: { burst: 600, perMinute: 120 },
};
/** Callers that are remembered; a bucket that is full again is as good as none. */
const MOST = 20_000;

export class Rates {
  readonly #buckets = new Map<string, Bucket>();

  /** Takes one from the caller's bucket; throws Refusal `rate.exceeded`. `now` in milliseconds of a clock that never goes back. */
  take(rate: Rate, caller: string, now: number): void {
    const { burst, perMinute } = RATES[rate];
    const key = `${rate} ${caller}`;
    const known = this.#buckets.get(key);
    const left = known ? Math.min(burst, known.left + ((now - known.at) / 60_000) * perMinute) : burst;
    if (left < 1) throw new Refusal('rate.exceeded', { seconds: Math.ceil(((1 - left) / perMinute) * 60) });
    // The one that has asked last stands last.
    this.#buckets.delete(key);
    this.#buckets.set(key, { left: left - 1, at: now });
    if (this.#buckets.size > MOST) this.#buckets.delete(this.#buckets.keys().next().value!);
  }

  get size(): number {
    return this.#buckets.size;
  }
}

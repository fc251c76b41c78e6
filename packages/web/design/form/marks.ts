/** Owns what is marked on the canvas: a slot is drawn anew only when its own mark changes, so that selecting among hundreds of fields costs nothing. */
import type { Address } from '@ganwei/form/places';

export class Marks {
  #chosen: ReadonlySet<Address> = new Set();
  #severities: ReadonlyMap<Address, 'error' | 'warning'> = new Map();
  readonly #listeners = new Set<() => void>();

  set(chosen: readonly Address[], severities: ReadonlyMap<Address, 'error' | 'warning'>): void {
    this.#chosen = new Set(chosen);
    this.#severities = severities;
    for (const listener of this.#listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** `chosen`, `error`, `chosen error` … */
  of(at: Address): string {
    return [this.#chosen.has(at) && 'chosen', this.#severities.get(at)].filter(Boolean).join(' ');
  }
}

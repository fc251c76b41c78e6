/** Owns the steps back and forth of a form that is being designed: each state with the words of the act that led to it. Rule: [FDS3]. */
import type { Raw } from '@ganwei/form/node';
import type { Address } from '@ganwei/form/places';

export interface State {
  readonly form: Raw;
  readonly selected: readonly Address[];
  /** what was done to come here; '' at the beginning */
  readonly label: string;
}

export interface History {
  readonly past: readonly State[];
  readonly now: State;
  readonly future: readonly State[];
}

/** Older steps than these are forgotten. */
const MOST = 200;

export const begin = (form: Raw): History => ({ past: [], now: { form, selected: [], label: '' }, future: [] });

export const done = ({ past, now }: History, next: State): History => ({
  past: [...past, now].slice(-MOST),
  now: next,
  future: [],
});

/** What is selected is no step of its own. */
export const selecting = (history: History, selected: readonly Address[]): History => ({
  ...history,
  now: { ...history.now, selected },
});

export function undo(history: History): History {
  const { past, now, future } = history;
  const before = past.at(-1);
  return before ? { past: past.slice(0, -1), now: before, future: [now, ...future] } : history;
}

export function redo(history: History): History {
  const { past, now, future } = history;
  const [next, ...rest] = future;
  return next ? { past: [...past, now], now: next, future: rest } : history;
}

/** Owns what this device keeps of a text that could not be sent: its shape, and its names among what the browser stores. */
import type { Values } from '@ganwei/form/model';

/** What is filled in: the form and, on a task, the comment. */
export interface Snapshot {
  values: Values;
  comment: string;
}

export interface Kept {
  /** of the page, with which the person comes back to it */
  address: string;
  title: string;
  /** epoch milliseconds of this device */
  at: number;
  snapshot: Snapshot;
}

/** Where a text is kept that could not be sent. */
export interface Keeper<S> {
  /** false when this device has no room for it */
  put(snapshot: S): boolean;
  drop(): void;
}

const PREFIX = 'ganwei.kept.';

/** Names of all that is kept here, whoever's it is. */
export const keptNames = (): string[] => Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));

/** The name of something new: its time, and a word of its own. */
export const keptName = (at: number, word: string): string => `${PREFIX}${at}.${word}`;

/** When what has this name was first kept. */
export const keptAt = (name: string): number => Number(name.slice(PREFIX.length).split('.')[0]);

/**
 * Owns what is known of a case that has run: what people and time did to it, in order, and what services brought. The record does not keep the
 * directory and the dictionaries of the day: whoever replays a case asks those of now, before and after a change alike. Rule: [IMP1].
 */
import type { ReachedNode } from '@ganwei/core/history';
import type { Names } from './ground.ts';

export type Document = Readonly<Record<string, unknown>>;

/** What one person submitted at a step. */
export interface Submitted {
  id: string;
  person: string;
  outcome: string;
  comment: string;
  values: Document;
  at: number;
}

/** One thing that happened to a case from outside. */
export type Happening =
  /** `submitted` null: the machine started it */
  | { kind: 'started'; submitted: Submitted | null }
  /** `closes`: outcome with which the step was left by it; null: others had still to sign */
  | { kind: 'submitted'; node: string; submitted: Submitted; closes: string | null }
  | { kind: 'returned'; node: string; to: string; straight: boolean }
  | { kind: 'fired'; node: string }
  | { kind: 'message'; node: string }
  /** the last child that a call of this flow (full key) had has ended */
  | { kind: 'called'; process: string }
  | { kind: 'rescheduled'; node: string; due: string }
  /** a case that the action of this label had started has ended */
  | { kind: 'action'; label: string }
  /** it was withdrawn, or ended by another case */
  | { kind: 'over' };

/** `person`: '' the server itself. */
export type Event = Happening & { at: number; person: string };

/** A case as it looks to expressions at some moment of the replay. */
export interface Moment {
  names: readonly string[];
  values: ReadonlyMap<string, unknown>;
  status: string;
  outcome: string | null;
  person: string;
  at: number;
}

export interface RecordedCase {
  id: string;
  /** start event */
  start: string;
  events: readonly Event[];
  /** data as it was at the end: what services brought, and what was there from the beginning */
  values: ReadonlyMap<string, unknown>;
  /** what is remembered of nodes, at the end and before anything happened */
  reached: Readonly<Record<string, ReachedNode>>;
  before: Readonly<Record<string, ReachedNode>>;
  scope(moment: Moment): Names;
}

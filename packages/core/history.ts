/**
 * Owns what may stand in the record of a case (流转记录): one closed list of kinds, what each kind carries, and whose doing it is. What
 * the server writes, what the contract promises and what the pages say follow from it; the compiler refuses a kind that lacks one of
 * them. A released kind keeps its name and the meaning of its detail, because stored records are never rewritten [H1]; a kind that
 * a later or older version wrote is read as 'other'. Rule: [H3].
 */
import type { IncidentKind, Way } from './incident.ts';

/** For whom a comment or an attachment is meant. organ: the author's colleagues who work on the case · concerned: the persons concerned, too. */
export const AUDIENCES = ['organ', 'concerned'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Kind -> what an entry of that kind carries. */
export interface HistoryDetails {
  /** `submission`, `sha256`: id of what was filled in, and the hash of its values, so that the chain covers them */
  started: { by?: 'machine'; submission?: string; sha256?: string };
  /** `opened`: when the person got the task; `submission`: id of what he submitted; `sha256`: hash of its values */
  submitted: {
    outcome: string;
    label: string;
    comment: string;
    submission: string;
    sha256?: string;
    opened: number;
  };
  /** `to`: node */
  returned: { to: string; resume: 'again' | 'straight'; comment: string };
  transferred: { to: string; toName: string; comment: string };
  claimed: Record<never, never>;
  withdrawn: { comment: string };
  /** `audience`: absent: the author's own organ */
  commented: { comment: string; audience?: Audience };
  /** names of files */
  attached: { files: readonly string[]; audience?: Audience };
  /** `cases`: how many other cases have a file of the same content */
  'file-known': { file: string; cases: number };
  /** id of the letter */
  receipt: { letter: string };
  urged: { comment: string };
  'signer-added': { people: readonly string[]; names: string; comment: string };
  'action-started': { action: string; number: string };
  'incident-solved': { kind: IncidentKind | 'other'; way: Way; comment: string };
  /** people whom an administrator gave the step; `beyond`: its rule names none of them, and `agreedBy` consented */
  assigned: { people: readonly string[]; names: string; beyond: boolean; agreedBy: string; comment: string };
  /** versions of the process; `reason`: why the administrator moved the case */
  'moved-version': { from: number; to: number; reason: string };

  /** `by`: number of the case that ended this one */
  'ended-early': { by: string; status?: string };
  /** dates; `from` null: there was no deadline */
  rescheduled: { from: string | null; due: string };
  recalculated: { from: string; due: string };
  'handed-over': { from: string; to: string; toName: string };
  suspended: { reason: string };
  /** working days that the case rested */
  resumed: { days: number };
  'action-ended': { action: string; number: string; result: string };

  timer: { due: number };
  /** `to`: people */
  reminded: { to: readonly string[]; text: string };
  letter: { letter: string; number: string; title: string; copies: number };
  /** `to`: how many */
  copied: { letter: string; number: string; to: number };
  /** `ground`: number of the letter by which it was voided; '' for none */
  'letter-void': { letter: string; number: string; reason: string; ground: string };
  decided: {
    table: string;
    name: string;
    version: number;
    result: unknown;
    matched: readonly string[];
    inputs: unknown;
  };
  messaged: { name: string; to: number };
  undelivered: { name: string };
  message: { name: string };
  recorded: { ledger: string; key: string };
  notified: { to: readonly string[]; text: string };
  /** something for another system: a web hook's event, or a mail's receivers */
  effect: { type: 'webhook'; event: string } | { type: 'mail'; to: readonly string[] };
  /** what a service of the host program has to say */
  noted: { text: string };
  ended: { status: string };
  'called-off': { task: string };
  'child-ended': { number: string };
  incident: { kind: IncidentKind; detail: string };
}

export type HistoryKind = keyof HistoryDetails;

/** A kind with its detail: what a service may say of its work. */
export type HistoryNote = { [K in HistoryKind]: { kind: K; detail: HistoryDetails[K] } }[HistoryKind];

/** What is written: a note and the node it belongs to, '' for the case as a whole. */
export type HistoryEvent = { [K in HistoryKind]: { kind: K; node: string; detail: HistoryDetails[K] } }[HistoryKind];

/**
 * Whose doing a kind is. `person`: always an act of the person whom the entry names · `house`: what the process does by itself, nobody
 * is named though somebody's step led there · `either`: named when a person caused it, the house's when a timer or the server did.
 */
export const DOERS: Readonly<Record<HistoryKind, 'person' | 'house' | 'either'>> = {
  started: 'person',
  submitted: 'person',
  returned: 'person',
  transferred: 'person',
  claimed: 'person',
  withdrawn: 'person',
  commented: 'person',
  attached: 'person',
  receipt: 'person',
  urged: 'person',
  'signer-added': 'person',
  'action-started': 'person',
  'incident-solved': 'person',
  assigned: 'person',
  'moved-version': 'person',
  'ended-early': 'either',
  rescheduled: 'either',
  recalculated: 'either',
  'handed-over': 'either',
  suspended: 'either',
  resumed: 'either',
  'action-ended': 'either',
  timer: 'house',
  reminded: 'house',
  letter: 'house',
  copied: 'house',
  'letter-void': 'house',
  decided: 'house',
  messaged: 'house',
  undelivered: 'house',
  message: 'house',
  recorded: 'house',
  'file-known': 'house',
  notified: 'house',
  effect: 'house',
  noted: 'house',
  ended: 'house',
  'called-off': 'house',
  'child-ended': 'house',
  incident: 'house',
};

export const HISTORY_KINDS = Object.keys(DOERS) as readonly HistoryKind[];

/** The kind of a stored entry; 'other' for one that this version does not know. */
export function kindOf(stored: string): HistoryKind | 'other' {
  return Object.hasOwn(DOERS, stored) ? (stored as HistoryKind) : 'other';
}

/** Did a person do what the entry tells? `person`: id of whoever caused it, '' for the server itself. */
export function isPersonsAct(kind: HistoryKind | 'other', person: string): boolean {
  const doer = kind === 'other' ? 'either' : DOERS[kind];
  return doer === 'person' || (doer === 'either' && person !== '');
}

/** How often, when and how a node or an action was left. */
export interface ReachedNode {
  count: number;
  at: number;
  outcome?: string;
  /** who submitted in the last round */
  by?: string[];
  /** who ever submitted there, in whichever round */
  ever?: string[];
  comment?: string;
}

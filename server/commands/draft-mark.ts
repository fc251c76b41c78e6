/**
 * Owns when a page may replace or submit a draft: when it has seen its last state. Saving, starting and submitting ask here.
 * Rule: [W3] nothing typed on another page or device is overwritten in silence.
 */
import { Refusal } from '@ganwei/core/refusal';
import type { DraftRow } from '../store/rows.ts';

/** The state of the draft that a page knows: the revision it has seen (0: none), and the page itself, a random word of its own. */
export interface DraftMark {
  revision?: number | undefined;
  page?: string | undefined;
}

/**
 * [W3] A page may only replace what it has seen: the revision it knows, or what it has saved itself (the answer to its last saving may have
 * been lost).
 */
export function refuseMoved(known: DraftRow | undefined, { revision = 0, page = '' }: DraftMark): void {
  if (!known || known.revision === revision || (page !== '' && known.page === page)) return;
  throw new Refusal('draft.moved');
}

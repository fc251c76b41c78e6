/**
 * Verbs: a change is submitted, reviewed by somebody who has not written in it, and withdrawn. What is agreed to are the texts the reviewer has
 * looked at, to the revision. Rules: [CHG3] [CHG4] [CHG5] [CHG8] [CHG13].
 */
import { because } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import { trimmed } from '@ganwei/core/text';
import { mayReview, maySubmit, mayWithdraw } from '@ganwei/release/change';
import { idOf, type Named } from '@ganwei/release/paths';
import type { Host } from '../catalogue/host.ts';
import type { Call } from '../commands/run.ts';
import { dropFallen, onChange, type Work } from './change.ts';
import { tellAuthors, tellReviewers } from './tell.ts';

const ok = { ok: true as const };

export function submitChange(host: Host, call: Call, id: string, comment: string): Promise<{ ok: true }> {
  return onChange(host, call, id, ['submit', comment], async (work) => {
    const refused = maySubmit(work.facts, work.rights);
    if (refused) throw refused;
    await dropFallen(work);
    await work.keep({ state: 'submitted' });
    await work.note('submitted', trimmed(comment));
    await tellReviewers(work);
    await work.audit('change-submitted', { reason: trimmed(comment), definitions: work.drafts });
    return ok;
  });
}

export interface Review {
  agree: boolean;
  comment: string;
  /** what was looked at */
  drafts: readonly (Named & { revision: number })[];
}

/** [CHG5] Yes or no, with words, to exactly what was looked at. */
export function reviewChange(
  host: Host,
  call: Call,
  id: string,
  { agree, comment, drafts }: Review,
): Promise<{ ok: true }> {
  return onChange(host, call, id, ['review', agree, comment, drafts], async (work) => {
    const refused = mayReview(work.facts, work.rights);
    if (refused) throw refused;
    if (!isWhatIsThere(work, drafts))
      throw new Refusal('change.barred', {
        act: because('change.act.review'),
        reason: because('change.looked-at'),
      });
    const state = agree ? 'agreed' : 'returned';
    await dropFallen(work);
    await work.keep({ state });
    await work.note(state, trimmed(comment));
    await tellAuthors(work, agree, trimmed(comment));
    await work.audit(agree ? 'change-agreed' : 'change-returned', { reason: trimmed(comment) });
    return ok;
  });
}

function isWhatIsThere({ drafts }: Work, seen: Review['drafts']): boolean {
  const revisions = new Map(seen.map((draft) => [idOf(draft), draft.revision]));
  return revisions.size === drafts.length && drafts.every((draft) => revisions.get(idOf(draft)) === draft.revision);
}

/** [CHG8] Gives it up; one that waits for its day is agreed to as before. */
export function withdrawChange(host: Host, call: Call, id: string, comment: string): Promise<{ ok: true }> {
  return onChange(host, call, id, ['withdraw', comment], async (work) => {
    const refused = mayWithdraw(work.facts, work.rights);
    if (refused) throw refused;
    const waits = work.row.state === 'scheduled';
    await work.keep(waits ? { state: 'agreed', effective_on: null } : { state: 'withdrawn' });
    await work.note(waits ? 'unscheduled' : 'withdrawn', trimmed(comment));
    await work.audit(waits ? 'change-unscheduled' : 'change-withdrawn', { reason: trimmed(comment) });
    return ok;
  });
}

/**
 * Verb: a release is taken back. That is a change like any other: the texts of before it, on top of what is in force now; what was changed again
 * since is shown as standing on another text. Rule: [CHG33].
 */

import { because } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import { trimmed } from '@ganwei/core/text';
import { noticeText } from '@ganwei/core/written';
import { withLaterCodes } from '@ganwei/release/kept-codes';
import type { Host } from '../catalogue/host.ts';
import { type Call, run } from '../commands/run.ts';
import { RETIRED } from '../store/definitions.ts';
import type { Tx } from '../store/open.ts';
import { addChangeWith, type FirstDraft } from './begin-change.ts';
import { mayDraftAll, rightsIn } from './change.ts';
import { type InForce, readInForce, sourceOf } from './in-force.ts';

/** [CHG33] Begins the change; refused where nothing of the release is left, or nothing was before it. */
export function takeBack(
  host: Host,
  call: Call,
  release: number,
  { reason }: { reason: string },
): Promise<{ id: string }> {
  return run(host, { ...call, request: ['take-back', release, reason] }, async (tx) => {
    const rights = rightsIn(host, call.actor);
    const inForce = await readInForce(tx);
    if (release > inForce.release) throw new Refusal('not.found');
    const drafts = release === 1 ? [] : await before(tx, inForce, release);
    if (drafts.length === 0) {
      const reason = release === 1 ? because('change.first') : because('change.nothing');
      throw new Refusal('change.barred', { act: because('change.act.take-back'), reason });
    }
    mayDraftAll(rights, drafts);
    const id = await addChangeWith(tx, host, call.actor, {
      title: noticeText('taken-back-title', { release }),
      reason: trimmed(reason),
      origin: 'taken-back',
      base: inForce.release,
      drafts,
    });
    return { id };
  });
}

/** The texts of before for what the release brought, where they are not in force again already; begun from what it brought. */
async function before(tx: Tx, inForce: InForce, release: number): Promise<FirstDraft[]> {
  const drafts: FirstDraft[] = [];
  for (const { named, entry } of inForce.broughtBy(release)) {
    const earlier = inForce.versions(named).findLast(({ version }) => version < entry.version);
    const hash = earlier?.hash ?? RETIRED;
    if (hash === inForce.hash(named)) continue;
    const source = earlier && hash !== RETIRED ? await sourceOf(tx, earlier) : null;
    const keeps = source !== null && named.kind === 'dictionary' && entry.hash !== RETIRED;
    const text = keeps ? withLaterCodes(source, await sourceOf(tx, entry)) : source;
    drafts.push({ ...named, source: text, baseHash: entry.hash });
  }
  return drafts;
}

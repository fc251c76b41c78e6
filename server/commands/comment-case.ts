/** Verb: a person adds a comment to a case; it stays part of the record. Rules: [H2] [READ10]. */
import type { Audience } from '@ganwei/core/history';
import { trimmed } from '@ganwei/core/text';
import type { Host } from '../catalogue/host.ts';
import { openReadable } from './hold-case.ts';
import { type Call, perform } from './run.ts';

/** [READ10] `audience`: his own organ, unless he says that the persons concerned may read it, too. */
export function addComment(
  host: Host,
  call: Call,
  id: string,
  text: string,
  audience: Audience = 'organ',
): Promise<{ ok: true }> {
  return perform(host, { ...call, request: ['comment', id, text, audience] }, async (desk) => {
    const file = await openReadable(desk, id);
    file.note({ kind: 'commented', node: '', detail: { comment: trimmed(text), audience } });
    return { ok: true as const };
  });
}

/** Verb: a person adds a comment to a case; it stays part of the record. Rule: [H2]. */
import { trimmed } from '@ganwei/core/text';
import type { Host } from '../catalogue/host.ts';
import { openReadable } from './hold-case.ts';
import { type Call, perform } from './run.ts';

export function addComment(host: Host, call: Call, id: string, text: string): Promise<{ ok: true }> {
  return perform(host, { ...call, request: ['comment', id, text] }, async (desk) => {
    const file = await openReadable(desk, id);
    file.note({ kind: 'commented', node: '', detail: { comment: trimmed(text) } });
    return { ok: true as const };
  });
}

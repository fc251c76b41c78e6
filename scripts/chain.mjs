/** Owns the hash chain of a case's history as somebody outside the server recomputes it [H1]; it shares no code with the server. */
import { createHash } from 'node:crypto';

/**
 * Sequence number of the first entry that is not as it was written; the number behind the last one when entries are missing at the end;
 * null for a whole chain. `entries` are rows of `history` in order, `row` is their case.
 */
export function chainBreak(row, entries) {
  let hash = '0'.repeat(64);
  for (const [index, { seq, at, kind, person_id: person, node, detail, hash: written }] of entries.entries()) {
    const text = JSON.stringify([hash, row.id, index + 1, Number(at), kind, person, node, JSON.parse(detail)]);
    hash = createHash('sha256').update(text).digest('hex');
    if (seq !== index + 1 || written !== hash) return seq;
  }
  return entries.length === row.entries && hash === row.history_hash ? null : entries.length + 1;
}

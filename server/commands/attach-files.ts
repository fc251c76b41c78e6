/** Verb: a person adds his own uploaded files to a case; they stay part of the record. Rule: [H2]. */
import { Refusal } from '@ganwei/core/refusal';
import type { Host } from '../catalogue/host.ts';
import { linkFiles, loadFiles } from '../store/drafts.ts';
import { openReadable } from './hold-case.ts';
import { type Call, perform } from './run.ts';

/** Adds the person's own uploaded files to the case. */
export function attachFiles(host: Host, call: Call, id: string, ids: readonly string[]): Promise<{ ok: true }> {
  return perform(host, { ...call, request: ['attach', id, ids] }, async (desk) => {
    const file = await openReadable(desk, id);
    const files = await loadFiles(desk.tx, ids);
    if (files.length !== new Set(ids).size || files.some((row) => row.owner_id !== desk.actor.id)) {
      throw new Refusal('not.found');
    }
    await linkFiles(
      desk.tx,
      ids.map((fileId) => ({ file_id: fileId, case_id: id, place: 'attachment', by: desk.actor.id, at: desk.now })),
    );
    file.note({ kind: 'attached', node: '', detail: { files: files.map((row) => row.name) } });
    return { ok: true as const };
  });
}

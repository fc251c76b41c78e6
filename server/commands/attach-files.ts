/** Verb: a person adds his own uploaded files to a case; they stay part of the record. Rules: [H2] [LIM8] [READ10]. */
import type { Audience } from '@ganwei/core/history';
import { because } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import type { Host } from '../catalogue/host.ts';
import { attachedTo, loadFiles } from '../store/drafts.ts';
import { fileUnder } from './file-under.ts';
import { openReadable } from './hold-case.ts';
import { megabytes } from './keep-upload.ts';
import { type Call, perform } from './run.ts';

/** Adds the person's own uploaded files to the case; [READ10] for his own organ, unless he says that the persons concerned may read them. */
export function attachFiles(
  host: Host,
  call: Call,
  id: string,
  ids: readonly string[],
  audience: Audience = 'organ',
): Promise<{ ok: true }> {
  return perform(host, { ...call, request: ['attach', id, ids, audience] }, async (desk) => {
    const file = await openReadable(desk, id);
    const files = await loadFiles(desk.tx, ids);
    if (files.length !== new Set(ids).size || files.some((row) => row.owner_id !== desk.actor.id)) {
      throw new Refusal('not.found');
    }
    const { perCase } = host.files.quota;
    const more = files.reduce((sum, { size }) => sum + size, 0);
    if ((await attachedTo(desk.tx, id)) + more > perCase)
      throw new Refusal('file.quota', { quota: because('quota.case', { most: megabytes(perCase) }) });
    file.note({ kind: 'attached', node: '', detail: { files: files.map((row) => row.name), audience } });
    await fileUnder(desk, file, 'attachment', ids, audience);
    return { ok: true as const };
  });
}

/**
 * Owns how files become part of a case: linked to the place they were filed under, and marked when the same content has been filed in
 * another case before. The mark stands in the record as the house's own entry: who sees the whole case sees it, its author does not.
 * Rule: [Q22].
 */
import type { Audience } from '@ganwei/core/history';
import type { CaseFile } from '../case/case-file.ts';
import type { Desk } from '../case/desk.ts';
import { filedElsewhere, linkFiles } from '../store/drafts.ts';

/** Links the files to the case; `place`: the form they were filed under, or `attachment`, which has an audience. */
export async function fileUnder(
  desk: Desk,
  file: CaseFile,
  place: string,
  ids: readonly string[],
  audience: Audience = 'organ',
): Promise<void> {
  if (ids.length === 0) return;
  const { tx, actor, now } = desk;
  await linkFiles(
    tx,
    ids.map((id) => ({ file_id: id, case_id: file.id, place, by: actor.id, at: now, audience })),
  );
  for (const { name, cases } of await filedElsewhere(tx, file.id, ids))
    file.note({ kind: 'file-known', node: '', detail: { file: name, cases } });
}

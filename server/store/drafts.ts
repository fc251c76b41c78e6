/**
 * Owns drafts and files' rows. A draft belongs to its author alone; a file belongs to its uploader until a case refers to it.
 */
import type { Audience } from '@ganwei/core/history';
import type { Tx } from './open.ts';
import type { DraftRow, FileLinkRow, FileRow } from './rows.ts';
import { read } from './shapes.ts';
import { deleteRows, insertRows, putRows, rowOf, rowsOf, updateRows } from './statements.ts';

export async function addDraft(tx: Tx, row: DraftRow): Promise<void> {
  await insertRows(tx, 'drafts', [row]);
}

/** Overwrites a draft as it is known; false when somebody was faster. */
export async function changeDraft(tx: Tx, known: DraftRow, change: Partial<DraftRow>): Promise<boolean> {
  const { id, revision } = known;
  return (await updateRows(tx, 'drafts', { id, revision }, { ...change, revision: revision + 1 })) === 1;
}

export async function loadDraft(tx: Tx, id: string, person: string): Promise<DraftRow | undefined> {
  return rowOf(tx, 'drafts', { id, person_id: person });
}

export async function taskDraft(tx: Tx, taskId: string, person: string): Promise<DraftRow | undefined> {
  return rowOf(tx, 'drafts', { task_id: taskId, person_id: person });
}

/** A person's draft on a task goes when he submits; when the task closes, all drafts on it go. */
export async function removeTaskDraft(tx: Tx, taskId: string, person: string): Promise<void> {
  await deleteRows(tx, 'drafts', { task_id: taskId, person_id: person });
}

/** Drafts of cases not started yet, newest first. */
export async function startDrafts(tx: Tx, person: string, limit: number): Promise<DraftRow[]> {
  const query = tx('drafts').where({ person_id: person }).whereNull('task_id');
  return read('drafts', await query.orderBy('saved_at', 'desc').limit(limit));
}

export async function countDrafts(tx: Tx, person: string): Promise<number> {
  const row = await tx('drafts').where({ person_id: person }).whereNull('task_id').count({ n: '*' }).first();
  return Number(row?.n ?? 0);
}

export async function dropDraft(tx: Tx, id: string, person: string): Promise<boolean> {
  return (await deleteRows(tx, 'drafts', { id, person_id: person })) === 1;
}

export async function addFile(tx: Tx, row: FileRow): Promise<void> {
  await insertRows(tx, 'files', [row]);
}

/** Bytes that a person has uploaded since then. */
export async function uploadedSince(tx: Tx, owner: string, since: number): Promise<number> {
  const row = await tx('files').where({ owner_id: owner }).where('at', '>=', since).sum({ n: 'size' }).first();
  return Number(row?.n ?? 0);
}

/** Bytes of the attachments of a case. */
export async function attachedTo(tx: Tx, caseId: string): Promise<number> {
  const query = tx('file_links').join('files', 'files.id', 'file_links.file_id');
  const row = await query.where({ case_id: caseId, place: 'attachment' }).sum({ n: 'files.size' }).first();
  return Number(row?.n ?? 0);
}

export async function loadFiles(tx: Tx, ids: readonly string[]): Promise<FileRow[]> {
  return ids.length === 0 ? [] : tx('files').whereIn('id', ids);
}

export async function linkFiles(tx: Tx, rows: readonly FileLinkRow[]): Promise<void> {
  await putRows(tx, 'file_links', rows, { key: ['file_id', 'case_id', 'place'], overwrite: [] });
}

/** [Q22] Those of the files whose content was uploaded another time and filed in another case, with the number of such cases. */
export async function filedElsewhere(
  tx: Tx,
  caseId: string,
  ids: readonly string[],
): Promise<{ name: string; cases: number }[]> {
  const rows: { name: string; cases: number }[] = await tx('files as own')
    .join('files as same', 'same.sha256', 'own.sha256')
    .join('file_links', 'file_links.file_id', 'same.id')
    .whereIn('own.id', [...ids])
    .whereRaw('same.id <> own.id')
    .where('file_links.case_id', '<>', caseId)
    .where('file_links.place', '<>', 'letter')
    .groupBy('own.id', 'own.name')
    .orderBy('own.id')
    .select('own.name as name')
    .countDistinct({ cases: 'file_links.case_id' });
  return rows.map(({ name, cases }) => ({ name, cases: Number(cases) }));
}

export async function linksOfFile(tx: Tx, fileId: string): Promise<FileLinkRow[]> {
  return rowsOf(tx, 'file_links', { file_id: fileId });
}

export async function attachmentsOf(
  tx: Tx,
  caseId: string,
): Promise<(FileRow & { by: string; linked_at: number; audience: Audience })[]> {
  return tx('file_links')
    .join('files', 'files.id', 'file_links.file_id')
    .where({ case_id: caseId, place: 'attachment' })
    .select('files.*', 'file_links.by', 'file_links.audience', { linked_at: 'file_links.at' })
    .orderBy('file_links.at');
}

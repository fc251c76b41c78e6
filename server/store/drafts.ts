/**
 * Owns drafts and files' rows. A draft belongs to its author alone; a file belongs to its uploader until a case refers to it.
 */
import type { Tx } from './open.ts';
import type { DraftRow, FileLinkRow, FileRow } from './rows.ts';

export async function putDraft(tx: Tx, row: DraftRow): Promise<void> {
  await tx('drafts').insert(row).onConflict('id').merge();
}

export async function loadDraft(tx: Tx, id: string, person: string): Promise<DraftRow | undefined> {
  return tx('drafts').where({ id, person_id: person }).first();
}

export async function taskDraft(tx: Tx, taskId: string, person: string): Promise<DraftRow | undefined> {
  return tx('drafts').where({ task_id: taskId, person_id: person }).first();
}

/** A person's draft on a task goes when he submits; when the task closes, all drafts on it go. */
export async function removeTaskDraft(tx: Tx, taskId: string, person: string): Promise<void> {
  await tx('drafts').where({ task_id: taskId, person_id: person }).delete();
}

/** Drafts of cases not started yet, newest first. */
export async function startDrafts(tx: Tx, person: string, limit: number): Promise<DraftRow[]> {
  return tx('drafts').where({ person_id: person }).whereNull('task_id').orderBy('saved_at', 'desc').limit(limit);
}

export async function countDrafts(tx: Tx, person: string): Promise<number> {
  const row = await tx('drafts').where({ person_id: person }).whereNull('task_id').count({ n: '*' }).first();
  return Number(row?.n ?? 0);
}

export async function dropDraft(tx: Tx, id: string, person: string): Promise<boolean> {
  return (await tx('drafts').where({ id, person_id: person }).delete()) === 1;
}

export async function addFile(tx: Tx, row: FileRow): Promise<void> {
  await tx('files').insert(row);
}

export async function loadFiles(tx: Tx, ids: readonly string[]): Promise<FileRow[]> {
  return ids.length === 0 ? [] : tx('files').whereIn('id', ids);
}

export async function linkFiles(tx: Tx, rows: readonly FileLinkRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx('file_links').insert(rows).onConflict(['file_id', 'case_id', 'place']).ignore();
}

export async function linksOfFile(tx: Tx, fileId: string): Promise<FileLinkRow[]> {
  return tx('file_links').where({ file_id: fileId });
}

export async function attachmentsOf(tx: Tx, caseId: string): Promise<(FileRow & { by: string; linked_at: number })[]> {
  return tx('file_links')
    .join('files', 'files.id', 'file_links.file_id')
    .where({ case_id: caseId, place: 'attachment' })
    .select('files.*', 'file_links.by', { linked_at: 'file_links.at' })
    .orderBy('file_links.at');
}

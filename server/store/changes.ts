/**
 * Owns the rows of changes (变更): their heads, drafts, authors and record, and what the content folder last brought. A head is changed by
 * compare-and-set on its revision, and every draft takes its own from there. The record is only ever appended. Rules: [CHG2] [CHG3].
 */
import { Conflict } from '@ganwei/core/refusal';
import { olderThan } from './cases.ts';
import type { Tx } from './open.ts';
import { deleteRows, insertRows, putRows, rowOf, rowsOf, updateRows } from './statements.ts';

export interface ChangeRow {
  id: string;
  title: string;
  reason: string;
  state: 'drafting' | 'submitted' | 'returned' | 'agreed' | 'scheduled' | 'published' | 'withdrawn';
  base: number;
  origin: 'browser' | 'folder' | 'deploy' | 'taken-back';
  /** '' the server itself, at start */
  created_by: string;
  created_at: number;
  changed_at: number;
  effective_on: string | null;
  release: number | null;
  revision: number;
}

/** Which definition. */
interface NamedRow {
  kind: string;
  app: string;
  key: string;
}

/** A draft without its text. */
export interface DraftEntry extends NamedRow {
  change_id: string;
  /** of its text; '' where the change retires the definition */
  hash: string;
  /** of the text it was begun from; '' there was none */
  base_hash: string;
  revision: number;
  by: string;
  at: number;
}

export interface DraftedRow extends DraftEntry {
  source: string | null;
}

export interface ChangeRecordRow {
  id: string;
  change_id: string;
  at: number;
  person_id: string;
  what: string;
  words: string;
}

const FINISHED = ['published', 'withdrawn'];

export const addChange = (tx: Tx, row: ChangeRow): Promise<void> => insertRows(tx, 'changes', [row]);

export const loadChange = (tx: Tx, id: string): Promise<ChangeRow | undefined> => rowOf(tx, 'changes', { id });

/** The next revision; throws Conflict where somebody has changed it since `row` was read. */
export async function updateChange(tx: Tx, row: ChangeRow, change: Partial<ChangeRow>): Promise<void> {
  const { id, revision } = row;
  const done = await updateRows(tx, 'changes', { id, revision }, { ...change, revision: revision + 1 });
  if (done !== 1) throw new Conflict(`change ${id}`);
}

/** The page of those under way, or of those that have come to their end; the last changed first. */
export async function changesPage(
  tx: Tx,
  page: { open: boolean; before?: { at: number; id: string } | undefined; limit: number },
): Promise<ChangeRow[]> {
  const query = tx('changes');
  if (page.open) query.whereNotIn('state', FINISHED);
  else query.whereIn('state', FINISHED);
  if (page.before) olderThan(query, 'changed_at', page.before);
  return query
    .orderBy([
      { column: 'changed_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(page.limit);
}

/** Those that take effect on this day or before, the earliest first. */
export async function scheduledUntil(tx: Tx, day: string): Promise<ChangeRow[]> {
  return tx('changes')
    .where({ state: 'scheduled' })
    .where('effective_on', '<=', day)
    .orderBy(['effective_on', 'changed_at', 'id']);
}

/** Those of this origin that are under way. */
export async function openChangesOf(tx: Tx, origin: ChangeRow['origin']): Promise<ChangeRow[]> {
  return tx('changes').where({ origin }).whereNotIn('state', FINISHED).orderBy('id');
}

/** Which changes have become these releases. */
export async function changesOfReleases(
  tx: Tx,
  releases: readonly number[],
): Promise<{ id: string; title: string; release: number }[]> {
  return releases.length === 0 ? [] : tx('changes').whereIn('release', releases).select('id', 'title', 'release');
}

const ENTRY = ['change_id', 'kind', 'app', 'key', 'hash', 'base_hash', 'revision', 'by', 'at'];

/** The drafts of these changes, without their texts. */
export async function draftsOf(tx: Tx, changes: readonly string[]): Promise<DraftEntry[]> {
  if (changes.length === 0) return [];
  return tx('change_drafts')
    .whereIn('change_id', [...changes])
    .select(ENTRY)
    .orderBy(['kind', 'app', 'key']);
}

/** The same with their texts. */
export const draftTexts = (tx: Tx, change: string): Promise<DraftedRow[]> =>
  rowsOf(tx, 'change_drafts', { change_id: change }, 'order by kind, app, `key`');

export const loadDefinitionDraft = (
  tx: Tx,
  change: string,
  { kind, app, key }: NamedRow,
): Promise<DraftedRow | undefined> => rowOf(tx, 'change_drafts', { change_id: change, kind, app, key });

/** Drafts of changes that are under way. */
export async function openDrafts(tx: Tx): Promise<(NamedRow & { id: string; title: string; hash: string })[]> {
  return tx('change_drafts')
    .join('changes', 'changes.id', 'change_drafts.change_id')
    .whereNotIn('changes.state', FINISHED)
    .orderBy('changes.id')
    .select('kind', 'app', 'key', 'hash', 'changes.id as id', 'title');
}

export const putDefinitionDrafts = (tx: Tx, rows: readonly DraftedRow[]): Promise<void> =>
  putRows(tx, 'change_drafts', rows, {
    key: ['change_id', 'kind', 'app', 'key'],
    overwrite: ['source', 'hash', 'base_hash', 'revision', 'by', 'at'],
  });

export async function dropDefinitionDraft(tx: Tx, change: string, { kind, app, key }: NamedRow): Promise<void> {
  await deleteRows(tx, 'change_drafts', { change_id: change, kind, app, key });
}

export interface AuthorRow extends NamedRow {
  change_id: string;
  person_id: string;
}

/** Who has written what in these changes, also what was dropped again. */
export async function authorsOf(tx: Tx, changes: readonly string[]): Promise<AuthorRow[]> {
  return changes.length === 0
    ? []
    : tx('change_authors')
        .whereIn('change_id', [...changes])
        .orderBy('person_id');
}

export const addAuthors = (tx: Tx, rows: readonly AuthorRow[]): Promise<void> =>
  putRows(tx, 'change_authors', rows, { key: ['change_id', 'person_id', 'kind', 'app', 'key'], overwrite: [] });

export const appendRecord = (tx: Tx, row: ChangeRecordRow): Promise<void> => insertRows(tx, 'change_record', [row]);

export const recordOf = (tx: Tx, change: string): Promise<ChangeRecordRow[]> =>
  rowsOf(tx, 'change_record', { change_id: change }, 'order by at, id');

/** What the content folder says: `hash` of what was taken over from it, `seen` of what it had when it was last looked at; '' for none. */
export interface FolderTextRow extends NamedRow {
  hash: string;
  seen: string;
}

export const folderTexts = async (tx: Tx): Promise<FolderTextRow[]> => tx('folder_texts').select();

export async function putFolderTexts(tx: Tx, rows: readonly FolderTextRow[]): Promise<void> {
  await putRows(tx, 'folder_texts', rows, { key: ['kind', 'app', 'key'], overwrite: ['hash', 'seen'] });
  await tx('folder_texts').where({ hash: '', seen: '' }).delete();
}

/** What was seen has been taken over. */
export async function takeFolderTexts(tx: Tx): Promise<void> {
  await tx('folder_texts').update({ hash: tx.raw('seen') as never });
  await tx('folder_texts').where({ hash: '' }).delete();
}

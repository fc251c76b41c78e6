/**
 * Owns definitions, releases, markings and settings. A definition row never changes once written: a change is a new version
 * in a new release. Rules: [V1] [V2].
 */
import type { Tx } from './open.ts';
import type { DefinitionRow } from './rows.ts';
import { insertRows, putRows, rowOf } from './statements.ts';

/** Hash of a version without text: from that release on the definition is retired, until a later version brings it back. */
export const RETIRED = '';

export async function lastRelease(tx: Tx): Promise<number> {
  const row = await tx('releases').max({ id: 'id' }).first();
  return Number(row?.id ?? 0);
}

export async function addRelease(tx: Tx, release: ReleaseRecord): Promise<void> {
  await insertRows(tx, 'releases', [release]);
}

export interface ReleaseRecord {
  id: number;
  at: number;
  /** '' the content folder */
  by: string;
  note: string;
}

export const releasesById = async (tx: Tx, ids: readonly number[]): Promise<ReleaseRecord[]> =>
  ids.length === 0 ? [] : tx('releases').whereIn('id', [...ids]);

/** The newest first, those before one if it is given. */
export async function releasesBefore(
  tx: Tx,
  page: { before: number | undefined; limit: number },
): Promise<ReleaseRecord[]> {
  const query = tx('releases');
  if (page.before !== undefined) query.where('id', '<', page.before);
  return query.orderBy('id', 'desc').limit(page.limit);
}

export async function addDefinitions(tx: Tx, rows: readonly DefinitionRow[]): Promise<void> {
  await insertRows(tx, 'definitions', rows);
}

/** All versions without their sources: the catalogue's index. */
export async function listDefinitions(tx: Tx): Promise<Omit<DefinitionRow, 'source'>[]> {
  return tx('definitions')
    .select('kind', 'key', 'version', 'title', 'hash', 'release', 'effective_from')
    .orderBy(['kind', 'key', 'version']);
}

/** Whose a definition is that an application owns; what is not listed is shared. */
export interface OwnerRow {
  kind: string;
  /** as in the definitions */
  key: string;
  app: string;
}

export const listOwners = async (tx: Tx): Promise<OwnerRow[]> => tx('definition_apps').select('kind', 'key', 'app');

export async function addOwners(tx: Tx, rows: readonly OwnerRow[]): Promise<void> {
  await insertRows(
    tx,
    'definition_apps',
    rows.map((row) => ({ ...row })),
  );
}

export async function loadDefinition(
  tx: Tx,
  kind: string,
  key: string,
  version: number,
): Promise<DefinitionRow | undefined> {
  return rowOf(tx, 'definitions', { kind, key, version });
}

/** Text of a marking of one process version (`process` is `key@version`). */
export async function loadMarking(tx: Tx, process: string, hash: string): Promise<string | undefined> {
  return (await rowOf<{ text: string }>(tx, 'markings', { process, hash }))?.text;
}

/** Keeps a marking; a marking that another server has kept meanwhile is the same one. */
export async function keepMarking(tx: Tx, process: string, hash: string, text: string): Promise<void> {
  await putRows(tx, 'markings', [{ process, hash, text }], { key: ['process', 'hash'], overwrite: [] });
}

export async function setting(tx: Tx, name: string): Promise<string | undefined> {
  return (await rowOf<{ value: string }>(tx, 'settings', { name }))?.value;
}

/** The value of a setting; where it has none yet, this one for ever. Servers that start together agree on the first. */
export async function settingOnce(tx: Tx, name: string, value: string): Promise<string> {
  await putRows(tx, 'settings', [{ name, value }], { key: ['name'], overwrite: [] });
  return (await setting(tx, name))!;
}

export async function putSetting(tx: Tx, name: string, value: string): Promise<void> {
  await putRows(tx, 'settings', [{ name, value }], { key: ['name'], overwrite: ['value'] });
}

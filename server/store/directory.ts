/**
 * Owns the directory's rows: units (a tree), people, their posts, and the accounts they sign in with.
 * The directory is read whole into memory (server/catalogue/directory.ts); `directory` in settings counts its changes,
 * so that every server notices a change made by another one.
 */
import { createHash } from 'node:crypto';
import { putSetting, setting } from './definitions.ts';
import type { Tx } from './open.ts';
import { insertRows, rowOf, updateRows } from './statements.ts';

export interface UnitRow {
  id: string;
  parent_id: string | null;
  name: string;
  short_name: string;
  kind: string;
  level: string;
  sort: number;
  active: boolean | number;
  /** JSON: free attributes, e.g. divisionCode, letter prefix */
  attributes: string;
  /** JSON: named relations to other units, e.g. {"audit": "sj"} */
  relations: string;
}

export interface PersonRow {
  id: string;
  name: string;
  active: boolean | number;
  attributes: string;
}

export interface PostRow {
  id: string;
  person_id: string;
  unit_id: string;
  title: string;
  roles: string;
  main: boolean | number;
  sort: number;
  from_date: string;
  to_date: string;
  attributes: string;
}

/** Id of a person's post in a unit: readable, and never longer than its column. */
export function postId(person: string, unit: string): string {
  const id = `${person}@${unit}`;
  return id.length <= 40 ? id : `${id.slice(0, 23)}~${createHash('sha256').update(id).digest('hex').slice(0, 16)}`;
}

export interface AccountRow {
  person_id: string;
  username: string;
  password: string;
  password_due: boolean | number;
  failed: number;
  locked_until: number;
  duties: string;
}

export async function directoryVersion(tx: Tx): Promise<number> {
  return Number((await setting(tx, 'directory')) ?? 0);
}

/** To be called in every transaction that changes units, people, posts or duties. */
export async function directoryChanged(tx: Tx): Promise<void> {
  const counted = await tx.run("update settings set value = value + 1 where name = 'directory'", []);
  if (counted === 0) await putSetting(tx, 'directory', '1');
}

export interface DirectoryRows {
  version: number;
  units: UnitRow[];
  people: PersonRow[];
  posts: PostRow[];
  accounts: Pick<AccountRow, 'person_id' | 'username' | 'duties'>[];
}

export async function loadDirectory(tx: Tx): Promise<DirectoryRows> {
  return {
    version: await directoryVersion(tx),
    units: await tx('units').orderBy(['sort', 'id']),
    people: await tx('people').orderBy('id'),
    posts: await tx('posts').orderBy(['sort', 'id']),
    accounts: await tx('accounts').select('person_id', 'username', 'duties'),
  };
}

const put = async (tx: Tx, table: string, key: string, rows: readonly object[]): Promise<void> => {
  for (let i = 0; i < rows.length; i += 50) {
    await tx(table)
      .insert(rows.slice(i, i + 50))
      .onConflict(key)
      .merge();
  }
};

export const putUnits = (tx: Tx, rows: readonly UnitRow[]): Promise<void> => put(tx, 'units', 'id', rows);
export const putPeople = (tx: Tx, rows: readonly PersonRow[]): Promise<void> => put(tx, 'people', 'id', rows);
export const putPosts = (tx: Tx, rows: readonly PostRow[]): Promise<void> => put(tx, 'posts', 'id', rows);

export async function addAccount(tx: Tx, row: AccountRow): Promise<void> {
  await insertRows(tx, 'accounts', [row]);
}

export async function accountByName(tx: Tx, username: string): Promise<AccountRow | undefined> {
  return rowOf(tx, 'accounts', { username });
}

export async function accountOf(tx: Tx, person: string): Promise<AccountRow | undefined> {
  return rowOf(tx, 'accounts', { person_id: person });
}

export async function updateAccount(tx: Tx, person: string, change: Partial<AccountRow>): Promise<void> {
  await updateRows(tx, 'accounts', { person_id: person }, change);
}

/** One more failed attempt to sign in; how many there are now, those of other requests at the same moment included. */
export async function countFailed(tx: Tx, person: string): Promise<number> {
  await tx.run('update accounts set failed = failed + 1 where person_id = ?', [person]);
  return Number((await accountOf(tx, person))?.failed ?? 0);
}

export async function lockedPeople(tx: Tx, now: number): Promise<Set<string>> {
  const rows = await tx('accounts').select('person_id').where('locked_until', '>', now);
  return new Set(rows.map((row: { person_id: string }) => row.person_id));
}

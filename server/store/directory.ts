/**
 * Owns the directory's rows: units (a tree), people, their posts, and the accounts they sign in with.
 * The directory is read whole into memory (server/catalogue/directory.ts); `directory` in settings counts its changes,
 * so that every server notices a change made by another one.
 */
import { createHash } from 'node:crypto';
import type { Duty } from '@ganwei/core/actor';
import { putSetting, setting } from './definitions.ts';
import type { Tx } from './open.ts';
import type { Document } from './rows.ts';
import { insertRows, rowOf, rowsOf, updateRows } from './statements.ts';

/** As it is written; read it is a UnitEntry. */
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
  password_due: boolean;
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

/** A row as it has been read: what is text or a number in the column is a value here. */
type Read<T, Values> = Omit<T, keyof Values> & Values;
export type UnitEntry = Read<UnitRow, { active: boolean; attributes: Document; relations: Record<string, string> }>;
export type PersonEntry = Read<PersonRow, { active: boolean; attributes: Document }>;
export type PostEntry = Read<PostRow, { main: boolean; roles: string[]; attributes: Document }>;
export type AccountEntry = Pick<AccountRow, 'person_id' | 'username'> & { duties: Duty[] };

export interface DirectoryRows {
  version: number;
  units: readonly UnitEntry[];
  people: readonly PersonEntry[];
  posts: readonly PostEntry[];
  accounts: readonly AccountEntry[];
}

/** The tables as the database has them. */
interface DirectoryTables {
  units: readonly UnitRow[];
  people: readonly PersonRow[];
  posts: readonly PostRow[];
  accounts: readonly Pick<AccountRow, 'person_id' | 'username' | 'duties'>[];
}

export const readDirectory = (version: number, { units, people, posts, accounts }: DirectoryTables): DirectoryRows => ({
  version,
  units: units.map((row) => ({
    ...row,
    active: Boolean(row.active),
    attributes: JSON.parse(row.attributes),
    relations: JSON.parse(row.relations),
  })),
  people: people.map((row) => ({ ...row, active: Boolean(row.active), attributes: JSON.parse(row.attributes) })),
  posts: posts.map((row) => ({
    ...row,
    main: Boolean(row.main),
    roles: JSON.parse(row.roles),
    attributes: JSON.parse(row.attributes),
  })),
  accounts: accounts.map((row) => ({ ...row, duties: JSON.parse(row.duties) })),
});

export async function loadDirectory(tx: Tx): Promise<DirectoryRows> {
  return readDirectory(await directoryVersion(tx), {
    units: await tx('units').orderBy(['sort', 'id']),
    people: await tx('people').orderBy('id'),
    posts: await tx('posts').orderBy(['sort', 'id']),
    accounts: await tx('accounts').select('person_id', 'username', 'duties'),
  });
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

/** What the person does elsewhere and that begins with this, too, waits until this transaction ends. */
export async function holdPerson(tx: Tx, id: string): Promise<void> {
  await rowsOf(tx, 'people', { id }, tx.locking);
}

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

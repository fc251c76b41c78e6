/**
 * Owns the rows of doors (server/identity/doors/door.ts): links between accounts and subjects outside, ways that were begun and not ended, and which
 * messages have been heard. What must be secret is kept as a hash. Rules: [IDP2] [IDP3] [IDP5] [IDP8].
 */
import { Conflict } from '@ganwei/core/refusal';
import { isDuplicate, type Tx } from './open.ts';
import type { SessionRow } from './sessions.ts';
import { deleteAmong, deleteRows, insertRows, rowOf, rowsOf } from './statements.ts';

export interface LinkRow {
  door: string;
  subject_hash: string;
  subject: string;
  person_id: string;
  called: string;
  linked_at: number;
}

export interface WayRow {
  /** hash of the state, or of the browser's token once it is known who has come */
  id: string;
  door: string;
  browser_hash: string;
  state: 'asked' | 'known';
  /** who links his account, or whose second factor is missing; '' for nobody yet */
  person_id: string;
  back: string;
  kept: Readonly<Record<string, string | null>>;
  begun_at: number;
}

export const linkOf = (tx: Tx, door: string, subjectHash: string): Promise<LinkRow | undefined> =>
  rowOf(tx, 'account_links', { door, subject_hash: subjectHash });

export const linksOf = (tx: Tx, person: string): Promise<LinkRow[]> =>
  rowsOf(tx, 'account_links', { person_id: person }, 'order by door');

/** A neighbour may link the same just now: then the command is tried again and sees it. */
export const addLink = (tx: Tx, row: LinkRow): Promise<void> => insertNew(tx, 'account_links', row);

export const dropLinksOf = (tx: Tx, person: string): Promise<number> =>
  deleteRows(tx, 'account_links', { person_id: person });

export const dropLink = (tx: Tx, person: string, door: string): Promise<number> =>
  deleteRows(tx, 'account_links', { person_id: person, door });

/** Keeps a way, forgets those that are too old, and the oldest where there are too many. */
export async function keepWay(tx: Tx, row: WayRow, since: number, most: number): Promise<void> {
  await sweepWays(tx, since);
  const [counted] = await tx.all<{ n: number }>('select count(*) as n from door_ways', []);
  if (Number(counted?.n) >= most) {
    const oldest: { id: string }[] = await tx('door_ways').orderBy('begun_at').limit(1).select('id');
    for (const { id } of oldest) await deleteRows(tx, 'door_ways', { id });
  }
  await deleteRows(tx, 'door_ways', { id: row.id });
  await insertRows(tx, 'door_ways', [row]);
}

export const wayOf = (tx: Tx, id: string): Promise<WayRow | undefined> => rowOf(tx, 'door_ways', { id });

/** true for one alone, however many ask for it. */
export const takeWay = async (tx: Tx, id: string): Promise<boolean> => (await deleteRows(tx, 'door_ways', { id })) > 0;

export async function sweepWays(tx: Tx, since: number): Promise<void> {
  await tx.run('delete from door_ways where begun_at < ?', [since]);
}

/** false: it has been heard before. */
export async function hearOnce(tx: Tx, messageHash: string, now: number, since: number): Promise<boolean> {
  await tx.run('delete from door_messages where heard_at < ?', [since]);
  if (await rowOf(tx, 'door_messages', { message_hash: messageHash })) return false;
  await insertNew(tx, 'door_messages', { message_hash: messageHash, heard_at: now });
  return true;
}

async function insertNew(tx: Tx, table: string, row: object): Promise<void> {
  try {
    await insertRows(tx, table, [row]);
  } catch (error) {
    if (isDuplicate(error)) throw new Conflict(table, { cause: error });
    throw error;
  }
}

/** Ends sessions that were opened through a door, but one; of whom they were. */
export async function dropDoorSessions(
  tx: Tx,
  of: { door: string } & ({ door_person: string } | { door_session: string } | { person_id: string }),
  except = '',
): Promise<string[]> {
  const rows = (await rowsOf<SessionRow>(tx, 'sessions', of)).filter(({ token_hash }) => token_hash !== except);
  const hashes = rows.map(({ token_hash }) => token_hash);
  await deleteAmong(tx, 'sessions', 'token_hash', hashes);
  return [...new Set(rows.map(({ person_id }) => person_id))];
}

/**
 * Owns sessions and the answers kept for idempotency keys. Only the hash of a session token is stored, so a copy of the database
 * opens no session. Rules: [I1] [I3].
 */
import type { Tx, Writer } from './open.ts';
import { read } from './shapes.ts';
import { deleteRows, insertRows, rowOf, updateRows } from './statements.ts';

export interface SessionRow {
  token_hash: string;
  person_id: string;
  csrf: string;
  created_at: number;
  expires_at: number;
  /** when its person was last seen, to the minute */
  seen_at: number;
}

/** A session that counts now, with what its holder must know of his account. */
export interface LiveSession extends Pick<SessionRow, 'person_id' | 'csrf' | 'seen_at'> {
  /** whether the password must be changed first */
  password_due: boolean;
}

export async function addSession(tx: Tx, row: SessionRow): Promise<void> {
  await insertRows(tx, 'sessions', [row]);
}

/** [I3] Asked of the database with every request, so that a session that has ended anywhere has ended everywhere. */
export async function findSession(
  tx: Tx,
  tokenHash: string,
  now: number,
  seenSince: number,
): Promise<LiveSession | undefined> {
  const rows = await tx.all<object>(
    `select s.person_id, s.csrf, s.seen_at, a.password_due from sessions s left join accounts a on a.person_id = s.person_id
     where s.token_hash = ? and s.expires_at > ? and s.seen_at > ?`,
    [tokenHash, now, seenSince],
  );
  return read<LiveSession>('accounts', rows)[0];
}

/** Notes that the person of a session has been seen. */
export async function glance(tx: Tx, tokenHash: string, now: number): Promise<void> {
  await updateRows(tx, 'sessions', { token_hash: tokenHash }, { seen_at: now });
}

export async function dropSession(tx: Tx, tokenHash: string): Promise<void> {
  await deleteRows(tx, 'sessions', { token_hash: tokenHash });
}

/** Ends every session of a person, for instance after a change of password. */
export async function dropSessionsOf(tx: Tx, person: string): Promise<void> {
  await deleteRows(tx, 'sessions', { person_id: person });
}

export async function sweepSessions(tx: Tx, now: number, answersBefore: number): Promise<void> {
  await tx('sessions').where('expires_at', '<=', now).delete();
  await tx('answers').where('at', '<', answersBefore).delete();
}

export interface AnswerRow {
  key: string;
  request_hash: string;
  answer: unknown;
  at: number;
}

export async function findAnswer(tx: Tx, key: string): Promise<AnswerRow | undefined> {
  return rowOf(tx, 'answers', { key });
}

export async function keepAnswer(tx: Writer, row: AnswerRow): Promise<void> {
  await insertRows(tx, 'answers', [row]);
}

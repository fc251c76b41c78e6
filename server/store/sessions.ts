/**
 * Owns sessions and the answers kept for idempotency keys. Only the hash of a session token is stored, so a copy of the database
 * opens no session. Rules: [I1] [I3].
 */
import type { Tx } from './open.ts';

export interface SessionRow {
  token_hash: string;
  person_id: string;
  csrf: string;
  created_at: number;
  expires_at: number;
}

export async function addSession(tx: Tx, row: SessionRow): Promise<void> {
  await tx('sessions').insert(row);
}

export async function findSession(tx: Tx, tokenHash: string, now: number): Promise<SessionRow | undefined> {
  return tx('sessions').where({ token_hash: tokenHash }).where('expires_at', '>', now).first();
}

export async function dropSession(tx: Tx, tokenHash: string): Promise<void> {
  await tx('sessions').where({ token_hash: tokenHash }).delete();
}

/** Ends every session of a person, for instance after a change of password. */
export async function dropSessionsOf(tx: Tx, person: string): Promise<void> {
  await tx('sessions').where({ person_id: person }).delete();
}

export async function sweepSessions(tx: Tx, now: number, answersBefore: number): Promise<void> {
  await tx('sessions').where('expires_at', '<=', now).delete();
  await tx('answers').where('at', '<', answersBefore).delete();
}

export interface AnswerRow {
  key: string;
  request_hash: string;
  answer: string;
  at: number;
}

export async function findAnswer(tx: Tx, key: string): Promise<AnswerRow | undefined> {
  return tx('answers').where({ key }).first();
}

export async function keepAnswer(tx: Tx, row: AnswerRow): Promise<void> {
  await tx('answers').insert(row);
}

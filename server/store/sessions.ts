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
  /** the door it was opened through (store/doors.ts); absent or '': the local one */
  door?: string;
  /** hashes of what the other side calls the person and this session, by which it ends them */
  door_person?: string;
  door_session?: string;
  /** sealed for the browser of this session */
  door_hint?: string | null;
}

/** A session that counts now, with what its holder must know of his account. */
export interface LiveSession extends Pick<SessionRow, 'token_hash' | 'person_id' | 'csrf' | 'expires_at' | 'seen_at'> {
  /** whether the password by which it was opened must be changed first */
  password_due: boolean;
}

export async function addSession(tx: Tx, row: SessionRow): Promise<void> {
  await insertRows(tx, 'sessions', [row]);
}

/** Somebody's question for a session. */
interface Question {
  tokenHash: string;
  resolve(found: LiveSession | undefined): void;
  reject(error: unknown): void;
}

/** At most so many are asked for by one statement. */
const MOST_ASKED = 32;

/** What has been asked in this turn of the event loop, and of whom. */
const asked = new WeakMap<Tx, Question[]>();

/**
 * [I3] Asked of the database with every request, so that a session that has ended anywhere has ended everywhere. [STO15] Requests that
 * have arrived together are answered by one statement, which is carried out after all of them have come.
 */
export async function findSession(
  tx: Tx,
  tokenHash: string,
  now: number,
  seenSince: number,
): Promise<LiveSession | undefined> {
  const found = await new Promise<LiveSession | undefined>((resolve, reject) => {
    let together = asked.get(tx);
    if (!together || together.length === MOST_ASKED) {
      const questions: Question[] = [];
      together = questions;
      asked.set(tx, questions);
      setImmediate(() => {
        if (asked.get(tx) === questions) asked.delete(tx);
        void answer(tx, questions);
      });
    }
    together.push({ tokenHash, resolve, reject });
  });
  return found && found.expires_at > now && found.seen_at > seenSince ? found : undefined;
}

/** Rows of the sessions that are asked for just now, each to whoever asks for it. */
async function answer(tx: Tx, questions: readonly Question[]): Promise<void> {
  try {
    const hashes = [...new Set(questions.map(({ tokenHash }) => tokenHash))];
    const rows = await tx.all<object>(
      `select s.token_hash, s.person_id, s.csrf, s.expires_at, s.seen_at,
       case when s.door = '' then a.password_due else 0 end as password_due from sessions s
       left join accounts a on a.person_id = s.person_id where s.token_hash in (${hashes.map(() => '?').join(', ')})`,
      hashes,
    );
    const found = new Map(read<LiveSession>('accounts', rows).map((row) => [row.token_hash, row]));
    for (const { tokenHash, resolve } of questions) resolve(found.get(tokenHash));
  } catch (error) {
    for (const { reject } of questions) reject(error);
  }
}

/** Notes that the person of a session has been seen. */
export async function glance(tx: Tx, tokenHash: string, now: number): Promise<void> {
  await updateRows(tx, 'sessions', { token_hash: tokenHash }, { seen_at: now });
}

export const sessionOf = (tx: Tx, tokenHash: string): Promise<SessionRow | undefined> =>
  rowOf(tx, 'sessions', { token_hash: tokenHash });

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

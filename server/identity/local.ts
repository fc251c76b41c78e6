/**
 * Owns local accounts: salted scrypt hashes, lock-out, sessions, the first password that must be changed. Passwords are never stored,
 * logged or returned, except a first password, once. Rules: [I1] [I2] [I3] [I4].
 */
import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { localTime } from '@ganwei/calendar/zone';
import type { Actor } from '@ganwei/core/actor';
import { Refusal } from '@ganwei/core/refusal';
import { isStrongPassword } from '@ganwei/core/rules';
import type { Host } from '../catalogue/host.ts';
import { type AccountRow, accountByName, accountOf, countFailed, updateAccount } from '../store/directory.ts';
import type { Tx } from '../store/open.ts';
import { recordAudit } from '../store/record.ts';
import { addSession, dropSession, dropSessionsOf, findSession } from '../store/sessions.ts';

export interface SignedIn {
  actor: Actor;
  /** the cookie's content; only its hash is stored */
  token: string;
  csrf: string;
  passwordDue: boolean;
}

const SESSION = 12 * 3_600_000;
const MOST_FAILURES = 5;
const LOCKED_FOR = 15 * 60_000;
/** scrypt cost: about 50 ms and 16 MB on a small server. OWASP 2023 names N=2^14, r=8, p=5 as one of its minimum settings. */
const COST = { N: 2 ** 14, r: 8, p: 5 };

const derive = (password: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, 32, COST, (error, key) => (error ? reject(error) : resolve(key)));
  });

/** `scrypt$salt$key`, both base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt$${salt.toString('base64')}$${(await derive(password, salt)).toString('base64')}`;
}

async function matches(password: string, stored: string): Promise<boolean> {
  const [kind, salt, key] = stored.split('$');
  if (kind !== 'scrypt' || !salt || !key) return false;
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64')), Buffer.from(key, 'base64'));
}

/** A hash nobody knows the password of: an unknown name takes as long as a known one. */
const NOBODY = `scrypt$${Buffer.alloc(16).toString('base64')}$${Buffer.alloc(32).toString('base64')}`;

/** A first password: letters and digits that are not mistaken for one another. */
export function firstPassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
  const letters = [...randomBytes(12)].map((byte) => alphabet[byte % alphabet.length]).join('');
  return `${letters.slice(0, 6)}-${letters.slice(6)}7`;
}

const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

/** [I2] Signs in, or refuses alike for a wrong name and a wrong password; five failures lock the account for a quarter of an hour. */
export async function signIn(host: Host, username: string, password: string): Promise<SignedIn> {
  const now = host.now();
  const account = await accountByName(host.store.reader, username);
  const right = await matches(password, account?.password ?? NOBODY);
  const actor = account && host.directory().actor(account.person_id);
  refuseLocked(account, now);
  if (!account || !right || !actor) {
    if (account) await countFailure(host, account.person_id, now);
    throw new Refusal('session.wrong');
  }
  return host.store.transaction(async (tx) => {
    // Checking the password took its time: guesses beside this one may have locked the account meanwhile.
    refuseLocked(await accountOf(tx, actor.id), now);
    if (account.failed > 0) await updateAccount(tx, actor.id, { failed: 0, locked_until: 0 });
    await audit(tx, host, actor.id, 'sign-in');
    return { ...(await openSession(tx, host, actor)), passwordDue: account.password_due };
  });
}

function refuseLocked(account: AccountRow | undefined, now: number): void {
  if (!account || Number(account.locked_until) <= now) return;
  throw new Refusal('session.locked', { until: localTime(account.locked_until) });
}

async function openSession(tx: Tx, host: Host, actor: Actor): Promise<Omit<SignedIn, 'passwordDue'>> {
  const token = randomBytes(32).toString('base64url');
  const csrf = randomBytes(24).toString('base64url');
  const now = host.now();
  await addSession(tx, {
    token_hash: tokenHash(token),
    person_id: actor.id,
    csrf,
    created_at: now,
    expires_at: now + SESSION,
  });
  return { actor, token, csrf };
}

async function countFailure(host: Host, person: string, now: number): Promise<void> {
  await host.store.transaction(async (tx) => {
    const locked = (await countFailed(tx, person)) >= MOST_FAILURES;
    if (locked) await updateAccount(tx, person, { failed: 0, locked_until: now + LOCKED_FOR });
    await audit(tx, host, person, locked ? 'locked' : 'sign-in-failed');
  });
}

const audit = (tx: Tx, host: Host, person: string, act: string): Promise<void> =>
  recordAudit(tx, { id: host.newId(), at: host.now(), person, act, object: 'session', detail: {} });

/** Who holds this session token now; null when it is unknown or has expired. */
export async function whoIs(
  host: Host,
  token: string,
): Promise<{ actor: Actor; csrf: string; passwordDue: boolean } | null> {
  const session = await findSession(host.store.reader, tokenHash(token), host.now());
  const actor = session && host.directory().actor(session.person_id);
  if (!session || !actor) return null;
  return { actor, csrf: session.csrf, passwordDue: session.password_due };
}

export const signOut = (host: Host, token: string): Promise<void> =>
  host.store.transaction((tx) => dropSession(tx, tokenHash(token)));

/** [I4] A new password ends every other session of the person. */
export async function changePassword(host: Host, actor: Actor, old: string, fresh: string): Promise<SignedIn> {
  const account = await accountOf(host.store.reader, actor.id);
  if (!account || !(await matches(old, account.password))) throw new Refusal('session.wrong');
  if (!isStrongPassword(fresh) || fresh === old) throw new Refusal('session.password-weak');
  const password = await hashPassword(fresh);
  return host.store.transaction(async (tx) => {
    await updateAccount(tx, actor.id, { password, password_due: false, failed: 0, locked_until: 0 });
    await dropSessionsOf(tx, actor.id);
    await audit(tx, host, actor.id, 'password-changed');
    return { ...(await openSession(tx, host, actor)), passwordDue: false };
  });
}

/** A new first password for somebody who has lost his; every session of his ends. */
export async function resetPassword(host: Host, by: Actor, person: string): Promise<string> {
  if (!(await accountOf(host.store.reader, person))) throw new Refusal('not.found');
  const fresh = firstPassword();
  const password = await hashPassword(fresh);
  await host.store.transaction(async (tx) => {
    await updateAccount(tx, person, { password, password_due: true, failed: 0, locked_until: 0 });
    await dropSessionsOf(tx, person);
    await recordAudit(tx, {
      id: host.newId(),
      at: host.now(),
      person: by.id,
      act: 'password-reset',
      object: person,
      detail: {},
    });
  });
  return fresh;
}

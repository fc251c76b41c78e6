/**
 * Owns local accounts: signing in, sessions, the first password that must be changed. Passwords are never stored,
 * logged or returned, except a first password, once. Rules: [I1] [I2] [I3] [I4].
 */
import { randomBytes } from 'node:crypto';
import { type Actor, SYSTEM } from '@ganwei/core/actor';
import { Refusal } from '@ganwei/core/refusal';
import { isStrongPassword } from '@ganwei/core/rules';
import type { Host } from '../catalogue/host.ts';
import { run } from '../commands/run.ts';
import { accountByName, accountOf, updateAccount } from '../store/directory.ts';
import { dropLinksOf } from '../store/doors.ts';
import { factorOf } from '../store/factors.ts';
import { isKnownBrowser, knowBrowser } from '../store/guesses.ts';
import type { Tx } from '../store/open.ts';
import { recordAudit } from '../store/record.ts';
import { addSession, dropSessionsOf, findSession, glance, type SessionRow } from '../store/sessions.ts';
import { isCommon } from './common-passwords.ts';
import { type Counted, count, forgive, hashOf, type Origin, takeBack } from './guessing.ts';
import { firstPassword, hashPassword, matches, NOBODY } from './hashing.ts';
import { type FactorState, factorState, isRightCode } from './second-factor.ts';

export interface SignedIn {
  actor: Actor;
  /** the cookie's content; only its hash is stored */
  token: string;
  csrf: string;
  passwordDue: boolean;
  factor: FactorState;
}

const SESSION = 12 * 3_600_000;
/** A session whose person has not been seen for so long has ended. */
const IDLE = 30 * 60_000;
/** How often it is noted that a person has been seen. */
const GLANCE = 60_000;

/** [I2] [I8] Signs in, or refuses alike whatever is wrong: name, password, too many guesses, a person who has left. */
export async function signIn(
  host: Host,
  username: string,
  password: string,
  origin: Origin,
  code = '',
): Promise<SignedIn & { browser: string }> {
  const now = host.now();
  const account = await accountByName(host.store.reader, username);
  const actor = account && host.directory().actor(account.person_id);
  const guess = await run(host, { actor: SYSTEM }, async (tx) => {
    const counted = await count(tx, username, account?.person_id ?? '', origin, now);
    if (counted.paused && account) await audit(tx, host, account.person_id, 'slowed', origin);
    return counted;
  });
  const right = await matches(password, guess.admitted && account ? account.password : NOBODY);
  if (!account || !right || !actor) {
    if (account && guess.admitted)
      await host.store.transaction((tx) => audit(tx, host, account.person_id, 'sign-in-failed', origin));
    throw new Refusal('session.wrong');
  }
  await passSecondFactor(host, actor.id, { code, origin, guess });
  const factor = await factorState(host, actor);
  return host.store.transaction(async (tx) => {
    await forgive(tx, guess);
    await audit(tx, host, actor.id, 'sign-in', origin);
    const browser = await knownBrowser(tx, actor.id, origin.browser, now);
    return { ...(await openSession(tx, host, actor)), passwordDue: account.password_due, factor, browser };
  });
}

/** [I20] [I21] Asks for the code where there is a second factor; a wrong one stays counted as a guess. */
async function passSecondFactor(
  host: Host,
  person: string,
  { code, origin, guess }: { code: string; origin: Origin; guess: Counted },
): Promise<void> {
  if (!(await factorOf(host.store.reader, person))) return;
  if (code === '') {
    await host.store.transaction((tx) => takeBack(tx, guess));
    throw new Refusal('session.code');
  }
  if (await host.store.transaction((tx) => isRightCode(tx, host, person, code, origin))) return;
  await host.store.transaction((tx) => audit(tx, host, person, 'sign-in-failed', origin));
  throw new Refusal('session.code-wrong');
}

/** The token by which this browser is known again; a new one where it was not known. */
async function knownBrowser(tx: Tx, person: string, token: string, now: number): Promise<string> {
  if (token && (await isKnownBrowser(tx, hashOf(token), person))) return token;
  const fresh = randomBytes(32).toString('base64url');
  await knowBrowser(tx, { token_hash: hashOf(fresh), person_id: person, seen_at: now });
  return fresh;
}

/** `through`: a door, which tells what it knows when the token is made (entering.ts). */
export async function openSession(
  tx: Tx,
  host: Host,
  actor: Actor,
  through: (token: string) => Partial<SessionRow> = () => ({}),
): Promise<Omit<SignedIn, 'passwordDue' | 'factor'>> {
  const token = randomBytes(32).toString('base64url');
  const csrf = randomBytes(24).toString('base64url');
  const now = host.now();
  await addSession(tx, {
    token_hash: hashOf(token),
    person_id: actor.id,
    csrf,
    created_at: now,
    expires_at: now + SESSION,
    seen_at: now,
    ...through(token),
  });
  return { actor, token, csrf };
}

const audit = (tx: Tx, host: Host, person: string, act: string, { address }: { address: string }): Promise<void> =>
  recordAudit(tx, { id: host.newId(), at: host.now(), person, act, object: 'session', detail: { address } });

/**
 * Who holds this session token now; null when it is unknown, has expired, or its person has been away for half an hour [I3].
 * `unattended`: a page asks by itself, the person has not been seen [MSG3].
 */
export async function whoIs(host: Host, token: string, unattended = false): Promise<Omit<SignedIn, 'token'> | null> {
  const now = host.now();
  const session = await findSession(host.store.reader, hashOf(token), now, now - IDLE);
  const actor = session && host.directory().actor(session.person_id);
  if (!session || !actor) return null;
  if (!unattended && now - session.seen_at >= GLANCE)
    await host.store.transaction((tx) => glance(tx, hashOf(token), now));
  return { actor, csrf: session.csrf, passwordDue: session.password_due, factor: await factorState(host, actor) };
}

/** [I4] A new password ends every other session of the person. */
export async function changePassword(
  host: Host,
  actor: Actor,
  old: string,
  fresh: string,
  origin: Origin,
): Promise<SignedIn> {
  const account = await accountOf(host.store.reader, actor.id);
  if (!account) throw new Refusal('session.wrong');
  // The old password is a guess like any other: whoever sits at an open session does not know it.
  const guess = await run(host, { actor }, (tx) => count(tx, account.username, actor.id, origin, host.now()));
  if (!(await matches(old, guess.admitted ? account.password : NOBODY))) throw new Refusal('session.wrong');
  if (!isStrongPassword(fresh) || fresh === old || isCommon(fresh, host.directory().people.get(actor.id)))
    throw new Refusal('session.password-weak');
  const password = await hashPassword(fresh);
  const factor = await factorState(host, actor);
  return host.store.transaction(async (tx) => {
    await forgive(tx, guess);
    await updateAccount(tx, actor.id, { password, password_due: false });
    await dropSessionsOf(tx, actor.id);
    await audit(tx, host, actor.id, 'password-changed', origin);
    return { ...(await openSession(tx, host, actor)), passwordDue: false, factor };
  });
}

/**
 * [DIR14] A new first password for somebody who has lost his; every session of his ends, and every link [IDP5]: whoever else may have known it
 * has no other way in. The system administrator does it for staff, the
 * security administrator for those who administer, and neither for himself.
 */
export async function resetPassword(
  host: Host,
  by: Actor,
  person: string,
  of: 'staff' | 'administrators',
): Promise<string> {
  if (!(await accountOf(host.store.reader, person))) throw new Refusal('not.found');
  const administers = (host.directory().people.get(person)?.duties.length ?? 0) > 0;
  if (administers !== (of === 'administrators') || person === by.id) throw new Refusal('not.allowed');
  const fresh = firstPassword();
  const password = await hashPassword(fresh);
  await host.store.transaction(async (tx) => {
    await updateAccount(tx, person, { password, password_due: true });
    await dropSessionsOf(tx, person);
    await dropLinksOf(tx, person);
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

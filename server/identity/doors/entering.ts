/**
 * Owns the way through a door and back: what was begun is kept here, for one browser, once, for ten minutes, and ends with a session, a link,
 * or the reason why not. Nobody comes in whom no link names, nobody who has left, and nobody without the second factor he has set up.
 * Rules: [IDP1] [IDP2] [IDP3] [IDP4] [IDP7].
 */
import { randomBytes } from 'node:crypto';
import { type Actor, SYSTEM } from '@ganwei/core/actor';
import { Refusal } from '@ganwei/core/refusal';
import type { Host } from '../../catalogue/host.ts';
import { run } from '../../commands/run.ts';
import { accountOf } from '../../store/directory.ts';
import { keepWay, linkOf, takeWay, type WayRow, wayOf } from '../../store/doors.ts';
import { factorOf } from '../../store/factors.ts';
import type { Tx } from '../../store/open.ts';
import { recordAudit } from '../../store/record.ts';
import { count, forgive, hashOf, type Origin } from '../guessing.ts';
import { openSession, type SignedIn } from '../local.ts';
import { factorState, isRightCode } from '../second-factor.ts';
import { callbackOf, type Door, DoorFault, type DoorTrouble, type Outside, ownPath } from './door.ts';
import { link } from './links.ts';
import { seal, unseal } from './sealed.ts';

/** Why nobody came in: what the door says · expired: not begun here, ended, or too long ago · unlinked, left: whose account it is · taken: linked otherwise */
export type Barred = DoorTrouble | 'expired' | 'unlinked' | 'left' | 'taken';

export type Entered =
  | { end: 'in'; back: string; signed: SignedIn }
  | { end: 'code' | 'linked'; back: string }
  /** `mark`: under which the audit log has it, for whoever asks the administrator */
  | { end: 'barred'; back: string; why: Barred; mark: string };

/** Who asks: the browser by the token in the cookie of doors, and the person if he is signed in. */
export interface Visitor {
  browser: string;
  origin: Pick<Origin, 'address'>;
  person: string;
}

const PATIENCE = 10 * 60_000;
/** Ways that are kept at once. */
const MOST_WAYS = 20_000;

const fresh = (): string => randomBytes(32).toString('base64url');

/** Where the browser goes, and the token it keeps meanwhile. `person`: whose account is to be linked; '' signs in. Throws DoorFault. */
export async function beginWay(
  host: Host,
  door: Door,
  asked: { browser: string; back: string; silent: boolean; person: string },
): Promise<{ to: string; browser: string }> {
  const state = fresh();
  const browser = /^[\w-]{43}$/.test(asked.browser) ? asked.browser : fresh();
  const callback = callbackOf(door, host.publicUrl);
  const { to, kept } = await door.begin({ callback, state, silent: asked.silent });
  await keep(host, {
    id: hashOf(state),
    door: door.key,
    browser_hash: hashOf(browser),
    state: 'asked',
    person_id: asked.person,
    back: ownPath(asked.back),
    kept,
  });
  return { to, browser };
}

const keep = (host: Host, way: Omit<WayRow, 'begun_at'>): Promise<void> =>
  host.store.transaction((tx) => keepWay(tx, { ...way, begun_at: host.now() }, host.now() - PATIENCE, MOST_WAYS));

/** The browser is back. */
export async function endWay(host: Host, door: Door, query: URLSearchParams, visitor: Visitor): Promise<Entered> {
  const state = query.get('state') ?? '';
  const way = await taken(host, hashOf(state), { door: door.key, browser: visitor.browser, state: 'asked' });
  if (!way) return barred(host, door, visitor, { why: 'expired', back: visitor.person === '' ? '/' : '/me' });
  const { back } = way;
  const callback = callbackOf(door, host.publicUrl);
  let outside: Outside;
  try {
    outside = await door.finish({ callback, query, state, kept: way.kept as Record<string, string> });
  } catch (error) {
    if (!(error instanceof DoorFault)) throw error;
    logFault(host, door, error);
    return barred(host, door, visitor, { why: error.trouble, back });
  }
  if (way.person_id === '') return enter(host, door, outside, { visitor, back });
  // Whoever has begun to link must still be the one who sits there.
  if (way.person_id !== visitor.person) return barred(host, door, visitor, { why: 'expired', back });
  const isLinked = await link(host, door, outside, { person: visitor.person, address: visitor.origin.address });
  return isLinked ? { end: 'linked', back } : barred(host, door, visitor, { why: 'taken', back, outside });
}

export const logFault = (host: Host, door: Door, { trouble, cause }: DoorFault): void =>
  host.log.warn({ door: door.key, trouble, err: cause }, 'door');

/** [IDP2] A way counts once, at the door and for the browser it was begun with. */
async function taken(
  host: Host,
  id: string,
  { door, browser, state }: { door: string; browser: string; state: WayRow['state'] },
): Promise<WayRow | null> {
  return host.store.transaction(async (tx) => {
    const way = await open(tx, host, id, { door, browser, state });
    return way && (await takeWay(tx, id)) ? way : null;
  });
}

async function open(
  tx: Tx,
  host: Host,
  id: string,
  { door, browser, state }: { door: string; browser: string; state: WayRow['state'] },
): Promise<WayRow | null> {
  const way = await wayOf(tx, id);
  const isHis = way?.door === door && way.state === state && way.browser_hash === hashOf(browser);
  return way && isHis && way.begun_at > host.now() - PATIENCE ? way : null;
}

/** [IDP1] The account that is linked comes in, if its person is still there; the second factor is asked for where there is one. */
async function enter(
  host: Host,
  door: Door,
  outside: Outside,
  { visitor, back }: { visitor: Visitor; back: string },
): Promise<Entered> {
  const known = await linkOf(host.store.reader, door.key, hashOf(outside.subject));
  if (!known) return barred(host, door, visitor, { why: 'unlinked', back, outside });
  const actor = host.directory().actor(known.person_id);
  if (!actor) return barred(host, door, visitor, { why: 'left', back, outside, person: known.person_id });
  if (!(await factorOf(host.store.reader, actor.id)))
    return { end: 'in', back, signed: await signedIn(host, door, { actor, outside, origin: visitor.origin }) };
  await keep(host, {
    id: hashOf(`known ${visitor.browser}`),
    door: door.key,
    browser_hash: hashOf(visitor.browser),
    state: 'known',
    person_id: actor.id,
    back,
    kept: { ...outside, hint: outside.hint && seal(visitor.browser, outside.hint) },
  });
  return { end: 'code', back };
}

/** [IDP7] The second factor of whom a door knows; a wrong code counts as a guess, and the way stays open for another one. */
export async function passCode(host: Host, door: Door, code: string, visitor: Visitor): Promise<SignedIn> {
  const id = hashOf(`known ${visitor.browser}`);
  const asked = { door: door.key, browser: visitor.browser, state: 'known' as const };
  const way = await open(host.store.reader, host, id, asked);
  const actor = way && host.directory().actor(way.person_id);
  const account = actor && (await accountOf(host.store.reader, actor.id));
  if (!actor || !account) throw new Refusal('door.expired');
  const origin: Origin = { ...visitor.origin, browser: '' };
  const guess = await run(host, { actor: SYSTEM }, (tx) => count(tx, account.username, actor.id, origin, host.now()));
  const right = guess.admitted && (await host.store.transaction((tx) => isRightCode(tx, host, actor.id, code, origin)));
  if (!right) {
    await note(host, 'sign-in-failed', actor.id, { door: door.key, address: origin.address });
    throw new Refusal('session.code-wrong');
  }
  if (!(await taken(host, id, asked))) throw new Refusal('door.expired');
  await host.store.transaction((tx) => forgive(tx, guess));
  const kept = way.kept as unknown as Outside;
  const outside = { ...kept, hint: kept.hint && unseal(visitor.browser, kept.hint) };
  return signedIn(host, door, { actor, outside, origin });
}

async function signedIn(
  host: Host,
  door: Door,
  { actor, outside, origin }: { actor: Actor; outside: Outside; origin: Pick<Origin, 'address'> },
): Promise<SignedIn> {
  const factor = await factorState(host, actor);
  return host.store.transaction(async (tx) => {
    const opened = await openSession(tx, host, actor, (token) => ({
      door: door.key,
      door_person: hashOf(outside.person),
      door_session: outside.session === null ? '' : hashOf(outside.session),
      door_hint: outside.hint && seal(token, outside.hint),
    }));
    const detail = { door: door.key, name: door.label, address: origin.address };
    await recordAudit(tx, {
      id: host.newId(),
      at: host.now(),
      person: actor.id,
      act: 'sign-in',
      object: 'session',
      detail,
    });
    return { ...opened, passwordDue: false, factor };
  });
}

/** [IDP2] Nobody came in: the log keeps why, and who it was outside as far as that has been proven. */
async function barred(
  host: Host,
  door: Door,
  { origin, person: visitor }: Visitor,
  { why, back, outside, person = visitor }: { why: Barred; back: string; outside?: Outside; person?: string },
): Promise<Entered> {
  const mark = randomBytes(4).toString('hex').toUpperCase();
  if (why !== 'silent') {
    const who = outside ? `${outside.called} (${outside.subject})` : '';
    const detail = { door: door.key, why, name: who, reason: `${mark} ${why}`, address: origin.address };
    await note(host, why === 'unlinked' ? 'door-unknown' : 'door-refused', person || SYSTEM.id, detail);
  }
  return { end: 'barred', back, why, mark };
}

const note = (host: Host, act: string, person: string, detail: Record<string, unknown>): Promise<void> =>
  host.store.transaction((tx) =>
    recordAudit(tx, { id: host.newId(), at: host.now(), person, act, object: 'session', detail }),
  );

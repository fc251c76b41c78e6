/**
 * Owns which account is whom outside: linked by the person himself, who proves with his password that he is one and by the door that he is the
 * other; a subject belongs to one account, an account has one subject at each door. Sessions end when a link ends, and when the other side
 * says so. Rules: [IDP5] [IDP6] [IDP8].
 */
import { type Actor, SYSTEM } from '@ganwei/core/actor';
import type { Answer } from '@ganwei/core/contract';
import { Refusal } from '@ganwei/core/refusal';
import type { Host } from '../../catalogue/host.ts';
import { run } from '../../commands/run.ts';
import { accountOf } from '../../store/directory.ts';
import { addLink, dropDoorSessions, dropLink, hearOnce, linkOf, linksOf } from '../../store/doors.ts';
import type { Tx } from '../../store/open.ts';
import { recordAudit } from '../../store/record.ts';
import { dropSession, sessionOf } from '../../store/sessions.ts';
import { count, forgive, hashOf, type Origin } from '../guessing.ts';
import { matches, NOBODY } from '../hashing.ts';
import type { Door, Farewell, Outside } from './door.ts';
import { unseal } from './sealed.ts';

/** Messages that are remembered so long count once; older ones are refused anyway. */
const MEMORY = 3_600_000;

/** The doors there are, and which of them know this person. */
export async function links(host: Host, doors: ReadonlyMap<string, Door>, actor: Actor): Promise<Answer<'doorLinks'>> {
  const rows = await linksOf(host.store.reader, actor.id);
  return [...doors.values()].map(({ key, label }) => {
    const row = rows.find(({ door }) => door === key);
    return { key, label, called: row?.called ?? null, linkedAt: row?.linked_at ?? null };
  });
}

/** [IDP5] An open session is not its person: the password says that he is there, and that he can come in without the door. */
export async function provePassword(host: Host, actor: Actor, password: string, origin: Origin): Promise<void> {
  const account = await accountOf(host.store.reader, actor.id);
  if (!account) throw new Refusal('not.allowed');
  const guess = await run(host, { actor }, (tx) => count(tx, account.username, actor.id, origin, host.now()));
  if (!(await matches(password, guess.admitted ? account.password : NOBODY))) throw new Refusal('session.wrong');
  await host.store.transaction((tx) => forgive(tx, guess));
}

/** false: the subject is somebody else's, or this account is linked already. */
export async function link(
  host: Host,
  { key, label }: Door,
  { subject, called }: Outside,
  { person, address }: { person: string; address: string },
): Promise<boolean> {
  return run(host, { actor: SYSTEM }, async (tx) => {
    const subject_hash = hashOf(subject);
    const known = await linkOf(tx, key, subject_hash);
    const own = (await linksOf(tx, person)).some(({ door }) => door === key);
    if (known || own) return false;
    await addLink(tx, { door: key, subject_hash, subject, person_id: person, called, linked_at: host.now() });
    await audit(tx, host, person, 'door-linked', { door: key, name: label, reason: `${called} (${subject})`, address });
    return true;
  });
}

/** Ends the link, and the sessions that came by it but the one that asks. */
export async function unlink(
  host: Host,
  { key, label }: Door,
  { actor, token, address }: { actor: Actor; token: string; address: string },
): Promise<void> {
  await run(host, { actor }, async (tx) => {
    const known = (await linksOf(tx, actor.id)).find(({ door }) => door === key);
    if (!known || (await dropLink(tx, actor.id, key)) === 0) throw new Refusal('not.found');
    await dropDoorSessions(tx, { door: key, person_id: actor.id }, hashOf(token));
    const reason = `${known.called} (${known.subject})`;
    await audit(tx, host, actor.id, 'door-unlinked', { door: key, name: label, reason, address });
  });
}

/** Ends the session; where the person goes on signing out at the door it came by, null: nowhere. */
export async function leave(host: Host, doors: ReadonlyMap<string, Door>, token: string): Promise<string | null> {
  const session = await host.store.transaction(async (tx) => {
    const known = await sessionOf(tx, hashOf(token));
    await dropSession(tx, hashOf(token));
    return known;
  });
  const door = session?.door ? doors.get(session.door) : undefined;
  if (!door?.leave) return null;
  const hint = session?.door_hint ? unseal(token, session.door_hint) : null;
  return door.leave(hint, `${host.publicUrl.replace(/\/$/, '')}/`);
}

/** [IDP8] The other side has said that somebody has signed out or left there; false: it has said so before. */
export async function farewell(host: Host, { key, label }: Door, said: Farewell, address: string): Promise<boolean> {
  const now = host.now();
  return run(host, { actor: SYSTEM }, async (tx) => {
    if (!(await hearOnce(tx, hashOf(`${key} ${said.message}`), now, now - MEMORY))) return false;
    const people =
      said.session !== null
        ? await dropDoorSessions(tx, { door: key, door_session: hashOf(said.session) })
        : await dropDoorSessions(tx, { door: key, door_person: hashOf(said.person!) });
    for (const person of people) await audit(tx, host, person, 'door-ended', { door: key, name: label, address });
    return true;
  });
}

const audit = (tx: Tx, host: Host, person: string, act: string, detail: Record<string, unknown>): Promise<void> =>
  recordAudit(tx, { id: host.newId(), at: host.now(), person, act, object: 'session', detail });

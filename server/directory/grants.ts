/**
 * Owns that roles which decide, or read whole cases, take effect only when the security administrator has consented: the system
 * administrator asks, a second person gives, and neither gives anything to himself (三员分立). Which roles these are the words of the
 * directory say (`approval`). Taking a role away needs nobody's consent. Rule: [DIR14].
 */
import type { Actor } from '@ganwei/core/actor';
import type { Answer } from '@ganwei/core/contract';
import { Refusal } from '@ganwei/core/refusal';
import type { DirectoryWords } from '@ganwei/release/directory';
import { ACTING } from '../catalogue/directory.ts';
import type { Host } from '../catalogue/host.ts';
import { directoryChanged, loadDirectory } from '../store/directory.ts';
import { addGrants, closeGrant, type GrantRow, openGrants } from '../store/grants.ts';
import type { Tx } from '../store/open.ts';
import { recordAudit } from '../store/record.ts';
import { ASKED_BY, ROLES, titleOf } from './columns.ts';
import { organisation } from './look.ts';
import { type Change, type Organisation, organisationOf, type Person } from './organisation.ts';
import { writeChange } from './write.ts';

/** A role that somebody is to hold in a unit. */
export interface Wanted {
  person: string;
  unit: string;
  role: string;
}

const plain = (role: string): string => (role.startsWith(ACTING) ? role.slice(ACTING.length) : role);

/** Splits a change: what takes effect at once, and the roles that wait for consent. */
export function withheld(
  before: Organisation,
  change: Change,
  words: DirectoryWords | undefined,
): { change: Change; wanted: Wanted[] } {
  const guarded = new Set(words?.roles.filter(({ approval }) => approval).map(({ key }) => key));
  const wanted: Wanted[] = [];
  const people = [...change.people.values()].map((person): Person => {
    const held = (unit: string) => before.people.get(person.id)?.posts.find((post) => post.unit === unit)?.roles ?? [];
    const posts = person.posts.map((post) => {
      const waiting = post.roles.filter((role) => guarded.has(plain(role)) && !held(post.unit).includes(role));
      wanted.push(...waiting.map((role) => ({ person: person.id, unit: post.unit, role })));
      return { ...post, roles: post.roles.filter((role) => !waiting.includes(role)) };
    });
    return { ...person, posts };
  });
  return { change: { units: change.units, people: new Map(people.map((person) => [person.id, person])) }, wanted };
}

/** Asks for what is not asked for already. */
export async function askFor(tx: Tx, host: Host, actor: Actor, wanted: readonly Wanted[]): Promise<void> {
  const open = wanted.length > 0 ? await openGrants(tx) : [];
  const asked = (one: Wanted) =>
    open.some((row) => row.person_id === one.person && row.unit_id === one.unit && row.role === one.role);
  const fresh = wanted.filter((one) => !asked(one));
  await addGrants(
    tx,
    fresh.map((one) => ({
      id: host.newId(),
      person_id: one.person,
      unit_id: one.unit,
      role: one.role,
      asked_by: actor.id,
      asked_at: host.now(),
      state: 'open',
      decided_by: '',
      decided_at: 0,
    })),
  );
}

/** What waits, and who holds which guarded role today: the security administrator's page. */
export async function grantsView(host: Host): Promise<Answer<'grants'>> {
  const words = host.catalogue().directoryWords;
  const { people, units } = await organisation(host);
  const roles = words?.roles ?? [];
  const named = (role: string) => ({ role: titleOf(plain(role), roles), acting: role.startsWith(ACTING) });
  const nameOf = (id: string) => people.get(id)?.name ?? host.directory().nameOf(id);
  const guarded = new Set(roles.filter(({ approval }) => approval).map(({ key }) => key));
  const open = await openGrants(host.store.reader);
  return {
    open: open.map((row) => ({
      id: row.id,
      person: nameOf(row.person_id),
      unit: units.get(row.unit_id)?.name ?? row.unit_id,
      ...named(row.role),
      askedBy: nameOf(row.asked_by),
      askedAt: row.asked_at,
    })),
    held: [...host.directory().people.values()]
      .filter(({ active }) => active)
      .flatMap((person) =>
        person.posts.flatMap((post) =>
          post.roles
            .filter((role) => guarded.has(plain(role)))
            .map((role) => ({ person: person.name, unit: units.get(post.unit)?.name ?? post.unit, ...named(role) })),
        ),
      ),
    administrators: [...host.directory().people.values()]
      .filter(({ active, duties }) => active && duties.length > 0)
      .map(({ id, name, username, duties }) => ({ id, name, username, duties: [...duties] })),
  };
}

/** [DIR14] Consents to roles or refuses them, all of these or none; nobody decides on his own. */
export async function decideGrants(
  host: Host,
  actor: Actor,
  { ids, agree }: { ids: readonly string[]; agree: boolean },
): Promise<void> {
  await host.store.transaction(async (tx) => {
    const open = (await openGrants(tx)).filter((row) => ids.includes(row.id));
    if (open.length !== new Set(ids).size) throw new Refusal('not.found');
    if (open.some((row) => row.person_id === actor.id || row.asked_by === actor.id)) throw new Refusal('not.allowed');
    const now = host.now();
    for (const row of open) {
      const state = agree ? 'agreed' : 'refused';
      await closeGrant(tx, row.id, { state, decided_by: actor.id, decided_at: now });
      await recordAudit(tx, {
        id: host.newId(),
        at: now,
        person: actor.id,
        act: agree ? 'role-granted' : 'role-refused',
        object: row.person_id,
        detail: { name: host.directory().nameOf(row.person_id), fields: rolesFields(host, row) },
      });
    }
    if (!agree) return;
    const before = organisationOf(await loadDirectory(tx));
    await writeChange(tx, before, { units: new Map(), people: given(before, open) });
    await directoryChanged(tx);
  });
  await host.refresh();
}

/** The people with the roles they have been given, where they still hold the post. */
function given({ people }: Organisation, rows: readonly GrantRow[]): Map<string, Person> {
  const changed = new Map<string, Person>();
  for (const { person_id: id, unit_id: unit, role } of rows) {
    const person = changed.get(id) ?? people.get(id);
    if (!person) continue;
    const posts = person.posts.map((post) =>
      post.unit === unit && !post.roles.includes(role) ? { ...post, roles: [...post.roles, role] } : post,
    );
    changed.set(id, { ...person, posts });
  }
  return changed;
}

/** What the audit log keeps of a decision: the role, where, and who asked for it. */
function rolesFields(host: Host, { unit_id, role, asked_by }: GrantRow) {
  const directory = host.directory();
  const title = titleOf(plain(role), host.catalogue().directoryWords?.roles);
  return [
    { field: `${ROLES}（${directory.nameOf(unit_id)}）`, before: '', after: title },
    { field: ASKED_BY, before: '', after: directory.nameOf(asked_by) },
  ];
}

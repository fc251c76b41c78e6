/** Owns the small look-ups behind choosers and the administrators' lists. Rules: [A1] [Q2] a search never reveals what the list would not. */
import type { Actor } from '@ganwei/core/actor';
import type { Answer, ParsedQuery } from '@ganwei/core/contract';
import { Refusal } from '@ganwei/core/refusal';
import { statusOf } from '../catalogue/case-scope.ts';
import type { Host } from '../catalogue/host.ts';
import { casesOfPerson, loadCase, partsOf } from '../store/cases.ts';
import { linksOfFile, loadFiles } from '../store/drafts.ts';
import { deadEffects, openEffects } from '../store/effects.ts';
import { letterByFile, loadLetter, receiptsOf } from '../store/letters.ts';
import { letterView } from './case/letters.ts';
import { lookAt, personRef } from './look.ts';

const MOST = 30;
const idsOf = (ids: string | undefined): Set<string> | undefined => (ids ? new Set(ids.split(',')) : undefined);

export function people(host: Host, { q, ids, unit }: ParsedQuery<'people'>): Answer<'people'> {
  const wanted = idsOf(ids);
  const found: Answer<'people'> = [];
  for (const person of host.directory().people.values()) {
    if (found.length >= (wanted ? 200 : MOST)) break;
    if (wanted ? !wanted.has(person.id) : !person.active || person.posts.length === 0) continue;
    if (unit && !person.posts.some((post) => post.unit === unit)) continue;
    const ref = personRef(host, person.id);
    const post = person.posts[0]?.title ?? '';
    if (!wanted && q && ![ref.name, ref.unit, post, person.username].some((text) => text.includes(q))) continue;
    found.push({ ...ref, post });
  }
  return found;
}

export function units(host: Host, { q, ids }: ParsedQuery<'units'>): Answer<'units'> {
  const wanted = idsOf(ids);
  const directory = host.directory();
  return [...directory.units.values()]
    .filter((unit) =>
      wanted ? wanted.has(unit.id) : unit.active && (!q || unit.name.includes(q) || unit.shortName.includes(q)),
    )
    .slice(0, 200)
    .map((unit) => ({ id: unit.id, name: unit.name, path: directory.pathOf(unit.id) }));
}

export function dictionary(host: Host, key: string): Answer<'dictionary'> {
  const found = host.catalogue().dictionary(key);
  if (!found) throw new Refusal('not.found');
  return {
    key,
    title: found.title,
    items: found.items.map(({ code, label, active, note, attributes }) => ({
      code,
      label,
      active,
      note,
      attributes: attributes as never,
    })),
  };
}

/** The years of the calendar, for forms that reckon with working days while they are filled in. */
export function calendar(host: Host): Answer<'calendar'> {
  return host.catalogue().years.map(({ year, off, work }) => ({ year, off: [...off], work: [...work] }));
}

/** Cases a person may refer to: those he takes part in. */
export async function caseRefs(
  host: Host,
  actor: Actor,
  { process, q, ids }: ParsedQuery<'caseRefs'>,
): Promise<Answer<'caseRefs'>> {
  const rows = await casesOfPerson(host.store.reader, actor.id, {
    process,
    q,
    ids: ids ? [...idsOf(ids)!] : [],
    limit: MOST,
  });
  return Promise.all(
    rows.map(async (row) => {
      const { model } = await host.catalogue().process(row.process, row.version);
      return {
        id: row.id,
        number: row.number,
        title: row.title,
        status: statusOf(model.case.statuses, row.status, row.state).label,
      };
    }),
  );
}

/** A letter for its recipients and for those who may read its case. */
export async function letter(host: Host, actor: Actor, id: string): Promise<Answer<'letter'>> {
  const tx = host.store.reader;
  const row = await loadLetter(tx, id);
  if (!row) throw new Refusal('not.found');
  const receipts = await receiptsOf(tx, [id]);
  const mine = receipts.some((receipt) => receipt.person_id === actor.id);
  const readable = row.case_id ? await mayRead(host, actor, row.case_id) : false;
  if (!mine && !readable) throw new Refusal('not.found');
  const [file] = await loadFiles(tx, [row.file_id]);
  const own = row.case_id && readable ? await loadCase(tx, row.case_id) : undefined;
  return {
    ...letterView(host, row, receipts, file),
    case: own ? { id: own.id, title: own.title, number: own.number } : null,
  };
}

async function mayRead(host: Host, actor: Actor, caseId: string): Promise<boolean> {
  try {
    await lookAt(host, actor, caseId);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** [A1] A file for its owner, for recipients of the letter it is, and for those who see the form it was filed under. */
export async function readableFile(host: Host, actor: Actor, id: string) {
  const tx = host.store.reader;
  const [file] = await loadFiles(tx, [id]);
  if (!file) throw new Refusal('not.found');
  if (file.owner_id === actor.id) return file;
  for (const link of await linksOfFile(tx, id)) {
    if (link.place === 'letter') {
      const own = await letterByFile(tx, id);
      if (own && (await receiptsOf(tx, [own.id])).some((receipt) => receipt.person_id === actor.id)) return file;
    }
    if ((await partsOf(tx, link.case_id, actor.id)).size === 0 && !(await mayRead(host, actor, link.case_id))) continue;
    const look = await lookAt(host, actor, link.case_id);
    if (link.place === 'attachment' || link.place === 'letter' || look.reading.forms.has(link.place)) return file;
  }
  throw new Refusal('not.found');
}

export async function effects(host: Host): Promise<Answer<'effects'>> {
  const tx = host.store.reader;
  const open = (await openEffects(tx)).map((row) => ({
    ...row,
    dead: false,
    nextAt: row.next_at as number | null,
  }));
  const dead = (await deadEffects(tx)).map((row) => ({ ...row, dead: true, nextAt: null }));
  return [...dead, ...open].map((row) => ({
    id: row.id,
    type: row.type,
    target: row.target,
    caseId: row.case_id,
    attempts: row.attempts,
    nextAt: row.nextAt,
    error: row.error,
    dead: row.dead,
    createdAt: row.created_at,
  }));
}

export function unitTree(host: Host): Answer<'unitTree'> {
  const directory = host.directory();
  return [...directory.units.values()].map((unit) => ({
    id: unit.id,
    name: unit.name,
    parent: unit.parent,
    kind: unit.kind,
    level: unit.level,
    active: unit.active,
    people: directory.members(unit.id).length,
  }));
}

export function directoryPeople(host: Host, { unit, q }: ParsedQuery<'directoryPeople'>): Answer<'directoryPeople'> {
  const directory = host.directory();
  return [...directory.people.values()]
    .filter((person) => !unit || person.posts.some((post) => post.unit === unit))
    .filter((person) => !q || person.name.includes(q) || person.username.includes(q))
    .slice(0, 500)
    .map((person) => ({
      id: person.id,
      name: person.name,
      username: person.username,
      active: person.active,
      administers: person.duties.length > 0,
      posts: person.posts.map((post) => ({
        unit: directory.units.get(post.unit)?.name ?? '',
        title: post.title,
        roles: [...post.roles],
      })),
    }));
}

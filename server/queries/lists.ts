/** Owns the small look-ups behind choosers and the administrators' lists. Rules: [A1] [Q2] a search never reveals what the list would not. */
import type { Actor } from '@ganwei/core/actor';
import type { Answer, ParsedQuery } from '@ganwei/core/contract';
import { Refusal } from '@ganwei/core/refusal';
import { folded } from '@ganwei/core/text';
import { statusOf } from '../catalogue/case-scope.ts';
import type { Host } from '../catalogue/host.ts';
import { seesAll } from '../catalogue/reading.ts';
import { casesToRefer } from '../catalogue/references.ts';
import { loadCase } from '../store/cases.ts';
import { linksOfFile, loadFiles } from '../store/drafts.ts';
import { deadEffects, openEffects } from '../store/effects.ts';
import { peopleWithFactor } from '../store/factors.ts';
import { letterByFile, loadLetter, receiptsOf } from '../store/letters.ts';
import type { FileLinkRow } from '../store/rows.ts';
import { isAddressed } from './case/audience.ts';
import { formsOf } from './case/forms.ts';
import { letterView, receiptsFor } from './case/letters.ts';
import { type Look, lookIfAllowed, personRef } from './look.ts';

const MOST = 30;
/** [Q20] Does one of the texts contain what is looked for? */
const finds = (q: string, ...texts: readonly string[]): boolean =>
  texts.some((text) => folded(text).includes(folded(q)));
const idsOf = (ids: string | undefined): Set<string> | undefined => (ids ? new Set(ids.split(',')) : undefined);

/** `among`: only these. */
export function people(
  host: Host,
  { q, ids, unit }: Pick<ParsedQuery<'people'>, 'q' | 'ids' | 'unit'>,
  among?: ReadonlySet<unknown>,
): Answer<'people'> {
  const wanted = idsOf(ids);
  const found: Answer<'people'> = [];
  for (const person of host.directory().people.values()) {
    if (found.length >= (wanted ? 200 : MOST)) break;
    if (wanted ? !wanted.has(person.id) : !person.active || person.posts.length === 0) continue;
    if (among && !among.has(person.id)) continue;
    if (unit && !person.posts.some((post) => post.unit === unit)) continue;
    const ref = personRef(host, person.id);
    const post = person.posts[0]?.title ?? '';
    if (!wanted && q && !finds(q, ref.name, ref.unit, post, person.username)) continue;
    found.push({ ...ref, post });
  }
  return found;
}

export function units(host: Host, { q, ids, parent }: ParsedQuery<'units'>): Answer<'units'> {
  const wanted = idsOf(ids);
  const directory = host.directory();
  const all = [...directory.units.values()];
  const above = new Set(all.flatMap((unit) => (unit.active && unit.parent ? [unit.parent] : [])));
  return all
    .filter((unit) => (wanted ? wanted.has(unit.id) : unit.active && (!q || finds(q, unit.name, unit.shortName))))
    .filter((unit) => parent === undefined || (unit.parent ?? '') === parent)
    .slice(0, 200)
    .map(({ id, name }) => ({ id, name, path: directory.pathOf(id), below: above.has(id) }));
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

/** Cases a person may refer to: those he takes part in and may still open, and those of his unit where their flow says so. */
export async function caseRefs(
  host: Host,
  actor: Actor,
  { process, q, ids, statuses }: ParsedQuery<'caseRefs'>,
): Promise<Answer<'caseRefs'>> {
  const found = await casesToRefer(host.store.reader, host, actor, {
    process,
    q,
    ids: ids ? [...idsOf(ids)!] : [],
    statuses: statuses ? [...idsOf(statuses)!] : [],
    limit: MOST,
  });
  const shown = await Promise.all(
    found.map(async ({ row, ofUnit }) => ofUnit || (await lookIfAllowed(host, actor, row.id)) !== undefined),
  );
  const rows = found.filter((_, i) => shown[i]).slice(0, MOST);
  return Promise.all(
    rows.map(async ({ row: { id, number, title, status, state, process: key, version } }) => {
      const { model } = await host.catalogue().process(key, version);
      return { id, number, title, status: statusOf(model.case.statuses, status, state).label };
    }),
  );
}

/** A letter for its recipients and for those who may read all letters of its case; the former see their own receipt. */
export async function letter(host: Host, actor: Actor, id: string): Promise<Answer<'letter'>> {
  const tx = host.store.reader;
  const row = await loadLetter(tx, id);
  if (!row) throw new Refusal('not.found');
  const receipts = await receiptsOf(tx, [id]);
  const own = receipts.filter((receipt) => receipt.person_id === actor.id);
  const look = row.case_id ? await lookIfAllowed(host, actor, row.case_id) : undefined;
  const readable = look !== undefined && maySeeLetter(look, id);
  if (own.length === 0 && !readable) throw new Refusal('not.found');
  const [file] = await loadFiles(tx, [row.file_id]);
  return {
    ...letterView(host, row, look ? receiptsFor(look, receipts) : own, file),
    case: look ? { id: look.row.id, title: look.row.title, number: look.row.number } : null,
    watermark: await bearsWatermark(host, row.case_id),
  };
}

/** [Q31] For whoever may see the letter. */
async function bearsWatermark(host: Host, caseId: string | null): Promise<boolean> {
  const row = caseId ? await loadCase(host.store.reader, caseId) : undefined;
  return row !== undefined && (await host.catalogue().process(row.process, row.version)).model.case.watermark;
}

const maySeeLetter = ({ reading }: Look, id: string): boolean => seesAll(reading, 'letters') || reading.letters.has(id);

/** [A1] A file for its owner, for recipients of the letter it is, and for those who see the place of the case it was filed under. */
export async function readableFile(host: Host, actor: Actor, id: string) {
  const tx = host.store.reader;
  const [file] = await loadFiles(tx, [id]);
  if (!file) throw new Refusal('not.found');
  const letterRow = await letterByFile(tx, id);
  // [READ13] Before, a letter was the file of whoever had it issued.
  if (file.owner_id === actor.id && !letterRow) return file;
  if (letterRow && (await receiptsOf(tx, [letterRow.id])).some(({ person_id }) => person_id === actor.id)) return file;
  for (const link of await linksOfFile(tx, id)) {
    const look = await lookIfAllowed(host, actor, link.case_id);
    if (look && (await isShown(look, link, letterRow?.id))) return file;
  }
  throw new Refusal('not.found');
}

/** Is the file in what he sees of the case: a letter, an attachment, a value of a form that is not hidden from him? */
async function isShown(look: Look, link: FileLinkRow, letterId: string | undefined): Promise<boolean> {
  if (link.place === 'letter') return letterId !== undefined && maySeeLetter(look, letterId);
  if (link.place === 'attachment') return isAddressed(look, { author: link.by, audience: link.audience });
  if (seesAll(look.reading, 'forms')) return true;
  if (!look.reading.forms.has(link.place)) return false;
  const shown = (await formsOf(look)).find(({ as }) => as === link.place);
  return JSON.stringify([shown?.values, shown?.list]).includes(`"${link.file_id}"`);
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

export async function directoryPeople(
  host: Host,
  { unit, q }: ParsedQuery<'directoryPeople'>,
): Promise<Answer<'directoryPeople'>> {
  const directory = host.directory();
  const protectedBy = await peopleWithFactor(host.store.reader);
  return [...directory.people.values()]
    .filter((person) => !unit || person.posts.some((post) => post.unit === unit))
    .filter((person) => !q || finds(q, person.name, person.username))
    .slice(0, 500)
    .map((person) => ({
      id: person.id,
      name: person.name,
      username: person.username,
      active: person.active,
      administers: person.duties.length > 0,
      factor: protectedBy.has(person.id),
      posts: person.posts.map((post) => ({
        unit: directory.units.get(post.unit)?.name ?? '',
        title: post.title,
        roles: [...post.roles],
      })),
    }));
}

/**
 * Owns changing the directory: a unit or a person from a page, many from a list (with a dry run). Nothing is written when anything is wrong;
 * what was written stands in the audit log as it was and as it is, every role by itself. New accounts get a first password, told once.
 * Rules: [DIR4] [DIR5] [DIR6] [DIR13].
 */
import { localDate } from '@ganwei/calendar/zone';
import type { Actor } from '@ganwei/core/actor';
import type { Answer, ParsedBody } from '@ganwei/core/contract';
import { because, type Language, said } from '@ganwei/core/reason';
import { complaint, Refusal } from '@ganwei/core/refusal';
import type { DirectoryWords } from '@ganwei/release/directory';
import type { Host } from '../catalogue/host.ts';
import { purposeOf } from '../catalogue/purpose.ts';
import { firstPassword, hashPassword } from '../identity/hashing.ts';
import { addAccount, directoryChanged, loadDirectory } from '../store/directory.ts';
import { openGrants } from '../store/grants.ts';
import type { Tx } from '../store/open.ts';
import { recordAudit } from '../store/record.ts';
import { LIST } from './columns.ts';
import { differences } from './differences.ts';
import { sheetsOf } from './export.ts';
import { askFor, withheld } from './grants.ts';
import { judge } from './judge.ts';
import { type Problem, readLines, titleProblems } from './lines.ts';
import { organisation } from './look.ts';
import { type Change, type Organisation, organisationOf, type Person } from './organisation.ts';
import { readTable, writeTable } from './workbook.ts';
import { writeChange } from './write.ts';

type Report = Answer<'importDirectory'>;
type Password = Report['passwords'][number];

/** Problems and changes that a report names one by one. */
const NAMED = 300;
/** New accounts of one list: each costs a twentieth of a second for the hash of its first password. */
const NEWCOMERS = 500;

const wordsOf = (host: Host): DirectoryWords | undefined => host.catalogue().directoryWords;

/** [DIR4] [DIR5] Reads a list, tells what it would change and what is wrong; writes when `apply` is set and nothing is wrong. */
export async function importDirectory(
  host: Host,
  actor: Actor,
  { file, apply }: ParsedBody<'importDirectory'>,
  language: Language = 'zh-CN',
): Promise<Report> {
  const table = await readTable(Buffer.from(file, 'base64'));
  const before = await organisation(host);
  const { change, problems, places } = readLines(table.lines, before, wordsOf(host));
  const wrong: Problem[] = [...titleProblems(table.titles, wordsOf(host)), ...problems];
  const tooMany = newcomers(before, change)[NEWCOMERS];
  if (tooMany) {
    const { sheet, line } = places.get(`person/${tooMany.id}`)!;
    wrong.push({ sheet, line, reason: because('list.newcomers', { most: NEWCOMERS }) });
  }
  const changes = differences(before, change, wordsOf(host)).map(({ of, id, ...what }) => {
    const { sheet, line } = places.get(`${of}/${id}`)!;
    return { sheet, line, of, ...what };
  });
  const report = {
    applied: false,
    problems: wrong.slice(0, NAMED).map(({ reason, ...place }) => ({ ...place, message: said(reason, language) })),
    changes: changes.slice(0, NAMED),
    count: { problems: wrong.length, changes: changes.length },
    waiting: withheld(before, change, wordsOf(host)).wanted.length,
    passwords: [] as Password[],
  };
  if (!apply || wrong.length > 0) return report;
  return { ...report, applied: true, passwords: await keep(host, actor, 'directory-import', () => change) };
}

/** [R3] The whole organisation as an Excel file; what for stands on the log. */
export async function exportDirectory(
  host: Host,
  actor: Actor,
  reason: string,
): Promise<{ name: string; bytes: Buffer }> {
  const purpose = purposeOf(reason);
  const made = await writeTable(sheetsOf(await organisation(host), wordsOf(host)));
  await host.store.transaction((tx) =>
    recordAudit(tx, {
      id: host.newId(),
      at: host.now(),
      person: actor.id,
      act: 'export',
      object: 'directory',
      detail: { reason: purpose },
    }),
  );
  return { name: `${LIST}${localDate(host.now())}.xlsx`, bytes: made };
}

/** A unit as a page says it; a new one comes to be. Complaints are told at their fields. */
export async function keepUnit(host: Host, actor: Actor, id: string, unit: ParsedBody<'keepUnit'>): Promise<void> {
  await keep(host, actor, 'unit-changed', (before) => {
    const { sort } = before.units.get(id) ?? {};
    return { units: new Map([[id, { ...unit, id, sort }]]), people: new Map() };
  });
}

/** A person with all posts. A new person gets an account; the first password is answered, once. */
export async function keepPerson(
  host: Host,
  actor: Actor,
  id: string,
  person: ParsedBody<'keepPerson'>,
): Promise<{ password: string; waiting: number }> {
  const [made] = await keep(host, actor, 'person-changed', (before) => {
    const known = before.people.get(id);
    // The name one signs in with stays: sessions, records and other systems know the person by it.
    const username = known?.username || person.username;
    const posts = person.posts.map((post) => ({
      ...post,
      sort: known?.posts.find((one) => one.unit === post.unit)?.sort,
    }));
    const others = known?.posts.filter((post) => !posts.some((one) => one.unit === post.unit)) ?? [];
    return { units: new Map(), people: new Map([[id, { ...person, id, username, posts: [...posts, ...others] }]]) };
  });
  const open = (await openGrants(host.store.reader)).filter((row) => row.person_id === id);
  return { password: made?.password ?? '', waiting: open.length };
}

/** Judges the change against what is there in the same transaction, writes it and what it was before. */
async function keep(
  host: Host,
  actor: Actor,
  act: 'directory-import' | 'unit-changed' | 'person-changed',
  changeOf: (before: Organisation) => Change,
): Promise<Password[]> {
  const hashes = await firstPasswords(await organisation(host), changeOf);
  const made = await host.store.transaction(async (tx) => {
    const before = organisationOf(await loadDirectory(tx));
    const change = changeOf(before);
    const complaints = judge(before, change, wordsOf(host), actor.id);
    if (complaints.length > 0) {
      const fields = complaints.map(({ field, reason }) => complaint(field, 'directory', reason));
      throw new Refusal('input.invalid', { count: fields.length }, fields);
    }
    const { change: now, wanted } = withheld(before, change, wordsOf(host));
    await askFor(tx, host, actor, wanted);
    const differing = differences(before, now, wordsOf(host));
    if (differing.length === 0) return [];
    await writeChange(tx, before, now);
    const fresh = newcomers(before, change);
    for (const { id, username } of fresh) await openAccount(tx, id, username, hashes.get(id)!.hash);
    for (const { of, id, name, fields } of differing)
      await recordAudit(tx, {
        id: host.newId(),
        at: host.now(),
        person: actor.id,
        act,
        object: id,
        detail: { of, name, fields },
      });
    await directoryChanged(tx);
    return fresh.map(({ id, username }) => ({ username, password: hashes.get(id)!.password }));
  });
  await host.refresh();
  return made;
}

const newcomers = (before: Organisation, { people }: Change): Person[] =>
  [...people.values()].filter((person) => !before.people.get(person.id)?.username);

/** Reckoned before the transaction, one after the other: hashing takes its time on purpose, and others want to sign in meanwhile. */
async function firstPasswords(
  before: Organisation,
  changeOf: (before: Organisation) => Change,
): Promise<Map<string, { password: string; hash: string }>> {
  const made = new Map<string, { password: string; hash: string }>();
  for (const { id } of newcomers(before, changeOf(before))) {
    const password = firstPassword();
    made.set(id, { password, hash: await hashPassword(password) });
  }
  return made;
}

const openAccount = (tx: Tx, person: string, username: string, password: string): Promise<void> =>
  addAccount(tx, {
    person_id: person,
    username,
    password,
    password_due: true,
    duties: '[]',
  });

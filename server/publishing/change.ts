/**
 * Owns a change while one looks at it or changes it: its head, its drafts as they stand against what is in force, its authors, and the rights of
 * whoever asks. Every verb on a change is one transaction begun here. What a draft says that is in force already is no part of the change any
 * more. Rules: [CHG2] [CHG3] [CHG7] [CHG11].
 */
import { localDateTime } from '@ganwei/calendar/zone';
import type { Actor } from '@ganwei/core/actor';
import { Refusal } from '@ganwei/core/refusal';
import { type ChangeFacts, governedBy, type Rights, rightsOf } from '@ganwei/release/change';
import { KIND_NAMES, type Kind } from '@ganwei/release/definition';
import { fullKey } from '@ganwei/release/keys';
import { idOf, type Named } from '@ganwei/release/paths';
import type { Host } from '../catalogue/host.ts';
import { type Call, run } from '../commands/run.ts';
import {
  type AuthorRow,
  addAuthors,
  appendRecord,
  authorsOf,
  type ChangeRow,
  type DraftEntry,
  draftsOf,
  dropDefinitionDraft,
  loadChange,
  updateChange,
} from '../store/changes.ts';
import type { Tx } from '../store/open.ts';
import { recordAudit } from '../store/record.ts';
import { type InForce, readInForce } from './in-force.ts';

/** A draft as it stands against what is in force. */
export interface Draft extends Named {
  what: 'added' | 'changed' | 'retired';
  revision: number;
  by: string;
  at: number;
  /** the text in force is not the one it was begun from */
  behind: boolean;
}

/** A change as one person looks at it. */
export interface Look {
  readonly row: ChangeRow;
  readonly rights: Rights;
  readonly inForce: InForce;
  /** all rows of it, also what is in force already */
  readonly entries: readonly DraftEntry[];
  /** what it would make different; of one that has come to its end, what it made so */
  readonly drafts: readonly Draft[];
  readonly authors: readonly AuthorRow[];
  readonly facts: ChangeFacts;
}

const isFinished = ({ state }: ChangeRow): boolean => state === 'published' || state === 'withdrawn';

/** [CHG11] The rights of a person; who has none is answered as if there were nothing. */
export function rightsIn(host: Host, actor: Actor): Rights {
  const rights = rightsOf(actor, host.catalogue().applications);
  if (!rights.any) throw new Refusal('not.found');
  return rights;
}

/** Is the design centre there for this person? */
export const designs = (host: Host, actor: Actor): boolean => rightsOf(actor, host.catalogue().applications).any;

/** The three words of a row. */
export const namedRow = ({ kind, app, key }: { kind: string; app: string; key: string }): Named => ({
  kind: kind as Kind,
  app,
  key,
});

/** [CHG7] The drafts of a change as they stand; those that say what is in force already have fallen away. */
export function standing(row: ChangeRow, entries: readonly DraftEntry[], inForce: InForce): Draft[] {
  return entries.flatMap((entry) => {
    const named = namedRow(entry);
    const { hash, base_hash: base, revision, by, at } = entry;
    const current = isFinished(row) ? base : inForce.hash(named);
    if (hash === current) return [];
    const what = hash === '' ? 'retired' : current === '' ? 'added' : 'changed';
    return [{ ...named, what, revision, by, at, behind: base !== current }];
  });
}

export function lookFrom(
  row: ChangeRow,
  entries: DraftEntry[],
  authors: AuthorRow[],
  inForce: InForce,
  rights: Rights,
): Look {
  const drafts = standing(row, entries, inForce);
  const people = [...new Set(authors.map(({ person_id }) => person_id))];
  return { row, rights, inForce, entries, drafts, authors, facts: { state: row.state, authors: people, drafts } };
}

/** The change, for whoever has rights of design; refused as not found for everybody else. */
export async function lookAtChange(tx: Tx, host: Host, actor: Actor, id: string): Promise<Look> {
  const rights = rightsIn(host, actor);
  const row = await loadChange(tx, id);
  if (!row) throw new Refusal('not.found');
  return lookFrom(row, await draftsOf(tx, [id]), await authorsOf(tx, [id]), await readInForce(tx), rights);
}

/** What happened to a change, as its record says. */
export type Happening =
  | 'created'
  | 'submitted'
  | 'returned'
  | 'agreed'
  | 'scheduled'
  | 'published'
  | 'withdrawn'
  | 'rebased'
  | 'reopened'
  | 'unscheduled'
  | 'comment'
  | 'renamed'
  | 'unrenamed';

/** Appends to the record of a change. `by`: '' the server itself. */
export const noteChange = (
  tx: Tx,
  host: Host,
  change: string,
  { what, words = '', by }: { what: Happening; words?: string; by: string },
): Promise<void> =>
  appendRecord(tx, { id: host.newId(), change_id: change, at: host.now(), person_id: by, what, words });

/** What the audit log keeps: the title, the words, and which definitions. */
export const auditChange = (
  tx: Tx,
  host: Host,
  act: string,
  { id, title }: Pick<ChangeRow, 'id' | 'title'>,
  { by, reason = '', definitions = [] }: { by: string; reason?: string; definitions?: readonly Named[] },
): Promise<void> =>
  recordAudit(tx, {
    id: host.newId(),
    at: host.now(),
    person: by,
    act,
    object: id,
    detail: { name: title, reason, fields: definitions.map(differenceOf) },
  });

/** What the audit log keeps of content that is carried out or in. */
export const auditContent = (
  tx: Tx,
  host: Host,
  act: string,
  { actor, address = '' }: Call,
  name: string,
): Promise<void> =>
  recordAudit(tx, {
    id: host.newId(),
    at: host.now(),
    person: actor.id,
    act,
    object: name,
    detail: { name, address },
  });

/** Refuses whoever may not draft all of these. */
export function mayDraftAll(rights: Rights, drafts: readonly Named[]): void {
  if (!drafts.every((named) => rights.may('draft', governedBy(named)))) throw new Refusal('not.allowed');
}

const differenceOf = (named: Named) => ({ field: KIND_NAMES[named.kind], before: '', after: fullKey(named) });

/** A change that is being changed, in one transaction. */
export interface Work extends Look {
  readonly tx: Tx;
  readonly host: Host;
  readonly actor: Actor;
  readonly now: number;
  /** Writes the head; whoever changed it meanwhile has won, and this is tried again. */
  keep(change: Partial<ChangeRow>): Promise<void>;
  note(what: Happening, words?: string): Promise<void>;
  audit(act: string, more?: { reason?: string; definitions?: readonly Named[] }): Promise<void>;
}

/** One verb on one change. `request`: what was asked, so that one idempotency key cannot stand for two requests. */
export function onChange<T>(
  host: Host,
  call: Call,
  id: string,
  request: readonly unknown[],
  work: (work: Work) => Promise<T>,
): Promise<T> {
  return run(host, { ...call, request: [id, ...request] }, async (tx) =>
    work(workOn(tx, host, call.actor, await lookAtChange(tx, host, call.actor, id))),
  );
}

export const workOn = (tx: Tx, host: Host, actor: Actor, look: Look): Work => ({
  ...look,
  tx,
  host,
  actor,
  now: host.now(),
  keep: (change) => updateChange(tx, look.row, { changed_at: host.now(), ...change }),
  note: (what, words) => noteChange(tx, host, look.row.id, { what, by: actor.id, ...(words && { words }) }),
  audit: (act, more = {}) => auditChange(tx, host, act, look.row, { by: actor.id, ...more }),
});

/** [CHG3] Somebody has written in it: it is being drafted again, whatever had been agreed to. Answers with the revision of the writing. */
export async function written(work: Work, change: Partial<ChangeRow> = {}): Promise<number> {
  const { row } = work;
  if (row.state === 'submitted' || row.state === 'agreed') await work.note('reopened');
  await work.keep({ state: 'drafting', effective_on: null, ...change });
  return row.revision + 1;
}

/** [CHG7] Takes out what is in force already: it was not looked at, and must not come back when what is in force changes again. */
export async function dropFallen({ tx, row, entries, drafts }: Work): Promise<void> {
  const standing = new Set(drafts.map(idOf));
  for (const entry of entries) {
    const named = namedRow(entry);
    if (!standing.has(idOf(named))) await dropDefinitionDraft(tx, row.id, named);
  }
}

/** Puts down who has written these; the audit log is told once for each author and definition. */
export async function noteAuthors(work: Work, written: readonly Named[]): Promise<void> {
  const { tx, row, actor, authors } = work;
  const isKnown = ({ kind, app, key }: Named) =>
    authors.some((one) => one.person_id === actor.id && one.kind === kind && one.app === app && one.key === key);
  const fresh = written.filter((named) => !isKnown(named));
  if (fresh.length === 0) return;
  await addAuthors(
    tx,
    fresh.map(({ kind, app, key }) => ({ change_id: row.id, kind, app, key, person_id: actor.id })),
  );
  await work.audit('change-saved', { definitions: fresh });
}

/** When, as a refusal says it. */
export const moment = (at: number): string => localDateTime(at).slice(0, 16).replace('T', ' ');

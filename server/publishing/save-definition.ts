/**
 * Verbs: a definition of a change is saved, dropped from it, or set on the text in force. A draft may be wrong - the check says so - but it is a
 * text under a name that can be a file's. Nobody overwrites what he has not seen. Rules: [CHG2] [CHG3] [CHG7] [CHG20].
 */
import { MOST_DRAFTS } from '@ganwei/core/contract/changes';
import { because } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import { mayDraft } from '@ganwei/release/change';
import { OWNED } from '@ganwei/release/definition';
import { isNameable, type Named } from '@ganwei/release/paths';
import type { Host } from '../catalogue/host.ts';
import type { Call } from '../commands/run.ts';
import { type DraftEntry, dropDefinitionDraft, putDefinitionDrafts } from '../store/changes.ts';
import { moment, noteAuthors, onChange, type Work, written } from './change.ts';
import type { InForce } from './in-force.ts';
import { hashOf } from './release.ts';

export interface Saving extends Named {
  /** null: the change retires the definition */
  source: string | null;
  /** of the draft it was written on; 0: there was none */
  revision: number;
  /** where there was no draft: the version it was begun on; left out: the one in force */
  version?: number | undefined;
}

/** [CHG2] Keeps a text of a definition in the change. Answers with its new revision. */
export function saveDefinition(host: Host, call: Call, id: string, saving: Saving): Promise<{ revision: number }> {
  const { kind, app, key, source } = saving;
  const named = { kind, app, key };
  return onChange(host, call, id, ['save', named, source, saving.revision], async (work) => {
    const entry = drafting(work, named);
    nameable(work.inForce, named);
    isText(key, source);
    const hash = source === null ? '' : hashOf(source);
    // The answer to his own last saving was lost: what he has is what is there.
    if (entry && entry.by === work.actor.id && entry.hash === hash) return { revision: entry.revision };
    isSeen(work, named, entry, saving.revision);
    if (!entry && work.entries.length >= MOST_DRAFTS)
      throw new Refusal('input.too-large', { limit: because('change.many', { most: MOST_DRAFTS }) });
    const baseHash = entry?.base_hash ?? hashOfVersion(work.inForce, named, saving.version);
    return { revision: await keep(work, { ...named, source }, baseHash) };
  });
}

/** [CHG7] The text stands on the one in force now: whoever says so has seen both. */
export function rebaseDefinition(host: Host, call: Call, id: string, saving: Saving): Promise<{ revision: number }> {
  const { kind, app, key, source } = saving;
  const named = { kind, app, key };
  return onChange(host, call, id, ['rebase', named, source, saving.revision], async (work) => {
    const entry = drafting(work, named);
    if (!entry) throw new Refusal('not.found');
    isText(key, source);
    isSeen(work, named, entry, saving.revision);
    const others = work.drafts.filter((draft) => draft.behind && !isOf(named)(draft));
    await work.note('rebased', titleOf(work.inForce, named));
    const base = others.length === 0 ? { base: work.inForce.release } : {};
    return { revision: await keep(work, { ...named, source }, work.inForce.hash(named), base) };
  });
}

/** Takes a definition out of the change. */
export function dropDefinition(
  host: Host,
  call: Call,
  id: string,
  { kind, app, key, revision }: Named & { revision: number },
): Promise<{ ok: true }> {
  const named = { kind, app, key };
  return onChange(host, call, id, ['drop', named, revision], async (work) => {
    const entry = drafting(work, named);
    if (!entry) throw new Refusal('not.found');
    isSeen(work, named, entry, revision);
    await dropDefinitionDraft(work.tx, id, named);
    await written(work);
    return { ok: true as const };
  });
}

const isOf =
  ({ kind, app, key }: Named) =>
  (other: { kind: string; app: string; key: string }): boolean =>
    other.kind === kind && other.app === app && other.key === key;

/** What people call it; its key where it is new. */
export const titleOf = (inForce: InForce, named: Named): string => inForce.newest(named)?.title || named.key;

/** The draft that is there, for whoever may write it. */
function drafting({ facts, rights, entries }: Work, named: Named): DraftEntry | undefined {
  const refused = mayDraft(facts, rights, named);
  if (refused) throw refused;
  return entries.find(isOf(named));
}

/** [CHG2] Refused, with who has saved and when, where the draft is not the one it was written on. */
function isSeen(work: Work, named: Named, entry: DraftEntry | undefined, revision: number): void {
  if ((entry?.revision ?? 0) === revision) return;
  throw new Refusal('change.moved', {
    title: titleOf(work.inForce, named),
    who: entry ? work.host.directory().nameOf(entry.by) : because('who.other'),
    at: moment(entry?.at ?? work.row.changed_at),
  });
}

/** [CHG20] What is there goes on under its name, whatever it is. */
function nameable(inForce: InForce, named: Named): void {
  const isThere = inForce.newest(named) !== undefined && (named.app === '' || OWNED.includes(named.kind));
  if (isThere || isNameable(named)) return;
  throw new Refusal('definition.invalid', { detail: because('definition.key', { key: named.key }) });
}

/** Neither NUL nor half a character: no database and no file keeps these. */
const NO_TEXT = /[\0\p{Cs}]/u;

function isText(key: string, source: string | null): void {
  if (source === null || !NO_TEXT.test(source)) return;
  throw new Refusal('definition.invalid', { detail: because('definition.text', { key }) });
}

function hashOfVersion(inForce: InForce, named: Named, version: number | undefined): string {
  if (version === undefined) return inForce.hash(named);
  return inForce.versions(named).find((entry) => entry.version === version)?.hash ?? '';
}

async function keep(
  work: Work,
  { source, ...named }: Named & { source: string | null },
  baseHash: string,
  change: { base?: number } = {},
): Promise<number> {
  const { tx, row, actor, now } = work;
  await noteAuthors(work, [named]);
  const revision = await written(work, change);
  const hash = source === null ? '' : hashOf(source);
  await putDefinitionDrafts(tx, [
    { change_id: row.id, ...named, source, hash, base_hash: baseHash, revision, by: actor.id, at: now },
  ]);
  return revision;
}

/**
 * Verbs: a change is begun, called otherwise, and commented on. What begins with texts already (a folder, a release that is taken back) begins
 * here, too. Rules: [CHG1] [CHG2] [CHG3].
 */
import type { Actor } from '@ganwei/core/actor';
import { trimmed } from '@ganwei/core/text';
import { mayComment, mayDraft } from '@ganwei/release/change';
import type { Named } from '@ganwei/release/paths';
import type { Host } from '../catalogue/host.ts';
import { type Call, run } from '../commands/run.ts';
import { addAuthors, addChange, type ChangeRow, putDefinitionDrafts } from '../store/changes.ts';
import type { Tx } from '../store/open.ts';
import { auditChange, noteChange, onChange, rightsIn, written } from './change.ts';
import { readInForce } from './in-force.ts';
import { hashOf } from './release.ts';

/** A text with which a change begins. `source` null: the definition is to be retired; `baseHash` '': there was no text before. */
export interface FirstDraft extends Named {
  source: string | null;
  baseHash: string;
}

export interface Beginning {
  title: string;
  reason: string;
  origin: ChangeRow['origin'];
  /** the release it stands on */
  base: number;
  drafts: readonly FirstDraft[];
}

/** Writes a new change with its first drafts; whoever begins it is their author. Answers with its id. */
export async function addChangeWith(
  tx: Tx,
  host: Host,
  by: Pick<Actor, 'id'>,
  { title, reason, origin, base, drafts }: Beginning,
): Promise<string> {
  const [id, at] = [host.newId(), host.now()];
  const row: ChangeRow = {
    id,
    title,
    reason,
    state: 'drafting',
    base,
    origin,
    created_by: by.id,
    created_at: at,
    changed_at: at,
    effective_on: null,
    release: null,
    revision: 1,
  };
  await addChange(tx, row);
  await putDefinitionDrafts(
    tx,
    drafts.map(({ kind, app, key, source, baseHash }) => ({
      change_id: id,
      kind,
      app,
      key,
      source,
      hash: source === null ? '' : hashOf(source),
      base_hash: baseHash,
      revision: 1,
      by: by.id,
      at,
    })),
  );
  await addAuthors(
    tx,
    drafts.map(({ kind, app, key }) => ({ change_id: id, kind, app, key, person_id: by.id })),
  );
  await noteChange(tx, host, id, { what: 'created', by: by.id, words: reason });
  await auditChange(tx, host, 'change-begun', row, { by: by.id, reason, definitions: drafts });
  return id;
}

/** [CHG1] Begins a change with nothing in it yet. */
export function beginChange(
  host: Host,
  call: Call,
  { title, reason }: { title: string; reason: string },
): Promise<{ id: string }> {
  return run(host, { ...call, request: ['begin-change', title, reason] }, async (tx) => {
    rightsIn(host, call.actor);
    const { release } = await readInForce(tx);
    const said = { title: trimmed(title), reason: trimmed(reason) };
    return { id: await addChangeWith(tx, host, call.actor, { ...said, origin: 'browser', base: release, drafts: [] }) };
  });
}

/** [CHG3] What it is called is part of what is agreed to. */
export function renameChange(
  host: Host,
  call: Call,
  id: string,
  { title, reason }: { title: string; reason: string },
): Promise<{ ok: true }> {
  return onChange(host, call, id, ['rename', title, reason], async (work) => {
    const refused = mayDraft(work.facts, work.rights);
    if (refused) throw refused;
    await written(work, { title: trimmed(title), reason: trimmed(reason) });
    return { ok: true as const };
  });
}

export function commentChange(host: Host, call: Call, id: string, comment: string): Promise<{ ok: true }> {
  return onChange(host, call, id, ['comment', comment], async (work) => {
    const refused = mayComment(work.facts, work.rights);
    if (refused) throw refused;
    await work.note('comment', trimmed(comment));
    return { ok: true as const };
  });
}

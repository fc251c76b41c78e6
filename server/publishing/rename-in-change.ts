/**
 * Verbs: a name of a change is renamed everywhere at once, and that is undone as one step. It is worked out before the transaction; where anything has moved since somebody
 * looked at it, nothing is written. Rules: [REN10] [REN12].
 */
import type { Actor } from '@ganwei/core/actor';
import type { Answer, ParsedBody } from '@ganwei/core/contract';
import { MOST_DRAFTS } from '@ganwei/core/contract/changes';
import { because, type Language, type Reason, said } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import { mayDraft } from '@ganwei/release/change';
import { idOf, namedOf } from '@ganwei/release/paths';
import type { Host } from '../catalogue/host.ts';
import type { Call } from '../commands/run.ts';
import { personRef } from '../queries/look.ts';
import {
  type DraftEntry,
  type DraftedRow,
  dropDefinitionDraft,
  loadDefinitionDraft,
  putDefinitionDrafts,
} from '../store/changes.ts';
import { addRename, dropRename, loadRename, type RenamedDraft, type RenameRow, renamesOf } from '../store/renames.ts';
import { type Look, lookAtChange, mayDraftAll, namedRow, noteAuthors, onChange, type Work, written } from './change.ts';
import { type Plan, plannedRename } from './names.ts';
import { hashOf } from './release.ts';
import { titleOf } from './save-definition.ts';

const barred = (reason: Reason): Refusal => new Refusal('change.barred', { act: because('change.act.rename'), reason });

/** [REN10] Writes every place anew; throws Refusal and writes nothing where it cannot be done, or something has moved since the plan. */
export async function renameInChange(
  host: Host,
  call: Call,
  id: string,
  { name, to, revision, release }: ParsedBody<'renameInChange'>,
): Promise<Answer<'renameInChange'>> {
  const plan = await plannedRename(host, call.actor, id, { name, to });
  return onChange(host, call, id, ['rename-in', name, to, revision, release], async (work) => {
    const refused = mayDraft(work.facts, work.rights);
    if (refused) throw refused;
    const isStill = ({ row, inForce }: Look): boolean => row.revision === revision && inForce.release === release;
    if (!isStill(work) || !isStill(plan.look)) throw barred(because('change.looked-at'));
    if (plan.refused) throw barred(plan.refused);
    const drafts = await write(work, plan);
    const places = plan.told.places.length;
    await addRename(work.tx, {
      id: host.newId(),
      change_id: id,
      at: work.now,
      person_id: work.actor.id,
      old_name: name.key,
      new_name: to,
      places,
      drafts,
    });
    await work.note('renamed', [name.key, to, places].join('\n'));
    await work.audit('change-renamed', { reason: `${name.key} → ${to}`, definitions: drafts });
    return { places };
  });
}

/** Keeps the texts in the change; answers with what they stand in the place of. */
async function write(work: Work, { told }: Plan): Promise<RenamedDraft[]> {
  const { tx, row, entries, inForce, rights, actor, now } = work;
  const changed = (told.changed ?? []).map((one) => ({ named: namedOf(one), source: one.source }));
  const named = changed.map((one) => one.named);
  mayDraftAll(rights, named);
  const known = new Map(entries.map((entry) => [idOf(namedRow(entry)), entry]));
  if (known.size + named.filter((one) => !known.has(idOf(one))).length > MOST_DRAFTS)
    throw new Refusal('input.too-large', { limit: because('change.many', { most: MOST_DRAFTS }) });
  await noteAuthors(work, named);
  const revision = await written(work);
  const drafts: RenamedDraft[] = [];
  const rows: DraftedRow[] = [];
  for (const { named: one, source } of changed) {
    const entry = known.get(idOf(one));
    const before = entry && (await loadDefinitionDraft(tx, row.id, one));
    const hash = hashOf(source);
    drafts.push({
      ...one,
      hash,
      before: before?.source ? { source: before.source, baseHash: before.base_hash } : null,
    });
    const base = entry?.base_hash ?? inForce.hash(one);
    rows.push({ change_id: row.id, ...one, source, hash, base_hash: base, revision, by: actor.id, at: now });
  }
  await putDefinitionDrafts(tx, rows);
  return drafts;
}

/** [REN12] The texts of before, as long as nobody has written in any of them since. */
export function undoRename(
  host: Host,
  call: Call,
  id: string,
  { rename }: ParsedBody<'undoRename'>,
): Promise<Answer<'undoRename'>> {
  return onChange(host, call, id, ['rename-undo', rename], async (work) => {
    const { tx, row, actor, now } = work;
    const refused = mayDraft(work.facts, work.rights);
    if (refused) throw refused;
    const done = await loadRename(tx, id, rename);
    if (!done) throw new Refusal('not.found');
    mayDraftAll(work.rights, done.drafts);
    const moved = writtenSince(work, done);
    if (moved) throw new Refusal('change.barred', { act: because('change.act.undo-rename'), reason: moved });
    await noteAuthors(work, done.drafts.map(namedOf));
    const revision = await written(work);
    for (const { hash: _, before, ...named } of done.drafts) {
      if (before === null) await dropDefinitionDraft(tx, id, named);
      else
        await putDefinitionDrafts(tx, [
          {
            ...{ change_id: row.id, ...named, source: before.source, hash: hashOf(before.source) },
            ...{ base_hash: before.baseHash, revision, by: actor.id, at: now },
          },
        ]);
    }
    await dropRename(tx, id, rename);
    await work.note('unrenamed', [done.old_name, done.new_name, done.places].join('\n'));
    await work.audit('change-rename-undone', {
      reason: `${done.new_name} → ${done.old_name}`,
      definitions: done.drafts,
    });
    return { ok: true as const };
  });
}

/** Which of these somebody has written in since, as a reason; null: none. */
function writtenSince({ entries, inForce }: Look, { drafts }: RenameRow): Reason | null {
  const now = new Map(entries.map((entry: DraftEntry) => [idOf(namedRow(entry)), entry.hash]));
  const others = drafts.filter((draft) => now.get(idOf(draft)) !== draft.hash);
  return others.length === 0 ? null : because('rename.since', { names: others.map((one) => titleOf(inForce, one)) });
}

/** What was renamed in a change and may be undone, the newest first. */
export async function renameList(host: Host, actor: Actor, id: string, language: Language): Promise<Answer<'renames'>> {
  const look = await lookAtChange(host.store.reader, host, actor, id);
  const rows = await renamesOf(host.store.reader, id);
  return {
    rows: rows.reverse().map((row) => {
      const moved = writtenSince(look, row);
      const { id: rename, at, old_name: from, new_name: to, places } = row;
      return {
        id: rename,
        at,
        by: personRef(host, row.person_id),
        from,
        to,
        places,
        barred: moved ? said(moved, language) : '',
      };
    }),
  };
}

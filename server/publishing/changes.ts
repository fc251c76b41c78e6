/**
 * Owns what the pages are shown of changes: the list, one change with what may be done with it, its drafts and what would be in force. Read
 * only; whoever has no right of design is answered as if there were nothing. Rules: [CHG4] [CHG7] [CHG11].
 */
import type { Actor } from '@ganwei/core/actor';
import type { Answer, ParsedQuery } from '@ganwei/core/contract';
import { type Language, said } from '@ganwei/core/reason';
import { type Refusal, refusalSentence } from '@ganwei/core/refusal';
import { calledIn } from '@ganwei/release/called';
import { mayComment, mayDraft, mayPublish, mayReview, maySubmit, mayWithdraw } from '@ganwei/release/change';
import type { Named } from '@ganwei/release/paths';
import type { Host } from '../catalogue/host.ts';
import { NEWEST_FIRST, paged, readCursor } from '../queries/inbox.ts';
import { personRef } from '../queries/look.ts';
import { authorsOf, changesPage, draftsOf, draftTexts, loadDefinitionDraft, recordOf } from '../store/changes.ts';
import type { Tx } from '../store/open.ts';
import { type Look, lookAtChange, lookFrom, rightsIn } from './change.ts';
import { type InForce, readInForce, sourceOf } from './in-force.ts';
import { contentWith } from './publish-change.ts';
import { titleOf } from './save-definition.ts';

type Head = Answer<'changes'>['rows'][number];

export async function changeList(
  host: Host,
  actor: Actor,
  { open, cursor, limit }: ParsedQuery<'changes'>,
): Promise<Answer<'changes'>> {
  const rights = rightsIn(host, actor);
  const tx = host.store.reader;
  const before = cursor ? readCursor(cursor, NEWEST_FIRST) : undefined;
  const rows = await changesPage(tx, { open: open === 'true', before, limit: limit + 1 });
  const ids = rows.map(({ id }) => id);
  const inForce = await readInForce(tx);
  const [drafts, authors] = [await draftsOf(tx, ids), await authorsOf(tx, ids)];
  const ofChange = <T extends { change_id: string }>(all: T[], id: string) => all.filter((one) => one.change_id === id);
  return paged(
    rows,
    limit,
    (row) => headOf(host, lookFrom(row, ofChange(drafts, row.id), ofChange(authors, row.id), inForce, rights)),
    (row) => ({ at: row.changed_at, id: row.id }),
  );
}

function headOf(host: Host, { row, facts, drafts }: Look): Head {
  return {
    id: row.id,
    title: row.title,
    reason: row.reason,
    state: row.state,
    base: row.base,
    authors: facts.authors.map((id) => personRef(host, id)),
    origin: row.origin,
    createdAt: row.created_at,
    changedAt: row.changed_at,
    effectiveOn: row.effective_on,
    release: row.release,
    count: drafts.length,
  };
}

export async function changeView(host: Host, actor: Actor, id: string, language: Language): Promise<Answer<'change'>> {
  const tx = host.store.reader;
  const look = await lookAtChange(tx, host, actor, id);
  return {
    ...headOf(host, look),
    drafts: await Promise.all(
      look.drafts.map(async (draft) => ({
        ...draft,
        by: personRef(host, draft.by),
        title: await draftTitle(tx, look, draft),
      })),
    ),
    may: MAY.map(([act, verdict]) => ({ act, ...verdictView(verdict(look.facts, look.rights), language) })),
    record: (await recordOf(tx, id)).map(({ id: entry, at, person_id, what, words }) => ({
      id: entry,
      at,
      by: personRef(host, person_id),
      what: what as Answer<'change'>['record'][number]['what'],
      words,
    })),
  };
}

/** As it is called in force; what is new, as its text calls itself. */
async function draftTitle(tx: Tx, { row, inForce }: Pick<Look, 'row' | 'inForce'>, named: Named): Promise<string> {
  if (inForce.newest(named)) return titleOf(inForce, named);
  const draft = await loadDefinitionDraft(tx, row.id, named);
  return (draft?.source && calledIn(named.kind, draft.source)) || named.key;
}

const MAY = [
  ['draft', mayDraft],
  ['submit', maySubmit],
  ['review', mayReview],
  ['publish', mayPublish],
  ['withdraw', mayWithdraw],
  ['comment', mayComment],
] as const;

function verdictView(refused: Refusal | null, language: Language): { allowed: boolean; reason: string } {
  if (!refused) return { allowed: true, reason: '' };
  const { code, params } = refused;
  const sentence =
    params.reason === undefined ? refusalSentence(code, params, language) : said(params.reason, language);
  return { allowed: false, reason: sentence };
}

/** Everything that would be in force with the change. */
export async function changeContent(host: Host, actor: Actor, id: string): Promise<Answer<'changeContent'>> {
  const tx = host.store.reader;
  const { inForce } = await lookAtChange(tx, host, actor, id);
  const content = await contentWith(tx, inForce, await draftTexts(tx, id));
  return {
    release: inForce.release,
    definitions: content.map(({ kind, app = '', key, file, source }) => ({ kind, app, key, file, source })),
  };
}

/** One definition as the change has it, with the text it was begun from and the one in force. */
export async function draftView(
  host: Host,
  actor: Actor,
  id: string,
  { kind, app, key }: Named,
): Promise<Answer<'draft'>> {
  const named = { kind, app, key };
  const tx = host.store.reader;
  const look = await lookAtChange(tx, host, actor, id);
  const { inForce } = look;
  const entry = inForce.entry(named);
  const current = entry ? await sourceOf(tx, entry) : null;
  const draft = await loadDefinitionDraft(tx, id, named);
  const about = { title: await draftTitle(tx, look, named), current, version: entry?.version ?? 0 };
  if (!draft) return { ...about, source: null, draft: null, base: current };
  const { source, revision, by, at } = draft;
  const base = await textOf(tx, inForce, named, draft.base_hash);
  return { ...about, source, draft: { revision, by: personRef(host, by), at }, base };
}

/** The text with this hash among the versions of the definition; null where there is none. */
async function textOf(tx: Tx, inForce: InForce, named: Named, hash: string): Promise<string | null> {
  const entry = hash === '' ? undefined : inForce.versions(named).findLast((version) => version.hash === hash);
  return entry ? sourceOf(tx, entry) : null;
}

/**
 * Owns the record of a case as one person may read it: who did what, when, in whose words; and whether it is as it was written. Read only.
 * Rules: [A1] [A3] [S5] [H1] [H3].
 */
import type { Actor } from '@ganwei/core/actor';
import type { Answer } from '@ganwei/core/contract';
import { type HistoryKind, isPersonsAct, kindOf } from '@ganwei/core/history';
import type { Host } from '../../catalogue/host.ts';
import { historyOf, verifyChain } from '../../store/record.ts';
import type { HistoryRow } from '../../store/rows.ts';
import { isConcerned, type Look, lookAt, personRef } from '../look.ts';

type CaseView = Answer<'case'>;

/** [A3] Who did what, when. People who do not read the whole case see others' steps without words and names. */
export async function timeline(look: Look): Promise<CaseView['timeline']> {
  const { host, process, row, tx } = look;
  const rows = await historyOf(tx, row.id);
  return rows.flatMap((entry) => {
    const settings = process.model.nodes.get(entry.node)?.task;
    const mine = entry.person_id === look.actor.id;
    if (!mine && settings?.audience && !look.sight.holds(settings.audience)) return [];
    return [timelineEntry(look, entry, mine || mayReadWords(look, entry), host)];
  });
}

const PUBLIC_KINDS: ReadonlySet<string> = new Set<HistoryKind>([
  'started',
  'ended',
  'withdrawn',
  'letter',
  'receipt',
  'commented',
  'attached',
]);

function mayReadWords(look: Look, entry: HistoryRow): boolean {
  if (look.reading.whole || PUBLIC_KINDS.has(entry.kind) || (look.parts.has('worker') && !isConcerned(look)))
    return !isBlindVote(look, entry);
  const { to } = entry.detail;
  return entry.kind === 'returned' && typeof to === 'string' && look.nodes.has(to);
}

/** While a blind step is open nobody learns what the others submitted. */
function isBlindVote({ process, tasks }: Look, entry: HistoryRow): boolean {
  const settings = process.model.nodes.get(entry.node)?.task;
  return settings?.mode === 'blind' && entry.kind === 'submitted' && tasks.some((task) => task.node === entry.node);
}

function timelineEntry(look: Look, entry: HistoryRow, words: boolean, host: Host): CaseView['timeline'][number] {
  const { submission: _, comment, label, opened, ...detail } = entry.detail;
  const name = look.process.model.nodes.get(entry.node)?.name ?? '';
  const kind = kindOf(entry.kind);
  return {
    id: entry.hash.slice(0, 16),
    at: entry.at,
    kind,
    by: isPersonsAct(kind, entry.person_id) ? 'person' : 'house',
    who: entry.person_id && words ? personRef(host, entry.person_id) : null,
    node: name,
    outcome: words && typeof label === 'string' ? label : '',
    comment: words && typeof comment === 'string' ? comment : '',
    took: typeof opened === 'number' ? entry.at - opened : null,
    detail: words ? (named(look, kind === 'other' ? { ...detail, kind: entry.kind } : detail) as never) : null,
  };
}

/** Node ids in a detail become names: pages show no ids. */
function named({ process }: Look, detail: Record<string, unknown>): Record<string, unknown> {
  const { inputs: _inputs, matched: _matched, ...rest } = detail;
  const to = typeof rest.to === 'string' ? process.model.nodes.get(rest.to)?.name : undefined;
  return to ? { ...rest, to } : rest;
}

/** [H1] Is the record of the case as it was written? */
export async function verifyHistory(host: Host, actor: Actor, id: string): Promise<Answer<'verifyHistory'>> {
  const { row, tx } = await lookAt(host, actor, id);
  const rows = await historyOf(tx, id);
  const intact = verifyChain(id, rows, { seq: row.entries, hash: row.history_hash });
  return { intact, entries: rows.length, head: row.history_hash };
}

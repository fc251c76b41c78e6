/**
 * Owns the record of a case as one person may read it: who did what, when, in whose words; and whether it is as it was written. Read only.
 * Rules: [A1] [A3] [READ2] [READ4] [S5] [H1] [H3].
 */
import type { Actor } from '@ganwei/core/actor';
import type { Answer } from '@ganwei/core/contract';
import { type Audience, type HistoryKind, isPersonsAct, kindOf } from '@ganwei/core/history';
import type { Host } from '../../catalogue/host.ts';
import { isNamed, isOpenTo, seesAll, seesStarter, type Thing } from '../../catalogue/reading.ts';
import { judgeSubmissions } from '../../catalogue/signatures.ts';
import { historyOf, submissionsOfCase, verifyChain } from '../../store/record.ts';
import type { HistoryRow } from '../../store/rows.ts';
import { type Look, lookAt, personRef } from '../look.ts';
import { isAddressed } from './audience.ts';
import { family } from './head.ts';

type CaseView = Answer<'case'>;

/** whole: with names, words and results · unnamed: all but by whom · bare: that it was done, and when · none: not there for him */
type Shown = 'whole' | 'unnamed' | 'bare' | 'none';

/** [A3] Who did what, when: his own acts and what was meant for him; all the rest only for those who see all of it. */
export async function timeline(look: Look): Promise<CaseView['timeline']> {
  const rows = await historyOf(look.tx, look.row.id);
  const related = rows.some(({ kind }) => FAMILY.has(kind)) ? await family(look) : [];
  const numbers = new Set(related.map(({ row }) => row.number));
  return rows.flatMap((entry) => {
    const shown = shownOf(look, entry, numbers);
    return shown === 'none' ? [] : [timelineEntry(look, entry, shown)];
  });
}

const kinds = (...of: HistoryKind[]): ReadonlySet<string> => new Set(of);

/** What tells of another case is for those who may open that one; by whom, for those who read all of this one [READ11]. */
const FAMILY = kinds('action-started', 'action-ended', 'child-ended');
const SAID = kinds('commented', 'attached');
const LETTER = kinds('letter', 'copied', 'letter-void');
/** What happens to a step, told to those who have it. */
const TO_STEP = kinds('rescheduled', 'recalculated', 'signer-added');

/** What an entry tells of, in the words of the rule book. */
function thingOf(kind: string): Thing {
  if (SAID.has(kind)) return kind === 'attached' ? 'attachments' : 'comments';
  if (LETTER.has(kind)) return 'letters';
  return kind === 'decided' ? 'results' : 'acts';
}

function shownOf(look: Look, entry: HistoryRow, related: ReadonlySet<string>): Shown {
  const { process, sight, reading, actor } = look;
  const { kind, detail, node } = entry;
  if (entry.person_id === actor.id && !FAMILY.has(kind))
    return isPersonsAct(kindOf(kind), actor.id) ? 'whole' : housesShown();
  if (!isOpenTo(process.model.nodes.get(node)?.task, sight)) return 'none';
  return housesShown();

  function housesShown(): Shown {
    if (FAMILY.has(kind)) return related.has(String(detail.number)) ? relatedShown() : 'none';
    if (seesAll(reading, thingOf(kind))) return isOpenVote(look, entry) ? 'bare' : 'whole';
    if (kind === 'started') return seesStarter(reading, process.model, look.row, actor.id) ? 'whole' : 'bare';
    if (kind === 'ended' || isMeantFor(look, entry)) return 'whole';
    return kind === 'withdrawn' || (kind === 'submitted' && isNamed(process.model, node)) ? 'bare' : 'none';
  }

  function relatedShown(): Shown {
    return entry.person_id === actor.id || seesAll(reading, 'acts') ? 'whole' : 'unnamed';
  }
}

/** [READ4] Words that were said to him, a letter of his, a step that came to him. */
function isMeantFor(look: Look, { kind, node, detail, person_id: author }: HistoryRow): boolean {
  const { reading, actor } = look;
  if (SAID.has(kind)) return isAddressed(look, { author, audience: detail.audience as Audience | undefined });
  if (LETTER.has(kind)) return reading.letters.has(String(detail.letter));
  if (TO_STEP.has(kind)) return reading.steps.has(node);
  if (kind === 'returned') return reading.steps.has(String(detail.to));
  return (kind === 'transferred' || kind === 'handed-over') && detail.to === actor.id;
}

/** [S5] While a round of votes is open nobody learns what the others submitted. */
function isOpenVote({ process, tasks }: Look, entry: HistoryRow): boolean {
  const mode = process.model.nodes.get(entry.node)?.task?.mode;
  const voting = mode === 'blind' || mode === 'vote';
  return voting && entry.kind === 'submitted' && tasks.some((task) => task.node === entry.node);
}

function timelineEntry(look: Look, entry: HistoryRow, shown: Exclude<Shown, 'none'>): CaseView['timeline'][number] {
  const whole = shown !== 'bare';
  const { submission: _, sha256: _hash, comment, label, opened, ...detail } = entry.detail;
  const name = look.process.model.nodes.get(entry.node)?.name ?? '';
  const kind = kindOf(entry.kind);
  return {
    id: entry.hash.slice(0, 16),
    at: entry.at,
    kind,
    by: isPersonsAct(kind, entry.person_id) ? 'person' : 'house',
    who: entry.person_id && shown === 'whole' ? personRef(look.host, entry.person_id) : null,
    node: name,
    // [READ2] Milestones are told to whoever knows of the case, and a step's own name says more.
    phase: name === '' ? '' : phaseOf(look, entry.node),
    outcome: whole && typeof label === 'string' ? label : '',
    comment: whole && typeof comment === 'string' ? comment : '',
    took: typeof opened === 'number' ? entry.at - opened : null,
    detail: whole ? (named(look, kind === 'other' ? { ...detail, kind: entry.kind } : detail) as never) : null,
  };
}

/** The outermost phase around a step. */
function phaseOf({ process: { model } }: Look, node: string): string {
  let name = '';
  for (let at = model.nodes.get(node)?.parent; at !== undefined; at = model.nodes.get(at)?.parent)
    name = model.nodes.get(at)?.milestone ?? name;
  return name;
}

/** Node ids in a detail become names: pages show no ids. */
function named({ process }: Look, detail: Record<string, unknown>): Record<string, unknown> {
  const { inputs: _inputs, matched: _matched, ...rest } = detail;
  const to = typeof rest.to === 'string' ? process.model.nodes.get(rest.to)?.name : undefined;
  return to ? { ...rest, to } : rest;
}

/** [H1] Is the record of the case as it was written? Counted is what this person sees of it. */
export async function verifyHistory(host: Host, actor: Actor, id: string): Promise<Answer<'verifyHistory'>> {
  const look = await lookAt(host, actor, id);
  const { row, tx } = look;
  const rows = await historyOf(tx, id);
  const chained = verifyChain(id, rows, { seq: row.entries, hash: row.history_hash });
  const said = new Map(
    rows.flatMap(({ detail: { submission, sha256 } }): [string, string][] =>
      typeof submission === 'string' && typeof sha256 === 'string' ? [[submission, sha256]] : [],
    ),
  );
  const submissions = await submissionsOfCase(tx, id);
  const { intact: standing, signatures } = await judgeSubmissions(host, look.process.app, submissions, said);
  const intact = chained && standing;
  if (seesAll(look.reading, 'acts')) return { intact, entries: rows.length, head: row.history_hash, signatures };
  const own = submissions.filter(({ person_id }) => person_id === actor.id);
  const mine = (await judgeSubmissions(host, look.process.app, own, new Map())).signatures;
  return { intact, entries: (await timeline(look)).length, head: '', signatures: mine };
}

/**
 * Verb: a person submits his share of a task with an outcome. When the task's signing rule is met the case takes its step.
 * Rules: [T1] [T2] [T3] [T5] [T6] [S1]-[S6] [F1].
 */
import { Refusal } from '@ganwei/core/refusal';
import { maySubmit } from '@ganwei/core/rules';
import type { Outcome } from '@ganwei/process/model';
import { actorContext } from '../catalogue/case-scope.ts';
import type { Host } from '../catalogue/host.ts';
import { feel } from '../catalogue/language.ts';
import { linkFiles, removeTaskDraft } from '../store/drafts.ts';
import { signReceipts } from '../store/letters.ts';
import { submissionsOfTask } from '../store/record.ts';
import type { SubmissionRow } from '../store/rows.ts';
import { advance } from './advance.ts';
import type { Desk } from './desk.ts';
import { acceptForm, fileIds, firstValues } from './forms.ts';
import { type Held, holdTask } from './hold-task.ts';
import { rewriteLetterRow } from './ledger-rows.ts';
import { type Moved, moved } from './moved.ts';
import { type Call, perform } from './run.ts';
import { decideRound, type Round } from './signing.ts';
import { closeTask, giveTurns, lastSigners, listed } from './tasks.ts';

export interface Submission {
  outcome: string;
  values: Record<string, unknown>;
  comment: string;
  revision: number;
}

export function submitTask(host: Host, call: Call, id: string, submission: Submission): Promise<Moved> {
  return perform(host, { ...call, request: ['submit', id, submission] }, async (desk) => {
    const held = await holdTask(desk, id);
    const refused = maySubmit(held.facts, held.itemFacts, submission);
    if (refused) throw refused;
    const outcome = held.settings.outcomes.find((o) => o.key === submission.outcome)!;
    const values = await judge(desk, held, outcome, submission);
    checkOffered(desk, held, outcome, values);
    const mine = await keep(desk, held, outcome, submission.comment, values);
    await signFor(desk, held, outcome);
    await settleRound(desk, held, mine);
    return moved(desk, held.file);
  });
}

/** The form's verdict; a step without a form takes no values. */
async function judge(
  desk: Desk,
  held: Held,
  outcome: Outcome,
  { values }: Submission,
): Promise<Record<string, unknown>> {
  const { file, settings } = held;
  if (!settings.form) {
    if (Object.keys(values).length > 0) throw new Refusal('input.malformed', { detail: '此步骤没有表单' });
    return {};
  }
  const { value: form } = await desk.host.catalogue().form(settings.form, file.row.release);
  const scope = file.scope(desk.actor, desk.now);
  const world = file.world(desk.host, desk.now);
  return acceptForm(desk, {
    form,
    stored: storedValues(desk, held, form),
    submitted: values,
    access: settings.access,
    scope,
    world,
    final: outcome.validates,
  });
}

/** What the form of this step starts from: the case's values of that name, or the first values of the step. */
export function storedValues(
  desk: Desk,
  { file, settings }: Pick<Held, 'file' | 'settings'>,
  form: Parameters<typeof firstValues>[1],
): Record<string, unknown> {
  const kept = settings.list ? undefined : file.values.get(settings.as);
  if (kept && typeof kept === 'object' && !Array.isArray(kept)) return kept as Record<string, unknown>;
  const scope = file.scope(desk.actor, desk.now);
  return firstValues(desk.host, form, settings.initial, scope, file.world(desk.host, desk.now));
}

/** An outcome offered on a condition (受理 only when everything is in order) is refused when the condition does not hold. */
function checkOffered(desk: Desk, { file }: Held, outcome: Outcome, values: Record<string, unknown>): void {
  if (!outcome.when) return;
  const scope = { ...file.scope(desk.actor, desk.now), form: values };
  if (feel(outcome.when).evaluate(scope, file.world(desk.host, desk.now)) !== true) {
    throw new Refusal('task.operation-barred', { operation: outcome.label, reason: '填写的内容不满足这一选项的条件' });
  }
}

async function keep(
  desk: Desk,
  { task, file, settings, item }: Held,
  outcome: Outcome,
  comment: string,
  values: Record<string, unknown>,
): Promise<SubmissionRow> {
  const { host, now, actor, tx } = desk;
  const row: SubmissionRow = {
    id: host.newId(),
    case_id: file.id,
    task_id: task.id,
    node: task.node,
    round: task.round,
    form: settings.form ?? '',
    form_version: file.row.release,
    person_id: actor.id,
    outcome: outcome.key,
    comment: comment.trim(),
    values: JSON.stringify(values),
    at: now,
  };
  file.changes.submissions.push(row);
  file.changes.workDone.push({
    id: item!.id,
    task_id: task.id,
    case_id: file.id,
    person_id: actor.id,
    number: file.row.number,
    title: file.row.title,
    process: file.row.process,
    task_name: task.name,
    outcome: outcome.label,
    done_at: now,
  });
  const detail = {
    outcome: outcome.key,
    label: outcome.label,
    comment: row.comment,
    submission: row.id,
    opened: item!.opened_at,
  };
  file.note({ kind: 'submitted', node: task.node, detail }, actor, now);
  file.changes.closedItems.push(item!.id);
  if (JSON.parse(task.members).length > 1) await removeTaskDraft(tx, task.id, actor.id);
  await linkFiles(
    tx,
    fileIds(values).map((id) => ({ file_id: id, case_id: file.id, place: settings.as, by: actor.id, at: now })),
  );
  return row;
}

/** A step that signs for a letter signs the receipts addressed to this person. */
async function signFor(desk: Desk, { file, settings, task }: Held, outcome: Outcome): Promise<void> {
  if (!settings.receipt || !outcome.positive) return;
  const letter = feel(settings.receipt).evaluate(file.scope(desk.actor, desk.now), file.world(desk.host, desk.now));
  if (typeof letter !== 'string') return;
  const signed = await signReceipts(desk.tx, letter, desk.actor.id, desk.now);
  if (signed === 0) return;
  file.note({ kind: 'receipt', node: task.node, detail: { letter } }, desk.actor, desk.now);
  await rewriteLetterRow(desk, letter, file);
}

/** Closes the task when its rule is met and lets the case take its step; else gives the next people their turn. */
async function settleRound(desk: Desk, held: Held, mine: SubmissionRow): Promise<void> {
  const { task, file, settings, items } = held;
  const several = settings.mode !== 'single' && settings.mode !== 'any';
  const earlier = several ? await submissionsOfTask(desk.tx, task.id) : [];
  const all = [...earlier, mine];
  const round: Round = {
    mode: settings.mode,
    members: JSON.parse(task.members),
    last: lastSigners(desk, file, settings),
    outcomes: settings.outcomes,
    signed: all.map((row) => ({ person: row.person_id, outcome: row.outcome })),
    passes: (votes) => passes(desk, held, votes),
  };
  const decided = decideRound(round);
  if (decided === null) {
    const holding = items.map((item) => item.person_id);
    giveTurns(desk, file, task, settings, round.signed, 'new', holding);
    return;
  }
  file.outcome = decided;
  if (settings.form)
    file.put(settings.as, settings.list ? all.map((row) => listed(desk.host, row)) : JSON.parse(mine.values));
  file.reached[task.node] = {
    count: task.round,
    at: desk.now,
    outcome: decided,
    by: [...new Set(all.map((row) => row.person_id))],
    ...(mine.comment && { comment: mine.comment }),
  };
  closeTask(desk, file, task, decided);
  const { resume } = task;
  if (resume && settings.outcomes.find((o) => o.key === decided)?.positive) {
    await advance(desk, file, { kind: 'jump', to: JSON.parse(resume).to, cancel: [task.slot] });
  } else await advance(desk, file, { kind: 'complete', slot: task.slot });
}

/** [S4] A number is the share of all members that must consent; a truth value decides by itself (`votes` is in its scope). */
function passes(desk: Desk, { file, settings }: Held, votes: { yes: number; members: number }): boolean {
  const scope = { ...file.scope(desk.actor, desk.now), votes, actor: actorContext(desk.actor) };
  const value = feel(settings.threshold ?? 'votes.yes > votes.members / 2').evaluate(
    scope,
    file.world(desk.host, desk.now),
  );
  return typeof value === 'number' ? votes.yes >= value * votes.members : value === true;
}

/**
 * Verb: a person submits his share of a task with an outcome. When the task's signing rule is met the case takes its step.
 * Rules: [T1] [T2] [T3] [T5] [T6] [S1]-[S6] [F1].
 */
import { because } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import { maySubmit } from '@ganwei/core/rules';
import { trimmed } from '@ganwei/core/text';
import type { Outcome } from '@ganwei/process/model';
import { decide, submit } from '@ganwei/process/round';
import { advance } from '../case/advance.ts';
import type { Desk } from '../case/desk.ts';
import { rewriteLetterRow } from '../case/ledger-rows.ts';
import { closeTask, keepRound } from '../case/tasks.ts';
import { listed } from '../catalogue/case-scope.ts';
import { stepValues } from '../catalogue/first-values.ts';
import type { Host } from '../catalogue/host.ts';
import { hashOfValues } from '../catalogue/signatures.ts';
import { removeTaskDraft, taskDraft } from '../store/drafts.ts';
import { signReceipts } from '../store/letters.ts';
import { submissionsOfTask } from '../store/record.ts';
import type { SubmissionRow } from '../store/rows.ts';
import { type DraftMark, refuseMoved } from './draft-mark.ts';
import { fileUnder } from './file-under.ts';
import { acceptForm, fileIds } from './forms.ts';
import { type Held, holdTask } from './hold-task.ts';
import { type Moved, moved } from './moved.ts';
import { type Call, perform } from './run.ts';

export interface Submission {
  outcome: string;
  values: Record<string, unknown>;
  comment: string;
  revision: number;
  /** the draft in the state the page knows */
  draft?: DraftMark | undefined;
}

export function submitTask(host: Host, call: Call, id: string, submission: Submission): Promise<Moved> {
  return perform(host, { ...call, request: ['submit', id, submission] }, async (desk) => {
    const held = await holdTask(desk, id);
    const refused = maySubmit(held.facts, held.itemFacts, submission);
    if (refused) throw refused;
    if (submission.draft && held.left.drafts)
      refuseMoved(await taskDraft(desk.tx, id, call.actor.id), submission.draft);
    const outcome = held.settings.outcomes.find((o) => o.key === submission.outcome)!;
    const values = await judge(desk, held, outcome, submission);
    checkOffered(held, outcome, values);
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
    if (Object.keys(values).length > 0) throw new Refusal('input.malformed', { detail: because('request.no-form') });
    return {};
  }
  const { value: form } = await desk.host.catalogue().form(file.process.app, settings.form, file.row.release);
  const sight = file.sight();
  return acceptForm(desk, {
    form,
    version: file.row.release,
    stored: stepValues(desk.host, form, settings, file.values, sight),
    submitted: values,
    access: settings.access,
    sight,
    final: outcome.validates,
  });
}

/** An outcome offered on a condition (受理 only when everything is in order) is refused when the condition does not hold. */
function checkOffered({ file }: Held, outcome: Outcome, values: Record<string, unknown>): void {
  if (outcome.when && !file.holds(outcome.when, { form: values })) {
    throw new Refusal('task.operation-barred', { operation: outcome.label, reason: because('outcome.condition') });
  }
}

async function keep(
  desk: Desk,
  { task, file, settings, item, round, left }: Held,
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
    comment: trimmed(comment),
    values,
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
    sha256: hashOfValues(row.values),
    opened: item!.opened_at,
  };
  file.tookPart();
  file.note({ kind: 'submitted', node: task.node, detail });
  if (round.seats.length > 1 && left.drafts) await removeTaskDraft(tx, task.id, actor.id);
  await fileUnder(desk, file, settings.as, fileIds(values));
  return row;
}

/** A step that signs for a letter signs the receipts addressed to this person. */
async function signFor(desk: Desk, { file, settings, task }: Held, outcome: Outcome): Promise<void> {
  if (!settings.receipt || !outcome.positive) return;
  const letter = file.ask(settings.receipt);
  if (typeof letter !== 'string') return;
  const signed = await signReceipts(desk.tx, letter, desk.actor.id, desk.now);
  if (signed === 0) return;
  file.note({ kind: 'receipt', node: task.node, detail: { letter } });
  await rewriteLetterRow(desk, letter, file);
}

/** Closes the task when its rule is met and lets the case take its step; else gives the next people their turn. */
async function settleRound(desk: Desk, held: Held, mine: SubmissionRow): Promise<void> {
  const { task, file, settings, items } = held;
  const round = submit(held.round, desk.actor.id, mine.outcome);
  const decided = decide(round, settings.outcomes, (votes) => passes(held, votes));
  if (decided === null) {
    keepRound(desk, file, task, { round, items });
    return;
  }
  file.changes.closedItems.push(held.item!.id);
  const all = settings.list && round.seats.length > 1 ? [...(await submissionsOfTask(desk.tx, task.id)), mine] : [mine];
  file.outcome = decided;
  if (settings.form)
    file.put(settings.as, settings.list ? all.map((row) => listed(desk.host.directory(), row)) : mine.values);
  const by = [...new Set(round.signed.map(({ person, by }) => by ?? person))];
  const { ever = [], by: before = [] } = file.reached[task.node] ?? {};
  file.reached[task.node] = {
    count: task.round,
    at: desk.now,
    outcome: decided,
    by,
    ever: [...new Set([...ever, ...before, ...by])],
    ...(mine.comment && { comment: mine.comment }),
  };
  closeTask(desk, file, task, decided, held.left);
  const { resume } = task;
  if (resume && settings.outcomes.find((o) => o.key === decided)?.positive) {
    await advance(desk, file, { kind: 'jump', to: resume.to, cancel: [task.slot] });
  } else await advance(desk, file, { kind: 'complete', slot: task.slot });
}

/** [S4] A number is the share of all members that must consent; a truth value decides by itself (`votes` is in its scope). */
function passes({ file, settings }: Held, votes: { yes: number; members: number }): boolean {
  const value = file.ask(settings.threshold ?? 'votes.yes > votes.members / 2', { votes });
  return typeof value === 'number' ? votes.yes >= value * votes.members : value === true;
}

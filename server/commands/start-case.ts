/**
 * Verb: a person starts a case. The start form is judged, the case gets its number, and the first step is taken, all in one
 * transaction. Rules: [C3] [C8] only those whom the start event admits · [C9] [C10] actions.
 */
import { Refusal } from '@ganwei/core/refusal';
import type { StartSettings } from '@ganwei/process/model';
import { advance } from '../case/advance.ts';
import type { CaseFile } from '../case/case-file.ts';
import type { Desk } from '../case/desk.ts';
import { waitOfAction } from '../catalogue/actions.ts';
import { firstValues, givenValues } from '../catalogue/first-values.ts';
import type { Host } from '../catalogue/host.ts';
import { hashOfValues } from '../catalogue/signatures.ts';
import { type Opening, openingByAction, openingOf } from '../catalogue/starting.ts';
import { dropDraft, loadDraft } from '../store/drafts.ts';
import { type DraftMark, refuseMoved } from './draft-mark.ts';
import { fileUnder } from './file-under.ts';
import { acceptForm, fileIds } from './forms.ts';
import { openReadable, surroundingsOf } from './hold-case.ts';
import { type Moved, moved } from './moved.ts';
import { type Call, perform } from './run.ts';

export interface StartRequest {
  process: string;
  start: string;
  values: Record<string, unknown>;
  /** the draft it was written in, in the state the page knows */
  draft?: (DraftMark & { id: string }) | undefined;
  /** the case and the action on it that start this one */
  case?: string | undefined;
  action?: string | undefined;
}

export function startCase(host: Host, call: Call, request: StartRequest): Promise<Moved> {
  return perform(host, { ...call, request: ['start', request] }, async (desk) => {
    const draft = await ownDraft(desk, request.draft);
    const { opening, parent } = await admitStart(desk, request);
    const { process, start, settings } = opening;
    const values = settings.form ? await judge(desk, opening, request.values) : {};
    const file = await desk.create({
      process,
      start,
      starter: call.actor,
      values: settings.form ? { [settings.as]: values } : {},
      ...(parent && { parent: { row: parent.row, wait: waitOfAction(request.action!), index: 0 } }),
    });
    // [C10] The case the action was used on moves with it, so that two people cannot use it at once.
    const used = { action: settings.label, number: file.row.number };
    parent?.note({ kind: 'action-started', node: '', detail: used });
    const submission = keepSubmission(desk, file, settings, start, values);
    file.note({ kind: 'started', node: start, detail: { submission, sha256: hashOfValues(values) } });
    file.changes.people.push({ person: call.actor.id, part: 'starter' });
    await advance(desk, file, { kind: 'start', startEvent: start });
    await fileUnder(desk, file, settings.as, fileIds(values));
    if (draft) await dropDraft(desk.tx, draft, call.actor.id);
    return moved(desk, file);
  });
}

/** [W3] The draft must be there in the state the page knows: else it has been submitted or changed elsewhere. */
async function ownDraft(desk: Desk, draft: StartRequest['draft']): Promise<string | undefined> {
  if (!draft) return undefined;
  const known = await loadDraft(desk.tx, draft.id, desk.actor.id);
  if (!known) throw new Refusal('draft.gone');
  refuseMoved(known, draft);
  return draft.id;
}

/** [C8] [C9] The start this person asks for, if he may; with the case an action was used on. */
export async function admitStart(
  desk: Desk,
  { process, start, case: caseId, action }: Omit<StartRequest, 'values'>,
): Promise<{ opening: Opening; parent?: CaseFile }> {
  if (!caseId || !action) return { opening: await openingOf(desk.host, desk.actor, { process, start }) };
  const parent = await openReadable(desk, caseId);
  const opening = await openingByAction(desk.host, desk.actor, await surroundingsOf(desk, parent), action);
  if (opening.process.key !== process || opening.start !== start) throw new Refusal('not.found');
  return { opening, parent };
}

async function judge(
  desk: Desk,
  { process, settings, sight, given }: Opening,
  submitted: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const { host } = desk;
  const { value: form } = await host.catalogue().form(process.app, settings.form!);
  return acceptForm(desk, {
    form,
    version: host.catalogue().release,
    stored: firstValues(host, form, sight, givenValues(settings.initial, sight, given)),
    submitted,
    access: settings.access,
    sight,
    final: true,
  });
}

/** Its id. */
function keepSubmission(
  desk: Desk,
  file: CaseFile,
  settings: StartSettings,
  node: string,
  values: Record<string, unknown>,
): string {
  const id = desk.host.newId();
  file.changes.submissions.push({
    id,
    case_id: file.id,
    task_id: '',
    node,
    round: 1,
    form: settings.form ?? '',
    form_version: desk.host.catalogue().release,
    person_id: desk.actor.id,
    outcome: 'start',
    comment: '',
    values,
    at: desk.now,
  });
  return id;
}

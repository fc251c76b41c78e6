/**
 * Verb: a person starts a case. The start form is judged, the case gets its number, and the first step is taken, all in one
 * transaction. Rules: [C3] [C8] only those whom the start event admits.
 */
import { Refusal } from '@ganwei/core/refusal';
import type { StartSettings } from '@ganwei/process/model';
import { actorContext } from '../catalogue/case-scope.ts';
import type { ProcessEntry } from '../catalogue/catalogue.ts';
import { type Host, localDate, worldOf } from '../catalogue/host.ts';
import { feel } from '../catalogue/language.ts';
import { dropDraft, linkFiles } from '../store/drafts.ts';
import { advance } from './advance.ts';
import type { CaseFile } from './case-file.ts';
import type { Desk } from './desk.ts';
import { acceptForm, fileIds, firstValues } from './forms.ts';
import { type Moved, moved } from './moved.ts';
import { type Call, perform } from './run.ts';

export interface StartRequest {
  process: string;
  start: string;
  values: Record<string, unknown>;
  draft?: string | undefined;
}

export function startCase(host: Host, call: Call, request: StartRequest): Promise<Moved> {
  return perform(host, { ...call, request: ['start', request] }, async (desk) => {
    const { process, settings } = await admit(host, call, request.process, request.start);
    const values = settings.form ? await judge(desk, settings, request) : {};
    const file = await desk.create({
      process,
      start: request.start,
      starter: call.actor,
      values: settings.form ? { [settings.as]: values } : {},
    });
    file.note({ kind: 'started', node: request.start, detail: {} }, call.actor, desk.now);
    file.changes.people.push({ person: call.actor.id, part: 'starter' });
    keepSubmission(desk, file, settings, request.start, values);
    await advance(desk, file, { kind: 'start', startEvent: request.start });
    addSubjects(desk, file);
    await linkFiles(
      desk.tx,
      fileIds(values).map((id) => ({
        file_id: id,
        case_id: file.id,
        place: settings.as,
        by: call.actor.id,
        at: desk.now,
      })),
    );
    if (request.draft) await dropDraft(desk.tx, request.draft, call.actor.id);
    return moved(desk, file);
  });
}

/** [C8] The start event, if this person may start there; a process he may not start is answered like one that does not exist. */
export async function admit(
  host: Host,
  call: Pick<Call, 'actor'>,
  key: string,
  start: string,
): Promise<{ process: ProcessEntry; settings: StartSettings }> {
  const known = host
    .catalogue()
    .list('process')
    .some((entry) => entry.key === key);
  if (!known) throw new Refusal('not.found');
  const process = await host.catalogue().process(key);
  const settings = process.model.nodes.get(start)?.start;
  if (!settings?.who) throw new Refusal('not.found');
  const scope = { actor: actorContext(call.actor), today: localDate(host.now()) };
  if (feel(settings.who).evaluate(scope, worldOf(host, host.now())) !== true) {
    throw new Refusal('case.start-forbidden', { process: process.model.name });
  }
  return { process, settings };
}

async function judge(desk: Desk, settings: StartSettings, request: StartRequest): Promise<Record<string, unknown>> {
  const { host, now, actor } = desk;
  const { value: form } = await host.catalogue().form(settings.form!);
  const scope = startScope(desk, request);
  const world = worldOf(host, now);
  return acceptForm(desk, {
    form,
    stored: firstValues(host, form, settings.initial, scope, world),
    submitted: request.values,
    access: settings.access,
    scope: { ...scope, actor: actorContext(actor) },
    world,
    final: true,
  });
}

/** What the rules of a start form may read. */
export const startScope = (
  { actor, now }: Pick<Desk, 'actor' | 'now'>,
  request: { process: string; start: string },
) => ({
  actor: actorContext(actor),
  today: localDate(now),
  case: { process: request.process, start: request.start, starter: actor.id, starterUnit: actor.unit },
});

function keepSubmission(
  desk: Desk,
  file: CaseFile,
  settings: StartSettings,
  node: string,
  values: Record<string, unknown>,
): void {
  file.changes.submissions.push({
    id: desk.host.newId(),
    case_id: file.id,
    task_id: '',
    node,
    round: 1,
    form: settings.form ?? '',
    form_version: desk.host.catalogue().release,
    person_id: desk.actor.id,
    outcome: 'start',
    comment: '',
    values: JSON.stringify(values),
    at: desk.now,
  });
}

/** [A2] The persons a case is about are known to it, so that what is theirs to see and what is not can be told. */
export function addSubjects(desk: Desk, file: CaseFile): void {
  const { subjects } = file.process.model.case;
  if (!subjects) return;
  const found = feel(subjects).evaluate(file.scope(desk.actor, desk.now), file.world(desk.host, desk.now));
  for (const person of Array.isArray(found) ? found : [found]) {
    if (typeof person === 'string') file.changes.people.push({ person, part: 'subject' });
  }
}

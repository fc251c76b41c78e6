/** Owns the page of a task and the page of a start: the form to fill with exactly what this person may see and do. Rules: [A1] [T3] [T4] [T7]. */
import type { Actor } from '@ganwei/core/actor';
import type { Answer } from '@ganwei/core/contract';
import { because, said } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import { project } from '@ganwei/form/access';
import type { CompiledForm, Values } from '@ganwei/form/model';
import type { TaskSettings } from '@ganwei/process/model';
import { refusalOfDone } from '../catalogue/closing.ts';
import { Eligibility } from '../catalogue/eligibility.ts';
import { firstValues, givenValues, stepValues } from '../catalogue/first-values.ts';
import { type Host, sightOf } from '../catalogue/host.ts';
import { seesAll } from '../catalogue/reading.ts';
import { returnTargets } from '../catalogue/returning.ts';
import { roundOf } from '../catalogue/signing.ts';
import { type Opening, openingByAction, openingOf, personScope } from '../catalogue/starting.ts';
import { childCases } from '../store/cases.ts';
import { loadDraft, startDrafts, taskDraft } from '../store/drafts.ts';
import { taskDone } from '../store/record.ts';
import type { TaskRow } from '../store/rows.ts';
import { loadTask } from '../store/work.ts';
import { predict } from './case/ahead.ts';
import { formsOf, formView, seenOf } from './case/forms.ts';
import { caseHead, parentOf } from './case/head.ts';
import { attachments, letters } from './case/letters.ts';
import { milestones } from './case/milestones.ts';
import { surroundings } from './case/offers.ts';
import { isVisible, openTasks } from './case/tasks.ts';
import { timeline } from './case/timeline.ts';
import { type Look, lookAt } from './look.ts';

type TaskView = Answer<'task'>;

export async function taskView(host: Host, actor: Actor, id: string): Promise<TaskView> {
  const task = await loadTask(host.store.reader, id);
  if (!task) {
    const done = await taskDone(host.store.reader, id);
    if (!done) throw new Refusal('not.found');
    throw await refusalOfDone(host.store.reader, host, actor, done);
  }
  const look = await lookAt(host, actor, task.case_id);
  const item = look.items.find((row) => row.task_id === id && row.person_id === actor.id);
  if (!item || item.state === 'waiting') throw new Refusal(isVisible(look, task) ? 'task.not-yours' : 'not.found');
  const settings = look.process.model.nodes.get(task.node)!.task!;
  const { form, formValues } = await stepForm(look, settings);
  const open = openTasks(look).find((view) => view.id === id)!;
  const draft = await taskDraft(look.tx, id, actor.id);
  return {
    task: {
      ...open,
      revision: task.revision,
      help: settings.help ?? '',
      priority: task.priority,
      pooled: item.state === 'pooled',
    },
    case: await caseHead(look, await parentOf(look)),
    form: form ? formView(look, settings.as, form, formValues, settings.access, true) : null,
    scope: form ? ruleScope(look, form) : {},
    shown: await formsOf(look, shownAt(look, settings)),
    outcomes: settings.outcomes.map((o) => ({
      ...o,
      when: o.when ?? null,
      confirm: o.confirm ? look.sight.render(o.confirm) : null,
    })),
    operations: operations(look, task, settings),
    draft: draft
      ? { values: draft.values as never, comment: draft.comment, revision: draft.revision, savedAt: draft.saved_at }
      : null,
    attachments: await attachments(look),
    letters: await letters(look),
    timeline: await timeline(look),
    milestones: milestones(look),
    drawing: seesAll(look.reading, 'drawing'),
    next: predict(look),
  };
}

async function stepForm(
  { host, row, process, values, sight }: Look,
  settings: TaskSettings,
): Promise<{ form: CompiledForm | null; formValues: Values }> {
  if (!settings.form) return { form: null, formValues: {} };
  const { value: form } = await host.catalogue().form(process.app, settings.form, row.release);
  return { form, formValues: stepValues(host, form, settings, values, sight) };
}

/** Forms this step shows; without any named, none. */
function shownAt(look: Look, settings: TaskSettings): Map<string, { hide: readonly string[]; open: boolean }> {
  const shown = new Map<string, { hide: readonly string[]; open: boolean }>();
  for (const { as, hide, open, when } of settings.shows) {
    if (as === settings.as && !settings.list) continue;
    if (!when || look.sight.holds(when)) shown.set(as, { hide, open });
  }
  return shown;
}

/**
 * What the rules of this form read from outside, and no more: names it does not use are not sent, nor is anything of the other forms that
 * this person does not see. Results of services (a suggestion, an influence period) go to the step whose form asks for them.
 */
function ruleScope(look: Look, form: CompiledForm): TaskView['scope'] {
  const forms = new Set([...look.process.model.nodes.values()].map((n) => (n.start ?? n.task)?.as).filter(Boolean));
  const names = form.outside.filter((name) => look.reading.forms.has(name) || !forms.has(name));
  return Object.fromEntries(names.map((name) => [name, seenOf(look, name) as never]));
}

function operations(look: Look, task: TaskRow, settings: TaskSettings): TaskView['operations'] {
  const { process, sight, actor } = look;
  const others = new Eligibility({ settings, sight, round: roundOf(task, settings, sight) }, actor.id);
  const reached = look.sight.world.reached ?? {};
  return settings.operations.flatMap((key): TaskView['operations'] => {
    if (key === 'return') {
      const waiting = new Set(look.tasks.map((open) => open.node));
      const targets = returnTargets(process.model, task.node, reached, waiting).map((id) => ({
        node: id,
        name: process.model.nodes.get(id)?.name ?? '',
        // [READ11] Who did an earlier step is told to whoever may read it in the record.
        who: seesAll(look.reading, 'acts')
          ? (reached[id]?.by ?? []).map((p) => look.host.directory().nameOf(p)).join('、')
          : '',
      }));
      const reason = targets.length === 0 ? said(because('return.nowhere')) : '';
      return [{ key, allowed: targets.length > 0, reason, targets }];
    }
    const nobody = (key === 'transfer' || key === 'addSigner') && !others.isOpenTo();
    return [{ key, allowed: !nobody, reason: nobody ? said(because('person.nobody')) : '', targets: [] }];
  });
}

interface StartPage {
  process: string;
  start: string;
  draft?: string | undefined;
  case?: string | undefined;
  action?: string | undefined;
}

/** The page on which a person starts a case; a draft remembers the case and the action it was begun from. */
export async function startView(host: Host, actor: Actor, page: StartPage): Promise<Answer<'startView'>> {
  const draft = page.draft ? await loadDraft(host.store.reader, page.draft, actor.id) : undefined;
  if (page.draft && !draft) throw new Refusal('draft.gone');
  const from = { case: draft?.case_id ?? page.case, action: draft?.action ?? page.action };
  const look = from.case && from.action ? await lookAt(host, actor, from.case) : undefined;
  const opening = look
    ? await openingByAction(host, actor, surroundings(look, await childCases(look.tx, look.row.id)), from.action!)
    : await openingOf(host, actor, page);
  const { process, start, settings, sight } = opening;
  if (process.key !== page.process || start !== page.start) throw new Refusal('not.found');
  const form = settings.form ? (await host.catalogue().form(process.app, settings.form)).value : null;
  const values = form ? startValues(host, form, opening, draft?.values) : {};
  return {
    process: process.key,
    processName: process.model.name,
    start,
    label: settings.label,
    help: settings.help ?? '',
    form: form ? formView({ host, sight }, settings.as, form, values, settings.access, true) : null,
    scope: sight.scope as never,
    draft: draft ? { id: draft.id, revision: draft.revision, savedAt: draft.saved_at } : null,
    from: look ? { case: look.row.id, action: from.action!, number: look.row.number, title: look.row.title } : null,
  };
}

/** First values of the form, or those of the draft where this person fills them in himself. */
function startValues(host: Host, form: CompiledForm, opening: Opening, draft: Values | undefined): Values {
  const { settings, sight, given } = opening;
  const known = givenValues(settings.initial, sight, given);
  return draft ? project(form, { ...known, ...draft }, settings.access) : firstValues(host, form, sight, known);
}

/** Drafts that the page of what may be started offers to go on with. */
const MOST_DRAFTS = 100;

/** What this person may start, grouped by the processes' order. */
export async function startables(host: Host, actor: Actor): Promise<Answer<'startables'>> {
  const now = host.now();
  const sight = sightOf(host, now, personScope(actor, now));
  const drafts = await startDrafts(host.store.reader, actor.id, MOST_DRAFTS);
  const found: (Answer<'startables'>[number] & { order: number })[] = [];
  for (const { key } of host.catalogue().list('process')) {
    const { model } = await host.catalogue().process(key);
    for (const node of model.nodes.values()) {
      if (!node.start?.who || !sight.holds(node.start.who)) continue;
      const { category, description, order } = model.case;
      found.push({
        process: key,
        processName: model.name,
        start: node.id,
        label: node.start.label,
        category,
        description,
        order,
        drafts: drafts
          .filter((draft) => draft.process === key && draft.start === node.id && draft.case_id === null)
          .map(({ id, title, saved_at }) => ({ id, title, savedAt: saved_at })),
      });
    }
  }
  return found.sort((a, b) => a.order - b.order).map(({ order: _, ...startable }) => startable);
}

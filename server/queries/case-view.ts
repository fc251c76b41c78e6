/**
 * Owns the page of a case and what it shares with the page of a task: forms, timeline, letters, the predicted way.
 * Everything passes through the person's Reading; nothing else of the case leaves the server. Rules: [A1] [A2] [A3] [H1].
 */
import type { Actor } from '@ganwei/core/actor';
import type { Answer } from '@ganwei/core/contract';
import { type HistoryKind, isPersonsAct, kindOf } from '@ganwei/core/history';
import { Refusal } from '@ganwei/core/refusal';
import { project } from '@ganwei/form/access';
import type { CompiledForm, FieldAccess, Values } from '@ganwei/form/model';
import { summaryOf } from '@ganwei/form/values';
import { nextSteps } from '@ganwei/process/ahead';
import { progress } from '@ganwei/process/round';
import { attachedProcess, offeredActions, type Surroundings } from '../catalogue/actions.ts';
import type { Host } from '../catalogue/host.ts';
import { plainLookups } from '../catalogue/lookups.ts';
import { roundOf } from '../catalogue/signing.ts';
import { childCases, loadCase } from '../store/cases.ts';
import { attachmentsOf, loadFiles } from '../store/drafts.ts';
import { lettersOfCase, receiptsOf } from '../store/letters.ts';
import { historyOf, verifyChain } from '../store/record.ts';
import type { CaseRow, HistoryRow, LetterRow, ReceiptRow } from '../store/rows.ts';
import { caseHead, dueView, type Look, lookAt, personRef } from './look.ts';

type CaseView = Answer<'case'>;
type FormView = CaseView['forms'][number];
type LetterView = CaseView['letters'][number];

export async function caseView(host: Host, actor: Actor, id: string): Promise<CaseView> {
  const look = await lookAt(host, actor, id);
  const { row, tx } = look;
  const parent = row.parent_id ? await readableParent(look, row.parent_id) : undefined;
  const children = await childCases(tx, id);
  return {
    case: await caseHead(host, row, parent),
    forms: await formsOf(look),
    tasks: openTasks(look),
    children:
      look.reading.whole || look.parts.has('worker') ? await Promise.all(children.map((c) => caseHead(host, c))) : [],
    attachments: await attachments(look),
    letters: await letters(look),
    timeline: await timeline(look),
    operations: caseOperations(look),
    actions: await actions(look, children),
    next: predict(look),
  };
}

/** [C9] Buttons that start an attached process. */
async function actions(look: Look, children: readonly CaseRow[]): Promise<CaseView['actions']> {
  const offered = offeredActions(surroundings(look, children));
  return Promise.all(
    offered.map(async (action) => {
      const { process, start } = await attachedProcess(look.host.catalogue(), action);
      return { key: action.key, label: action.label, process: process.key, start: start.id };
    }),
  );
}

/** The case as the buttons on it see it. */
export const surroundings = ({ row, process, sight }: Look, children: readonly CaseRow[]): Surroundings => ({
  row,
  model: process.model,
  sight,
  children,
});

/** The case it came from, unless it is not this person's to read. */
async function readableParent(look: Look, id: string) {
  try {
    return (await lookAt(look.host, look.actor, id)).row;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** Read-only forms of the case, in the order of the process, without what stays hidden. */
export async function formsOf(
  look: Look,
  only?: ReadonlyMap<string, { hide: readonly string[]; open: boolean }>,
): Promise<FormView[]> {
  const { host, process, row, values, reading } = look;
  const views: FormView[] = [];
  const seen = new Set<string>();
  for (const node of process.model.nodes.values()) {
    // Values that several starts fill under one name are shown in the form of the start that was used.
    const settings = node.start ? (node.id === row.start ? node.start : undefined) : node.task;
    if (!settings?.form || seen.has(settings.as)) continue;
    const hide = only ? only.get(settings.as)?.hide : reading.forms.get(settings.as);
    const value = values.get(settings.as);
    if (hide === undefined || value === undefined || value === null) continue;
    seen.add(settings.as);
    const { value: form } = await host.catalogue().form(settings.form, row.release);
    const access: FieldAccess[] = [
      { path: '*', mode: 'read' },
      ...hide.map((path) => ({ path, mode: 'hidden' as const })),
    ];
    views.push(formView(look, settings.as, form, value, access, only?.get(settings.as)?.open ?? true));
  }
  return views;
}

export function formView(
  { host, sight }: Pick<Look, 'host' | 'sight'>,
  as: string,
  form: CompiledForm,
  value: unknown,
  access: readonly FieldAccess[],
  open: boolean,
): FormView {
  const surroundings = { scope: sight.scope, world: { ...sight.world }, lookups: plainLookups(host) };
  const entries = Array.isArray(value) ? (value as Record<string, unknown>[]) : null;
  const single = (entries ? {} : value) as Values;
  const shown = project(form, single, access);
  return {
    as,
    definition: form.definition as never,
    values: shown as never,
    list: entries
      ? entries.map((entry) => ({
          by: String(entry.byName ?? ''),
          at: Number(entry.at ?? 0),
          values: project(form, entry as Values, access) as never,
        }))
      : null,
    access: [...access],
    open,
    summary: entries ? `共 ${entries.length} 份` : (summaryOf(form, shown, surroundings) ?? ''),
  };
}

/** Tasks that wait, with the people who hold them; a step with an audience is there only for its audience and its holders. */
export function openTasks(look: Look): CaseView['tasks'] {
  const { host, tasks, items, actor, now, process } = look;
  return tasks.flatMap((task) => {
    const own = items.filter((item) => item.task_id === task.id);
    const mine = own.some((item) => item.person_id === actor.id && item.state !== 'waiting');
    const settings = process.model.nodes.get(task.node)?.task;
    if (!mine && settings?.audience && !look.sight.holds(settings.audience)) return [];
    const named = mine || look.reading.whole || look.nodes.has(task.node) || !isConcerned(look);
    return [
      {
        id: task.id,
        node: task.node,
        name: task.name,
        holders: named ? own.map((item) => personRef(host, item.person_id)) : [],
        openedAt: task.opened_at,
        due: dueView(host, now, task.due_at, task.due_provisional),
        mode: settings?.mode ?? 'single',
        progress: settings ? progress(roundOf(task, settings, look.sight)) : { done: 0, all: 1 },
        mine,
      },
    ];
  });
}

/** A person whom the case concerns (starter, subject), also when some of its steps are his: others' words and names are not. */
const isConcerned = ({ parts }: Look): boolean => parts.has('starter') || parts.has('subject');

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

export async function attachments(look: Look): Promise<CaseView['attachments']> {
  const rows = await attachmentsOf(look.tx, look.row.id);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    size: row.size,
    type: row.type,
    sha256: row.sha256,
    by: look.host.directory().nameOf(row.by),
    at: row.linked_at,
  }));
}

/** Letters are for those who read the whole case, worked on it, received them, or are concerned by them. */
export async function letters(look: Look): Promise<LetterView[]> {
  const rows = await lettersOfCase(look.tx, look.row.id);
  if (rows.length === 0) return [];
  const receipts = await receiptsOf(
    look.tx,
    rows.map((row) => row.id),
  );
  const files = await loadFiles(
    look.tx,
    rows.map((row) => row.file_id),
  );
  return rows.map((row) => {
    const file = files.find((f) => f.id === row.file_id);
    return letterView(
      look.host,
      row,
      receipts.filter((r) => r.letter_id === row.id),
      file,
    );
  });
}

export function letterView(
  host: Host,
  row: LetterRow,
  receipts: readonly ReceiptRow[],
  file: { id: string; name: string; size: number; type: string; sha256: string } | undefined,
): LetterView {
  const directory = host.directory();
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    organ: row.organ,
    issuedAt: row.issued_at,
    issuedBy: directory.nameOf(row.issued_by),
    state: row.state,
    pages: row.pages,
    file: file ? { id: file.id, name: file.name, size: file.size, type: file.type, sha256: file.sha256 } : null,
    sha256: file?.sha256 ?? '',
    substitutions: row.substitutions,
    receipts: receipts.map((r) => ({
      id: r.id,
      kind: r.kind,
      unit: directory.units.get(r.unit_id)?.name ?? '',
      person: directory.nameOf(r.person_id),
      sentAt: r.sent_at,
      signedAt: r.signed_at,
      signedBy: r.signed_by ? directory.nameOf(r.signed_by) : '',
    })),
  };
}

function caseOperations(look: Look): CaseView['operations'] {
  const { row, process, actor } = look;
  const operations: CaseView['operations'] = [];
  if (row.starter_id === actor.id && row.state === 'running') {
    const allowed = process.model.case.withdraw !== undefined && look.sight.holds(process.model.case.withdraw);
    if (allowed) operations.push({ key: 'withdraw', allowed, reason: '', targets: [] });
  }
  const urgeable = openTasks(look).some(({ node }) => process.model.nodes.get(node)?.task?.operations.includes('urge'));
  const others = look.items.some((item) => item.person_id !== actor.id);
  if (row.state === 'running' && urgeable && others) {
    operations.push({ key: 'urge', allowed: true, reason: '', targets: [] });
  }
  operations.push({ key: 'comment', allowed: true, reason: '', targets: [] });
  operations.push({ key: 'attach', allowed: true, reason: '', targets: [] });
  return operations;
}

/** The next steps of people after what waits now; who would do them is told only to those who read the whole case. */
export function predict(look: Look): CaseView['next'] {
  const { process, tasks, sight } = look;
  const waiting = tasks.map((task) => task.node);
  return nextSteps(process.model, waiting, (flow) => settled(look, flow.condition))
    .map(({ node }) => node)
    .filter(({ id, task }) => !waiting.includes(id) && (!task?.audience || sight.holds(task.audience)))
    .slice(0, 4)
    .map(({ id, name, task }) => ({ node: id, name, who: look.reading.whole ? whoWould(task!.assignees) : '' }));

  function whoWould(source: string): string {
    try {
      const people = sight.people(source);
      return people.length <= 3 ? people.map((person) => look.host.directory().nameOf(person)).join('、') : '';
    } catch {
      // What a later step needs may not be known yet.
      return '';
    }
  }
}

/** What is known of a case from its beginning and never changes. */
const FIXED = ['case.start', 'case.starter', 'case.starterUnit', 'case.startedOn'];

/** A condition over nothing else has its answer now; any other may still change before it is asked. */
function settled(look: Look, condition: string | undefined): boolean | 'unknown' {
  if (condition === undefined) return 'unknown';
  const { paths, rowPaths, functions } = look.sight.language.compile(condition);
  const fixed = functions.length === 0 && rowPaths.length === 0 && paths.every((path) => FIXED.includes(path));
  return fixed ? look.sight.holds(condition) : 'unknown';
}

export async function diagram(host: Host, actor: Actor, id: string): Promise<Answer<'diagram'>> {
  const look = await lookAt(host, actor, id);
  const reached = look.row.reached;
  const { nodes, flows } = look.process.model;
  return {
    xml: look.process.drawing,
    finished: Object.keys(reached).filter((key) => nodes.has(key)),
    current: look.tasks.map((task) => task.node),
    taken: Object.keys(reached).filter((key) => flows.has(key)),
  };
}

/** [H1] Is the record of the case as it was written? */
export async function verifyHistory(host: Host, actor: Actor, id: string): Promise<Answer<'verifyHistory'>> {
  const { row, tx } = await lookAt(host, actor, id);
  const rows = await historyOf(tx, id);
  const intact = verifyChain(id, rows, { seq: row.entries, hash: row.history_hash });
  return { intact, entries: rows.length, head: row.history_hash };
}

export async function parentOf(look: Look) {
  return look.row.parent_id ? loadCase(look.tx, look.row.parent_id) : undefined;
}

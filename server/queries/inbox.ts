/** Owns the workbench lists: 待办, 已办, 我发起的, 抄送我的, 草稿, and their counts. Lists touch open work only. Rules: [Q1] [A1]. */
import { endOfDay, localDate } from '@ganwei/calendar/zone';
import type { Actor } from '@ganwei/core/actor';
import { holdsDuty } from '@ganwei/core/actor';
import type { Answer } from '@ganwei/core/contract';
import { because } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import { statusOf } from '../catalogue/case-scope.ts';
import type { Host } from '../catalogue/host.ts';
import { casesAbout, startedCases } from '../store/cases.ts';
import { countDrafts, startDrafts } from '../store/drafts.ts';
import { countUnread, noticesOf } from '../store/effects.ts';
import { countIncidents } from '../store/incidents.ts';
import { doneBy } from '../store/record.ts';
import type { NoticeRow } from '../store/rows.ts';
import { countTodo, type TodoKind, todo } from '../store/work.ts';
import { dueView, lookIfAllowed, personRef } from './look.ts';

type Page = Answer<'inbox'>;
type Row = Page['rows'][number];
type Tab = 'todo' | 'done' | 'started' | 'copied' | 'drafts';

export async function counts(host: Host, actor: Actor): Promise<Answer<'counts'>> {
  const tx = host.store.reader;
  const now = host.now();
  return {
    ...(await countTodo(tx, actor.id, { now, endOfToday: endOfDay(localDate(now)) })),
    copied: await countUnread(tx, actor.id),
    drafts: await countDrafts(tx, actor.id),
    incidents: holdsDuty(actor, 'business-admin') ? await countIncidents(tx) : 0,
  };
}

export async function inbox(host: Host, actor: Actor, tab: Tab, page: PageRequest): Promise<Page> {
  const lists: Record<Tab, () => Promise<Page>> = {
    todo: () => todoPage(host, actor, page),
    done: () => donePage(host, actor, page),
    started: () => startedPage(host, actor, page),
    copied: () => copiedPage(host, actor, page),
    drafts: () => draftsPage(host, actor, page),
  };
  return lists[tab]();
}

interface PageRequest {
  q: string;
  /** of 待办 only */
  only?: TodoKind | undefined;
  cursor?: string | undefined;
  limit: number;
}

const BLANK: Row = {
  id: '',
  kind: 'task',
  caseId: null,
  taskId: null,
  letterId: null,
  number: '',
  title: '',
  process: '',
  node: '',
  status: null,
  from: '',
  at: 0,
  due: null,
  priority: false,
  unread: false,
  outcome: null,
  pooled: false,
  start: null,
};

async function todoPage(host: Host, actor: Actor, { q, only, cursor, limit }: PageRequest): Promise<Page> {
  const after = cursor ? readCursor(cursor, { rank: 'number', due: 'number', id: 'string' }) : undefined;
  const now = host.now();
  const rows = await todo(host.store.reader, actor.id, {
    q,
    limit: limit + 1,
    ...(after && { after }),
    ...(only && { only: { kind: only, now, endOfToday: endOfDay(localDate(now)) } }),
  });
  return paged(
    rows,
    limit,
    (row) => ({
      ...BLANK,
      id: row.id,
      caseId: row.case_id,
      taskId: row.task_id,
      number: row.number,
      title: row.title,
      process: processName(host, row.process),
      node: row.task_name,
      from: personRef(host, row.from_person).name,
      at: row.opened_at,
      due: dueView(host, now, row.due_at, row.due_provisional),
      priority: row.rank === 0,
      outcome: row.reason === 'returned' ? 'returned' : row.reason === 'transferred' ? 'transferred' : null,
      pooled: row.state === 'pooled',
    }),
    (row) => ({ rank: row.rank, due: row.due_at, id: row.id }),
  );
}

async function donePage(host: Host, actor: Actor, { q, cursor, limit }: PageRequest): Promise<Page> {
  const before = cursor ? readCursor(cursor, NEWEST_FIRST) : undefined;
  const rows = await doneBy(host.store.reader, actor.id, { q, limit: limit + 1, ...(before && { before }) });
  const lost = await lostCases(host, actor, rows);
  const page = paged(
    rows,
    limit,
    (row): Row => ({
      ...BLANK,
      id: row.id,
      kind: 'case',
      caseId: row.case_id,
      number: row.number,
      title: row.title,
      process: processName(host, row.process),
      node: row.task_name,
      at: row.done_at,
      outcome: row.outcome,
    }),
    (row) => ({ at: row.done_at, id: row.id }),
  );
  return { ...page, rows: page.rows.filter(({ caseId }) => !caseId || !lost.has(caseId)) };
}

/** [READ3] What he did as a person concerned ended with being one: cases that were about him and are not his to read any more. */
async function lostCases(host: Host, actor: Actor, rows: readonly { case_id: string }[]): Promise<Set<string>> {
  const about = await casesAbout(
    host.store.reader,
    actor.id,
    rows.map((row) => row.case_id),
  );
  const lost = [...about].map(async (id) => ((await lookIfAllowed(host, actor, id)) ? [] : [id]));
  return new Set((await Promise.all(lost)).flat());
}

async function startedPage(host: Host, actor: Actor, { q, cursor, limit }: PageRequest): Promise<Page> {
  const before = cursor ? readCursor(cursor, NEWEST_FIRST) : undefined;
  const rows = await startedCases(host.store.reader, actor.id, { q, limit: limit + 1, ...(before && { before }) });
  const models = new Map<string, Awaited<ReturnType<typeof modelOf>>>();
  for (const row of rows) models.set(`${row.process}@${row.version}`, await modelOf(host, row.process, row.version));
  return paged(
    rows,
    limit,
    (row) => ({
      ...BLANK,
      id: row.id,
      kind: 'case',
      caseId: row.id,
      number: row.number,
      title: row.title,
      process: processName(host, row.process),
      at: row.started_at,
      status: statusOf(models.get(`${row.process}@${row.version}`)?.case.statuses ?? [], row.status, row.state),
    }),
    (row) => ({ at: row.started_at, id: row.id }),
  );
}

async function copiedPage(host: Host, actor: Actor, { cursor, limit }: PageRequest): Promise<Page> {
  const before = cursor ? readCursor(cursor, NEWEST_FIRST) : undefined;
  const rows = await noticesOf(host.store.reader, actor.id, { limit: limit + 1, ...(before && { before }) });
  return paged(rows, limit, noticeRow, (row) => ({ at: row.at, id: row.id }));
}

/** A message as its line, here and in the message centre. */
export const noticeRow = (row: NoticeRow): Row => ({
  ...BLANK,
  id: row.id,
  kind: 'notice',
  caseId: row.case_id,
  letterId: row.letter_id,
  title: row.title,
  node: row.text,
  from: row.from_name,
  at: row.at,
  unread: row.read_at === null,
});

async function draftsPage(host: Host, actor: Actor, { limit }: PageRequest): Promise<Page> {
  const rows = await startDrafts(host.store.reader, actor.id, limit);
  const known = new Set(
    host
      .catalogue()
      .list('process')
      .map(({ key }) => key),
  );
  const readable = await readableCases(host, actor, rows);
  const labels = new Map<string, string>();
  for (const { process, start } of rows.filter((row) => known.has(row.process))) {
    const { model } = await host.catalogue().process(process);
    labels.set(`${process}/${start}`, model.nodes.get(start)?.start?.label ?? '');
  }
  return {
    rows: rows.map((row) => ({
      ...BLANK,
      id: row.id,
      kind: 'draft',
      // [R32] The title of an action's draft is that of the case; whoever reads the case no more reads its title no more.
      title: row.case_id === null || readable.has(row.case_id) ? row.title : '',
      process: processName(host, row.process),
      node: labels.get(`${row.process}/${row.start}`) ?? '',
      at: row.saved_at,
      start: { process: row.process, start: row.start },
    })),
    next: null,
  };
}

/** The cases, among those that drafts were begun from, that the person may still open. */
async function readableCases(
  host: Host,
  actor: Actor,
  rows: readonly { case_id: string | null }[],
): Promise<Set<string>> {
  const ids = [...new Set(rows.flatMap(({ case_id }) => case_id ?? []))];
  const open = await Promise.all(ids.map(async (id) => ((await lookIfAllowed(host, actor, id)) ? [id] : [])));
  return new Set(open.flat());
}

const modelOf = async (host: Host, key: string, version: number) =>
  (await host.catalogue().process(key, version)).model;
const processName = (host: Host, key: string): string =>
  host
    .catalogue()
    .list('process')
    .find((entry) => entry.key === key)?.title ?? '';

/** One row more than asked for tells whether there is a next page. */
export function paged<T, R>(
  rows: readonly T[],
  limit: number,
  view: (row: T) => R,
  mark: (row: T) => unknown,
): { rows: R[]; next: string | null } {
  const last = rows[limit - 1];
  return {
    rows: rows.slice(0, limit).map(view),
    next:
      rows.length > limit && last !== undefined ? Buffer.from(JSON.stringify(mark(last))).toString('base64url') : null,
  };
}

/** What a mark of a page holds: name -> type of the value; `scalar` is a text, a number or null. */
type MarkShape = Readonly<Record<string, keyof MarkValue>>;
interface MarkValue {
  string: string;
  number: number;
  scalar: string | number | null;
}

/** The mark of lists that begin with the newest. */
export const NEWEST_FIRST = { at: 'number', id: 'string' } as const;

/** [LIM3] The mark as this list made it; anything else is refused: a cursor is ours or it is nothing. */
export function readCursor<S extends MarkShape>(cursor: string, shape: S): { [K in keyof S]: MarkValue[S[K]] } {
  const mark = parsedMark(cursor);
  const names = Object.keys(shape);
  if (!mark || Object.keys(mark).length !== names.length || !names.every((name) => fits(mark[name], shape[name]!)))
    throw new Refusal('input.malformed', { detail: because('request.page') });
  return mark as { [K in keyof S]: MarkValue[S[K]] };
}

function parsedMark(cursor: string): Record<string, unknown> | undefined {
  try {
    const mark: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return mark && typeof mark === 'object' && !Array.isArray(mark) ? (mark as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function fits(value: unknown, type: keyof MarkValue): boolean {
  if (type === 'scalar') return value === null || typeof value === 'string' || typeof value === 'number';
  return typeof value === type;
}

/**
 * Owns the routes of the workbench: lists and their counts, what may be started, drafts.
 */
import { z } from 'zod';
import { StartView } from './views.ts';
import { byId, DraftMark, Due, Id, Instant, Ok, page, type Route, Status, Values, Wording } from './words.ts';

export const InboxRow = z
  .object({
    id: Id,
    kind: z.enum(['task', 'case', 'notice', 'draft']),
    caseId: z.string().nullable(),
    taskId: z.string().nullable(),
    /** of a message: the letter it tells of */
    letterId: z.string().nullable(),
    number: z.string(),
    title: Wording,
    process: Wording,
    node: Wording,
    status: Status.nullable(),
    from: z.string(),
    at: Instant,
    due: Due.nullable(),
    priority: z.boolean(),
    unread: z.boolean(),
    outcome: Wording.nullable(),
    pooled: z.boolean(),
    /** of a draft: where it is gone on with */
    start: z.object({ process: Id, start: Id }).nullable(),
  })
  .meta({ id: 'InboxRow' });

export const INBOX_TABS = ['todo', 'done', 'started', 'copied', 'drafts'] as const;

/** Kinds of 待办 that are counted by themselves. */
export const TODO_KINDS = ['dueToday', 'overdue', 'returned'] as const;

export const Counts = z
  .object({
    todo: z.number(),
    dueToday: z.number(),
    overdue: z.number(),
    returned: z.number(),
    copied: z.number(),
    drafts: z.number(),
    incidents: z.number(),
  })
  .meta({ id: 'Counts' });

export const Startable = z
  .object({
    process: z.string(),
    processName: Wording,
    start: z.string(),
    label: Wording,
    category: Wording,
    description: Wording,
    /** the person's own drafts of it, newest first */
    drafts: z.array(z.object({ id: Id, title: Wording, savedAt: Instant })),
  })
  .meta({ id: 'Startable' });

/** My work. */
export const WORKBENCH_ROUTES = {
  counts: { method: 'GET', path: '/api/counts', summary: '工作台计数', access: 'session', answer: Counts },
  inbox: {
    method: 'GET',
    path: '/api/inbox/:tab',
    summary: '待办、已办、我发起的、抄送我的、草稿',
    access: 'session',
    params: z.object({ tab: z.enum(INBOX_TABS) }),
    query: z.object({
      /** of 待办 only: what the counter of that name counted */
      only: z.enum(TODO_KINDS).optional(),
      q: z.string().max(100).default(''),
      cursor: z.string().max(400).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(20),
    }),
    answer: page(InboxRow),
  },
  readNotice: {
    method: 'POST',
    path: '/api/notices/:id/read',
    summary: '标为已读',
    access: 'session',
    params: byId,
    answer: Ok,
  },
  startables: {
    method: 'GET',
    path: '/api/processes',
    summary: '可以发起的事项',
    access: 'session',
    answer: z.array(Startable),
  },
  startView: {
    method: 'GET',
    path: '/api/processes/:process/starts/:start',
    summary: '发起页',
    access: 'session',
    params: z.object({ process: Id, start: Id }),
    query: z.object({
      draft: z.string().max(64).optional(),
      case: z.string().max(64).optional(),
      action: z.string().max(64).optional(),
    }),
    answer: StartView,
  },
  saveDraft: {
    method: 'PUT',
    path: '/api/drafts',
    summary: '保存发起草稿',
    access: 'session',
    body: z.object({
      ...DraftMark.partial().shape,
      id: z.string().max(64).optional(),
      process: Id,
      start: Id,
      values: Values,
      case: z.string().max(64).optional(),
      action: z.string().max(64).optional(),
    }),
    answer: z.object({ id: Id, revision: z.number().int(), savedAt: Instant }),
  },
  dropDraft: {
    method: 'DELETE',
    path: '/api/drafts/:id',
    summary: '删除草稿',
    access: 'session',
    params: byId,
    answer: Ok,
  },
} as const satisfies Record<string, Route>;

/**
 * Owns the routes of changes (变更): a set of drafted definitions on top of a release, with authors, a reason and a review. Publishing makes it
 * a release, whole or not at all. Nothing here carries a word of any case.
 */
import { z } from 'zod';
import { Day, Finding, Named, NamedInQuery } from './definitions.ts';
import { byId, Id, Instant, Ok, PersonRef, page, type Route, Saying } from './words.ts';

/** Characters of the longest text of a definition. */
export const LONGEST_SOURCE = 1_500_000;

/**
 * drafting: being written · submitted: waits for a reviewer · returned: to its authors, with words · agreed: may be published · scheduled: takes
 * effect on its day · published: has become a release · withdrawn: given up
 */
export const CHANGE_STATES = [
  'drafting',
  'submitted',
  'returned',
  'agreed',
  'scheduled',
  'published',
  'withdrawn',
] as const;

/** Definitions of one change. */
export const MOST_DRAFTS = 2_000;

const Source = z.string().max(LONGEST_SOURCE);

/** One thing that may be asked of a change; the page offers what is here and the command asks the same verdict. */
export const CHANGE_ACTS = ['draft', 'submit', 'review', 'publish', 'withdraw', 'comment'] as const;

export const ChangeHead = z
  .object({
    id: Id,
    title: z.string(),
    reason: z.string(),
    state: z.enum(CHANGE_STATES),
    /** the release it stands on */
    base: z.number().int(),
    /** everyone who has written in it */
    authors: z.array(PersonRef),
    /** where it did not begin in the browser: the folder at start, a file, another server */
    origin: z.enum(['browser', 'folder', 'deploy', 'taken-back']),
    createdAt: Instant,
    changedAt: Instant,
    /** day from which it is to count; null: at once */
    effectiveOn: Day.nullable(),
    /** the release it has become */
    release: z.number().int().nullable(),
    count: z.number().int(),
  })
  .meta({ id: 'ChangeHead' });

/** A definition as a change has it. */
export const DraftRef = z
  .object({
    ...Named,
    title: z.string(),
    what: z.enum(['added', 'changed', 'retired']),
    revision: z.number().int(),
    by: PersonRef,
    at: Instant,
    /** the release below has moved on: its text is no longer the one this draft was begun from */
    behind: z.boolean(),
  })
  .meta({ id: 'DraftRef' });

export const ChangeView = z
  .object({
    ...ChangeHead.shape,
    drafts: z.array(DraftRef),
    /** what this person may do now; for what he may not, the reason where one can be given */
    may: z.array(z.object({ act: z.enum(CHANGE_ACTS), allowed: z.boolean(), reason: z.string() })),
    /** what happened to it and what was said, oldest first */
    record: z.array(
      z.object({
        id: Id,
        at: Instant,
        by: PersonRef,
        what: z.enum([
          'created',
          'submitted',
          'returned',
          'agreed',
          'scheduled',
          'published',
          'withdrawn',
          'rebased',
          /** somebody has written in it after it was submitted or agreed to: that counts no more */
          'reopened',
          /** it does not take effect on its day, and is agreed to as before */
          'unscheduled',
          'comment',
          'renamed',
          'unrenamed',
        ]),
        /**
         * what was said; of `scheduled` the day, of `published` the number of the release, of `rebased` the definition, of what was renamed the old
         * name, the new one and the number of places, each on its line
         */
        words: z.string(),
      }),
    ),
  })
  .meta({ id: 'ChangeView' });

const Draft = z.object({
  /** as the newest version calls itself; of one that is new, its key */
  title: z.string(),
  /** null: the change retires it, or has no draft of it */
  source: z.string().nullable(),
  /** null: the change has not touched it */
  draft: z.object({ revision: z.number().int(), by: PersonRef, at: Instant }).nullable(),
  /** the text this draft was begun from; null: there was none */
  base: z.string().nullable(),
  /** the text in force now; null: there is none */
  current: z.string().nullable(),
  /** the version of that text; 0: there is none */
  version: z.number().int(),
});

const Words = z.object({ comment: z.string().max(2000).default('') });

export const CHANGE_ROUTES = {
  changes: {
    method: 'GET',
    path: '/api/changes',
    summary: '变更',
    access: 'session',
    query: z.object({
      /** true: those under way; false: those that have come to their end */
      open: z.enum(['true', 'false']).default('true'),
      cursor: z.string().max(400).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(30),
    }),
    answer: page(ChangeHead),
  },
  beginChange: {
    method: 'POST',
    path: '/api/changes',
    summary: '起草变更',
    access: 'session',
    once: true,
    body: z.object({ title: Saying(100), reason: Saying(1000) }),
    answer: z.object({ id: Id }),
  },
  /** a content folder of another server or of a repository becomes a change here */
  deploy: {
    method: 'POST',
    path: '/api/changes/deploy',
    summary: '把一个内容文件夹作为变更送来',
    access: 'session',
    stream: 'upload',
    answer: z.object({ id: Id.nullable() }),
  },
  change: {
    method: 'GET',
    path: '/api/changes/:id',
    summary: '一个变更',
    access: 'session',
    params: byId,
    answer: ChangeView,
  },
  renameChange: {
    method: 'PUT',
    path: '/api/changes/:id',
    summary: '修改变更的标题和理由',
    access: 'session',
    params: byId,
    body: z.object({ title: Saying(100), reason: Saying(1000) }),
    answer: Ok,
  },
  /** everything that would be in force: what the check in the browser compiles */
  changeContent: {
    method: 'GET',
    path: '/api/changes/:id/content',
    summary: '变更生效后的全部定义',
    access: 'session',
    params: byId,
    answer: z.object({
      release: z.number().int(),
      definitions: z.array(z.object({ ...Named, file: z.string(), source: z.string() })),
    }),
  },
  draft: {
    method: 'GET',
    path: '/api/changes/:id/draft',
    summary: '变更中的一个定义',
    access: 'session',
    params: byId,
    query: z.object(NamedInQuery),
    answer: Draft,
  },
  /**
   * `revision`: of the draft this text was written on; 0: there was none, and `version` says on which version it was begun (left out: on the one
   * in force when it is saved). 409 where somebody has saved meanwhile
   */
  saveDefinition: {
    method: 'PUT',
    path: '/api/changes/:id/draft',
    summary: '保存变更中的一个定义',
    access: 'session',
    params: byId,
    body: z.object({
      ...Named,
      source: Source.nullable(),
      revision: z.number().int().min(0),
      version: z.number().int().min(0).optional(),
    }),
    answer: z.object({ revision: z.number().int() }),
  },
  dropDefinition: {
    method: 'POST',
    path: '/api/changes/:id/drop',
    summary: '从变更中去掉一个定义',
    access: 'session',
    params: byId,
    body: z.object({ ...Named, revision: z.number().int().min(1) }),
    answer: Ok,
  },
  /** a draft whose text below has moved on is taken to stand on the text of now */
  rebaseDefinition: {
    method: 'POST',
    path: '/api/changes/:id/rebase',
    summary: '以现行文本为基础继续',
    access: 'session',
    params: byId,
    body: z.object({ ...Named, source: Source.nullable(), revision: z.number().int().min(1) }),
    answer: z.object({ revision: z.number().int() }),
  },
  /** on which flows each draft bears, and how many of their cases run: numbers alone */
  changeAffects: {
    method: 'GET',
    path: '/api/changes/:id/affects',
    summary: '变更涉及的流程和在办件数',
    access: 'session',
    params: byId,
    rate: 'search',
    answer: z.object({
      rows: z.array(
        z.object({
          ...Named,
          /** it bears on every flow; then `flows` names none */
          all: z.boolean(),
          flows: z.array(z.string()),
          /** cases of these flows that run */
          running: z.number().int(),
          /** it counts for them as well; a flow and its forms count for new cases only */
          counts: z.boolean(),
        }),
      ),
    }),
  },
  checkChange: {
    method: 'POST',
    path: '/api/changes/:id/check',
    summary: '检查变更',
    access: 'session',
    params: byId,
    rate: 'search',
    answer: z.object({ findings: z.array(Finding) }),
  },
  submitChange: {
    method: 'POST',
    path: '/api/changes/:id/submit',
    summary: '送审',
    access: 'session',
    params: byId,
    once: true,
    body: Words,
    answer: Ok,
  },
  /** `drafts`: the revisions that were looked at; where one has moved on, it was something else that was agreed to */
  reviewChange: {
    method: 'POST',
    path: '/api/changes/:id/review',
    summary: '审核变更',
    access: 'session',
    params: byId,
    once: true,
    body: z.object({
      agree: z.boolean(),
      comment: Saying(2000),
      drafts: z.array(z.object({ ...Named, revision: z.number().int() })).max(MOST_DRAFTS),
    }),
    answer: Ok,
  },
  publishChange: {
    method: 'POST',
    path: '/api/changes/:id/publish',
    summary: '发布变更',
    access: 'session',
    params: byId,
    once: true,
    body: z.object({ effectiveOn: Day.nullable().default(null) }),
    answer: z.object({
      /** null where it waits for its day, or was refused */
      release: z.number().int().nullable(),
      findings: z.array(Finding),
    }),
  },
  withdrawChange: {
    method: 'POST',
    path: '/api/changes/:id/withdraw',
    summary: '撤销变更，或取消其待生效',
    access: 'session',
    params: byId,
    once: true,
    body: Words,
    answer: Ok,
  },
  commentChange: {
    method: 'POST',
    path: '/api/changes/:id/comments',
    summary: '对变更发表意见',
    access: 'session',
    params: byId,
    once: true,
    body: z.object({ comment: Saying(2000) }),
    answer: Ok,
  },
} as const satisfies Record<string, Route>;

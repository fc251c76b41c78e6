/**
 * Owns the routes of names (名称) within a change: what a definition calls by a name, where that is used, renaming it everywhere at once and undoing that, and what a
 * deletion would break. Nothing here carries a word of any case.
 */
import { z } from 'zod';
import { DEFINITION_KINDS } from '../definition.ts';
import { Finding, Named, NamedInQuery } from './definitions.ts';
import { byId, Id, Instant, Ok, PersonRef, type Route, Wording } from './words.ts';

const Key = z.string().min(1).max(200);

/** `in`: the full key of the definition; `key`: as it is said. */
const Its = { in: z.string().max(130), key: Key };

/** A name that can be another one: it is declared in one place, and every use of it is known to the check. */
const Declared = z.union([
  z.object({ ...Its, kind: z.literal('field'), path: z.string().max(600) }),
  z.object({ ...Its, kind: z.enum(['step', 'status', 'data', 'column']) }),
  z.object({ ...Its, kind: z.literal('outcome'), step: Key }),
]);

/** A key that stays, since it is kept outside definitions, too. */
const Kept = z.union([
  z.object({ ...Its, kind: z.literal('definition'), of: z.enum(DEFINITION_KINDS) }),
  z.object({ ...Its, kind: z.literal('entry') }),
  z.object({ ...Its, kind: z.literal('function') }),
  z.object({ ...Its, kind: z.literal('word'), list: z.string().max(60) }),
]);

const Thing = z.union([Declared, Kept]);

/** A place that says the name; `place`: what people call it and what is around it, `element`: what it is called there. */
const Place = z.object({
  definition: z.object({ ...Named, title: z.string() }),
  place: z.array(Wording),
  element: z.string(),
  before: z.string(),
  after: z.string(),
});

/** What a rename was worked out on: where one of these has moved on, it is another change by now. */
const Seen = { revision: z.number().int(), release: z.number().int() };

export const NAME_ROUTES = {
  names: {
    method: 'GET',
    path: '/api/changes/:id/names',
    summary: '一个定义里的名称',
    access: 'session',
    params: byId,
    query: z.object(NamedInQuery),
    answer: z.object({
      rows: z.array(z.object({ thing: Thing, label: Wording, within: Wording })),
    }),
  },
  nameUses: {
    method: 'POST',
    path: '/api/changes/:id/uses',
    summary: '一个名称在哪里用到',
    access: 'session',
    params: byId,
    rate: 'search',
    body: z.object({ thing: Thing }),
    /** one of the two: places that say the name, or what the check would miss without the thing */
    answer: z.object({ places: z.array(Place), missed: z.array(Finding) }),
  },
  planRename: {
    method: 'POST',
    path: '/api/changes/:id/rename-plan',
    summary: '改名要改哪些地方',
    access: 'session',
    params: byId,
    rate: 'search',
    body: z.object({ name: Declared, to: Key }),
    /** `refused`: why it cannot be done; '' it can */
    answer: z.object({ refused: z.string(), places: z.array(Place), findings: z.array(Finding), ...Seen }),
  },
  /** every place at once, or nothing; 409 where something has moved since the plan */
  renameInChange: {
    method: 'POST',
    path: '/api/changes/:id/rename',
    summary: '在变更中改名',
    access: 'session',
    params: byId,
    rate: 'search',
    once: true,
    body: z.object({ name: Declared, to: Key, ...Seen }),
    answer: z.object({ places: z.number().int() }),
  },
  renames: {
    method: 'GET',
    path: '/api/changes/:id/renames',
    summary: '变更中改过的名称',
    access: 'session',
    params: byId,
    answer: z.object({
      rows: z.array(
        z.object({
          id: Id,
          at: Instant,
          by: PersonRef,
          from: z.string(),
          to: z.string(),
          places: z.number().int(),
          /** why it cannot be undone any more; '' it can */
          barred: z.string(),
        }),
      ),
    }),
  },
  undoRename: {
    method: 'POST',
    path: '/api/changes/:id/rename-undo',
    summary: '撤销改名',
    access: 'session',
    params: byId,
    once: true,
    body: z.object({ rename: Id }),
    answer: Ok,
  },
  /** what the check would find wrong without it; for what can be taken out by itself: no step of a flow */
  wouldBreak: {
    method: 'POST',
    path: '/api/changes/:id/would-break',
    summary: '删除会影响什么',
    access: 'session',
    params: byId,
    rate: 'search',
    body: z.object({ thing: Thing }),
    answer: z.object({
      findings: z.array(Finding),
      /** its definition as it would be then, to be saved on this revision of its draft; null: it would be retired */
      definition: z.object({ ...Named, source: z.string().nullable(), revision: z.number().int() }),
    }),
  },
} as const satisfies Record<string, Route>;

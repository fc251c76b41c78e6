/**
 * Owns the routes of the design centre about what is in force: definitions with their versions, and releases. Nothing here carries a word of
 * any case.
 */
import { z } from 'zod';
import { DEFINITION_KINDS } from '../definition.ts';
import { Id, Instant, PersonRef, page, type Route, Saying } from './words.ts';

const Kind = z.enum(DEFINITION_KINDS);
/** Whose it is; '' where it is shared or no application owns the kind. */
const App = z.string().max(60);

/** Which definition: the same three words everywhere. */
export const Named = { kind: Kind, app: App, key: z.string().min(1).max(120) };

/** The same in a query. */
export const NamedInQuery = { ...Named, app: App.default('') };

export const Day = z.iso.date();

/** A finding of the check, with the definition it concerns. */
export const Finding = z
  .object({
    severity: z.enum(['error', 'warning']),
    rule: z.string(),
    /** null: of the whole */
    definition: z.object({ ...Named, title: z.string() }).nullable(),
    /** where in it: a BPMN id, the path of a field … */
    element: z.string(),
    message: z.string(),
  })
  .meta({ id: 'Finding' });

export const DefinitionRef = z
  .object({
    ...Named,
    title: z.string(),
    version: z.number().int(),
    /** when this version was published, and by whom; null: the content folder */
    at: Instant,
    by: PersonRef.nullable(),
    /** open changes that have a draft of it */
    changes: z.array(z.object({ id: Id, title: z.string() })),
  })
  .meta({ id: 'DefinitionRef' });

/** One version of one definition, in order of time. */
const Version = z.object({
  version: z.number().int(),
  release: z.number().int(),
  effectiveFrom: Day,
  retired: z.boolean(),
});

export const ReleaseRow = z
  .object({
    id: z.number().int(),
    at: Instant,
    by: PersonRef.nullable(),
    note: z.string(),
    change: z.object({ id: Id, title: z.string() }).nullable(),
    /** what it brought */
    definitions: z.array(z.object({ ...Named, title: z.string(), version: z.number().int(), retired: z.boolean() })),
  })
  .meta({ id: 'ReleaseRow' });

export const DEFINITION_ROUTES = {
  design: {
    method: 'GET',
    path: '/api/design',
    summary: '设计中心：各应用的定义',
    access: 'session',
    answer: z.object({
      release: z.number().int(),
      /** `mayDraft`: this person may draft definitions of it; what is shared has the app '' */
      applications: z.array(
        z.object({ app: App, name: z.string(), mayDraft: z.boolean(), definitions: z.array(DefinitionRef) }),
      ),
    }),
  },
  designLanguage: {
    method: 'GET',
    path: '/api/design/language',
    summary: '表达式可用的函数和流程可用的服务',
    access: 'session',
    /** signatures as release/service and feel/function write them */
    answer: z.object({
      services: z.array(z.tuple([z.string(), z.json()])),
      functions: z.array(z.tuple([z.string(), z.json()])),
    }),
  },
  definition: {
    method: 'GET',
    path: '/api/design/definition',
    summary: '一个定义及其版本',
    access: 'session',
    query: z.object({ ...NamedInQuery, version: z.coerce.number().int().min(1).optional() }),
    answer: z.object({ ref: DefinitionRef, version: z.number().int(), source: z.string(), versions: z.array(Version) }),
  },
  releases: {
    method: 'GET',
    path: '/api/releases',
    summary: '发布记录',
    access: 'session',
    query: z.object({
      cursor: z.string().max(400).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(30),
    }),
    answer: page(ReleaseRow),
  },
  exportRelease: {
    method: 'GET',
    path: '/api/releases/:id/export',
    rate: 'export',
    summary: '导出一次发布的全部定义（文件夹，zip）',
    access: 'session',
    params: z.object({ id: z.coerce.number().int().min(1) }),
    stream: 'file',
    answer: z.unknown(),
  },
  takeBack: {
    method: 'POST',
    path: '/api/releases/:id/take-back',
    summary: '撤回一次发布：以原来的文本起草变更',
    access: 'session',
    params: z.object({ id: z.coerce.number().int().min(1) }),
    once: true,
    body: z.object({ reason: Saying(500) }),
    answer: z.object({ id: Id }),
  },
} as const satisfies Record<string, Route>;

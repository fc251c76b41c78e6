/**
 * Owns the administrators' routes: effects, the audit log, the directory, and the demo's clock and reset.
 */
import { z } from 'zod';
import { AUDIT_ACTS } from '../audit.ts';
import { SETUP_STEPS } from '../setup.ts';
import { byId, Id, Instant, Json, Ok, PersonRef, type Route, Wording } from './words.ts';

export const Effect = z
  .object({
    id: Id,
    type: z.string(),
    target: z.string(),
    caseId: z.string().nullable(),
    attempts: z.number(),
    nextAt: Instant.nullable(),
    error: z.string(),
    dead: z.boolean(),
    createdAt: Instant,
  })
  .meta({ id: 'Effect' });

export const Unit = z
  .object({
    id: z.string(),
    name: z.string(),
    parent: z.string().nullable(),
    kind: z.string(),
    level: z.string(),
    active: z.boolean(),
    people: z.number(),
  })
  .meta({ id: 'Unit' });

/** What was and what is, as the list of the organisation says it: title of the column, of a post with its unit. */
const Difference = z.object({ field: z.string(), before: z.string(), after: z.string() });

export const DirectoryReport = z
  .object({
    applied: z.boolean(),
    /** by the line of the file and, where it has several, the sheet */
    problems: z.array(z.object({ sheet: z.string(), line: z.number(), message: z.string() })),
    changes: z.array(
      z.object({
        sheet: z.string(),
        line: z.number(),
        of: z.enum(['unit', 'person']),
        act: z.enum(['added', 'changed']),
        name: z.string(),
        fields: z.array(Difference),
      }),
    ),
    /** all there are; the lists name the first of them */
    count: z.object({ problems: z.number(), changes: z.number() }),
    /** roles that wait for the security administrator's consent */
    waiting: z.number(),
    /** first passwords of new accounts, shown once and only after a real import */
    passwords: z.array(z.object({ username: z.string(), password: z.string() })),
  })
  .meta({ id: 'DirectoryReport' });

const Word = z.object({ key: z.string(), title: Wording });
const Attribute = Word.extend({ type: z.string(), values: z.array(z.string()).optional() });

/** The words of the directory: what its pages and lists offer. */
const DirectoryWords = z
  .object({
    roles: z.array(Word),
    unitKinds: z.array(Word),
    levels: z.array(Word),
    relations: z.array(Word),
    unitAttributes: z.array(Attribute),
    personAttributes: z.array(Attribute),
    postAttributes: z.array(Attribute),
    /** titles of a list that is imported */
    columns: z.array(z.string()),
  })
  .meta({ id: 'DirectoryWords' });

const Name = z.string().max(200);
const Attributes = z.record(z.string().max(64), Json);

/** A unit as it is kept. */
const UnitBody = z.object({
  name: Name,
  shortName: Name,
  parent: Id.nullable(),
  kind: z.string().max(64),
  level: z.string().max(64),
  active: z.boolean(),
  attributes: Attributes,
  relations: z.record(z.string().max(64), z.string().max(64)),
});

/** A person with all posts, those included that have ended or are yet to come. Dates YYYY-MM-DD, '' for no bound. */
const PersonBody = z.object({
  username: z.string().max(64),
  name: Name,
  active: z.boolean(),
  attributes: Attributes,
  posts: z
    .array(
      z.object({
        unit: Id,
        title: Name,
        roles: z.array(z.string().max(80)).max(30),
        main: z.boolean(),
        from: z.string().max(10),
        to: z.string().max(10),
        attributes: Attributes,
      }),
    )
    .max(30),
});

const Held = { person: z.string(), unit: z.string(), role: Wording, acting: z.boolean() };

const Grants = z
  .object({
    open: z.array(z.object({ id: Id, ...Held, askedBy: z.string(), askedAt: Instant })),
    held: z.array(z.object(Held)),
    administrators: z.array(z.object({ id: Id, name: z.string(), username: z.string(), duties: z.array(z.string()) })),
  })
  .meta({ id: 'Grants' });

/** Which entries of the log: of one kind of act or of all, by whom, when. */
const AuditQuestion = z.object({
  act: z.enum(['', ...AUDIT_ACTS]).default(''),
  /** name or account name of who did it, or a part of it */
  who: z.string().max(50).optional(),
  /** days, both included */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
});

const AuditPage = z
  .object({
    rows: z.array(
      z.object({
        id: Id,
        at: Instant,
        who: PersonRef,
        act: z.string(),
        /** the ledger or the person it was done to; empty where the act says it all */
        object: Wording,
        reason: z.string(),
        /** where it came from, for acts of signing in */
        address: z.string(),
        /** of access that was refused: what it was, of which type, and the number of its case; never what it is called */
        refused: z.object({ kind: z.enum(['file', 'letter']), type: Wording, number: z.string() }).nullable(),
        /** number of exported rows */
        rows: z.number().nullable(),
        /** name of the unit or person that was changed, and what changed */
        name: z.string(),
        fields: z.array(Difference),
      }),
    ),
    next: z.string().nullable(),
  })
  .meta({ id: 'AuditPage' });

/** For administrators alone. */
export const ADMINISTRATION_ROUTES = {
  effects: {
    method: 'GET',
    path: '/api/effects',
    summary: '对外推送',
    access: 'business-admin',
    answer: z.array(Effect),
  },
  redeliver: {
    method: 'POST',
    path: '/api/effects/:id/redeliver',
    summary: '重新推送',
    access: 'business-admin',
    params: byId,
    once: true,
    answer: Ok,
  },
  auditLog: {
    method: 'GET',
    path: '/api/audit',
    summary: '审计日志',
    access: 'audit-admin',
    query: AuditQuestion.extend({ cursor: z.string().max(300).optional() }),
    answer: AuditPage,
  },
  exportAudit: {
    method: 'POST',
    path: '/api/audit/export',
    rate: 'export',
    summary: '导出审计日志（Excel）',
    access: 'audit-admin',
    body: AuditQuestion.extend({ reason: z.string().max(200) }),
    stream: 'file',
    answer: z.any(),
  },
  unitTree: {
    method: 'GET',
    path: '/api/directory/units',
    summary: '单位树',
    access: 'system-admin',
    answer: z.array(Unit),
  },
  directoryPeople: {
    method: 'GET',
    path: '/api/directory/people',
    rate: 'search',
    summary: '人员',
    access: 'system-admin',
    query: z.object({ unit: z.string().max(64).optional(), q: z.string().max(50).default('') }),
    answer: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        username: z.string(),
        active: z.boolean(),
        /** has a duty of the platform: the password is the security administrator's affair */
        administers: z.boolean(),
        /** has a second factor */
        factor: z.boolean(),
        posts: z.array(z.object({ unit: z.string(), title: z.string(), roles: z.array(Wording) })),
      }),
    ),
  },
  directoryWords: {
    method: 'GET',
    path: '/api/directory/words',
    summary: '通讯录词汇',
    access: 'system-admin',
    answer: DirectoryWords,
  },
  directoryUnit: {
    method: 'GET',
    path: '/api/directory/units/:id',
    summary: '单位',
    access: 'system-admin',
    params: byId,
    answer: UnitBody.extend({ id: Id }),
  },
  keepUnit: {
    method: 'PUT',
    path: '/api/directory/units/:id',
    summary: '新增或修改单位',
    access: 'system-admin',
    params: byId,
    body: UnitBody,
    answer: Ok,
  },
  directoryPerson: {
    method: 'GET',
    path: '/api/directory/people/:id',
    summary: '人员及其任职',
    access: 'system-admin',
    params: byId,
    answer: PersonBody.extend({ id: Id }),
  },
  keepPerson: {
    method: 'PUT',
    path: '/api/directory/people/:id',
    summary: '新增或修改人员及其任职',
    access: 'system-admin',
    params: byId,
    body: PersonBody,
    /** the first password of a new account, once, else empty; how many roles wait for consent */
    answer: z.object({ password: z.string(), waiting: z.number() }),
  },
  importDirectory: {
    method: 'POST',
    path: '/api/directory/import',
    summary: '导入组织人员（Excel、CSV）',
    access: 'system-admin',
    /** `file`: its bytes in base64 */
    body: z.object({ file: z.base64().max(1_900_000), apply: z.boolean() }),
    answer: DirectoryReport,
  },
  exportDirectory: {
    method: 'POST',
    path: '/api/directory/export',
    rate: 'export',
    summary: '导出组织人员（Excel）',
    access: 'system-admin',
    body: z.object({ reason: z.string().max(200) }),
    stream: 'file',
    answer: z.any(),
  },
  resetPassword: {
    method: 'POST',
    path: '/api/directory/people/:id/password',
    summary: '重置密码',
    access: 'system-admin',
    params: byId,
    answer: z.object({ password: z.string() }),
  },
  resetAdministrator: {
    method: 'POST',
    path: '/api/grants/people/:id/password',
    summary: '重置管理员的密码',
    access: 'security-admin',
    params: byId,
    answer: z.object({ password: z.string() }),
  },
  askFactorReset: {
    method: 'POST',
    path: '/api/directory/people/:id/factor',
    summary: '提请重置第二验证',
    access: 'system-admin',
    params: byId,
    body: z.object({ comment: z.string().trim().min(1).max(500) }),
    answer: Ok,
  },
  factorResets: {
    method: 'GET',
    path: '/api/factor-resets',
    summary: '待同意的第二验证重置',
    access: 'security-admin',
    answer: z.array(
      z.object({ person: Id, name: z.string(), reason: z.string(), askedBy: z.string(), askedAt: Instant }),
    ),
  },
  decideFactorReset: {
    method: 'POST',
    path: '/api/factor-resets/:id',
    summary: '同意或不同意重置第二验证',
    access: 'security-admin',
    params: byId,
    body: z.object({ agree: z.boolean() }),
    answer: Ok,
  },
  readiness: {
    method: 'GET',
    path: '/api/readiness',
    summary: '准备情况：还缺什么，怎样补上',
    access: 'system-admin',
    answer: z.array(z.object({ step: z.enum(SETUP_STEPS), severity: z.enum(['error', 'hint']), message: z.string() })),
  },
  grants: {
    method: 'GET',
    path: '/api/grants',
    summary: '待同意的角色和现有权限',
    access: 'security-admin',
    answer: Grants,
  },
  decideGrants: {
    method: 'POST',
    path: '/api/grants',
    summary: '同意或不同意角色',
    access: 'security-admin',
    body: z.object({ ids: z.array(Id).min(1).max(500), agree: z.boolean() }),
    answer: Ok,
  },
  demoClock: {
    method: 'POST',
    path: '/api/demo/clock',
    summary: '拨动演示时钟',
    access: 'demo-admin',
    body: z.object({ now: z.union([Instant, z.string().max(40)]) }),
    answer: z.object({ now: Instant, fired: z.number() }),
  },
  demoReset: { method: 'POST', path: '/api/demo/reset', summary: '恢复演示数据', access: 'demo-admin', answer: Ok },
} as const satisfies Record<string, Route>;

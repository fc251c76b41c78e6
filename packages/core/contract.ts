/**
 * Owns the HTTP contract: every route with its request and answer. The server parses with it, the browser's client is typed by it,
 * and /api/openapi.json is generated from it. Server and web meet nowhere else.
 * Instants are epoch milliseconds, dates are YYYY-MM-DD texts, ids are opaque texts.
 */
import { z } from 'zod';

const Id = z.string().min(1).max(64);
const Instant = z.number().int();
const Json = z.json();
/** Values of one form: field name -> value. Checked field by field against the form, not here. */
const Values = z.record(z.string(), Json);
const Comment = z.string().max(4000).default('');
const Ok = z.object({ ok: z.literal(true) });

export const PersonRef = z.object({ id: z.string(), name: z.string(), unit: z.string() }).meta({ id: 'PersonRef' });
const UnitRef = z.object({ id: z.string(), name: z.string() }).meta({ id: 'UnitRef' });

export const Session = z
  .object({
    person: PersonRef.extend({ username: z.string(), post: z.string(), duties: z.array(z.string()) }),
    /** to be sent as X-CSRF-Token with every request that changes something */
    csrf: z.string(),
    passwordDue: z.boolean(),
    demo: z.boolean(),
    now: Instant,
    title: z.string(),
  })
  .meta({ id: 'Session' });

export const Status = z
  .object({ key: z.string(), label: z.string(), tone: z.enum(['running', 'done', 'stopped', 'warning']) })
  .meta({ id: 'Status' });

/** A deadline as people read it: 剩 2 个工作日 / 逾期 1 个工作日. `provisional`: the calendar of that year is not loaded yet (待校准). */
export const Due = z
  .object({
    at: Instant,
    date: z.string(),
    state: z.enum(['normal', 'soon', 'overdue']),
    workingDays: z.number().int(),
    provisional: z.boolean(),
  })
  .meta({ id: 'Due' });

export const FileRef = z
  .object({ id: Id, name: z.string(), size: z.number(), type: z.string(), sha256: z.string() })
  .meta({ id: 'FileRef' });

export const InboxRow = z
  .object({
    id: Id,
    kind: z.enum(['task', 'case', 'notice', 'draft']),
    caseId: z.string().nullable(),
    taskId: z.string().nullable(),
    number: z.string(),
    title: z.string(),
    process: z.string(),
    node: z.string(),
    status: Status.nullable(),
    from: z.string(),
    at: Instant,
    due: Due.nullable(),
    priority: z.boolean(),
    unread: z.boolean(),
    outcome: z.string().nullable(),
    pooled: z.boolean(),
  })
  .meta({ id: 'InboxRow' });

export const INBOX_TABS = ['todo', 'done', 'started', 'copied', 'drafts'] as const;

export const Counts = z
  .object({
    todo: z.number(),
    dueToday: z.number(),
    overdue: z.number(),
    returned: z.number(),
    copied: z.number(),
    drafts: z.number(),
    running: z.number(),
    incidents: z.number(),
  })
  .meta({ id: 'Counts' });

export const Startable = z
  .object({
    process: z.string(),
    processName: z.string(),
    start: z.string(),
    label: z.string(),
    category: z.string(),
    description: z.string(),
  })
  .meta({ id: 'Startable' });

export const Access = z.object({ path: z.string(), mode: z.enum(['hidden', 'read', 'edit', 'required']) });

/** A form with what this person may see of its values. `definition` is the closed dialect of packages/form. */
export const FormView = z
  .object({
    as: z.string(),
    definition: Json,
    /** one set of values, or several for a form filled by several people */
    values: Values,
    list: z.array(z.object({ by: z.string(), at: Instant, values: Values })).nullable(),
    access: z.array(Access),
    open: z.boolean(),
    summary: z.string(),
  })
  .meta({ id: 'FormView' });

export const Outcome = z
  .object({
    key: z.string(),
    label: z.string(),
    style: z.enum(['primary', 'default', 'danger']),
    comment: z.enum(['required', 'optional', 'none']),
    commentMin: z.number(),
    validates: z.boolean(),
    when: z.string().nullable(),
    confirm: z.string().nullable(),
  })
  .meta({ id: 'Outcome' });

export const TimelineEntry = z
  .object({
    at: Instant,
    /** started submitted returned transferred withdrawn commented attached claimed opened timer service letter receipt incident ended … */
    kind: z.string(),
    who: PersonRef.nullable(),
    node: z.string(),
    outcome: z.string(),
    comment: z.string(),
    /** milliseconds the step took, null where that says nothing */
    took: z.number().nullable(),
    detail: z.record(z.string(), Json),
  })
  .meta({ id: 'TimelineEntry' });

export const OpenTask = z
  .object({
    id: Id,
    node: z.string(),
    name: z.string(),
    holders: z.array(PersonRef),
    openedAt: Instant,
    due: Due.nullable(),
    mode: z.string(),
    /** submitted / all, for tasks of several people */
    progress: z.object({ done: z.number(), all: z.number() }),
    mine: z.boolean(),
  })
  .meta({ id: 'OpenTask' });

export const CaseHead = z
  .object({
    id: Id,
    number: z.string(),
    title: z.string(),
    process: z.string(),
    processName: z.string(),
    version: z.number(),
    status: Status,
    state: z.enum(['running', 'ended', 'withdrawn', 'suspended']),
    starter: PersonRef,
    startedAt: Instant,
    endedAt: Instant.nullable(),
    parent: z.object({ id: z.string(), number: z.string(), title: z.string() }).nullable(),
  })
  .meta({ id: 'CaseHead' });

export const ReceiptView = z
  .object({
    id: Id,
    kind: z.enum(['to', 'copy']),
    unit: z.string(),
    person: z.string(),
    sentAt: Instant,
    signedAt: Instant.nullable(),
    signedBy: z.string(),
  })
  .meta({ id: 'ReceiptView' });

export const LetterView = z
  .object({
    id: Id,
    number: z.string(),
    title: z.string(),
    organ: z.string(),
    issuedAt: Instant,
    issuedBy: z.string(),
    state: z.enum(['issued', 'void']),
    pages: z.number(),
    file: FileRef.nullable(),
    sha256: z.string(),
    /** fonts asked for that were not there, and what stood in for them */
    substitutions: z.array(z.string()),
    receipts: z.array(ReceiptView),
  })
  .meta({ id: 'LetterView' });

export const Operation = z
  .object({
    key: z.string(),
    allowed: z.boolean(),
    reason: z.string(),
    /** return: the steps it may go to */
    targets: z.array(z.object({ node: z.string(), name: z.string(), who: z.string() })),
  })
  .meta({ id: 'Operation' });

export const TaskView = z
  .object({
    task: OpenTask.extend({ revision: z.number(), help: z.string(), priority: z.boolean(), pooled: z.boolean() }),
    case: CaseHead,
    form: FormView.nullable(),
    /** names a rule of the form may read besides its own fields: actor, case, the visible forms of the case */
    scope: z.record(z.string(), Json),
    shown: z.array(FormView),
    outcomes: z.array(Outcome),
    operations: z.array(Operation),
    draft: z.object({ values: Values, comment: z.string(), savedAt: Instant }).nullable(),
    attachments: z.array(FileRef.extend({ by: z.string(), at: Instant })),
    letters: z.array(LetterView),
    timeline: z.array(TimelineEntry),
    /** the likely next steps and who would do them */
    next: z.array(z.object({ node: z.string(), name: z.string(), who: z.string() })),
  })
  .meta({ id: 'TaskView' });

export const CaseView = z
  .object({
    case: CaseHead,
    forms: z.array(FormView),
    tasks: z.array(OpenTask),
    children: z.array(CaseHead),
    attachments: z.array(FileRef.extend({ by: z.string(), at: Instant })),
    letters: z.array(LetterView),
    timeline: z.array(TimelineEntry),
    operations: z.array(Operation),
    actions: z.array(z.object({ key: z.string(), label: z.string(), process: z.string(), start: z.string() })),
    next: z.array(z.object({ node: z.string(), name: z.string(), who: z.string() })),
  })
  .meta({ id: 'CaseView' });

export const Diagram = z
  .object({
    xml: z.string(),
    /** node ids */
    finished: z.array(z.string()),
    current: z.array(z.string()),
    /** flow ids */
    taken: z.array(z.string()),
  })
  .meta({ id: 'Diagram' });

/** What a person reads after an act: where it went. */
export const Moved = z
  .object({
    caseId: Id,
    number: z.string(),
    state: z.enum(['running', 'ended', 'withdrawn', 'suspended']),
    status: Status,
    next: z.array(z.object({ task: z.string(), name: z.string(), who: z.array(z.string()) })),
    letters: z.array(z.object({ id: z.string(), number: z.string(), title: z.string() })),
    /** warnings that did not prevent the act, already in the person's language */
    warnings: z.array(z.string()),
  })
  .meta({ id: 'Moved' });

export const StartView = z
  .object({
    process: z.string(),
    processName: z.string(),
    start: z.string(),
    label: z.string(),
    help: z.string(),
    form: FormView.nullable(),
    scope: z.record(z.string(), Json),
    draft: z.object({ id: z.string(), savedAt: Instant }).nullable(),
  })
  .meta({ id: 'StartView' });

export const Choice = z
  .object({
    code: z.string(),
    label: z.string(),
    active: z.boolean(),
    note: z.string(),
    attributes: z.record(z.string(), Json),
  })
  .meta({ id: 'Choice' });

export const LedgerColumn = z
  .object({
    key: z.string(),
    label: z.string(),
    type: z.enum(['text', 'number', 'money', 'date', 'datetime', 'choice', 'case']),
    filter: z.enum(['none', 'contains', 'equals', 'range', 'choice']),
    sortable: z.boolean(),
    shown: z.boolean(),
    width: z.number(),
    choices: z.array(z.object({ value: z.string(), label: z.string() })),
    total: z.boolean(),
  })
  .meta({ id: 'LedgerColumn' });

export const LedgerView = z
  .object({
    key: z.string(),
    title: z.string(),
    description: z.string(),
    columns: z.array(LedgerColumn),
    exports: z.boolean(),
  })
  .meta({ id: 'LedgerView' });

export const LedgerQuery = z.object({
  filters: z
    .array(
      z.object({
        column: z.string().max(64),
        op: z.enum(['contains', 'equals', 'from', 'to', 'in']),
        value: z.union([z.string().max(200), z.number(), z.array(z.string().max(200)).max(100)]),
      }),
    )
    .max(20)
    .default([]),
  sort: z
    .object({ column: z.string().max(64), descending: z.boolean() })
    .nullable()
    .default(null),
  cursor: z.string().max(400).nullable().default(null),
  limit: z.number().int().min(1).max(200).default(20),
});

export const LedgerRow = z
  .object({ id: z.string(), caseId: z.string().nullable(), cells: z.record(z.string(), Json) })
  .meta({ id: 'LedgerRow' });

export const Incident = z
  .object({
    id: Id,
    caseId: z.string(),
    number: z.string(),
    title: z.string(),
    node: z.string(),
    kind: z.string(),
    detail: z.string(),
    openedAt: Instant,
    /** ways to solve it: reassign retry skip */
    ways: z.array(z.string()),
  })
  .meta({ id: 'Incident' });

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
    people: z.number(),
  })
  .meta({ id: 'Unit' });

export const DirectoryReport = z
  .object({
    applied: z.boolean(),
    unitsAdded: z.number(),
    unitsChanged: z.number(),
    peopleAdded: z.number(),
    peopleChanged: z.number(),
    postsAdded: z.number(),
    problems: z.array(z.object({ line: z.number(), message: z.string() })),
    /** first passwords of new accounts, shown once and only after a real import */
    passwords: z.array(z.object({ username: z.string(), password: z.string() })),
  })
  .meta({ id: 'DirectoryReport' });

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    code: z.string(),
    detail: z.string(),
    fields: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
    requestId: z.string(),
  })
  .meta({ id: 'Problem' });

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  summary: string;
  /** who may call it before any object is loaded */
  access: 'public' | 'session' | 'business-admin' | 'system-admin' | 'demo-admin';
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  answer: z.ZodType;
  /** true: an Idempotency-Key header makes a repetition harmless */
  once?: boolean;
  /** 'file': the answer is a file, not JSON; 'upload': the body is multipart/form-data */
  stream?: 'file' | 'upload';
}

const byId = z.object({ id: Id });
const page = <T extends z.ZodType>(row: T) => z.object({ rows: z.array(row), next: z.string().nullable() });

/** Every route of the platform. The key is the operation's name for clients. */
export const ROUTES = {
  signIn: {
    method: 'POST',
    path: '/api/session',
    summary: '登录',
    access: 'public',
    body: z.object({ username: z.string().min(1).max(64), password: z.string().min(1).max(200) }),
    answer: Session,
  },
  session: { method: 'GET', path: '/api/session', summary: '当前会话', access: 'session', answer: Session },
  signOut: { method: 'DELETE', path: '/api/session', summary: '退出登录', access: 'session', answer: Ok },
  changePassword: {
    method: 'POST',
    path: '/api/session/password',
    summary: '修改密码',
    access: 'session',
    body: z.object({ old: z.string().min(1).max(200), new: z.string().min(1).max(200) }),
    answer: Session,
  },
  site: {
    method: 'GET',
    path: '/api/site',
    summary: '登录页信息',
    access: 'public',
    answer: z.object({
      title: z.string(),
      demo: z.boolean(),
      version: z.string(),
      /** demo mode only: the accounts one may try, with their duty in a few words */
      accounts: z.array(z.object({ username: z.string(), name: z.string(), duty: z.string() })),
    }),
  },
  counts: { method: 'GET', path: '/api/counts', summary: '工作台计数', access: 'session', answer: Counts },
  inbox: {
    method: 'GET',
    path: '/api/inbox/:tab',
    summary: '待办、已办、我发起的、抄送我的、草稿',
    access: 'session',
    params: z.object({ tab: z.enum(INBOX_TABS) }),
    query: z.object({
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
  startCase: {
    method: 'POST',
    path: '/api/cases',
    summary: '发起',
    access: 'session',
    once: true,
    body: z.object({
      process: Id,
      start: Id,
      values: Values,
      draft: z.string().max(64).optional(),
      case: z.string().max(64).optional(),
      action: z.string().max(64).optional(),
    }),
    answer: Moved,
  },
  saveDraft: {
    method: 'PUT',
    path: '/api/drafts',
    summary: '保存发起草稿',
    access: 'session',
    body: z.object({ id: z.string().max(64).optional(), process: Id, start: Id, values: Values }),
    answer: z.object({ id: Id, savedAt: Instant }),
  },
  dropDraft: {
    method: 'DELETE',
    path: '/api/drafts/:id',
    summary: '删除草稿',
    access: 'session',
    params: byId,
    answer: Ok,
  },
  task: { method: 'GET', path: '/api/tasks/:id', summary: '任务', access: 'session', params: byId, answer: TaskView },
  saveTaskDraft: {
    method: 'PUT',
    path: '/api/tasks/:id/draft',
    summary: '保存办理草稿',
    access: 'session',
    params: byId,
    body: z.object({ values: Values, comment: Comment }),
    answer: z.object({ savedAt: Instant }),
  },
  claim: {
    method: 'POST',
    path: '/api/tasks/:id/claim',
    summary: '签收任务',
    access: 'session',
    params: byId,
    once: true,
    answer: Ok,
  },
  submit: {
    method: 'POST',
    path: '/api/tasks/:id/submit',
    summary: '提交',
    access: 'session',
    params: byId,
    once: true,
    body: z.object({
      outcome: z.string().min(1).max(64),
      values: Values.default({}),
      comment: Comment,
      revision: z.number().int(),
    }),
    answer: Moved,
  },
  returnTask: {
    method: 'POST',
    path: '/api/tasks/:id/return',
    summary: '退回',
    access: 'session',
    params: byId,
    once: true,
    body: z.object({ to: Id, resume: z.enum(['again', 'straight']), comment: Comment, revision: z.number().int() }),
    answer: Moved,
  },
  transfer: {
    method: 'POST',
    path: '/api/tasks/:id/transfer',
    summary: '转办',
    access: 'session',
    params: byId,
    once: true,
    body: z.object({ to: Id, comment: Comment, revision: z.number().int() }),
    answer: Moved,
  },
  case: { method: 'GET', path: '/api/cases/:id', summary: '件', access: 'session', params: byId, answer: CaseView },
  diagram: {
    method: 'GET',
    path: '/api/cases/:id/diagram',
    summary: '流程图',
    access: 'session',
    params: byId,
    answer: Diagram,
  },
  verifyHistory: {
    method: 'GET',
    path: '/api/cases/:id/history/verify',
    summary: '校验流转记录',
    access: 'session',
    params: byId,
    answer: z.object({ intact: z.boolean(), entries: z.number(), head: z.string() }),
  },
  withdraw: {
    method: 'POST',
    path: '/api/cases/:id/withdraw',
    summary: '撤回',
    access: 'session',
    params: byId,
    once: true,
    body: z.object({ comment: Comment }),
    answer: Moved,
  },
  comment: {
    method: 'POST',
    path: '/api/cases/:id/comments',
    summary: '添加意见',
    access: 'session',
    params: byId,
    once: true,
    body: z.object({ text: z.string().min(1).max(2000) }),
    answer: Ok,
  },
  attach: {
    method: 'POST',
    path: '/api/cases/:id/attachments',
    summary: '添加附件',
    access: 'session',
    params: byId,
    once: true,
    body: z.object({ files: z.array(Id).min(1).max(20) }),
    answer: Ok,
  },
  upload: {
    method: 'POST',
    path: '/api/files',
    summary: '上传文件',
    access: 'session',
    stream: 'upload',
    answer: FileRef,
  },
  download: {
    method: 'GET',
    path: '/api/files/:id',
    summary: '下载文件',
    access: 'session',
    params: byId,
    query: z.object({ inline: z.string().optional() }),
    stream: 'file',
    answer: z.any(),
  },
  letter: {
    method: 'GET',
    path: '/api/letters/:id',
    summary: '文书',
    access: 'session',
    params: byId,
    answer: LetterView.extend({ case: z.object({ id: z.string(), title: z.string(), number: z.string() }).nullable() }),
  },
  people: {
    method: 'GET',
    path: '/api/people',
    summary: '查找人员',
    access: 'session',
    query: z.object({
      q: z.string().max(50).default(''),
      ids: z.string().max(2000).optional(),
      unit: z.string().max(64).optional(),
    }),
    answer: z.array(PersonRef.extend({ post: z.string() })),
  },
  units: {
    method: 'GET',
    path: '/api/units',
    summary: '单位',
    access: 'session',
    query: z.object({ q: z.string().max(50).default(''), ids: z.string().max(2000).optional() }),
    answer: z.array(UnitRef.extend({ path: z.string() })),
  },
  dictionary: {
    method: 'GET',
    path: '/api/dictionaries/:key',
    summary: '字典',
    access: 'session',
    params: z.object({ key: Id }),
    answer: z.object({ key: z.string(), title: z.string(), items: z.array(Choice) }),
  },
  caseRefs: {
    method: 'GET',
    path: '/api/case-refs',
    summary: '查找可引用的件',
    access: 'session',
    query: z.object({
      process: z.string().max(64).default(''),
      q: z.string().max(50).default(''),
      ids: z.string().max(2000).optional(),
    }),
    answer: z.array(z.object({ id: z.string(), number: z.string(), title: z.string(), status: z.string() })),
  },
  ledgers: {
    method: 'GET',
    path: '/api/ledgers',
    summary: '台账目录',
    access: 'session',
    answer: z.array(z.object({ key: z.string(), title: z.string(), description: z.string() })),
  },
  ledger: {
    method: 'GET',
    path: '/api/ledgers/:key',
    summary: '台账',
    access: 'session',
    params: z.object({ key: Id }),
    answer: LedgerView,
  },
  ledgerRows: {
    method: 'POST',
    path: '/api/ledgers/:key/rows',
    summary: '台账行',
    access: 'session',
    params: z.object({ key: Id }),
    body: LedgerQuery,
    answer: z.object({
      rows: z.array(LedgerRow),
      next: z.string().nullable(),
      count: z.number(),
      counted: z.boolean(),
      totals: z.record(z.string(), z.number()),
    }),
  },
  exportLedger: {
    method: 'POST',
    path: '/api/ledgers/:key/export',
    summary: '导出台账',
    access: 'session',
    params: z.object({ key: Id }),
    body: LedgerQuery.extend({ columns: z.array(z.string().max(64)).min(1).max(60), reason: z.string().max(200) }),
    stream: 'file',
    answer: z.any(),
  },
  incidents: {
    method: 'GET',
    path: '/api/incidents',
    summary: '异常',
    access: 'business-admin',
    answer: z.array(Incident),
  },
  solveIncident: {
    method: 'POST',
    path: '/api/incidents/:id/solve',
    summary: '处理异常',
    access: 'business-admin',
    params: byId,
    once: true,
    body: z.object({
      way: z.enum(['reassign', 'retry']),
      people: z.array(Id).max(50).default([]),
      comment: z.string().min(1).max(500),
    }),
    answer: Ok,
  },
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
    summary: '人员',
    access: 'system-admin',
    query: z.object({ unit: z.string().max(64).optional(), q: z.string().max(50).default('') }),
    answer: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        username: z.string(),
        active: z.boolean(),
        locked: z.boolean(),
        posts: z.array(z.object({ unit: z.string(), title: z.string(), roles: z.array(z.string()) })),
      }),
    ),
  },
  importDirectory: {
    method: 'POST',
    path: '/api/directory/import',
    summary: '导入组织人员(CSV)',
    access: 'system-admin',
    body: z.object({ csv: z.string().max(5_000_000), apply: z.boolean() }),
    answer: DirectoryReport,
  },
  resetPassword: {
    method: 'POST',
    path: '/api/directory/people/:id/password',
    summary: '重置密码',
    access: 'system-admin',
    params: byId,
    answer: z.object({ password: z.string() }),
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

export type RouteName = keyof typeof ROUTES;
type Member<N extends RouteName, K extends string> = (typeof ROUTES)[N] extends { [P in K]: infer S extends z.ZodType }
  ? S
  : never;
/** What a client sends. */
export type Params<N extends RouteName> = [Member<N, 'params'>] extends [never]
  ? undefined
  : z.input<Member<N, 'params'>>;
export type Query<N extends RouteName> = [Member<N, 'query'>] extends [never] ? undefined : z.input<Member<N, 'query'>>;
export type Body<N extends RouteName> = [Member<N, 'body'>] extends [never] ? undefined : z.input<Member<N, 'body'>>;
/** What a handler receives after parsing. */
export type ParsedParams<N extends RouteName> = [Member<N, 'params'>] extends [never]
  ? undefined
  : z.output<Member<N, 'params'>>;
export type ParsedQuery<N extends RouteName> = [Member<N, 'query'>] extends [never]
  ? undefined
  : z.output<Member<N, 'query'>>;
export type ParsedBody<N extends RouteName> = [Member<N, 'body'>] extends [never]
  ? undefined
  : z.output<Member<N, 'body'>>;
export type Answer<N extends RouteName> = z.output<(typeof ROUTES)[N]['answer']>;

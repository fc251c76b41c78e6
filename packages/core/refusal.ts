/**
 * Owns the expected "no": every refusal a person can meet has a code, an HTTP status and one Chinese and one English sentence, which may
 * be filled with a reason of reason.ts. Three failures exist in this house, no more: Refusal (here), Conflict (retried by the server, never seen), bug (any other Error).
 * docs/ERRORS.md lists the same codes; test/house.test.ts holds the two together.
 */
import { filled, type Language, type Param, type Reason, said } from './reason.ts';

/** One complaint about one field: `path` is the dotted path of the value (`remedies.0.date`), `code` a key of FIELD_ERRORS. */
export interface FieldError {
  path: string;
  code: string;
  message: string;
  /** where the house complains and not a form: said in the language of the reader */
  reason?: Reason;
}

/** A complaint of the house itself. */
export const complaint = (path: string, code: string, reason: Reason): FieldError => ({
  path,
  code,
  message: said(reason),
  reason,
});

interface RefusalKind {
  status: number;
  zh: string;
  en: string;
}

/** code -> HTTP status and sentence. `{name}` is filled from `params`. */
export const REFUSALS = {
  'input.invalid': {
    status: 422,
    zh: '填写的内容有 {count} 处需要修改，请按提示更正后再提交。',
    en: '{count} entries need correction.',
  },
  'input.malformed': { status: 400, zh: '请求的格式不正确：{detail}。', en: 'Malformed request: {detail}.' },
  'input.media-type': {
    status: 415,
    zh: '请求的正文须是 JSON（Content-Type: application/json）。',
    en: 'The body must be JSON (Content-Type: application/json).',
  },
  'input.too-large': { status: 413, zh: '提交的内容太大，上限为 {limit}。', en: 'Too large; the limit is {limit}.' },
  'play.barred': { status: 409, zh: '不能这样试运行：{reason}。', en: 'This cannot be played: {reason}.' },
  'session.required': { status: 401, zh: '请先登录。', en: 'Please sign in.' },
  'session.wrong': {
    status: 401,
    zh: '用户名或密码不正确，或者尝试过于频繁；请核对后稍候再试。',
    en: 'Wrong user name or password, or too many attempts; check and try again in a while.',
  },
  'session.forged': { status: 403, zh: '页面已过期，请刷新后再试。', en: 'The page is out of date; reload it.' },
  'session.password-due': {
    status: 403,
    zh: '首次登录请先修改密码。',
    en: 'Change your first password before going on.',
  },
  'session.password-weak': {
    status: 422,
    zh: '新密码至少 10 位，同时包含字母和数字，不与原密码相同，也不是常见的、与姓名或用户名相近的密码。',
    en: 'At least 10 characters with letters and digits, different from the old one, and neither common nor like your name.',
  },
  'session.code': {
    status: 401,
    zh: '请输入验证器上的 6 位验证码，或者一个恢复码。',
    en: 'Enter the code of your authenticator, or a recovery code.',
  },
  'session.code-wrong': {
    status: 401,
    zh: '验证码不正确、已经用过，或者尝试过于频繁；请用下一个验证码再试。',
    en: 'The code is wrong, was used before, or there were too many attempts; try the next one.',
  },
  'session.factor-due': {
    status: 403,
    zh: '管理员须先启用第二验证。',
    en: 'Administrators set up a second factor before going on.',
  },
  'door.down': {
    status: 503,
    zh: '统一身份认证暂时无法访问，请稍后再试，或用本系统的账号登录。',
    en: 'The identity provider cannot be reached; try again later, or sign in with your account here.',
  },
  'door.expired': {
    status: 401,
    zh: '登录时间过长，请从统一身份认证重新登录。',
    en: 'Signing in took too long; begin again at the identity provider.',
  },
  'rate.exceeded': {
    status: 429,
    zh: '操作过于频繁，请 {seconds} 秒后再试。',
    en: 'Too many requests; try again in {seconds} seconds.',
  },
  'live.many': {
    status: 429,
    zh: '同时打开的页面太多，此页改为每分钟查看一次。',
    en: 'Too many pages are open at once; this one looks once a minute.',
  },
  'live.full': {
    status: 503,
    zh: '服务器的实时连接已满，此页改为每分钟查看一次。',
    en: 'The server holds as many live connections as it can; this page looks once a minute.',
  },
  'mailing.barred': { status: 409, zh: '不能这样提醒：{reason}。', en: 'You cannot be mailed like this: {reason}.' },
  'not.found': {
    status: 404,
    zh: '没有找到您要的内容，可能已被移走，或您无权查看。',
    en: 'Not found, or not yours to see.',
  },
  'not.allowed': { status: 403, zh: '您没有办理此事项的权限。', en: 'You may not do this.' },
  'task.done': { status: 409, zh: '此任务已由{who}办理，无需重复提交。', en: 'Already handled by {who}.' },
  'task.not-yours': { status: 403, zh: '此任务不在您的待办中，不能办理。', en: 'This task is not yours.' },
  'task.excluded': {
    status: 403,
    zh: '按照回避和职责分离要求，您不能办理此任务：{reason}。',
    en: 'Separation of duty: {reason}.',
  },
  'task.stale': {
    status: 409,
    zh: '页面打开后内容已有变化，已为您保留填写的内容，请刷新查看后再提交。',
    en: 'Changed since you opened it.',
  },
  'task.outcome-unknown': {
    status: 422,
    zh: '此步骤没有「{outcome}」这一办理选项。',
    en: 'No outcome {outcome} at this step.',
  },
  'task.operation-forbidden': {
    status: 403,
    zh: '此步骤不允许{operation}。',
    en: '{operation} is not allowed at this step.',
  },
  'task.operation-barred': {
    status: 409,
    zh: '现在不能{operation}：{reason}。',
    en: 'Cannot {operation} now: {reason}.',
  },
  'case.ended': { status: 409, zh: '此件已经结束，不能再办理。', en: 'The case has ended.' },
  'case.suspended': { status: 409, zh: '此件已中止，恢复办理后才能操作。', en: 'The case is suspended.' },
  'case.action-barred': {
    status: 409,
    zh: '现在不能「{action}」：可能正在办理、已经办过，或不符合条件。',
    en: '{action} is not possible now.',
  },
  'case.start-forbidden': { status: 403, zh: '您没有发起「{process}」的权限。', en: 'You may not start {process}.' },
  'case.incident': {
    status: 409,
    zh: '此步办理后流程无法继续：{detail}。内容未提交，请联系管理员。',
    en: 'The process cannot go on: {detail}. Nothing was submitted; tell your administrator.',
  },
  'case.not-movable': {
    status: 409,
    zh: '此件不能迁移到现行版本：{reason}。',
    en: 'The case cannot move to the version in force: {reason}.',
  },
  'draft.moved': {
    status: 409,
    zh: '这份草稿在另一个页面或另一台设备上改过，没有覆盖。请比较后选定。',
    en: 'This draft was changed on another page or device and has not been overwritten. Compare and choose.',
  },
  'draft.gone': { status: 404, zh: '草稿不存在或已经提交。', en: 'The draft does not exist any more.' },
  'file.type': {
    status: 422,
    zh: '文件「{name}」的实际内容与扩展名不符，或不在允许的类型之内。',
    en: '{name}: the content does not match the extension or is not allowed.',
  },
  'file.too-large': { status: 413, zh: '文件「{name}」超过 {limit} 的上限。', en: '{name} exceeds {limit}.' },
  'file.empty': { status: 422, zh: '文件「{name}」是空的。', en: '{name} is empty.' },
  'file.quota': { status: 413, zh: '上传的文件已到上限（{quota}），没有保存。', en: 'Not kept: the limit is {quota}.' },
  'disk.full': {
    status: 507,
    zh: '服务器的磁盘已满，内容没有保存，请联系管理员。',
    en: 'The disk of the server is full; nothing was kept. Tell your administrator.',
  },
  'letter.blocked': { status: 409, zh: '文书不能签发：{reason}。', en: 'The letter cannot be issued: {reason}.' },
  'definition.invalid': {
    status: 422,
    zh: '定义没有保存：{detail}。',
    en: 'The definition was not kept: {detail}.',
  },
  'change.barred': { status: 409, zh: '现在不能{act}：{reason}。', en: 'You cannot {act} now: {reason}.' },
  'change.moved': {
    status: 409,
    zh: '「{title}」在您打开之后已由{who}保存（{at}），没有覆盖。请比较后选定。',
    en: '{who} has saved {title} since you opened it ({at}); nothing has been overwritten. Compare and choose.',
  },
  'archive.file': { status: 422, zh: '压缩包里的 {file} 不能用：{reason}。', en: '{file} in the archive: {reason}.' },
  'key.reused': {
    status: 422,
    zh: '同一提交标识被用于不同的内容，请刷新页面后重试。',
    en: 'Idempotency key reused with another request.',
  },
  'export.large': {
    status: 422,
    zh: '一次至多导出 {what}，请缩小范围后再导出。',
    en: 'An export has at most {what}; narrow it down.',
  },
  'export.reason': { status: 422, zh: '导出前请填写用途（不少于 4 个字）。', en: 'Give a reason for the export.' },
  'server.busy': {
    status: 503,
    zh: '系统繁忙，内容没有提交，请稍后再试。',
    en: 'Busy, nothing was submitted; try again.',
  },
  'server.fault': {
    status: 500,
    zh: '系统出现故障，内容没有提交；请把编号 {id} 告诉管理员。',
    en: 'Internal fault {id}; nothing was submitted.',
  },
} as const satisfies Record<string, RefusalKind>;

export type RefusalCode = keyof typeof REFUSALS;
export type RefusalParams = Readonly<Record<string, Param>>;

/** The sentence for a person, in the language asked for. */
export function refusalSentence(code: RefusalCode, params: RefusalParams, language: Language = 'zh-CN'): string {
  const kind = REFUSALS[code];
  return filled(language === 'zh-CN' ? kind.zh : kind.en, params, language);
}

/** An expected "no". Nothing was changed; the transaction is rolled back whole. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly params: RefusalParams;
  readonly fields: readonly FieldError[];

  constructor(code: RefusalCode, params: RefusalParams = {}, fields: readonly FieldError[] = []) {
    super(refusalSentence(code, params));
    this.code = code;
    this.params = params;
    this.fields = fields;
  }

  get status(): number {
    return REFUSALS[this.code].status;
  }
}

/** A lost race on a row's revision. Caught and retried by server/commands/run.ts; never leaves the server. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
}

/**
 * Owns why something is not possible: each reason has a code and one sentence in Chinese and in English. A refusal carries reasons in its
 * params, an incident is raised with one; whoever shows it says in which language. No other file of the machine writes such a sentence
 * (test/house.test.ts). Must never name a person or a content by itself: those come as params. Rule: [N60].
 */
import { CHANGE_REASONS } from './reasons/changes.ts';
import { MOVE_REASONS } from './reasons/moving.ts';
import { READINESS_REASONS } from './reasons/readiness.ts';
import { STORY_REASONS } from './reasons/stories.ts';

export type Words = Readonly<{ zh: string; en: string }>;

/** Code -> words. `{name}` is filled from the params; a list is joined as the language joins. */
const COMMON_REASONS = {
  // what people are called where no name may stand
  'who.you': { zh: '您', en: 'you' },
  'who.other': { zh: '他人', en: 'somebody else' },

  // operations (core/operations.ts)
  'operation.transfer': { zh: '转办', en: 'hand this over' },
  'operation.return': { zh: '退回', en: 'return this' },
  'operation.addSigner': { zh: '加签', en: 'add signers' },
  'operation.comment': { zh: '添加意见', en: 'comment' },
  'operation.attach': { zh: '添加附件', en: 'attach files' },
  'operation.urge': { zh: '催办', en: 'urge' },
  'operation.withdraw': { zh: '撤回', en: 'withdraw' },

  // requests that are not as the contract says
  'request.json': { zh: '内容不是合法的 JSON 数据', en: 'the body is no JSON' },
  'request.number': { zh: '数字 {number} 位数太多，存不准确', en: '{number} has too many digits to be kept exactly' },
  'request.unknown': { zh: '请求无法识别', en: 'the request cannot be understood' },
  'request.key': { zh: 'Idempotency-Key 无效', en: 'invalid Idempotency-Key' },
  'request.places': { zh: '{places} 不符合要求', en: 'not as required: {places}' },
  'request.body': { zh: '内容不符合要求', en: 'the body is not as required' },
  'request.time': { zh: '时间格式不正确', en: 'no time' },
  'request.clock': { zh: '演示时钟只能拨到 2000 年至 2100 年之间', en: 'the demo’s clock stays between 2000 and 2100' },
  'mailing.server': { zh: '本系统没有配置邮件服务器', en: 'no mail server is configured' },
  'mailing.address': { zh: '通讯录里没有您的电子邮箱', en: 'the directory has no mail address of yours' },
  'mailing.organ': { zh: '您所在单位没有开通邮件提醒', en: 'your organ does not allow reminders by mail' },
  'mailing.organ-daily': { zh: '您所在单位只许每日汇总', en: 'your organ allows the daily summary only' },
  'limit.depth': { zh: '嵌套 {most} 层', en: '{most} levels' },
  'limit.values': { zh: '一次 {most} 个值', en: '{most} values at once' },
  'limit.members': { zh: '一个列表或对象 {most} 项', en: '{most} entries of one list or object' },
  'limit.views': { zh: '一本台账 {most} 个视图', en: '{most} views of one ledger' },
  'limit.name': { zh: '项的名称 {most} 个字符', en: '{most} characters of a name' },
  'request.page': { zh: '翻页标记无效', en: 'invalid page mark' },
  'request.no-form': { zh: '此步骤没有表单', en: 'this step has no form' },
  'quota.day': { zh: '每人每天 {most} MB', en: '{most} MB a day for each person' },
  'export.rows': { zh: '{most} 行', en: '{most} rows' },
  'export.cells': {
    zh: '{cells} 个单元格（{columns} 列时为 {rows} 行）',
    en: '{cells} cells ({rows} rows of {columns} columns)',
  },
  'quota.case': { zh: '每件的附件 {most} MB', en: '{most} MB of attachments for each case' },
  'upload.form': { zh: '请以表单方式上传文件', en: 'send the file as a form' },
  'upload.cut-short': { zh: '上传的内容不完整', en: 'the upload is incomplete' },
  'upload.none': { zh: '没有收到文件', en: 'no file came' },
  'ledger.no-filter': { zh: '这一列不能筛选', en: 'this column cannot be filtered' },
  'ledger.filter': { zh: '筛选条件无效', en: 'invalid filter' },
  'ledger.no-columns': { zh: '所列的列这个台账里都没有', en: 'this ledger has none of these columns' },
  'ledger.no-sort': { zh: '这一列不能排序', en: 'this column cannot be sorted' },

  // operations that are offered, but not now or not to them
  'person.none': { zh: '请选择办理人', en: 'choose somebody' },
  'person.excluded': { zh: '{name}须回避（{reason}）', en: '{name} is excluded ({reason})' },
  'person.beyond': { zh: '{name}不符合本步骤对办理人的要求', en: '{name} is not among those who may do this step' },
  'person.self': { zh: '不能交给自己', en: 'you cannot give it to yourself' },
  'person.administers': {
    zh: '{name}是管理员，不办理业务',
    en: '{name} administers the platform and does no business',
  },
  'person.recused': { zh: '{name}须回避', en: '{name} is excluded' },
  'person.nobody': { zh: '没有其他人符合本步骤对办理人的要求', en: 'nobody else may do this step' },
  'person.asked': { zh: '已经提请指定办理人，等待同意', en: 'an exception has been asked for and waits for consent' },
  'person.member': { zh: '{name}已经是此任务的办理人', en: '{name} has this task already' },
  'person.signed': { zh: '选择的人员已经签过', en: 'those chosen have signed already' },
  'signers.one': {
    zh: '本步骤由一人办理，不能加签，请用转办',
    en: 'one person does this step; hand it over instead',
  },
  'outcome.condition': {
    zh: '填写的内容不满足这一选项的条件',
    en: 'the form does not meet the condition of this choice',
  },
  'return.target': { zh: '不能退回到这一步骤', en: 'it cannot go back to that step' },
  'return.nowhere': { zh: '前面没有可以退回的步骤', en: 'there is no earlier step' },
  'urge.today': { zh: '您今天已经催办过', en: 'you have urged today' },
  'urge.nobody': { zh: '现在没有可以催办的步骤', en: 'no step can be urged now' },
  'withdraw.late': { zh: '办理已进入不可撤回的环节', en: 'it has gone too far' },
  'comment.short': { zh: '请填写理由，不少于 {least} 个字', en: 'Give a reason of at least {least} characters' },
  'comment.long': { zh: '意见不能超过 {most} 个字', en: 'At most {most} characters' },

  // the organisation: what stands in a field, by its name
  'directory.field': { zh: '缺少{what}', en: '{what} is missing' },
  'directory.long': { zh: '{what}不能超过 {most} 个字', en: '{what} has more than {most} characters' },
  'directory.control': { zh: '{what}含有不可见的控制字符', en: '{what} has invisible control characters' },
  'directory.unknown': { zh: '没有{what}「{name}」', en: 'there is no {what} {name}' },
  'directory.unknown-near': {
    zh: '没有{what}「{name}」，是否指「{near}」？',
    en: 'there is no {what} {name}; is {near} meant?',
  },
  'directory.what.column': { zh: '列', en: 'column' },
  'directory.what.name': { zh: '单位名称', en: 'name of the unit' },
  'directory.what.short-name': { zh: '单位简称', en: 'short name' },
  'directory.what.kind': { zh: '单位类别', en: 'kind of unit' },
  'directory.what.level': { zh: '层级', en: 'level' },
  'directory.what.relation': { zh: '单位关系', en: 'relation' },
  'directory.what.attribute': { zh: '属性', en: 'attribute' },
  'directory.what.role': { zh: '角色', en: 'role' },
  'directory.what.person': { zh: '姓名', en: 'name' },
  'directory.what.title': { zh: '职务', en: 'title' },
  'directory.code': {
    zh: '单位编码应以字母开头，只含字母、数字、下划线和连字符，不超过 39 个字符',
    en: 'a code begins with a letter and has at most 39 letters, digits, underscores and hyphens',
  },
  'directory.own-parent': { zh: '单位不能以自己为上级', en: 'a unit does not belong to itself' },
  'directory.no-parent': { zh: '上级单位「{unit}」不存在', en: 'there is no unit {unit} it could belong to' },
  'directory.parent-ended': { zh: '上级单位「{unit}」已经撤销', en: 'the unit above, {unit}, has ended' },
  'directory.circle': { zh: '上级单位互相包含，形成循环', en: 'units belong to each other in a circle' },
  'directory.no-unit': { zh: '单位「{unit}」不存在', en: 'there is no unit {unit}' },
  'directory.unit-ended': { zh: '单位「{unit}」已经撤销', en: 'unit {unit} has ended' },
  'directory.unit-ended-post': {
    zh: '单位「{unit}」已经撤销，请写明任职止',
    en: 'unit {unit} has ended; give the last day of the post',
  },
  'directory.used-below': {
    zh: '下级单位「{unit}」还在使用，先撤销或改隶它',
    en: 'unit {unit} below it is in use; end or move it first',
  },
  'directory.used-relation': {
    zh: '「{unit}」的单位关系还指向本单位，先更改它',
    en: 'a relation of {unit} points to this unit; change it first',
  },
  'directory.used-post': {
    zh: '{person}还在本单位任职，先写明任职止',
    en: '{person} holds a post here; end it first',
  },
  'directory.username': {
    zh: '用户名应为小写字母开头的拼音或字母数字',
    en: 'a user name has small letters and digits and begins with a letter',
  },
  'directory.username-taken': { zh: '用户名已由{person}使用', en: 'the user name is that of {person}' },
  'directory.two-main': { zh: '只能有一个主职', en: 'there is one main post' },
  'directory.two-posts': { zh: '同一人在同一单位只能有一个职务', en: 'a person has one post in a unit' },
  'directory.apart': {
    zh: '系统管理员、安全保密管理员、安全审计员不得兼任业务角色（三员分立）',
    en: 'who administers the system, its security or its audit holds no business role',
  },
  'directory.own-rights': { zh: '不得更改自己的角色和任职', en: 'nobody changes his own roles and posts' },
  'directory.day': { zh: '日期应写作 2026-09-01', en: 'a day is written 2026-09-01' },
  'directory.days': { zh: '任职止早于任职起', en: 'the last day is before the first' },
  'directory.several': { zh: '{what}应为多个值', en: '{what} has several values' },
  'directory.one-of': { zh: '{what}应为{values}之一', en: '{what} is one of {values}' },
  'directory.number': { zh: '{what}应为数字', en: '{what} is a number' },
  'directory.yes-no': { zh: '{what}应填是或否', en: '{what} is yes or no' },
  'directory.text': { zh: '{what}应为文字', en: '{what} is a text' },
  'directory.attribute-day': { zh: '{what}应写作 2026-09-01', en: '{what} is written 2026-09-01' },
  'directory.attribute-person': { zh: '{what}：没有用户「{name}」', en: '{what}: there is no user {name}' },
  'directory.attribute-unit': { zh: '{what}：没有单位「{name}」', en: '{what}: there is no unit {name}' },

  // lists of the organisation
  'list.titles': {
    zh: '首行应为列名，至少有「{unit}」或「{person}」',
    en: 'the first line has the titles, {unit} or {person} at least',
  },
  'list.nobody': { zh: '缺少单位编码或用户名', en: 'neither a unit nor a person is named' },
  'list.no-unit': { zh: '「{column}」要写在有单位编码的行里', en: '{column} needs the code of a unit in its line' },
  'list.no-person': { zh: '「{column}」要写在有用户名的行里', en: '{column} needs a user name in its line' },
  'list.no-post': {
    zh: '「{column}」要写在有单位编码和用户名的行里',
    en: '{column} needs a unit and a user name in its line',
  },
  'list.yes-no': { zh: '{column}应填{yes}或{no}', en: '{column} is {yes} or {no}' },
  'list.differs': { zh: '「{of}」的{column}与第 {line} 行不同', en: '{column} of {of} differs from line {line}' },
  'list.differs-sheet': {
    zh: '「{of}」的{column}与「{sheet}」第 {line} 行不同',
    en: '{column} of {of} differs from {sheet}, line {line}',
  },
  'list.newcomers': {
    zh: '一次最多新增 {most} 个账号，请从这一行起另作一份导入',
    en: 'at most {most} new accounts at a time; import this line and those below by themselves',
  },
  'list.empty': { zh: '文件里没有内容', en: 'there is nothing in the file' },
  'list.excel': {
    zh: '不能读取这个 Excel 文件，请另存为 .xlsx 后再试',
    en: 'this Excel file cannot be read; save it as .xlsx',
  },
  'list.csv': { zh: 'CSV 第 {line} 行的引号不成对', en: 'CSV line {line}: a quote is not closed' },
  'list.most-columns': { zh: '{most} 列', en: '{most} columns' },
  'list.most-lines': { zh: '{most} 行', en: '{most} lines' },
  'list.most-bytes': { zh: '解压后 {most} MB', en: '{most} MB unpacked' },

  // letters
  'letter.gone': { zh: '要抄送的文书不存在', en: 'there is no such letter' },
  'letter.no-number': { zh: '没有文号为“{number}”的文书', en: 'no letter has the number {number}' },
  'letter.no-unit': { zh: '有收文单位不在通讯录中', en: 'an addressee is not in the directory' },
  'letter.no-receiver': { zh: '{unit}没有指定收文联络人', en: '{unit} has nobody who receives letters' },
  'letter.lines': { zh: '文书超过 {most} 行', en: 'the letter has more than {most} lines' },
  'letter.pages': { zh: '文书有 {pages} 页，超过 {most} 页', en: 'the letter has {pages} pages, more than {most}' },
  'letter.length': { zh: '文书的内容太长', en: 'the letter is too long' },
  'letter.seconds': { zh: '文书排版超过 {seconds} 秒', en: 'printing the letter took longer than {seconds} s' },
  'letter.unprintable': { zh: '文书排不出来：{detail}', en: 'the letter cannot be printed: {detail}' },
  'letter.printer': { zh: '排版程序意外停止，请重试', en: 'the compiler of letters ended unexpectedly; try again' },
  'letter.font': { zh: '缺少{role}，以 {instead} 代替', en: '{role} is missing; {instead} stands in' },
  'letter.font-system': { zh: '缺少{role}，以系统默认字体代替', en: '{role} is missing; the system’s font stands in' },

  // what should go out and does not
  'effect.channel': { zh: '没有配置「{type}」推送通道', en: 'no channel for {type}' },
  'effect.target': { zh: '没有登记名为「{target}」的推送地址', en: 'no address is registered as {target}' },
  'effect.answer': { zh: '对方返回 {status}', en: 'the other side answered {status}' },
  'effect.private': {
    zh: '推送地址在本机或内部网络，登记时没有写明 private',
    en: 'the address is on this machine or in a private network and not registered as private',
  },
  'effect.late': { zh: '对方没有在规定时间内答复', en: 'the other side did not answer in time' },
  'effect.large': { zh: '对方的答复超过 {most} 字节', en: 'the answer has more than {most} bytes' },
  'effect.cut-short': { zh: '对方的答复不完整', en: 'the answer broke off' },
  'effect.under-way': { zh: '正在推送', en: 'under way' },
  'effect.again': { zh: '推送时服务器中断，正在再次推送', en: 'the server stopped during delivery; under way again' },
  'effect.aside': {
    zh: '两次推送时服务器都中断，不再自动推送',
    en: 'the server stopped during two deliveries; it is not tried again by itself',
  },
  'effect.mail': { zh: '没有配置邮件服务器', en: 'no mail server is configured' },

  // incidents, and cases that move to another version
  'incident.way': { zh: '这一异常不能这样处理', en: 'this incident cannot be solved this way' },
  'incident.lost': { zh: '要重新推送的内容已经不在', en: 'what should be delivered again is gone' },

  // a process that cannot go on
  'flow.endless': {
    zh: '自动步骤过多，流程可能陷入循环',
    en: 'too many automatic steps: the process may run in a circle',
  },
  'flow.endless-between': {
    zh: '自动步骤过多，流程之间可能陷入循环',
    en: 'too many automatic steps: processes may start each other in a circle',
  },
  'flow.stuck': { zh: '流程在汇合处等待永远不会到来的分支', en: 'a join waits for a branch that will never come' },
  'flow.no-way': { zh: '没有一个分支的条件成立', en: 'no branch is open' },
  'flow.condition': {
    zh: '分支条件「{condition}」没有得出是或否',
    en: 'the condition {condition} is neither true nor false',
  },
  'flow.no-start': {
    zh: '流程「{process}」没有开始事件「{start}」',
    en: 'process {process} has no start event {start}',
  },
  'flow.each': { zh: '子流程的「逐个」表达式应得出列表', en: 'the call’s list is no list' },
  'flow.no-time': { zh: '定时事件没有得出时间', en: 'the timer has no time' },
  'flow.people': { zh: '没有找到符合条件的办理人', en: 'nobody was found for this step' },
  'flow.people-left': {
    zh: '办理人已不能办理，也没有其他符合条件的人',
    en: 'its holder cannot do it any more, and nobody else fulfils its rule',
  },
  'flow.people-excluded': { zh: '符合条件的人员均须回避：{reason}', en: 'everybody found is excluded: {reason}' },
  'order.no-task': {
    zh: '步骤「{node}」现在没有可以调整期限的任务',
    en: 'step {node} has no task whose deadline could move',
  },
  'order.no-person': { zh: '接手人不在通讯录中或已停用', en: 'the new owner is not in the directory' },
  'service.failed': { zh: '服务失败', en: 'the service failed' },
  'service.unknown': { zh: '没有「{type}」这种服务', en: 'no service type {type}' },
  'service.missing': { zh: '服务「{node}」缺少输入「{name}」', en: 'service {node} lacks its input {name}' },
  'service.text': { zh: '服务的输入「{name}」应为文字', en: 'input {name} must be a text' },
  'service.texts': { zh: '服务的输入「{name}」应为文字列表', en: 'input {name} must be a list of texts' },
  'service.context': { zh: '服务的输入「{name}」应为一组值', en: 'input {name} must be a context' },
  'service.each': {
    zh: '服务的输入「{name}」应为 {keys} 组值，依次对应各个键',
    en: 'input {name} must be a list of {keys} contexts, one for each key',
  },
  'service.date': {
    zh: '服务的输入「{name}」应为日期，不是「{value}」',
    en: 'input {name} must be a date, not {value}',
  },
  'find.column': { zh: '查找条件「{column}」不是台账中可以筛选的列', en: 'column {column} cannot be searched' },
  'find.many': {
    zh: '符合条件的记录超过 {most} 条，请在流程中缩小查找条件',
    en: 'more than {most} records match',
  },
} as const satisfies Record<string, Words>;

// A pure call and no spread: the browser, which says no reason by itself, leaves the whole table out.
const REASONS = /* @__PURE__ */ Object.assign(
  {},
  COMMON_REASONS,
  CHANGE_REASONS,
  MOVE_REASONS,
  READINESS_REASONS,
  STORY_REASONS,
);

export type ReasonCode = keyof typeof REASONS;
export type Language = 'zh-CN' | 'en-US';

/** A word of the content or a number stands as it is, a reason in the reader's language, a list joined. */
export type Param = string | number | Reason | readonly string[];

/** A reason as it travels; what it says is looked up when it is shown. */
export interface Reason<Code extends ReasonCode = ReasonCode> {
  readonly code: Code;
  readonly params: Readonly<Record<string, Param>>;
}

export const because = <Code extends ReasonCode>(code: Code, params: Reason['params'] = {}): Reason<Code> => ({
  code,
  params,
});

/** A sentence with its `{names}` filled, in the language asked for. */
export function filled(sentence: string, params: Reason['params'], language: Language): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => said(params[name], language));
}

/** What a param says to a reader of this language. */
export function said(param: Param | undefined, language: Language = 'zh-CN'): string {
  if (param === undefined) return '';
  if (typeof param !== 'object') return String(param);
  if (isList(param)) return param.join(language === 'zh-CN' ? '、' : ', ');
  return filled(REASONS[param.code][language === 'zh-CN' ? 'zh' : 'en'], param.params, language);
}

const isList = (param: Reason | readonly string[]): param is readonly string[] => Array.isArray(param);

/** All codes with their words, for those who hold the table against itself. */
export const REASON_WORDS: Readonly<Record<ReasonCode, Words>> = REASONS;

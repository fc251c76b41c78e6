/** Owns the words of what an installation still lacks, each with the way to mend it: a part of the table of reason.ts. Rules: [DIR15] [N60]. */

export const READINESS_REASONS = {
  'ready.content': {
    zh: '没有内容生效：看服务器的日志，更正 forms/、processes/ 中的错误后重新启动。',
    en: 'No content is in force: see the log of the server, mend forms/ and processes/, and start again.',
  },
  'ready.duty': {
    zh: '没有{duty}：在服务器上运行 npm run admin:create -- 用户名 {called}。',
    en: 'There is no {duty}: run npm run admin:create -- NAME {called} on the server.',
  },
  'ready.duty.system': { zh: '系统管理员', en: 'system administrator' },
  'ready.duty.security': { zh: '安全保密管理员', en: 'security administrator' },
  'ready.duty.audit': { zh: '安全审计员', en: 'audit administrator' },
  'ready.duty.business': { zh: '业务管理员', en: 'business administrator' },
  'ready.organisation': {
    zh: '还没有单位和任职的人员：在「组织人员」导入名单（Excel、CSV），或者逐个新增。',
    en: 'There are no units or people with posts yet: import a list (Excel, CSV) on the page of the organisation, or add them one by one.',
  },
  'ready.disk.full': {
    zh: '数据目录所在磁盘已满，不再接收文件和提交：清理或者扩充磁盘。',
    en: 'The disk of the data folder is full; nothing more is taken on: make room.',
  },
  'ready.disk.low': {
    zh: '数据目录所在磁盘快满了：清理或者扩充磁盘。',
    en: 'The disk of the data folder is nearly full: make room.',
  },
  'ready.clock': {
    zh: '服务器的时钟比最近一条审计记录（{at}）还早，期限会算错：校准时钟后重新启动。',
    en: 'The clock of the server is behind the last entry of the audit log ({at}): deadlines will be wrong. Set it and start again.',
  },
  'ready.folder': {
    zh: '内容目录的改动会覆盖已在浏览器中发布的内容，没有生效：由业务管理员在变更「{title}」里处理。',
    en: 'What the content folder has changed would overwrite what was published in the browser and is not in force: the business administrator sees to it in the change {title}.',
  },
  'ready.filling': {
    zh: '台账“{title}”的列有变化，正在补齐以前各件的行：{percent}%，不影响办理。',
    en: 'Columns of the ledger "{title}" have changed; rows of earlier cases are being filled in: {percent}%. Work goes on meanwhile.',
  },
  'ready.mail': {
    zh: '没有配置邮件，提醒只在系统内显示：需要时设置 SMTP_URL 和 MAIL_FROM。',
    en: 'Mail is not configured; reminders appear in the system only: set SMTP_URL and MAIL_FROM if they are wanted.',
  },
  'ready.address': {
    zh: '邮件和文书里的链接写的是 {address}，别的机器打不开：设置 PUBLIC_URL。',
    en: 'Links in mails and letters say {address}, which other machines cannot open: set PUBLIC_URL.',
  },
  'ready.role': {
    zh: '没有人担任「{role}」，{apps}要用：在「组织人员」给任职人加上这一角色。',
    en: 'Nobody holds {role}, which {apps} need: give it to a post on the page of the organisation.',
  },
  'ready.waiting': {
    zh: '有 {count} 个角色待同意：由安全保密管理员在「权限」页处理。',
    en: '{count} roles wait for the consent of the security administrator.',
  },
  'ready.relation': {
    zh: '没有单位设置「{relation}」：在「组织人员」给最上级的单位设置，下级沿用。',
    en: 'No unit has the relation {relation}: set it for the topmost unit; those below take it over.',
  },
  'ready.attribute': {
    zh: '没有{bearer}填写「{attribute}」，用到它的编号、文书和办理人得不出来：在「组织人员」填写，或者随名单导入。',
    en: 'No {bearer} has the attribute {attribute}; numbers, letters and people that follow from it cannot be found: fill it in on the page of the organisation, or import it.',
  },
  'ready.bearer.unit': { zh: '单位', en: 'unit' },
  'ready.bearer.person': { zh: '人员', en: 'person' },
  'ready.bearer.post': { zh: '任职', en: 'post' },
  'ready.webhook': {
    zh: '{flows}要向「{target}」推送，还没有登记这个地址：在 WEBHOOKS 中登记后重新启动。',
    en: '{flows} push to {target}, which is not registered: add it to WEBHOOKS and start again.',
  },
  'ready.ended': {
    zh: '「{unit}」的「{relation}」指向已经撤销的单位：更改它。',
    en: '{relation} of {unit} points to a unit that has ended: change it.',
  },
  'ready.calendar': {
    zh: '没有 {year} 年的日历，跨到该年的期限待校准：把放假通知写入 processes/calendars/ 后重新启动。',
    en: 'There is no calendar of {year}; deadlines in it are provisional: add it to processes/calendars/ and start again.',
  },
} as const;

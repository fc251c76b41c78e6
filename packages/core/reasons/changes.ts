/** Owns the words of reasons about changes of definitions and about archives of them: a part of the table of reason.ts. Rule: [N60]. */

export const CHANGE_REASONS = {
  'change.act.draft': { zh: '修改', en: 'write in it' },
  'change.act.submit': { zh: '送审', en: 'submit it' },
  'change.act.review': { zh: '审核', en: 'review it' },
  'change.act.publish': { zh: '发布', en: 'publish it' },
  'change.act.withdraw': { zh: '撤销', en: 'withdraw it' },
  'change.act.replay': { zh: '用办结的件核对', en: 'hold it against finished cases' },
  'change.act.take-back': { zh: '撤回这次发布', en: 'take this release back' },
  'change.state.drafting': { zh: '变更还在起草', en: 'the change is being drafted' },
  'change.state.submitted': { zh: '变更已经送审', en: 'the change waits for its review' },
  'change.state.returned': {
    zh: '变更已被退回，修改后再送审',
    en: 'the change was returned; mend it and submit it again',
  },
  'change.state.agreed': { zh: '变更已经审核同意', en: 'the change has been agreed to' },
  'change.state.scheduled': {
    zh: '变更等待生效，先取消其待生效',
    en: 'the change waits for its day; take it back from there first',
  },
  'change.state.published': { zh: '变更已经发布', en: 'the change is published' },
  'change.state.withdrawn': { zh: '变更已经撤销', en: 'the change is withdrawn' },
  'change.own': { zh: '您起草了其中的内容，须由他人审核', en: 'you have written in it; somebody else reviews it' },
  'change.four-eyes': {
    zh: '其中的内容须经起草人以外的人审核同意',
    en: 'somebody who has not written in it must agree first',
  },
  'change.empty': { zh: '变更里没有任何改动', en: 'nothing is changed in it' },
  'change.behind': {
    zh: '{keys} 的现行文本已有变化，请先以现行文本为基础修改',
    en: 'the texts in force of {keys} have changed; rebase these first',
  },
  'change.looked-at': { zh: '变更在您打开之后又有修改，请刷新后再看', en: 'it has changed since you opened it' },
  'change.day': { zh: '生效日期不能早于今天', en: 'it cannot take effect before today' },
  'change.many': { zh: '一个变更至多 {most} 个定义', en: '{most} definitions in one change' },
  'change.first': { zh: '第一次发布之前没有内容', en: 'there was nothing before the first release' },
  'change.nothing': { zh: '没有可以撤回的内容', en: 'nothing is left of it to take back' },
  'change.findings': {
    zh: '发布检查有 {count} 处错误，第一处在 {file} {element}：{message}',
    en: 'the check found {count} errors, the first in {file} {element}: {message}',
  },
  'impact.busy': {
    zh: '正在核对另一个变更，请等它完成后再试',
    en: 'another change is being held against finished cases; try again when that is done',
  },
  'definition.key': {
    zh: '「{key}」不能作标识：用字母、数字、下划线和连字符，连同应用不超过 64 个字符，不与固定的文件名相同',
    en: '{key} cannot be a key: letters, digits, underscores and hyphens, at most 64 with the application, and no reserved file name',
  },
  'definition.text': { zh: '「{key}」的内容不是文本', en: '{key} is no text' },
  'archive.zip': { zh: '不能读取这个压缩包，请上传 zip 文件', en: 'the archive cannot be read; send a zip file' },
  'archive.none': {
    zh: '压缩包里没有定义，最外层应是 forms 和 processes 文件夹',
    en: 'there are no definitions in the archive; its outermost folders are forms and processes',
  },
  'archive.files': { zh: '{most} 个文件', en: '{most} files' },
  'archive.outside': { zh: '路径越出了内容文件夹', en: 'its path leaves the folder' },
  'archive.text': { zh: '不是 UTF-8 文本', en: 'it is no UTF-8 text' },
  'archive.long': { zh: '超过 {most} 个字符', en: 'more than {most} characters' },
  'archive.twice': { zh: '与 {other} 是同一个定义', en: 'the same definition as {other}' },
} as const;

/**
 * Owns what the house itself writes down, in Chinese, where it is kept and read later by whoever may: the states of cases, notices, names of its own changes, reasons
 * of incidents; and the English of each, for those who read English. What a process says is its own. Rules: [T10] [T12] [O61] [LANG3].
 */
import { filled, type Language, REASON_WORDS, type Words } from './reason.ts';

/** States of a case, where its process has no name for one. */
export const STATE_WORDS = {
  running: { zh: '办理中', en: 'Under way' },
  ended: { zh: '已办结', en: 'Completed' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  suspended: { zh: '中止', en: 'Suspended' },
} as const satisfies Record<string, Words>;

const NOTICES = {
  'calendar-title': {
    zh: '{year} 年工作日历尚未载入',
    en: 'The working calendar of {year} is not loaded yet',
  },
  'calendar-text': {
    zh: '有办理期限落在 {year} 年，暂按周末推算（待校准）。请载入该年的节假日安排，系统会重新计算，期限只会推后。',
    en: 'Deadlines fall in {year} and are reckoned by weekends for now. Load the holidays of that year: they are reckoned again and only move later.',
  },
  'again-text': {
    zh: '「{step}」上次没有办成，原因已经处理，请重新提交。{words}',
    en: '{step} could not be completed; the cause has been dealt with, please submit again. {words}',
  },
  'step-gone-text': {
    zh: '流程已修改，「{step}」不再需要办理，此件改在「{instead}」办理。',
    en: 'The process was changed: {step} is not needed any more, the case goes on at {instead}.',
  },
  'review-title': { zh: '变更「{title}」已送审', en: 'The change {title} was submitted' },
  'review-text': {
    zh: '由{who}送审，请在设计中心查看并审核。',
    en: 'Submitted by {who}; look at it in the design centre and review it.',
  },
  'agreed-title': { zh: '变更「{title}」已审核同意', en: 'The change {title} was agreed to' },
  'returned-title': { zh: '变更「{title}」被退回', en: 'The change {title} was returned' },
  'reviewed-text': { zh: '{who}：{words}', en: '{who}: {words}' },
  'unpublished-title': { zh: '变更「{title}」没有按期生效', en: 'The change {title} did not take effect on its day' },
  'unpublished-text': {
    zh: '{reason}。变更已退回，修改后请重新送审。',
    en: '{reason}. The change was returned; mend it and submit it again.',
  },
  'folder-title': { zh: '内容目录', en: 'Content folder' },
  'folder-reason': {
    zh: '服务器上的内容目录有改动，直接生效会覆盖已在浏览器中发布的内容。',
    en: 'The content folder of the server has changed; to take it over would overwrite what was published in the browser.',
  },
  'folder-again': {
    zh: '内容目录又有改动，以它现在的内容为准。',
    en: 'The content folder has changed again; what it says now counts.',
  },
  'taken-back-title': { zh: '撤回第 {release} 次发布', en: 'Release {release} taken back' },
  'deployed-title': { zh: '部署：{name}', en: 'Deployed: {name}' },
  'deployed-reason': { zh: '由内容文件夹「{name}」送来。', en: 'Sent by the content folder {name}.' },
  'mail-subject': { zh: '待办提醒', en: 'What waits for you' },
  'mail-fresh': { zh: '新待办 {n} 件', en: '{n} new tasks' },
  'mail-today': { zh: '今日到期 {n} 件', en: '{n} due today' },
  'mail-overdue': { zh: '已逾期 {n} 件', en: '{n} overdue' },
  'mail-messages': { zh: '新消息 {n} 条', en: '{n} new messages' },
  'mail-link': { zh: '请登录查看：{url}', en: 'Sign in to see them: {url}' },
  'mail-why': {
    zh: '本邮件由系统自动发送，在“我的”页面可以改变提醒方式。',
    en: 'Sent by the system; you can change how you are reminded on your own page.',
  },
  'letter-void-title': { zh: '{title}——已作废', en: '{title} - void' },
  'letter-void-text': { zh: '{number}已作废：{reason}', en: '{number} is void: {reason}' },
  'letter-void-ground': { zh: '{reason}（{ground}）', en: '{reason} ({ground})' },
  'urged-text': { zh: '催办「{step}」{words}', en: 'Reminder: {step} {words}' },
} as const satisfies Record<string, Words>;

/** The title or text of a notice with its `{names}` filled, as it is kept; another language only for what leaves the house, a mail. */
export const noticeText = (
  key: keyof typeof NOTICES,
  params: Readonly<Record<string, string | number>>,
  language: Language = 'zh-CN',
): string => filled(NOTICES[key][language === 'zh-CN' ? 'zh' : 'en'], params, language);

/** Parts of sentences, which say nothing by themselves. */
const PART = /^(who|operation)\./;

/** All of it: Chinese and English, with the same `{names}`. */
export const WRITTEN: readonly (readonly [chinese: string, english: string])[] = [
  ...Object.entries(REASON_WORDS).flatMap(([code, words]) => (PART.test(code) ? [] : [words])),
  ...Object.values(STATE_WORDS),
  ...Object.values(NOTICES),
].map(({ zh, en }) => [zh, en]);

/**
 * Owns what the house itself writes into notices and calls its own changes: title and text, as they are kept and listed. What a process says in its notices is its
 * own. Notices are written in Chinese, for whoever reads them later. Rules: [T10] [T12] [O61].
 */
import { filled } from './reason.ts';

const NOTICES = {
  'calendar-title': '{year} 年工作日历尚未载入',
  'calendar-text':
    '有办理期限落在 {year} 年，暂按周末推算（待校准）。请载入该年的节假日安排，系统会重新计算，期限只会推后。',
  'again-text': '「{step}」上次没有办成，原因已经处理，请重新提交。{words}',
  'step-gone-text': '流程已修改，「{step}」不再需要办理，此件改在「{instead}」办理。',
  'urged-text': '催办「{step}」{words}',
  'review-title': '变更「{title}」已送审',
  'review-text': '由{who}送审，请在设计中心查看并审核。',
  'agreed-title': '变更「{title}」已审核同意',
  'returned-title': '变更「{title}」被退回',
  'reviewed-text': '{who}：{words}',
  'unpublished-title': '变更「{title}」没有按期生效',
  'unpublished-text': '{reason}。变更已退回，修改后请重新送审。',
  'folder-title': '内容目录',
  'folder-reason': '服务器上的内容目录有改动，直接生效会覆盖已在浏览器中发布的内容。',
  'folder-again': '内容目录又有改动，以它现在的内容为准。',
  'taken-back-title': '撤回第 {release} 次发布',
  'deployed-title': '部署：{name}',
  'deployed-reason': '由内容文件夹「{name}」送来。',
} as const;

/** The title or text of a notice with its `{names}` filled. */
export const noticeText = (key: keyof typeof NOTICES, params: Readonly<Record<string, string | number>>): string =>
  filled(NOTICES[key], params, 'zh-CN');

/** Owns the English words about messages and reminders, for the same keys as notice.zh-CN.ts. */
import type { NoticeKey } from './notice.zh-CN.ts';

export const noticeEn: Readonly<Record<NoticeKey, string>> = {
  'notice.title': 'Messages',
  'notice.note': 'Letters served on you, reminders and notices. Those about one case are one line.',
  'notice.bell': 'Messages, {n} unread',
  'notice.bellNone': 'Messages, none unread',
  'notice.bellToday': '; {n} due today',
  'notice.bellOverdue': '; {n} overdue',
  'notice.today': '{n} due today',
  'notice.overdue': '{n} overdue',
  'notice.lists': 'Lists of messages',
  'notice.all': 'All',
  'notice.unread': 'Unread',
  'notice.readAll': 'Mark all as read',
  'notice.readDone': 'Marked as read',
  'notice.more': '{n} more about this case',
  'notice.moreUnread': '{n} more about this case, {unread} unread',
  'notice.fold': 'Fold',
  'notice.empty': 'No messages yet',
  'notice.emptyHint':
    'When a letter is served on you or somebody reminds or informs you, it is listed here; the bell tells how many are unread.',
  'notice.emptyUnread': 'No unread messages',
  'notice.emptyUnreadHint': 'What you have read is under All.',
  'mailing.title': 'Reminders',
  'mailing.note':
    'The bell always tells you. Whether you are mailed besides is your choice; a mail says how many tasks and messages there are and where to sign in, nothing of what they are about.',
  'mailing.never': 'No mail',
  'mailing.neverNote': 'The bell alone',
  'mailing.soon': 'When there are new tasks',
  'mailing.soonNote': 'Put together, at most one mail in 30 minutes; on the morning of a working day also what is due',
  'mailing.daily': 'One summary at 8:30 on every working day',
  'mailing.dailyNote': 'How many are new, due today and overdue; none if there are none',
  'mailing.barred': 'Not available: {reason}',
  'mailing.lost': 'Not sent at present: {reason}',
  'mailing.to': 'Sent to {address}',
  'mailing.kept': 'Kept',
};

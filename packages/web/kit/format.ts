/** Owns how moments, deadlines, durations and sizes are written, always in the time of the house (UTC+8), never the browser's. */
import { endOfDay, localDateTime, localTime, startOfDay } from '@ganwei/calendar/zone';
import type { Answer } from '@ganwei/core/contract';
import type { Language } from '@ganwei/form/model';
import { dateText } from '@ganwei/form/office';
import type { Say } from './language.tsx';

export type Due = NonNullable<Answer<'task'>['task']['due']>;

/** 2026年10月13日 */
export const dayText = (at: number, language: Language): string => dateText(localDateTime(at).slice(0, 10), language);

/** 2026年10月13日 14:30 */
export const momentText = (at: number, language: Language): string =>
  dateText(localDateTime(at).slice(0, 16), language);

/** 10-13 14:30, with the year when it is not this one */
export function shortMoment(at: number, now: number): string {
  const text = localDateTime(at);
  const sameYear = text.slice(0, 4) === localDateTime(now).slice(0, 4);
  return `${sameYear ? text.slice(5, 10) : text.slice(0, 10)} ${text.slice(11, 16)}`;
}

/** 10:32 */
export const clockText = localTime;

/** First and last millisecond of a day of the house. */
export const dayBounds = (day: string): [from: number, to: number] => [startOfDay(day), endOfDay(day) - 1];

/** 剩 2 个工作日(10月13日 24:00) */
export function dueText(due: Due, say: Say, language: Language): string {
  const clock = localTime(due.at);
  const time = clock === '00:00' ? '24:00' : clock;
  const [, month = '', day = ''] = due.date.split('-');
  const date = language === 'zh-CN' ? `${Number(month)}月${Number(day)}日` : `${month}-${day}`;
  const days = Math.abs(due.workingDays);
  const at = `${date} ${time}`;
  const provisional = due.provisional ? say('due.provisional') : '';
  if (due.state === 'overdue')
    return say(days === 0 ? 'due.overdueToday' : 'due.overdue', { n: days, at }) + provisional;
  return say(days === 0 ? 'due.today' : 'due.left', { n: days, at }) + provisional;
}

/** How long a step took: 3 分钟, 5 小时, 2 天. */
export function tookText(milliseconds: number, say: Say): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 1) return say('took.moment');
  if (minutes < 60) return say('took.minutes', { n: minutes });
  if (minutes < 48 * 60) return say('took.hours', { n: Math.round(minutes / 60) });
  return say('took.days', { n: Math.round(minutes / 1440) });
}

/** 1536 -> 1.5 KB */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const kilo = bytes / 1024;
  return kilo < 1024 ? `${kilo.toFixed(1)} KB` : `${(kilo / 1024).toFixed(1)} MB`;
}

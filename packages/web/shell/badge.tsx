/**
 * Owns the bell and what it shows: how many messages are unread, or a dot where only deadlines press; and the same in words, for whoever does not see it.
 * The bell is drawn here: an icon of the library alone in its file would give every page a file more. Rule: [MSG11].
 */
import type { Answer } from '@ganwei/core/contract';
import type { Say } from '../kit/language.tsx';
import '../session/notice-words.ts';
import './badge.css';

type Counts = Answer<'counts'> | undefined;

const MOST = 99;

export const BellIcon = () => (
  <svg className="bell-icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d="M12 3a6 6 0 0 0-6 6v5.5L4.5 17v1h15v-1L18 14.5V9a6 6 0 0 0-6-6zM10 20.5a2 2 0 0 0 4 0" />
  </svg>
);

export function Badge({ counts }: { counts: Counts }) {
  if (!counts) return null;
  const { copied, dueToday, overdue } = counts;
  if (copied === 0) return dueToday + overdue > 0 ? <span className="badge badge-dot" aria-hidden="true" /> : null;
  return (
    <span className="badge" aria-hidden="true">
      {copied > MOST ? `${MOST}+` : copied}
    </span>
  );
}

export function bellLabel(say: Say, counts: Counts): string {
  const { copied = 0, dueToday = 0, overdue = 0 } = counts ?? {};
  return [
    copied > 0 ? say('notice.bell', { n: copied }) : say('notice.bellNone'),
    dueToday > 0 ? say('notice.bellToday', { n: dueToday }) : '',
    overdue > 0 ? say('notice.bellOverdue', { n: overdue }) : '',
  ].join('');
}

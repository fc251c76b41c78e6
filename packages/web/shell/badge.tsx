/**
 * Owns the bell and the number at it: what is seen of them, and what is said to whoever does not see it. The bell is drawn here: an icon of the library
 * alone in its file would give every page a file more. Rule: [MSG11].
 */
import type { Say } from '../kit/language.tsx';
import '../session/notice-words.ts';
import './badge.css';

const MOST = 99;

export const BellIcon = () => (
  <svg className="bell-icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d="M12 3a6 6 0 0 0-6 6v5.5L4.5 17v1h15v-1L18 14.5V9a6 6 0 0 0-6-6zM10 20.5a2 2 0 0 0 4 0" />
  </svg>
);

export const Badge = ({ count }: { count: number }) =>
  count > 0 && (
    <span className="badge" aria-hidden="true">
      {count > MOST ? `${MOST}+` : count}
    </span>
  );

export const bellLabel = (say: Say, unread: number): string =>
  unread > 0 ? say('notice.bell', { n: unread }) : say('notice.bellNone');

/** Owns the four doors of a phone; the rest is under 我的. The door of messages says how many are unread. Rule: [MSG11]. */
import type { ReactNode } from 'react';
import { useLoad } from '../api/load.ts';
import { useSpeech } from '../kit/language.tsx';
import { Link, usePlace } from '../kit/router.tsx';
import { Badge, BellIcon, bellLabel } from './badge.tsx';

interface Props {
  /** of 待办, 发起 and 我的: the frame has them already */
  icons: readonly ReactNode[];
}

export default function BottomBar({ icons: [todo, start, me] }: Props) {
  const { say } = useSpeech();
  const { path } = usePlace();
  const { data: counts } = useLoad('counts', {});
  const items = [
    { to: '/', label: say('bar.todo'), icon: todo, on: path === '/' },
    { to: '/start', label: say('bar.start'), icon: start, on: path === '/start' || path.startsWith('/start/') },
    { to: '/messages', label: say('bar.notices'), icon: <BellIcon />, on: path === '/messages', bell: true },
    { to: '/me', label: say('bar.me'), icon: me, on: path === '/me' },
  ];
  return (
    <nav className="bottom" aria-label={say('menu.phone')}>
      {items.map(({ to, label, icon, on, bell }) => (
        <Link
          key={to}
          to={to}
          aria-current={on ? 'page' : undefined}
          aria-label={bell ? bellLabel(say, counts) : undefined}
        >
          <span>
            {icon}
            {bell && <Badge counts={counts} />}
          </span>
          {label}
        </Link>
      ))}
    </nav>
  );
}

/** Owns which pages the menus offer to whom: what a person has no duty for is not offered. The server decides by itself all the same. */
import { AppstoreAddOutlined, ClockCircleOutlined, InboxOutlined, TableOutlined } from '@ant-design/icons';
import { lazy, type ReactNode, Suspense } from 'react';
import type { MessageKey } from '../kit/language.tsx';
import type { Session } from './session.tsx';

interface Door {
  to: string;
  label: MessageKey;
  icon: ReactNode;
  /** absent: for everybody */
  duty?: string;
  /** for those whose session says so */
  when?: 'demo' | 'designs' | 'overviews';
}

/** An icon that comes when it is shown; its place is kept. */
function later(name: keyof typeof import('./office-icons.ts')): ReactNode {
  const Icon = lazy(async () => ({ default: (await import('./office-icons.ts'))[name] }));
  return (
    <Suspense fallback={<span className="anticon" />}>
      <Icon />
    </Suspense>
  );
}

const DOORS: readonly Door[] = [
  { to: '/', label: 'menu.workbench', icon: <InboxOutlined /> },
  { to: '/start', label: 'menu.start', icon: <AppstoreAddOutlined /> },
  { to: '/overview', label: 'menu.overview', icon: <TableOutlined />, when: 'overviews' },
  { to: '/ledgers', label: 'menu.ledgers', icon: <TableOutlined /> },
  { to: '/design', label: 'menu.design', icon: <AppstoreAddOutlined />, when: 'designs' },
  { to: '/running', label: 'menu.running', icon: <ClockCircleOutlined />, duty: 'business-admin' },
  { to: '/incidents', label: 'menu.incidents', icon: later('incidents'), duty: 'business-admin' },
  { to: '/held-tasks', label: 'menu.held', icon: <InboxOutlined />, duty: 'business-admin' },
  { to: '/effects', label: 'menu.effects', icon: later('effects'), duty: 'business-admin' },
  { to: '/directory', label: 'menu.directory', icon: later('directory'), duty: 'system-admin' },
  { to: '/grants', label: 'menu.grants', icon: later('grants'), duty: 'security-admin' },
  { to: '/audit', label: 'menu.audit', icon: <TableOutlined />, duty: 'audit-admin' },
  { to: '/demo', label: 'menu.demo', icon: <ClockCircleOutlined />, duty: 'system-admin', when: 'demo' },
];

/** The pages this person may open from the menu. */
export const doorsOf = (session: Session): Door[] =>
  DOORS.filter(({ duty, when }) => (!duty || session.person.duties.includes(duty)) && (!when || session[when]));

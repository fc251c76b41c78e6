/** Owns which pages the menus offer to whom: what a person has no duty for is not offered. The server decides by itself all the same. */
import {
  AppstoreAddOutlined,
  BarChartOutlined,
  ClockCircleOutlined,
  CloudUploadOutlined,
  InboxOutlined,
  SafetyOutlined,
  TableOutlined,
  TeamOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
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

const DOORS: readonly Door[] = [
  { to: '/', label: 'menu.workbench', icon: <InboxOutlined /> },
  { to: '/start', label: 'menu.start', icon: <AppstoreAddOutlined /> },
  { to: '/overview', label: 'menu.overview', icon: <BarChartOutlined />, when: 'overviews' },
  { to: '/ledgers', label: 'menu.ledgers', icon: <TableOutlined /> },
  { to: '/design', label: 'menu.design', icon: <AppstoreAddOutlined />, when: 'designs' },
  { to: '/running', label: 'menu.running', icon: <ClockCircleOutlined />, duty: 'business-admin' },
  { to: '/incidents', label: 'menu.incidents', icon: <WarningOutlined />, duty: 'business-admin' },
  { to: '/held-tasks', label: 'menu.held', icon: <InboxOutlined />, duty: 'business-admin' },
  { to: '/effects', label: 'menu.effects', icon: <CloudUploadOutlined />, duty: 'business-admin' },
  { to: '/directory', label: 'menu.directory', icon: <TeamOutlined />, duty: 'system-admin' },
  { to: '/grants', label: 'menu.grants', icon: <SafetyOutlined />, duty: 'security-admin' },
  { to: '/audit', label: 'menu.audit', icon: <TableOutlined />, duty: 'audit-admin' },
  { to: '/demo', label: 'menu.demo', icon: <ClockCircleOutlined />, duty: 'system-admin', when: 'demo' },
];

/** The pages this person may open from the menu. */
export const doorsOf = (session: Session): Door[] =>
  DOORS.filter(({ duty, when }) => (!duty || session.person.duties.includes(duty)) && (!when || session[when]));

/**
 * Owns what surrounds every page: the demo banner, the head with the person's menu, the side menu on a desk. The bell and the bottom bar of a
 * phone tell what is unread; they come after the page.
 */
import { MenuFoldOutlined, MenuUnfoldOutlined, UserOutlined } from '@ant-design/icons';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { momentText } from '../kit/format.ts';
import { useSpeech } from '../kit/language.tsx';
import { Menu } from '../kit/menu.tsx';
import { Link, navigate, usePlace } from '../kit/router.tsx';
import { doorsOf } from '../session/doors.tsx';
import { type Session, useSession } from '../session/session.tsx';
import { useSignOut } from '../session/sign-out.ts';

const Bell = lazy(() => import('./bell.tsx'));
const BottomBar = lazy(() => import('./bottom-bar.tsx'));

const FOLDED = 'ganwei.menu-folded';

export function Frame({ children }: { children: ReactNode }) {
  const { say } = useSpeech();
  const { session } = useSession();
  const [folded, setFolded] = useState(localStorage.getItem(FOLDED) === '1');
  if (!session) return null;
  const fold = () => {
    localStorage.setItem(FOLDED, folded ? '' : '1');
    setFolded(!folded);
  };
  return (
    <div className={`frame${folded ? ' frame-folded' : ''}${session.demo ? ' frame-demo' : ''}`}>
      <a className="skip" href="#main">
        {say('app.skip')}
      </a>
      {session.demo && <DemoBanner />}
      <header className="frame-head">
        <Link className="brand" to="/">
          {session.title}
        </Link>
        <Suspense>
          <Bell />
        </Suspense>
        <PersonMenu />
      </header>
      <nav className="side" aria-label={say('menu.main')}>
        <Doors session={session} />
        <button type="button" className="fold" aria-expanded={!folded} onClick={fold}>
          {folded ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
          <span className="door-label">{say(folded ? 'menu.unfold' : 'menu.fold')}</span>
        </button>
      </nav>
      <main id="main" className="frame-main" tabIndex={-1}>
        {children}
      </main>
      <Suspense>
        <BottomBar
          icons={[
            ...doorsOf(session)
              .map(({ icon }) => icon)
              .slice(0, 2),
            <UserOutlined key="me" />,
          ]}
        />
      </Suspense>
    </div>
  );
}

function Doors({ session }: { session: Session }) {
  const { say } = useSpeech();
  const { path } = usePlace();
  return (
    <ul>
      {doorsOf(session).map(({ to, label, icon }) => (
        <li key={to}>
          <Link to={to} title={say(label)} aria-current={isAt(to, path) ? 'page' : undefined}>
            {icon}
            <span className="door-label">{say(label)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

const isAt = (to: string, path: string): boolean => path === to || (to !== '/' && path.startsWith(`${to}/`));

function DemoBanner() {
  const { say, language } = useSpeech();
  const { now } = useSession();
  return (
    <aside className="demo-banner" aria-label={say('demo.title')}>
      {say('demo.banner', { now: momentText(now(), language) })}
    </aside>
  );
}

function PersonMenu() {
  const { say, language, choose } = useSpeech();
  const { session } = useSession();
  const signOut = useSignOut();
  const person = session?.person;
  const other = language === 'zh-CN' ? 'en-US' : 'zh-CN';
  return (
    <Menu
      className="person-menu"
      label={
        <span className="person">
          <UserOutlined />
          {person?.name}
          {person?.unit && <span className="dim">{person.unit}</span>}
        </span>
      }
      items={[
        { key: 'me', label: say('me.title'), act: () => navigate('/me') },
        {
          key: 'language',
          label: <span lang={other}>{other === 'en-US' ? 'English' : '中文'}</span>,
          act: () => choose(other),
        },
        { key: 'password', label: say('me.password'), act: () => navigate('/password') },
        { key: 'out', label: say('me.signOut'), act: () => void signOut() },
      ]}
    />
  );
}

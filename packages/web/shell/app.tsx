/** Owns which page stands at which address, and the order of what every page needs: antd's settings, session, frame. */
import { ConfigProvider } from 'antd';
import enUS from 'antd/es/locale/en_US';
import zhCN from 'antd/es/locale/zh_CN';
import { type ComponentType, lazy, type ReactNode, Suspense, useEffect } from 'react';
import { Answers } from '../api/answers.tsx';
import { useSpeech } from '../kit/language.tsx';
import { Notices } from '../kit/notice.tsx';
import type { PageProps } from '../kit/page-props.ts';
import { Addresses, navigate, Route, Switch, usePlace } from '../kit/router.tsx';
import { Bones, Failed } from '../kit/states.tsx';
import { SessionProvider, useSession } from '../session/session.tsx';
import SignIn from '../session/sign-in.tsx';
import { SignInAgain } from '../session/sign-in-again.tsx';
import { Frame } from './frame.tsx';
import { THEME } from './theme.ts';

const page = (load: () => Promise<{ default: ComponentType<PageProps> }>) => lazy(load);

const PAGES: readonly (readonly [pattern: string, page: ComponentType<PageProps>])[] = [
  ['/', page(() => import('../inbox/workbench.tsx'))],
  ['/start', page(() => import('../start/catalogue.tsx'))],
  ['/start/:process/:start', page(() => import('../start/start-page.tsx'))],
  ['/tasks/:id', page(() => import('../task/task-page.tsx'))],
  ['/cases/:id', page(() => import('../trace/case-page.tsx'))],
  ['/letters/:id', page(() => import('../letter/letter-page.tsx'))],
  ['/ledgers', page(() => import('../ledger/ledgers-page.tsx'))],
  ['/ledgers/:key', page(() => import('../ledger/ledger-page.tsx'))],
  ['/me', page(() => import('../session/me.tsx'))],
  ['/password', page(() => import('../session/password.tsx'))],
  ['/factor', page(() => import('../session/factor.tsx'))],
  ['/incidents', page(() => import('../admin/incidents.tsx'))],
  ['/held-tasks', page(() => import('../admin/held-tasks.tsx'))],
  ['/effects', page(() => import('../admin/effects.tsx'))],
  ['/directory', page(() => import('../admin/directory.tsx'))],
  ['/grants', page(() => import('../admin/grants.tsx'))],
  ['/audit', page(() => import('../admin/audit.tsx'))],
  ['/design/*?', page(() => import('../design/pages.tsx'))],
  ['/running/*?', page(() => import('../design/pages.tsx'))],
  ['/demo', page(() => import('../admin/demo.tsx'))],
];
const NotFound = page(() => import('./not-found.tsx'));

export function App() {
  return (
    <Antd>
      <Addresses>
        <SessionProvider>
          <Gate />
        </SessionProvider>
      </Addresses>
      <Notices />
    </Antd>
  );
}

/** The nonce of this page lets antd's styles pass the content security policy. */
function Antd({ children }: { children: ReactNode }) {
  const { language } = useSpeech();
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
  useEffect(() => {
    void import('./day-names.ts').then(({ speakDays }) => speakDays(language));
  }, [language]);
  return (
    <ConfigProvider
      locale={language === 'zh-CN' ? zhCN : enUS}
      theme={THEME}
      csp={{ nonce }}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      {children}
    </ConfigProvider>
  );
}

/** Nobody: the sign-in page, and the address stays for afterwards. A first password is changed, a second factor that is due set up before anything else. */
function Gate() {
  const { session, expired, problem, reload } = useSession();
  const { path } = usePlace();
  useEffect(() => {
    if (session && path === '/sign-in') navigate('/', { replace: true });
  }, [session, path]);
  if (session === undefined) {
    return <main className="gate">{problem ? <Failed problem={problem} retry={reload} /> : <Bones />}</main>;
  }
  return (
    <Answers key={session?.person.id ?? 'nobody'}>
      {session ? (
        <Frame>
          <Suspense fallback={<Bones />}>
            <Page path={session.passwordDue ? '/password' : session.factor === 'due' ? '/factor' : path} />
          </Suspense>
        </Frame>
      ) : (
        <SignIn />
      )}
      {expired && <SignInAgain />}
    </Answers>
  );
}

/** Another object of the same kind is another page: nothing of the one before stays. */
function Page({ path }: { path: string }) {
  const { query } = usePlace();
  return (
    <Switch location={path}>
      {PAGES.map(([pattern, Found]) => (
        <Route key={pattern} path={pattern}>
          {(params) => <Found key={path} params={params as PageProps['params']} query={query} />}
        </Route>
      ))}
      <Route>
        <NotFound params={{}} query={query} />
      </Route>
    </Switch>
  );
}

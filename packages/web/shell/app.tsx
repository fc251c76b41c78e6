/** Owns which page stands at which address, and the order of what every page needs: antd's settings, session, frame. */
import { ConfigProvider } from 'antd';
import enUS from 'antd/es/locale/en_US';
import zhCN from 'antd/es/locale/zh_CN';
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { Answers } from '../api/answers.tsx';
import { useSpeech } from '../kit/language.tsx';
import { Notices } from '../kit/notice.tsx';
import { Pages, type PageTable, page } from '../kit/pages.tsx';
import { Addresses, navigate, usePlace } from '../kit/router.tsx';
import { Bones, Failed } from '../kit/states.tsx';
import { SessionProvider, useSession } from '../session/session.tsx';
import '../session/gate.css';
import { Frame } from './frame.tsx';
import { THEME } from './theme.ts';

const OF_ADMINISTRATORS = ['/incidents', '/held-tasks', '/effects', '/directory', '/grants', '/audit', '/demo'];
const admin = page(() => import('../admin/pages.tsx'));
const design = page(() => import('../design/pages.tsx'));

const PAGES: PageTable = [
  ['/', page(() => import('../inbox/workbench.tsx'))],
  ['/messages', page(() => import('../inbox/messages-page.tsx'))],
  ['/start', page(() => import('../start/catalogue.tsx'))],
  ['/start/:process/:start', page(() => import('../start/start-page.tsx'))],
  ['/tasks/:id', page(() => import('../task/task-page.tsx'))],
  ['/cases/:id', page(() => import('../trace/case-page.tsx'))],
  ['/cases/:id/matter', page(() => import('../trace/matter-page.tsx'))],
  ['/letters/:id', page(() => import('../letter/letter-page.tsx'))],
  ['/ledgers', page(() => import('../ledger/ledgers-page.tsx'))],
  ['/ledgers/:key', page(() => import('../ledger/ledger-page.tsx'))],
  ['/overview/*?', page(() => import('../overview/pages.tsx'))],
  ['/me', page(() => import('../session/me.tsx'))],
  ['/password', page(() => import('../session/password.tsx'))],
  ['/factor', page(() => import('../session/factor.tsx'))],
  ...OF_ADMINISTRATORS.map((address) => [address, admin] as const),
  ['/design/*?', design],
  ['/running/*?', design],
];
const SignIn = lazy(() => import('../session/sign-in.tsx'));
const SignInAgain = lazy(() => import('../session/sign-in-again.tsx'));
const NotFound = page(() => import('../kit/not-found.tsx'));

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
  const { path, query } = usePlace();
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
            <Pages
              pages={PAGES}
              path={session.passwordDue ? '/password' : session.factor === 'due' ? '/factor' : path}
              otherwise={<NotFound params={{}} query={query} />}
            />
          </Suspense>
        </Frame>
      ) : (
        <Suspense
          fallback={
            <main className="gate">
              <Bones />
            </main>
          }
        >
          <SignIn />
        </Suspense>
      )}
      <Suspense>{expired && <SignInAgain />}</Suspense>
    </Answers>
  );
}

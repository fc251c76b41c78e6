/** Owns the person's own page; on a phone it is also the way to everything the bottom bar has no room for. */
import { Button } from 'antd';
import { lazy, Suspense } from 'react';
import { useSpeech } from '../kit/language.tsx';
import { LanguageSwitch } from '../kit/language-switch.tsx';
import { Link } from '../kit/router.tsx';
import { PageHead } from '../kit/states.tsx';
import { doorsOf } from './doors.tsx';
import { useSession } from './session.tsx';
import { useSignOut } from './sign-out.ts';

const Links = lazy(() => import('./links.tsx'));
const Mailing = lazy(() => import('./mailing.tsx'));

export default function Me() {
  const { say } = useSpeech();
  const { session } = useSession();
  const signOut = useSignOut();
  if (!session) return null;
  const { person } = session;
  return (
    <div className="page narrow">
      <PageHead title={say('me.title')} />
      <section className="card">
        <dl className="facts">
          <dt>{say('me.name')}</dt>
          <dd>{person.name}</dd>
          <dt>{say('me.unit')}</dt>
          <dd>{person.unit || say('none')}</dd>
          <dt>{say('me.post')}</dt>
          <dd>{person.post || say('none')}</dd>
          <dt>{say('me.username')}</dt>
          <dd>{person.username}</dd>
          <dt>{say('app.language')}</dt>
          <dd>
            <LanguageSwitch />
          </dd>
        </dl>
        <div className="row-tools">
          <Link className="button-link" to="/password">
            {say('me.password')}
          </Link>
          <Link className="button-link" to="/factor">
            {say('me.factor')}
          </Link>
          <Button onClick={() => void signOut()}>{say('me.signOut')}</Button>
        </div>
      </section>
      <Suspense>
        <Links />
        <Mailing />
      </Suspense>
      <nav className="card only-phone" aria-label={say('menu.main')}>
        <ul className="doors">
          {doorsOf(session).map(({ to, label, icon }) => (
            <li key={to}>
              <Link to={to}>
                {icon} {say(label)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  );
}

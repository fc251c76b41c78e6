/** Owns signing in, here or through another door. In a demo the accounts one may try are listed with their duties; a click fills in the user name. */
import { Button, Input } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { useAct } from '../api/act.ts';
import { api } from '../api/client.ts';
import { useLoad } from '../api/load.ts';
import { useSpeech } from '../kit/language.tsx';
import { LanguageSwitch } from '../kit/language-switch.tsx';
import { PageHead, Refused } from '../kit/states.tsx';
import { CodeField } from './code-field.tsx';
import { DoorNote, useDoorNews } from './door-news.tsx';
import { DoorCode, OuterDoors } from './outer-doors.tsx';
import { useSession } from './session.tsx';

export default function SignIn() {
  const { say } = useSpeech();
  const site = useLoad('site', {});
  const { news, address } = useDoorNews();
  const [chosen, setChosen] = useState({ username: '', times: 0 });
  const accounts = site.data?.accounts ?? [];
  return (
    <main className={`gate${accounts.length > 0 ? ' gate-wide' : ''}`}>
      <section className="gate-box">
        <PageHead title={site.data?.title ?? say('app.name')} note={say('app.claim')} />
        {site.data?.demo && <p className="note note-warning">{say('signIn.demo')}</p>}
        {news && <DoorNote news={news} />}
        {news?.says === 'code' ? (
          <DoorCode door={news.door} />
        ) : (
          <SignInForm key={chosen.times} username={chosen.username} />
        )}
        <OuterDoors back={address} />
        <LanguageSwitch />
      </section>
      {accounts.length > 0 && (
        <section className="gate-box" aria-labelledby="accounts">
          <h2 id="accounts">{say('signIn.accounts')}</h2>
          <p className="dim">{say('signIn.accountsHint')}</p>
          <ul className="accounts">
            {accounts.map((account) => (
              <li key={account.username}>
                <button
                  type="button"
                  aria-pressed={account.username === chosen.username}
                  onClick={() => setChosen({ username: account.username, times: chosen.times + 1 })}
                >
                  <strong>{account.name}</strong>
                  <span className="dim">{account.duty}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </main>
  );
}

/** Name and password. Whose name is known already goes on with the password. */
export function SignInForm({ username: known }: { username: string }) {
  const { say } = useSpeech();
  const { enter } = useSession();
  const id = useId();
  const [username, setUsername] = useState(known);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [asked, setAsked] = useState(false);
  const act = useAct(
    (body: { username: string; password: string; code: string }) => api.signIn({ body }),
    (problem) => {
      if (problem.code === 'session.code') setAsked(true);
    },
  );
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!username.trim() || !password) return;
    const session = await act.run({ username: username.trim(), password, code: code.trim() });
    if (session) enter(session);
  };
  return (
    <form onSubmit={submit} className="stack">
      <div className="field">
        <label htmlFor={`${id}-name`}>{say('signIn.username')}</label>
        <Input
          id={`${id}-name`}
          size="large"
          name="username"
          autoComplete="username"
          autoFocus={known === ''}
          value={username}
          onChange={(event) => setUsername(event.target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-secret`}>{say('signIn.password')}</label>
        <Input
          id={`${id}-secret`}
          size="large"
          type="password"
          name="password"
          autoComplete="current-password"
          autoFocus={known !== ''}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </div>
      {asked && <CodeField label={say('signIn.code')} value={code} onChange={setCode} />}
      <Refused problem={act.problem} />
      <Button type="primary" size="large" htmlType="submit" block loading={act.busy}>
        {say('signIn.submit')}
      </Button>
    </form>
  );
}

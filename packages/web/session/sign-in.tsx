/** Owns signing in. In a demo the accounts one may try are listed with their duties; a click fills in the user name. */
import { Button, Input, type InputRef } from 'antd';
import { type FormEvent, useRef, useState } from 'react';
import { useAct } from '../api/act.ts';
import { api } from '../api/client.ts';
import { useLoad } from '../api/load.ts';
import { useSpeech } from '../kit/language.tsx';
import { LanguageSwitch } from '../kit/language-switch.tsx';
import { PageHead, Refused } from '../kit/states.tsx';
import { useSession } from './session.tsx';
import './gate.css';

export default function SignIn() {
  const { say } = useSpeech();
  const { enter } = useSession();
  const site = useLoad('site', {});
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const secret = useRef<InputRef>(null);
  const act = useAct((body: { username: string; password: string }) => api.signIn({ body }));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!username.trim() || !password) return;
    const session = await act.run({ username: username.trim(), password });
    if (session) enter(session);
  };
  const accounts = site.data?.accounts ?? [];
  return (
    <main className={`gate${accounts.length > 0 ? ' gate-wide' : ''}`}>
      <section className="gate-box">
        <PageHead title={site.data?.title ?? say('app.name')} note={say('app.claim')} />
        {site.data?.demo && <p className="note note-warning">{say('signIn.demo')}</p>}
        <form onSubmit={submit} className="stack">
          <div className="field">
            <label htmlFor="username">{say('signIn.username')}</label>
            <Input
              id="username"
              size="large"
              name="username"
              autoComplete="username"
              autoFocus
              value={username}
              onChange={(event) => setUsername(event.target.value)}
            />
          </div>
          <div className="field">
            <label htmlFor="password">{say('signIn.password')}</label>
            <Input
              id="password"
              ref={secret}
              size="large"
              type="password"
              name="password"
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          </div>
          <Refused problem={act.problem} />
          <Button type="primary" size="large" htmlType="submit" block loading={act.busy}>
            {say('signIn.submit')}
          </Button>
        </form>
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
                  aria-pressed={account.username === username}
                  onClick={() => {
                    setUsername(account.username);
                    secret.current?.focus();
                  }}
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

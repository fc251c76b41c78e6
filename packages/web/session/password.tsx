/** Owns changing one's password; after the first sign-in nothing else is possible before. The rule is core's own. */
import { isStrongPassword } from '@ganwei/core/rules';
import { Button, Input } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { useAct } from '../api/act.ts';
import { api } from '../api/client.ts';
import { useSpeech } from '../kit/language.tsx';
import { tell } from '../kit/notice.tsx';
import { navigate } from '../kit/router.tsx';
import { PageHead, Refused } from '../kit/states.tsx';
import { useSession } from './session.tsx';
import './password-words.ts';

export default function Password() {
  const { say } = useSpeech();
  const { session, enter } = useSession();
  const [old, setOld] = useState('');
  const [fresh, setFresh] = useState('');
  const [again, setAgain] = useState('');
  const [complaint, setComplaint] = useState('');
  const act = useAct((body: { old: string; new: string }) => api.changePassword({ body }));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found =
      !isStrongPassword(fresh) || fresh === old ? 'password.weak' : fresh !== again ? 'password.differs' : '';
    setComplaint(found && say(found));
    if (found) return;
    const next = await act.run({ old, new: fresh });
    if (!next) return;
    enter(next);
    tell(say('password.done'));
    navigate('/');
  };
  return (
    <div className="page narrow">
      <PageHead title={say('password.title')} note={say(session?.passwordDue ? 'password.due' : 'password.rule')} />
      <form className="card stack" onSubmit={submit}>
        <Secret label={say('password.old')} autoComplete="current-password" value={old} onChange={setOld} />
        <Secret label={say('password.new')} autoComplete="new-password" value={fresh} onChange={setFresh} />
        <Secret label={say('password.again')} autoComplete="new-password" value={again} onChange={setAgain} />
        {complaint && (
          <p className="complaint" role="alert">
            {complaint}
          </p>
        )}
        <Refused problem={act.problem} />
        <div>
          <Button type="primary" htmlType="submit" loading={act.busy}>
            {say('password.submit')}
          </Button>
        </div>
      </form>
    </div>
  );
}

function Secret(props: { label: string; autoComplete: string; value: string; onChange(value: string): void }) {
  const { label, autoComplete, value, onChange } = props;
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        type="password"
        autoComplete={autoComplete}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

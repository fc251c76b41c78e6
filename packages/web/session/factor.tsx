/**
 * Owns a person's second factor: setting it up (password, picture, first code, recovery codes), and doing without again. Secret and recovery codes
 * stand on the page once and nowhere else.
 */
import type { Answer } from '@ganwei/core/contract';
import { Button, Input } from 'antd';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useAct } from '../api/act.ts';
import { api } from '../api/client.ts';
import { useLoad } from '../api/load.ts';
import { type MessageKey, useSpeech } from '../kit/language.tsx';
import { tell } from '../kit/notice.tsx';
import { Loading, PageHead, Refused } from '../kit/states.tsx';
import '../kit/trust-words.ts';
import { useSession } from './session.tsx';

export default function Factor() {
  const { say } = useSpeech();
  const { session, reload } = useSession();
  const state = useLoad('factor', {}, { fresh: true });
  const [codes, setCodes] = useState<readonly string[]>([]);
  const again = () => {
    setCodes([]);
    state.reload();
    void reload();
  };
  return (
    <div className="page narrow">
      <PageHead title={say('factor.title')} note={say(session?.factor === 'due' ? 'factor.due' : 'factor.note')} />
      {codes.length > 0 ? (
        <RecoveryCodes codes={codes} onKept={again} />
      ) : (
        <Loading of={state}>
          {(known) => (known.set ? <Kept state={known} onEnded={again} /> : <SetUp onDone={setCodes} />)}
        </Loading>
      )}
    </div>
  );
}

/** First the password, then the picture and the first code. */
function SetUp({ onDone }: { onDone(codes: readonly string[]): void }) {
  const { say } = useSpeech();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [begun, setBegun] = useState<Answer<'beginFactor'> | null>(null);
  const begin = useAct((body: { password: string }) => api.beginFactor({ body }));
  const confirm = useAct((body: { code: string }) => api.confirmFactor({ body }));
  const start = async () => setBegun((await begin.run({ password })) ?? null);
  const prove = async () => {
    const answer = await confirm.run({ code });
    if (answer) onDone(answer.codes);
  };
  if (!begun) {
    return (
      <Asked act={begin} submit="factor.begin" onSubmit={start}>
        <Entry label="factor.password" secret value={password} onChange={setPassword} />
      </Asked>
    );
  }
  return (
    <Asked act={confirm} submit="factor.confirm" onSubmit={prove}>
      <p>{say('factor.scan')}</p>
      <img
        className="factor-picture"
        src={`data:image/svg+xml;utf8,${encodeURIComponent(begun.svg)}`}
        alt={say('factor.picture')}
        width={200}
        height={200}
      />
      <p>
        {say('factor.secret')} <span className="secret">{begun.secret}</span>
      </p>
      <Entry label="factor.code" value={code} onChange={setCode} />
    </Asked>
  );
}

function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept(): void }) {
  const { say } = useSpeech();
  return (
    <section className="card stack" aria-labelledby="codes">
      <h2 id="codes">{say('factor.codes')}</h2>
      <p>{say('factor.codesHint')}</p>
      <ul className="plain-list">
        {codes.map((code) => (
          <li key={code} className="secret">
            {code}
          </li>
        ))}
      </ul>
      <div>
        <Button type="primary" onClick={onKept}>
          {say('factor.saved')}
        </Button>
      </div>
    </section>
  );
}

function Kept({ state, onEnded }: { state: Answer<'factor'>; onEnded(): void }) {
  const { say } = useSpeech();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const end = useAct((body: { password: string; code: string }) => api.endFactor({ body }));
  const done = async () => {
    if (!(await end.run({ password, code }))) return;
    tell(say('factor.ended'));
    onEnded();
  };
  return (
    <>
      <p className="card" role="status">
        {say('factor.on', { n: state.codes })}
      </p>
      {state.required ? (
        <p className="note">{say('factor.required')}</p>
      ) : (
        <Asked act={end} submit="factor.end" onSubmit={done}>
          <Entry label="factor.password" secret value={password} onChange={setPassword} />
          <Entry label="factor.code" value={code} onChange={setCode} />
        </Asked>
      )}
    </>
  );
}

interface AskedProps {
  act: Pick<ReturnType<typeof useAct>, 'busy' | 'problem'>;
  submit: MessageKey;
  onSubmit(): Promise<void>;
  children: ReactNode;
}

function Asked({ act, submit, onSubmit, children }: AskedProps) {
  const { say } = useSpeech();
  const send = (event: FormEvent) => {
    event.preventDefault();
    void onSubmit();
  };
  return (
    <form className="card stack" onSubmit={send}>
      {children}
      <Refused problem={act.problem} />
      <div>
        <Button type="primary" htmlType="submit" loading={act.busy}>
          {say(submit)}
        </Button>
      </div>
    </form>
  );
}

function Entry(props: { label: MessageKey; secret?: boolean; value: string; onChange(value: string): void }) {
  const { say } = useSpeech();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{say(props.label)}</label>
      <Input
        id={id}
        type={props.secret ? 'password' : 'text'}
        autoComplete={props.secret ? 'current-password' : 'one-time-code'}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </div>
  );
}

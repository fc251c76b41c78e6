/**
 * Owns the ways in beside the account of this house: a button for each door, which keeps the address that was wanted, and the code that whoever
 * has a second factor gives after it. Over a page whose session has ended a door opens a window of its own: what was filled in stays. Rule: [IDP9].
 */
import { Button } from 'antd';
import { type FormEvent, useEffect, useState } from 'react';
import { useAct } from '../api/act.ts';
import { address as addressOfRoute, api } from '../api/client.ts';
import { useLoad } from '../api/load.ts';
import { useSpeech } from '../kit/language.tsx';
import { Refused } from '../kit/states.tsx';
import { CodeField } from './code-field.tsx';
import { useSession } from './session.tsx';
import './door-words.ts';

/** Nothing where there is no door. `back`: the page that was wanted. */
export function OuterDoors({ back }: { back: string }) {
  const { say } = useSpeech();
  const doors = useLoad('doors', {}).data?.doors ?? [];
  if (doors.length === 0) return null;
  return (
    <div className="outer-doors">
      <p className="dim">{say('door.or')}</p>
      {doors.map(({ key, label }) => (
        <Button key={key} size="large" block href={wayTo(key, back)}>
          {say('door.enter', { label })}
        </Button>
      ))}
    </div>
  );
}

const wayTo = (door: string, back: string): string =>
  addressOfRoute('enterDoor', { params: { door }, query: { back } });

/** Whoever has come in meanwhile in another window is in here as well. */
export function OuterDoorsAgain() {
  const { say } = useSpeech();
  const { enter } = useSession();
  const doors = useLoad('doors', {}).data?.doors ?? [];
  const isThere = doors.length > 0;
  useEffect(() => {
    if (!isThere) return undefined;
    const look = () =>
      void api.session().then(enter, () => {
        // still nobody: the page stays as it is
      });
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, [isThere, enter]);
  return (
    <div className="outer-doors">
      {doors.map(({ key, label }) => (
        <a key={key} href={wayTo(key, '/')} target="_blank" rel="noopener">
          {say('door.enterElsewhere', { label })}
        </a>
      ))}
    </div>
  );
}

/** The door knows who it is; his second factor is missing. */
export function DoorCode({ door }: { door: string }) {
  const { say } = useSpeech();
  const { enter } = useSession();
  const [code, setCode] = useState('');
  const act = useAct((body: { code: string }) => api.doorCode({ params: { door }, body }));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const session = code.trim() && (await act.run({ code: code.trim() }));
    if (session) enter(session);
  };
  return (
    <form onSubmit={submit} className="stack">
      <CodeField label={say('door.codeField')} value={code} onChange={setCode} />
      <Refused problem={act.problem} />
      <Button type="primary" size="large" htmlType="submit" block loading={act.busy}>
        {say('door.codeSubmit')}
      </Button>
    </form>
  );
}

/** Owns resetting the password of somebody: asked once more, then the new one is shown once; it has to be changed at the next sign-in. */
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { Dialog } from '../kit/dialog.tsx';
import { useSpeech } from '../kit/language.tsx';
import { Refused } from '../kit/states.tsx';

interface ResetProps {
  name: string;
  reset(): Promise<{ password: string }>;
  onClose(): void;
}

export function Reset({ name, reset, onClose }: ResetProps) {
  const { say } = useSpeech();
  const [password, setPassword] = useState('');
  const act = useAct(reset);
  const run = async () => {
    const answer = await act.run(undefined);
    if (answer) setPassword(answer.password);
  };
  return (
    <Dialog
      title={say('directory.reset')}
      confirm={say(password ? 'act.close' : 'directory.reset')}
      danger={!password}
      busy={act.busy}
      onConfirm={() => (password ? onClose() : void run())}
      onClose={onClose}
    >
      <p role="status">{say(password ? 'directory.resetDone' : 'directory.resetAsk', { name })}</p>
      {password && <p className="secret">{password}</p>}
      <Refused problem={act.problem} />
    </Dialog>
  );
}

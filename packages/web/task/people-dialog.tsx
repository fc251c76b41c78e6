/** Owns passing a task on to somebody else and asking further people to sign. Loaded when opened: it brings the chooser of people. */
import './dialog-words.ts';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { stepPeople } from '../api/sources.ts';
import { Dialog } from '../kit/dialog.tsx';
import { useSpeech } from '../kit/language.tsx';
import { Refused } from '../kit/states.tsx';
import { PeopleChooser } from './people-chooser.tsx';
import { Reason, reasonComplaint } from './reason.tsx';
import type { Acts } from './use-acts.ts';

interface PeopleDialogProps {
  /** id of the task */
  task: string;
  acts: Acts;
  act: 'transfer' | 'addSigner';
  /** further signers were added: the task stays, and looks different */
  onAdded(): void;
  onClose(): void;
}

export default function PeopleDialog({ task, acts, act, onAdded, onClose }: PeopleDialogProps) {
  const { say } = useSpeech();
  const [to, setTo] = useState<readonly string[]>([]);
  const [comment, setComment] = useState('');
  const [error, setError] = useState('');
  const send = async () => {
    const complaint = reasonComplaint(say, comment);
    setError(complaint);
    const [person] = to;
    if (complaint || !person || acts.busy) return;
    if (act === 'transfer') await acts.leave({ kind: 'transfer', to: person, comment: comment.trim() });
    else if (await acts.addSigners(to, comment.trim())) onAdded();
  };
  return (
    <Dialog
      title={say(`act.${act}`)}
      confirm={say(`act.${act}`)}
      busy={acts.busy}
      disabled={to.length === 0}
      onConfirm={() => void send()}
      onClose={onClose}
    >
      <p className="dim">{say(`${act}.hint`)}</p>
      <PeopleChooser
        label={say(`${act}.to`)}
        several={act === 'addSigner'}
        value={to}
        onChange={setTo}
        find={async (q) => stepPeople(await api.taskPeople({ params: { id: task }, query: { q } }))}
      />
      <Reason value={comment} error={error} onChange={setComment} />
      <Refused problem={acts.problem} />
    </Dialog>
  );
}

/** Owns passing a task on to somebody else. Loaded when it is opened, because it brings the chooser of people. */
import { useState } from 'react';
import { Dialog } from '../shell/dialog.tsx';
import { useSpeech } from '../shell/language.tsx';
import { PeopleChooser } from '../shell/people-chooser.tsx';
import { Refused } from '../shell/states.tsx';
import { Reason, reasonComplaint } from './reason.tsx';
import type { Desk } from './use-desk.ts';

export default function TransferDialog({ desk, onClose }: { desk: Desk; onClose(): void }) {
  const { say } = useSpeech();
  const [to, setTo] = useState<readonly string[]>([]);
  const [comment, setComment] = useState('');
  const [error, setError] = useState('');
  const send = () => {
    const complaint = reasonComplaint(comment);
    setError(complaint);
    const [person] = to;
    if (!complaint && person && !desk.busy) void desk.leave({ kind: 'transfer', to: person, comment: comment.trim() });
  };
  return (
    <Dialog
      title={say('act.transfer')}
      confirm={say('act.transfer')}
      busy={desk.busy}
      disabled={to.length === 0}
      onConfirm={send}
      onClose={onClose}
    >
      <p className="dim">{say('transfer.hint')}</p>
      <PeopleChooser label={say('transfer.to')} value={to} onChange={setTo} />
      <Reason value={comment} error={error} onChange={setComment} />
      <Refused problem={desk.problem} />
    </Dialog>
  );
}

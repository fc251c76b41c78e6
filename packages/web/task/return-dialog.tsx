/** Owns returning a task: to which step, and whether what lies between is done anew. */
import './dialog-words.ts';
import type { Answer } from '@ganwei/core/contract';
import { useState } from 'react';
import { Dialog } from '../kit/dialog.tsx';
import { useSpeech } from '../kit/language.tsx';
import { Refused } from '../kit/states.tsx';
import { Reason, reasonComplaint } from './reason.tsx';
import type { Acts } from './use-acts.ts';

type Target = Answer<'task'>['operations'][number]['targets'][number];

export default function ReturnDialog({
  acts,
  said,
  targets,
  onClose,
}: {
  acts: Acts;
  /** what is in the comment box already */
  said: string;
  targets: readonly Target[];
  onClose(): void;
}) {
  const { say } = useSpeech();
  const [to, setTo] = useState(targets[0]?.node ?? '');
  const [resume, setResume] = useState<'again' | 'straight'>('again');
  const [comment, setComment] = useState(said);
  const [error, setError] = useState('');
  const send = () => {
    const complaint = reasonComplaint(say, comment);
    setError(complaint);
    if (!complaint && !acts.busy) void acts.leave({ kind: 'return', to, resume, comment: comment.trim() });
  };
  return (
    <Dialog
      title={say('act.return')}
      confirm={say('act.return')}
      danger
      busy={acts.busy}
      onConfirm={send}
      onClose={onClose}
    >
      <fieldset className="choices">
        <legend>{say('return.to')}</legend>
        {targets.map(({ node, name, who }) => (
          <label key={node}>
            <input type="radio" name="to" checked={to === node} onChange={() => setTo(node)} />
            {name} <span className="dim">{who}</span>
          </label>
        ))}
      </fieldset>
      <fieldset className="choices">
        <legend>{say('return.resume')}</legend>
        {(['again', 'straight'] as const).map((way) => (
          <label key={way}>
            <input type="radio" name="resume" checked={resume === way} onChange={() => setResume(way)} />
            {say(`return.${way}`)} <span className="dim">{say(`return.${way}Hint`)}</span>
          </label>
        ))}
      </fieldset>
      <Reason value={comment} error={error} onChange={setComment} />
      <Refused problem={acts.problem} />
    </Dialog>
  );
}

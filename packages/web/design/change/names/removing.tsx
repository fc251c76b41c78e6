/** Owns taking something out: what would be wrong without it is shown first, each place leading to where it is mended. Rule: [REN13]. */
import type { Answer, Body } from '@ganwei/core/contract';
import { useEffect, useState } from 'react';
import { useAct } from '../../../api/act.ts';
import { api } from '../../../api/client.ts';
import { Dialog } from '../../../kit/dialog.tsx';
import { useSpeech } from '../../../kit/language.tsx';
import { tell } from '../../../kit/notice.tsx';
import { Bones, Refused } from '../../../kit/states.tsx';
import { FindingList } from '../findings.tsx';

export type Thing = Body<'nameUses'>['thing'];
type Broken = Answer<'wouldBreak'>;

interface RemovingProps {
  change: string;
  thing: Thing;
  label: string;
  onDone(): void;
  onClose(): void;
}

export function Removing({ change, thing, label, onDone, onClose }: RemovingProps) {
  const { say } = useSpeech();
  const [broken, setBroken] = useState<Broken>();
  const look = useAct((body: Body<'wouldBreak'>) => api.wouldBreak({ params: { id: change }, body }));
  const save = useAct((body: Broken['definition']) => api.saveDefinition({ params: { id: change }, body }));
  const retiring = thing.kind === 'definition';
  const { run } = look;
  useEffect(() => {
    void run({ thing }).then((answer) => answer && setBroken(answer));
  }, [thing, run]);
  const send = async () => {
    if (!broken || !(await save.run(broken.definition))) return;
    tell(retiring ? say('change.retired', { title: label }) : say('breaks.removed', { name: label }));
    onDone();
  };
  return (
    <Dialog
      title={retiring ? say('change.retireTitle', { title: label }) : say('breaks.title', { name: label })}
      confirm={say(retiring ? 'change.retire' : 'breaks.remove')}
      danger
      busy={save.busy}
      disabled={!broken}
      wide={(broken?.findings.length ?? 0) > 0}
      onConfirm={() => void send()}
      onClose={onClose}
    >
      {retiring && <p>{say('change.retireText')}</p>}
      {look.busy && (
        <>
          <p className="dim" role="status">
            {say('breaks.looking')}
          </p>
          <Bones rows={2} />
        </>
      )}
      {broken && <Told change={change} broken={broken} />}
      <Refused problem={look.problem ?? save.problem} />
    </Dialog>
  );
}

function Told({ change, broken: { findings } }: { change: string; broken: Broken }) {
  const { say } = useSpeech();
  const errors = findings.filter(({ severity }) => severity === 'error');
  return (
    <div role="status">
      {errors.length > 0 ? (
        <p className="complaint">{say('breaks.some', { n: errors.length })}</p>
      ) : (
        <p>{say('breaks.none')}</p>
      )}
      <FindingList change={change} findings={findings} />
    </div>
  );
}

/** Owns the dialog of a rename: the new name, then every place as it is and as it will be, then all of them at once. Rules: [REN7] [REN10]. */
import type { Answer } from '@ganwei/core/contract';
import { Input } from 'antd';
import { useId, useState } from 'react';
import { useAct } from '../../../api/act.ts';
import { api } from '../../../api/client.ts';
import { Dialog } from '../../../kit/dialog.tsx';
import { useSpeech } from '../../../kit/language.tsx';
import { tell } from '../../../kit/notice.tsx';
import { Bones, Refused } from '../../../kit/states.tsx';
import { FindingList } from '../findings.tsx';
import { definitionsOf, Places } from './places.tsx';
import type { Thing } from './removing.tsx';

type Plan = Answer<'planRename'>;
type Name =
  | Extract<Thing, { kind: 'field' | 'outcome' }>
  | Extract<Thing, { kind: 'step' | 'status' | 'data' | 'column' }>;

interface RenamingProps {
  change: string;
  thing: Thing;
  called: string;
  /** with what it is called from now on */
  onDone(name: string): void;
  onClose(): void;
}

export function Renaming({ change, thing, called, onDone, onClose }: RenamingProps) {
  const { say } = useSpeech();
  const id = useId();
  const name = thing as Name;
  const [to, setTo] = useState<string>(name.key);
  const [plan, setPlan] = useState<{ to: string; of: Plan }>();
  const look = useAct((next: string) => api.planRename({ params: { id: change }, body: { name, to: next } }));
  const act = useAct(({ revision, release }: Plan, options) =>
    api.renameInChange({ params: { id: change }, body: { name, to, revision, release } }, options),
  );
  const planned = plan?.to === to ? plan.of : undefined;
  const ready = planned !== undefined && planned.refused === '';
  const show = async () => {
    const of = await look.run(to);
    if (of) setPlan({ to, of });
  };
  const send = async () => {
    const done = planned && (await act.run(planned));
    if (!done) return;
    tell(say('names.done', { n: done.places }));
    onDone(to);
  };
  return (
    <Dialog
      title={say('names.renameTitle', { name: called })}
      confirm={ready ? say('names.confirm', { n: planned.places.length }) : say('names.plan')}
      busy={look.busy || act.busy}
      disabled={to === '' || to === name.key}
      wide
      onConfirm={() => void (ready ? send() : show())}
      onClose={onClose}
    >
      <div className="field">
        <label htmlFor={id}>{say('names.newName')}</label>
        <Input
          id={id}
          aria-describedby={`${id}-hint`}
          aria-invalid={planned !== undefined && !ready}
          maxLength={64}
          value={to}
          onChange={({ target }) => setTo(target.value.trim())}
        />
        <p id={`${id}-hint`} className={planned && !ready ? 'hint complaint' : 'hint'}>
          {planned && !ready ? say('names.refused', { reason: planned.refused }) : say('names.newNameHint')}
        </p>
      </div>
      {look.busy && (
        <>
          <p className="dim" role="status">
            {say('names.working')}
          </p>
          <Bones rows={3} />
        </>
      )}
      <Refused problem={look.problem ?? act.problem} />
      {planned && ready && (
        <>
          <p role="status">{say('names.planned', { n: planned.places.length, m: definitionsOf(planned.places) })}</p>
          <Places change={change} places={planned.places} renaming />
        </>
      )}
      {planned && !ready && <FindingList change={change} findings={planned.findings} />}
    </Dialog>
  );
}

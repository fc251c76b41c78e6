/** Owns where one name is used, and what may be done with it: renamed, taken out, or why it stays. Rules: [REN6] [REN10] [REN13]. */
import type { Answer } from '@ganwei/core/contract';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useAct } from '../../../api/act.ts';
import { api } from '../../../api/client.ts';
import { useSpeech } from '../../../kit/language.tsx';
import { Bones, Empty, Refused } from '../../../kit/states.tsx';
import { type Change, may } from '../change.ts';
import { FindingList } from '../findings.tsx';
import { definitionsOf, Places } from './places.tsx';
import { Removing, type Thing } from './removing.tsx';
import { Renaming } from './renaming.tsx';

export type NameRow = Answer<'names'>['rows'][number];

/** Keys that stay, each with why. */
const KEPT = ['definition', 'entry', 'word', 'function'] as const;
const keptKind = ({ kind }: Thing) => KEPT.find((one) => one === kind);

interface UsesProps {
  change: Change;
  row: NameRow;
  /** what people call it */
  called: string;
  onChanged(name: string): void;
}

export function Uses({ change, row: { thing }, called, onChanged }: UsesProps) {
  const { say } = useSpeech();
  const [asking, setAsking] = useState<'rename' | 'remove' | null>(null);
  const [used, setUsed] = useState<Answer<'nameUses'>>();
  const look = useAct((of: Thing) => api.nameUses({ params: { id: change.id }, body: { thing: of } }));
  const { run } = look;
  useEffect(() => {
    void run(thing).then((answer) => answer && setUsed(answer));
  }, [thing, run]);
  const kept = keptKind(thing);
  const drafting = may(change, 'draft');
  const removable = kept !== undefined || thing.kind === 'field' || thing.kind === 'column';
  return (
    <section className="name-uses" aria-labelledby="name-uses">
      <h2 id="name-uses">{say('names.usesOf', { name: called })}</h2>
      {kept && <p className="dim">{say(`names.kept.${kept}`)}</p>}
      {drafting && (
        <div className="row-tools">
          {!kept && <Button onClick={() => setAsking('rename')}>{say('names.rename')}</Button>}
          {removable && kept !== 'entry' && (
            <Button danger onClick={() => setAsking('remove')}>
              {say(kept === 'definition' ? 'change.retire' : 'breaks.remove')}
            </Button>
          )}
        </div>
      )}
      {look.busy && (
        <>
          <p className="dim" role="status">
            {say('names.working')}
          </p>
          <Bones rows={4} />
        </>
      )}
      <Refused problem={look.problem} />
      {used && !look.busy && <Told change={change.id} used={used} />}
      {asking === 'rename' && !kept && (
        <Renaming change={change.id} thing={thing} called={called} onDone={onChanged} onClose={() => setAsking(null)} />
      )}
      {asking === 'remove' && (
        <Removing
          change={change.id}
          thing={thing}
          label={called}
          onDone={() => onChanged('')}
          onClose={() => setAsking(null)}
        />
      )}
    </section>
  );
}

function Told({ change, used: { places, missed } }: { change: string; used: Answer<'nameUses'> }) {
  const { say } = useSpeech();
  if (missed.length > 0)
    return (
      <>
        <p role="status">{say('names.missed', { n: missed.length })}</p>
        <FindingList change={change} findings={missed} />
      </>
    );
  if (places.length < 2)
    return (
      <>
        <Empty title={say('names.unused')}>{say('names.unusedHint')}</Empty>
        <Places change={change} places={places} />
      </>
    );
  return (
    <>
      <p role="status">{say('names.found', { n: places.length, m: definitionsOf(places) })}</p>
      <Places change={change} places={places} />
    </>
  );
}

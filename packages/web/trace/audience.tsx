/** Owns the choice for whom a comment or an attachment is meant, and what is told before it is sent: who will read it, by name or by number. */
import type { Answer } from '@ganwei/core/contract';
import { AUDIENCES, type Audience } from '@ganwei/core/history';
import { Radio } from 'antd';
import { useId } from 'react';
import { useLoad } from '../api/load.ts';
import { useSpeech } from '../kit/language.tsx';
import { Loading } from '../kit/states.tsx';
import '../kit/trust-words.ts';

type Readers = Answer<'audience'>;

interface AudienceChoiceProps {
  caseId: string;
  value: Audience;
  onChange(audience: Audience): void;
}

export function AudienceChoice({ caseId, value, onChange }: AudienceChoiceProps) {
  const { say } = useSpeech();
  const id = useId();
  const readers = useLoad('audience', { params: { id: caseId } }, { fresh: true });
  return (
    <fieldset className="field" aria-labelledby={id}>
      <legend id={id}>{say('audience.title')}</legend>
      <Radio.Group value={value} onChange={({ target }) => onChange(target.value as Audience)}>
        {AUDIENCES.map((audience) => (
          <Radio key={audience} value={audience}>
            {say(`audience.${audience}`)}
          </Radio>
        ))}
      </Radio.Group>
      <Loading of={readers}>{(known) => <Told readers={known} audience={value} />}</Loading>
    </fieldset>
  );
}

function Told({ readers, audience }: { readers: Readers; audience: Audience }) {
  const { say } = useSpeech();
  const { count } = readers[audience];
  const names = readers[audience].names.join('、');
  return (
    <div className="hint" aria-live="polite">
      <p>
        {names ? say('audience.names', { names }) : say(count > 0 ? 'audience.count' : 'audience.nobody', { n: count })}
      </p>
      {readers.readers && <p>{say('audience.readers')}</p>}
    </div>
  );
}

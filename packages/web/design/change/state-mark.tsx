/** Owns how the state of a change is shown: a word, and a colour that helps. */
import type { Answer } from '@ganwei/core/contract';
import { useSpeech } from '../../kit/language.tsx';
import { Mark } from '../../kit/marks.tsx';

type State = Answer<'change'>['state'];

const TONES: Readonly<Record<State, 'running' | 'done' | 'stopped' | 'warning'>> = {
  drafting: 'running',
  submitted: 'warning',
  returned: 'warning',
  agreed: 'running',
  scheduled: 'running',
  published: 'done',
  withdrawn: 'stopped',
};

export function StateMark({ state }: { state: State }) {
  const { say } = useSpeech();
  return <Mark tone={TONES[state]}>{say(`change.state.${state}`)}</Mark>;
}

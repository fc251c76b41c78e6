/** Owns the line that says whether the draft is safe: 已于 10:32 自动保存. */
import { clockText } from '../kit/format.ts';
import { useSpeech } from '../kit/language.tsx';
import type { SaveState } from './autosave.ts';

export function SaveMark({ state }: { state: SaveState }) {
  const { say } = useSpeech();
  const text = {
    none: () => say('save.none'),
    saving: () => say('save.saving'),
    saved: () => say('save.saved', { at: state.kind === 'saved' ? clockText(state.at) : '' }),
    failed: () => (state.kind === 'failed' && state.reason) || say('save.failed'),
  }[state.kind]();
  return (
    <span className={state.kind === 'failed' ? 'complaint' : 'dim'} role="status">
      {text}
    </span>
  );
}

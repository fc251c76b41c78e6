/** Owns the line that says whether the draft is safe: 已于 10:32 自动保存. */
import { clockText } from '../shell/format.ts';
import { useSpeech } from '../shell/language.tsx';
import type { SaveState } from './autosave.ts';

export function SaveMark({ state }: { state: SaveState }) {
  const { say } = useSpeech();
  const text =
    state.kind === 'saved'
      ? say('save.saved', { at: clockText(state.at) })
      : state.kind === 'none'
        ? say('save.none')
        : say(state.kind === 'saving' ? 'save.saving' : 'save.failed');
  return (
    <span className={state.kind === 'failed' ? 'complaint' : 'dim'} role="status">
      {text}
    </span>
  );
}

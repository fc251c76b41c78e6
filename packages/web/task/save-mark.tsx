/** Owns the line that says whether the draft is safe, and where it is: 已于 10:32 自动保存. */
import { clockText } from '../kit/format.ts';
import { type Say, useSpeech } from '../kit/language.tsx';
import type { SaveState } from './autosave.ts';

const TROUBLE: ReadonlySet<SaveState['kind']> = new Set(['failed', 'moved', 'gone']);

/** What has happened, and where the text is meanwhile. */
const failure = ({ reason, onDevice }: Extract<SaveState, { kind: 'failed' }>, say: Say): string =>
  `${reason || say('save.unreached')}${say(onDevice ? 'save.onDevice' : 'save.onPage')}`;

export function SaveMark({ state }: { state: SaveState }) {
  const { say } = useSpeech();
  const text = {
    none: () => say('save.none'),
    saving: () => say('save.saving'),
    saved: () => say('save.saved', { at: state.kind === 'saved' ? clockText(state.at) : '' }),
    failed: () => (state.kind === 'failed' && failure(state, say)) || '',
    moved: () => say('save.moved'),
    gone: () => (state.kind === 'gone' ? state.reason : ''),
  }[state.kind]();
  return (
    <span className={TROUBLE.has(state.kind) ? 'complaint' : 'dim'} role="status">
      {text}
    </span>
  );
}

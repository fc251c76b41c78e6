/** Owns short messages after an act: read aloud, shown for some seconds, never the only place of something important. */
import { useSyncExternalStore } from 'react';

export type Tone = 'success' | 'info' | 'error';
interface Notice {
  id: number;
  text: string;
  tone: Tone;
}

/** Milliseconds a message stays. */
const STAYS = 5000;

let notices: readonly Notice[] = [];
let last = 0;
const listeners = new Set<() => void>();

export function tell(text: string, tone: Tone = 'success'): void {
  const id = ++last;
  change([...notices.slice(-2), { id, text, tone }]);
  setTimeout(() => change(notices.filter((one) => one.id !== id)), STAYS);
}

function change(next: readonly Notice[]): void {
  notices = next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export function Notices() {
  const shown = useSyncExternalStore(subscribe, () => notices);
  return (
    <div className="notices" role="status" aria-live="polite">
      {shown.map(({ id, text, tone }) => (
        <div key={id} className={`notice notice-${tone}`}>
          {text}
        </div>
      ))}
    </div>
  );
}

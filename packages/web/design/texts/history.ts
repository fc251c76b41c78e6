/**
 * Owns the steps back and forth of a definition whose text is changed by acts: each state is a text with the words of the act that led to it. A text
 * that comes from outside begins anew. Rule: [DTB4].
 */
import { useCallback, useRef, useState } from 'react';

interface State {
  readonly text: string;
  /** what was done to come here; '' at the beginning */
  readonly label: string;
}

export interface Steps {
  readonly text: string;
  /** counts the texts that came from outside */
  readonly turn: number;
  /** what would be taken back, and what done again; undefined: nothing */
  readonly back: string | undefined;
  readonly again: string | undefined;
  /** An act that changes nothing is no step. */
  act(label: string, text: string): void;
  undo(): void;
  redo(): void;
}

/** Older steps than these are forgotten. */
const MOST = 200;

interface Held {
  readonly past: readonly State[];
  readonly now: State;
  readonly future: readonly State[];
  readonly turn: number;
}

/** `onChange` hears every text that was made here. */
export function useSteps(source: string, onChange: (text: string) => void): Steps {
  const [held, setHeld] = useState<Held>({ past: [], now: { text: source, label: '' }, future: [], turn: 0 });
  const given = useRef(source);
  const latest = useRef(held);
  if (source !== given.current) {
    given.current = source;
    if (source !== latest.current.now.text) {
      latest.current = { past: [], now: { text: source, label: '' }, future: [], turn: latest.current.turn + 1 };
      setHeld(latest.current);
    }
  }
  const go = useCallback(
    (next: Held) => {
      latest.current = next;
      setHeld(next);
      onChange(next.now.text);
    },
    [onChange],
  );
  const { past, now, future, turn } = latest.current;
  return {
    text: now.text,
    turn,
    back: past.length > 0 ? now.label : undefined,
    again: future[0]?.label,
    act: (label, text) => {
      const { past, now, turn } = latest.current;
      if (text !== now.text) go({ past: [...past, now].slice(-MOST), now: { text, label }, future: [], turn });
    },
    undo: () => {
      const { past, now, future, turn } = latest.current;
      const before = past.at(-1);
      if (before) go({ past: past.slice(0, -1), now: before, future: [now, ...future], turn });
    },
    redo: () => {
      const { past, now, future, turn } = latest.current;
      const [next, ...rest] = future;
      if (next) go({ past: [...past, now], now: next, future: rest, turn });
    },
  };
}

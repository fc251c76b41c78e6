/**
 * Owns text while it is typed: it becomes one change when the control is left, on Ctrl+Enter, or when the control goes away, never one per key. A value that
 * changes from outside (undo, another selection) replaces what was typed. Rule: [DES23].
 */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';

export interface DraftText {
  readonly draft: string;
  type(text: string): void;
  commit(): void;
  /** Ctrl+Enter */
  onKeyDown(event: KeyboardEvent): void;
}

export function useDraft(value: string, set: (text: string) => void): DraftText {
  const [state, setState] = useState({ value, draft: value });
  const current = state.value === value ? state : { value, draft: value };
  if (current !== state) setState(current);
  const last = useRef({ ...current, set });
  last.current = { ...current, set };
  const commit = useRef(() => {
    const { draft, value: before, set: write } = last.current;
    if (draft === before) return;
    last.current = { ...last.current, value: draft };
    write(draft);
  }).current;
  useEffect(() => commit, [commit]);
  return {
    draft: current.draft,
    type: (text) => {
      last.current = { ...last.current, draft: text };
      setState({ value, draft: text });
    },
    commit,
    onKeyDown: (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) commit();
    },
  };
}

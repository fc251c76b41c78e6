/**
 * Owns saving what a person is filling in: some seconds after the last change, at the latest when the page is left, one save at a
 * time. Nothing is saved before the person has done something, and nothing after the submission.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import { asProblem } from '../api/load.ts';

export type SaveState =
  | { kind: 'none' | 'saving' }
  /** the server's sentence; empty when it was not reached */
  | { kind: 'failed'; reason: string }
  | { kind: 'saved'; at: number };

export interface Autosave<S> {
  state: SaveState;
  /** something changed */
  touch(snapshot: S): void;
  /** saves now, also what has not changed; false when it did not succeed */
  saveNow(snapshot: S): Promise<boolean>;
  /** nothing more is saved */
  stop(): void;
}

/** Milliseconds between the last change and the save. */
const PAUSE = 3000;

export function useAutosave<S>(
  save: (snapshot: S) => Promise<{ savedAt: number }>,
  savedAt: number | null,
): Autosave<S> {
  const [state, setState] = useState<SaveState>(savedAt === null ? { kind: 'none' } : { kind: 'saved', at: savedAt });
  const latest = useRef(save);
  latest.current = save;
  const work = useRef<{ pending: S | undefined; running: Promise<boolean> | undefined; stopped: boolean }>({
    pending: undefined,
    running: undefined,
    stopped: false,
  });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const flush = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current);
    await work.current.running;
    const { pending, stopped } = work.current;
    if (pending === undefined || stopped) return true;
    work.current.pending = undefined;
    setState({ kind: 'saving' });
    const running = latest.current(pending).then(
      ({ savedAt: at }) => {
        setState({ kind: 'saved', at });
        return true;
      },
      (error: unknown) => {
        work.current.pending ??= pending;
        const problem = asProblem(error);
        setState({ kind: 'failed', reason: problem.code === 'network' ? '' : problem.message });
        // gone, closed or given to somebody else: no later attempt can succeed
        if ([403, 404, 409].includes(problem.status)) work.current.stopped = true;
        return false;
      },
    );
    work.current.running = running;
    const done = await running;
    work.current.running = undefined;
    return done;
  }, []);

  useEffect(() => {
    const hidden = () => document.visibilityState === 'hidden' && void flush();
    document.addEventListener('visibilitychange', hidden);
    work.current.stopped = false;
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      void flush();
    };
  }, [flush]);

  const touch = useCallback(
    (snapshot: S) => {
      if (work.current.stopped) return;
      work.current.pending = snapshot;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), PAUSE);
    },
    [flush],
  );
  const saveNow = useCallback(
    (snapshot: S) => {
      work.current.pending = snapshot;
      return flush();
    },
    [flush],
  );
  const stop = useCallback(() => {
    clearTimeout(timer.current);
    work.current.stopped = true;
    work.current.pending = undefined;
  }, []);
  return { state, touch, saveNow, stop };
}

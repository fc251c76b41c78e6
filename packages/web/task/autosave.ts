/**
 * Owns saving what a person is filling in: some seconds after the last change, in the midst of a long one, and when the page is left; one
 * save at a time. A save that did not come through is tried again until it does, and leaving the browser asks meanwhile. Nothing is saved
 * before the person has done something, and nothing after the submission.
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
/** Whoever types without a pause is saved all the same after so long. */
const LONGEST = 15_000;
/** A save that failed is tried again after so long: the network may be back, or the person has signed in again. */
const AGAIN = 8000;

export function useAutosave<S>(
  save: (snapshot: S) => Promise<{ savedAt: number }>,
  savedAt: number | null,
): Autosave<S> {
  const [state, setState] = useState<SaveState>(savedAt === null ? { kind: 'none' } : { kind: 'saved', at: savedAt });
  const latest = useRef(save);
  latest.current = save;
  const work = useRef<{
    pending: S | undefined;
    /** when the oldest change was made that is not saved */
    since: number;
    running: Promise<boolean> | undefined;
    stopped: boolean;
  }>({ pending: undefined, since: 0, running: undefined, stopped: false });
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
        else timer.current = setTimeout(() => void flush(), AGAIN);
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
    const leaving = (event: Event) =>
      work.current.pending !== undefined && !work.current.stopped && event.preventDefault();
    const back = () => void flush();
    document.addEventListener('visibilitychange', hidden);
    window.addEventListener('beforeunload', leaving);
    window.addEventListener('online', back);
    work.current.stopped = false;
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      window.removeEventListener('beforeunload', leaving);
      window.removeEventListener('online', back);
      void flush().then(() => clearTimeout(timer.current));
    };
  }, [flush]);

  const touch = useCallback(
    (snapshot: S) => {
      if (work.current.stopped) return;
      const now = Date.now();
      if (work.current.pending === undefined) work.current.since = now;
      work.current.pending = snapshot;
      clearTimeout(timer.current);
      const patience = Math.max(0, work.current.since + LONGEST - now);
      timer.current = setTimeout(() => void flush(), Math.min(PAUSE, patience));
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

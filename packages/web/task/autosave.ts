/**
 * Owns saving what a person is filling in: some seconds after the last change, in the midst of a long one, and when the page is left; one
 * save at a time. A save that did not come through is tried again until it does; meanwhile leaving asks, and this device keeps the text
 * (session/keeper.ts). What another page has saved is not overwritten: then the person chooses (draft-note.tsx). Nothing is saved before the person
 * has done something, and nothing after the submission.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import { type ApiProblem, newKey } from '../api/client.ts';
import { asProblem } from '../api/load.ts';
import type { Keeper } from '../session/kept.ts';

export type SaveState =
  | { kind: 'none' | 'saving' }
  /** the server's sentence, empty when it was not reached; `onDevice`: nothing is lost when the page is left */
  | { kind: 'failed'; reason: string; onDevice: boolean }
  /** another page has saved meanwhile */
  | { kind: 'moved' }
  /** the draft is not there any more: submitted or deleted elsewhere */
  | { kind: 'gone'; reason: string }
  | { kind: 'saved'; at: number };

/** The state of the draft that this page knows, and the page itself: see the contract. */
export interface DraftMark {
  revision: number;
  page: string;
}

export interface Saved {
  savedAt: number;
  revision: number;
}

export interface Autosave<S> {
  state: SaveState;
  /** something changed */
  touch(snapshot: S): void;
  /** saves now, also what has not changed; false when it did not succeed */
  saveNow(snapshot: S): Promise<boolean>;
  /** nothing more is saved */
  stop(): void;
  mark(): DraftMark;
  /** an act was refused because another page has saved meanwhile */
  overtaken(): void;
  /** the person has seen `revision` and chosen */
  settle(snapshot: S, revision: number): Promise<boolean>;
}

/** Milliseconds between the last change and the save. */
const PAUSE = 3000;
/** Whoever types without a pause is saved all the same after so long. */
const LONGEST = 15_000;
/** A save that failed is tried again after so long: the network may be back, or the person has signed in again. */
const AGAIN = 8000;

interface Work<S> {
  pending: S | undefined;
  /** when the oldest change was made that is not saved */
  since: number;
  running: Promise<boolean> | undefined;
  /** `paused`: no saving can succeed until the person has chosen; `ended`: there is nothing more to save */
  phase: 'open' | 'paused' | 'ended';
  mark: DraftMark;
}

export function useAutosave<S>(
  save: (snapshot: S, mark: DraftMark) => Promise<Saved>,
  known: Saved | null,
  keeper: Keeper<S>,
): Autosave<S> {
  const [state, setState] = useState<SaveState>(known ? { kind: 'saved', at: known.savedAt } : { kind: 'none' });
  const latest = useRef({ save, keeper });
  latest.current = { save, keeper };
  const held = useRef<Work<S>>(null);
  held.current ??= {
    pending: undefined,
    since: 0,
    running: undefined,
    phase: 'open',
    mark: { revision: known?.revision ?? 0, page: newKey() },
  };
  const work = held.current;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const flush = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current);
    await work.running;
    const { pending, phase } = work;
    if (pending === undefined || phase !== 'open') return phase !== 'paused';
    work.pending = undefined;
    setState({ kind: 'saving' });
    const running = latest.current.save(pending, work.mark).then(
      ({ savedAt: at, revision }) => {
        work.mark.revision = revision;
        latest.current.keeper.drop();
        setState({ kind: 'saved', at });
        return true;
      },
      (error: unknown) => {
        work.pending ??= pending;
        const onDevice = latest.current.keeper.put(work.pending);
        const problem = asProblem(error);
        setState(stateAfter(problem, onDevice));
        if (isFinal(problem)) work.phase = 'paused';
        else timer.current = setTimeout(() => void flush(), AGAIN);
        return false;
      },
    );
    work.running = running;
    const done = await running;
    work.running = undefined;
    return done;
  }, [work]);

  useEffect(() => {
    const keep = () => work.pending !== undefined && latest.current.keeper.put(work.pending);
    const hidden = () => {
      if (document.visibilityState !== 'hidden') return;
      keep();
      void flush();
    };
    const leaving = (event: Event) => work.pending !== undefined && event.preventDefault();
    const back = () => void flush();
    document.addEventListener('visibilitychange', hidden);
    window.addEventListener('pagehide', keep);
    window.addEventListener('beforeunload', leaving);
    window.addEventListener('online', back);
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      window.removeEventListener('pagehide', keep);
      window.removeEventListener('beforeunload', leaving);
      window.removeEventListener('online', back);
      keep();
      void flush().then(() => clearTimeout(timer.current));
    };
  }, [flush, work]);

  const touch = useCallback(
    (snapshot: S) => {
      if (work.phase === 'ended') return;
      if (work.pending === undefined) work.since = Date.now();
      work.pending = snapshot;
      if (work.phase === 'paused') return;
      clearTimeout(timer.current);
      const patience = Math.max(0, work.since + LONGEST - Date.now());
      timer.current = setTimeout(() => void flush(), Math.min(PAUSE, patience));
    },
    [flush, work],
  );
  const saveNow = useCallback(
    (snapshot: S) => {
      work.pending = snapshot;
      return flush();
    },
    [flush, work],
  );
  const stop = useCallback(() => {
    clearTimeout(timer.current);
    work.phase = 'ended';
    work.pending = undefined;
    latest.current.keeper.drop();
  }, [work]);
  const overtaken = useCallback(() => {
    work.phase = 'paused';
    setState({ kind: 'moved' });
  }, [work]);
  const settle = useCallback(
    (snapshot: S, revision: number) => {
      work.phase = 'open';
      work.mark.revision = revision;
      return saveNow(snapshot);
    },
    [saveNow, work],
  );
  return { state, touch, saveNow, stop, mark: () => work.mark, overtaken, settle };
}

function stateAfter({ code, message }: ApiProblem, onDevice: boolean): SaveState {
  if (code === 'draft.moved') return { kind: 'moved' };
  if (code === 'draft.gone') return { kind: 'gone', reason: message };
  return { kind: 'failed', reason: code === 'network' ? '' : message, onDevice };
}

/** Gone, closed, changed elsewhere or given to somebody else: no later attempt can succeed by itself. */
const isFinal = ({ status }: ApiProblem): boolean => [403, 404, 409].includes(status);

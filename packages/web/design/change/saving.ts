/**
 * Owns saving the text of a definition in a change while it is being edited: a moment after the last change, but never much later than the first
 * that is not saved; one save at a time, again until it comes through. What somebody else has saved meanwhile is not overwritten: then the person chooses. Rule: [DES70].
 */
import type { Answer } from '@ganwei/core/contract';
import type { Named } from '@ganwei/release/paths';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api } from '../../api/client.ts';
import { asProblem } from '../../api/load.ts';

export type Draft = Answer<'draft'>;

export type SaveState =
  /** pending: changed, and about to be saved */
  | { kind: 'none' | 'pending' | 'saving' }
  | { kind: 'saved'; at: number }
  /** the server's sentence; '' when it was not reached */
  | { kind: 'failed'; reason: string }
  /** another has saved meanwhile: his draft */
  | { kind: 'moved'; theirs: Draft };

export interface Saving {
  state: SaveState;
  /** something has been changed whose text comes in a moment */
  coming(): void;
  /** the text is now this one */
  change(source: string): void;
  /** the person has seen what another has saved and goes on with this text */
  settle(source: string, revision: number): void;
}

/** Milliseconds between the last change and the save; between the first one and the save, however long one goes on; before another try. */
const PAUSE = 1500;
const LONGEST = 5000;
const AGAIN = 8000;

/** Told of a change when something of it has been saved whose editor is gone. */
const lookers = new Set<(change: string) => void>();

/** A page that shows a change loads it anew when a last edit is saved after one has come back to it. */
export function useSavedLater(change: string, reload: () => void): void {
  useEffect(() => {
    const look = (saved: string) => saved === change && reload();
    lookers.add(look);
    return () => void lookers.delete(look);
  }, [change, reload]);
}

interface Work {
  /** changed, and its text has not come yet */
  coming: boolean;
  pending: string | undefined;
  /** when the first of the changes was made that are not saved; a time of performance.now() */
  since: number | undefined;
  running: boolean;
  paused: boolean;
  /** the editor is gone: what it still hands on is saved at once, and whoever shows the change asks anew */
  left: boolean;
  revision: number;
}

export function useSaving(change: string, named: Named, begun: Draft, now: () => number): Saving {
  const [state, setState] = useState<SaveState>({ kind: 'none' });
  const work = useRef<Work>({
    coming: false,
    pending: undefined,
    since: undefined,
    running: false,
    paused: false,
    left: false,
    revision: begun.draft?.revision ?? 0,
  }).current;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const clock = useRef(now);
  clock.current = now;
  const { kind, app, key } = named;
  const { version } = begun;

  const flush = useCallback(async (): Promise<void> => {
    clearTimeout(timer.current);
    const { pending } = work;
    if (pending === undefined || work.running || work.paused) return;
    work.pending = undefined;
    work.since = undefined;
    work.running = true;
    setState({ kind: 'saving' });
    try {
      const body = { kind, app, key, source: pending, revision: work.revision, version };
      work.revision = (await api.saveDefinition({ params: { id: change }, body })).revision;
      setState(isUnsaved(work) ? { kind: 'pending' } : { kind: 'saved', at: clock.current() });
      if (work.left) for (const look of lookers) look(change);
    } catch (error) {
      work.pending ??= pending;
      const problem = asProblem(error);
      if (problem.status === 409) {
        work.paused = true;
        const theirs = await api.draft({ params: { id: change }, query: { kind, app, key } }).catch(() => undefined);
        setState(theirs ? { kind: 'moved', theirs } : { kind: 'failed', reason: problem.message });
      } else {
        setState({ kind: 'failed', reason: problem.code === 'network' ? '' : problem.message });
        timer.current = setTimeout(() => void flush(), AGAIN);
      }
    } finally {
      work.running = false;
    }
    // what was changed while this was being saved
    if (work.pending !== undefined && work.pending !== pending)
      timer.current = setTimeout(() => void flush(), work.left ? 0 : PAUSE);
  }, [change, kind, app, key, version, work]);

  useEffect(() => {
    const leaving = (event: Event) => (isUnsaved(work) || work.running) && event.preventDefault();
    window.addEventListener('beforeunload', leaving);
    window.addEventListener('online', flush);
    work.left = false;
    return () => {
      work.left = true;
      window.removeEventListener('beforeunload', leaving);
      window.removeEventListener('online', flush);
      void flush();
    };
  }, [flush, work]);

  const coming = useCallback(() => {
    work.coming = true;
    setState(untilSaved);
  }, [work]);
  const edit = useCallback(
    (source: string) => {
      work.coming = false;
      work.pending = source;
      if (work.paused) return;
      const now = performance.now();
      work.since ??= now;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), work.left ? 0 : Math.min(PAUSE, work.since + LONGEST - now));
      setState(untilSaved);
    },
    [flush, work],
  );
  const settle = useCallback(
    (source: string, seen: number) => {
      work.paused = false;
      work.revision = seen;
      work.pending = source;
      void flush();
    },
    [flush, work],
  );
  return { state, coming, change: edit, settle };
}

const isUnsaved = ({ coming, pending }: Work): boolean => coming || pending !== undefined;

/** What is said after a change: a save that is on its way, a fault and the choice between two texts go on being told. */
const untilSaved = (before: SaveState): SaveState =>
  before.kind === 'none' || before.kind === 'saved' ? { kind: 'pending' } : before;

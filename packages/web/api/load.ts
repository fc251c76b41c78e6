/**
 * Owns how a page comes by its data: loading, there, or failed with a way to try again. A late answer to an earlier question is
 * dropped; while something is asked for anew, what was there stays on the page.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiProblem } from './client.ts';

export interface Loaded<T> {
  data: T | undefined;
  /** the last attempt failed; data may still be that of an earlier one */
  problem: ApiProblem | undefined;
  busy: boolean;
  reload(): void;
  /** replaces what was loaded, e.g. by the answer of an act */
  put(data: T): void;
}

/** `key` names the question: another key asks again and forgets the old answer. */
export function useLoad<T>(key: string, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ key: string; data?: T; problem?: ApiProblem; busy: boolean }>({
    key,
    busy: true,
  });
  const [attempt, setAttempt] = useState(0);
  const latest = useRef(load);
  latest.current = load;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks again
  useEffect(() => {
    const abort = new AbortController();
    setState((before) => (before.key === key ? { ...before, busy: true } : { key, busy: true }));
    latest.current(abort.signal).then(
      (data) => !abort.signal.aborted && setState({ key, data, busy: false }),
      (error: unknown) => {
        if (abort.signal.aborted) return;
        const problem = asProblem(error);
        setState((before) => ({ ...(before.key === key ? before : { key }), problem, busy: false }));
      },
    );
    return () => abort.abort();
  }, [key, attempt]);
  const reload = useCallback(() => setAttempt((n) => n + 1), []);
  const put = useCallback((data: T) => setState((before) => ({ ...before, data })), []);
  const current = state.key === key ? state : { data: undefined, problem: undefined, busy: true };
  return { data: current.data, problem: current.problem, busy: current.busy, reload, put };
}

/** Anything that is not the server's "no" is a bug of ours: shown as such, and thrown to the console. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  console.error(error);
  return new ApiProblem('page.fault', error instanceof Error ? error.message : String(error));
}

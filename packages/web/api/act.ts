/**
 * Owns acts that must not happen twice: one key per intention, no second start while the first is under way. The same request
 * sent again after a failure carries the same key, so the server knows it; another request gets another key.
 */
import { useCallback, useRef, useState } from 'react';
import { type ApiProblem, newKey } from './client.ts';
import { asProblem } from './load.ts';

export interface Act<R, A> {
  /** undefined: refused (see `problem`), or one is under way already */
  run(request: R): Promise<A | undefined>;
  busy: boolean;
  problem: ApiProblem | undefined;
  /** forgets the problem */
  clear(): void;
}

export function useAct<R, A>(
  send: (request: R, options: { key: string }) => Promise<A>,
  refused?: (problem: ApiProblem) => void,
): Act<R, A> {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const running = useRef(false);
  const intention = useRef({ request: '', key: '' });
  const latest = useRef({ send, refused });
  latest.current = { send, refused };
  const run = useCallback(async (request: R): Promise<A | undefined> => {
    if (running.current) return undefined;
    running.current = true;
    setBusy(true);
    setProblem(undefined);
    const text = JSON.stringify(request);
    if (intention.current.request !== text) intention.current = { request: text, key: newKey() };
    try {
      const answer = await latest.current.send(request, { key: intention.current.key });
      intention.current = { request: '', key: '' };
      return answer;
    } catch (error) {
      const no = asProblem(error);
      setProblem(no);
      latest.current.refused?.(no);
      return undefined;
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, []);
  const clear = useCallback(() => setProblem(undefined), []);
  return { run, busy, problem, clear };
}

/**
 * Owns how a page comes by its data, over SWR: loading, there, or failed with a way to try again. A question is a route of the contract
 * with its request; whoever asks the same shares the answer, and what was known is shown while it is asked anew.
 */
import type { Answer, RouteName } from '@ganwei/core/contract';
import { useCallback, useMemo, useState } from 'react';
import useSWR from 'swr';
import { useSpeech } from '../kit/language.tsx';
import { ApiProblem, api, newKey, type RequestOf } from './client.ts';

export interface Loaded<T> {
  data: T | undefined;
  /** the last attempt failed; data may still be that of an earlier one */
  problem: ApiProblem | undefined;
  busy: boolean;
  reload(): void;
  /** replaces what was loaded, e.g. by the answer of an act */
  put(data: T): void;
}

/**
 * The answer of a route. Another request, or another language, asks again and forgets the old answer. `fresh`: for pages that are filled in;
 * every visit begins with an answer of its own and keeps it, so that nobody types into what is about to be replaced.
 */
export function useLoad<N extends RouteName>(
  name: N,
  request: RequestOf<N>,
  { fresh = false }: { fresh?: boolean } = {},
): Loaded<Answer<N>> {
  const [visit] = useState(newKey);
  const { language } = useSpeech();
  const ask = api[name] as (request: RequestOf<N>) => Promise<Answer<N>>;
  const { data, error, isValidating, mutate } = useSWR<Answer<N>, unknown>(
    [name, request, fresh ? visit : language],
    () => ask(request),
  );
  const problem = useMemo(() => (error === undefined ? undefined : asProblem(error)), [error]);
  const reload = useCallback(() => void mutate(), [mutate]);
  const put = useCallback((answer: Answer<N>) => void mutate(answer, { revalidate: false }), [mutate]);
  return { data, problem, busy: isValidating, reload, put };
}

/** Anything that is not the server's "no" is a bug of ours: shown as such, and thrown to the console. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  console.error(error);
  return new ApiProblem('page.fault', error instanceof Error ? error.message : String(error));
}

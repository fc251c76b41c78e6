/** Owns what the pages remember of the server's answers: it is forgotten with the person it was given to. */
import type { ReactNode } from 'react';
import { SWRConfig, type SWRConfiguration } from 'swr';
import { asProblem } from './load.ts';

/** Attempts after the first, and milliseconds before each. */
const PAUSES = [1_000, 3_000, 9_000];

/**
 * A page asks when it is opened, and again only where it says so: rows that somebody reads or has unfolded do not move by themselves. What
 * the network or a busy server kept from coming is asked for again a few times; a "no" of the server is an answer.
 */
const HABITS: SWRConfiguration = {
  provider: () => new Map(),
  dedupingInterval: 0,
  revalidateOnFocus: false,
  revalidateOnReconnect: false,
  onErrorRetry: (error, _key, _config, again, { retryCount }) => {
    const { code, status } = asProblem(error);
    const pause = PAUSES[retryCount - 1];
    if (pause !== undefined && (code === 'network' || status === 503)) setTimeout(again, pause, { retryCount });
  },
};

/** Around the pages of one person; with another `key` everything is forgotten. */
export const Answers = ({ children }: { children: ReactNode }) => <SWRConfig value={HABITS}>{children}</SWRConfig>;

/**
 * Owns how lists that are on the page are asked for again when something has changed: as many rows as are there, so that nothing somebody reads is taken
 * away, and what is typed, unfolded or scrolled to stays. Very long lists stay as they are. Rule: [MSG11].
 */
import { useCallback } from 'react';
import { unstable_serialize, useSWRConfig } from 'swr';
import { api } from './client.ts';

/** Lists that change by themselves, with how many rows one question asks for at first, and at most. */
const LISTS = { inbox: { first: 20, most: 100 }, messages: { first: 60, most: 200 } } as const;

type List = keyof typeof LISTS;
type Key = readonly [name: List, request: { query?: object }, language: string];
interface Rows {
  rows: readonly { rows?: readonly unknown[] }[];
}

const isList = (key: unknown): key is Key => Array.isArray(key) && key[0] in LISTS;

/** A line that is put together of several counts as several. */
const sizeOf = (data: Rows | undefined): number =>
  (data?.rows ?? []).reduce((sum, { rows }) => sum + (rows?.length ?? 1), 0);

export function useRenewLists(): () => Promise<void> {
  const { cache, mutate } = useSWRConfig();
  return useCallback(async () => {
    const longer: { key: Key; size: number }[] = [];
    const isShort = (key: unknown): boolean => {
      if (!isList(key)) return false;
      const size = sizeOf(cache.get(unstable_serialize(key))?.data as Rows | undefined);
      if (size > LISTS[key[0]].first) longer.push({ key, size });
      return size <= LISTS[key[0]].first;
    };
    // Asked again is only what is on the page now.
    await mutate(isShort);
    for (const { key, size } of longer) {
      const [name, request] = key;
      if (size > LISTS[name].most) continue;
      const ask = api[name] as (request: object) => Promise<Rows>;
      const rows = await ask({ ...request, query: { ...request.query, limit: size } }).catch(() => undefined);
      if (rows) await mutate(key, rows, { revalidate: false });
    }
  }, [cache, mutate]);
}

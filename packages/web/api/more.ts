/** Owns 更多: the next page of a list is put behind what is there; a failure leaves the button for another try. */
import { useState } from 'react';
import { tell } from '../kit/notice.tsx';
import { asProblem } from './load.ts';

interface Rows<R> {
  rows: R[];
  next: string | null;
}

export function useMore<R>(
  list: { data: Rows<R> | undefined; put(data: Rows<R>): void },
  fetchPage: (cursor: string) => Promise<Rows<R>>,
): { busy: boolean; load(cursor: string): Promise<void> } {
  const [busy, setBusy] = useState(false);
  const load = async (cursor: string) => {
    setBusy(true);
    try {
      const page = await fetchPage(cursor);
      list.put({ rows: [...(list.data?.rows ?? []), ...page.rows], next: page.next });
    } catch (error) {
      tell(asProblem(error).message, 'error');
    } finally {
      setBusy(false);
    }
  };
  return { busy, load };
}

/** Owns a page's line to the worker that compares texts: one for all comparisons of a page, begun with the first. */
import type { Kind } from '@ganwei/release/definition';
import type { Comparison } from '@ganwei/release/diff';
import { useEffect, useState } from 'react';
import type { Compare, Compared } from './compare-worker.ts';

const waiting = new Map<number, (comparison: Comparison) => void>();
let worker: Worker | undefined;
let last = 0;

function compare(kind: Kind, before: string, after: string): Promise<Comparison> {
  if (!worker) {
    worker = new Worker(new URL('./compare-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<Compared>) => {
      waiting.get(data.id)?.(data.comparison ?? NOTHING);
      waiting.delete(data.id);
    });
  }
  last += 1;
  const asked: Compare = { id: last, kind, before, after };
  return new Promise((resolve) => {
    waiting.set(asked.id, resolve);
    worker?.postMessage(asked);
  });
}

const NOTHING: Comparison = { differences: [], redrawn: false };

/** undefined: being compared. */
export function useComparison(kind: Kind, before: string, after: string): Comparison | undefined {
  const [comparison, setComparison] = useState<Comparison>();
  useEffect(() => {
    let wanted = true;
    void compare(kind, before, after).then((found) => wanted && setComparison(found));
    return () => {
      wanted = false;
    };
  }, [kind, before, after]);
  return comparison;
}

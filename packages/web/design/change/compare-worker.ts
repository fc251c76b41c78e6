/** Owns the worker that compares two texts of a definition: reading them takes the readers of all kinds, which no page loads. */
import type { Kind } from '@ganwei/release/definition';
import { type Comparison, compareTexts } from '@ganwei/release/diff';

export interface Compare {
  id: number;
  kind: Kind;
  before: string;
  after: string;
}

/** null: they cannot be compared, which is a fault of the house. */
export interface Compared {
  id: number;
  comparison: Comparison | null;
}

self.addEventListener('message', ({ data }: MessageEvent<Compare>) => {
  const send = (comparison: Comparison | null): void =>
    self.postMessage({ id: data.id, comparison } satisfies Compared);
  void compareTexts(data.kind, data.before, data.after).then(send, () => send(null));
});

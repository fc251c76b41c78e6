/** Owns a page's line to the worker that imports; each page has one, ended with it. A later question takes the place of one that has not been answered. */
import type { Imported, Wishes } from '@ganwei/process/foreign/import';
import { useEffect, useRef } from 'react';
import type { Ask, Reply, Told } from './import-worker.ts';

export type { Imported, Told, Wishes };
export type Outcome = { imported: Imported } | { trouble: Told } | { failed: string };

export type Convert = (file: File, wishes?: Wishes) => Promise<Outcome>;

export function useImport(): Convert {
  const line = useRef<Line>(null);
  useEffect(() => () => line.current?.close(), []);
  return (file, wishes = {}) => {
    line.current ??= new Line();
    return line.current.ask(file, wishes);
  };
}

class Line {
  readonly #worker = new Worker(new URL('./import-worker.ts', import.meta.url), { type: 'module' });
  #last = 0;
  #told: (outcome: Outcome) => void = () => {};

  constructor() {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
      if (data.id === this.#last) this.#told(data);
    });
    this.#worker.addEventListener('error', ({ message }) => this.#told({ failed: message }));
  }

  ask(file: File, wishes: Wishes): Promise<Outcome> {
    this.#last += 1;
    this.#worker.postMessage({ id: this.#last, file, wishes } satisfies Ask);
    return new Promise((resolve) => {
      this.#told = resolve;
    });
  }

  close(): void {
    this.#worker.terminate();
  }
}

/** Owns a page's line to the worker that imports; each page has one, ended with it. A later question takes the place of one that has not been answered. */
import type { Imported, NamesOfFlows } from '@ganwei/process/foreign/import';
import { useEffect, useRef } from 'react';
import type { Ask, Reply, Told } from './import-worker.ts';

export type { Imported, NamesOfFlows, Told };
export type Outcome = { imported: Imported } | { trouble: Told } | { failed: string };

export type Convert = (file: File, names?: NamesOfFlows) => Promise<Outcome>;

export function useImport(): Convert {
  const line = useRef<Line>(null);
  useEffect(() => () => line.current?.close(), []);
  return (file, names = new Map()) => {
    line.current ??= new Line();
    return line.current.ask(file, names);
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

  ask(file: File, names: NamesOfFlows): Promise<Outcome> {
    this.#last += 1;
    this.#worker.postMessage({ id: this.#last, file, names } satisfies Ask);
    return new Promise((resolve) => {
      this.#told = resolve;
    });
  }

  close(): void {
    this.#worker.terminate();
  }
}

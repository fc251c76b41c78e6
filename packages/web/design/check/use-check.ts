/**
 * Owns a page's line to the worker: it is opened with the definitions of a change, told of each edit, and gives what was found last. While a check
 * runs, only the newest edit waits: what lies between is never looked at. Rules: [DES1] [DES2].
 */
import type { FieldError } from '@ganwei/core/refusal';
import { useEffect, useMemo, useRef, useState } from 'react';
import type {
  Ask,
  Checked,
  Definition,
  Judged,
  LetterNames,
  Name,
  Questions,
  Reply,
  Standing,
  StepOfForm,
  Told,
  TriedTable,
  Trying,
} from './told.ts';

/** Milliseconds without a further edit before the check is asked. */
const PAUSE = 120;

export interface Check {
  /** undefined: not yet */
  readonly found: Checked | undefined;
  /** an edit has not been looked at yet */
  readonly busy: boolean;
  /** why there will be no findings */
  readonly failed: string;
  edit(definition: Definition): void;
  names(standing: Standing): Promise<readonly Name[]>;
  /** of the server's own code */
  verdict(judged: Judged): Promise<readonly FieldError[]>;
  /** what a letter may use where it is issued, and made-up values */
  letter(asked: Questions['letter']['asked']): Promise<LetterNames>;
  /** where a form is filled in */
  steps(form: string): Promise<readonly StepOfForm[]>;
  /** what a table is, and what it decides of the values given; undefined where it cannot be read */
  table(trying: Trying): Promise<TriedTable | undefined>;
}

/** What a change would be: the definitions and the language of the server. Both are taken once, when the page opens. */
export interface CheckOf {
  readonly definitions: readonly Definition[];
  readonly told: Told;
  readonly app: string;
}

export function useCheck({ definitions, told, app }: CheckOf): Check {
  const [found, setFound] = useState<Checked>();
  const [busy, setBusy] = useState(true);
  const [failed, setFailed] = useState('');
  const line = useRef<Line>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the page opened with; edits come by edit()
  useEffect(() => {
    const own = new Line((answer) => {
      setFound(answer);
      setBusy(own.waiting);
    }, setFailed);
    line.current = own;
    own.open({ definitions, told, app });
    return () => own.close();
  }, []);
  return useMemo(
    () => ({
      found,
      busy,
      failed,
      edit(definition) {
        setBusy(true);
        line.current?.edit(definition);
      },
      verdict: (judged) => line.current?.ask('verdict', judged) ?? Promise.resolve([]),
      letter: (asked) => line.current?.ask('letter', asked) ?? Promise.resolve({ names: [], data: {} }),
      steps: (form) => line.current?.ask('steps', { form }) ?? Promise.resolve([]),
      table: (trying) => line.current?.ask('table', trying) ?? Promise.resolve(undefined),
      names: (standing) => line.current?.ask('names', standing) ?? Promise.resolve([]),
    }),
    [found, busy, failed],
  );
}

class Line {
  readonly #worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  readonly #waiting = new Map<number, { resolve(answer: unknown): void; reject(reason: Error): void }>();
  readonly #found: (checked: Checked) => void;
  readonly #failed: (reason: string) => void;
  #last = 0;
  #checking = false;
  /** newest texts that have not been looked at, by definition */
  readonly #next = new Map<string, Definition>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(found: (checked: Checked) => void, failed: (reason: string) => void) {
    this.#found = found;
    this.#failed = failed;
    this.#worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
      const asked = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if ('answer' in data) asked?.resolve(data.answer);
      else asked?.reject(new Error(data.failed));
    });
    this.#worker.addEventListener('error', ({ message }) => this.#failed(message));
  }

  get waiting(): boolean {
    return this.#checking || this.#next.size > 0;
  }

  ask<K extends keyof Questions>(ask: K, asked: Questions[K]['asked']): Promise<Questions[K]['answer']> {
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (answer: unknown) => void, reject });
      this.#worker.postMessage({ id, ask, asked } as Ask);
    });
  }

  open(asked: CheckOf): void {
    void this.#check(() => this.ask('open', asked));
  }

  edit(definition: Definition): void {
    this.#next.set(`${definition.kind} ${definition.app ?? ''} ${definition.key}`, definition);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#go(), PAUSE);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#worker.terminate();
  }

  #go(): void {
    if (this.#checking || this.#next.size === 0) return;
    const definitions = [...this.#next.values()];
    this.#next.clear();
    void this.#check(() => this.ask('edit', { definitions }));
  }

  async #check(ask: () => Promise<Checked>): Promise<void> {
    this.#checking = true;
    try {
      const checked = await ask();
      this.#checking = false;
      this.#found(checked);
    } catch (error) {
      this.#checking = false;
      this.#failed((error as Error).message);
    }
    this.#go();
  }
}

/** Owns bringing a case somewhere by the acts of a shipped story, done by calls: who does what stands there once. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, expect } from '@playwright/test';
import { act } from './stage.ts';
import { Caller } from './walk.ts';

type Values = Record<string, unknown>;
interface Act {
  by?: string;
  start?: string;
  submit?: string;
  outcome?: string;
  values?: Values;
  comment?: string;
  clock?: string;
}

const CONTENT = path.resolve(import.meta.dirname, '../../processes');
const read = (file: string): string => readFileSync(path.join(CONTENT, file), 'utf8');
const DAY = 86_400_000;

export class StoryWalk {
  readonly #browser: Browser;
  readonly #callers = new Map<string, Caller>();
  readonly #acts: readonly Act[];
  readonly #names: ReadonlyMap<string, string>;
  readonly #title: string;
  readonly #days: number;

  /** `story`: below processes; `flow`: its bpmn, whose steps are named there; `days`: by which all its dates are later; `about`: in the title of its cases. */
  constructor(browser: Browser, given: { story: string; flow: string; about: string; days?: number }) {
    this.#browser = browser;
    this.#acts = (JSON.parse(read(given.story)) as { acts: Act[] }).acts;
    const steps = read(given.flow).matchAll(/<bpmn:userTask id="([^"]*)" name="([^"]*)"/g);
    this.#names = new Map([...steps].map(([, id = '', name = '']) => [id, name]));
    this.#title = given.about;
    this.#days = given.days ?? 0;
  }

  /** All acts from the one on up to the other, which is not done. `title`: the field that the title of the case is made of. */
  async go(from: number, until: string, title: string): Promise<number> {
    for (const [index, one] of this.#acts.entries()) {
      if (index < from) continue;
      if (one.submit?.endsWith(`/${until}`)) return index;
      await this.#do(one, title);
    }
    throw new Error(`the story has no ${until}`);
  }

  async close(): Promise<void> {
    for (const caller of this.#callers.values()) await caller.request.dispose();
    this.#callers.clear();
  }

  async #do({ by = '', start, submit, outcome, values = {}, comment = '', clock }: Act, title: string): Promise<void> {
    if (clock !== undefined) {
      await act(this.#browser, 'admin', (v) =>
        v.call('post', '/api/demo/clock', { now: `${this.#later(clock) as string}:00+08:00` }),
      );
      // Sessions end with the day.
      await this.close();
      return;
    }
    const caller = await this.#caller(by);
    const filled = (await this.#filled(caller, values)) as Values;
    if (start !== undefined) {
      const [process, at] = start.split('/');
      await caller.call('post', '/api/cases', { process, start: at, values: { ...filled, [title]: this.#title } });
      return;
    }
    const name = this.#names.get(submit?.split('/')[1] ?? '');
    const { rows } = (await caller.call('get', '/api/inbox/todo?limit=50')) as {
      rows: { node: string; title: string; taskId: string }[];
    };
    const task = rows.find((row) => row.node === name && row.title.includes(this.#title));
    expect(task, `${by} 的待办中有「${name}」`).toBeTruthy();
    const view = (await caller.call('get', `/api/tasks/${task?.taskId}`)) as { task: { revision: number } };
    const again = title in filled ? { ...filled, [title]: this.#title } : filled;
    const sent = { outcome, values: again, comment, revision: view.task.revision };
    await caller.call('post', `/api/tasks/${task?.taskId}/submit`, sent);
  }

  async #caller(id: string): Promise<Caller> {
    const caller = this.#callers.get(id) ?? (await Caller.come(this.#browser, id));
    this.#callers.set(id, caller);
    return caller;
  }

  /** Files in the place of their marks, and every date later. */
  async #filled(caller: Caller, value: unknown): Promise<unknown> {
    if (typeof value === 'string') return this.#later(value);
    if (Array.isArray(value)) return Promise.all(value.map((one) => this.#filled(caller, one)));
    if (typeof value !== 'object' || value === null) return value;
    if ('file' in value && typeof value.file === 'string') return caller.file(value.file);
    const members = Object.entries(value).map(async ([key, one]) => [key, await this.#filled(caller, one)]);
    return Object.fromEntries(await Promise.all(members));
  }

  #later(text: string): string {
    return text.replace(/^\d{4}-\d{2}-\d{2}/, (day) =>
      new Date(Date.parse(day) + this.#days * DAY).toISOString().slice(0, 10),
    );
  }
}

/**
 * Owns what the comparisons of many cases come to: by step and kind how many would have been different, with some of the newest as examples.
 * Says names of steps, fields and flows, never a value of a case. Bounded whatever comes. Rules: [IMP4] [IMP5].
 */
import { labelText } from '@ganwei/form/messages';
import type { Compared, Difference, Pair } from './compare.ts';

type Of<K extends Difference['kind']> = Extract<Difference, { kind: K }>;
export type Detail = '' | 'nobody' | 'missing' | 'refused' | Of<'deadline'>['shift'] | Of<'break'>['why'];

/** What would have been different for some cases in the same way. */
export interface Line {
  /** as long as the counting goes on */
  id: string;
  kind: Difference['kind'];
  node: string;
  /** what the step is called */
  name: string;
  /** of a way: what comes next before and after, by name */
  before: string[];
  after: string[];
  /** of a field: what it is called; '' the opinion */
  field: string;
  /** of a person `nobody`, of a field `missing` or `refused`, of a deadline its shift, of a break why */
  detail: Detail;
  count: number;
  /** ids of the newest */
  examples: string[];
}

export interface Tally {
  /** cases that have been compared */
  seen: number;
  /** of those: could be followed to their end */
  followed: number;
  /** of those: something would have been different */
  different: number;
  lines: Line[];
  /** kinds of differences that were no longer told apart */
  more: number;
}

export const MOST_EXAMPLES = 20;
const MOST_LINES = 200;

export class Tallying {
  readonly #pair: Pair;
  readonly #lines = new Map<string, Line>();
  readonly #sum = { seen: 0, followed: 0, different: 0, more: 0 };

  constructor(pair: Pair) {
    this.#pair = pair;
  }

  add(id: string, { differences, followed }: Compared): void {
    this.#sum.seen += 1;
    if (followed) this.#sum.followed += 1;
    if (differences.length > 0) this.#sum.different += 1;
    for (const difference of differences) this.#count(id, difference);
  }

  /** A case that could not be read at all. */
  skip(): void {
    this.#sum.seen += 1;
  }

  /** What it has come to so far, what concerns most first. */
  get tally(): Tally {
    return { ...this.#sum, lines: [...this.#lines.values()].sort((a, b) => b.count - a.count) };
  }

  #count(id: string, difference: Difference): void {
    const key = JSON.stringify(difference);
    let line = this.#lines.get(key);
    if (!line && this.#lines.size >= MOST_LINES) {
      this.#sum.more += 1;
      return;
    }
    line ??= { ...this.#said(difference), id: String(this.#lines.size), count: 0, examples: [] };
    this.#lines.set(key, line);
    line.count += 1;
    if (line.examples.length < MOST_EXAMPLES) line.examples.push(id);
  }

  #said(difference: Difference): Omit<Line, 'id' | 'count' | 'examples'> {
    const { kind, node } = difference;
    const plain = { kind, node, name: this.#nameOf(node), before: [], after: [], field: '', detail: '' as const };
    const named = (ids: readonly string[]): string[] => ids.map((id) => this.#nameOf(id));
    switch (kind) {
      case 'way':
        return { ...plain, before: named(difference.before), after: named(difference.after) };
      case 'person':
        return { ...plain, detail: difference.nobody ? 'nobody' : '' };
      case 'field':
        return { ...plain, field: this.#fieldOf(difference), detail: difference.missing ? 'missing' : 'refused' };
      case 'deadline':
        return { ...plain, detail: difference.shift };
      case 'break':
        return { ...plain, detail: difference.why };
      case 'result':
        return plain;
    }
  }

  #nameOf(id: string): string {
    const { before, after } = this.#pair;
    return after.node(id)?.name ?? before.node(id)?.name ?? id;
  }

  #fieldOf({ form, path }: Of<'field'>): string {
    const { before, after } = this.#pair;
    const field = after.form(form)?.byPath.get(path) ?? before.form(form)?.byPath.get(path);
    return labelText(field?.title) || path;
  }
}

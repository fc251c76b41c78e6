/**
 * Owns what has been found out about releases: each answer with the questions it was found out from. In a later release an answer holds as
 * long as all of these are answered as before; so a change costs what depends on it, and no more. It must never know what is asked.
 * Rules: [REL70] [REL71].
 */
import type { Kind } from './definition.ts';
import type { Release } from './release.ts';

/**
 * Something that can be asked of a release about a key. The answer follows from the release alone, and from nothing in it that is not itself
 * asked; it holds no release, because it outlives them.
 */
export interface Question<T> {
  readonly name: string;
  /**
   * the kind of definition that it is about: the last word of its key is the definition's, written as the asker writes it, and it is answered
   * as the definition itself sees the release; `view`: the answer depends on whose application asks; left out: on neither
   */
  readonly about?: Kind | 'view';
  answer(release: Release, key: string): T;
  /** Says one answer the same as another? Then whoever used that one need not look again. Left out: only when it is the very same. */
  same?(one: T, other: T): boolean;
  /** a mere look: never kept, only noted */
  readonly look?: true;
}

interface Use {
  /** in whose view it was asked */
  readonly app: string;
  readonly question: Question<unknown>;
  readonly key: string;
  readonly answer: unknown;
}

interface Kept {
  readonly answer: unknown;
  readonly uses: ReadonlyMap<string, Use>;
  /** the last release, as a whole, that it is known to hold in */
  release: Release;
}

export class Memory {
  readonly #kept = new Map<string, Kept>();
  /** what each answer that is being found out has used so far, the innermost last */
  readonly #finding: Map<string, Use>[] = [];

  /** The answer as this view of the release has it, found out again only when something it was found out from is answered differently. */
  ask<T>(view: Release, question: Question<T>, key: string): T {
    const id = question.about === 'view' ? `${question.name} ${view.app} ${key}` : `${question.name} ${key}`;
    const answer = question.look ? question.answer(view, key) : (this.#current(view, question, key, id) as T);
    this.#finding.at(-1)?.set(id, { app: view.app, question, key, answer });
    return answer;
  }

  /** Lets go of what the release had no use for, when that is the greater part. */
  forget({ whole }: Release): void {
    const idle = [...this.#kept].filter(([, kept]) => kept.release !== whole);
    if (2 * idle.length > this.#kept.size) for (const [id] of idle) this.#kept.delete(id);
  }

  #current<T>(view: Release, question: Question<T>, key: string, id: string): unknown {
    const { whole: release } = view;
    const kept = this.#kept.get(id);
    if (kept && (kept.release === release || this.#holds(release, kept))) {
      kept.release = release;
      return kept.answer;
    }
    const uses = new Map<string, Use>();
    this.#finding.push(uses);
    try {
      const found = question.answer(view, key);
      const same = kept !== undefined && question.same?.(found, kept.answer as T);
      const answer = same ? kept.answer : found;
      this.#kept.set(id, { answer, uses, release });
      return answer;
    } finally {
      this.#finding.pop();
    }
  }

  /** In the order in which they were asked: what came later may have depended on what came before. */
  #holds(release: Release, { uses }: Kept): boolean {
    this.#finding.push(new Map());
    try {
      for (const { app, question, key, answer } of uses.values())
        if (!(question.same ?? Object.is)(this.ask(release.within(app), question, key), answer)) return false;
      return true;
    } finally {
      this.#finding.pop();
    }
  }
}

/**
 * Owns reading the text of a template: where the front matter ends, on which line something stands, and that every expression
 * in it compiles. Problems are collected, so that an author sees all of them at once; nothing is evaluated here.
 */
import type { Problem } from '@ganwei/core/definition';
import { compileExpression, compileTemplate, FeelError, type Language } from '@ganwei/feel/compile';
import { placeholdersIn, placeholdersOf } from '@ganwei/feel/placeholders';

/** What every compiled piece of a template has; the line is for messages while composing. */
interface Piece<T> {
  readonly line: number;
  readonly names: readonly string[];
  evaluate(scope: Scope, world: unknown): T;
}
export type Scope = Readonly<Record<string, unknown>>;
export type TextPiece = Piece<string>;
export type ValuePiece = Piece<unknown>;

/** A loop around an expression: its variable, its counter, and what it goes over. */
export interface LetterLoop {
  readonly name: string;
  readonly counter: string | null;
  readonly over: string;
}

/** One expression of a template where it stands, for whoever checks it against a case. */
export interface LetterExpression {
  readonly kind: 'text' | 'condition' | 'loop' | 'list';
  readonly line: number;
  readonly source: string;
  /** from the outermost to the innermost */
  readonly loops: readonly LetterLoop[];
}

/** A template being read. What does not compile is replaced by an empty piece; the template is refused in the end. */
export class Reader {
  readonly problems: Problem[] = [];
  readonly expressions: LetterExpression[] = [];
  /** loops that are open where is being read */
  loops: readonly LetterLoop[] = [];
  readonly #language: Language;

  constructor(language: Language) {
    this.#language = language;
  }

  /** `line` counts from 1 in the file. */
  complain(line: number, rule: string, message: string): void {
    this.problems.push({ severity: 'error', rule, element: `第 ${line} 行`, message });
  }

  /** A text with `{= … }` placeholders. */
  text(source: string, line: number): TextPiece {
    const made = this.#compile(source, line, () => compileTemplate(source, this.#language));
    if (made) for (const one of placeholdersOf(source)) this.#keep('text', one, line);
    return {
      line,
      names: made?.names ?? [],
      evaluate: (scope, world) => atLine(line, () => made?.render(scope, world) ?? ''),
    };
  }

  value(kind: LetterExpression['kind'], source: string, line: number): ValuePiece {
    const made = this.#compile(source, line, () => compileExpression(source, this.#language));
    if (made) this.#keep(kind, source, line);
    return {
      line,
      names: made?.names ?? [],
      evaluate: (scope, world) => atLine(line, () => made?.evaluate(scope, world) ?? null),
    };
  }

  #keep(kind: LetterExpression['kind'], source: string, line: number): void {
    this.expressions.push({ kind, line, source, loops: this.loops });
  }

  #compile<T>(source: string, line: number, compile: () => T): T | null {
    try {
      return compile();
    } catch (error) {
      if (!(error instanceof FeelError)) throw error;
      const lines = source.slice(0, Math.max(0, error.from)).split('\n').length - 1;
      this.complain(line + lines, 'letter-feel', error.message);
      return null;
    }
  }
}

/** A FeelError says on which line of the template it happened. */
export function atLine<T>(line: number, evaluate: () => T): T {
  try {
    return evaluate();
  } catch (error) {
    if (!(error instanceof FeelError)) throw error;
    throw new FeelError(`模板第 ${line} 行:${error.message}`, error.source, error.from, error.to);
  }
}

/** Splits at a mark that stands outside of placeholders. */
export function splitOutside(text: string, mark: string): string[] {
  const inside = placeholdersIn(text);
  const parts: string[] = [];
  let start = 0;
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length)) {
    if (inside.some(({ from, to }) => at >= from && at < to)) continue;
    parts.push(text.slice(start, at));
    start = at + mark.length;
  }
  parts.push(text.slice(start));
  return parts;
}

/** Owns where `{= … }` placeholders stand in a text, and how the text is cut into pieces there. */
import { FeelError } from './error.ts';

export interface Piece {
  readonly text: string;
  readonly expression: boolean;
}

/** A placeholder with its braces: [from, to) of the text. */
export interface Placeholder {
  readonly from: number;
  readonly to: number;
  /** false: its brace is missing, and it reaches to the end of the text */
  readonly closed: boolean;
}

/** Every placeholder of a text, in order. Braces of contexts and inside texts do not end one. */
export function placeholdersIn(text: string): Placeholder[] {
  const found: Placeholder[] = [];
  for (let open = text.indexOf('{='); open >= 0; open = text.indexOf('{=', found.at(-1)?.to)) {
    const end = closingBrace(text, open + 2);
    found.push({ from: open, to: end === undefined ? text.length : end + 1, closed: end !== undefined });
  }
  return found;
}

/** Where the brace is that ends a placeholder. */
function closingBrace(text: string, from: number): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let i = from; i < text.length; i++) {
    const sign = text[i];
    if (quoted && sign === '\\') i++;
    else if (sign === '"') quoted = !quoted;
    else if (!quoted && sign === '{') depth++;
    else if (!quoted && sign === '}' && depth-- === 0) return i;
  }
  return undefined;
}

/** The pieces of a text in order; empty ones are left out. Throws FeelError where a placeholder is not closed. */
export function splitTemplate(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { from, to, closed } of placeholdersIn(text)) {
    if (!closed) throw new FeelError('占位符“{=”没有用“}”结束', text, from, to);
    pieces.push({ text: text.slice(at, from), expression: false });
    pieces.push({ text: text.slice(from + 2, to - 1), expression: true });
    at = to;
  }
  pieces.push({ text: text.slice(at), expression: false });
  return pieces.filter((piece) => piece.expression || piece.text !== '');
}

/** The expressions of a text, in order. */
export const placeholdersOf = (text: string): string[] =>
  splitTemplate(text).flatMap(({ text: source, expression }) => (expression ? [source] : []));

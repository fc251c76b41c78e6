/** Owns how a text with `{= … }` placeholders is cut into pieces. */
import { FeelError } from './error.ts';

export interface Piece {
  readonly text: string;
  readonly expression: boolean;
}

/** The pieces of a text in order; empty ones are left out. Throws FeelError where a placeholder is not closed. */
export function splitTemplate(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (let open = text.indexOf('{='); open >= 0; open = text.indexOf('{=', at)) {
    const close = closingBrace(text, open + 2);
    pieces.push({ text: text.slice(at, open), expression: false });
    pieces.push({ text: text.slice(open + 2, close), expression: true });
    at = close + 1;
  }
  pieces.push({ text: text.slice(at), expression: false });
  return pieces.filter((piece) => piece.expression || piece.text !== '');
}

/** The brace that ends a placeholder: braces of contexts and inside texts do not count. */
function closingBrace(text: string, from: number): number {
  let depth = 0;
  let quoted = false;
  for (let i = from; i < text.length; i++) {
    const sign = text[i];
    if (quoted && sign === '\\') i++;
    else if (sign === '"') quoted = !quoted;
    else if (!quoted && sign === '{') depth++;
    else if (!quoted && sign === '}' && depth-- === 0) return i;
  }
  throw new FeelError('占位符“{=”没有用“}”结束', text, from - 2, text.length);
}

/** The expressions of a text, in order. */
export const placeholdersOf = (text: string): string[] =>
  splitTemplate(text).flatMap(({ text: source, expression }) => (expression ? [source] : []));

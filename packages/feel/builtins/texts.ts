/**
 * Owns the built-in functions on texts. Positions and lengths count characters, not code units. Separators are literal:
 * there are no regular expressions in this language, because a pattern can be made to run for ever.
 */
import { ArgumentError } from '../error.ts';
import { MAX_TEXT, print, type Value } from '../values.ts';
import { type Args, type Functions, given, integer, presentList, text, wrong } from './arguments.ts';

/** a question about a text and a piece of it */
const asks = (name: string, holds: (whole: string, piece: string) => boolean) => ({
  signatures: [`${name}(string: string, match: string) -> boolean`],
  call: (args: Args): Value => holds(text(args, 0), text(args, 1)),
});

/** a text made of a text */
const changes = (name: string, change: (whole: string) => Value, result = 'string') => ({
  signatures: [`${name}(string: string) -> ${result}`],
  call: (args: Args): Value => change(text(args, 0)),
});

export const TEXTS: Functions = {
  string: {
    signatures: ['string(from: Any) -> string'],
    call: (args) => (given(args, 0) === null ? null : print(given(args, 0))),
  },
  contains: asks('contains', (whole, piece) => whole.includes(piece)),
  'starts with': asks('starts with', (whole, piece) => whole.startsWith(piece)),
  'ends with': asks('ends with', (whole, piece) => whole.endsWith(piece)),
  'string length': changes('string length', (whole) => [...whole].length, 'number'),
  'upper case': changes('upper case', (whole) => whole.toUpperCase()),
  'lower case': changes('lower case', (whole) => whole.toLowerCase()),
  trim: changes('trim', (whole) => whole.trim()),
  substring: {
    signatures: ['substring(string: string, start position: number, length?: number) -> string'],
    call: substring,
  },
  'substring before': {
    signatures: ['substring before(string: string, match: string) -> string'],
    call: (args) => cut(args, (whole, at) => whole.slice(0, at)),
  },
  'substring after': {
    signatures: ['substring after(string: string, match: string) -> string'],
    call: (args) => cut(args, (whole, at, mark) => whole.slice(at + mark.length)),
  },
  'string join': {
    signatures: ['string join(list: list<string>, delimiter?: string) -> string'],
    call: join,
  },
  split: { signatures: ['split(string: string, delimiter: string) -> list<string>'], call: split },
};

/** `substring(text, start, length?)`: the first character is 1, -1 is the last. */
function substring(args: Args): string {
  const characters = [...text(args, 0)];
  const start = integer(args, 1);
  if (start === 0) return wrong(1, '非零整数', start);
  const from = start > 0 ? start - 1 : Math.max(0, characters.length + start);
  const length = args.length > 2 ? integer(args, 2) : characters.length;
  return characters.slice(from, from + Math.max(0, length)).join('');
}

/** before or after the first occurrence; empty text when it does not occur */
function cut(args: Args, piece: (whole: string, at: number, mark: string) => string): string {
  const [whole, mark] = [text(args, 0), text(args, 1)];
  const at = whole.indexOf(mark);
  return at < 0 ? '' : piece(whole, at, mark);
}

/** `string join(list, separator?)`; nulls are left out */
function join(args: Args): string {
  const items = presentList(args, 0).filter((item) => item !== null);
  const words = items.map((item) => (typeof item === 'string' ? item : wrong(0, '由文字组成的列表', item)));
  const separator = given(args, 1) === null ? '' : text(args, 1);
  const total = words.reduce((sum, word) => sum + word.length + separator.length, 0);
  if (total > MAX_TEXT) throw new ArgumentError('文字过长');
  return words.join(separator);
}

/** The standard reads the delimiter as a pattern; one that only makes sense as a pattern is refused, never taken literally. */
function split(args: Args): Value {
  const separator = text(args, 1);
  if (/\\|\[.*\]/.test(separator)) return wrong(1, '普通的分隔符（不支持正则表达式）', separator);
  if (separator === '') return wrong(1, '非空的分隔符', separator);
  return text(args, 0).split(separator);
}

/**
 * Owns the built-in functions on texts. Positions and lengths count characters, not code units. Separators are literal:
 * there are no regular expressions in this language, because a pattern can be made to run for ever.
 */
import { ArgumentError } from '../error.ts';
import { MAX_TEXT, print, type Value } from '../values.ts';
import { type Args, type Functions, given, integer, list, text, wrong } from './arguments.ts';

export const TEXTS: Functions = {
  string: { params: [1, 1], call: (args) => (given(args, 0) === null ? null : print(given(args, 0))) },
  contains: { params: [2, 2], call: (args) => text(args, 0).includes(text(args, 1)) },
  'starts with': { params: [2, 2], call: (args) => text(args, 0).startsWith(text(args, 1)) },
  'ends with': { params: [2, 2], call: (args) => text(args, 0).endsWith(text(args, 1)) },
  'string length': { params: [1, 1], call: (args) => [...text(args, 0)].length },
  'upper case': { params: [1, 1], call: (args) => text(args, 0).toUpperCase() },
  'lower case': { params: [1, 1], call: (args) => text(args, 0).toLowerCase() },
  trim: { params: [1, 1], call: (args) => text(args, 0).trim() },
  substring: { params: [2, 3], call: substring },
  'substring before': { params: [2, 2], call: (args) => cut(args, (whole, at) => whole.slice(0, at)) },
  'substring after': { params: [2, 2], call: (args) => cut(args, (whole, at, mark) => whole.slice(at + mark.length)) },
  'string join': { params: [1, 4], call: join },
  split: { params: [2, 2], call: split },
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

/** `string join(list, separator?, prefix?, suffix?)`; nulls are left out */
function join(args: Args): string {
  const items = list(args, 0).filter((item) => item !== null);
  const words = items.map((item) => (typeof item === 'string' ? item : wrong(0, '由文字组成的列表', item)));
  const separator = given(args, 1) === null ? '' : text(args, 1);
  const total = words.reduce((sum, word) => sum + word.length + separator.length, 0);
  if (total > MAX_TEXT) throw new ArgumentError('文字过长');
  return `${text(args, 2, '')}${words.join(separator)}${text(args, 3, '')}`;
}

function split(args: Args): Value {
  const separator = text(args, 1);
  if (separator === '') return wrong(1, '非空的分隔符', separator);
  return text(args, 0).split(separator);
}

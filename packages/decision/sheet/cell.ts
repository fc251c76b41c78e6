/**
 * Owns cells as people choose them: anything, some of these, all but these, from here to there. What says more than that is an expression and is
 * left as it is written: `undefined`. Knows no types: an end is kept as it is written. Rule: [DTB10].
 */

/** An end of a range; '' : it has none. */
export interface End {
  readonly text: string;
  readonly included: boolean;
}

export type Choosing =
  | { readonly kind: 'any' }
  | { readonly kind: 'some'; readonly values: readonly string[]; readonly not: boolean }
  | { readonly kind: 'range'; readonly low: End; readonly high: End };

const TEXT = String.raw`"(?:[^"\\]|\\.)*"`;
const NUMBER = String.raw`-?\d+(?:\.\d+)?`;
const DAY = String.raw`date\("\d{4}-\d\d-\d\d"\)`;
const ONE = `${TEXT}|${NUMBER}|${DAY}|true|false|null`;
const LIST = new RegExp(String.raw`^\s*(?:${ONE})(?:\s*,\s*(?:${ONE}))*\s*$`);
const NOT = /^\s*not\s*\(([\s\S]*)\)\s*$/;
const HALF = new RegExp(String.raw`^\s*(<=|>=|<|>)\s*(${NUMBER}|${DAY})\s*$`);
const RANGE = new RegExp(String.raw`^\s*([[(\]])\s*(${NUMBER}|${DAY})\s*\.\.\s*(${NUMBER}|${DAY})\s*([\])[])\s*$`);

export function readCell(cell: string): Choosing | undefined {
  const text = cell.trim();
  if (text === '' || text === '-') return { kind: 'any' };
  const half = HALF.exec(text);
  if (half) {
    const [, sign = '', end = ''] = half;
    const given = { text: end, included: sign.endsWith('=') };
    const none = { text: '', included: false };
    return sign.startsWith('<') ? { kind: 'range', low: none, high: given } : { kind: 'range', low: given, high: none };
  }
  const range = RANGE.exec(text);
  if (range) {
    const [, open = '', low = '', high = '', close = ''] = range;
    return {
      kind: 'range',
      low: { text: low, included: open === '[' },
      high: { text: high, included: close === ']' },
    };
  }
  const negated = NOT.exec(text);
  const list = negated?.[1] ?? text;
  if (!LIST.test(list)) return undefined;
  return { kind: 'some', values: (list.match(new RegExp(ONE, 'g')) ?? []).map(plain), not: negated !== null };
}

/** `quoted`: values of the column are texts. A range without ends, or a choice of nothing, asks nothing. */
export function writeCell(choosing: Choosing, quoted: boolean): string {
  if (choosing.kind === 'some') {
    const values = choosing.values
      .map((value) => (quoted && value !== 'null' ? JSON.stringify(value) : value))
      .join(', ');
    return values === '' ? '-' : choosing.not ? `not(${values})` : values;
  }
  if (choosing.kind === 'any') return '-';
  const { low, high } = choosing;
  if (low.text === '' && high.text === '') return '-';
  if (low.text === '') return `${high.included ? '<=' : '<'} ${high.text}`;
  if (high.text === '') return `${low.included ? '>=' : '>'} ${low.text}`;
  return `${low.included ? '[' : '('}${low.text}..${high.text}${high.included ? ']' : ')'}`;
}

/** A text without its quotes; a number, a day, a truth as written. */
export const plain = (value: string): string => (value.startsWith('"') ? (JSON.parse(value) as string) : value);

/** The cell with texts as people call them: `"city_main"` as 「市委主要领导」. */
export const inWords = (cell: string, nameOf: (value: string) => string | undefined): string =>
  cell.replace(new RegExp(TEXT, 'g'), (quoted) => nameOf(plain(quoted)) ?? quoted);

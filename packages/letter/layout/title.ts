/**
 * Owns breaking a title into lines: words stay whole and the lines form a trapezium or a rhombus (GB/T 9704-2012 7.3.1).
 * Pure text work; how wide a line may be is said in characters of the title's size.
 */

/** `capacity`: characters that fit into a line. A title with line breaks of its own keeps them. */
export function titleLines(title: string, capacity: number): string[] {
  if (title.includes('\n')) return title.split(/\s*\n\s*/).filter(Boolean);
  const words = wordsOf(title);
  const total = widthOf(title);
  for (let count = 1; count <= MOST_LINES; count++) {
    if (total > capacity * count) continue;
    const best = arrangements(words, count, capacity).sort((a, b) => a.cost - b.cost)[0];
    if (best) return best.lines;
  }
  return [title];
}

/** more lines than a title ever has; beyond it the page breaks lines where they are full */
const MOST_LINES = 6;

const CJK_OR_WIDE = /[\u2018-\u201D\u2E80-\u9FFF\uF900-\uFAFF\uFE30-\uFFEF\u{20000}-\u{3FFFF}]/u;

/** in characters: Latin letters and digits are about half as wide */
export const widthOf = (text: string): number =>
  [...text].reduce((sum, sign) => sum + (CJK_OR_WIDE.test(sign) ? 1 : 0.55), 0);

const CLOSES = /^[,、。;:!?)》」』〕】”’的等了]/u;
const OPENS = /[(《「『〔【“‘]$/u;

/** A name with a middle dot, as far as the words around it let it be told; it stays on one line. */
const DOTTED =
  /((?:(?!关于|[、,。对和与将给])\p{Script=Han}){1,12}(?:[\u00B7\u2022\u30FB](?:(?!予以|同志|等人|[、,。等的在和与不])\p{Script=Han}){1,12})+)/u;

/** Year and number of a document: they stay together, and with the word before them. */
const NUMBERED = /(〔\d{4}〕\d+号)/u;

/** Words, with marks kept at the word they belong to: no line begins with 》 or 的, none ends with 《. */
function wordsOf(title: string): string[] {
  const words: string[] = [];
  const pieces = title.split(DOTTED).flatMap((part, i) => (i % 2 ? [part] : numbersWhole(part)));
  for (const segment of pieces) {
    const last = words.length - 1;
    if (last >= 0 && (CLOSES.test(segment) || OPENS.test(words[last]!) || NUMBERED.test(segment)))
      words[last] += segment;
    else words.push(segment);
  }
  return words;
}

const numbersWhole = (text: string): string[] =>
  text.split(NUMBERED).flatMap((part, i) => (i % 2 ? [part] : segmentsOf(part)));

const segmentsOf = (text: string): string[] =>
  [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(text)].map(({ segment }) => segment);

interface Arrangement {
  lines: string[];
  cost: number;
}

/** Every way to fill `count` lines that are not much shorter than the mean, with its cost. */
function arrangements(words: readonly string[], count: number, capacity: number): Arrangement[] {
  const mean = words.reduce((sum, word) => sum + widthOf(word), 0) / count;
  const found: Arrangement[] = [];
  const fill = (from: number, lines: readonly string[]): void => {
    if (lines.length === count) {
      if (from === words.length) found.push({ lines: [...lines], cost: costOf(lines) });
      return;
    }
    let line = '';
    for (let to = from; to < words.length; to++) {
      line += words[to];
      const width = widthOf(line);
      if (width > capacity) return;
      if (count === 1 || Math.abs(width - mean) <= mean * 0.4) fill(to + 1, [...lines, line]);
    }
  };
  fill(0, []);
  return found;
}

/** The smaller the better: lines of similar width; no rectangle, no hourglass. */
function costOf(lines: readonly string[]): number {
  const widths = lines.map(widthOf);
  const mean = widths.reduce((sum, width) => sum + width, 0) / widths.length;
  const spread = widths.reduce((sum, width) => sum + (width - mean) ** 2, 0);
  const rectangle = widths.length > 1 && Math.max(...widths) - Math.min(...widths) < 1 ? 3 : 0;
  const hourglass = widths.some((width, i) => i > 0 && width < widths[i - 1]! && width < (widths[i + 1] ?? -1))
    ? 50
    : 0;
  return spread + rectangle + hourglass;
}

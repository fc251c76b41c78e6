/**
 * Owns one habit of Chinese typesetting: punctuation next to Chinese characters is full width, however it was typed.
 * Only the printed page is set so; texts that are stored or searched stay as they were written. `1,000` and `a:b` are left alone.
 */

const CHINESE = /[\p{Script=Han}\u2018-\u201D\u2026\u3001-\u3015\uFF00-\uFFEF]/u;
const FULL: Readonly<Record<string, string>> = {
  ',': '\uFF0C',
  ':': '\uFF1A',
  ';': '\uFF1B',
  '?': '\uFF1F',
  '!': '\uFF01',
  '(': '\uFF08',
  ')': '\uFF09',
};

/** One paragraph of text, as it is set. */
export function setPunctuation(text: string): string {
  if (!/[,:;?!()]/.test(text)) return text;
  const signs = [...text];
  const chinese = (i: number): boolean => CHINESE.test(signs[i] ?? '');
  signs.forEach((sign, i) => {
    if (sign === '(') setBrackets(signs, i, chinese);
    else if (sign !== ')' && FULL[sign] && (chinese(i - 1) || chinese(i + 1))) signs[i] = FULL[sign];
  });
  return signs.join('');
}

/** Brackets are set as a pair: by what is inside, before or after them; a pair that opens a paragraph counts a level: (1). */
function setBrackets(signs: string[], open: number, chinese: (i: number) => boolean): void {
  let depth = 0;
  for (let i = open; i < signs.length; i++) {
    if (signs[i] === '(') depth++;
    if (signs[i] !== ')' || --depth > 0) continue;
    const inside = signs.slice(open + 1, i).some((sign) => CHINESE.test(sign));
    if (!inside && open > 0 && !chinese(open - 1) && !chinese(i + 1)) return;
    signs[open] = FULL['(']!;
    signs[i] = FULL[')']!;
    return;
  }
}

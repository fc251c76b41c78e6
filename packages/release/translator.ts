/**
 * Owns saying in English what content or house has written in Chinese: a text that is known stands for itself; one that was put together is
 * recognised by its fixed parts, and what stood in the holes is said likewise. What nobody has translated stays as it is, and so do people's
 * own words, names and numbers. Rules: [LANG1] [LANG3].
 */
import { isChinese, type Mould, mouldOf } from './translation.ts';

interface Moulded {
  readonly from: Mould;
  readonly to: Mould;
  /** characters that do not vary */
  readonly weight: number;
}

/** How often what stood in a hole may itself have holes. */
const DEEPEST = 3;

export class Translator {
  readonly #exact = new Map<string, string>();
  /** the most particular ones first */
  readonly #moulded: readonly Moulded[];

  /** `texts`: Chinese and English; of two with the same Chinese the later one counts */
  constructor(texts: Iterable<readonly [chinese: string, english: string]>) {
    for (const [chinese, english] of texts) this.#exact.set(chinese, english);
    this.#moulded = [...this.#exact]
      .flatMap(([chinese, english]) => moulded(chinese, english))
      .sort((a, b) => b.weight - a.weight);
  }

  /** The English of a text; the text itself where there is none. */
  readonly say = (text: string): string => this.#say(text, 0);

  /** Is there an English text under exactly this one? */
  knows(text: string): boolean {
    return this.#exact.has(text);
  }

  #say(text: string, depth: number): string {
    const exact = this.#exact.get(text) ?? dateIn(text);
    if (exact !== undefined) return exact;
    if (depth >= DEEPEST || !isChinese(text)) return text;
    for (const { from, to } of this.#moulded) {
      const caught = caughtIn(from, text);
      if (!caught) continue;
      const said = new Map(from.holes.map((hole, index) => [hole, this.#say(caught[index]!, depth + 1)]));
      return to.fixed.map((part, index) => part + (said.get(to.holes[index] ?? '') ?? '')).join('');
    }
    return text;
  }
}

/** A day as office texts write it. */
function dateIn(text: string): string | undefined {
  const [, year, month = '', day = ''] = /^(\d{4})年(\d{1,2})月(\d{1,2})日$/.exec(text) ?? [];
  return year && [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-');
}

/** Fewer fixed Chinese characters than this would be found in anything. */
const LEAST = 2;

function moulded(chinese: string, english: string): Moulded[] {
  const from = mouldOf(chinese);
  const characters = from.fixed.join('').match(/\p{Script=Han}/gu)?.length ?? 0;
  if (from.holes.length === 0 || characters < LEAST) return [];
  return [{ from, to: mouldOf(english), weight: from.fixed.join('').length }];
}

/** What stands in the holes, when the text has this form; found from left to right, without going back. */
function caughtIn({ fixed }: Mould, text: string): string[] | undefined {
  const [first = '', last = ''] = [fixed[0], fixed.at(-1)];
  const end = text.length - last.length;
  if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return undefined;
  const caught: string[] = [];
  let at = first.length;
  for (const part of fixed.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > end) return undefined;
    caught.push(text.slice(at, found));
    at = found + part.length;
  }
  return [...caught, text.slice(at, end)];
}

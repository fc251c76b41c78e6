/** Owns what may come next in an expression: names of the case and functions that begin with, or contain, what has been typed. Rule: [DES24]. */
import type { Name } from '../check/told.ts';

export interface Offer {
  readonly text: string;
  /** its type, or the signature */
  readonly note: string;
  readonly call: boolean;
}

const MOST = 8;
const WORD = /[\p{L}_$][\p{L}\p{N}_$.]*$/u;

/** The name that is being typed at this place; '' within a text and where there is none. */
export function wordBefore(text: string, caret: number): string {
  const before = text.slice(0, caret);
  const quotes = before.replace(/\\./g, '').split('"').length - 1;
  return quotes % 2 === 1 ? '' : (WORD.exec(before)?.[0] ?? '');
}

/** Those that begin with the word come first, the shorter before the longer; the word itself is no offer. */
export function offersFor(word: string, names: readonly Name[], functions: readonly string[]): readonly Offer[] {
  const wanted = word.toLowerCase();
  const offers: Offer[] = [
    ...names.map(({ path, type }) => ({ text: path, note: type, call: false })),
    ...functions.map((signature) => ({
      text: signature.slice(0, signature.indexOf('(')).trim(),
      note: signature.slice(signature.indexOf('(')),
      call: true,
    })),
  ];
  const fitting = offers.filter(({ text }) => text.toLowerCase().includes(wanted) && text !== word);
  const late = ({ text }: Offer): number => (text.toLowerCase().startsWith(wanted) ? 0 : 1);
  const depth = ({ text }: Offer): number => text.split('.').length;
  return fitting
    .toSorted(
      (one, other) => late(one) - late(other) || depth(one) - depth(other) || one.text.localeCompare(other.text),
    )
    .slice(0, MOST);
}

/** The text with the offer in place of the word, and where the caret goes: into the brackets of a call. */
export function taken(text: string, caret: number, word: string, offer: Offer): { text: string; caret: number } {
  const from = caret - word.length;
  const added = offer.call ? `${offer.text}()` : offer.text;
  return { text: text.slice(0, from) + added + text.slice(caret), caret: from + added.length - (offer.call ? 1 : 0) };
}

/** Owns a translation of which a text is written otherwise from now on: its entry follows, with the placeholders that both languages have. */
import { placeholdersIn } from '@ganwei/feel/placeholders';
import { applyEdits, type JSONPath, modify } from 'jsonc-parser';
import { readTranslation } from '../translation.ts';
import { put, slotsOf } from './slots.ts';

/** `isSaid`: is the text of before still said elsewhere? Asked only where it is translated. */
export function translatedAs(
  source: string,
  { before, after, isSaid }: { before: string; after: string; isSaid(): boolean },
): string {
  const { texts } = readTranslation(source);
  const told = texts[before];
  if (told === undefined) return source;
  const keep = isSaid();
  if (after in texts) return keep ? source : withValue(source, before, undefined);
  const [old, made] = [before, after].map((text) => placeholdersIn(text).map(({ from, to }) => text.slice(from, to)));
  const english = old!.reduce((text, hole, index) => text.replaceAll(hole, () => made![index] ?? hole), told);
  if (keep) return withValue(source, after, english);
  const slots = slotsOf({ kind: 'translation', source });
  const entry = slots.filter(({ isKey, value, owners }) =>
    isKey ? value === before && owners.at(-1) === 'texts' : owners.at(-1) === before,
  );
  return put(source, new Map(entry.map((slot) => [slot, slot.isKey ? after : english])));
}

/** The text with another entry, or (undefined) without it; all else stays as it is written. */
function withValue(source: string, text: string, english: string | undefined): string {
  const path: JSONPath = ['texts', text];
  const formattingOptions = { insertSpaces: true, tabSize: 2 };
  return applyEdits(source, modify(source, path, english, { formattingOptions }));
}

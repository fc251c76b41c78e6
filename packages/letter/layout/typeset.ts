/**
 * Owns turning a sheet into Typst source. Data enter as one text literal holding JSON, so nothing in them can be markup or code:
 * `#read("/etc/passwd")` in a field is printed as these letters.
 */
import type { LayoutName, Sheet } from '../sheet.ts';
import { documentLayout } from './document.ts';
import { formLayout } from './form.ts';
import { letterLayout } from './letter.ts';
import { minutesLayout } from './minutes.ts';
import { TITLE_CAPACITY } from './page.ts';
import { setPunctuation } from './punctuation.ts';
import { titleLines } from './title.ts';

const LAYOUTS: Readonly<Record<LayoutName, string>> = {
  document: documentLayout,
  letter: letterLayout,
  minutes: minutesLayout,
  form: formLayout,
};

/** `issuedOn` (YYYY-MM-DD or '') dates the file, so that the same letter always gives the same bytes. */
export function typeset(sheet: Sheet, issuedOn: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(issuedOn)?.map(Number) ?? [];
  const data = {
    ...sheet,
    title: titleLines(setPunctuation(sheet.title), TITLE_CAPACITY),
    day: year ? { year, month, day } : null,
  };
  return `#let sheet = json(bytes(${literal(JSON.stringify(data, asSet))}))\n${LAYOUTS[sheet.layout]}`;
}

/** A text literal of Typst. */
const literal = (json: string): string => `"${json.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/** Half a surrogate pair is no text anywhere, control characters have no shape. */
function asSet(key: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const text = setPunctuation(
    value
      .replace(/\p{Surrogate}/gu, '\uFFFD')
      .replace(/\s/gu, ' ')
      .replace(/[\p{Cc}\u200B]/gu, ''),
  );
  return key === 'text' ? breakable(text) : text;
}

/** A long number like ZG-420500-2026-0001 may go on in the next line after a hyphen; else the line before it is torn apart. */
const breakable = (text: string): string =>
  text.replace(/[A-Za-z\d]+(?:-[A-Za-z\d]+){2,}/g, (number) => number.replaceAll('-', '-\u200B'));

/**
 * Owns a decision table as the rows of a spreadsheet: one row with the names of the columns, then one for each rule. What comes in is held against the
 * columns that are there; every cell that cannot be taken is told with its place, as spreadsheets name it. Rule: [DTB8].
 */
import { columnName, type Sheet } from './sheet.ts';

/** A cell as a spreadsheet has it. */
export type Given = string | number | boolean | Date | null | undefined;

export interface TakenRows {
  /** cells of the rules, as the columns of the table stand */
  readonly rules: readonly (readonly string[])[];
  readonly told: readonly Flaw[];
}

export interface Flaw {
  /** `C5`; a column without a row: `C1` */
  readonly cell: string;
  readonly why: 'unknown' | 'missing' | 'twice' | 'slip' | 'many';
  readonly what: string;
}

/** Tables of more rules are not taken. */
export const MOST_RULES = 1000;

export const rowsOf = (sheet: Sheet): string[][] => [
  sheet.columns.map(columnName),
  ...sheet.rules.map(({ cells }) => [...cells]),
];

/** `slip`: what is wrong with a cell's text; '' : nothing. Columns may stand in another order; rows without any cell are passed over. */
export function takeRows(
  sheet: Sheet,
  rows: readonly (readonly Given[])[],
  slip: (text: string, column: number) => string,
): TakenRows {
  const [head = [], ...lines] = rows;
  const told: Flaw[] = [];
  const names = head.map((cell) => textOf(cell));
  const places = sheet.columns.map((column) => {
    const name = columnName(column);
    const found = names.flatMap((one, at) => (one === name ? [at] : []));
    if (found.length === 0) told.push({ cell: placeName(names.length, 0), why: 'missing', what: name });
    if (found.length > 1) told.push({ cell: placeName(found[1] ?? 0, 0), why: 'twice', what: name });
    return found[0] ?? -1;
  });
  for (const [at, name] of names.entries())
    if (name !== '' && !places.includes(at) && !told.some(({ what }) => what === name))
      told.push({ cell: placeName(at, 0), why: 'unknown', what: name });
  const filled = lines.flatMap((line, index) => (line.some((cell) => textOf(cell) !== '') ? [{ line, index }] : []));
  if (filled.length > MOST_RULES)
    told.push({ cell: placeName(0, MOST_RULES + 1), why: 'many', what: String(MOST_RULES) });
  const rules = filled.slice(0, MOST_RULES).map(({ line, index }) =>
    sheet.columns.map(({ kind }, column) => {
      const place = places[column] ?? -1;
      const text = textOf(line[place], kind !== 'note') || (kind === 'input' ? '-' : '');
      const wrong = kind === 'note' || text === '-' || text === '' ? '' : slip(text, column);
      if (wrong !== '') told.push({ cell: placeName(place, index + 1), why: 'slip', what: wrong });
      return text;
    }),
  );
  return { rules, told };
}

/** A day of a spreadsheet has no zone. `feel`: a day is written as an expression. */
function textOf(cell: Given, feel = false): string {
  if (cell === null || cell === undefined) return '';
  if (!(cell instanceof Date)) return String(cell).trim();
  const day = Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10);
  return feel && day ? `date("${day}")` : day;
}

/** Column and row from 0 as spreadsheets name them: `A1`, `AB7`. */
export function placeName(column: number, row: number): string {
  let name = '';
  for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26)) name = String.fromCharCode(65 + ((n - 1) % 26)) + name;
  return `${name}${row + 1}`;
}

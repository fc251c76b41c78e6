/**
 * Owns the reading of cells copied from a spreadsheet: tab-separated text into rows, and each cell into a value of its
 * column, as a clerk would type it (2026/1/5, 1,200.50, 是, the label of an option). What fits nothing stays out.
 */
import { isDate } from '@ganwei/form/formats';
import { labelText } from '@ganwei/form/messages';
import type { DictionaryEntry, FormField } from '@ganwei/form/model';

/** Rows and cells; quoted cells may hold line breaks, as spreadsheets write them. */
export function parseCells(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const source = text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  for (let i = 0; i < source.length; i++) {
    const sign = source[i];
    if (quoted) {
      if (sign === '"' && source[i + 1] === '"') cell += source[++i];
      else if (sign === '"') quoted = false;
      else cell += sign;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === '\t' || sign === '\n') {
      rows.at(-1)?.push(cell);
      cell = '';
      if (sign === '\n') rows.push([]);
    } else cell += sign;
  }
  rows.at(-1)?.push(cell);
  return rows;
}

/** The value of a cell in a column; undefined when it is empty or cannot be meant. */
export function cellValue(
  column: FormField,
  cell: string,
  dictionaries: ReadonlyMap<string, readonly DictionaryEntry[]>,
): unknown {
  const text = cell.trim();
  if (text === '') return undefined;
  switch (column.component) {
    case 'Text':
    case 'TextArea':
      return text;
    case 'Number':
    case 'Money':
      return numberIn(text);
    case 'Date':
      return dateIn(text);
    case 'Switch':
    case 'Checkbox':
      return ['是', '√', 'true', 'yes', '1'].includes(text.toLowerCase());
    case 'Select':
    case 'Radio':
      return column.schema.enum?.find((one) => labelText(one.label) === text || String(one.value) === text)?.value;
    case 'Dictionary': {
      const entries = dictionaries.get(String(column.schema['x-component-props']?.dictionary)) ?? [];
      return entries.find((one) => one.active && (one.label === text || one.code === text))?.code;
    }
    default:
      return undefined;
  }
}

function numberIn(text: string): number | undefined {
  const plain = text.replace(/[,,\s¥¥]/g, '').replace(/万?元$/, '');
  const value = Number(plain);
  return plain !== '' && Number.isFinite(value) ? value : undefined;
}

/** 2026-1-5, 2026/1/5, 2026.1.5, 2026年1月5日, 20260105 */
function dateIn(text: string): string | undefined {
  const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (!match) return undefined;
  const [, year = '', month = '', day = ''] = match;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDate(date) ? date : undefined;
}

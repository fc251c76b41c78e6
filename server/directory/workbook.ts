/**
 * Owns the files a list comes in and goes out as: Excel (all sheets), or CSV in UTF-8 or GBK. Bounded before it is read: bytes of the file,
 * bytes of what it unpacks to, lines, columns. Empty lines are skipped; the numbers of the others are those a person sees. Rule: [DIR11].
 */
import { because } from '@ganwei/core/reason';
import { Refusal } from '@ganwei/core/refusal';
import { excelText } from '@ganwei/core/text';
import { parse } from 'csv-parse/sync';
import { unzipSync } from 'fflate';
import readWorkbook from 'read-excel-file/node';
import writeWorkbook from 'write-excel-file/node';
import { FLAGS } from './columns.ts';
import type { Line } from './lines.ts';

/** Bytes an Excel file may unpack to, lines and columns of all sheets together. */
const MOST = { bytes: 60_000_000, lines: 30_000, columns: 100, letters: 500 };

export interface Table {
  /** the title line of each sheet: number of the column -> title */
  titles: Line[];
  /** the lines below: title -> trimmed text */
  lines: Line[];
}

type Rows = readonly (readonly unknown[])[];

/** Reads a file by its content, whatever its name says. Throws Refusal when it is no list at all, or too large. */
export async function readTable(bytes: Uint8Array): Promise<Table> {
  const sheets = isZip(bytes) ? await excelRows(bytes) : [{ sheet: '', rows: csvRows(bytes) }];
  const table: Table = { titles: [], lines: [] };
  for (const { sheet, rows } of sheets) takeSheet(table, sheet, rows);
  if (table.titles.length === 0) throw new Refusal('input.malformed', { detail: because('list.empty') });
  return table;
}

function takeSheet({ titles, lines }: Table, sheet: string, rows: Rows): void {
  const first = rows.findIndex((row) => row.some((cell) => textOf(cell) !== ''));
  if (first < 0) return;
  const names = (rows[first] ?? []).map(textOf);
  if (names.length > MOST.columns)
    throw new Refusal('input.too-large', { limit: because('list.most-columns', { most: MOST.columns }) });
  titles.push({
    sheet,
    line: first + 1,
    cells: new Map(names.flatMap((name, i) => (name ? [[String(i), name]] : []))),
  });
  for (const [index, row] of rows.entries()) {
    if (index <= first) continue;
    const cells = new Map(names.flatMap((name, i) => (name ? [[name, textOf(row[i])]] : [])));
    if ([...cells.values()].every((text) => text === '')) continue;
    lines.push({ sheet, line: index + 1, cells });
    if (lines.length > MOST.lines)
      throw new Refusal('input.too-large', { limit: because('list.most-lines', { most: MOST.lines }) });
  }
}

/** A date of Excel is a day without a zone; a formula is what it last showed. */
function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  if (typeof cell === 'boolean') return FLAGS.post[cell ? 0 : 1];
  return String(cell).trim().slice(0, MOST.letters);
}

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

async function excelRows(bytes: Uint8Array): Promise<{ sheet: string; rows: Rows }[]> {
  let unpacked = 0;
  try {
    const measure = ({ originalSize }: { originalSize: number }): false => {
      unpacked += originalSize;
      return false;
    };
    unzipSync(bytes, { filter: measure });
    if (unpacked > MOST.bytes)
      throw new Refusal('input.too-large', { limit: because('list.most-bytes', { most: MOST.bytes / 1e6 }) });
    const sheets = await readWorkbook(Buffer.from(bytes));
    return sheets.map(({ sheet, data }) => ({ sheet, rows: data }));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('input.malformed', { detail: because('list.excel') });
  }
}

function csvRows(bytes: Uint8Array): Rows {
  try {
    return parse(decode(bytes), { relax_column_count: true, skip_empty_lines: false, trim: true, bom: true });
  } catch (error) {
    const { lines = 1 } = error as { lines?: number };
    throw new Refusal('input.malformed', { detail: because('list.csv', { line: lines }) });
  }
}

/** UTF-8 where it is that; else the encoding Excel saves CSV in on Chinese Windows. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** An Excel file: sheets of titles and texts, the title line bold and in sight. */
export async function writeTable(
  sheets: readonly { sheet: string; rows: readonly (readonly string[])[] }[],
): Promise<Buffer> {
  const made = sheets.map(({ sheet, rows }) => ({
    sheet,
    data: rows.map((row, index) =>
      row.map((text) =>
        text === ''
          ? null
          : { value: excelText(text), type: String, ...(index === 0 && { fontWeight: 'bold' as const }) },
      ),
    ),
    columns: (rows[0] ?? []).map((title) => ({ width: Math.max(12, title.length * 2 + 2) })),
    stickyRowsCount: 1,
  }));
  return writeWorkbook(made as never).toBuffer();
}

/**
 * Owns the plain statements, which are nearly all a command needs: rows that equal something, rows put in, changed or taken out. Each
 * becomes one text with `?` for its values, the same text for the same shape, so that the drivers keep it prepared. Names of tables
 * and columns come from the program alone, and rows are read and written by their shapes (shapes.ts).
 */
import { read, written } from './shapes.ts';
import type { Tx, Value, Writer } from './tx.ts';

/** An object whose keys are columns; in a condition all of them must be equal, and none null. */
type Columns = object;

/** Rows most statements carry; a longer list becomes several. */
const MOST_ROWS = 50;
const MOST_VALUES = 200;

const name = (column: string): string => `\`${column}\``;
const matching = (where: Columns): string =>
  Object.keys(where)
    .map((column) => `${name(column)} = ?`)
    .join(' and ');
const valuesOf = (columns: Columns): Value[] => Object.values(columns) as Value[];
const marks = (count: number): string => Array.from({ length: count }, () => '?').join(', ');

/** `more` follows the condition, e.g. `order by at, id`. */
export async function rowsOf<T>(tx: Tx, table: string, where: Columns, more = ''): Promise<T[]> {
  const sql = `select * from ${name(table)} where ${matching(where)} ${more}`;
  return read<T>(table, await tx.all<object>(sql, valuesOf(where)));
}

export async function rowOf<T>(tx: Tx, table: string, where: Columns): Promise<T | undefined> {
  return (await rowsOf<T>(tx, table, where))[0];
}

/** Rows of one shape: each has the columns of the first. `more` follows, e.g. what a known key does. */
export async function insertRows(tx: Writer, table: string, rows: readonly Columns[], more = ''): Promise<void> {
  if (rows.length === 0) return;
  const texts = rows.map((row) => written(table, row) as Record<string, Value>);
  const columns = Object.keys(texts[0]!);
  const head = `insert into ${name(table)} (${columns.map(name).join(', ')}) values `;
  const one = `(${marks(columns.length)})`;
  await Promise.all(
    portions(texts, MOST_ROWS).map((some) => {
      const values = some.flatMap((row) => columns.map((column) => row[column]));
      return tx.run(`${head}${some.map(() => one).join(', ')} ${more}`, values);
    }),
  );
}

/** Rows of one shape in the place of others that go: what was there is overwritten, a statement instead of two. */
export async function replaceRows(
  tx: Writer,
  table: string,
  gone: readonly string[],
  rows: readonly (Columns & { id: string })[],
): Promise<void> {
  const both = Math.min(gone.length, rows.length);
  await Promise.all([
    ...rows.slice(0, both).map((row, index) => updateRows(tx, table, { id: gone[index]! }, row)),
    insertRows(tx, table, rows.slice(both)),
    deleteAmong(tx, table, 'id', gone.slice(both)),
  ]);
}

/** Puts rows in; where the key is there already the other columns are overwritten, or nothing happens if `overwrite` is empty. */
export function putRows(
  tx: Writer,
  table: string,
  rows: readonly Columns[],
  { key, overwrite }: { key: readonly string[]; overwrite: readonly string[] },
): Promise<void> {
  return insertRows(tx, table, rows, tx.onKnown(key, overwrite));
}

/** How many rows were there to change. */
export function updateRows(tx: Writer, table: string, where: Columns, change: Columns): Promise<number> {
  const texts = written(table, change);
  const set = Object.keys(texts)
    .map((column) => `${name(column)} = ?`)
    .join(', ');
  const values = [...valuesOf(texts), ...valuesOf(where)];
  return tx.run(`update ${name(table)} set ${set} where ${matching(where)}`, values);
}

export const deleteRows = (tx: Writer, table: string, where: Columns): Promise<number> =>
  tx.run(`delete from ${name(table)} where ${matching(where)}`, valuesOf(where));

/** Deletes the rows whose column is one of these values and tells how many were still there. */
export async function deleteAmong(
  tx: Writer,
  table: string,
  column: string,
  values: readonly string[],
): Promise<number> {
  const removed = await Promise.all(
    portions(values, MOST_VALUES).map((some) =>
      tx.run(`delete from ${name(table)} where ${name(column)} in (${marks(some.length)})`, some),
    ),
  );
  return removed.reduce((sum, count) => sum + count, 0);
}

/** A long list as several, asked for in one go. */
function portions<T>(list: readonly T[], most: number): (readonly T[])[] {
  const parts: (readonly T[])[] = [];
  for (let i = 0; i < list.length; i += most) parts.push(list.slice(i, i + most));
  return parts;
}

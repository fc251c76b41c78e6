/**
 * Owns how rows stand in the columns: which hold documents as JSON text, which hold yes and no as numbers, and what a search compares. Everything read from the
 * database passes `read`, everything written passes `written`; beyond this room rows are plain typed values.
 * (The directory, which is read whole, has readers of its own.) Rules: [STO60] [Q20].
 */
import { folded } from '@ganwei/core/text';

type Columns = Readonly<Record<string, unknown>>;

interface Shape {
  /** JSON text; `null` is the text null */
  documents?: readonly string[];
  /** JSON text, or nothing */
  maybe?: readonly string[];
  flags?: readonly string[];
  /** [Q20] columns that a search looks through: kept once more, folded, as `find_text` */
  found?: readonly string[];
}

/** Table -> columns that are not what they look like. */
const SHAPES: Readonly<Record<string, Shape>> = {
  cases: { documents: ['slots', 'reached'], found: ['title', 'number'] },
  case_values: { documents: ['value'] },
  tasks: { documents: ['signing'], maybe: ['resume'], flags: ['due_provisional', 'priority'] },
  work_items: { flags: ['due_provisional'], found: ['title', 'number', 'task_name'] },
  work_done: { found: ['title', 'number', 'task_name'] },
  waits: { maybe: ['detail'] },
  timers: { maybe: ['detail'] },
  submissions: { documents: ['values'] },
  history: { documents: ['detail'] },
  audit: { documents: ['detail'] },
  drafts: { documents: ['values'] },
  ledger_views: { documents: ['view'] },
  records: { documents: ['values'] },
  ledger_rows: { documents: ['cells'] },
  letters: { documents: ['data', 'substitutions'] },
  answers: { documents: ['answer'] },
  consents: { documents: ['detail'] },
  accounts: { flags: ['password_due'] },
  change_renames: { documents: ['drafts'] },
  door_ways: { documents: ['kept'] },
};

/** Rows of this table as the program knows them; the rows given are the driver's own and are changed. */
export function read<T>(table: string, rows: readonly object[]): T[] {
  const shape = SHAPES[table];
  if (shape) for (const row of rows) readInto(row as Record<string, unknown>, shape);
  return rows as T[];
}

function readInto(row: Record<string, unknown>, { documents = [], maybe = [], flags = [] }: Shape): void {
  for (const column of documents) if (column in row) row[column] = JSON.parse(row[column] as string);
  for (const column of maybe) if (typeof row[column] === 'string') row[column] = JSON.parse(row[column]);
  for (const column of flags) if (column in row) row[column] = Boolean(row[column]);
}

/** A row of this table, or a part of one, as its columns hold it. */
export function written<T extends object>(table: string, row: T): T {
  const shape = SHAPES[table];
  return shape ? (writtenAs(row as Columns, shape) as T) : row;
}

function writtenAs(row: Columns, { documents = [], maybe = [], found }: Shape): Columns {
  const texts: Record<string, unknown> = {};
  if (found?.every((column) => column in row)) texts.find_text = folded(found.map((column) => row[column]).join('\n'));
  for (const column of documents) if (column in row) texts[column] = JSON.stringify(row[column] ?? null);
  for (const column of maybe) if (row[column] != null) texts[column] = JSON.stringify(row[column]);
  return { ...row, ...texts };
}

/**
 * Owns the figures of ledgers. A step notes what its row counts as from now on, in a row of its own that no other step touches; what was noted is
 * counted later, in portions, each of which takes exactly what it counts. Figures are what has been counted and what has been noted, read in
 * one statement, so that they are right at every moment and cost nothing for what has ended. Rules: [SUM1] [SUM2] [SUM3] [SUM4].
 */
import { createHash } from 'node:crypto';
import { Conflict } from '@ganwei/core/refusal';
import type { SlotValue } from './rows.ts';
import { deleteRows, putRows } from './statements.ts';
import type { Tx, Value, Writer } from './tx.ts';

/** What a row of a ledger counts as: column -> value, of instants the month. */
export interface Tally {
  /** of the ledger's columns and summaries */
  version: string;
  cells: Readonly<Record<string, SlotValue>>;
}

/** The columns a summary counts by, and the numbers that it adds up. */
export interface Counting {
  index: number;
  by: readonly string[];
  of: readonly string[];
}

/** So many rows have these values; each number has a sum, and rows in which it stands. */
export interface Figure {
  values: readonly SlotValue[];
  n: number;
  sums: readonly number[];
  filled: readonly number[];
}

/** A row that waits to be counted, as it stands in the database. */
export interface Noted {
  id: string;
  cells: string;
}

interface State {
  ledger: string;
  version: string;
}

/** A row that counts as it did is not noted: most of what people do changes no figure. */
const NOTE = `insert into ledger_changes (ledger, id, version, cells) select ?, ?, ?, ? from (select 1 as one) given
  where exists (select 1 from ledger_changes where ledger = ? and id = ?)
  or not exists (select 1 from ledger_counted where ledger = ? and id = ? and version = ? and cells = ?)`;

export async function noteTally(
  tx: Writer,
  { ledger, id }: { ledger: string; id: string },
  { version, cells }: Tally,
): Promise<void> {
  const row = [ledger, id];
  const text = JSON.stringify(cells);
  const values = [...row, version, text, ...row, ...row, version, text];
  await tx.run(`${NOTE} ${tx.onKnown(['ledger', 'id'], ['version', 'cells'])}`, values);
}

export const notedOf = (tx: Tx, { ledger, version }: State, limit: number): Promise<Noted[]> =>
  tx.all<Noted>('select id, cells from ledger_changes where ledger = ? and version = ? order by id limit ?', [
    ledger,
    version,
    limit,
  ]);

/**
 * [SUM3] Counts what was noted, in this transaction. Throws Conflict when a step or another server has been faster with one of the rows: then
 * nothing is counted. Whoever deletes a row's note alone counts the row until he has committed.
 */
export async function countNoted(
  tx: Tx,
  state: State,
  summaries: readonly Counting[],
  noted: readonly Noted[],
): Promise<void> {
  const taken = await Promise.all(noted.map((row) => deleteRows(tx, 'ledger_changes', { ...state, ...row })));
  if (taken.includes(0)) throw new Conflict('sums');
  const marks = noted.map(() => '?').join(', ');
  const before = await tx.all<Noted>(
    `select id, cells from ledger_counted where ledger = ? and version = ? and id in (${marks})`,
    [state.ledger, state.version, ...noted.map(({ id }) => id)],
  );
  const changes = summaries.flatMap((summary) => [...differences(summary, before, noted).values()]);
  const sums = changes.map(({ figure: _, ...key }) => ({
    ...state,
    ...key,
    ...{ n: 0, sum1: 0, filled1: 0, sum2: 0, filled2: 0 },
  }));
  await Promise.all([
    putRows(
      tx,
      'ledger_counted',
      noted.map((row) => ({ ...state, ...row })),
      { key: ['ledger', 'id'], overwrite: ['version', 'cells'] },
    ),
    putRows(tx, 'ledger_sums', sums, { key: ['ledger', 'version', 'summary', 'mark'], overwrite: [] }),
    ...changes.map((change) => add(tx, state, change)),
  ]);
}

interface Change {
  summary: number;
  mark: string;
  cells: string;
  figure: Figure;
}

/** What becomes more and what less in a summary, each kind of row once, always in the same order: servers do not wait for each other in a circle. */
function differences(summary: Counting, before: readonly Noted[], after: readonly Noted[]): Map<string, Change> {
  const found = new Map<string, Change>();
  const count = (rows: readonly Noted[], sign: 1 | -1): void => {
    for (const row of rows) {
      const one = figureOf(summary, row.cells, sign);
      const cells = JSON.stringify(one.values);
      const known = found.get(cells);
      const mark = known?.mark ?? createHash('sha256').update(cells).digest('hex').slice(0, 32);
      found.set(cells, { summary: summary.index, mark, cells, figure: known ? together(known.figure, one) : one });
    }
  };
  count(before, -1);
  count(after, 1);
  const changed = [...found].filter(([, { figure }]) => figure.n !== 0 || figure.filled.some(Boolean) || moved(figure));
  return new Map(changed.sort(([, one], [, other]) => (one.mark < other.mark ? -1 : 1)));
}

const moved = ({ sums }: Figure): boolean => sums.some((sum) => sum !== 0);

async function add(tx: Tx, { ledger, version }: State, { summary, mark, figure }: Change): Promise<void> {
  const { n, sums, filled } = figure;
  const place: Value[] = [ledger, version, summary, mark];
  const where = 'where ledger = ? and version = ? and summary = ? and mark = ?';
  const set = 'n = n + ?, sum1 = sum1 + ?, filled1 = filled1 + ?, sum2 = sum2 + ?, filled2 = filled2 + ?';
  const more = [n, sums[0] ?? 0, filled[0] ?? 0, sums[1] ?? 0, filled[1] ?? 0];
  await Promise.all([
    tx.run(`update ledger_sums set ${set} ${where}`, [...more, ...place]),
    ...(n < 0 ? [tx.run(`delete from ledger_sums ${where} and n = 0`, place)] : []),
  ]);
}

function figureOf({ by, of }: Counting, text: string, sign: 1 | -1): Figure {
  const cells: Tally['cells'] = JSON.parse(text);
  const numbers = of.map((column) => cells[column] ?? null);
  return {
    values: by.map((column) => cells[column] ?? null),
    n: sign,
    sums: numbers.map((number) => (number === null ? 0 : sign * Number(number))),
    filled: numbers.map((number) => (number === null ? 0 : sign)),
  };
}

export const together = (one: Figure, other: Figure): Figure => ({
  values: one.values,
  n: one.n + other.n,
  sums: one.sums.map((sum, at) => sum + (other.sums[at] ?? 0)),
  filled: one.filled.map((count, at) => count + (other.filled[at] ?? 0)),
});

interface SumRow {
  kind: 'sum' | 'new' | 'old';
  cells: string;
  n: number;
  sum1: number;
  filled1: number;
  sum2: number;
  filled2: number;
}

/** [SUM2] The figures of a summary as they are now: one statement, because between two of them something may be counted. */
export async function figuresOf(tx: Tx, { ledger, version }: State, summary: Counting): Promise<Figure[]> {
  const nothing = '0 as n, 0 as sum1, 0 as filled1, 0 as sum2, 0 as filled2';
  const rows = await tx.all<SumRow>(
    `select 'sum' as kind, cells, n, sum1, filled1, sum2, filled2 from ledger_sums where ledger = ? and version = ? and summary = ?
    union all select 'new', cells, ${nothing} from ledger_changes where ledger = ? and version = ?
    union all select 'old', c.cells, ${nothing} from ledger_changes n join ledger_counted c on c.ledger = n.ledger and c.id = n.id
      where n.ledger = ? and n.version = ? and c.version = ?`,
    [ledger, version, summary.index, ledger, version, ledger, version, version],
  );
  return rows.map((row) => {
    if (row.kind !== 'sum') return figureOf(summary, row.cells, row.kind === 'new' ? 1 : -1);
    const size = summary.of.length;
    return {
      values: JSON.parse(row.cells),
      n: Number(row.n),
      sums: [Number(row.sum1), Number(row.sum2)].slice(0, size),
      filled: [Number(row.filled1), Number(row.filled2)].slice(0, size),
    };
  });
}

/** [SUM4] What was counted for columns and summaries that the ledger has no more. */
export async function dropOtherVersions(tx: Tx, { ledger, version }: State): Promise<void> {
  for (const table of ['ledger_sums', 'ledger_counted', 'ledger_changes'])
    await tx.run(`delete from ${table} where ledger = ? and version <> ?`, [ledger, version]);
}

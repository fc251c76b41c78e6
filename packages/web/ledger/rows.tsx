/** Owns the rows of a ledger: a table with sortable heads on a desk, cards on a phone; a row leads to its case. */
import type { Answer } from '@ganwei/core/contract';
import { useSpeech } from '../kit/language.tsx';
import { Link } from '../kit/router.tsx';
import { cellText, isNumeric } from './cell.ts';
import type { Column } from './columns.tsx';

type Row = Answer<'ledgerRows'>['rows'][number];
export interface Sort {
  column: string;
  descending: boolean;
}

export interface RowsProps {
  title: string;
  columns: readonly Column[];
  rows: readonly Row[];
  totals: Readonly<Record<string, number>>;
  sort: Sort | null;
  onSort(sort: Sort): void;
}

export function Rows({ title, columns, rows, totals, sort, onSort }: RowsProps) {
  const { say, language } = useSpeech();
  const hasTotals = columns.some(({ key }) => totals[key] !== undefined);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the keys
    <section className="ledger" aria-label={title} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              {columns.map((column, index) => (
                <td key={column.key} className={isNumeric(column) ? 'number' : undefined}>
                  <span className="cell-label">{column.label}</span>
                  <Cell row={row} text={cellText(column, row.cells[column.key], language)} leads={index === 0} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {hasTotals && (
          <tfoot>
            <tr>
              {columns.map((column, index) => (
                <td key={column.key} className={isNumeric(column) ? 'number' : undefined}>
                  {totals[column.key] === undefined
                    ? index === 0 && say('ledger.total')
                    : cellText(column, totals[column.key], language)}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
}

/** The first cell is the way to the case. */
function Cell({ row, text, leads }: { row: Row; text: string; leads: boolean }) {
  const { say } = useSpeech();
  if (!leads || !row.caseId) return <span>{text}</span>;
  return <Link to={`/cases/${row.caseId}`}>{text === '—' ? say('case.open') : text}</Link>;
}

function Head({ column, sort, onSort }: { column: Column; sort: Sort | null; onSort(sort: Sort): void }) {
  const own = sort?.column === column.key ? sort : null;
  const order = own ? (own.descending ? 'descending' : 'ascending') : undefined;
  return (
    <th
      scope="col"
      aria-sort={order}
      style={{ minWidth: column.width }}
      className={isNumeric(column) ? 'number' : undefined}
    >
      {column.sortable ? (
        <button type="button" onClick={() => onSort({ column: column.key, descending: own ? !own.descending : true })}>
          {column.label}
          <span aria-hidden="true">{own ? (own.descending ? ' ↓' : ' ↑') : ' ↕'}</span>
        </button>
      ) : (
        column.label
      )}
    </th>
  );
}

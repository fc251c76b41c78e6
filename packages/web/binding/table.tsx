/**
 * Owns the detail table: a plain <table> on a desk, cards on a phone. Rows are added, copied, deleted and moved with the
 * pointer or the keyboard (Alt+↑, Alt+↓ in a cell), several rows can be pasted from a spreadsheet. What happens to the rows
 * is rows.ts; what a cell shows is the control itself.
 */

import { ArrowDownOutlined, ArrowUpOutlined, CopyOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import type { ArrayField, ObjectField as ObjectFieldModel } from '@formily/core';
import { Schema } from '@formily/json-schema';
import { ObjectField, observer, RecursionField, useField, useFieldSchema } from '@formily/react';
import { toJS, raw as toRaw } from '@formily/reactive';
import type { FormField, Values } from '@ganwei/form/model';
import { displayValue } from '@ganwei/form/values';
import { Button } from 'antd';
import {
  type ClipboardEvent,
  type KeyboardEvent,
  lazy,
  type ReactNode,
  Suspense,
  useEffect,
  useState,
  useSyncExternalStore,
} from 'react';
import { CellContext } from './frame.tsx';
import { domId, fieldOf, type Page, usePage } from './page.ts';
import { growFields, type Rows, rowsOf } from './rows.ts';
import { say } from './texts.ts';

/** Loaded when it is asked for. */
const SetRows = lazy(() => import('./set-rows.tsx'));

interface TableProps {
  addText?: string;
  sums?: readonly string[];
  layout?: 'table' | 'cards';
}

/** Rows drawn at once; more are turned over page by page. */
const PAGE = 50;

export const Table = observer(({ addText, sums = [], layout = 'table' }: TableProps) => {
  const page = usePage();
  const target = useField<ArrayField>();
  const schema = useFieldSchema();
  const table = fieldOf(page, target);
  const narrow = useNarrow();
  const [start, setStart] = useState(0);
  const [pasted, setPasted] = useState(0);
  const [setting, setSetting] = useState(false);
  const count = Array.isArray(target.value) ? target.value.length : 0;
  useEffect(() => {
    if (count > PAGE) growFields(target, schema.items as Schema, [...Array(count).keys()]);
  }, [target, schema, count]);
  const wanted = rowIn(page.state.reveal, `${target.address}.`);
  useEffect(() => {
    if (wanted !== undefined) setStart(Math.floor(wanted / PAGE) * PAGE);
  }, [wanted]);
  if (!table) return null;
  const rows = rowsOf(page, target, table);
  const from = Math.min(start, Math.max(0, Math.ceil(rows.count / PAGE) - 1) * PAGE);
  const indexes = Array.from({ length: Math.min(PAGE, rows.count - from) }, (_, index) => from + index);
  const columns = Schema.getOrderProperties(schema.items as Schema).map(({ schema: column, key }) => ({
    key: String(key),
    schema: column,
    field: table.fields.find((one) => one.key === key),
  }));
  const view = { page, target, table, rows, columns, indexes, sums };
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text/plain');
    const place = placeOf(event.target);
    if (!place || !/[\t\n]/.test(text.trim())) return;
    if (event.target instanceof HTMLTextAreaElement && !text.includes('\t')) return;
    event.preventDefault();
    setPasted(rows.paste(text, place.row, place.column));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    const place = event.altKey && by !== 0 ? placeOf(event.target) : undefined;
    if (!place || by === 0) return;
    event.preventDefault();
    rows.move(place.row, by);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: shortcuts of the controls inside
    <div className="gw-table-box" onPaste={onPaste} onKeyDown={onKeyDown}>
      {narrow || layout === 'cards' ? <Cards {...view} /> : <Grid {...view} />}
      {rows.count > PAGE && <Pager {...{ page, rows, from, setStart }} />}
      {rows.count > 1 && rows.settable().length > 0 && (
        <div className="gw-table-foot">
          <Button size="small" aria-expanded={setting} onClick={() => setSetting(!setting)}>
            {say(page.language, 'setMany')}
          </Button>
        </div>
      )}
      {setting && (
        <Suspense>
          <SetRows page={page} target={target} rows={rows} fields={table.fields} />
        </Suspense>
      )}
      {rows.open && (
        <div className="gw-table-foot">
          <Button
            id={domId(page, target)}
            type="dashed"
            icon={<PlusOutlined />}
            disabled={!rows.room}
            onClick={() => {
              rows.add();
              setStart(Math.floor(rows.count / PAGE) * PAGE);
            }}
          >
            {addText}
          </Button>
          <span className="gw-help" role="status">
            {pasted > 0 ? say(page.language, 'pasted', { n: pasted }) : say(page.language, 'pasteHint')}
          </span>
        </div>
      )}
    </div>
  );
});

interface Column {
  key: string;
  schema: Schema;
  field: FormField | undefined;
}

interface View {
  page: Page;
  target: ArrayField;
  table: FormField;
  rows: Rows;
  columns: readonly Column[];
  indexes: readonly number[];
  sums: readonly string[];
}

const Grid = observer((view: View) => {
  const { page, target, rows, columns, indexes } = view;
  return (
    <div className="gw-table-scroll">
      <table className="gw-table" aria-labelledby={`${domId(page, target)}-label`}>
        <thead>
          <tr>
            <th className="gw-narrow">{say(page.language, 'rowNumber')}</th>
            {columns.map(({ key, schema, field }) => (
              <th key={key} style={{ width: widthOf(schema) }} className={isNumber(field) ? 'gw-number' : undefined}>
                <span className={mustFill(page, field) ? 'gw-required' : undefined}>{schema.title}</span>
              </th>
            ))}
            {rows.open && <th className="gw-narrow">{say(page.language, 'actions')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.count === 0 && (
            <tr>
              <td className="gw-empty" colSpan={columns.length + 2}>
                {say(page.language, 'noRows')}
              </td>
            </tr>
          )}
          {indexes.map((index) => (
            <RowScope key={rowKey(target, index)} target={target} index={index}>
              <tr>
                <td className="gw-narrow">{index + 1}</td>
                {columns.map((column, at) => (
                  <td
                    key={column.key}
                    data-row={index}
                    data-column={at}
                    className={isNumber(column.field) ? 'gw-number' : undefined}
                  >
                    <Cell column={column} index={index} page={page} />
                  </td>
                ))}
                {rows.open && (
                  <td className="gw-narrow">
                    <RowActions page={page} rows={rows} index={index} />
                  </td>
                )}
              </tr>
            </RowScope>
          ))}
        </tbody>
        <Sums {...view} />
      </table>
    </div>
  );
});

const Cards = observer(({ page, target, rows, columns, indexes }: View) => (
  <div className="gw-cards">
    {rows.count === 0 && <p className="gw-empty">{say(page.language, 'noRows')}</p>}
    {indexes.map((index) => (
      <RowScope key={rowKey(target, index)} target={target} index={index}>
        <div className="gw-card">
          <div className="gw-card-head">
            <strong>{say(page.language, 'row', { n: index + 1 })}</strong>
            {rows.open && <RowActions page={page} rows={rows} index={index} />}
          </div>
          <div className="gw-card-fields">
            {columns.map((column, at) => (
              <div key={column.key} data-row={index} data-column={at}>
                <RecursionField schema={column.schema} name={column.key} />
              </div>
            ))}
          </div>
        </div>
      </RowScope>
    ))}
  </div>
));

/** The object field of a row around its cells. */
function RowScope({ target, index, children }: { target: ArrayField; index: number; children: ReactNode }) {
  return (
    <ObjectField name={index} basePath={target.address}>
      {(_: ObjectFieldModel) => children}
    </ObjectField>
  );
}

const Cell = ({ column, index, page }: { column: Column; index: number; page: Page }) => (
  <CellContext.Provider value={`${column.schema.title} ${say(page.language, 'row', { n: index + 1 })}`}>
    <RecursionField schema={column.schema} name={column.key} />
  </CellContext.Provider>
);

function RowActions({ page, rows, index }: { page: Page; rows: Rows; index: number }) {
  const n = index + 1;
  const given = index < rows.fixed;
  const button = (
    sign: ReactNode,
    text: Parameters<typeof say>[1],
    act: () => void,
    disabled: boolean,
    danger = false,
  ) => (
    <Button
      size="small"
      type="text"
      danger={danger}
      disabled={disabled}
      onClick={act}
      aria-label={say(page.language, text, { n })}
      title={say(page.language, text, { n })}
      icon={sign}
    />
  );
  return (
    <span className="gw-row-actions">
      {button(<CopyOutlined />, 'copyRow', () => rows.copy(index), !rows.room || given)}
      {button(<ArrowUpOutlined />, 'moveUp', () => rows.move(index, -1), !rows.canMove(index, -1))}
      {button(<ArrowDownOutlined />, 'moveDown', () => rows.move(index, 1), !rows.canMove(index, 1))}
      {button(<DeleteOutlined />, 'deleteRow', () => rows.remove(index), given, true)}
    </span>
  );
}

const Sums = observer(({ page, target, columns, sums, rows }: View) => {
  if (sums.length === 0 || rows.count === 0) return null;
  const all = (toJS(target.value) ?? []) as Values[];
  const cell = ({ key, field }: Column) => {
    if (!field || !sums.includes(key)) return '';
    const total = all.reduce((sum, row) => sum + (typeof row[key] === 'number' ? row[key] : 0), 0);
    return displayValue(field, Number(total.toFixed(6)), {}, page.language);
  };
  return (
    <tfoot>
      <tr>
        <th className="gw-narrow">{say(page.language, 'sum')}</th>
        {columns.map((column) => (
          <td key={column.key} className="gw-number">
            {cell(column)}
          </td>
        ))}
        {rows.open && <td />}
      </tr>
    </tfoot>
  );
});

interface PagerProps {
  page: Page;
  rows: Rows;
  from: number;
  setStart(start: number): void;
}

function Pager({ page, rows, from, setStart }: PagerProps) {
  const last = Math.min(from + PAGE, rows.count);
  return (
    <div className="gw-table-foot">
      <Button size="small" disabled={from === 0} onClick={() => setStart(from - PAGE)}>
        {say(page.language, 'previous')}
      </Button>
      <span>{say(page.language, 'range', { a: from + 1, b: last, n: rows.count })}</span>
      <Button size="small" disabled={last >= rows.count} onClick={() => setStart(from + PAGE)}>
        {say(page.language, 'next')}
      </Button>
    </div>
  );
}

/** The row an address leads to. */
function rowIn(address: string, table: string): number | undefined {
  const index = address.startsWith(table) ? Number.parseInt(address.slice(table.length), 10) : Number.NaN;
  return Number.isNaN(index) ? undefined : index;
}

/** Where in the table an event happened. */
function placeOf(element: EventTarget): { row: number; column: number } | undefined {
  const cell = element instanceof Element ? element.closest<HTMLElement>('[data-row]') : null;
  return cell ? { row: Number(cell.dataset.row), column: Number(cell.dataset.column) } : undefined;
}

const keys = new WeakMap<object, string>();
let lastKey = 0;

/** A row keeps its key while it is moved: the key belongs to the row object. */
function rowKey(target: ArrayField, index: number): string {
  const row: unknown = toRaw(target.value?.[index]);
  if (typeof row !== 'object' || row === null) return `at-${index}`;
  const known = keys.get(row);
  if (known) return known;
  const made = `row-${++lastKey}`;
  keys.set(row, made);
  return made;
}

const mustFill = (page: Page, column: FormField | undefined): boolean =>
  column?.schema.required === true && page.permissions.of(column).writable;

const isNumber = (field: FormField | undefined): boolean =>
  field?.component === 'Money' || field?.component === 'Number';

const widthOf = (schema: Schema): number | undefined => {
  const width: unknown = schema['x-decorator-props']?.width;
  return typeof width === 'number' ? width : undefined;
};

function useNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = matchMedia(NARROW);
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => matchMedia(NARROW).matches,
    () => false,
  );
}

const NARROW = '(max-width: 640px)';

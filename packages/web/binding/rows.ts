/** Owns what can be done to the rows of a detail table: add, copy, delete, move, paste. Rule-given rows stay where they are. */
import type { ArrayField } from '@formily/core';
import { Schema } from '@formily/json-schema';
import { toJS } from '@formily/reactive';
import { ROW_MARK } from '@ganwei/form/access';
import { MOST_ROWS } from '@ganwei/form/components';
import { mayAddRows, newRow } from '@ganwei/form/formily';
import type { FormField, Values } from '@ganwei/form/model';
import type { Page } from './page.ts';
import { cellValue, parseCells } from './paste.ts';

export interface Rows {
  readonly count: number;
  /** rows may be added and removed */
  readonly open: boolean;
  /** there is room for one more */
  readonly room: boolean;
  /** rows at the beginning that a rule gives */
  readonly fixed: number;
  add(): void;
  copy(index: number): void;
  remove(index: number): void;
  move(index: number, by: -1 | 1): void;
  canMove(index: number, by: -1 | 1): boolean;
  /** [PAGE50] columns of which some cells may be given one value together */
  settable(): FormField[];
  /** [PAGE50] Gives one column of these rows the value, where it may be written; number of cells filled. */
  set(column: string, value: unknown, indexes: readonly number[]): number;
  /** Fills cells from a row and column on, adding rows where that is allowed; number of rows filled. */
  paste(text: string, row: number, column: number): number;
}

/** May one value be chosen for many rows of this column? One of a list that is the same in every row. */
function isSettable(page: Page, column: FormField): boolean {
  const { component, schema, rules } = column;
  const chosen = ['Dictionary', 'Select', 'Radio', 'Switch'].includes(component) && schema.type !== 'array';
  return chosen && !rules.options && !rules.value && page.permissions.of(column).writable;
}

/** For observers: reads the value of the table. */
export function rowsOf(page: Page, target: ArrayField, table: FormField): Rows {
  const count = Array.isArray(target.value) ? target.value.length : 0;
  const prescribed: unknown = target.data?.prescribed;
  const fixed = Array.isArray(prescribed) ? prescribed.length : 0;
  const open = mayAddRows(page.form, target.path.toString(), page.options.access);
  const limit = table.schema.maxItems ?? MOST_ROWS;
  const forget = () => {
    const prefix = `${target.path}.`;
    for (const path of Object.keys(page.state.server)) if (path.startsWith(prefix)) delete page.state.server[path];
  };
  const canMove = (index: number, by: -1 | 1) => {
    const other = index + by;
    return open && index >= fixed && other >= fixed && other < count;
  };
  return {
    count,
    open,
    fixed,
    room: open && count < limit,
    add: () => void target.push(newRow(page.form, target, page.options)),
    copy: (index) => {
      const { [ROW_MARK]: _, ...row } = structuredClone(toJS(target.value[index])) as Values;
      void target.insert(index + 1, row);
    },
    remove: (index) => {
      forget();
      void target.remove(index);
    },
    canMove,
    move: (index, by) => {
      if (!canMove(index, by)) return;
      forget();
      void target.move(index, index + by);
    },
    settable: () =>
      table.fields.filter(
        (one) =>
          isSettable(page, one) &&
          Array.from({ length: count }, (_, index) => index).some((index) => isWritable(page, target, one, index)),
      ),
    set: (column, value, indexes) => setColumn(page, target, table, column, value, indexes),
    paste: (text, row, column) => fill(page, target, table, text, row, column, open ? limit : count),
  };
}

/**
 * Creates the fields of rows that are not drawn: rules and limits must see every row, also those on another page of the
 * table. React takes them over when the row is drawn.
 */
export function growFields(target: ArrayField, items: Schema, indexes: readonly number[]): void {
  const { form, address } = target;
  for (const index of indexes) {
    const row = `${address}.${index}`;
    if (form.fields[row]) continue;
    form.createObjectField({ name: String(index), basePath: address });
    for (const { schema, key } of Schema.getOrderProperties(items)) {
      form.createField({ ...schema.toFieldProps({ scope: {} }), name: String(key), basePath: row });
    }
  }
}

function fill(
  page: Page,
  target: ArrayField,
  table: FormField,
  text: string,
  row: number,
  column: number,
  most: number,
): number {
  const columns = table.fields.filter((one) => page.permissions.of(one).mode !== 'hidden');
  const rows = structuredClone(toJS(target.value) ?? []) as Values[];
  let filled = 0;
  for (const [down, cells] of parseCells(text).entries()) {
    const index = row + down;
    if (index >= most) break;
    if (index >= rows.length) rows.push(newRow(page.form, target, page.options));
    const record = rows[index] as Values;
    for (const [across, cell] of cells.entries()) {
      const field = columns[column + across];
      const value =
        field && isWritable(page, target, field, index) ? cellValue(field, cell, page.dictionaries) : undefined;
      if (field && value !== undefined) record[field.key] = value;
    }
    filled++;
  }
  target.form.setValuesIn(target.path, rows);
  return filled;
}

function setColumn(
  page: Page,
  target: ArrayField,
  table: FormField,
  column: string,
  value: unknown,
  indexes: readonly number[],
): number {
  const field = table.fields.find(({ key }) => key === column);
  const rows = structuredClone(toJS(target.value) ?? []) as Values[];
  const writable = field ? indexes.filter((index) => rows[index] && isWritable(page, target, field, index)) : [];
  for (const index of writable) (rows[index] as Values)[column] = value;
  target.form.setValuesIn(target.path, rows);
  return writable.length;
}

/** A new row has no fields yet: the permission decides; a row that is there also knows its rules. */
function isWritable(page: Page, target: ArrayField, column: FormField, index: number): boolean {
  const cell = target.form.query(`${target.path}.${index}.${column.key}`).take();
  return page.permissions.of(column).writable && (cell === undefined || cell.pattern === 'editable');
}

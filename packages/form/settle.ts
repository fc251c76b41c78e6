/**
 * Owns the moving part of a form: who wins between the person, what is stored and the rules, worked out to a fixpoint.
 * Each pass builds the values anew from what was given and stored, its rules reading the values of the pass before; because
 * the rules are free of circles ([F6]) the passes end in the one consistent state, the same one a browser arrives at.
 * It judges nothing: complaints are accept.ts.
 */
import { isOpen, type Permission, type Permissions, ROW_MARK } from './access.ts';
import { isBlank, isObject, rounded } from './check.ts';
import { describe } from './components.ts';
import type { CompiledForm, FormField, RuleContext, Values } from './model.ts';

/** One visible field in one place, as the last pass left it. */
export interface Cell {
  readonly field: FormField;
  /** place of the value, e.g. `items.0.price` */
  readonly path: string;
  readonly context: RuleContext;
  readonly permission: Permission;
  readonly value: unknown;
  /** what the person sent */
  readonly given: unknown;
  /** what stands when the person may not write */
  readonly base: unknown;
  /** the person's own entry counts here: permitted, not held back by `editable`, not given by a rows rule */
  readonly writable: boolean;
}

export interface SettleInput {
  given: Values;
  stored: Values;
  permissions: Permissions;
  system: Readonly<Values>;
  world: unknown;
  /** keep what rules hide, and the row marks: first values of a form, drafts */
  keep?: { invisible?: boolean; marks?: boolean };
}

/** The consistent values and every visible cell. Throws when rules do not settle, which a checked form cannot cause. */
export function settle(form: CompiledForm, input: SettleInput): { values: Values; cells: Cell[] } {
  let before: Values = { ...input.stored, ...input.given };
  for (let pass = 0; pass <= form.byPath.size + 2; pass++) {
    const cells: Cell[] = [];
    const values = new Pass(input, cells).container(form.fields, input.given, input.stored, [before], '', undefined);
    if (same(before, values)) return { values, cells };
    before = values;
  }
  throw new Error(`the rules of form ${form.key} do not settle`);
}

/** Equal as JSON, whatever the order of keys; absent and null are the same. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b || ((a ?? null) === null && (b ?? null) === null)) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((one, index) => same(one, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  for (const key of keys) if (!same(own(a, key), own(b, key))) return false;
  return true;
}

/** Is a field shown? Its own rule and the sections around it inside the same container must hold. */
export const isShown = (field: FormField, context: RuleContext): boolean =>
  field.guards.every((guard) => guard.evaluate(context) === true) &&
  (field.rules.visible === undefined || field.rules.visible.evaluate(context) === true);

/** What a value rule gave, as the field keeps it; a result of the wrong type counts as nothing. */
export function computedValue(field: FormField, result: unknown): unknown {
  if (isBlank(result)) return undefined;
  switch (describe(field.component).kind) {
    case 'any':
      return result;
    case 'number':
      return typeof result === 'number' && Number.isFinite(result) ? rounded(field, result) : undefined;
    case 'boolean':
      return typeof result === 'boolean' ? result : undefined;
    case 'date':
      return typeof result === 'string' ? result.slice(0, 10) : undefined;
    case 'datetime':
      return typeof result === 'string' ? result.slice(0, 19) : undefined;
    case 'text':
      return typeof result === 'object' ? undefined : String(result);
    case 'range':
    case 'choice':
    case 'dictionary':
    case 'person':
    case 'unit':
    case 'reference':
    case 'files':
    case 'signature':
    case 'table':
    case 'group':
    case 'layout':
      return field.schema.type === 'array' && !Array.isArray(result) ? [result] : result;
  }
}

/** A new row of a table: defaults and initial rules of its columns. `context` is that of the row. */
export function freshRow(table: FormField, context: RuleContext): Values {
  const row: Values = {};
  for (const column of table.fields) {
    const first = column.rules.initial?.evaluate(context) ?? structuredClone(column.schema.default);
    if (!isBlank(first)) row[column.key] = column.rules.initial ? computedValue(column, first) : first;
  }
  return row;
}

/** Which stored row each given row stands for: by mark, else by key column, else by position when no row is marked. */
export function matchRows(
  table: FormField,
  given: readonly Values[],
  stored: readonly Values[],
): (Values | undefined)[] {
  const key = table.schema['x-component-props']?.rowKey;
  const marked = given.some((row) => row[ROW_MARK] !== undefined);
  const free = new Set(stored.keys());
  const take = (index: number): Values | undefined => (free.delete(index) ? stored[index] : undefined);
  return given.map((row, index) => {
    if (marked) return typeof row[ROW_MARK] === 'number' ? take(row[ROW_MARK]) : undefined;
    if (typeof key === 'string') {
      const found = isBlank(row[key]) ? -1 : stored.findIndex((one) => same(one[key], row[key]));
      return take(found);
    }
    return take(index);
  });
}

/** What a rows rule gave: known columns only, one row per key. */
export function prescribedRows(table: FormField, result: unknown): Values[] {
  const key = String(table.schema['x-component-props']?.rowKey);
  const rows: Values[] = [];
  for (const given of rowsOf(result)) {
    const columns = table.fields.filter((column) => Object.hasOwn(given, column.key));
    const row = Object.fromEntries(columns.map((column) => [column.key, computedValue(column, given[column.key])]));
    if (!rows.some((one) => same(one[key], row[key]))) rows.push(row);
  }
  return rows;
}

export const rowsOf = (value: unknown): Values[] => (Array.isArray(value) ? value.filter(isObject) : []);

// ---------------------------------------------------------------------------------------------------------------------

const own = (object: Values, key: string): unknown => (Object.hasOwn(object, key) ? object[key] : undefined);

/** One row to build: what was given for it, what it was, and what a rows rule prescribes. */
interface RowPlan {
  given: Values;
  base: Values | undefined;
  fixed?: Values;
}

class Pass {
  readonly #input: SettleInput;
  readonly #cells: Cell[];

  constructor(input: SettleInput, cells: Cell[]) {
    this.#input = input;
    this.#cells = cells;
  }

  /** Builds one container. `frames` are the containers of the pass before, from the root to this one. */
  container(
    fields: readonly FormField[],
    given: Values,
    base: Values,
    frames: readonly Values[],
    prefix: string,
    row: number | undefined,
    fixed?: Values,
  ): Values {
    const context = this.#context(frames, row);
    const out: Values = {};
    for (const field of fields) {
      const permission = this.#input.permissions.of(field);
      const shown = isShown(field, context);
      if (!shown && permission.alive && !this.#input.keep?.invisible) continue;
      const cell = {
        field,
        path: prefix + field.key,
        context,
        permission,
        given: given[field.key],
        base: base[field.key],
      };
      // A container stands before what is in it.
      const place = this.#cells.push({ ...cell, value: undefined, writable: false }) - 1;
      const [value, writable] = this.#value(cell, frames, fixed);
      if (!isBlank(value)) out[field.key] = value;
      if (shown) this.#cells[place] = { ...cell, value, writable };
      else this.#cells.length = place;
    }
    return out;
  }

  #value(cell: Omit<Cell, 'value' | 'writable'>, frames: readonly Values[], fixed?: Values): [unknown, boolean] {
    const { field, permission, context } = cell;
    if (field.kind === 'group') {
      const last = frames.at(-1)?.[field.key];
      const inner = [...frames, isObject(last) ? last : {}];
      const given = isObject(cell.given) ? cell.given : {};
      const base = isObject(cell.base) ? cell.base : {};
      return [this.container(field.fields, given, base, inner, `${cell.path}.`, context.row), permission.writable];
    }
    if (field.kind === 'table') return [this.#rows(cell, frames), permission.writable];
    if (fixed && Object.hasOwn(fixed, field.key)) return [fixed[field.key], false];
    if (field.rules.value) {
      if (!permission.alive) return [cell.base, false];
      return [computedValue(field, field.rules.value.evaluate(context)), false];
    }
    if (!permission.writable) return [cell.base, false];
    if (field.rules.editable && field.rules.editable.evaluate(context) !== true) return [cell.base, false];
    return [cell.given, true];
  }

  #rows(cell: Omit<Cell, 'value' | 'writable'>, frames: readonly Values[]): Values[] {
    const last = rowsOf(frames.at(-1)?.[cell.field.key]);
    return this.#plans(cell).map(({ given, base, fixed }, index) => {
      const inner = [...frames, last[index] ?? {}];
      const row = index + 1;
      const start = base ?? freshRow(cell.field, this.#context([...frames, {}], row));
      const values = this.container(cell.field.fields, given, start, inner, `${cell.path}.${index}.`, row, fixed);
      const mark = this.#input.keep?.marks ? given[ROW_MARK] : undefined;
      return mark === undefined ? values : { ...values, [ROW_MARK]: mark };
    });
  }

  /** Which rows there are and where each comes from. */
  #plans({ field, permission, given, base, context }: Omit<Cell, 'value' | 'writable'>): RowPlan[] {
    const stored = rowsOf(base);
    const sent = rowsOf(given);
    const open = isOpen(field, permission);
    if (field.rules.rows && permission.alive) {
      const key = String(field.schema['x-component-props']?.rowKey);
      const prescribed = prescribedRows(field, field.rules.rows.evaluate(context));
      const byKey = (rows: readonly Values[], row: Values) => rows.find((one) => same(one[key], row[key]));
      const plans: RowPlan[] = prescribed.map((fixed) => ({
        given: byKey(sent, fixed) ?? {},
        base: byKey(stored, fixed),
        fixed,
      }));
      const extra = (rows: readonly Values[]) => rows.filter((row) => !byKey(prescribed, row));
      const added = extra(sent);
      const matched = matchRows(field, added, stored);
      if (open) return [...plans, ...added.map((row, index) => ({ given: row, base: matched[index] }))];
      return field.schema['x-component-props']?.addable === true
        ? [...plans, ...extra(stored).map((row) => ({ given: byKey(sent, row) ?? {}, base: row }))]
        : plans;
    }
    const matched = matchRows(field, sent, stored);
    if (open) return sent.map((row, index) => ({ given: row, base: matched[index] }));
    return stored.map((row) => ({ given: sent[matched.indexOf(row)] ?? {}, base: row }));
  }

  #context(frames: readonly Values[], row: number | undefined): RuleContext {
    const { system, world } = this.#input;
    return { read: (level, name) => frames[level]?.[name] ?? null, row, system, world };
  }
}

/**
 * Owns what one step permits on each field: hidden, read, edit or required, and which rules are alive at that step.
 * Precedence: the field's own entry, then that of the nearest container, then `*`, then edit; what lies in something
 * hidden is hidden. Permissions are computed once per form and access list. Nothing hidden passes `project` ([A1]).
 */
import { isBlank, isObject } from './check.ts';
import type { CompiledForm, FieldAccess, FormField, Values } from './model.ts';

export type AccessMode = FieldAccess['mode'];

export interface Permission {
  readonly mode: AccessMode;
  /** the person may change the value (a computed one never) */
  readonly writable: boolean;
  /**
   * the field's own rules act at this step: it may be edited or follows something that may.
   * A field that is not alive keeps its stored value whatever its rules would say today.
   */
  readonly alive: boolean;
}

export interface Permissions {
  of(field: FormField): Permission;
  /** does a rule read something this person may not see? Only the server can evaluate it then. */
  readsHidden(reads: readonly string[]): boolean;
}

/** Key of the mark that project() puts on the rows of partly writable tables: index of the row as stored. */
export const ROW_MARK = '$row';

/** The permissions of a step; remembered per form and access list. */
export function permissionsOf(form: CompiledForm, access: readonly FieldAccess[]): Permissions {
  const known = remembered.get(form) ?? new Map<string, Permissions>();
  remembered.set(form, known);
  const key = JSON.stringify(access);
  let permissions = known.get(key);
  if (!permissions) {
    if (known.size >= MOST_REMEMBERED) known.clear();
    permissions = compute(form, access);
    known.set(key, permissions);
  }
  return permissions;
}

/** The values a person may see at a step: known fields only, hidden ones left out, rows marked where they must be matched. */
export function project(form: CompiledForm, values: Values, access: readonly FieldAccess[]): Values {
  const permissions = permissionsOf(form, access);
  const copy = (fields: readonly FormField[], from: Values): Values => {
    const out: Values = {};
    for (const field of fields) {
      const value = from[field.key];
      if (permissions.of(field).mode === 'hidden' || isBlank(value)) continue;
      if (field.kind === 'group') out[field.key] = copy(field.fields, isObject(value) ? value : {});
      else if (field.kind === 'table') out[field.key] = copyRows(field, value);
      else out[field.key] = structuredClone(value);
    }
    return out;
  };
  const copyRows = (field: FormField, rows: unknown): Values[] => {
    const marked = needsMarks(field, permissions);
    return (Array.isArray(rows) ? rows : []).map((row, index) => ({
      ...copy(field.fields, isObject(row) ? row : {}),
      ...(marked && { [ROW_MARK]: index }),
    }));
  };
  return copy(form.fields, values);
}

/** May rows be added and removed by this person? Tables with rule-given rows only when they say so. */
export function isOpen(field: FormField, permission: Permission): boolean {
  const addable = field.schema['x-component-props']?.addable ?? field.rules.rows === undefined;
  return permission.writable && addable === true;
}

// ---------------------------------------------------------------------------------------------------------------------

const remembered = new WeakMap<CompiledForm, Map<string, Permissions>>();
const MOST_REMEMBERED = 200;

function compute(form: CompiledForm, access: readonly FieldAccess[]): Permissions {
  const modes = new Map<string, AccessMode>();
  const named = new Map(access.map(({ path, mode }) => [path, mode]));
  const visit = (field: FormField, parent: FormField | undefined) => {
    modes.set(field.path, modeOf(field, parent, named, parent && modes.get(parent.path)));
    for (const child of field.fields) visit(child, field);
  };
  for (const field of form.fields) visit(field, undefined);

  const open = (path: string) => modes.get(path) === 'edit' || modes.get(path) === 'required';
  const alive = new Map<string, boolean>();
  const isAlive = (path: string): boolean => {
    const known = alive.get(path);
    if (known !== undefined) return known;
    const result = open(path) || (form.follows.get(path) ?? []).some(isAlive);
    alive.set(path, result);
    return result;
  };
  const permissions = new Map<string, Permission>();
  for (const [path, field] of form.byPath) {
    const computed = field.rules.value !== undefined || field.component === 'Computed';
    permissions.set(path, {
      mode: modes.get(path) ?? 'edit',
      writable: open(path) && !computed,
      alive: isAlive(path),
    });
  }
  return {
    of: (field) => permissions.get(field.path) as Permission,
    readsHidden: (reads) => reads.some((path) => permissions.get(path)?.mode === 'hidden'),
  };
}

function modeOf(
  field: FormField,
  parent: FormField | undefined,
  named: ReadonlyMap<string, AccessMode>,
  around: AccessMode | undefined,
): AccessMode {
  if (around === 'hidden') return 'hidden';
  const own = named.get(field.path) ?? named.get(field.path.replaceAll('[]', ''));
  if (own) return own;
  if (!parent) return named.get('*') ?? 'edit';
  const inherited = (parent.kind === 'table' ? named.get(`${parent.path}[]`) : undefined) ?? around ?? 'edit';
  return inherited === 'required' ? 'edit' : inherited;
}

/** Rows must be told apart when part of a row comes from what is stored rather than from the person. */
function needsMarks(table: FormField, permissions: Permissions): boolean {
  const partly = (column: FormField) =>
    !permissions.of(column).writable && !(column.rules.value && permissions.of(column).alive);
  return !permissions.of(table).writable || table.fields.some((one) => partly(one) || one.rules.editable !== undefined);
}

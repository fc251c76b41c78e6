/**
 * Owns the verdict about a submission: what is kept, what changed, and every complaint with its place and code.
 * The server's verdict is final; the browser reaches the same one because limits (check.ts) and rules are the same code and
 * the movement of the form is compared with Formily in a differential test ([F1]). It never throws because of what was sent.
 */
import { type Permissions, permissionsOf, ROW_MARK } from './access.ts';
import { isBlank, isMissing, isObject, limitComplaint, shapeComplaint } from './check.ts';
import { LARGEST_TABLE, MOST_CELLS, MOST_ROWS } from './components.ts';
import { type Complaint, type FormError, fieldError } from './messages.ts';
import type { CompiledForm, FieldAccess, FormField, Language, Lookups, Values } from './model.ts';
import { type Cell, same, settle } from './settle.ts';

export interface Submission {
  /** what the form was opened with: the values kept in the case or, the first time, initialValues() */
  stored: Values;
  /** what the person sent; anything at all */
  submitted: unknown;
  access: readonly FieldAccess[];
  /** actor {id, name, …}, today, now, case, and the other forms of the case by name */
  scope: Readonly<Values>;
  lookups: Lookups;
  /** false: a draft - shapes, unknown keys and forgery are checked, required entries, limits and rules are not */
  final: boolean;
  /** what the FEEL functions given to compileForm need */
  world?: Readonly<Record<string, unknown>>;
  language?: Language;
}

export interface Verdict {
  /** the consistent values to keep; only meaningful when there are no errors */
  values: Values;
  /** the first MOST_COMPLAINTS of them; then one that says how many more there are */
  errors: FormError[];
  /** all errors there are */
  count: number;
  warnings: FormError[];
  /** dotted paths of the fields whose value differs from what was stored; tables as a whole */
  changed: string[];
}

/** [LIM2] Complaints that are told; a person mends no more at once. */
export const MOST_COMPLAINTS = 100;

export function accept(form: CompiledForm, submission: Submission): Verdict {
  const { stored, scope, lookups, final, language } = submission;
  const permissions = permissionsOf(form, submission.access);
  const world = { ...submission.world, lookups };
  const errors: FormError[] = [];
  let count = 0;
  const complain: Complain = (field, path, complaint) => {
    count += 1;
    if (count <= MOST_COMPLAINTS) errors.push(fieldError(field, path, complaint, language));
  };

  const given = clean(form.fields, submission.submitted, '', { permissions, complain, cells: MOST_CELLS });
  const { values, cells } = settle(form, {
    given,
    stored,
    permissions,
    system: scope,
    world,
    keep: { marks: !final },
  });
  for (const cell of cells) if (isForged(cell)) complain(cell.field, cell.path, { code: 'forged' });

  const warnings: FormError[] = [];
  if (final) {
    const actor = isObject(scope.actor) ? scope.actor.id : undefined;
    const wrong = new Set(errors.map((error) => error.path));
    for (const cell of cells) {
      const complaint = wrong.has(cell.path) ? undefined : cellComplaint(cell, lookups, actor);
      const rules = ruleComplaints(cell);
      // Where the author says in words why this choice is wrong, that it is not among the options need not be said.
      const explained = complaint?.code === 'option' && rules.some(({ level }) => level !== 'warning');
      if (complaint && !explained) complain(cell.field, cell.path, complaint);
      for (const { level, ...broken } of rules) {
        if (level !== 'warning') complain(cell.field, cell.path, broken);
        else if (warnings.length < MOST_COMPLAINTS) warnings.push(fieldError(cell.field, cell.path, broken, language));
      }
    }
  }
  const more = count - errors.length;
  if (more > 0) errors.push(fieldError(undefined, '', { code: 'more', params: { count: more } }, language));
  return { values, errors, count, warnings, changed: changedPaths(form.fields, stored, values) };
}

/** Missing or beyond its limits? Only what the person may write is judged. */
export function cellComplaint(cell: Cell, lookups: Lookups, actor: unknown): Complaint | undefined {
  const { field, permission, context, value } = cell;
  if (!cell.writable) return undefined;
  if (isMissing(field, value)) return isRequired(field, permission.mode, context) ? { code: 'required' } : undefined;
  const options = field.rules.options?.evaluate(context);
  return limitComplaint(field, value, { lookups, stored: cell.base, options, actor });
}

export const isRequired = (field: FormField, mode: FieldAccess['mode'], context: Cell['context']): boolean =>
  field.schema.required === true || mode === 'required' || field.rules.required?.evaluate(context) === true;

/** Do the author's error rules speak about this field at this step? */
export const isJudged = (field: FormField, writable: boolean, permission: Cell['permission']): boolean =>
  writable || (field.rules.value !== undefined && permission.alive && permission.mode !== 'hidden');

export function ruleComplaints({
  field,
  writable,
  permission,
  context,
}: Omit<Cell, 'path' | 'value' | 'given' | 'base'>) {
  if (!isJudged(field, writable, permission)) return [];
  return field.errors
    .filter((rule) => rule.when.evaluate(context) === true)
    .map(({ code, level, message }) => ({ code, level, message: message.render(context) }));
}

// ---------------------------------------------------------------------------------------------------------------------

type Complain = (field: FormField | undefined, path: string, complaint: Complaint) => void;

interface Cleaning {
  permissions: Permissions;
  complain: Complain;
  /** values in rows that may still come */
  cells: number;
}

/**
 * What was sent, reduced to known fields of the right shape. Empty texts and lists become absent, nothing else is altered.
 * Values of read-only fields pass through, to be compared with what is stored; those of computed fields are dropped.
 */
function clean(fields: readonly FormField[], sent: unknown, prefix: string, cleaning: Cleaning, row = false): Values {
  const { complain } = cleaning;
  const given: Values = {};
  if (sent === undefined || sent === null) return given;
  if (!isObject(sent)) {
    complain(undefined, prefix.replace(/\.$/, ''), { code: 'type' });
    return given;
  }
  const known = new Map(fields.map((field) => [field.key, field]));
  for (const key of Object.keys(sent)) {
    const field = known.get(key);
    const value = sent[key];
    const path = prefix + key;
    if (row && key === ROW_MARK) given[key] = value;
    else if (!field) complain(undefined, path, { code: 'unknown', params: { key: key.slice(0, 100) } });
    else if (!isBlank(value) || isObject(value)) {
      const kept = cleanValue(field, value, path, cleaning);
      if (!isBlank(kept)) given[key] = kept;
    }
  }
  return given;
}

function cleanValue(field: FormField, value: unknown, path: string, cleaning: Cleaning): unknown {
  const { complain } = cleaning;
  const permission = cleaning.permissions.of(field);
  if (permission.mode === 'hidden') {
    if (!isBlank(value)) complain(field, path, { code: 'forged' });
    return undefined;
  }
  if (field.kind === 'group') return clean(field.fields, value, `${path}.`, cleaning);
  if (field.kind === 'table') {
    const complaint = tableComplaint(field, value, cleaning);
    if (complaint) {
      complain(field, path, complaint);
      return undefined;
    }
    return (value as Values[]).map((row, index) => clean(field.fields, row, `${path}.${index}.`, cleaning, true));
  }
  if (field.rules.value || !permission.writable) return value;
  const complaint = shapeComplaint(field, value);
  if (complaint) complain(field, path, complaint);
  return complaint ? undefined : value;
}

/** [LIM2] No list of rows, or more of them than a verdict may take: said before any row is looked at. */
function tableComplaint(field: FormField, value: unknown, cleaning: Cleaning): Complaint | undefined {
  if (!Array.isArray(value)) return { code: 'type' };
  if (value.length > LARGEST_TABLE)
    return { code: 'maxItems', params: { limit: field.schema.maxItems ?? MOST_ROWS, count: value.length } };
  cleaning.cells -= value.length * field.fields.length;
  if (cleaning.cells < 0) return { code: 'cells', params: { limit: MOST_CELLS } };
  return value.every(isObject) ? undefined : { code: 'type' };
}

/** Somebody tried to change what this step shows only for reading. */
function isForged({ field, permission, given, base, value }: Cell): boolean {
  if (permission.writable || permission.mode === 'hidden' || field.rules.value || isBlank(given)) return false;
  if (field.kind === 'group') return false;
  if (field.kind === 'table') {
    const sent = Array.isArray(given) ? given.length : 0;
    return field.rules.rows === undefined && sent !== (Array.isArray(value) ? value.length : 0);
  }
  return !same(given, base) && !same(given, value);
}

function changedPaths(fields: readonly FormField[], before: Values, after: Values, prefix = ''): string[] {
  return fields.flatMap((field) => {
    const [old, now] = [before[field.key], after[field.key]];
    if (field.kind !== 'group') return sameUnmarked(old, now) ? [] : [prefix + field.key];
    return changedPaths(field.fields, isObject(old) ? old : {}, isObject(now) ? now : {}, `${prefix}${field.key}.`);
  });
}

const sameUnmarked = (a: unknown, b: unknown): boolean => same(unmarked(a), unmarked(b));

function unmarked(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((row) => (isObject(row) && ROW_MARK in row ? { ...row, [ROW_MARK]: undefined } : row));
}

/**
 * Owns what moves about one field on a Formily form: visibility, pattern, computed value, options, the mark "required", the
 * author's complaints, rule-given rows. A motion is worked out by reading observables only and applied afterwards, so that
 * a change caused on the way is never lost (Formily's own autorun skips it). The rules and limits are those of accept.ts.
 */
import type { ArrayField, Field, GeneralField, VoidField } from '@formily/core';
import { reaction, toJS, untracked } from '@formily/reactive';
import { isJudged, isRequired, ruleComplaints } from './accept.ts';
import { type Permission, type Permissions, permissionsOf, ROW_MARK } from './access.ts';
import { isBlank, isMissing, isObject, limitComplaint, optionsOf, shapeComplaint } from './check.ts';
import { type Complaint, labelText, sentence } from './messages.ts';
import type {
  BoundLayout,
  BoundRule,
  CompiledForm,
  FieldAccess,
  FormField,
  Language,
  Lookups,
  Option,
  RuleContext,
  Values,
} from './model.ts';
import { computedValue, freshRow, prescribedRows, rowsOf, same } from './settle.ts';

export interface FormilyOptions {
  access: readonly FieldAccess[];
  /** actor, today, now, case, other forms */
  scope: Readonly<Values>;
  /** what the form is opened with, projected: fields that may not be edited return to it */
  opened: Values;
  lookups?: Lookups;
  world?: Readonly<Record<string, unknown>>;
  language?: Language;
}

/** What a field should be now; absent members do not move. */
interface Motion {
  display?: 'visible' | 'none' | 'hidden';
  pattern?: 'editable' | 'readPretty';
  value?: { to: unknown };
  options?: readonly { label: string; value: Option['value'] }[];
  required?: boolean;
  errors?: string[];
  warnings?: string[];
  /** rows that a rows rule gives, for the cells to know what is given */
  prescribed?: Values[];
  text?: string;
}

export class Mover {
  readonly form: CompiledForm;
  readonly permissions: Permissions;
  readonly language: Language;
  readonly #options: FormilyOptions;
  readonly #world: unknown;

  constructor(form: CompiledForm, options: FormilyOptions) {
    this.form = form;
    this.permissions = permissionsOf(form, options.access);
    this.language = options.language ?? 'zh-CN';
    this.#options = options;
    this.#world = { ...options.world, lookups: options.lookups ?? {} };
  }

  /** A Formily reaction that keeps a field as its rules want it. */
  follow(field: FormField): (target: Field | ArrayField) => void {
    return (target) => watch(target, () => this.#fieldMotion(field, target));
  }

  /** The same for a section or a note. `alive`: may what lies inside change at this step? */
  followLayout(layout: BoundLayout, levels: readonly number[], alive: boolean): (target: VoidField) => void {
    const { visible, text } = layout;
    return (target) =>
      watch(target, () => {
        const context = this.context(target, levels, undefined);
        const motion: Motion = {};
        if (visible && this.#runs(visible)) motion.display = displayOf(visible.evaluate(context) === true, alive);
        if (text) motion.text = text.render(context);
        return motion;
      });
  }

  /** The Formily validator of a field: the same complaint as the server's. */
  judge(field: FormField): (value: unknown, rule: unknown, context: { field: Field }) => unknown {
    const permission = this.permissions.of(field);
    return (value, _, { field: target }) => {
      const plain = toJS(value);
      const context = this.context(target, levelsOf(field), rowNumber(field, target));
      const empty = field.kind === 'group' ? isBlank(plain) : isMissing(field, plain);
      let complaint: Complaint | undefined;
      if (empty) complaint = this.#demands(field, permission.mode, context) ? { code: 'required' } : undefined;
      else complaint = this.#limits(field, target, plain, context);
      return complaint ? { type: 'error', message: sentence(field, complaint, this.language) } : '';
    };
  }

  /** Reads through Formily's observables, so that whoever reads runs again when what it read has changed. */
  context(target: GeneralField, levels: readonly number[], row: number | undefined): RuleContext {
    const segments = target.path.segments;
    const read = (level: number, name: string): unknown => {
      const depth = levels[level] ?? -1;
      if (depth < 0) return null;
      const value = filledPart(toJS(valueAt(target.form.values, [...segments.slice(0, depth), name])));
      return isBlank(value) ? null : value;
    };
    return { read, row, system: this.#options.scope, world: this.#world };
  }

  option({ label, value }: Option) {
    return { label: labelText(label, this.language), value };
  }

  #fieldMotion(field: FormField, target: Field | ArrayField): Motion {
    const permission = this.permissions.of(field);
    const { visible, value, rows, options } = field.rules;
    const context = this.context(target, levelsOf(field), rowNumber(field, target));
    const motion: Motion = {};
    if (visible && this.#runs(visible))
      motion.display = displayOf(visible.evaluate(context) === true, permission.alive);
    if (value && permission.alive && this.#runs(value)) {
      motion.value = { to: computedValue(field, value.evaluate(context)) };
    }
    if (rows && permission.alive && this.#runs(rows)) {
      this.#prescribe(field, target, rows.evaluate(context), motion);
    }
    if (permission.writable) this.#restrain(field, target, context, motion);
    const writable = permission.writable && motion.pattern !== 'readPretty';
    if (options && this.#runs(options)) {
      motion.options = optionsOf(options.evaluate(context)).map((one) => this.option(one));
    }
    motion.required = writable && this.#demands(field, permission.mode, context);
    this.#complain(field, target, { writable, permission, context }, motion);
    // a value that somebody else puts in its place brings the motion back
    if (motion.value) toJS(target.value);
    return motion;
  }

  /** Where only the server knows whether the field is there at all, only the server demands it. */
  #demands(field: FormField, mode: Permission['mode'], context: RuleContext): boolean {
    const known = [field.rules.visible, ...field.guards].every((rule) => !rule || this.#runs(rule));
    return known && isRequired(field, mode, context);
  }

  /** `editable` and rule-given cells: what may not be written returns to what it was. */
  #restrain(field: FormField, target: Field, context: RuleContext, motion: Motion): void {
    const given = field.column ? prescribedIn(target) : undefined;
    const fixed = given !== undefined && Object.hasOwn(given, field.key);
    const { editable } = field.rules;
    const held = !fixed && editable !== undefined && this.#runs(editable) && editable.evaluate(context) !== true;
    if (field.column || editable) motion.pattern = fixed || held ? 'readPretty' : 'editable';
    if (held) motion.value = { to: this.#base(field, target, context) };
  }

  /** The rows a rows rule prescribes, keeping what people filled in by the key column. */
  #prescribe(table: FormField, target: Field | ArrayField, result: unknown, motion: Motion): void {
    const key = String(table.schema['x-component-props']?.rowKey);
    const prescribed = prescribedRows(table, result);
    const present = rowsOf(toJS(target.value));
    const opened = rowsOf(valueAt(this.#options.opened, target.path.segments));
    const byKey = (list: readonly Values[], row: Values) => list.find((one) => same(one[key], row[key]));
    const rows = prescribed.map((row, index) => ({
      ...(byKey(present, row) ?? byKey(opened, row) ?? this.freshRow(table, target, index + 1)),
      ...row,
    }));
    const added = present.filter((row) => !byKey(prescribed, row));
    motion.prescribed = prescribed;
    motion.value = { to: table.schema['x-component-props']?.addable === true ? [...rows, ...added] : rows };
  }

  freshRow(table: FormField, target: GeneralField, row: number): Values {
    return freshRow(table, this.context(target, [...levelsOf(table), -1], row));
  }

  /** Each level under its own code, so that the validator's feedback does not wipe it out. */
  #complain(
    field: FormField,
    target: Field,
    cell: { writable: boolean; permission: Permission; context: RuleContext },
    motion: Motion,
  ): void {
    if (field.errors.length === 0 || !isJudged(field, cell.permission.writable, cell.permission)) return;
    const display = motion.display ?? 'visible';
    const shown = display === 'visible' && (target.parent?.display ?? 'visible') === 'visible';
    const broken = shown ? ruleComplaints({ field, ...cell }) : [];
    motion.errors = broken.filter((one) => one.level === 'error').map((one) => one.message);
    motion.warnings = broken.filter((one) => one.level === 'warning').map((one) => one.message);
  }

  #limits(field: FormField, target: Field, value: unknown, context: RuleContext): Complaint | undefined {
    const shape = field.kind === 'leaf' ? shapeComplaint(field, value) : undefined;
    if (shape) return shape;
    const { scope, lookups = {} } = this.#options;
    const stored = this.#base(field, target, context);
    const options = field.rules.options?.evaluate(context);
    const actor = isObject(scope.actor) ? scope.actor.id : undefined;
    return limitComplaint(field, value, { lookups, stored, options, actor });
  }

  /** The value the field was opened with; in a new row its first value. */
  #base(field: FormField, target: Field, context: RuleContext): unknown {
    const { opened } = this.#options;
    if (!field.column) return valueAt(opened, target.path.segments);
    const segments = target.path.segments.slice(0, -2);
    const index = Number(target.path.segments.at(-2));
    const table = this.form.byPath.get(field.path.replace(/\[\]\.[^.]*$/, '')) as FormField;
    const rows = rowsOf(valueAt(opened, segments));
    const row = (toJS(valueAt(target.form.values, [...segments, index])) ?? {}) as Values;
    const mark = row[ROW_MARK];
    const key = table.schema['x-component-props']?.rowKey;
    const keyed =
      typeof key === 'string' && !isBlank(row[key]) ? rows.find((one) => same(one[key], row[key])) : undefined;
    const marked = typeof mark === 'number' && prescribedIn(target) === undefined;
    const stored = marked ? rows.find((one) => one[ROW_MARK] === mark) : keyed;
    return (stored ?? freshRow(table, this.#around(table, target, context.row)))[field.key];
  }

  /** The context of a new row seen from one of its cells. */
  #around(table: FormField, cell: GeneralField, row: number | undefined): RuleContext {
    return this.context(cell, [...levelsOf(table), -1], row);
  }

  /** Can this side evaluate the rule? Not when it needs a function or a value that only the server has. */
  #runs(rule: BoundRule): boolean {
    return !rule.inert && !this.permissions.readsHidden(rule.reads);
  }
}

/** Number of path segments that lead to each container around a field: 0 for the root, 1 more per group, 2 per row. */
export function levelsOf(field: FormField): number[] {
  const levels = [0];
  for (const step of field.path.split('.').slice(0, -1))
    levels.push((levels.at(-1) ?? 0) + (step.endsWith('[]') ? 2 : 1));
  return levels;
}

/** A value without its empty texts, lists and groups: as it will be sent, and as the server's rules see it. */
export function filledPart(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(filledPart);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).map(([key, one]) => [key, filledPart(one)] as const);
  return Object.fromEntries(kept.filter(([, one]) => !isBlank(one)));
}

// ---------------------------------------------------------------------------------------------------------------------

const watched = new WeakMap<GeneralField, () => void>();

/** Keeps applying a motion. Formily calls again when a field has been moved to another row: the old watch ends then. */
function watch(target: GeneralField, motion: () => Motion): void {
  watched.get(target)?.();
  const stop = reaction(motion, (now) => untracked(() => apply(target, now)), {
    fireImmediately: true,
    equals: () => false,
  });
  watched.set(target, stop);
  target.disposers.push(stop);
}

/** Idempotent: what is already so is not touched. */
function apply(target: GeneralField, motion: Motion): void {
  if (motion.display && target.selfDisplay !== motion.display) target.setDisplay(motion.display);
  if (motion.text !== undefined) target.setComponentProps({ text: motion.text });
  if (target.displayName === 'VoidField') return;
  const field = target as Field;
  if (motion.pattern && field.selfPattern !== motion.pattern) field.setPattern(motion.pattern);
  if (motion.options && !same(toJS(field.dataSource), motion.options)) field.setDataSource([...motion.options]);
  if (motion.required !== undefined) field.setDecoratorProps({ required: motion.required });
  if (motion.prescribed && !same(toJS(field.data?.prescribed), motion.prescribed)) {
    field.setData({ prescribed: motion.prescribed });
  }
  // past Formily's notion of defaults: before a field is initialised setValue would not replace anything
  if (motion.value && field.display !== 'none' && !same(toJS(field.value), motion.value.to)) {
    field.form.setValuesIn(field.path, motion.value.to);
  }
  if (motion.errors) tell(field, 'error', 'EffectError', motion.errors);
  if (motion.warnings) tell(field, 'warning', 'EffectWarning', motion.warnings);
}

function tell(
  field: Field,
  type: 'error' | 'warning',
  code: 'EffectError' | 'EffectWarning',
  messages: string[],
): void {
  const present = field.queryFeedbacks({ type, code }).flatMap((one) => one.messages ?? []);
  if (!same(present, messages)) field.setFeedback({ type, code, messages });
}

const displayOf = (shown: boolean, alive: boolean) => (shown ? 'visible' : alive ? 'none' : 'hidden');

/** From 1, for a column. */
const rowNumber = (field: FormField, target: GeneralField): number | undefined =>
  field.column ? Number(target.path.segments.at(-2)) + 1 : undefined;

/** The row of the rows rule that this column field stands in, if any. */
function prescribedIn(target: GeneralField): Values | undefined {
  const segments = target.path.segments;
  const table = target.form.query(segments.slice(0, -2).join('.')).take() as ArrayField | undefined;
  const rows: unknown = table?.data?.prescribed;
  return Array.isArray(rows) ? (rows[Number(segments.at(-2))] as Values | undefined) : undefined;
}

function valueAt(root: unknown, segments: readonly (string | number)[]): unknown {
  let value = root;
  for (const segment of segments) value = (value as Values | null | undefined)?.[segment];
  return value;
}

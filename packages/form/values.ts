/**
 * Owns what is read out of a filled form: first values, the one-line summary, the list of changes, a value as office text.
 * It decides nothing; what a person may see has been cut out by project() before.
 */
import { permissionsOf } from './access.ts';
import { isBlank, isObject, optionsOf } from './check.ts';
import { describe, type ValueKind } from './components.ts';
import { labelText } from './messages.ts';
import type { CompiledForm, FormField, Language, Lookups, Values } from './model.ts';
import { dateText, moneyText, unitText } from './office.ts';
import { nameIn } from './rules.ts';
import { computedValue, same, settle } from './settle.ts';

export interface Surroundings {
  /** actor, today, now, case, other forms */
  scope: Readonly<Values>;
  lookups?: Lookups;
  world?: Readonly<Record<string, unknown>>;
}

/**
 * What the form is opened with the first time: known values, then defaults and `initial` rules for what is still empty,
 * then computed fields and rule-given rows. What rules hide is kept, so that it is there when it becomes visible.
 */
export function initialValues(form: CompiledForm, surroundings: Surroundings, known: Values = {}): Values {
  const { scope, world } = worldOf(surroundings);
  let values = pick(form.fields, known);
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const next = filled(form.fields, values, [values], scope, world);
    if (same(next, values)) break;
    values = next;
  }
  const permissions = permissionsOf(form, []);
  const input = { given: values, stored: values, permissions, system: scope, world, keep: { invisible: true } };
  return settle(form, input).values;
}

/** One line about a filled form; undefined when its author wrote none. */
export function summaryOf(form: CompiledForm, values: Values, surroundings: Surroundings): string | undefined {
  const { scope, world } = worldOf(surroundings);
  return form.summary?.render({ ...scope, ...values }, world);
}

export interface Change {
  path: string;
  label: string;
  before: string;
  after: string;
}

/** Field by field what differs, as text for the history; rows of tables are compared by position. */
export function describeChanges(
  form: CompiledForm,
  before: Values,
  after: Values,
  lookups: Lookups = {},
  language: Language = 'zh-CN',
): Change[] {
  const text = (field: FormField, value: unknown) => displayValue(field, value, lookups, language);
  const compare = (fields: readonly FormField[], old: Values, now: Values, prefix: string, label: string): Change[] =>
    fields.flatMap((field) => {
      const [a, b] = [old[field.key], now[field.key]];
      if (same(a, b)) return [];
      const path = prefix + field.key;
      const name = label + labelText(field.title, language);
      if (field.kind === 'group') return compare(field.fields, objectOf(a), objectOf(b), `${path}.`, `${name} / `);
      if (field.kind === 'table') return compareRows(field, listOf(a), listOf(b), path, name);
      return [{ path, label: name, before: text(field, a), after: text(field, b) }];
    });
  const compareRows = (
    field: FormField,
    old: readonly unknown[],
    now: readonly unknown[],
    path: string,
    name: string,
  ) =>
    Array.from({ length: Math.max(old.length, now.length) }, (_, index): Change[] => {
      const row = rowName(index, language);
      if (index >= old.length || index >= now.length) {
        const line = (list: readonly unknown[]) =>
          index < list.length ? rowText(field, objectOf(list[index]), lookups, language) : '';
        return [{ path: `${path}.${index}`, label: `${name} ${row}`, before: line(old), after: line(now) }];
      }
      return compare(field.fields, objectOf(old[index]), objectOf(now[index]), `${path}.${index}.`, `${name} ${row} `);
    }).flat();
  return compare(form.fields, before, after, '', '');
}

/** A value as people read it in ledgers, letters and read-only views; '' when there is none. */
export function displayValue(
  field: FormField,
  value: unknown,
  lookups: Lookups = {},
  language: Language = 'zh-CN',
): string {
  if (isBlank(value)) return '';
  const zh = language === 'zh-CN';
  if (field.kind === 'group') return rowText(field, objectOf(value), lookups, language);
  if (field.kind === 'table') return zh ? `${listOf(value).length} 行` : `${listOf(value).length} rows`;
  const props = field.schema['x-component-props'] ?? {};
  const many = (one: (item: unknown) => string) =>
    listOf(value)
      .map(one)
      .join(zh ? '、' : ', ');
  switch (kindShown(field)) {
    case 'number':
      return `${value}${props.suffix ? ` ${props.suffix}` : ''}`;
    case 'money':
      return `${moneyText(value, decimalsOf(props.precision))} ${unitText(String(props.unit ?? '万元'), language)}`;
    case 'boolean':
      return zh ? (value ? '是' : '否') : value ? 'Yes' : 'No';
    case 'date':
    case 'datetime':
      return dateText(String(value), language);
    case 'range':
      return listOf(value)
        .map((date) => dateText(String(date), language))
        .join(zh ? ' 至 ' : ' to ');
    case 'choice':
      return many((one) => {
        const option = optionsOf(field.schema.enum).find((candidate) => candidate.value === one);
        return option ? optionLabel(field, one, language) : String(one);
      });
    case 'dictionary': {
      const entries = lookups.dictionary?.(String(props.dictionary));
      return many((code) => entries?.find((entry) => entry.code === code)?.label ?? String(code));
    }
    case 'person':
      return many((id) => nameIn(lookups, 'person', String(id)) ?? String(id));
    case 'unit':
      return many((id) => nameIn(lookups, 'unit', String(id)) ?? String(id));
    case 'reference':
      return many((id) => referenceTitle(lookups, String(id), String(props.process)));
    case 'files':
      return many((file) => String(objectOf(file).name ?? ''));
    case 'signature':
      return `${objectOf(value).name ?? ''} ${dateText(String(objectOf(value).at ?? ''), language)}`.trim();
    case 'text':
    case 'any':
    case 'table':
    case 'group':
    case 'layout':
      return Array.isArray(value) ? many(plainText) : plainText(value) + (props.suffix ? ` ${props.suffix}` : '');
  }
}

// ---------------------------------------------------------------------------------------------------------------------

const MOST_PASSES = 20;

const objectOf = (value: unknown): Values => (isObject(value) ? value : {});
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
const plainText = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
const decimalsOf = (precision: unknown): number => (typeof precision === 'number' ? precision : 2);
const rowName = (index: number, language: Language) =>
  language === 'zh-CN' ? `第 ${index + 1} 行` : `row ${index + 1}`;

const referenceTitle = (lookups: Lookups, id: string, process: string): string =>
  lookups.reference?.(id, process)?.title ?? lookups.name?.('reference', id) ?? id;

function worldOf({ scope, lookups = {}, world }: Surroundings) {
  return { scope, world: { ...world, lookups } };
}

/** Known fields only; nothing is checked, the values come from the house itself. */
function pick(fields: readonly FormField[], from: Values): Values {
  const out: Values = {};
  for (const field of fields) {
    const value = Object.hasOwn(from, field.key) ? from[field.key] : undefined;
    if (isBlank(value)) continue;
    if (field.kind === 'group') out[field.key] = pick(field.fields, objectOf(value));
    else if (field.kind === 'table') out[field.key] = listOf(value).map((row) => pick(field.fields, objectOf(row)));
    else out[field.key] = structuredClone(value);
  }
  return out;
}

/** One pass of defaults and initial rules over what is empty. */
function filled(
  fields: readonly FormField[],
  values: Values,
  frames: readonly Values[],
  system: Readonly<Values>,
  world: unknown,
): Values {
  const out: Values = { ...values };
  const read = (level: number, name: string) => frames[level]?.[name] ?? null;
  for (const field of fields) {
    const value = values[field.key];
    if (field.kind === 'group') {
      const inner = objectOf(value);
      out[field.key] = filled(field.fields, inner, [...frames, inner], system, world);
    } else if (isBlank(value) && field.rules.value === undefined) {
      const first = field.rules.initial?.evaluate({ read, row: undefined, system, world });
      const start = first === undefined ? structuredClone(field.schema.default) : first;
      if (field.kind === 'table') {
        if (Array.isArray(start)) out[field.key] = start.map((row) => pick(field.fields, objectOf(row)));
      } else {
        const kept = computedValue(field, start);
        if (kept !== undefined) out[field.key] = kept;
      }
    }
  }
  return out;
}

function rowText(field: FormField, row: Values, lookups: Lookups, language: Language): string {
  return field.fields
    .filter((column) => !isBlank(row[column.key]))
    .map(
      (column) =>
        `${labelText(column.title, language)}${language === 'zh-CN' ? '：' : ': '}${displayValue(column, row[column.key], lookups, language)}`,
    )
    .join(language === 'zh-CN' ? ';' : '; ');
}

/** How a value is written; what a computed field shows itself as is one of the values that its component allows. */
function kindShown(field: FormField): ValueKind | 'money' {
  if (field.component === 'Money') return 'money';
  if (field.component === 'Computed') return (field.schema['x-component-props']?.as ?? 'text') as ValueKind | 'money';
  return describe(field.component).kind;
}

function optionLabel(field: FormField, value: unknown, language: Language): string {
  const option = field.schema.enum?.find((one) => one.value === value);
  return option ? labelText(option.label, language) : String(value);
}

/**
 * Owns the verdict about one value: has it the right shape, and does it keep the limits of its field?
 * The same functions run in the browser (as Formily validators) and on the server; nothing here knows where it runs.
 * Lengths are counted in code points. What is not filled in is never complained about here except by isMissing.
 */
import { saysNothing, trimmed, turnsRound } from '@ganwei/core/text';
import { type ComponentDescriptor, describe, MOST_ROWS, type ValueKind } from './components.ts';
import { FORMATS, isDate, isDateTime } from './formats.ts';
import { type Complaint, labelText } from './messages.ts';
import type { DictionaryEntry, FieldSchema, FormField, Lookups, Option, StoredFile, Values } from './model.ts';

/** What limits need to know beyond the value. */
export interface CheckContext {
  lookups: Lookups;
  /** value the form was opened with: unchanged choices stay valid when a code or person has been retired since */
  stored: unknown;
  /** result of the options rule, when the field has one */
  options: unknown;
  /** person id of whoever fills the form in */
  actor: unknown;
}

/** [F70] Nothing filled in: absent, null, a text that says nothing, an empty list, or a group with nothing in it. */
export function isBlank(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return saysNothing(value);
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.values(value).every(isBlank);
}

/** Does a required field still miss its value? A confirmation box counts only when it is ticked. */
export function isMissing(field: FormField, value: unknown): boolean {
  return field.component === 'Checkbox' ? value !== true : isBlank(value);
}

/** The complaint about the shape of a leaf's value: its JSON type and the members of structured values. */
export function shapeComplaint(field: FormField, value: unknown): Complaint | undefined {
  if (!hasShape(field, value)) return { code: 'type' };
  if (typeof value !== 'string') return undefined;
  if (CONTROL.test(value) || turnsRound(value)) return { code: 'characters' };
  return field.component === 'Text' && BREAK.test(value) ? { code: 'oneLine' } : undefined;
}

/** The first limit a well-shaped, filled value breaks. */
export function limitComplaint(field: FormField, value: unknown, context: CheckContext): Complaint | undefined {
  if (isBlank(value)) return undefined;
  const complaint = CHECKS[describe(field.component).kind](field, value as never, context);
  if (complaint || !Array.isArray(value)) return complaint;
  const table = field.kind === 'table';
  return countComplaint(field.schema, value, table) ?? (table ? repeatedRow(field, value) : undefined);
}

/** The complaint about a table in which two rows carry the same key. */
export function repeatedRow(field: FormField, rows: readonly unknown[]): Complaint | undefined {
  const key = field.schema['x-component-props']?.rowKey;
  const column = field.fields.find((one) => one.key === key);
  if (!column) return undefined;
  const seen = new Map<string, number>();
  for (const [index, row] of rows.entries()) {
    const value = isObject(row) ? row[column.key] : undefined;
    if (isBlank(value)) continue;
    const mark = JSON.stringify(value);
    const earlier = seen.get(mark);
    if (earlier !== undefined) {
      return { code: 'duplicate', params: { row: index + 1, earlier: earlier + 1, column: labelText(column.title) } };
    }
    seen.set(mark, index);
  }
  return undefined;
}

/** The options a rule gave, as {label, value}; what is not one is left out. */
export function optionsOf(result: unknown): Option[] {
  if (!Array.isArray(result)) return [];
  return result.flatMap((one): Option[] => {
    if (isObject(one)) {
      const value = one.value ?? one.code;
      return isScalar(value) ? [{ label: String(one.label ?? value), value }] : [];
    }
    return isScalar(one) ? [{ label: String(one), value: one }] : [];
  });
}

/** A number as the field keeps it: rounded half away from zero to its decimals. */
export function rounded(field: FormField, value: number): number {
  const places = precisionOf(field);
  if (places === undefined) return value;
  const [digits = '0', exponent = '0'] = Math.abs(value).toExponential().split('e');
  const shifted = Math.round(Number(`${digits}e${Number(exponent) + places}`));
  const result = Number(`${shifted}e${-places}`);
  return value < 0 && result !== 0 ? -result : result;
}

export const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

// ---------------------------------------------------------------------------------------------------------------------

/** Control characters except tab, line feed, carriage return; lone surrogates cannot be stored either. */
const CONTROL = /(?![\t\n\r])\p{Cc}|\p{Cs}/u;
/** What ends a line: it has no place in a text of one line. */
const BREAK = /[\n\r\u0085\u2028\u2029]/;

const FILE_KEYS = new Set(['id', 'name', 'size', 'type', 'sha256']);
const SIGNATURE_KEYS = new Set(['name', 'personId', 'at', 'image', 'sha256']);

const isText = (value: unknown): value is string => typeof value === 'string';
const isScalar = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

function hasShape(field: FormField, value: unknown): boolean {
  const { schema } = field;
  const several = schema.type === 'array';
  switch (describe(field.component).kind) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'range':
      return Array.isArray(value) && value.length === 2 && value.every(isText);
    case 'choice':
      if (several) return Array.isArray(value) && value.every((one) => isText(one) || typeof one === 'number');
      return typeof value === schema.type;
    case 'dictionary':
    case 'person':
    case 'unit':
    case 'reference':
      return several ? Array.isArray(value) && value.every(isText) : isText(value);
    case 'files':
      return Array.isArray(value) && value.every(isFile);
    case 'signature':
      return isSignature(value);
    case 'any':
      return true;
    case 'text':
    case 'date':
    case 'datetime':
      return isText(value);
    // Not leaves: rows and members are looked at one by one, what only arranges has no value.
    case 'table':
    case 'group':
    case 'layout':
      return false;
  }
}

function isFile(value: unknown): boolean {
  return (
    isObject(value) &&
    Object.keys(value).every((key) => FILE_KEYS.has(key)) &&
    isText(value.id) &&
    value.id.length <= 64 &&
    isText(value.name) &&
    value.name.length <= 255 &&
    isText(value.type) &&
    typeof value.size === 'number' &&
    Number.isSafeInteger(value.size) &&
    value.size >= 0 &&
    isText(value.sha256) &&
    /^[0-9a-f]{64}$/.test(value.sha256)
  );
}

function isSignature(value: unknown): boolean {
  return (
    isObject(value) &&
    Object.keys(value).every((key) => SIGNATURE_KEYS.has(key)) &&
    isText(value.name) &&
    value.name.length <= 100 &&
    isText(value.personId) &&
    isText(value.at) &&
    (value.image === undefined || (isText(value.image) && isPicture(value.image)))
  );
}

const isPicture = (text: string): boolean =>
  text.length <= 200_000 && /^data:image\/png;base64,[A-Za-z0-9+/=]*$/.test(text);

type Check = (field: FormField, value: never, context: CheckContext) => Complaint | undefined;

/** No limit beyond the shape. */
const anything: Check = () => undefined;

/** The limits of each kind of value; a new kind does not compile without its line. */
const CHECKS: Readonly<Record<ValueKind, Check>> = {
  text: textComplaint,
  number: numberComplaint,
  boolean: anything,
  date: (_: FormField, value: string) => (isDate(value) ? undefined : { code: 'date' }),
  datetime: (_: FormField, value: string) => (isDateTime(value) ? undefined : { code: 'date' }),
  range: (_: FormField, [from, to]: [string, string]) =>
    !isDate(from) || !isDate(to) ? { code: 'date' } : from > to ? { code: 'range' } : undefined,
  choice: choiceComplaint,
  dictionary: dictionaryComplaint,
  person: personComplaint,
  unit: (field: FormField, value: unknown, { lookups, stored }: CheckContext) =>
    idComplaint(value, stored, 'unit', lookups.unit && ((id) => lookups.unit?.(id, textProp(field, 'filter')))),
  reference: (field: FormField, value: unknown, { lookups, stored }: CheckContext) =>
    idComplaint(
      value,
      stored,
      'reference',
      lookups.reference &&
        ((id) => lookups.reference?.(id, textProp(field, 'process') ?? '', textProp(field, 'filter'))),
    ),
  files: filesComplaint,
  signature: signatureComplaint,
  table: anything,
  group: anything,
  any: anything,
  layout: anything,
};

function textComplaint({ schema }: FormField, value: string): Complaint | undefined {
  const { minLength, maxLength = MOST_CHARACTERS, format } = schema;
  const count = characters(value);
  const said = minLength === undefined ? count : characters(trimmed(value));
  if (minLength !== undefined && said < minLength)
    return { code: 'minLength', params: { limit: minLength, count: said } };
  if (count > maxLength) return { code: 'maxLength', params: { limit: maxLength, count } };
  if (format && !FORMATS[format].test(value)) return { code: 'format', params: { format: FORMATS[format].label } };
  return undefined;
}

/** Code points, counted without a list of them. */
function characters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Characters a text may have when its definition sets no `maxLength`. */
const MOST_CHARACTERS = 20_000;

function numberComplaint(field: FormField, value: number): Complaint | undefined {
  const { minimum, maximum } = field.schema;
  if (!isExact(value)) return { code: 'exact' };
  if (minimum !== undefined && value < minimum) return { code: 'minimum', params: { limit: minimum } };
  if (maximum !== undefined && value > maximum) return { code: 'maximum', params: { limit: maximum } };
  const limit = precisionOf(field);
  return limit !== undefined && rounded(field, value) !== value ? { code: 'precision', params: { limit } } : undefined;
}

/** Digits that every number of the machine keeps. */
const DIGITS = 15;

/** [F72] Is the number the one that was written? Of a longer one the machine keeps only the nearest it can. */
function isExact(value: number): boolean {
  if (Number.isInteger(value)) return Number.isSafeInteger(value);
  const [digits = ''] = Math.abs(value).toExponential().split('e');
  return digits.replace('.', '').length <= DIGITS;
}

function precisionOf(field: FormField): number | undefined {
  const descriptor: ComponentDescriptor = describe(field.component);
  if (descriptor.kind !== 'number') return undefined;
  const own = field.schema['x-component-props']?.precision;
  return typeof own === 'number' ? own : (descriptor.props.precision?.default as number | undefined);
}

function choiceComplaint(field: FormField, value: unknown, { options, stored }: CheckContext): Complaint | undefined {
  const offered = field.rules.options ? optionsOf(options) : (field.schema.enum ?? []);
  const values = new Set<unknown>([...offered.map((option) => option.value), ...listOf(stored)]);
  return listOf(value).every((one) => values.has(one)) ? repeated(value) : { code: 'option' };
}

function dictionaryComplaint(field: FormField, value: unknown, context: CheckContext): Complaint | undefined {
  const { lookups, stored } = context;
  const kept = new Set(listOf(stored));
  if (field.rules.options) {
    const offered = new Set<unknown>(optionsOf(context.options).map((option) => option.value));
    if (!listOf(value).every((one) => offered.has(one) || kept.has(one))) return { code: 'option' };
  }
  const entries: readonly DictionaryEntry[] | undefined = lookups.dictionary?.(textProp(field, 'dictionary') ?? '');
  const active = (code: unknown) => entries?.some((entry) => entry.code === code && entry.active) ?? false;
  if (lookups.dictionary && !listOf(value).every((one) => kept.has(one) || active(one))) return { code: 'code' };
  return repeated(value);
}

/** A rule may limit whom to choose from; where it cannot be evaluated (in a browser) the server decides. */
function personComplaint(field: FormField, value: unknown, { lookups, stored, options }: CheckContext) {
  const { options: rule } = field.rules;
  if (rule && !rule.inert) {
    const offered = new Set<unknown>([...optionsOf(options).map((one) => one.value), ...listOf(stored)]);
    if (!listOf(value).every((one) => offered.has(one))) return { code: 'option' };
  }
  const find = lookups.person && ((id: string) => lookups.person?.(id, textProp(field, 'filter')));
  return idComplaint(value, stored, 'person', find);
}

function idComplaint(
  value: unknown,
  stored: unknown,
  code: string,
  find: ((id: string) => unknown) | undefined,
): Complaint | undefined {
  const kept = new Set(listOf(stored));
  const gone = (id: unknown) => !kept.has(id) && find !== undefined && find(String(id)) === undefined;
  return listOf(value).some(gone) ? { code } : repeated(value);
}

function repeated(value: unknown): Complaint | undefined {
  return Array.isArray(value) && new Set(value).size < value.length ? { code: 'repeated' } : undefined;
}

function filesComplaint(field: FormField, files: readonly StoredFile[], context: CheckContext): Complaint | undefined {
  const props = { ...DEFAULT_FILES, ...field.schema['x-component-props'] } as typeof DEFAULT_FILES;
  if (files.length > props.maxCount) return { code: 'fileCount', params: { limit: props.maxCount } };
  const kept = new Set(listOf(context.stored).map((file) => (isObject(file) ? file.id : undefined)));
  for (const file of files) {
    const name = file.name;
    if (file.size > props.maxSize * 1024 * 1024) return { code: 'fileSize', params: { name, limit: props.maxSize } };
    const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
    const allowed = props.accept.toLowerCase().split(/[,\s]+/);
    if (!allowed.some((one) => one.replace(/^\./, '') === extension)) {
      return { code: 'fileType', params: { name, limit: props.accept } };
    }
    const known = context.lookups.file?.(file.id);
    const same = known && known.sha256 === file.sha256 && known.size === file.size;
    if (context.lookups.file && !same && !kept.has(file.id)) return { code: 'file', params: { name } };
  }
  return repeated(files.map((file) => file.id));
}

const DEFAULT_FILES = { maxCount: 20, maxSize: 50, accept: 'pdf,ofd,docx,xlsx,jpg,png,zip' };

function signatureComplaint(_: FormField, value: Values, { stored, actor }: CheckContext): Complaint | undefined {
  if (!isDateTime(String(value.at))) return { code: 'date' };
  const same = JSON.stringify(value) === JSON.stringify(stored);
  return same || actor === undefined || value.personId === actor ? undefined : { code: 'signer' };
}

function countComplaint(schema: FieldSchema, value: readonly unknown[], table: boolean): Complaint | undefined {
  const { minItems, maxItems = table ? MOST_ROWS : undefined } = schema;
  const count = value.length;
  if (minItems !== undefined && count < minItems) return { code: 'minItems', params: { limit: minItems, count } };
  if (maxItems !== undefined && count > maxItems) return { code: 'maxItems', params: { limit: maxItems, count } };
  return undefined;
}

function textProp(field: FormField, name: string): string | undefined {
  const value = field.schema['x-component-props']?.[name];
  return typeof value === 'string' ? value : undefined;
}

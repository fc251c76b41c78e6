/**
 * Owns the form dialect: the JSON an administrator's form is written in and what it becomes once checked.
 * A closed subset of Formily JSON Schema: allow-listed components, props and names, no `{{ }}`, no x-reactions; everything
 * that moves is FEEL in `x-rules`. A definition is read whole and every problem is reported (rules [F3]-[F6]).
 * Nothing here ever runs text of a definition as JavaScript.
 */
import { DefinitionError, errorsOf, type Problem } from '@ganwei/core/definition';
import type { CompiledTemplate, FunctionSpec } from '@ganwei/feel/compile';
import type { ComponentName, FieldType } from './components.ts';
import type { FormatName } from './formats.ts';
import { readForm } from './read.ts';
import type { BoundRule, BoundTemplate } from './rules.ts';

export type Language = 'zh-CN' | 'en-US';
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type Values = Record<string, unknown>;
/** Chinese text, or one text per language. */
export type Label = string | { 'zh-CN': string; 'en-US'?: string };

export interface Option {
  label: Label;
  value: string | number | boolean;
}

export interface ErrorRule {
  /** FEEL; the complaint stands while it is true */
  when: string;
  /** template: text with `{= FEEL }` */
  message: string;
  code?: string;
  /** a warning is shown and recorded but does not stop the submission */
  level?: 'error' | 'warning';
}

/** FEEL texts. A rule sees the fields of its own row or group, then those around it up to the root, then actor, today, now, case, other forms. */
export interface RuleSources {
  visible?: string;
  required?: string;
  editable?: string;
  /** the field is computed: whatever a client sends is ignored */
  value?: string;
  /** first value, when the form or a row is opened empty */
  initial?: string;
  /** list of values or of {label, value} */
  options?: string;
  /** tables: list of contexts, one fixed row each; what a context names is given, the other columns are filled in */
  rows?: string;
  errors?: readonly ErrorRule[];
}

export interface FieldSchema {
  type: FieldType;
  title?: Label;
  'x-label-en'?: string;
  description?: Label;
  default?: Json;
  required?: boolean;
  enum?: readonly Option[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  format?: FormatName;
  'x-component'?: ComponentName;
  'x-component-props'?: Readonly<Record<string, Json>>;
  'x-decorator-props'?: Readonly<Record<string, Json>>;
  'x-rules'?: RuleSources;
  properties?: Readonly<Record<string, FieldSchema>>;
  items?: { type: 'object'; properties: Readonly<Record<string, FieldSchema>> };
}

export interface FormDefinition {
  form: string;
  title: Label;
  /** one line about a filled form, a template: `{= title },{= count(items) } 项` */
  summary?: string;
  help?: string;
  schema: { type: 'object'; properties: Readonly<Record<string, FieldSchema>> };
}

/** A field that holds a value, with its rules bound. Layout is dissolved: what a section hides is in `guards`. */
export interface FormField {
  readonly key: string;
  /** place in the form; columns as `items[].price` */
  readonly path: string;
  readonly title: Label;
  readonly schema: FieldSchema;
  readonly component: ComponentName;
  readonly kind: 'leaf' | 'group' | 'table';
  /** of a group, or the columns of a table */
  readonly fields: readonly FormField[];
  /** number of containers around it: 0 at the root; frames[depth] holds its value */
  readonly depth: number;
  readonly column: boolean;
  readonly guards: readonly BoundRule[];
  readonly rules: Readonly<Partial<Record<RuleName, BoundRule>>>;
  readonly errors: readonly BoundError[];
}

export type RuleName = Exclude<keyof RuleSources, 'errors'>;

export interface BoundError {
  readonly when: BoundRule;
  readonly message: BoundTemplate;
  readonly code: string;
  readonly level: 'error' | 'warning';
}

export interface CompiledForm {
  readonly definition: FormDefinition;
  readonly key: string;
  readonly title: Label;
  readonly fields: readonly FormField[];
  /** every field by its path, in reading order */
  readonly byPath: ReadonlyMap<string, FormField>;
  /** visible rules of sections and notes and the texts of notes, by schema node */
  readonly layout: ReadonlyMap<FieldSchema, { visible?: BoundRule; text?: BoundTemplate }>;
  readonly summary: CompiledTemplate | undefined;
  /** names the rules take from outside: actor, today, other forms of the case … */
  readonly outside: readonly string[];
  /** keys of the dictionaries it uses */
  readonly dictionaries: readonly string[];
}

export interface DialectOptions {
  /** names a case offers besides actor, today, now, case: other forms, process data. Given: any other name is an error. */
  names?: readonly string[];
  /** FEEL functions beyond the standard ones, e.g. those of the calendar; they find their data in `world` */
  functions?: Readonly<Record<string, FunctionSpec>>;
}

/** Every problem of a definition; empty means that it may be published. */
export function checkForm(json: unknown, options: DialectOptions = {}): Problem[] {
  return readForm(json, options).problems;
}

/** The compiled form; throws DefinitionError with all problems when there is an error among them. */
export function compileForm(json: unknown, options: DialectOptions = {}): CompiledForm {
  const { form, problems } = readForm(json, options);
  if (!form || errorsOf(problems).length > 0) throw new DefinitionError(problems);
  return form;
}

/**
 * Owns the shapes of a form: the JSON an administrator writes (FormDefinition) and what it becomes once checked
 * (CompiledForm). Pure data, no behaviour; dialect.ts turns one into the other.
 */
import type { compileTemplate, FunctionSpec } from '@ganwei/feel/compile';
import type { ComponentName, FieldType } from './components.ts';
import type { FormatName } from './formats.ts';

export type Language = 'zh-CN' | 'en-US';
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type Values = Record<string, unknown>;
/** Chinese text, or one text per language. */
export type Label = string | { readonly 'zh-CN': string; readonly 'en-US'?: string };

export interface Option {
  readonly label: Label;
  readonly value: string | number | boolean;
}

export interface ErrorRule {
  /** FEEL; the complaint stands while it is true */
  readonly when: string;
  /** template: text with `{= FEEL }` */
  readonly message: string;
  readonly code?: string;
  /** a warning is shown and recorded but does not stop the submission */
  readonly level?: 'error' | 'warning';
}

/**
 * FEEL texts. A rule sees the fields of its own row or group, then those of the containers around it up to the root, then
 * `rowNumber` (from 1, in a table), then actor, today, now, case and the other forms of the case by name.
 */
export interface RuleSources {
  readonly visible?: string;
  readonly required?: string;
  /** while it is not true the field keeps the value it was opened with */
  readonly editable?: string;
  /** the field is computed: whatever a client sends is ignored */
  readonly value?: string;
  /** first value, when the form or a row is opened empty */
  readonly initial?: string;
  /** list of values or of {label, value} */
  readonly options?: string;
  /** tables: list of contexts, one fixed row each; what a context names is given, the other columns are filled in */
  readonly rows?: string;
  readonly errors?: readonly ErrorRule[];
}

export type RuleName = Exclude<keyof RuleSources, 'errors'>;

export interface FieldSchema {
  readonly type: FieldType;
  readonly title?: Label;
  readonly 'x-label-en'?: string;
  /** earlier names, the newest first: what was filled in under one of them is found under this one */
  readonly 'x-formerly'?: readonly string[];
  readonly description?: Label;
  readonly default?: Json;
  readonly required?: boolean;
  readonly enum?: readonly Option[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly format?: FormatName;
  readonly 'x-component'?: ComponentName;
  readonly 'x-component-props'?: Readonly<Record<string, Json>>;
  readonly 'x-decorator-props'?: Readonly<Record<string, Json>>;
  readonly 'x-rules'?: RuleSources;
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly items?: { readonly type: 'object'; readonly properties: Readonly<Record<string, FieldSchema>> };
}

export interface FormDefinition {
  readonly form: string;
  readonly title: Label;
  /** one line about a filled form, a template over its values */
  readonly summary?: string;
  readonly help?: string;
  readonly schema: { readonly type: 'object'; readonly properties: Readonly<Record<string, FieldSchema>> };
}

/** Where a rule finds its names while it runs. */
export interface RuleContext {
  /** value of a field in the container at `level` (0 is the root); null when empty */
  read(level: number, name: string): unknown;
  /** number of the row from 1, where there is one */
  row: number | undefined;
  /** actor, today, now, case, other forms */
  system: Readonly<Values>;
  /** data of the FEEL functions: lookups, calendar … */
  world: unknown;
}

export interface BoundRule {
  readonly source: string;
  /** paths of the fields of this form it reads */
  readonly reads: readonly string[];
  /** cannot be evaluated here (see DialectOptions.checked); the server decides alone */
  readonly inert: boolean;
  /** plain JSON; dates as ISO text; undefined when null */
  evaluate(context: RuleContext): unknown;
}

export interface BoundTemplate {
  readonly reads: readonly string[];
  render(context: RuleContext): string;
}

export interface BoundError {
  readonly when: BoundRule;
  readonly message: BoundTemplate;
  readonly code: string;
  readonly level: 'error' | 'warning';
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
  /** level of the container it lies in: 0 at the root */
  readonly level: number;
  readonly column: boolean;
  /** `visible` rules of the layout around it, inside its own container */
  readonly guards: readonly BoundRule[];
  readonly rules: Readonly<Partial<Record<RuleName, BoundRule>>>;
  readonly errors: readonly BoundError[];
}

export interface BoundLayout {
  readonly visible?: BoundRule;
  readonly text?: BoundTemplate;
}

export interface CompiledForm {
  readonly definition: FormDefinition;
  readonly key: string;
  readonly title: Label;
  readonly fields: readonly FormField[];
  /** every field by its path, in reading order */
  readonly byPath: ReadonlyMap<string, FormField>;
  /** the field of a schema node */
  readonly byNode: ReadonlyMap<FieldSchema, FormField>;
  /** what moves in sections and notes, by schema node */
  readonly layout: ReadonlyMap<FieldSchema, BoundLayout>;
  /** path -> paths whose values its visibility, editability or value follow; free of circles */
  readonly follows: ReadonlyMap<string, readonly string[]>;
  readonly summary: ReturnType<typeof compileTemplate> | undefined;
  /** names the rules take from outside: actor, today, other forms of the case … */
  readonly outside: readonly string[];
  /** keys of the dictionaries that its fields offer and its rules look up */
  readonly dictionaries: readonly string[];
}

export interface DialectOptions {
  /** names a case offers besides actor, today, now, case: other forms, process data. Given: any other name is an error. */
  names?: readonly string[];
  /** FEEL functions beyond the standard ones, e.g. those of the calendar; they find their data in `world` */
  functions?: Readonly<Record<string, FunctionSpec>>;
  /** the definition has been checked by the server: an expression that does not compile here (a function that only the server has) is left inert */
  checked?: boolean;
}

/** One field permission of a step (the shape of process FieldAccess): `remedies[].money`, `*` for everything not named. */
export interface FieldAccess {
  path: string;
  mode: 'hidden' | 'read' | 'edit' | 'required';
}

export interface DictionaryEntry {
  code: string;
  label: string;
  active: boolean;
  [more: string]: unknown;
}

export interface StoredFile {
  id: string;
  name: string;
  size: number;
  type: string;
  sha256: string;
}

/** What the form may ask about the world. A missing member is not checked (the browser knows less than the server). */
export interface Lookups {
  dictionary?(key: string): readonly DictionaryEntry[] | undefined;
  person?(id: string, filter?: string): { name: string } | undefined;
  unit?(id: string, filter?: string): { name: string } | undefined;
  reference?(id: string, process: string, filter?: string): { title: string } | undefined;
  /** names for display where person(), unit() and reference() are missing; never decides whether a choice is valid */
  name?(kind: 'person' | 'unit' | 'reference', id: string): string | undefined;
  /** the file as stored by the upload; undefined when it does not exist or is not this person's to attach */
  file?(id: string): StoredFile | undefined;
}

/**
 * Owns a form on Formily without a page: creates the fields that React would create, takes a person's entries, validates.
 * Only tests use it; it is the oracle that accept() is compared with.
 */
import { createForm, type Form } from '@formily/core';
import { type ISchema, Schema } from '@formily/json-schema';
import { toJS } from '@formily/reactive';
import { ROW_MARK } from '@ganwei/form/access';
import { type FormilyOptions, submittable, toFormilySchema } from '@ganwei/form/formily';
import type { CompiledForm, Values } from '@ganwei/form/model';

export interface HeadlessForm {
  form: Form;
  /** puts a person's entries for these top-level names in place of what is there */
  enter(values: Values): void;
  /** path -> messages, sorted */
  judge(): Promise<Record<string, string[]>>;
  warnings(): Record<string, string[]>;
  values(): Values;
  close(): void;
}

export function openHeadless(compiled: CompiledForm, options: FormilyOptions): HeadlessForm {
  const schema = new Schema(toFormilySchema(compiled, options) as ISchema);
  const form = createForm({ values: structuredClone(options.opened) });
  const grow = () => {
    for (let before = -1; before !== Object.keys(form.fields).length; ) {
      before = Object.keys(form.fields).length;
      for (const { schema: child, key } of Schema.getOrderProperties(schema)) build(form, child, '', String(key));
    }
  };
  grow();
  form.onMount();
  grow();
  const feedback = (type: 'error' | 'warning') => {
    const found: Record<string, string[]> = {};
    for (const { path, messages } of form.queryFeedbacks({ type })) {
      if (messages && messages.length > 0) found[String(path)] = [...(found[String(path)] ?? []), ...messages].sort();
    }
    return found;
  };
  return {
    form,
    enter(values) {
      const given = (key: string) => compiled.byPath.get(key)?.rules.rows !== undefined;
      // twice: some fields can only be filled in after others have been
      for (let round = 0; round < 2; round++) {
        for (const [key, value] of Object.entries(values)) {
          if (given(key)) enterCells(compiled, form, key, value as Values[]);
          else form.setValuesIn(key, structuredClone(value));
        }
        grow();
      }
    },
    async judge() {
      await form.validate().catch(() => undefined);
      return feedback('error');
    },
    warnings: () => feedback('warning'),
    values: () => submittable(form),
    close() {
      form.onUnmount();
      form.clearFormGraph('*', true);
    },
  };
}

/** Rows that a rule gives are already there: people fill in their cells. */
function enterCells(compiled: CompiledForm, form: Form, table: string, entries: readonly Values[]): void {
  const key = String(compiled.byPath.get(table)?.schema['x-component-props']?.rowKey);
  const rows = (toJS(form.getValuesIn(table)) ?? []) as Values[];
  for (const [index, row] of rows.entries()) {
    const entry = entries.find((one) => one[key] === row[key] && one[ROW_MARK] === row[ROW_MARK]) ?? {};
    for (const { key: column } of compiled.byPath.get(table)?.fields ?? []) {
      if (column !== key && form.query(`${table}.${index}.${column}`).get('pattern') === 'editable') {
        form.setValuesIn(`${table}.${index}.${column}`, structuredClone(entry[column]));
      }
    }
  }
}

function build(form: Form, schema: Schema, basePath: string, name: string): void {
  const address = basePath ? `${basePath}.${name}` : name;
  if (!form.fields[address]) {
    const props = { ...schema.toFieldProps({ scope: {} }), name, basePath };
    const made =
      schema.type === 'void'
        ? form.createVoidField(props)
        : schema.type === 'object' && schema.properties
          ? form.createObjectField(props)
          : schema.type === 'array' && schema.items
            ? form.createArrayField(props)
            : form.createField(props);
    made.onMount();
  }
  for (const { schema: child, key } of Schema.getOrderProperties(schema)) build(form, child, address, String(key));
  const items = schema.items;
  if (!items || Array.isArray(items)) return;
  const rows: unknown = form.getValuesIn(form.fields[address]?.path ?? address);
  for (let index = 0; index < (Array.isArray(rows) ? rows.length : 0); index++) {
    if (!form.fields[`${address}.${index}`])
      form.createObjectField({ name: String(index), basePath: address }).onMount();
    for (const { schema: child, key } of Schema.getOrderProperties(items))
      build(form, child, `${address}.${index}`, String(key));
  }
}

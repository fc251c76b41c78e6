/** Owns made-up values for a form that is looked at: plain ones, within the limits of each field; people, units, files and signatures are left to be chosen. */
import { describe } from '@ganwei/form/components';
import { labelText } from '@ganwei/form/messages';
import type { CompiledForm, FormField, Values } from '@ganwei/form/model';

/** `now`: milliseconds; dates are of that day. */
export function madeUp(form: CompiledForm, now: number): Values {
  return valuesOf(form.fields, new Date(now).toISOString());
}

function valuesOf(fields: readonly FormField[], now: string): Values {
  const entries = fields.map((field) => [field.key, exampleOf(field, now)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function exampleOf(field: FormField, now: string): unknown {
  const { schema, fields } = field;
  if (schema.default !== undefined) return schema.default;
  if (field.rules.value) return undefined;
  const [option] = schema.enum ?? [];
  switch (describe(field.component).kind) {
    case 'text':
      return schema.format === undefined ? textOf(field) : undefined;
    case 'number':
      return Math.min(Math.max(1, schema.minimum ?? 1), schema.maximum ?? Number.MAX_SAFE_INTEGER);
    case 'boolean':
      return true;
    case 'date':
      return now.slice(0, 10);
    case 'datetime':
      return now.slice(0, 16);
    case 'range':
      return [now.slice(0, 10), now.slice(0, 10)];
    case 'choice':
      return option && (schema.type === 'array' ? [option.value] : option.value);
    case 'table':
      return field.rules.rows ? undefined : [valuesOf(fields, now)];
    case 'group':
    case 'layout':
      return valuesOf(fields, now);
    default:
      return undefined;
  }
}

/** Its own name, as often as its least length asks for, cut where it may not be longer. */
function textOf({ title, schema }: FormField): string {
  const word = labelText(title);
  const times = Math.ceil(Math.max(1, schema.minLength ?? 1) / word.length);
  return word.repeat(times).slice(0, schema.maxLength ?? 200);
}

/**
 * Owns where a filled form holds signatures: each can be looked at, replaced or left out, in groups and in rows. What a signature is worth is
 * the server's to say: a browser only says that its person signs. Rules: [S73].
 */
import { isObject } from './check.ts';
import { describe } from './components.ts';
import type { CompiledForm, FormField, Values } from './model.ts';

/** What becomes of one signature; undefined: it is left out. `path`: `rows.0.sign`. */
type Become = (signature: Values, path: string) => Values | undefined;

/** The same values with each signature as `become` says. */
export const withSignatures = (form: CompiledForm, values: Values, become: Become): Values =>
  container(form.fields, values, '', become);

/** What the signatures stand under: the values without them. */
export const unsigned = (form: CompiledForm, values: Values): Values => withSignatures(form, values, () => undefined);

/** All signatures with their paths. */
export function signaturesIn(form: CompiledForm, values: Values): { path: string; signature: Values }[] {
  const found: { path: string; signature: Values }[] = [];
  withSignatures(form, values, (signature, path) => {
    found.push({ path, signature });
    return signature;
  });
  return found;
}

function container(fields: readonly FormField[], values: Values, at: string, become: Become): Values {
  const made: Values = { ...values };
  for (const field of fields) {
    const value = values[field.key];
    const path = at ? `${at}.${field.key}` : field.key;
    if (field.kind === 'group' && isObject(value)) made[field.key] = container(field.fields, value, path, become);
    else if (field.kind === 'table' && Array.isArray(value))
      made[field.key] = value.map((row, index) =>
        isObject(row) ? container(field.fields, row, `${path}.${index}`, become) : row,
      );
    else if (describe(field.component).kind === 'signature' && isObject(value)) {
      const signature = become(value, path);
      if (signature) made[field.key] = signature;
      else delete made[field.key];
    }
  }
  return made;
}

/**
 * Owns the way from a served definition to a form that can be drawn. The server has checked the definition; what only the server can
 * evaluate stays inert here.
 */
import { compileForm } from '@ganwei/form/dialect';
import type { CompiledForm } from '@ganwei/form/model';

const known = new Map<string, CompiledForm>();

/** Compiled once per text. */
export function compiled(definition: unknown): CompiledForm {
  const text = JSON.stringify(definition);
  let form = known.get(text);
  if (!form) {
    form = compileForm(definition, { checked: true });
    known.set(text, form);
  }
  return form;
}

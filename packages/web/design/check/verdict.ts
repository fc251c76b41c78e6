/** Owns the verdict of the server's own code about what is filled in at a preview, away from the page's controls. What only the directory knows is not looked up. Rule: [FDS31]. */
import { CALENDAR_FUNCTIONS } from '@ganwei/calendar/feel';
import type { FieldError } from '@ganwei/core/refusal';
import type { FunctionSpec } from '@ganwei/feel/compile';
import { accept } from '@ganwei/form/accept';
import { compileForm } from '@ganwei/form/dialect';
import type { Judged } from './told.ts';

const functions = CALENDAR_FUNCTIONS as Readonly<Record<string, FunctionSpec>>;

export function verdictOf({ form, ...submission }: Judged): readonly FieldError[] {
  const compiled = compileForm(form, { checked: true, functions });
  return accept(compiled, { ...submission, lookups: {}, final: true }).errors;
}

/**
 * Owns the way from a served definition to a form that can be drawn. The server has checked the definition; what only the server can
 * evaluate stays inert here. Working days are reckoned in the browser, too: the calendar's functions are known here, and the form view
 * fetches the calendar for the forms that call them. Rule: [WEB20].
 */
import { CALENDAR_FUNCTIONS } from '@ganwei/calendar/feel';
import type { FunctionSpec } from '@ganwei/feel/compile';
import { compileForm } from '@ganwei/form/dialect';
import type { CompiledForm } from '@ganwei/form/model';

// what calendar declares for itself is the shape of a function of the language: siblings do not import each other
const functions = CALENDAR_FUNCTIONS as Readonly<Record<string, FunctionSpec>>;

const known = new Map<string, CompiledForm>();

/** Compiled once per text. */
export function compiled(definition: unknown): CompiledForm {
  const text = JSON.stringify(definition);
  let form = known.get(text);
  if (!form) {
    form = compileForm(definition, { checked: true, functions });
    known.set(text, form);
  }
  return form;
}

/** Does a rule of the form name a function of the calendar? A title that names one costs a request, nothing else. */
export function needsCalendar(form: CompiledForm): boolean {
  const text = JSON.stringify(form.definition).replace(/(\\[nrt]|\s)+/g, ' ');
  return Object.keys(functions).some((name) => text.includes(name));
}

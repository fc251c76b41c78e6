/** Owns bringing the server's complaints to their fields. */
import type { ApiProblem } from '../api/client.ts';
import type { FormHandle } from '../binding/form-view.tsx';

/** Complaints whose field is not on the page stay with the problem, which the page shows as a whole. */
export function placeErrors(problem: ApiProblem, form: FormHandle | null): void {
  if (!form || problem.fields.length === 0) return;
  const elsewhere = form.setServerErrors(problem.fields);
  if (elsewhere.length < problem.fields.length) form.focusFirstError();
}

/**
 * Owns what a form starts from: the page shows it and the verdict judges by it, so both ask here. Rule: [F1].
 */
import { fieldsOf } from '@ganwei/feel/json';
import type { CompiledForm, Values } from '@ganwei/form/model';
import { initialValues } from '@ganwei/form/values';
import type { TaskSettings } from '@ganwei/process/model';
import type { Host } from './host.ts';
import { plainLookups } from './lookups.ts';
import type { Sight } from './sight.ts';

/** What the step (`initial`) and then an action (`more`) give to the form. */
export const givenValues = (initial: string | undefined, sight: Sight, more: Values = {}): Values => ({
  ...(initial && fieldsOf(sight.ask(initial))),
  ...more,
});

/** Values a form is opened with the first time: its own first values, overlaid by those that are given. */
export const firstValues = (host: Host, form: CompiledForm, sight: Sight, given: Values): Values =>
  initialValues(form, { scope: sight.scope, lookups: plainLookups(host), world: { ...sight.world } }, given);

/** What the form of a step starts from: the case's values of that name, or the first values of the step. */
export function stepValues(
  host: Host,
  form: CompiledForm,
  settings: TaskSettings,
  values: ReadonlyMap<string, unknown>,
  sight: Sight,
): Values {
  const kept = settings.list ? undefined : values.get(settings.as);
  if (kept && typeof kept === 'object' && !Array.isArray(kept)) return kept as Values;
  return firstValues(host, form, sight, givenValues(settings.initial, sight));
}
